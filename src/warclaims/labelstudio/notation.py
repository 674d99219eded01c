"""Values without a control of their own, as text that an annotator reads and writes.

A fraction is ``1/2``. Groups and alternatives are a line each: a group is its values (``adult
female``), an alternative its fields with their values (``outcome: killed; cause: fire, collapse``;
``none`` empties a field). What is more than words, such as a span, is JSON. In a group, a value
that a corpus adds is written with its list (``status: miner``), because several may have it.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from warclaims.records import FieldKind, VictimGroup, shapes
from warclaims.records.annotations import FIXED_FIELDS
from warclaims.records.vocabulary import OPEN_LISTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from warclaims.records import FieldShape, Lists

_FRACTION = re.compile(r"\s*([0-9]{1,13})\s*/\s*([0-9]{1,13})\s*")
_WORD = re.compile(r"[A-Za-z0-9_-]+")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?")
_NAME = re.compile(r"[\s;]*([a-z_]+)\s*:\s*")
_COLON = re.compile(r"\s*:\s*")
_END = re.compile(r"\s*(;|$)")
_JSON = json.JSONDecoder()
_NULL = "none"
_UNSPECIFIED = "unspecified"
_HOW_GROUP = "a group is values of status, age and sex, such as: adult female"
_HOW_ALTERNATIVE = "an alternative is written: outcome: killed; value: 7"
_GROUP_LISTS = tuple(shapes(VictimGroup))
"""The fields of a group, each with the values of the list of its name."""


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
    lines = [line for line in re.split(r"[\r\n]+", words) if line.strip()]
    if shape.name == "groups":
        return [_read_group(line, lists) for line in lines]
    return [_read_alternative(line, fields) for line in lines]


def _read_fraction(words: str) -> dict[str, int]:
    if found := _FRACTION.fullmatch(words):
        return {"numerator": int(found[1]), "denominator": int(found[2])}
    raise ValueError(f"is {words!r}; a fraction is written: 1/2")


def _group(group: VictimGroup) -> str:
    found = [("status", value) for value in group.status]
    found += [(name, getattr(group, name)) for name in ("age", "sex")]
    words = [_in_group(*one) for one in found if one[0] == "status" or one[1] != _UNSPECIFIED]
    return " ".join(words) or _UNSPECIFIED


def _in_group(name: str, value: str) -> str:
    return value if _core_lists(value) == [name] else f"{name}: {value}"


def _core_lists(value: str) -> list[str]:
    return [name for name in _GROUP_LISTS if value in set(OPEN_LISTS[name])]


def _read_group(line: str, lists: Lists) -> dict[str, Any]:
    group: dict[str, Any] = {}
    for word in filter(None, re.split(r"[\s,;]+", _COLON.sub(":", line.strip()))):
        name, colon, value = word.rpartition(":")
        if value == _UNSPECIFIED and name != "status":
            continue
        names = [n for n in _GROUP_LISTS if value in lists.members(n)]
        names = [n for n in names if n == name] if colon else _core_lists(value) or names
        if len(names) != 1:
            raise ValueError(f"has {word!r} in a group; {_HOW_GROUP}{_which(value, names)}")
        if names == ["status"]:
            group.setdefault("status", []).append(value)
        elif group.setdefault(names[0], value) != value:
            raise ValueError(f"has a group of two values of {names[0]}, {line!r}; {_HOW_GROUP}")
    return group


def _which(value: str, names: list[str]) -> str:
    return f". Say of which list: {' or '.join(f'{name}: {value}' for name in names)}" * bool(names)


def _alternative(alternative: Mapping[str, Any]) -> str:
    return "; ".join(f"{name}: {_value(name, value)}" for name, value in alternative.items())


def _value(name: str, value: Any) -> str:
    if value is None:
        return _NULL
    if name == "fraction":
        return f"{value['numerator']}/{value['denominator']}"
    words = value if isinstance(value, list) else [value]
    if words and all(isinstance(one, str) and _is_plain(one) for one in words):
        return ", ".join(words)
    return json.dumps(value, ensure_ascii=False)


def _is_plain(word: str) -> bool:
    return bool(_WORD.fullmatch(word)) and word != _NULL


def _read_alternative(line: str, fields: Mapping[str, FieldShape]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    at = 0
    while line[at:].strip():
        start = _NAME.match(line, at)
        shape = fields.get(start[1]) if start else None
        if start is None or shape is None or shape.name in FIXED_FIELDS:
            raise ValueError(f"has {line[at:].strip()!r}; {_HOW_ALTERNATIVE}")
        if shape.name in found:
            raise ValueError(f"has {shape.name} twice in {line.strip()!r}; {_HOW_ALTERNATIVE}")
        found[shape.name], at = _read_value(shape, line, start.end())
    return found


def _read_value(shape: FieldShape, line: str, at: int) -> tuple[Any, int]:
    """The value that begins at ``at``, and where the next field begins."""
    if line[at : at + 1] in tuple('[{"'):
        try:
            value, end = _JSON.raw_decode(line, at)
        except (ValueError, RecursionError):
            raise ValueError(f"has {line[at:]!r}, which is not JSON; {_HOW_ALTERNATIVE}") from None
        rest = _END.match(line, end)
        if rest is None:
            raise ValueError(f"has {line[end:].strip()!r} after JSON; {_HOW_ALTERNATIVE}")
        return value, rest.end()
    words = line[at:].partition(";")[0]
    return _of_words(shape, words.strip()), at + len(words) + 1


def _of_words(shape: FieldShape, words: str) -> Any:
    if words in ("", _NULL):
        return [] if shape.many else None
    if shape.name == "fraction":
        return _read_fraction(words)
    if shape.kind in (FieldKind.INTEGER, FieldKind.NUMBER):
        if not _NUMBER.fullmatch(words):
            raise ValueError(f"has {words!r} as {shape.name}; a number is written: 7")
        return json.loads(words)
    if shape.kind in (FieldKind.SPAN, FieldKind.RECORD, FieldKind.OPEN):
        raise ValueError(f"has {words!r} as {shape.name}; that is written as JSON, as in files")
    return [word.strip() for word in words.split(",")] if shape.many else words
