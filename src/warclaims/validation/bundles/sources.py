"""Opening what was given as PATH: what it is shows in its first bytes, not in its name."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from warclaims.corpus.grammar import wide_encoding
from warclaims.files import open_file, reason
from warclaims.validation.bundles.compression import Broken, compression

if TYPE_CHECKING:
    from pathlib import Path

STDIN = "-"
"""The PATH that stands for standard input."""

HEAD = 2**16
"""Bytes by which it is told what a file holds."""

LINES = (".jsonl", ".ndjson")
_COMPRESSED = (".gz", ".zst", ".zstd", ".gzip")


@dataclass(frozen=True)
class Source:
    """Something open to be read: a regular file, or standard input (then ``path`` is null)."""

    name: str
    path: Path | None
    stream: IO[bytes]
    head: bytes
    identity: tuple[int, ...] | None

    @property
    def compression(self) -> str | None:
        """How the data is compressed; null if it is not."""
        return compression(self.head)

    @property
    def is_table(self) -> bool:
        """True of a Parquet file."""
        return self.head.startswith(b"PAR1")

    @property
    def size(self) -> int | None:
        """Bytes of the file; null if it cannot be told."""
        return self.identity[2] if self.identity else None

    @property
    def awaited(self) -> int | None:
        """The number of the pipe that standard input is; null of anything that never waits."""
        try:
            number = self.stream.fileno()
        except OSError:  # in memory
            return None
        return number if self.path is None else None

    def require_unchanged(self) -> None:
        """Raise if the file is no longer the one that was opened.

        Raises:
            Broken: it has been changed, replaced or taken away.
        """
        if self.path is None:
            return
        try:
            same = file_identity(self.path.stat()) == self.identity
        except OSError:
            same = False
        if not same:
            raise Broken("F113", "was changed, replaced or taken away while it was read")


def file_identity(status: os.stat_result) -> tuple[int, ...]:
    """What stays the same of a file that nobody touches; the third is its size."""
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def open_source(path: Path | None, name: str) -> Source:
    """The file at ``path``, or standard input if it is null.

    Raises:
        Broken: it cannot be opened, or is a folder, a pipe or a device.
    """
    if path is None:
        stdin: Any = sys.stdin.buffer
        head = stdin.peek(HEAD)
        return Source(name, None, stdin, head, None)
    try:
        stream = open_file(path)
    except OSError as error:
        raise Broken("F100", f"cannot be read: {reason(error)}") from None
    head = os.pread(stream.fileno(), HEAD, 0)
    return Source(name, path, stream, head, file_identity(os.fstat(stream.fileno())))


def require_utf8(head: bytes) -> None:
    """Raise if what begins with ``head`` is text in units of two or four bytes.

    Raises:
        Broken: it is UTF-16 or UTF-32, of which no line can be read.
    """
    if wide := wide_encoding(head):
        raise Broken("F102", wide)


def is_one_record(head: bytes, name: str) -> bool:
    """True if the JSON that begins with ``head`` is one record over several lines.

    >>> is_one_record(b'{"document": {' + bytes([10]) + b' "id"', "a.json")
    True
    """
    name = name.lower()
    for suffix in _COMPRESSED:
        name = name.removesuffix(suffix)
    if name.endswith(LINES):
        return False
    line, end, _ = head.lstrip().partition(b"\n")
    return bool(end) and line.startswith(b"{") and line.rstrip()[-1:] in (b"{", b"[", b",")
