"""Findings for programs."""

from __future__ import annotations

import json
from dataclasses import asdict
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING

from warclaims.output import json_items
from warclaims.validation.catalogue import RULES
from warclaims.validation.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from warclaims.findings import Finding
    from warclaims.validation.not_applied import NotApplied
    from warclaims.validation.show import Reporter

IN_MEMORY = 2**20
"""Waived findings with so many characters are kept in memory; more go to a file."""


def lines(reporter: Reporter, found: Iterable[Finding]) -> Iterator[str]:
    """One JSON object with the findings, written as they come, and their numbers.

    ``not_shown`` is the number of findings that are not listed, because there are too many.
    Waived findings are in another list, each with the reason. ``bundles`` is the number of bundles
    checked, if any were given. ``not_applied`` lists the rules that were not applied, with the
    number of documents.
    """
    tally = Tally()
    with SpooledTemporaryFile(IN_MEMORY, "w+", encoding="utf-8") as waived:

        def shown() -> Iterator[dict[str, Any]]:
            for finding in tally.shown(found):
                item = _finding(reporter, finding)
                if finding.waived is None:
                    yield item
                else:
                    waived.write(json.dumps({**item, "reason": finding.waived}) + "\n")

        yield '{\n  "findings": ['
        yield from json_items(shown(), 4)
        yield f'  ],\n  "errors": {tally.errors},\n  "warnings": {tally.warnings},'
        yield f'  "not_shown": {tally.hidden},'
        if tally.remark:
            yield f'  "remark": {json.dumps(tally.remark)},'
        if reporter.bundles is not None:
            yield f'  "bundles": {reporter.bundles},'
        yield '  "waived": ['
        waived.seek(0)
        yield from json_items(map(json.loads, waived), 4)
        yield '  ],\n  "not_applied": ['
        yield from json_items(map(not_applied, reporter.omissions.entries()), 4)
        yield "  ]\n}"


def not_applied(entry: NotApplied) -> dict[str, Any]:
    """Rules that were not applied, for programs."""
    return {**asdict(entry), "message": str(entry)}


def _finding(reporter: Reporter, finding: Finding) -> dict[str, Any]:
    place = reporter.place(finding)
    context = reporter.context(finding)
    rule = RULES[finding.code]
    return {
        "code": finding.code,
        "level": finding.level.name.lower(),
        "severity": finding.severity.value,
        "title": rule.title,
        "message": finding.message,
        "fix": rule.fix,
        "file": finding.file,
        "pointer": finding.pointer,
        "line": place[0] if place else None,
        "column": place[1] if place else None,
        "document": finding.document,
        "start": finding.start,
        "end": finding.end,
        "context": asdict(context) if context else None,
        "related": [asdict(other) for other in finding.related],
    }
