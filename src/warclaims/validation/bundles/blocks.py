"""Streams of bytes as blocks of whole lines, with never more than one block in memory."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from warclaims.files.limits import MAX_BUNDLE, MIB

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PIECE = MIB
"""Bytes that are read at once."""

RANGE = 4 * MIB
"""Bytes of a plain file that are given to a process at once."""


@dataclass(frozen=True, slots=True)
class TooLong:
    """A line of ``size`` bytes that was passed over because it is above the limit."""

    size: int


def blocks(pieces: Iterable[bytes], limit: int = MAX_BUNDLE) -> Iterator[bytes | TooLong]:
    r"""Blocks of whole lines, each with its line break, out of ``pieces`` of any size.

    A line of more than ``limit`` bytes may come within a block if it came in one piece; else it is
    passed over.

    >>> list(blocks([b"a\nb", b"b\nc", b"c"]))
    [b'a\n', b'bb\n', b'cc']
    """
    rest: list[bytes] = []
    size, passing = 0, False
    for piece in pieces:
        cut = piece.rfind(b"\n") + 1
        if not cut:
            size += len(piece)
            rest.append(piece)
            if size > limit:
                passing = True
                rest.clear()
            continue
        begin = 0
        if passing:
            begin = piece.find(b"\n") + 1
            yield TooLong(size + begin - 1)
            passing = False
        if begin < cut:
            yield b"".join([*rest, piece[begin:cut]])
        rest = [piece[cut:]]
        size = len(rest[0])
    if passing:
        yield TooLong(size)
    elif size:
        yield b"".join(rest)


def ranges(file: int, size: int, length: int = RANGE) -> Iterator[tuple[int, int]]:
    """Ranges of about ``length`` bytes, of whole lines, that make up the first ``size`` bytes."""
    start = 0
    while start < size:
        end = min(_after_break(file, start + length - 1, size), size)
        yield start, end
        start = end


def _after_break(file: int, at: int, size: int) -> int:
    """Where the line after that of byte ``at`` begins."""
    step = 2**16
    while at < size:
        piece = os.pread(file, step, at)
        if not piece:
            return size
        found = piece.find(b"\n")
        if found >= 0:
            return at + found + 1
        at += len(piece)
        step = PIECE
    return size


def range_pieces(file: int, start: int, end: int) -> Iterator[bytes]:
    """The bytes from ``start`` to ``end``; fewer if the file has become shorter."""
    while start < end:
        piece = os.pread(file, min(PIECE, end - start), start)
        if not piece:
            return
        start += len(piece)
        yield piece
