"""Findings for programs."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from warclaims.validation.catalogue import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from warclaims.findings import Finding
    from warclaims.validation.show import Reporter


def lines(reporter: Reporter, found: Iterable[Finding]) -> Iterator[str]:
    """One JSON object with the list of findings and how many are errors and warnings.

    Those that are waived have a list of their own, each with the reason.
    """
    found = list(found)
    told = [finding for finding in found if finding.waived is None]
    warnings = sum(finding.is_warning for finding in told)
    report = {
        "findings": [_finding(reporter, finding) for finding in told],
        "errors": len(told) - warnings,
        "warnings": warnings,
        "waived": [
            {**_finding(reporter, finding), "reason": finding.waived}
            for finding in found
            if finding.waived is not None
        ],
    }
    yield json.dumps(report, ensure_ascii=False, indent=2)


def _finding(reporter: Reporter, finding: Finding) -> dict[str, Any]:
    place = reporter.place(finding)
    context = reporter.context(finding)
    rule = RULES[finding.code]
    return {
        "code": finding.code,
        "level": finding.level.name.lower(),
        "severity": "warning" if finding.is_warning else "error",
        "title": rule.title,
        "message": finding.message,
        "mend": rule.mend,
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
