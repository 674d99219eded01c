"""Find the line and column of a JSON Pointer in the text of a file."""

from __future__ import annotations

from dataclasses import replace
from json import JSONDecoder
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.findings import Finding

_VALUE = JSONDecoder()
_LONG_VALUE = JSONDecoder(parse_int=str)
"""Reads integers of any length, but takes twice as long."""


def _value(text: str, at: int) -> tuple[Any, int]:
    """The JSON value at an offset, and where it ends.

    Raises:
        ValueError: it is not JSON.
    """
    try:
        return _VALUE.raw_decode(text, at)
    except ValueError:
        return _LONG_VALUE.raw_decode(text, at)


class _JsonPlace(NamedTuple):
    """Where a field or an item starts (a field with its key), and where its value does."""

    start: int
    value: int


class Locator:
    """Finds lines and columns in the JSON ``data``; objects and lists on the way are kept.

    If the keys of each object are ``unique``, an object is read only up to the key in question.
    """

    def __init__(self, data: bytes, *, unique: bool = False) -> None:
        self._text = data.decode("utf-8-sig", errors="replace")
        self._unique = unique
        self._read: dict[int, tuple[dict[str, _JsonPlace], Iterator[tuple[str, _JsonPlace]]]] = {}

    def line_and_column(self, pointer: str) -> tuple[int, int] | None:
        """Line and column, from 1, of what is at ``pointer``; ``None`` if the data is not JSON.

        The place of a field is that of its key. If the pointer leads to nothing (a missing field),
        this is the place of the innermost record on the way.

        >>> Locator(b'{"a": [1,' + b"\\n" + b' {"b": 2}]}').line_and_column("/a/1/b")
        (2, 3)
        """
        try:
            start = self._find(pointer)
        except (ValueError, IndexError, RecursionError):
            return None
        return self._text.count("\n", 0, start) + 1, start - self._text.rfind("\n", 0, start)

    def placed(self, finding: Finding, first_line: int) -> Finding:
        """``finding`` with its line and column, if the data starts in ``first_line`` of a file."""
        place = (finding.line, finding.column) if finding.line else None
        place = place or self.line_and_column(finding.pointer) or (1, None)
        return replace(finding, line=first_line + (place[0] or 1) - 1, column=place[1])

    def _find(self, pointer: str) -> int:
        start = self._skip_space(0)
        place = _JsonPlace(start, start)
        for step in pointer.split("/")[1:]:
            found = self._child(place.value, step.replace("~1", "/").replace("~0", "~"))
            if found is None:
                break
            place = found
        return place.start

    def _child(self, at: int, name: str) -> _JsonPlace | None:
        """What ``name`` is in the object or the list at ``at``."""
        known, unread = self._read.get(at) or ({}, self._children(at))
        if name not in known:
            for key, place in unread:
                known[key] = place
                if key == name and self._unique:
                    break
            self._read[at] = known, unread
        return known.get(name)

    def _skip_space(self, at: int) -> int:
        """The offset of the next character that is not white space.

        Raises:
            IndexError: the data ends before.
        """
        while self._text[at] in " \t\n\r":
            at += 1
        return at

    def _children(self, at: int) -> Iterator[tuple[str, _JsonPlace]]:
        """The fields of the object or the items of the list at ``at``.

        Raises:
            ValueError, IndexError: the data is not JSON.
        """
        text, position = self._text, 0
        is_object = text[at] == "{"
        if not is_object and text[at] != "[":
            return
        at = self._skip_space(at + 1)
        while text[at] not in "]}":
            key, start = str(position), at
            if is_object:
                name, at = _value(text, at)
                key, at = str(name), self._skip_space(self._skip_space(at) + 1)
            yield key, _JsonPlace(start, at)
            position += 1
            at = self._skip_space(_value(text, at)[1])
            if text[at] == ",":
                at = self._skip_space(at + 1)
