"""Findings in SARIF 2.1.0, the interchange format of static analysis (an OASIS standard)."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import PurePosixPath
from textwrap import indent
from typing import TYPE_CHECKING
from urllib.parse import quote

from warclaims import __version__
from warclaims.findings import Severity
from warclaims.output import json_items, json_text
from warclaims.validation.catalogue import RULES
from warclaims.validation.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from warclaims.findings import Finding, Related
    from warclaims.validation.rule import Rule
    from warclaims.validation.show import Reporter

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

_LEVELS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFORMATION: "note",
}

_HERE = "the results"
"""The placeholder of the results."""


def lines(reporter: Reporter, found: Iterable[Finding]) -> Iterator[str]:
    """One SARIF log with one run: all rules, and the findings, written as they come.

    Rules that were not applied are notes about the run.
    """
    numbers = {code: number for number, code in enumerate(RULES)}
    driver = {
        "name": "warclaims",
        "version": __version__,
        "rules": [_rule(rule) for rule in RULES.values()],
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": [_HERE]}
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    before, after = json_text(log).split(json_text(_HERE))
    yield before.rstrip()
    tally = Tally()
    results = (
        {"ruleId": finding.code, "ruleIndex": numbers[finding.code], **_result(reporter, finding)}
        for finding in tally.shown(found)
    )
    yield from json_items(results, 8)
    more = "".join(
        f",\n{indent(f'{json_text(name)}: {json_text(value)}', ' ' * 6)}"
        for name, value in _counted(reporter, tally).items()
    )
    yield after.replace("]", f"]{more}", 1).lstrip("\n")


def _counted(reporter: Reporter, tally: Tally) -> dict[str, Any]:
    """The members of the run that are only known after the last finding."""
    members: dict[str, Any] = {}
    if reporter.bundles is not None:
        members["properties"] = {"bundles": reporter.bundles}
    notes: list[dict[str, Any]] = [
        {"level": "note", "message": {"text": str(entry)}, "properties": asdict(entry)}
        for entry in reporter.omissions.entries()
    ]
    if tally.remark:
        notes.append({"level": "warning", "message": {"text": tally.remark}})
    if notes:
        done = {"executionSuccessful": True, "toolExecutionNotifications": notes}
        members["invocations"] = [done]
    return members


def _rule(rule: Rule) -> dict[str, Any]:
    name = "".join(word[0].upper() + word[1:] for word in re.findall(r"\w+", rule.title))
    return {
        "id": rule.code,
        "name": name,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {"text": rule.fix},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(reporter: Reporter, finding: Finding) -> dict[str, Any]:
    result: dict[str, Any] = {
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [_location(reporter, finding)],
    }
    if finding.waived is not None:
        result["suppressions"] = [{"kind": "inSource", "justification": finding.waived}]
    if finding.related:
        result["relatedLocations"] = [
            {
                "id": number,
                **_location(reporter, other),
                "message": {"text": other.what},
                **_properties(start=other.start, end=other.end),
            }
            for number, other in enumerate(finding.related)
        ]
    return result | _properties(document=finding.document, start=finding.start, end=finding.end)


def _properties(**given: str | int | None) -> dict[str, Any]:
    known = {name: value for name, value in given.items() if value is not None}
    return {"properties": known} if known else {}


def _location(reporter: Reporter, finding: Finding | Related) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(finding.file)}}
    place = reporter.place(finding)
    if place is not None:
        physical["region"] = {"startLine": place[0], "startColumn": place[1]}
    location: dict[str, Any] = {"physicalLocation": physical}
    if finding.pointer:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.pointer}]
    return location


def _uri(file: str) -> str:
    """The URI reference of a file: relative to the corpus directory if the file is inside.

    Bytes that are not UTF-8 are escaped.

    >>> _uri("seeds/50 %: é.txt")
    'seeds/50%20%25%3A%20%C3%A9.txt'
    >>> _uri("/elsewhere/a.json")
    'file:///elsewhere/a.json'
    """
    scheme = "file://" if PurePosixPath(file).is_absolute() else ""
    return scheme + quote(file, errors="surrogateescape")
