"""What is wrong in a file of another program, with its line."""

from __future__ import annotations

from dataclasses import dataclass, field

from warclaims.files.limits import MAX_FINDINGS
from warclaims.findings import Finding

CODES: dict[str, str] = {
    "X101": "a file is missing, cannot be read, or is not what it should be",
    "X102": "two files have the same text, or the same id",
    "X201": "a line cannot be read",
    "X301": "words are not at these offsets of the text",
    "X401": "a line refers to something that the file does not have",
    "X501": "the corpus has other records of the document",
    "X601": "a label is kept as a foreign one, because its record would be an error",
}
"""Every code with its meaning. The first digit is the level; 6 is a warning."""


@dataclass
class FormatProblems:
    """Collects what is wrong; of very many problems only the first, and their number.

    Attributes:
        findings: The first problems.
        count: How many there are.
    """

    findings: list[Finding] = field(default_factory=list)
    count: int = 0

    def add(self, file: str, line: int | None, code: str, message: str) -> None:
        """Add a problem in a line of a file (counted from 1), or in the file."""
        assert code in CODES
        self.count += 1
        if len(self.findings) < MAX_FINDINGS:
            self.findings.append(Finding(file, "", code, message, line=line))
