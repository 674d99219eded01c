"""Findings as workflow commands of GitHub Actions, which shows them beside the lines of files.

GitHub shows the first ten errors and ten warnings of a step; the log has all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.findings import Severity
from warclaims.output import CONTROL
from warclaims.validation.catalogue import RULES
from warclaims.validation.not_applied import lines as lines_of
from warclaims.validation.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from warclaims.findings import Finding
    from warclaims.validation.show import Reporter

_VALUE = {**CONTROL, ord("%"): "%25", ord("\r"): "%0D", ord("\n"): "%0A"}
"""Escapes of messages, as GitHub defines them; other control characters become dots."""

_COMMANDS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFORMATION: "notice",
}

_PROPERTY = {**_VALUE, ord(":"): "%3A", ord(","): "%2C"}
"""Escapes of properties, which are separated by commas."""


def lines(reporter: Reporter, found: Iterable[Finding]) -> Iterator[str]:
    """A command per finding: ``::error file=…,line=…,col=…,title=…::message``.

    Notices give the number of findings that are not shown, and the rules that were not applied.
    """
    tally = Tally()
    for finding in tally.shown(found):
        if finding.waived is not None:
            continue
        rule = RULES[finding.code]
        properties = {"file": finding.file}
        place = reporter.place(finding)
        if place is not None:
            properties |= {"line": str(place[0]), "col": str(place[1])}
        properties["title"] = f"{rule.code} {rule.title}"
        listed = ",".join(
            f"{key}={value.translate(_PROPERTY)}" for key, value in properties.items()
        )
        message = f"{finding.message}\nfix: {rule.fix}".translate(_VALUE)
        yield f"::{_COMMANDS[finding.severity]} {listed}::{message}"
    if tally.remark:
        yield f"::notice title=More findings::{tally.remark}"
    for line in lines_of(reporter.omissions.entries()):
        yield f"::notice title=Rules not applied::{line.translate(_VALUE)}"
