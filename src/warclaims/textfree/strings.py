"""The strings of a JSON file, changed in place: everything between them stays as it is."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from warclaims.errors import WarclaimsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_FRAGMENT = re.compile(r'\{"start": ([0-9]+), "end": ([0-9]+), "text": "(?:[^"\\]|\\.)*"\}')
_BARE = re.compile(r'\{"start": ([0-9]+), "end": ([0-9]+)\}')


class PlacedString(NamedTuple):
    """A string of a file and its place.

    Attributes:
        value: The string.
        document: The document that it is about; `None` if it is about none in particular.
        where: Line, record and field, for messages.
        owner: The object that the string is in.
    """

    value: str
    document: str | None
    where: str
    owner: dict[str, Any]

    @property
    def is_key(self) -> bool:
        """True if it is a key of its object, or looks like one."""
        return self.value in self.owner


def is_json(name: str) -> bool:
    """True for the name of a JSON or JSON Lines file."""
    return name.endswith((".json", ".jsonl"))


def placed_strings(name: str, data: str, document: str | None = None) -> list[PlacedString]:
    """All strings of a JSON or JSON Lines file, including keys, in the order of the file.

    Another file is one string.

    Args:
        name: The name of the file.
        data: Its content.
        document: The document that the file annotates, if any. Otherwise an object that names a
            ``document`` is about that, and an entry of the index about its own document.
    """
    if not is_json(name):
        return [PlacedString(data, None, "", {})]
    found: list[PlacedString] = []
    has_lines = name.endswith(".jsonl")
    for number, part in enumerate(json_lines(data) if has_lines else [data], 1):
        where = f"line {number}" if has_lines else ""
        contexts = list(_contexts(json.loads(part), document, where, {}))
        strings = _STRING.findall(part)
        if len(contexts) != len(strings):
            raise WarclaimsError("a key occurs twice in one object")
        found += (
            PlacedString(json.loads(string), *context)
            for string, context in zip(strings, contexts, strict=True)
        )
    return found


def _contexts(
    value: Any, document: str | None, where: str, owner: dict[str, Any]
) -> Iterator[tuple[str | None, str, dict[str, Any]]]:
    """Document, place and owner of each string in a value, including keys."""
    if isinstance(value, str):
        yield document, where, owner
    elif isinstance(value, list):
        for item in value:
            yield from _contexts(item, document, where, owner)
    elif isinstance(value, dict):
        name = value.get("id")
        about = value.get("document", name if "file" in value else None)
        if document is None and isinstance(about, str):
            document = about
        if isinstance(name, str):
            where = f"{where} {name!r}".strip()
        for key, item in value.items():
            inside = (document, f"{where} {key}".strip(), value)
            yield inside
            yield from _contexts(item, *inside)


def change_strings(data: str, change: Callable[[str], str]) -> str:
    """``data`` with each string, including keys, replaced by ``change`` of it.

    >>> change_strings('{"a": ["é", 1]}', str.upper)
    '{"A": ["É", 1]}'
    """

    def changed(match: re.Match[str]) -> str:
        before = json.loads(match[0])
        after = change(before)
        return match[0] if after == before else json.dumps(after, ensure_ascii=False)

    return _STRING.sub(changed, data)


def json_lines(data: str) -> list[str]:
    """The lines of a JSON Lines file, with their ends; a string may hold other line breaks."""
    return re.findall(r"[^\n]*\n|[^\n]+", data)


def bare_fragments(data: str) -> str:
    """Annotations whose fragments have offsets only."""
    return _FRAGMENT.sub(r'{"start": \1, "end": \2}', data)


def full_fragments(data: str, words_at: Callable[[int, int], str]) -> str:
    """Annotations with words in all fragments: ``words_at`` their start and end."""

    def full(match: re.Match[str]) -> str:
        words = json.dumps(words_at(int(match[1]), int(match[2])), ensure_ascii=False)
        return f'{{"start": {match[1]}, "end": {match[2]}, "text": {words}}}'

    return _BARE.sub(full, data)


def ranges(data: str) -> list[tuple[int, int]]:
    """Start and end of every fragment in annotations without words."""
    return [(int(match[1]), int(match[2])) for match in _BARE.finditer(data)]
