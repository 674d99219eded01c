"""Read bundles, piece by piece, from files and streams of any kind."""

from __future__ import annotations

import io
import os
import sys
from dataclasses import dataclass
from gzip import GzipFile
from itertools import chain
from typing import TYPE_CHECKING, Any
from zlib import error as ZlibError  # noqa: N812

from warclaims.corpus.grammar import wide_encoding
from warclaims.files import open_file, reason
from warclaims.files.limits import FREE_EXPANSION, ITEM_COST, MAX_BUNDLE, MAX_RATIO
from warclaims.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

STDIN = "-"
"""The path of standard input."""

PIECE = 2**16
"""Bytes that are read at once."""

JSON_LINES = (".jsonl", ".ndjson")
ZSTD = (".zst", ".zstd")
_COMPRESSED = (".gz", ".gzip", *ZSTD)

BUNDLE_ENDINGS = (
    *(f"{lines}{packed}" for lines in JSON_LINES for packed in ("", ".gz", *ZSTD)),
    ".parquet",
)
"""How the name of a file of bundles may end."""

PARQUET = "Parquet"
"""What messages call a table."""

NumberedBundle = tuple[int | None, bytes | int]
"""The line (``None`` if the file is one bundle) and the JSON of a bundle, or its size if too large.
"""


FileIdentity = tuple[int, int, int]


class UnreadableBundles(Exception):
    """The rest of a file cannot be read; ``code`` and ``message`` are those of the finding."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message

    def finding(self, file: str, line: int) -> Finding:
        """What is reported of ``file`` at the first ``line`` that cannot be read."""
        return Finding(
            file, "", self.code, self.message, line=line if self.code != "F100" else None
        )


class ExpansionLimit:
    """Limits how far a compressed file, or those of a run taken together, may expand.

    Each line, row and finding counts as at least ``ITEM_COST`` bytes, since a few bytes can expand
    to millions of lines, each with many errors.
    """

    def __init__(self) -> None:
        self.packed = 0
        self.size = 0

    def add(self, kind: str, *, packed: int = 0, size: int = 0, items: int = 0) -> None:
        """Count ``packed`` bytes of ``kind`` data, and ``size`` bytes and ``items`` read from them.

        Raises:
            UnreadableBundles: the content is too large for the compressed data.
        """
        self.packed += packed
        self.size += size + ITEM_COST * items
        if self.size > FREE_EXPANSION and self.size > MAX_RATIO * self.packed:
            message = (
                f"{self.packed:,} bytes of {kind} data expand to {self.size:,} bytes or more "
                f"(each line or finding counts as {ITEM_COST:,}); the limit is {MAX_RATIO:,} to one"
            )
            raise UnreadableBundles("F111", message)


class _CountingStream(io.RawIOBase):
    """A binary stream from byte ``start`` to ``stop`` that counts the bytes read."""

    def __init__(self, stream: Any, start: int, stop: int) -> None:
        super().__init__()
        self._stream, self._stop = stream, stop
        self.count = start

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        count: int = self._stream.readinto(memoryview(buffer)[: self._stop - self.count]) or 0
        self.count += count
        return count

    def fileno(self) -> int:
        number: int = self._stream.fileno()
        return number

    def close(self) -> None:
        self._stream.close()
        super().close()


@dataclass(frozen=True)
class BundleStream:
    """An open file of bundles, or standard input (then ``path`` is ``None``).

    ``head`` are its first bytes, which show what it is, whatever its name; empty if it is read from
    a later byte on. ``identity`` is that of the file when it was opened (:func:`identity_of`).
    """

    name: str
    path: Path | None
    reader: io.BufferedReader[_CountingStream]
    head: bytes
    identity: FileIdentity | None

    def close(self) -> None:
        """Close the file."""
        self.reader.close()

    @property
    def count(self) -> int:
        """The bytes before the one that is read next."""
        return self.reader.raw.count

    @property
    def is_table(self) -> bool:
        """True for a Parquet file."""
        return self.head.startswith(b"PAR1")

    @property
    def compression(self) -> str | None:
        """``gzip``, ``zstd``, or ``None`` if not compressed."""
        if self.head.startswith(b"\x1f\x8b"):
            return "gzip"
        is_skippable = self.head[1:4] == b"\x2a\x4d\x18" and 0x50 <= self.head[0] <= 0x5F
        return "zstd" if is_skippable or self.head.startswith(b"\x28\xb5\x2f\xfd") else None

    @property
    def is_plain(self) -> bool:
        """True for lines of UTF-8 that are not compressed."""
        return not (self.is_table or self.compression or wide_encoding(self.head))

    def require_unchanged(self, before: FileIdentity | None) -> None:
        """Check that the file is still the one that was opened, and the one it was ``before``.

        Raises:
            UnreadableBundles: it has been changed, replaced or removed.
        """
        try:
            now = self.path and identity_of(self.path.stat())
        except OSError:
            now = None
        if now != self.identity or (before and now != before):
            message = "was changed, replaced or removed while it was read"
            raise UnreadableBundles("F113", message)


def identity_of(status: os.stat_result) -> FileIdentity:
    """Number, size and time of a file: they change when it is changed or replaced."""
    return status.st_ino, status.st_size, status.st_mtime_ns


def open_stream(
    path: Path | None, name: str, start: int = 0, stop: int = sys.maxsize
) -> BundleStream:
    """Open the file at ``path`` from byte ``start`` to ``stop``, or standard input if ``None``.

    Raises:
        UnreadableBundles: it cannot be opened, or is a folder, a pipe or a device.
    """
    if path is None and (sys.stdin is None or sys.stdin.closed):
        raise UnreadableBundles("F100", "standard input is closed, or was read already")
    try:
        file: Any = open_file(path) if path else getattr(sys.stdin.buffer, "raw", sys.stdin.buffer)
        if start:
            file.seek(start)
        reader = io.BufferedReader(_CountingStream(file, start, stop), PIECE)
        identity = identity_of(os.fstat(file.fileno())) if path else None
        return BundleStream(name, path, reader, b"" if start else reader.peek(PIECE), identity)
    except OSError as error:
        raise UnreadableBundles("F100", f"cannot be read: {reason(error)}") from None


def read_lines(
    stream: BundleStream, expansion: ExpansionLimit, line: int = 1
) -> Iterator[NumberedBundle]:
    """The bundles in ``stream``, which is not a table and begins with line ``line``.

    Raises:
        UnreadableBundles: what comes next cannot be read, or expands too far.
    """
    pieces = content(stream, expansion)
    first = next(pieces, b"")
    if line == 1 and (wide := wide_encoding(first)):
        raise UnreadableBundles("F102", wide)
    pieces = chain([first], pieces)
    if line == 1 and is_one_record(first, stream.name):
        yield None, _joined(pieces)
    else:
        yield from numbered_lines(pieces, line)


def content(stream: BundleStream, expansion: ExpansionLimit) -> Iterator[bytes]:
    """The content of ``stream``, decompressed.

    Raises:
        UnreadableBundles: the data is cut off or damaged, or expands too far.
    """
    if (kind := stream.compression) is None:
        try:
            while piece := stream.reader.read1(PIECE):
                yield piece
        except OSError as error:
            raise UnreadableBundles("F100", f"cannot be read: {reason(error)}") from None
        return
    damage: tuple[type[Exception], ...] = (OSError, ValueError, ZlibError)
    if kind == "gzip":
        opened: Any = GzipFile(fileobj=stream.reader)
    else:
        zstd = zstd_module()
        opened = zstd.ZstdFile(stream.reader)
        damage = (*damage, zstd.ZstdError)
    packed = 0
    try:
        while piece := opened.read1(PIECE):
            new = stream.count - packed
            packed += new
            expansion.add(kind, packed=new, size=len(piece), items=piece.count(b"\n"))
            yield piece
    except EOFError:
        raise UnreadableBundles("F110", f"the {kind} data ends before its end") from None
    except damage as error:
        raise UnreadableBundles("F110", f"the {kind} data is damaged: {error}") from None


def zstd_module() -> Any:
    """The zstd module of the standard library (from Python 3.14), or its backport."""
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return zstd


def is_one_record(head: bytes, name: str) -> bool:
    """True if the JSON that begins with ``head`` is one record over several lines.

    >>> is_one_record(b'{"document": {' + bytes([10]) + b' "id"', "a.json")
    True
    """
    name = name.lower()
    for suffix in _COMPRESSED:
        name = name.removesuffix(suffix)
    if name.endswith(JSON_LINES):
        return False
    line, end, _ = head.lstrip().partition(b"\n")
    return bool(end) and line.startswith(b"{") and line.rstrip()[-1:] in (b"{", b"[", b",")


def _joined(pieces: Iterable[bytes]) -> bytes | int:
    """The whole content, or its size if it is above the limit for a bundle."""
    data = bytearray()
    size = 0
    for piece in pieces:
        size += len(piece)
        if size <= MAX_BUNDLE:
            data += piece
    return bytes(data) if size <= MAX_BUNDLE else size


def numbered_lines(
    pieces: Iterable[bytes], number: int = 1, limit: int = MAX_BUNDLE
) -> Iterator[tuple[int, bytes | int]]:
    r"""The lines in ``pieces`` of any size, with their numbers from ``number`` on.

    Of a line of more than ``limit`` bytes only the size is kept.

    >>> list(numbered_lines([b"a\nb", b"b\nc", b"c"]))
    [(1, b'a'), (2, b'bb'), (3, b'cc')]
    """
    size = 0
    begun: list[bytes] = []
    for piece in chain(pieces, [b"\n"]):
        first, *others = piece.split(b"\n")
        begun.append(first)
        size += len(first)
        if size > limit:
            begun.clear()
        if others:
            lines = [b"".join(begun) if size <= limit else size, *others[:-1]]
            yield from enumerate(lines, number)
            number += len(lines)
            begun = others[-1:]
            size = len(others[-1])
