"""What is wrong in a file of another program, with its line."""

from __future__ import annotations

from dataclasses import dataclass, field

from warclaims.files.limits import MAX_FINDINGS
from warclaims.findings import Finding, Severity

CODES: dict[str, str] = {
    "X101": "a file is missing, cannot be read, or is not what it should be",
    "X102": "two texts are the same, or two labels or files have the same id",
    "X103": "there is no document that can be read",
    "X201": "a line cannot be read",
    "X301": "words are not at these offsets of the text",
    "X401": "a line refers to something that the file does not have",
    "X501": "the corpus has other records of the document",
    "X601": "a label is kept as a foreign one, because its record would be an error",
    "X602": "a text was rejected or ignored by its annotator",
    "X603": "files or annotations are left out, because the import has no place for them",
}
"""Every code with its meaning. The first digit is the level; 6 is a warning."""

_OF_READING = {"X101", "X102", "X201", "X301", "X401"}


class Unreadable(Exception):
    """A line, or a part of it, cannot be read; the code and the message say why."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


@dataclass
class FormatProblems:
    """Collects what is wrong; of very many problems only the first, and their number.

    Attributes:
        skips: True if what cannot be read is left out, with a warning.
        findings: The first problems.
        count: How many there are.
        errors: How many of them are errors.
    """

    skips: bool = False
    findings: list[Finding] = field(default_factory=list)
    count: int = 0
    errors: int = 0

    def add(self, file: str, line: int | None, code: str, message: str) -> None:
        """Add a problem in a line of a file (counted from 1), or in the file."""
        assert code in CODES
        is_skipped = self.skips and code in _OF_READING
        declared = Severity.WARNING if is_skipped else None
        found = Finding(file, "", code, message, line=line, declared=declared)
        self.count += 1
        self.errors += not found.is_warning
        if len(self.findings) < MAX_FINDINGS:
            self.findings.append(found)
