"""Which step of the version a difference demands, by a declared rule.

===== =================================================================================
major a document was taken out, or its text changed, so that offsets mean something
      else; or files of the new format are not read by the old (1.x to 2.x)
minor documents, records, registry entries or sets came or went; or the file format or
      its JSON Schema changed (1.0 to 1.1)
patch what is there was corrected: spans moved, attributes, links or the order changed;
      remarks, guidelines and other pages
===== =================================================================================

Below version 1.0.0 a major step is a minor one, and a minor one a patch, as in Semantic
Versioning 2.0.0 (clause 4), where anything may still change.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from warclaims.versions.difference import Kind

if TYPE_CHECKING:
    from warclaims.versions.difference import Change, Difference


class Step(IntEnum):
    """A step of a version, the greater the more it asks of users."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


class Demand(NamedTuple):
    """The step that is demanded, and why."""

    step: Step
    reason: str


def step(difference: Difference) -> Demand:
    """The least step that the difference demands, with the change that demands it."""
    demands = [_of(change) for change in difference.changes]
    old, new = (words.split(".") for words in (difference.old_schema, difference.new_schema))
    if old != new:
        grade = Step.MAJOR if old[0] != new[0] else Step.MINOR
        demands.append(
            Demand(grade, f"the file format went from {'.'.join(old)} to {'.'.join(new)}")
        )
    return max(demands, key=lambda demand: demand.step, default=Demand(Step.NONE, "no difference"))


def _of(change: Change) -> Demand:
    name = f"{change.where} {change.document or ''} {change.collection} {change.record}"
    what = " ".join(dict.fromkeys(name.split()))
    if change.where == "documents":
        if Kind.REMOVED in change.kinds:
            return Demand(Step.MAJOR, f"document {change.record} was taken out")
        if "sha256" in change.fields:
            return Demand(Step.MAJOR, f"the text of document {change.document} changed")
    if change.where == "schema" and change.fields:
        return Demand(Step.MINOR, f"the JSON Schema {change.record} was {change.kinds[0].value}")
    if {Kind.ADDED, Kind.REMOVED} & set(change.kinds) and change.where != "pages":
        return Demand(Step.MINOR, f"{what} was {change.kinds[0].value}")
    return Demand(Step.PATCH, f"{what} was {' and '.join(change.kinds)}")


def taken(old: str, new: str) -> Step:
    """The step between two versions.

    >>> taken("0.1.0", "0.2.0"), taken("1.2.3", "1.2.4")
    (<Step.MINOR: 2>, <Step.PATCH: 1>)

    Raises:
        ValueError: one is no version of three numbers, or the new one is not newer.
    """
    before, after = (tuple(map(int, words.split("."))) for words in (old, new))
    if len(before) != 3 or len(after) != 3:
        raise ValueError(f"versions have three numbers: {old}, {new}")
    if after < before:
        raise ValueError(f"{new} is older than {old}")
    for place, grade in enumerate((Step.MAJOR, Step.MINOR, Step.PATCH)):
        if before[place] != after[place]:
            return grade
    return Step.NONE


def demanded(old: str, least: Step) -> Step:
    """``least`` as the versions before 1.0.0 have it.

    >>> demanded("0.3.1", Step.MAJOR), demanded("1.0.0", Step.MAJOR)
    (<Step.MINOR: 2>, <Step.MAJOR: 3>)
    """
    if old.split(".", maxsplit=1)[0] == "0" and least > Step.PATCH:
        return Step(least - 1)
    return least
