"""The work on a source in pieces, each of which any process can do."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import IO, TYPE_CHECKING

from warclaims.files import open_file
from warclaims.validation.bundles.blocks import TooLong, blocks, range_pieces
from warclaims.validation.bundles.checker import Checker
from warclaims.validation.bundles.compression import Broken
from warclaims.validation.bundles.duplicates import identity
from warclaims.validation.bundles.sources import file_identity
from warclaims.validation.not_applied import Omissions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from warclaims.findings import Finding
    from warclaims.validation.bundles.duplicates import Identity
    from warclaims.validation.known import Known

BATCH = 500
"""Findings that are handed on at once."""


@dataclass(frozen=True, slots=True)
class Range:
    """Bytes of a plain file."""

    start: int
    end: int

    def __str__(self) -> str:
        return f"bytes {self.start:,}–{self.end:,}"


@dataclass(frozen=True, slots=True)
class Rows:
    """Bundles by themselves, of which each counts as a line; one that is null was too long."""

    rows: list[bytes | TooLong]

    def __str__(self) -> str:
        return f"{len(self.rows)} rows"


Job = Range | bytes | TooLong | Rows
"""A range, a block of whole lines, a line that is passed over, or rows."""


@dataclass(frozen=True, slots=True)
class Part:
    """Findings of a job and the documents seen, their lines counted within it.

    ``bundles`` were checked since the part before; ``lines`` is given by the last part only.
    """

    findings: list[Finding]
    documents: list[Identity] = field(default_factory=list)
    lines: int = 0
    bundles: int = 0
    is_last: bool = False
    omissions: Omissions = field(default_factory=Omissions)


@dataclass(frozen=True)
class Setup:
    """What a process needs to do jobs. ``path`` is null if no job is a range."""

    known: Known
    file: str
    path: Path | None
    identity: tuple[int, ...] | None


class Worker:
    """Does jobs, one after the other."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._checker = Checker(setup.known, setup.file)
        self._file: IO[bytes] | None = None

    def do(self, job: Job) -> Iterator[Part]:
        """The findings of ``job``, as they are found.

        Raises:
            Broken: the file that ranges are of is not the same any more.
            CheckFailed: a check failed.
        """
        found: list[Finding] = []
        documents: list[Identity] = []
        number = bundles = 0
        for lines in self._lines(job):
            if isinstance(lines, int):
                number += lines
                continue
            for data in lines:
                number += 1
                if isinstance(data, TooLong):
                    bundles += 1
                    found.append(self._checker.refuse(data.size, number))
                elif data and not data.isspace():
                    bundles += 1
                    found += checked(self._checker, data, number)
                    if document := identity(data, number):
                        documents.append(document)
                if len(found) >= BATCH:
                    yield Part(found, documents, bundles=bundles)
                    found, documents, bundles = [], [], 0
        omissions = Omissions(self._checker.omissions)
        self._checker.omissions.clear()
        yield Part(found, documents, number, bundles, is_last=True, omissions=omissions)

    def _lines(self, job: Job) -> Iterator[Sequence[bytes | TooLong] | int]:
        """Some lines at a time; where all are blank, how many."""
        if isinstance(job, Rows):
            yield job.rows
        elif isinstance(job, Range):
            for block in blocks(range_pieces(self._open(), job.start, job.end)):
                yield _split(block)
        else:
            yield _split(job)

    def _open(self) -> int:
        if self._file is None:
            path = self._setup.path
            try:
                self._file = open_file(path) if path else None
                same = path and file_identity(path.stat()) == self._setup.identity
            except OSError:
                same = False
            if self._file is None or not same:
                raise Broken("F113", "was changed, replaced or taken away while it was read")
        return self._file.fileno()


class CheckFailed(Exception):
    """A check failed with an error of its own: a fault of ours, never of the bundle."""

    def __init__(self, line: int | None, error: str) -> None:
        super().__init__(line, error)
        self.line = line
        self.error = error


def checked(checker: Checker, data: bytes, line: int | None) -> list[Finding]:
    """What ``checker`` finds in the bundle ``data`` at ``line``, null if it has the file to itself.

    Raises:
        CheckFailed: the check failed.
    """
    try:
        return checker.check(data, line)
    except Exception as error:
        raise CheckFailed(line, f"{type(error).__name__}: {error}") from error


def _split(block: bytes | TooLong) -> Sequence[bytes | TooLong] | int:
    if isinstance(block, TooLong):
        return [block]
    if block.isspace():
        return block.count(b"\n") + (not block.endswith(b"\n"))
    lines = block.split(b"\n")
    if not lines[-1]:
        lines.pop()
    return lines


def moved(findings: list[Finding], lines: int) -> list[Finding]:
    """``findings`` of a job before which there are ``lines`` lines."""
    if not lines:
        return findings
    return [replace(f, line=f.line + lines) if f.line else f for f in findings]
