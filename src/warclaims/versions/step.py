"""The step of the version that a difference requires, by a declared rule.

===== =================================================================================
major a document was removed, or its text changed, so that offsets mean something else;
      or files of the new format are not read by the old (1.x to 2.x)
minor documents, records, registry entries or sets were added or removed; or the file
      format or its JSON Schema changed (1.0 to 1.1)
patch existing records were corrected: spans, attributes, links or the order changed;
      waivers, guidelines and other pages
===== =================================================================================

Below version 1.0.0 a major step is a minor one, and a minor one a patch, as in Semantic
Versioning 2.0.0 (clause 4), where anything may still change.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from warclaims.versions.difference import ChangeKind

if TYPE_CHECKING:
    from warclaims.versions.difference import VersionChange, VersionDifference


class VersionStep(IntEnum):
    """A step of a version, the greater the more it asks of users."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


class RequiredStep(NamedTuple):
    """The step that is required, and why."""

    step: VersionStep
    reason: str


def required_step(difference: VersionDifference) -> RequiredStep:
    """The least step that the difference requires, with the change that requires it."""
    required = [_of_change(change) for change in difference.changes]
    old, new = difference.old_schema, difference.new_schema
    if old != new:
        same_major = old.split(".")[0] == new.split(".")[0]
        step = VersionStep.MINOR if same_major else VersionStep.MAJOR
        required.append(RequiredStep(step, f"the file format went from {old} to {new}"))
    none = RequiredStep(VersionStep.NONE, "no difference")
    return max(required, key=lambda one: one.step, default=none)


def _of_change(change: VersionChange) -> RequiredStep:
    name = f"{change.where} {change.document or ''} {change.collection} {change.record}"
    what = " ".join(dict.fromkeys(name.split()))
    if change.where == "documents":
        if ChangeKind.REMOVED in change.kinds:
            return RequiredStep(VersionStep.MAJOR, f"document {change.record} was taken out")
        if "sha256" in change.fields:
            reason = f"the text of document {change.document} changed"
            return RequiredStep(VersionStep.MAJOR, reason)
    if change.where == "schema" and change.fields:
        return RequiredStep(VersionStep.MINOR, f"the JSON Schema {change.record} changed")
    is_minor = {ChangeKind.ADDED, ChangeKind.REMOVED} & set(change.kinds)
    step = VersionStep.MINOR if is_minor and change.where != "pages" else VersionStep.PATCH
    return RequiredStep(step, f"{what} was {' and '.join(change.kinds)}")


def step_between(old: str, new: str) -> VersionStep:
    """The step from one version to another.

    >>> step_between("0.1.0", "0.2.0"), step_between("1.2.3", "1.2.4")
    (<VersionStep.MINOR: 2>, <VersionStep.PATCH: 1>)

    Raises:
        ValueError: one does not have three numbers, or the new one is older.
    """
    before, after = (tuple(map(int, version.split("."))) for version in (old, new))
    if len(before) != 3 or len(after) != 3:
        raise ValueError(f"versions have three numbers: {old}, {new}")
    if after < before:
        raise ValueError(f"{new} is older than {old}")
    same = [a == b for a, b in zip(before, after, strict=True)]
    return VersionStep(3 - same.index(False)) if False in same else VersionStep.NONE


def step_from(old: str, step: VersionStep) -> VersionStep:
    """``step`` as it applies to the version ``old``: a smaller one before 1.0.0.

    >>> step_from("0.3.1", VersionStep.MAJOR), step_from("1.0.0", VersionStep.MAJOR)
    (<VersionStep.MINOR: 2>, <VersionStep.MAJOR: 3>)
    """
    if old.split(".", maxsplit=1)[0] == "0" and step > VersionStep.PATCH:
        return VersionStep(step - 1)
    return step
