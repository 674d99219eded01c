"""Mutators of the bytes of a file (codes F), and of what pydantic refuses (codes S)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from support.mutation import On, Plain, fragments, mutator, pick, records
from support.pieces import SPANS
from warclaims.records import (
    LAYERS,
    Annotations,
    Bundle,
    Document,
    FieldKind,
    Fraction,
    VictimGroup,
    shapes,
)
from warclaims.records.fields import defaults

if TYPE_CHECKING:
    from random import Random

    from warclaims.records import FieldShape

Ids = dict[str, Any]
_PAIR = re.compile(rb'"(\w+)":( ?)("[^"\\\n]*"|\d+|null|true|false)(?=[,}\n])')
_NUMBER = re.compile(rb'": ?(\d+)(?![.\d])')
_WORDS = re.compile(rb'": ?"([^"\\\n]+)"')


def _match(random: Random, pattern: re.Pattern[bytes], data: bytes) -> re.Match[bytes]:
    found: re.Match[bytes] = pick(random, pattern.finditer(data))
    return found


@mutator(On.BYTES, "F101")
def byte_order_mark(data: bytes, random: Random, ids: Ids) -> bytes:
    return b"\xef\xbb\xbf" + data


@mutator(On.BYTES, "F102")
def not_utf8(data: bytes, random: Random, ids: Ids) -> bytes:
    at = _match(random, _WORDS, data).start(1)
    return data[:at] + random.choice((b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xc0\xaf")) + data[at:]


@mutator(On.BYTES, "F103")
def comma_too_many(data: bytes, random: Random, ids: Ids) -> bytes:
    at = _match(random, re.compile(rb"[\[{]\s*\"|\}(?=\s*\])"), data).start() + 1
    return data[:at] + b"," + data[at:]


@mutator(On.BYTES, "F103")
def cut_off(data: bytes, random: Random, ids: Ids) -> bytes:
    return data[: random.randrange(1, len(data.rstrip()) - 1)].rstrip(b"\xc2\xe2\xf0") or b"{"


@mutator(On.BYTES, "F103", "F102", "F104", "F105", "S202", "S203", "S204", "S205")
def quote_lost(data: bytes, random: Random, ids: Ids) -> bytes:
    at = _match(random, re.compile(rb'(?<!\\)"'), data).start()
    return data[:at] + data[at + 1 :]


@mutator(On.BYTES, "F104")
def key_twice(data: bytes, random: Random, ids: Ids) -> bytes:
    match = _match(random, _PAIR, data)
    other = random.choice((match[0], b'"' + match[1] + b'": null', b'"' + match[1] + b'" : 1'))
    return data[: match.start()] + other + b"," + match[2] + data[match.start() :]


@mutator(On.BYTES, "F104")
def key_twice_once_escaped(data: bytes, random: Random, ids: Ids) -> bytes:
    match = _match(random, _PAIR, data)
    key = b"\\u%04x" % match[1][0] + match[1][1:]
    return data[: match.start()] + b'"' + key + b'": ' + match[3] + b", " + data[match.start() :]


@mutator(On.BYTES, "F105")
def not_a_number(data: bytes, random: Random, ids: Ids) -> bytes:
    match = _match(random, _NUMBER, data)
    other = random.choice((b"NaN", b"Infinity", b"-Infinity", b"1e999"))
    return data[: match.start(1)] + other + data[match.end(1) :]


@mutator(On.BYTES, "F106")
def half_a_character(data: bytes, random: Random, ids: Ids) -> bytes:
    at = _match(random, _WORDS, data).start(1)
    return data[:at] + random.choice((b"\\ud83d", b"\\uDE00", b"\\udfff\\ud800")) + data[at:]


def _objects(value: Any) -> list[Plain]:
    """Every object in the plain JSON but those of ``extra`` and the alternatives."""
    if isinstance(value, list):
        return [found for item in value for found in _objects(item)]
    if not isinstance(value, dict):
        return []
    closed = (item for key, item in value.items() if key not in ("extra", "alternatives"))
    return [value, *(found for item in closed for found in _objects(item))]


def _inside(bundle: Plain, random: Random) -> Plain:
    """Some object of the document, or of the annotations, seldom the bundle itself."""
    part = random.choice(("document", "annotations", "annotations", "annotations"))
    return pick(random, _objects(bundle[part]))  # type: ignore[no-any-return]


_MODELS = (*LAYERS.values(), Annotations, Bundle, Document, Fraction, VictimGroup)
_OPTIONAL = {name for model in _MODELS for name in defaults(model)}


@mutator(On.BUNDLE, "S201")
def field_missing(bundle: Plain, random: Random, ids: Ids) -> None:
    owner = _inside(bundle, random)
    del owner[pick(random, [key for key in owner if key not in _OPTIONAL])]


@mutator(On.BUNDLE, "S202")
def unknown_field(bundle: Plain, random: Random, ids: Ids) -> None:
    owner = _inside(bundle, random)
    key = pick(random, owner)
    owner[random.choice((f"{key}s", key.title(), key[:-1] + "_", "", f" {key}"))] = owner[key]


@mutator(On.BUNDLE, "S201", "S202")
def misspelt_field(bundle: Plain, random: Random, ids: Ids) -> None:
    owner = _inside(bundle, random)
    key = pick(random, [key for key in owner if key not in _OPTIONAL and len(key) > 3])
    owner[key[:-2] + key[-1] + key[-2] + "x"] = owner.pop(key)


def _choices(bundle: Plain) -> list[tuple[Plain, FieldShape]]:
    """The fields with values of a list: of the records, and of other readings and groups."""
    found: list[tuple[Plain, FieldShape]] = []
    for layer, record in records(bundle):
        fields = shapes(LAYERS[layer])  # type: ignore[index]
        found += [(record, shape) for shape in fields.values() if shape.kind is FieldKind.CHOICE]
        for other in record.get("alternatives", ()):
            changed = (fields[name] for name in other)
            found += [(other, shape) for shape in changed if shape.kind is FieldKind.CHOICE]
        for group in record.get("groups", ()):
            found += [(group, shape) for shape in shapes(VictimGroup).values()]
    return found


@mutator(On.BUNDLE, "S203")
def value_of_no_list(bundle: Plain, random: Random, ids: Ids) -> None:
    record, shape = pick(random, _choices(bundle))
    some = random.choice(list(shape.choices or ())).value
    changes = (some.upper(), some[:-1], some + " ", "other", "", "dead", "unspecified", "mixed")
    wrong = pick(random, [change for change in changes if change not in list(shape.choices or ())])
    record[shape.name] = [some, wrong] if shape.many else wrong


@mutator(On.BUNDLE, "S204", "S205", "S203", "S206")
def wrong_type(bundle: Plain, random: Random, ids: Ids) -> None:
    owner = _inside(bundle, random)
    key = pick(random, owner)
    value = owner[key]
    if isinstance(value, str) or value is None:
        owner[key] = random.choice(([value], {"value": value}, 0.5))
    elif isinstance(value, float):
        owner[key] = random.choice((str(value), [0.5]))
    else:
        owner[key] = random.choice((str(value), [0.5], 0.5))


@mutator(On.BUNDLE, "S204", "S203")
def null_where_none_may_be(bundle: Plain, random: Random, ids: Ids) -> None:
    found = [(fragment, key) for fragment in fragments(bundle) for key in fragment]
    choices = [(record, shape.name) for record, shape in _choices(bundle)]
    owner, key = pick(random, [*found, *choices])
    owner[key] = None


@mutator(On.BUNDLE, "S205")
def out_of_limits(bundle: Plain, random: Random, ids: Ids) -> None:
    record = pick(random, records(bundle))[1]
    fragment = pick(random, fragments(bundle))
    place, key, value = random.choice(
        (
            (fragment, "start", -1),
            (fragment, "end", 0),
            (fragment, "end", 2**31),
            (fragment, "start", 10**30),
            (fragment, "text", ""),
            (record, "id", ""),
            (record, "id", "a 1"),
            (record, "id", "-a"),
            (record, "id", "ä1"),
            (record, "id", "a" * 101),
            (record, "id", record["id"] + "\n"),
            (bundle["annotations"], "sha256", bundle["annotations"]["sha256"].upper() + "A"),
            (bundle["document"], "length", 0),
            (bundle["document"], "segments", []),
        )
    )
    place[key] = value


@mutator(On.BUNDLE, "S205")
def count_out_of_limits(bundle: Plain, random: Random, ids: Ids) -> None:
    casualty = pick(random, records(bundle, "casualties"))[1]
    casualty["value"] = random.choice((-1, -(10**20), 10**12 + 1, 10**40))


@mutator(On.BUNDLE, "S205")
def fragment_dropped(bundle: Plain, random: Random, ids: Ids) -> None:
    found = [
        (record, name)
        for layer, record in records(bundle)
        for name in SPANS[layer]
        if len(record.get(name) or ()) == 1
    ]
    record, name = pick(random, found)
    record[name] = []


@mutator(On.BUNDLE, "S206")
def other_version(bundle: Plain, random: Random, ids: Ids) -> None:
    bundle["annotations"]["schema_version"] = random.choice(("9.0", "2", "2.0 ", "1.2", "2.00"))


@mutator(On.BYTES, "F103")
def second_value(data: bytes, random: Random, ids: Ids) -> bytes:
    return data.rstrip() + random.choice((b"{}", b" null", b",", b"}"))


@mutator(On.BYTES, "F103", "S204", "S201")
def other_value(data: bytes, random: Random, ids: Ids) -> bytes:
    return random.choice((b"[]", b"null", b"7", b'"x"', b"{}", b"[" + data.strip() + b"]"))
