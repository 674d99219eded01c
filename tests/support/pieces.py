"""The gold texts cut into pieces that can be put together anew, and what can be varied in each.

A piece is a segment, or a run of segments that records or a line hold together, with all records
of its text; offsets count from its start.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from support.filler import VALUES
from support.invented import invented
from warclaims.corpus.canonical import to_plain
from warclaims.records import LAYERS, FieldKind, Target, shapes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.corpus import Corpus, Registries
    from warclaims.records import Bundle

Plain = dict[str, Any]
SPANS: dict[str, tuple[str, ...]] = {
    layer: tuple(s.name for s in shapes(model).values() if s.kind is FieldKind.SPAN)
    for layer, model in LAYERS.items()
}
LINKS: dict[str, tuple[str, ...]] = {
    layer: tuple(
        s.name
        for s in shapes(model).values()
        if s.target in (Target.ACTOR_MENTION, Target.CASUALTY, Target.ATTRIBUTION)
    )
    for layer, model in LAYERS.items()
}
"""The fields of each layer that name records of the same file."""

FAR = 500
"""Longest way of an answer, in code points, that holds a piece together."""


def readings(record: Plain) -> list[Plain]:
    """A record, then the fields that each of its alternatives changes."""
    return [record, *record.get("alternatives", ())]


def marked(layer: str, record: Plain) -> Iterator[tuple[str, Plain]]:
    """Field and fragment of all spans of a record, those of its alternatives too."""
    for reading in readings(record):
        for name in SPANS[layer]:
            for fragment in reading.get(name) or ():
                yield name, fragment


class Slot(NamedTuple):
    """A stretch of a piece's text that is written anew in each document.

    ``kind`` is ``number`` (of the casualty in ``row``), ``name`` (of the mention in ``row`` of
    ``layer``) or ``sentence`` (empty: something is inserted).
    """

    start: int
    end: int
    kind: str
    layer: str = ""
    row: int = -1


@dataclass
class Piece:
    """Text, segments and records of a part of a document."""

    origin: str
    text: str
    segments: list[Plain]
    layers: dict[str, list[Plain]]
    waivers: list[Plain]
    slots: list[Slot] = field(default_factory=list)

    def fragments(self) -> Iterator[tuple[str, int, str, Plain]]:
        """Layer, row, field and fragment of everything marked; layer ``waivers`` for these."""
        for layer, records in self.layers.items():
            for row, record in enumerate(records):
                for name, fragment in marked(layer, record):
                    yield layer, row, name, fragment
        for row, waiver in enumerate(self.waivers):
            for fragment in waiver.get("span") or ():
                yield "waivers", row, "span", fragment


def pieces(corpus: Corpus) -> list[Piece]:
    """All pieces of gold and of an invented passage, each with its slots."""
    found = []
    for bundle in (*corpus.bundles(), invented(corpus)):
        for piece in _cut(bundle):
            piece.slots = _slots(piece, corpus.registries)
            found.append(piece)
    return found


def _cut(bundle: Bundle) -> Iterator[Piece]:
    plain = to_plain(bundle.annotations)
    layers: dict[str, list[Plain]] = {layer: plain[layer] for layer in LAYERS}
    segments = to_plain(bundle.document)["segments"]
    reach: dict[str, tuple[int, int]] = {}
    for layer, records in layers.items():
        for record in records:
            parts = [fragment for _, fragment in marked(layer, record)]
            reach[record["id"]] = min(f["start"] for f in parts), max(f["end"] for f in parts)
    for record in layers["attributions"]:
        answered = record.get("answers")
        if answered and abs(reach[answered][0] - reach[record["id"]][0]) > FAR:
            del record["answers"]
    held = list(reach.values())
    for layer, records in layers.items():
        for record in records:
            ends = [reach[record["id"]], *(reach[name] for name in _linked(layer, record))]
            held.append((min(start for start, _ in ends), max(end for _, end in ends)))
    for waiver in plain.get("waivers", ()):
        if waiver.get("span"):
            held.append((waiver["span"][0]["start"], waiver["span"][-1]["end"]))
    cuts = [0]
    for segment in segments:
        end = segment["end"]
        line_ends = bundle.text[end - 1] == "\n" or end == len(bundle.text)
        if line_ends and not any(start < end < stop for start, stop in held):
            cuts.append(end)
    for start, end in pairwise(cuts):
        yield _part(bundle, plain, reach, start, end)


def _linked(layer: str, record: Plain) -> list[str]:
    names: list[str] = []
    for reading in readings(record):
        for name in LINKS[layer]:
            value = reading.get(name)
            names += [value] if isinstance(value, str) else value or []
    return names


def _part(
    bundle: Bundle, plain: Plain, reach: dict[str, tuple[int, int]], start: int, end: int
) -> Piece:
    def moved(record: Plain, fields: tuple[str, ...]) -> Plain:
        changed = {
            name: [
                {**f, "start": f["start"] - start, "end": f["end"] - start} for f in record[name]
            ]
            for name in fields
            if record.get(name)
        }
        if "alternatives" in record:
            changed["alternatives"] = [moved(other, fields) for other in record["alternatives"]]
        return {**record, **changed}

    layers: dict[str, list[Plain]] = {
        layer: [
            moved(record, SPANS[layer])
            for record in plain[layer]
            if start <= reach[record["id"]][0] < end
        ]
        for layer in LAYERS
    }
    ids = {record["id"] for records in layers.values() for record in records}
    waivers = [
        moved(waiver, ("span",))
        for waiver in plain.get("waivers", ())
        if (
            start <= waiver["span"][0]["start"] < end
            if waiver.get("span")
            else waiver["record"] in ids
        )
    ]
    segments = [
        {**segment, "start": segment["start"] - start, "end": segment["end"] - start}
        for segment in to_plain(bundle.document)["segments"]
        if start <= segment["start"] < end
    ]
    text = bundle.text[start:end]
    if not text.endswith("\n"):  # the end of a document
        text += "\n\n"
        segments[-1]["end"] += 2
    return Piece(f"{bundle.document.id}:{start}", text, segments, layers, waivers)


def _slots(piece: Piece, registries: Registries) -> list[Slot]:
    waived = {waiver.get("record") for waiver in piece.waivers}
    edges = {edge for *_, f in piece.fragments() for edge in (f["start"], f["end"])}
    for layer, *_, fragment in piece.fragments():
        if layer == "waivers":  # what is said of these words may hold of no others
            edges |= set(range(fragment["start"], fragment["end"] + 1))
    found = [*_numbers(piece), *_names(piece, registries), *_sentences(piece)]
    taken: list[Slot] = []
    for slot in sorted(found):
        record = piece.layers[slot.layer][slot.row] if slot.layer else {}
        cut = any(slot.start < edge < slot.end for edge in edges)
        if record.get("id", "") in waived or cut or (taken and slot.start < taken[-1].end):
            continue
        taken.append(slot)
    return _without_wholes_of_fixed(piece, taken)


def _without_wholes_of_fixed(piece: Piece, slots: list[Slot]) -> list[Slot]:
    """``slots`` without the numbers of wholes of which a part keeps its number."""
    casualties = piece.layers["casualties"]
    drawn = {slot.row for slot in slots if slot.kind == "number"}
    while True:
        fixed = [c for row, c in enumerate(casualties) if row not in drawn]
        wholes = {name for casualty in fixed for name in casualty.get("subset_of", ())}
        lost = {row for row in drawn if casualties[row]["id"] in wholes}
        if not lost:
            return [slot for slot in slots if slot.kind != "number" or slot.row in drawn]
        drawn -= lost


_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+|\d+|[A-Za-z]+(?:-[a-z]+)?")
_PLAIN_KINDS = ("exact", "at_least", "more_than", "approximate")


def _numbers(piece: Piece) -> Iterator[Slot]:
    for row, casualty in enumerate(piece.layers["casualties"]):
        first = casualty["span"][0]
        read = [(match, _value(match[0])) for match in _NUMBER.finditer(first["text"])]
        known = [(match, value) for match, value in read if value is not None]
        certain = casualty["quantifier"] in _PLAIN_KINDS and "alternatives" not in casualty
        if len(known) == 1 and certain:
            match, value = known[0]
            if value == casualty["value"] and value > 1:
                start = first["start"]
                yield Slot(start + match.start(), start + match.end(), "number", "casualties", row)


def _value(words: str) -> int | None:
    digits = words.replace(",", "")
    return int(digits) if digits.isdecimal() else VALUES.get(words.lower())


def _names(piece: Piece, registries: Registries) -> Iterator[Slot]:
    referred = {
        name for layer, rs in piece.layers.items() for r in rs for name in _linked(layer, r)
    }
    mentions = [
        (f["start"], f["end"], record)
        for layer in ("actors", "locations")
        for record in piece.layers[layer]
        for f in record["span"]
        if record["level"] == "name"
    ]
    for layer, link in (("actors", "entity"), ("locations", "place")):
        registry = registries.actors if layer == "actors" else registries.places
        for row, record in enumerate(piece.layers[layer]):
            entry = registry.get(record[link] or "")
            if (
                entry is None
                or record["level"] != "name"
                or len(record["span"]) > 1
                or record["id"] in referred
                or "alternatives" in record
                or record["span"][0]["text"] not in {name.name for name in entry.names}
            ):
                continue
            start, end = record["span"][0]["start"], record["span"][0]["end"]
            around = [m for m in mentions if m[0] <= start and end <= m[1] and m[2] is not record]
            if not around:
                yield Slot(start, end, "name", layer, row)


def _sentences(piece: Piece) -> Iterator[Slot]:
    for segment in piece.segments:
        words = piece.text[segment["start"] : segment["end"]]
        at = segment["start"] + len(words.rstrip())
        if segment["kind"] == "paragraph" and words.rstrip().endswith(".") and at < segment["end"]:
            yield Slot(at, at, "sentence")
