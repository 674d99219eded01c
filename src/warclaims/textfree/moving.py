"""Annotations and segments moved to another copy of their text; what is lost is told."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from warclaims.corpus.canonical import to_plain
from warclaims.records import LAYERS, Annotations, FieldKind, Segment, shapes
from warclaims.records.vocabulary import Level, SegmentKind
from warclaims.records.waivers import TextWaiver
from warclaims.textfree.anchors import Fate
from warclaims.textfree.strings import Room
from warclaims.validation import check_annotations, text_order

if TYPE_CHECKING:
    from warclaims.records import Document
    from warclaims.textfree.anchors import Carrier

Plain = dict[str, Any]


@dataclass
class Losses:
    """What became of the spans of a file, and which records are left out or changed by it.

    Attributes:
        counts: Spans by fate.
        doubtful: Record and field of the spans that have to be looked at.
        lost: Record and field of the spans that were not found.
        left_out: Records that cannot be without such a span, or without a record that is left out.
        changed: Record and field of what else says less than it did: references to records that
            are left out, waivers, titles.
        moved: Records of which a span is elsewhere than it was.
        room: How much of the copy's words the file may still take.
    """

    counts: Counter[str] = field(default_factory=Counter)
    doubtful: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    moved: set[str] = field(default_factory=set)
    room: Room = field(default_factory=Room)

    @property
    def is_any(self) -> bool:
        """True if anything is to be told."""
        return bool(self.doubtful or self.lost or self.left_out or self.changed)


def moved_annotations(
    record: Annotations, carrier: Carrier, document: Document, losses: Losses
) -> Annotations:
    """Annotations with fragments where their words are in the copy, which ``document`` describes.

    A span of which a fragment is lost is lost. A record goes with a span that it cannot be
    without, and an attribution with its cue, for without it it would say something else; so do the
    references to it. What would be an error in the copy for having been moved goes, too.
    """
    plain = to_plain(record)
    roles = _referred(plain)
    gone: set[str] = set()
    for layer, model in LAYERS.items():
        kept = []
        for one in plain[layer]:
            if _move(one, model, carrier, losses):
                kept.append(one)
            else:
                gone.add(one["id"])
                losses.left_out.append(one["id"])
        plain[layer] = kept
    plain["sha256"] = document.sha256
    waivers = plain.pop("waivers", ())
    while True:
        while dropped := _forget(plain, gone, losses) | _roleless(plain, roles, losses):
            gone |= dropped
        moved = _in_order(Annotations.model_validate_json(json.dumps(plain)))
        wrong = _wrong(moved, document, carrier.copy, losses)
        if not wrong:
            break
        gone |= wrong
        losses.left_out += sorted(wrong)
        for layer in LAYERS:
            plain[layer] = [one for one in plain[layer] if one["id"] not in wrong]
    losses.changed = [one for one in losses.changed if one.partition(" ")[0] not in gone]
    kept = [one for one in waivers if _move_waiver(one, carrier, gone, losses)]
    waived = [TextWaiver.model_validate_json(json.dumps(one)) for one in kept]
    return moved.model_copy(update={"waivers": tuple(waived)})


def _in_order(record: Annotations) -> Annotations:
    """The records of each layer in text order, which a lost source or edge may have changed."""
    actors = {one.id: one for one in record.actors}
    return record.model_copy(
        update={
            layer: tuple(sorted(getattr(record, layer), key=lambda one: text_order(one, actors)))
            for layer in LAYERS
        }
    )


_GEOMETRY = re.compile(r"T|C510")
"""Errors that can come from where a span was put; others only from what a record has lost."""


def _wrong(record: Annotations, document: Document, text: str, losses: Losses) -> set[str]:
    """The records that are errors in the copy, and were moved or changed."""
    names = {
        f"/{layer}/{row}": one.id
        for layer in LAYERS
        for row, one in enumerate(getattr(record, layer))
    }
    changed = {one.partition(" ")[0] for one in (*losses.doubtful, *losses.lost, *losses.changed)}
    found: set[str] = set()
    for finding in check_annotations(record, document, text):
        if finding.is_warning:
            continue
        pointers = [finding.pointer, *(one.pointer for one in finding.related)]
        about = [names.get("/".join(pointer.split("/")[:3])) for pointer in pointers]
        may = changed | losses.moved if _GEOMETRY.match(finding.code) else changed
        if (one := next((one for one in about if one in may), None)) is not None:
            found.add(one)
    return found


def _move(record: Plain, model: Any, carrier: Carrier, losses: Losses) -> bool:
    """Move the spans of a record; false if it cannot stay."""
    stays = True
    for shape in shapes(model).values():
        if shape.kind is not FieldKind.SPAN or not record.get(shape.name):
            continue
        span, fate = _moved_span(record[shape.name], carrier, losses.room)
        losses.counts[fate.value] += 1
        where = f"{record['id']} {shape.name}"
        if fate is not Fate.EXACT:
            losses.moved.add(record["id"])
        if fate is Fate.DOUBTFUL:
            losses.doubtful.append(where)
        if span is None:
            losses.lost.append(where)
            stays = stays and shape.nullable and shape.name != "cue"
        record[shape.name] = span
    return stays


def _moved_span(span: list[Plain], carrier: Carrier, room: Room) -> tuple[list[Plain] | None, Fate]:
    found = [carrier.carry(fragment["start"], fragment["end"]) for fragment in span]
    fates = {one.fate for one in found}
    if Fate.LOST in fates or any(a.end >= b.start for a, b in pairwise(found)):
        return None, Fate.LOST
    worst = next(fate for fate in (Fate.DOUBTFUL, Fate.MOVED, Fate.EXACT) if fate in fates)
    moved = [
        {
            "start": one.start,
            "end": one.end,
            "text": room.take(carrier.copy[one.start : one.end]),
        }
        for one in found
    ]
    return moved, worst


def _move_waiver(waiver: Plain, carrier: Carrier, gone: set[str], losses: Losses) -> bool:
    """Move the span of a waiver; false if it cannot stay."""
    where = " ".join(["waiver", waiver["code"], *filter(None, [waiver.get("record")])])
    span, fate = waiver.get("span"), None
    if span:
        span, fate = _moved_span(span, carrier, losses.room)
        waiver["span"] = span
    if waiver.get("record") in gone or fate is Fate.LOST:
        losses.changed.append(where)
        return False
    if fate is Fate.DOUBTFUL:
        losses.doubtful.append(where)
    return True


def _forget(plain: Plain, gone: set[str], losses: Losses) -> set[str]:
    """Take away references to what is gone; the records that cannot be without them."""
    dropped: set[str] = set()
    for layer, model in LAYERS.items():
        kept = []
        for record in plain[layer]:
            stays = True
            for shape in shapes(model).values():
                if shape.target is None or shape.target.in_registry or not record.get(shape.name):
                    continue
                value = record[shape.name]
                if gone.intersection(value if shape.many else [value]):
                    losses.changed.append(f"{record['id']} {shape.name}")
                if shape.many:
                    record[shape.name] = [name for name in value if name not in gone]
                    # Without its sources an attribution would be one that names nobody.
                    stays = stays and (bool(record[shape.name]) or shape.name != "source")
                elif value in gone:
                    record[shape.name] = None
            if stays:
                kept.append(record)
            else:
                dropped.add(record["id"])
                losses.left_out.append(record["id"])
        plain[layer] = kept
    return dropped


def _referred(plain: Plain) -> set[str]:
    """The ids that records of the file refer to."""
    return {
        name
        for layer, model in LAYERS.items()
        for shape in shapes(model).values()
        if shape.target is not None and not shape.target.in_registry
        for record in plain[layer]
        for name in (record[shape.name] if shape.many else [record[shape.name]])
        if name is not None
    }


def _roleless(plain: Plain, roles: set[str], losses: Losses) -> set[str]:
    """Leave out pronouns that had a role and have none any more: they are mentions by it only."""
    now = _referred(plain)
    gone = {
        record["id"]
        for record in plain["actors"]
        if record["level"] == Level.PRONOUN.value and record["id"] in roles - now
    }
    plain["actors"] = [record for record in plain["actors"] if record["id"] not in gone]
    losses.left_out += sorted(gone)
    return gone


def moved_segments(document: Document, carrier: Carrier) -> list[Segment]:
    """The segments of the copy.

    What is before the first and after the last word that is found is boilerplate. A segment of
    which nothing is found goes with the one before it.
    """
    text = carrier.copy
    starts: list[tuple[int, SegmentKind]] = []
    places = carrier.places([carrier.first_word(one.start) for one in document.segments])
    for segment, place in zip(document.segments, places, strict=True):
        if place is not None:
            at = carrier.border(place)
            if not starts or at > starts[-1][0]:
                starts.append((at, segment.kind))
    if not starts or starts[0][0] > 0:
        starts.insert(0, (0, SegmentKind.BOILERPLATE))
    if starts[-1][0] < carrier.end < len(text) and text[carrier.end :].strip():
        starts.append((carrier.end, SegmentKind.BOILERPLATE))
    edges = [*(at for at, _ in starts), len(text)]
    return [
        Segment(kind=kind, start=start, end=end)
        for (_, kind), (start, end) in zip(starts, pairwise(edges), strict=True)
    ]


def moved_document(
    document: Document,
    carrier: Carrier,
    data: bytes,
    title: tuple[int, int] | None,
    losses: Losses,
) -> Document:
    """A document's entry for the copy: its hash, length, title and segments.

    ``title`` is where the title was; it is kept if its words are found, as the copy has them. From
    now on the ``carrier`` keeps spans within the segments.
    """
    segments = moved_segments(document, carrier)
    carrier.borders = [0, *(segment.end for segment in segments)]
    return document.model_copy(
        update={
            "sha256": hashlib.sha256(data).hexdigest(),
            "length": len(carrier.copy),
            "title": _moved_title(document, carrier, title, losses),
            "segments": tuple(segments),
        }
    )


def _moved_title(
    document: Document, carrier: Carrier, title: tuple[int, int] | None, losses: Losses
) -> str | None:
    """The title in the words of the copy, for sure; if there is none any more, that is told."""
    if document.title is None:
        return None
    if title is not None:
        found = carrier.carry(*title)
        if found.fate in (Fate.EXACT, Fate.MOVED):
            return carrier.copy[found.start : found.end]
    losses.changed.append(f"{document.id} title")
    return None
