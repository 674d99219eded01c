"""The strings of a JSON file changed in place, with everything between them kept as it is."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_FRAGMENT = re.compile(r'\{"start": (\d+), "end": (\d+), "text": "(?:[^"\\]|\\.)*"\}')
_BARE = re.compile(r'\{"start": (\d+), "end": (\d+)\}')


def change_strings(data: str, change: Callable[[str], str]) -> str:
    """``data`` with each string, keys too, as ``change`` gives it.

    >>> change_strings('{"a": ["é", 1]}', str.upper)
    '{"A": ["É", 1]}'
    """

    def changed(match: re.Match[str]) -> str:
        before = json.loads(match[0])
        after = change(before)
        return match[0] if after == before else json.dumps(after, ensure_ascii=False)

    return _STRING.sub(changed, data)


def placed_strings(data: str) -> list[tuple[str, int, int]]:
    """All strings of a JSON file, keys too, with where they stand."""
    return [(json.loads(match[0]), *match.span()) for match in _STRING.finditer(data)]


def strings(data: str) -> list[str]:
    """All strings of a JSON file, keys too."""
    return [one for one, _, _ in placed_strings(data)]


def bare_fragments(data: str) -> str:
    """Annotations with fragments that have offsets only."""
    return _FRAGMENT.sub(r'{"start": \1, "end": \2}', data)


def full_fragments(data: str, text: str) -> str:
    """Annotations with the words of ``text`` in all fragments.

    Raises:
        ValueError: a fragment ends beyond the text.
    """

    def full(match: re.Match[str]) -> str:
        if not int(match[1]) < int(match[2]) <= len(text):
            raise ValueError(f"there is no fragment {match[1]} to {match[2]} in its text")
        words = json.dumps(text[int(match[1]) : int(match[2])], ensure_ascii=False)
        return f'{{"start": {match[1]}, "end": {match[2]}, "text": {words}}}'

    return _BARE.sub(full, data)


def ranges(data: str) -> list[tuple[int, int]]:
    """Start and end of every fragment of an edition's annotations."""
    return [(int(match[1]), int(match[2])) for match in _BARE.finditer(data)]
