"""The items of a JSON array in a stream, one at a time, as they are written.

This finds where an item ends and nothing else: brackets, commas and quotation marks. Whether an
item is JSON, and of what shape, is for whoever parses it, who then sees its bytes as they are:
duplicate keys, large numbers and the place of a mistake are not lost on the way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SPACE = b" \t\r\n"
_MARKS = re.compile(rb'["\\,\[\]{}]')
_CONTINUED = bytes(range(0x80, 0xC0))
"""Bytes of UTF-8 that continue a character."""

_OVERLAP = 1024
"""Bytes of an item that are looked at again with those that follow."""


@dataclass(frozen=True, slots=True)
class Item:
    """An item of an array, and where it begins: line and column from 1.

    ``data`` is ``None`` if the ``size`` is above the limit; ``found`` is then what was looked for
    in it. ``is_whole`` is false of the last one of an array that breaks off.
    """

    data: bytes | None
    size: int
    line: int
    column: int
    found: bytes | None = None
    is_whole: bool = True


class ArrayItems:
    """Splits an array that comes in pieces of any size; the first byte is its bracket.

    >>> [item.data for item in ArrayItems(100).split([b'[1,{"a": "],', b'["}, "x"]!'])]
    [b'1', b'{"a": "],["}', b'"x"']

    After the array, ``line`` and ``column`` are where ``rest`` begins: the first bytes after it
    other than white space.

    Args:
        limit: Bytes of an item that are kept.
        wanted: What to look for in items that are larger; its first group counts.
    """

    def __init__(self, limit: int, wanted: re.Pattern[bytes] | None = None) -> None:
        self.line = self.column = 1
        self.rest = b""
        self._limit = limit
        self._wanted = wanted
        self._start()

    def split(self, pieces: Iterable[bytes]) -> Iterator[Item]:
        """The items, of which no more than one is in memory."""
        depth, skip = 0, -1
        quoted = following = False
        pieces = iter(pieces)
        for piece in pieces:
            begin = 0
            for mark in _MARKS.finditer(piece):
                at, char = mark.start(), mark[0]
                if at == skip:  # escaped
                    continue
                if quoted:
                    if char == b"\\":
                        skip = at + 1
                    quoted = char != b'"'
                elif char == b'"':
                    quoted = True
                elif char in b"[{":
                    depth += 1
                    if depth == 1:
                        begin = at + 1
                        self.advance(piece[:begin])
                elif char in b"]}":
                    depth -= 1
                    if depth == 0:
                        self._add(piece[begin : at + (char == b"}")])
                        if self._size or following:
                            yield self._item()
                        self.advance(piece[at : at + 1])
                        self._end(piece[at + 1 :], pieces)
                        return
                elif char == b"," and depth == 1:
                    self._add(piece[begin:at])
                    yield self._item()
                    self.advance(b",")
                    begin, following = at + 1, True
            skip -= len(piece)
            self._add(piece[begin:])
        yield self._item(is_whole=False)

    def advance(self, data: bytes) -> None:
        """Count ``data``, such as white space before the array, among what was read."""
        breaks = data.count(b"\n")
        if breaks:
            self.line += breaks
            self.column = 1
            data = data[data.rfind(b"\n") + 1 :]
        self.column += len(data.translate(None, _CONTINUED))

    def _start(self) -> None:
        self._held = bytearray()
        self._size = 0
        self._found: bytes | None = None
        self._place: tuple[int, int] | None = None

    def _add(self, data: bytes) -> None:
        if not self._size:
            inner = data.lstrip(SPACE)
            self.advance(data[: len(data) - len(inner)])
            data = inner
            if data:
                self._place = (self.line, self.column)
        self.advance(data)
        self._size += len(data)
        self._held += data
        if self._size > self._limit:
            if self._wanted and not self._found and (match := self._wanted.search(self._held)):
                self._found = match[1]
            del self._held[:-_OVERLAP]

    def _item(self, *, is_whole: bool = True) -> Item:
        data = bytes(self._held) if self._size <= self._limit else None
        line, column = self._place or (self.line, self.column)
        item = Item(data, self._size, line, column, self._found, is_whole)
        self._start()
        return item

    def _end(self, data: bytes, pieces: Iterator[bytes]) -> None:
        while not (rest := data.lstrip(SPACE)):
            self.advance(data)
            data = next(pieces, b"")
            if not data:
                return
        self.advance(data[: len(data) - len(rest)])
        self.rest = rest[:_OVERLAP]
