"""Values without a control of their own, as text that an annotator reads and writes.

A fraction is ``1/2``. Groups and alternatives are a line each: a group is its values (``adult
female``), an alternative its fields with their values (``outcome: killed; cause: fire, collapse``).
What is more than words, such as a span, is JSON.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from warclaims.records import FieldShape, Lists, VictimGroup

_FRACTION = re.compile(r"\s*([0-9]+)\s*/\s*([0-9]+)\s*")
_WORD = re.compile(r"[A-Za-z0-9_-]+")
_NULL = "none"


def written(shape: FieldShape, value: Any) -> str:
    """The value of a field as text; see the module."""
    if shape.name == "fraction":
        return f"{value.numerator}/{value.denominator}"
    if shape.name == "groups":
        return "\n".join(_group(group) for group in value)
    return "\n".join(_alternative(alternative) for alternative in value)


def read(shape: FieldShape, words: str, fields: Mapping[str, FieldShape], lists: Lists) -> Any:
    """The plain value that ``words`` say, as in files; ``fields`` are those of the record.

    Raises:
        ValueError: the words cannot be read; the message says how they are written.
    """
    if shape.name == "fraction":
        return _read_fraction(words)
    lines = [line for line in words.splitlines() if line.strip()]
    if shape.name == "groups":
        return [_read_group(line, lists) for line in lines]
    return [_read_alternative(line, fields) for line in lines]


def _read_fraction(words: str) -> dict[str, int]:
    if found := _FRACTION.fullmatch(words):
        return {"numerator": int(found[1]), "denominator": int(found[2])}
    raise ValueError(f"is {words!r}; a fraction is written 1/2")


def _group(group: VictimGroup) -> str:
    values = [*group.status, group.age, group.sex]
    return " ".join(value for value in values if value != "unspecified") or "unspecified"


def _read_group(line: str, lists: Lists) -> dict[str, Any]:
    group: dict[str, Any] = {}
    for word in filter(None, re.split(r"[\s,;]+", line)):
        name = next((n for n in ("status", "age", "sex") if word in lists.members(n)), None)
        if name is None:
            raise ValueError(f"has {word!r} in a group; a group is values of status, age and sex")
        if name == "status":
            group.setdefault(name, []).append(word)
        else:
            group[name] = word
    return {name: value for name, value in group.items() if value != "unspecified"}


def _alternative(alternative: Mapping[str, Any]) -> str:
    return "; ".join(f"{name}: {_value(name, value)}" for name, value in alternative.items())


def _value(name: str, value: Any) -> str:
    if name == "fraction" and value:
        return f"{value['numerator']}/{value['denominator']}"
    words = value if isinstance(value, list) else [value]
    if words and all(isinstance(one, str) and _is_plain(one) for one in words):
        return ", ".join(words)
    return json.dumps(value, ensure_ascii=False)


def _is_plain(word: str) -> bool:
    return bool(_WORD.fullmatch(word)) and word != _NULL and not word.isdigit()


def _read_alternative(line: str, fields: Mapping[str, FieldShape]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for part in _parts(line):
        name, colon, words = part.partition(":")
        shape = fields.get(name.strip())
        if not colon or shape is None:
            raise ValueError(
                f"has {part.strip()!r}; an alternative is written outcome: killed; value: 7"
            )
        found[shape.name] = _read_value(shape, words.strip())
    return found


def _parts(line: str) -> list[str]:
    """The parts of a line between semicolons, except those inside JSON."""
    parts, depth, quoted, start = [], 0, False, 0
    for at, mark in enumerate(line):
        if mark == '"' and line[at - 1 : at] != "\\":
            quoted = not quoted
        elif not quoted and mark in "[{":
            depth += 1
        elif not quoted and mark in "]}":
            depth -= 1
        elif mark == ";" and not quoted and depth == 0:
            parts.append(line[start:at])
            start = at + 1
    return [part for part in (*parts, line[start:]) if part.strip()]


def _read_value(shape: FieldShape, words: str) -> Any:
    if words in ("", _NULL):
        return [] if shape.many else None
    if words[0] in '[{"' or words.lstrip("-").isdigit():
        try:
            return json.loads(words)
        except ValueError:
            raise ValueError(f"has {words!r}, which is not JSON") from None
    if shape.name == "fraction":
        return _read_fraction(words)
    listed = [word.strip() for word in words.split(",")]
    return listed if shape.many else words
