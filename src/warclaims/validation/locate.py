"""Where a JSON Pointer leads in the text of a file."""

from __future__ import annotations

import json
import re

_SPACE = re.compile(r"[ \t\n\r]*")
_decoder = json.JSONDecoder()


def line_and_column(data: bytes, pointer: str) -> tuple[int, int] | None:
    """Line and column, from 1, of the value at ``pointer``; null if ``data`` is not JSON.

    Where the pointer leads to nothing (a missing field), the place of the innermost record on the
    way is given; a field's place is that of its key.

    >>> line_and_column(b'{"a": [1,' + b"\\n" + b' {"b": 2}]}', "/a/1/b")
    (2, 3)
    """
    try:
        text = data.decode("utf-8-sig")
        offset = _find(text, pointer)
    except (ValueError, IndexError, RecursionError):
        return None
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _find(text: str, pointer: str) -> int:
    place = at = _skip(text, 0)
    for step in pointer.split("/")[1:]:
        wanted = step.replace("~1", "/").replace("~0", "~")
        found = _key(text, at, wanted) if text[at] == "{" else _item(text, at, wanted)
        if found is None:
            return place
        place, at = found
    return place


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _key(text: str, at: int, wanted: str) -> tuple[int, int] | None:
    """Offsets of the key ``wanted`` of the object at ``at``, and of its value."""
    at = _skip(text, at + 1)
    while text[at] != "}":
        key, end = _decoder.raw_decode(text, at)
        value = _skip(text, _skip(text, end) + 1)
        if key == wanted:
            return at, value
        _, end = _decoder.raw_decode(text, value)
        at = _skip(text, end)
        if text[at] == ",":
            at = _skip(text, at + 1)
    return None


def _item(text: str, at: int, wanted: str) -> tuple[int, int] | None:
    """Offset of the item number ``wanted`` of the list at ``at``, twice."""
    if text[at] != "[":
        return None
    at = _skip(text, at + 1)
    for _ in range(int(wanted)):
        _, end = _decoder.raw_decode(text, at)
        at = _skip(text, end)
        if text[at] != ",":
            return None
        at = _skip(text, at + 1)
    return (at, at) if text[at] != "]" else None
