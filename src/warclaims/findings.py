"""A finding: something that is wrong in one place of a file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from typing import Any


class Severity(StrEnum):
    """Whether a finding must be fixed."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


class FindingLevel(IntEnum):
    """What a rule checks. Rules of level 6 warn; others may declare that they only warn."""

    FILE = 1
    SCHEMA = 2
    TEXT = 3
    REFERENCE = 4
    CONSISTENCY = 5
    PLAUSIBILITY = 6

    @property
    def severity(self) -> Severity:
        """The severity of what a rule of this level finds, unless the rule declares another."""
        return Severity.WARNING if self is FindingLevel.PLAUSIBILITY else Severity.ERROR


MAX_MESSAGE = 2_000
"""Code points of a message or of a pointer; a longer one is cut."""


def shorten(words: str, longest: int = MAX_MESSAGE) -> str:
    """``words``, cut after ``longest`` code points.

    >>> shorten("a long message", 7)
    'a long…'
    """
    return words if len(words) <= longest else f"{words[: longest - 1]}…"


_DIGITS = 10
"""A step of a pointer with so many digits is a key, not a position in a list."""


def _is_number(step: str) -> bool:
    return len(step) < _DIGITS and step.isascii() and step.isdigit()


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that a finding is about, and what is there."""

    file: str
    pointer: str
    what: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """The text a finding is about, the text around it, and its line and column, from 1."""

    before: str
    words: str
    after: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding.

    ``file`` is relative to the corpus directory where the file lies inside it; ``pointer`` is a
    JSON Pointer (RFC 6901) into it; ``start`` and ``end`` are code points of the document's text,
    half-open; ``line`` and ``column`` count from 1 and are given if a file could not be parsed, and
    for bundles. For these ``context`` quotes the text. ``code`` is a letter and three digits, the
    first of which is the level. ``waived`` is the reason of the waiver, if there is one.
    ``left_out`` is the number of errors and warnings that are not shown, if the finding (F109)
    reports these. ``declared`` is the severity of the rule, ``None`` for that of the level.

    Findings sort by file, place in the file and code, so that a run always lists them alike.
    """

    file: str
    pointer: str
    code: str
    message: str
    document: str | None = None
    start: int | None = None
    end: int | None = None
    line: int | None = None
    column: int | None = None
    related: tuple[Related, ...] = ()
    waived: str | None = None
    context: Context | None = None
    left_out: tuple[int, int] | None = None
    declared: Severity | None = None

    @property
    def level(self) -> FindingLevel:
        """The level of the rule.

        >>> Finding("a.json", "", "T308", "other words").level
        <FindingLevel.TEXT: 3>
        """
        return FindingLevel(int(self.code[1]))

    @property
    def severity(self) -> Severity:
        """Whether it must be fixed: an error if any of the findings it reports as not shown is.

        >>> Finding("a.json", "", "W604", "is not in the index").severity
        <Severity.WARNING: 'warning'>
        """
        if self.left_out is not None:
            return Severity.ERROR if self.left_out[0] else Severity.WARNING
        return self.declared or self.level.severity

    @property
    def is_warning(self) -> bool:
        """True if it need not be fixed."""
        return self.severity is not Severity.ERROR

    @property
    def counts(self) -> tuple[int, int]:
        """How many errors and warnings this is."""
        severity = self.severity
        return self.left_out or (
            int(severity is Severity.ERROR),
            int(severity is Severity.WARNING),
        )

    def without_warnings(self) -> Finding:
        """The same finding, counting errors only."""
        return self if self.left_out is None else replace(self, left_out=(self.left_out[0], 0))

    @property
    def sort_key(self) -> tuple[Any, ...]:
        """File, place in it, code, message; numbers in a pointer count as numbers."""
        steps = tuple(
            (0, int(step), "") if _is_number(step) else (1, 0, step)
            for step in self.pointer.split("/")
        )
        return (self.file, self.line or 0, self.column or 0, steps, self.code, self.message)

    def __lt__(self, other: Finding) -> bool:
        return self.sort_key < other.sort_key

    def __str__(self) -> str:
        """The finding in one line: file, line and column or JSON Pointer, offsets, code, message.

        >>> print(Finding("a.json", "", "F103", "is not JSON: expecting value", line=2, column=7))
        a.json:2:7: F103 is not JSON: expecting value
        """
        place = self.file
        if self.line is not None:
            place += f":{self.line}:{self.column or 1}"
        place += f"#{shorten(self.pointer)}" if self.pointer else ""
        if self.start is not None:
            place += f" ({self.document} {self.start}–{self.end})"
        return f"{place}: {self.code} {shorten(self.message)}"
