"""Where a JSON Pointer leads in the text of a file."""

from __future__ import annotations

import json
import re

_SPACE = re.compile(r"[ \t\n\r]*")
_decoder = json.JSONDecoder()


class Locator:
    """Finds lines and columns in the JSON ``data``; what was passed on the way is kept."""

    def __init__(self, data: bytes) -> None:
        self._text = data.decode("utf-8-sig", errors="replace")
        self._children: dict[int, dict[str, tuple[int, int]]] = {}

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
        text = self._text
        return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)

    def _find(self, pointer: str) -> int:
        place = value = self._skip(0)
        for step in pointer.split("/")[1:]:
            if value not in self._children:
                self._children[value] = self._read(value)
            found = self._children[value].get(step.replace("~1", "/").replace("~0", "~"))
            if found is None:
                break
            place, value = found
        return place

    def _skip(self, at: int) -> int:
        match = _SPACE.match(self._text, at)
        return match.end() if match else at

    def _read(self, at: int) -> dict[str, tuple[int, int]]:
        """The fields of the object, or the items of the list, at ``at``: where, and their value.

        Of a field that stands twice the second is given.
        """
        kind = self._text[at]
        if kind not in "{[":
            return {}
        found: dict[str, tuple[int, int]] = {}
        at = self._skip(at + 1)
        while self._text[at] not in "}]":
            key, value = str(len(found)), at
            if kind == "{":
                key, end = _decoder.raw_decode(self._text, at)
                value = self._skip(self._skip(end) + 1)
            found[key] = at, value
            _, end = _decoder.raw_decode(self._text, value)
            at = self._skip(end)
            if self._text[at] == ",":
                at = self._skip(at + 1)
        return found
