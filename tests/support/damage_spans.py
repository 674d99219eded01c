"""Mutators of spans against the text, its segments and each other (codes T)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from support.mutation import (
    On,
    Plain,
    fragments,
    insert,
    lies,
    made,
    mutator,
    new_id,
    pick,
    put,
    records,
    spans,
    words,
)
from warclaims.records.vocabulary import ANNOTATABLE

if TYPE_CHECKING:
    from random import Random

Ids = dict[str, Any]


@mutator(On.BUNDLE, "T302")
def letter_of_the_text_changed(bundle: Plain, random: Random, ids: Ids) -> None:
    text = bundle["text"]
    at = random.randrange(len(text))
    other = random.choice([c for c in ("x", "X", " ", "é", "😀") if c != text[at]])
    bundle["text"] = text[:at] + other + text[at + 1 :]


@mutator(On.BUNDLE, "T303")
def other_length(bundle: Plain, random: Random, ids: Ids) -> None:
    document = bundle["document"]
    document["length"] = max(1, document["length"] + random.choice((-1, 1, 7)))


@mutator(On.BUNDLE, "T304")
def segment_edge_moved(bundle: Plain, random: Random, ids: Ids) -> None:
    segment = pick(random, bundle["document"]["segments"])
    edge = random.choice(("start", "end"))
    by = random.choice((1, 2) if segment["start"] == 0 else (-2, -1, 1, 2))
    segment[edge] += by


@mutator(On.BUNDLE, "T304")
def segment_lost(bundle: Plain, random: Random, ids: Ids) -> None:
    segments = bundle["document"]["segments"]
    segments.remove(pick(random, segments[1:]))


@mutator(On.BUNDLE, "T305")
def made_for_another_text(bundle: Plain, random: Random, ids: Ids) -> None:
    sha256 = bundle["annotations"]["sha256"]
    at = random.randrange(64)
    other = "0" if sha256[at] != "0" else "1"
    bundle["annotations"]["sha256"] = sha256[:at] + other + sha256[at + 1 :]


@mutator(On.BUNDLE, "T306")
def empty_or_backward_fragment(bundle: Plain, random: Random, ids: Ids) -> None:
    fragment = pick(random, [f for f in fragments(bundle) if f["start"] > 3])
    fragment["end"] = fragment["start"] - random.choice((0, 1, 2))


@mutator(On.BUNDLE, "T306")
def fragment_beyond_the_text(bundle: Plain, random: Random, ids: Ids) -> None:
    fragment = pick(random, fragments(bundle))
    fragment["end"] = len(bundle["text"]) + random.choice((1, 2, 1000))


@mutator(On.BUNDLE, "T307")
def fragments_turned_round(bundle: Plain, random: Random, ids: Ids) -> None:
    pick(random, [span for span in spans(bundle) if len(span) > 1]).reverse()


@mutator(On.BUNDLE, "T307")
def fragment_twice(bundle: Plain, random: Random, ids: Ids) -> None:
    span = pick(random, spans(bundle))
    span.append(dict(span[-1]))


@mutator(On.BUNDLE, "T307")
def fragment_split_without_gap(bundle: Plain, random: Random, ids: Ids) -> None:
    span = pick(random, [span for span in spans(bundle) if " " in span[0]["text"].strip()])
    first = span[0]
    at = first["start"] + first["text"].index(" ")
    end = first["end"]
    put(bundle, first, first["start"], at)
    span[1:1] = made(bundle, at, end)


@mutator(On.BUNDLE, "T308", "T306", "T307", "S205")
def offset_moved(bundle: Plain, random: Random, ids: Ids) -> None:
    fragment = pick(random, fragments(bundle))
    fragment[random.choice(("start", "end"))] += random.choice((-3, -2, -1, 1, 2, 3))


@mutator(On.BUNDLE, "T308", "T306", "T307", "S205")
def offsets_moved(bundle: Plain, random: Random, ids: Ids) -> None:
    fragment = pick(random, fragments(bundle))
    by = random.choice((-2, -1, 1, 2))
    fragment |= {"start": fragment["start"] + by, "end": fragment["end"] + by}


@mutator(On.BUNDLE, "T306", "T307", "T308", "T314", "T316")
def offsets_counted_in_bytes(bundle: Plain, random: Random, ids: Ids) -> None:
    text = bundle["text"]
    found = [f for f in fragments(bundle) if not text[: f["start"]].isascii()]
    fragment = pick(random, found)
    start, end = (len(text[: fragment[edge]].encode()) for edge in ("start", "end"))
    fragment |= {"start": start, "end": end}


@mutator(On.BUNDLE, "T308")
def words_changed(bundle: Plain, random: Random, ids: Ids) -> None:
    fragment = pick(random, fragments(bundle))
    said = fragment["text"]
    changes = (said + "s", said[:-1] + "ß", said[:1].swapcase() + said[1:], said + "\u200b")
    fragment["text"] = pick(random, [other for other in changes if other != said])


@mutator(On.BUNDLE, "T308")
def words_of_two_spans_swapped(bundle: Plain, random: Random, ids: Ids) -> None:
    one = pick(random, fragments(bundle))
    other = pick(random, [f for f in fragments(bundle) if f["text"] != one["text"]])
    one["text"], other["text"] = other["text"], one["text"]


@mutator(On.BUNDLE, "T309")
def blank_taken_in(bundle: Plain, random: Random, ids: Ids) -> None:
    text = bundle["text"]
    after = [f for f in fragments(bundle) if text[f["end"] : f["end"] + 1].isspace()]
    before = [f for f in fragments(bundle) if f["start"] and text[f["start"] - 1].isspace()]
    fragment, more = pick(random, [(f, (0, 1)) for f in after] + [(f, (-1, 0)) for f in before])
    put(bundle, fragment, fragment["start"] + more[0], fragment["end"] + more[1])


def _mention(bundle: Plain, start: int, end: int) -> Plain:
    span = made(bundle, start, end)
    return {"id": new_id(bundle), "span": span, "entity": None, "level": "nominal"}


@mutator(On.BUNDLE, "T310")
def span_in_boilerplate(bundle: Plain, random: Random, ids: Ids) -> None:
    closed = [
        place
        for segment in bundle["document"]["segments"]
        if segment["kind"] not in ANNOTATABLE
        for place in words(bundle["text"], segment["start"], segment["end"])
    ]
    insert(bundle, "actors", _mention(bundle, *pick(random, closed)))


@mutator(On.BUNDLE, "T310")
def segment_closed(bundle: Plain, random: Random, ids: Ids) -> None:
    fragment = pick(random, fragments(bundle))
    lies(bundle, fragment["start"])["kind"] = random.choice(("credit", "boilerplate"))


@mutator(On.BUNDLE, "T311")
def fragment_over_the_edge(bundle: Plain, random: Random, ids: Ids) -> None:
    text = bundle["text"]
    found = []
    for span in spans(bundle):
        fragment = span[-1]
        edge = lies(bundle, fragment["start"])["end"]
        following = next(words(text, edge, min(len(text), edge + 200)), None)
        if following is not None:
            found.append((fragment, following[1]))
    fragment, end = pick(random, found)
    put(bundle, fragment, fragment["start"], end)


@mutator(On.BUNDLE, "T312")
def crossing_spans(bundle: Plain, random: Random, ids: Ids) -> None:
    text = bundle["text"]
    found = []
    for layer in ("actors", "locations"):
        for record in bundle["annotations"][layer]:
            fragment = record["span"][0]
            inside = list(words(text, fragment["start"], fragment["end"]))
            edge = lies(bundle, fragment["start"])["end"]
            following = next(words(text, fragment["end"], edge), None)
            if len(inside) > 1 and following is not None:
                found.append((layer, record, inside[-1][0], following[1]))
    layer, record, start, end = pick(random, found)
    insert(bundle, layer, {**record, "id": new_id(bundle), "span": made(bundle, start, end)})


@mutator(On.BUNDLE, "T313")
def record_twice(bundle: Plain, random: Random, ids: Ids) -> None:
    layer, record = pick(random, records(bundle))
    items = bundle["annotations"][layer]
    items.insert(items.index(record) + 1, {**record, "id": new_id(bundle)})


@mutator(On.BUNDLE, "T314")
def two_records_in_the_other_order(bundle: Plain, random: Random, ids: Ids) -> None:
    found = [
        (items, row)
        for layer in ("actors", "locations", "casualties")
        for items in [bundle["annotations"][layer]]
        for row in range(len(items) - 1)
        if items[row]["span"][0]["start"] < items[row + 1]["span"][0]["start"]
    ]
    items, row = pick(random, found)
    items[row], items[row + 1] = items[row + 1], items[row]


@mutator(On.BUNDLE, "T316")
def word_cut(bundle: Plain, random: Random, ids: Ids) -> None:
    found = [
        (f, at)
        for f in fragments(bundle)
        for at in (1, -1)
        if len(f["text"]) > 3 and f["text"][:3].isascii() and f["text"][-3:].isascii()
        if f["text"][:3].islower() and f["text"][:3].isalpha()
        if f["text"][-3:].islower() and f["text"][-3:].isalpha()
    ]
    fragment, at = pick(random, found)
    start, end = fragment["start"], fragment["end"]
    put(bundle, fragment, start + (at == 1), end - (at == -1))
