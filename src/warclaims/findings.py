"""A finding: one thing that is wrong in one place, as a record. Showing it is others' work."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum


class Level(IntEnum):
    """How deep a rule looks. Levels 1 to 5 are errors, 6 is a warning."""

    FILE = 1
    SCHEMA = 2
    TEXT = 3
    REFERENCE = 4
    CONSISTENCY = 5
    PLAUSIBILITY = 6


@dataclass(frozen=True, order=True, slots=True)
class Finding:
    """One finding.

    ``file`` is relative to the corpus directory where the file lies inside it; ``pointer`` is a
    JSON Pointer (RFC 6901) into it; ``start`` and ``end`` are code points of the document's text.
    Findings sort by file, pointer and code, so that a run always lists them in the same order.
    """

    file: str
    pointer: str
    code: str
    message: str
    level: Level = Level.FILE
    document: str | None = field(default=None)
    start: int | None = field(default=None)
    end: int | None = field(default=None)

    def __str__(self) -> str:
        place = f"{self.file}{'#' + self.pointer if self.pointer else ''}"
        if self.start is not None:
            place += f" ({self.document} {self.start}–{self.end})"
        return f"{place}: {self.code} {self.message}"
