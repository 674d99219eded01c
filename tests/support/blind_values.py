"""Changes that nobody thought about: values of a bundle altered by chance, its JSON kept whole.

The spans mostly still have the words of the text, so that it is the later rules that must object.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from support.blind_bytes import blind
from support.mutation import NoPlace, Plain, fragments, pick, records, splice
from support.template import dumps
from warclaims.records import LAYERS, FieldKind, shapes
from warclaims.records.vocabulary import SegmentKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random


def _of_bundle(change: Callable[[Plain, Random], None]) -> Callable[[bytes, Random], bytes]:
    def changed(data: bytes, random: Random) -> bytes:
        bundle = orjson.loads(data)
        change(bundle, random)
        return dumps(bundle).encode()

    changed.__name__ = change.__name__
    return blind(changed)


_INSERTED = (
    " killed", " died", " wounded", "“", "”", '"', "‘", "«", " said", "said ", " told", " denied",
    "12 ", " 12 people killed", " two dead", " Armenia", "Baku ", "Moscow", "-", "— ", "\n",
    "\n– ", " ", "\t", "’s", "'", "\u0301", "x", "X", "7", " at least", " more than ", " about",
    " or more", "no ", ".", ",", " according to", "\u00a0", "\u200b", "😀", " in 1994",
    " was killed in", "%", " a child", "thousands of ", "\r", "\u2028", "\x85",
    "“We will win the war.” ", " he said", " a 12-year-old", "İ", "ß", "\u212a",
)  # fmt: skip


@_of_bundle
def words_put_in(bundle: Plain, random: Random) -> None:
    at = random.randrange(len(bundle["text"]) + 1)
    near = random.random()
    if near < 0.5:
        fragment = pick(random, fragments(bundle))
        at = fragment[random.choice(("start", "end"))]
        at = max(0, min(len(bundle["text"]), at + random.choice((0, 0, 0, -1, 1, 5, -5))))
    splice(bundle, at, at, random.choice(_INSERTED))


@_of_bundle
def words_taken_out(bundle: Plain, random: Random) -> None:
    start = random.randrange(len(bundle["text"]) - 1)
    if random.random() < 0.5:
        start = pick(random, fragments(bundle))["end"]
    splice(bundle, start, min(len(bundle["text"]), start + random.choice((1, 2, 4, 9, 30))), "")


@_of_bundle
def words_written_over(bundle: Plain, random: Random) -> None:
    fragment = pick(random, fragments(bundle))
    words = fragment["text"]
    forms = (words.upper(), words.lower(), words.title(), words[::-1], "it", "two", "some", "1,200")
    splice(bundle, fragment["start"], fragment["end"], random.choice(forms))


@_of_bundle
def record_dropped(bundle: Plain, random: Random) -> None:
    layer, record = pick(random, records(bundle))
    bundle["annotations"][layer].remove(record)


@_of_bundle
def records_swapped(bundle: Plain, random: Random) -> None:
    items = bundle["annotations"][random.choice(list(LAYERS))]
    if len(items) < 2:
        raise NoPlace
    one, other = random.sample(range(len(items)), 2)
    items[one], items[other] = items[other], items[one]


@_of_bundle
def value_of_another_record(bundle: Plain, random: Random) -> None:
    layer, record = pick(random, records(bundle))
    other = pick(random, bundle["annotations"][layer])
    name = pick(random, [key for key in record if record.get(key) != other.get(key)])
    if name in other:
        record[name] = other[name]
    else:
        del record[name]


@_of_bundle
def other_choice(bundle: Plain, random: Random) -> None:
    layer, record = pick(random, records(bundle))
    found = [s for s in shapes(LAYERS[layer]).values() if s.kind is FieldKind.CHOICE]
    shape = pick(random, found)
    drawn = str(random.choice(list(shape.choices or ())))
    many = random.choice(([], [drawn], [drawn, drawn], [*record.get(shape.name, ()), drawn]))
    record[shape.name] = many if shape.many else drawn


@_of_bundle
def reference_changed(bundle: Plain, random: Random) -> None:
    layer, record = pick(random, records(bundle, "casualties", "attributions"))
    found = [s for s in shapes(LAYERS[layer]).values() if s.target is not None]
    shape = pick(random, found)
    target = str(shape.target)
    known = [r["id"] for r in bundle["annotations"].get(target, ())] or ["borland", "armenia"]
    known += ["war-2020", "first-war", "azerbaijan", "", "c1"]
    if shape.many:
        record[shape.name] = random.choice(
            (
                [],
                random.sample(known, min(2, len(known))),
                [*record.get(shape.name, ()), random.choice(known)],
            )
        )
    else:
        record[shape.name] = random.choice((None, random.choice(known)))


@_of_bundle
def remark_changed(bundle: Plain, random: Random) -> None:
    record: Plain = pick(random, records(bundle))[1]
    name, value = random.choice(
        (
            ("score", 0.5),
            ("score", 2),
            ("note", "x"),
            ("note", None),
            ("note", ""),
            ("note", " "),
            ("uncertain", True),
            ("extra", {"uncertain": True}),
        )
    )
    record[name] = value


@_of_bundle
def reading_added(bundle: Plain, random: Random) -> None:
    """Another reading: fields of another record of the layer, or what no record has."""
    layer, record = pick(random, records(bundle))
    other = pick(random, bundle["annotations"][layer])
    name = pick(random, [key for key in other if key not in ("id", "extra", "alternatives")])
    reading = random.choice(
        ({name: other[name]}, {name: record.get(name)}, {name: None}, {}, {"id": "x"}, {name: 7})
    )
    record["alternatives"] = [*record.get("alternatives", ()), reading]
    record["note"] = random.choice(("or so", None))


@_of_bundle
def count_changed(bundle: Plain, random: Random) -> None:
    casualty = pick(random, records(bundle, "casualties"))[1]
    name, value = random.choice(
        (
            ("quantifier", "range"),
            ("quantifier", "indefinite"),
            ("value", None),
            ("value", 0),
            ("value_max", 10**12),
            ("value_max", 0),
            ("fraction", {"numerator": 1, "denominator": 2}),
            ("fraction", {"numerator": 1, "denominator": 0}),
            ("groups", [{"age": "child"}, {"sex": "female"}]),
            ("groups", [{}]),
            ("certainty", "retracted"),
            ("inferred_perpetrator", "armenia"),
        )
    )
    casualty[name] = value


@_of_bundle
def waiver_changed(bundle: Plain, random: Random) -> None:
    waivers = bundle["annotations"].setdefault("waivers", [])
    drawn = random.random()
    if waivers and drawn < 0.4:
        waivers.remove(pick(random, waivers))
    elif waivers and drawn < 0.7:
        waiver: Any = pick(random, waivers)
        change: Any = random.choice(
            (("record", None), ("span", None), ("code", "W620"), ("code", "T308"))
        )
        waiver[change[0]] = change[1]
    else:
        code = random.choice(
            ("W602", "W610", "W620", "W621", "W622", "W623", "W624", "W699", "W600")
        )
        waivers.append({"code": code, "record": None, "span": None, "reason": "so"})


@_of_bundle
def document_changed(bundle: Plain, random: Random) -> None:
    document = bundle["document"]
    name, value = random.choice(
        (
            ("language", "de"), ("language", "EN"), ("language", "en-x"), ("language", ""),
            ("title", None), ("title", ""), ("translation", None), ("translation", "no"),
            ("id", "x"), ("file", "a/b"), ("file", ".x"), ("length", document["length"] + 1),
            ("sha256", document["sha256"].upper()), ("segments", document["segments"][:-1]),
            ("segments", document["segments"][1:]), ("segments", []), ("extra", {}),
            ("id", document["id"] + "\n"), ("waivers", []),
        )
    )  # fmt: skip
    document[name] = value


@_of_bundle
def date_changed(bundle: Plain, random: Random) -> None:
    dates = (
        "2023-02-29",
        "2024-02-29",
        "2023",
        "0000",
        "23",
        "2023-1",
        "2023-12-31T00",
        "",
        "９999",
    )
    bundle["document"]["date"]["value"] = random.choice(dates)


@_of_bundle
def segment_changed(bundle: Plain, random: Random) -> None:
    segment = pick(random, bundle["document"]["segments"])
    if random.random() < 0.7:
        segment["kind"] = str(random.choice(list(SegmentKind)))
    else:
        segment[random.choice(("start", "end"))] += random.choice((-1, 1))


@_of_bundle
def offsets_changed(bundle: Plain, random: Random) -> None:
    text = bundle["text"]
    fragment = pick(random, fragments(bundle))
    start = fragment["start"] + random.choice((0, 0, -1, 1, -2, 2, -7, 9))
    end = fragment["end"] + random.choice((0, 0, -1, 1, -2, 2, -9, 7, 60))
    start, end = max(0, start), max(1, end)
    fragment |= {"start": start, "end": end, "text": text[start:end] or "x"}
