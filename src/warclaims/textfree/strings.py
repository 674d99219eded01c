"""The strings of a JSON file changed in place, with everything between them kept as it is."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from warclaims.errors import WarclaimsError
from warclaims.files.limits import MAX_FILE, MIB

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_FRAGMENT = re.compile(r'\{"start": ([0-9]+), "end": ([0-9]+), "text": "(?:[^"\\]|\\.)*"\}')
_BARE = re.compile(r'\{"start": ([0-9]+), "end": ([0-9]+)\}')


class Room:
    """How many bytes of words may still be put back into a file.

    A reference is short whatever it refers to, and may stand any number of times.
    """

    def __init__(self, size: int = MAX_FILE) -> None:
        self._size = self._left = size

    def take(self, words: str) -> str:
        """``words``, which are counted.

        Raises:
            ValueError: there is no room left for them.
        """
        self._left -= len(words.encode())
        if self._left < 0:
            raise ValueError(f"with its words it is larger than {self._size // MIB} MiB")
        return words


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


class Context(NamedTuple):
    """Where a string is in a JSON file.

    Attributes:
        document: The document that it is about; null if it is about none in particular.
        where: Record and field, for messages.
    """

    document: str | None
    where: str


class PlacedString(NamedTuple):
    """A string of a JSON file, what it is about, and where it stands in the file."""

    value: str
    context: Context
    start: int
    end: int


def placed_strings(
    data: str, document: str | None = None, line: int | None = None
) -> list[PlacedString]:
    """All strings of a JSON file, keys too, in the order of the file.

    Args:
        data: The file. A list ``documents`` in it is an index, each entry about its document.
        document: The document that the whole file is about, if there is one. Otherwise an object
            that names a ``document`` is about that.
        line: The number of the line, if the file is a line of a larger one.
    """
    where = f"line {line}" if line is not None else ""
    contexts = list(_contexts(json.loads(data), Context(document, where)))
    matches = list(_STRING.finditer(data))
    if len(contexts) != len(matches):
        raise WarclaimsError("a key stands twice in one object")
    return [
        PlacedString(json.loads(match[0]), context, *match.span())
        for match, context in zip(matches, contexts, strict=True)
    ]


def _contexts(value: Any, here: Context) -> Iterator[Context]:
    """The context of each string in a value, keys too."""
    if isinstance(value, str):
        yield here
    elif isinstance(value, list):
        for item in value:
            yield from _contexts(item, here)
    elif isinstance(value, dict):
        document = here.document
        if document is None and isinstance(value.get("document"), str):
            document = value["document"]
        where = " ".join(filter(None, [here.where, _named(value)]))
        for key, item in value.items():
            inside = Context(document, f"{where} {key}".strip())
            yield inside
            if key == "documents" and isinstance(item, list) and document is None:
                for one in item:
                    name = one.get("id") if isinstance(one, dict) else None
                    yield from _contexts(one, Context(name, here.where))
            else:
                yield from _contexts(item, inside)


def _named(value: dict[str, Any]) -> str:
    name = value.get("id")
    return f"{name!r}" if isinstance(name, str) else ""


def change_placed(
    data: str, placed: Iterable[PlacedString], change: Callable[[PlacedString], str]
) -> str:
    """``data`` with each of its strings as ``change`` gives it."""
    out: list[str] = []
    done = 0
    for one in placed:
        after = change(one)
        if after != one.value:
            out += [data[done : one.start], json.dumps(after, ensure_ascii=False)]
            done = one.end
    return "".join([*out, data[done:]])


def strings(data: str) -> list[str]:
    """All strings of a JSON file, keys too."""
    return [json.loads(match[0]) for match in _STRING.finditer(data)]


def change_marked(data: str, mark: str, change: Callable[[str], str]) -> str:
    """As :func:`change_strings`, of the strings that hold the character ``mark`` only."""
    escaped = json.dumps(mark).strip('"')
    if mark not in data and escaped not in data.lower():
        return data

    def changed(match: re.Match[str]) -> str:
        if mark not in match[0] and escaped not in match[0].lower():
            return match[0]
        return change_strings(match[0], change)

    return _STRING.sub(changed, data)


def json_lines(data: str) -> list[str]:
    """The lines of a file of JSON Lines, with their ends; a string may hold other line breaks."""
    return re.findall(r"[^\n]*\n|[^\n]+", data)


def bare_fragments(data: str) -> str:
    """Annotations with fragments that have offsets only."""
    return _FRAGMENT.sub(r'{"start": \1, "end": \2}', data)


def full_fragments(data: str, text: str | None, room: Room | None = None) -> str:
    """Annotations with the words of ``text`` in all fragments; without one, with a mark in each.

    Raises:
        ValueError: a fragment ends beyond the text, or there is no ``room`` left.
    """
    room = room or Room()

    def full(match: re.Match[str]) -> str:
        if text is None:
            return f'{{"start": {match[1]}, "end": {match[2]}, "text": "…"}}'
        if not int(match[1]) < int(match[2]) <= len(text):
            raise ValueError(f"there is no fragment {match[1]} to {match[2]} in its text")
        words = room.take(text[int(match[1]) : int(match[2])])
        said = json.dumps(words, ensure_ascii=False)
        return f'{{"start": {match[1]}, "end": {match[2]}, "text": {said}}}'

    return _BARE.sub(full, data)


def ranges(data: str) -> list[tuple[int, int]]:
    """Start and end of every fragment of an edition's annotations."""
    return [(int(match[1]), int(match[2])) for match in _BARE.finditer(data)]
