"""Where a JSON Pointer leads in the text of a file."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

import msgspec

from warclaims.corpus.value_count import STRING

_SPACE = re.compile(rb"[ \t\n\r]*")
_TOKEN = re.compile(STRING.pattern + rb"|[{}\[\],:]", re.DOTALL)
_OBJECT = msgspec.json.Decoder(dict[str, msgspec.Raw])
_LIST = msgspec.json.Decoder(list[msgspec.Raw])


class _JsonRange(NamedTuple):
    """A field or item: where it begins (a field with its key), where its value begins and ends."""

    start: int
    value: int
    end: int


class Locator:
    """Finds lines and columns in the JSON ``data``; what was passed on the way is kept."""

    def __init__(self, data: bytes) -> None:
        self._data = data.removeprefix(b"\xef\xbb\xbf")
        self._children: dict[int, dict[str, _JsonRange]] = {}

    def line_and_column(self, pointer: str) -> tuple[int, int] | None:
        """Line and column, from 1, of what is at ``pointer``; null if the data is not JSON.

        The place of a field is that of its key. Where the pointer leads to nothing (a missing
        field), the place of the innermost record on the way is given.

        >>> Locator(b'{"a": [1,' + b"\\n" + b' {"b": 2}]}').line_and_column("/a/1/b")
        (2, 3)
        """
        try:
            offset = self._find(pointer)
        except (ValueError, IndexError, RecursionError):
            return None
        data = self._data
        if offset >= len(data):
            return None
        before = data[data.rfind(b"\n", 0, offset) + 1 : offset]
        return data.count(b"\n", 0, offset) + 1, len(before.decode(errors="replace")) + 1

    def _find(self, pointer: str) -> int:
        data = self._data
        here = self._skip(0)
        place = _JsonRange(here, here, len(data.rstrip()))
        for step in pointer.split("/")[1:]:
            if place.value not in self._children:
                self._children[place.value] = self._read(place)
            found = self._children[place.value].get(step.replace("~1", "/").replace("~0", "~"))
            if found is None:
                break
            place = found
        return place.start

    def _skip(self, at: int) -> int:
        match = _SPACE.match(self._data, at)
        return match.end() if match else at

    def _read(self, place: _JsonRange) -> dict[str, _JsonRange]:
        """The fields of the object, or the items of the list, that is the value at ``place``.

        Of a field that stands twice the second is given.

        Raises:
            ValueError: the data is not JSON.
        """
        start, end = place.value, place.end
        data = self._data[start:end]
        try:
            if data[:1] == b"[":
                return self._placed(start, list(enumerate(_LIST.decode(data))), fields=False)
            if data[:1] != b"{":
                return {}
            found = self._placed(start, list(_OBJECT.decode(data).items()), fields=True)
        except msgspec.DecodeError:  # may be JSON all the same, with half a character
            json.loads(data)
            return self._walked(place)
        last = max((field.end for field in found.values()), default=start + 1)
        return found if self._skip(last) == end - 1 else self._walked(place)

    def _placed(
        self, start: int, values: list[tuple[Any, msgspec.Raw]], *, fields: bool
    ) -> dict[str, _JsonRange]:
        found = {}
        at = self._skip(start + 1)
        for key, raw in values:
            begin = at
            if fields:
                name = STRING.match(self._data, at)
                at = self._skip(self._skip(name.end() if name else at) + 1)
            stop = at + len(memoryview(raw))
            found[str(key)] = _JsonRange(begin, at, stop)
            at = self._skip(self._skip(stop) + 1)
        return found

    def _walked(self, place: _JsonRange) -> dict[str, _JsonRange]:
        """The same, token by token: for an object that has a field twice, or half a character."""
        found: dict[str, _JsonRange] = {}
        depth, key, begin, value = 0, "", 0, 0
        fields = self._data[place.value : place.value + 1] == b"{"
        for match in _TOKEN.finditer(self._data, place.value, place.end):
            token = match[0]
            if depth == 1 and value and (token in b"]}" or token == b","):
                found[key if fields else str(len(found))] = _JsonRange(begin, value, match.start())
                value = 0
            depth += (token in b"{[") - (token in b"}]")
            if (depth == 1 and token == (b":" if fields else b",")) or (depth, token) == (1, b"["):
                value = self._skip(match.end())
                begin = begin if fields else value
            elif depth == 1 and fields and not value and token[:1] == b'"':
                key, begin = json.loads(token), match.start()
        return found
