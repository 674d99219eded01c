"""Move annotations and segments to another copy of their text, and report what is lost."""

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
from warclaims.validation import check_annotations, text_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.records import Document
    from warclaims.textfree.anchors import Carrier

    Plain = dict[str, Any]

_GEOMETRY = re.compile(r"T|C510")
"""Errors that the place of a span can cause; others come only from what a record has lost."""


@dataclass
class Losses:
    """What happened to the spans of a file, and the records that are left out or changed by it.

    Attributes:
        spans: Number of spans by fate.
        doubtful: Record and field of the spans to be checked.
        lost: Record and field of the spans that were not found.
        left_out: Records that need such a span, or another record that is left out.
        changed: Record and field of what else says less than before: references to records that
            are left out, waivers, titles.
    """

    spans: Counter[str] = field(default_factory=Counter)
    doubtful: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)

    @property
    def is_any(self) -> bool:
        """True if there is anything to report."""
        return bool(self.doubtful or self.lost or self.left_out or self.changed)


def moved_annotations(
    record: Annotations, carrier: Carrier, document: Document, losses: Losses
) -> Annotations:
    """Annotations with fragments where their words are in the copy, described by ``document``.

    A span of which a fragment is lost is lost. A record that needs a lost span is left out, and an
    attribution without its cue, because it would say something else. References to records that are
    left out are removed. Records that would be errors in the copy because they were moved or
    changed are left out as well.
    """
    plain = to_plain(record) | {"sha256": document.sha256}
    waivers = plain.pop("waivers", ())
    roles = _referenced(plain)
    gone: set[str] = set()
    moved: set[str] = set()
    for model, one in _records(plain):
        fates, stays = _move_spans(one, model, carrier, losses)
        if not fates <= {Fate.EXACT}:
            moved.add(one["id"])
        if not stays:
            gone.add(one["id"])
    suspects = {one.partition(" ")[0] for one in (*losses.doubtful, *losses.lost)}
    while True:
        rest, changed, more = _without(plain, gone, roles)
        if not more:
            left = _in_order(Annotations.model_validate_json(json.dumps(rest)))
            changed_ids = suspects | {one.partition(" ")[0] for one in changed}
            more = _wrong(left, document, carrier.copy, moved, changed_ids)
        if not more:
            break
        gone |= more
    losses.left_out += [one["id"] for _, one in _records(plain) if one["id"] in gone]
    losses.changed += changed
    kept = [one for one in waivers if _move_waiver(one, carrier, gone, losses)]
    waived = [TextWaiver.model_validate_json(json.dumps(one)) for one in kept]
    return left.model_copy(update={"waivers": tuple(waived)})


def _records(plain: Plain) -> Iterator[tuple[Any, Plain]]:
    """All records of all layers, each with its model."""
    for layer, model in LAYERS.items():
        for record in plain[layer]:
            yield model, record


def _references(model: Any, record: Plain) -> Iterator[tuple[str, list[str]]]:
    """The fields of a record that refer to records of the file, with the ids that they have."""
    for shape in shapes(model).values():
        if shape.target is not None and not shape.target.in_registry:
            value = record[shape.name]
            yield shape.name, value if shape.many else [value] * (value is not None)


def _referenced(plain: Plain) -> set[str]:
    """The ids that records of the file refer to."""
    return {
        name
        for model, record in _records(plain)
        for _, names in _references(model, record)
        for name in names
    }


def _without(plain: Plain, gone: set[str], roles: set[str]) -> tuple[Plain, list[str], set[str]]:
    """The file without the records that are ``gone``, and without references to them.

    Also returns record and field of these references, and the records that cannot stay without
    them: attributions that had a source, and pronouns that had a role (``roles``).
    """
    rest = dict(plain)
    for layer in LAYERS:
        rest[layer] = [dict(one) for one in plain[layer] if one["id"] not in gone]
    changed: list[str] = []
    more: set[str] = set()
    for model, record in _records(rest):
        for name, names in _references(model, record):
            if gone.isdisjoint(names):
                continue
            changed.append(f"{record['id']} {name}")
            left = [one for one in names if one not in gone]
            record[name] = left if isinstance(record[name], list) else None
            if name == "source" and not left:
                more.add(record["id"])
    roleless = roles - _referenced(rest)
    pronouns = {one["id"] for one in rest["actors"] if one["level"] == Level.PRONOUN.value}
    return rest, changed, more | (pronouns & roleless)


def _in_order(record: Annotations) -> Annotations:
    """The records of each layer in text order, which a lost source or edge may have changed."""
    actors = {one.id: one for one in record.actors}
    layers: dict[str, Any] = {
        layer: tuple(sorted(getattr(record, layer), key=lambda one: text_order(one, actors)))
        for layer in LAYERS
    }
    return record.model_copy(update=layers)


def _wrong(
    record: Annotations, document: Document, text: str, moved: set[str], changed: set[str]
) -> set[str]:
    """The records that are errors in the copy because they were ``moved`` or ``changed``."""
    names = {
        f"/{layer}/{row}": one.id
        for layer in LAYERS
        for row, one in enumerate(getattr(record, layer))
    }
    found: set[str] = set()
    for finding in check_annotations(record, document, text):
        if finding.is_warning:
            continue
        suspects = changed | moved if _GEOMETRY.match(finding.code) else changed
        pointers = [finding.pointer, *(one.pointer for one in finding.related)]
        about = (names.get("/".join(pointer.split("/")[:3])) for pointer in pointers)
        if (one := next((one for one in about if one in suspects), None)) is not None:
            found.add(one)
    return found


def _move_spans(
    record: Plain, model: Any, carrier: Carrier, losses: Losses
) -> tuple[set[Fate], bool]:
    """Move the spans of a record; their fates, and whether the record can stay."""
    fates: set[Fate] = set()
    stays = True
    for shape in shapes(model).values():
        if shape.kind is not FieldKind.SPAN or not record.get(shape.name):
            continue
        record[shape.name], fate = _moved_span(record[shape.name], carrier)
        fates.add(fate)
        losses.spans[fate.value] += 1
        where = f"{record['id']} {shape.name}"
        if fate is Fate.DOUBTFUL:
            losses.doubtful.append(where)
        elif fate is Fate.LOST:
            losses.lost.append(where)
            stays = stays and shape.nullable and shape.name != "cue"
    return fates, stays


def _moved_span(span: list[Plain], carrier: Carrier) -> tuple[list[Plain] | None, Fate]:
    found = [carrier.carry(fragment["start"], fragment["end"]) for fragment in span]
    fates = {one.fate for one in found}
    if Fate.LOST in fates or any(a.end >= b.start for a, b in pairwise(found)):
        return None, Fate.LOST
    worst = next(fate for fate in (Fate.DOUBTFUL, Fate.MOVED, Fate.EXACT) if fate in fates)
    moved = [
        {
            "start": one.start,
            "end": one.end,
            "text": carrier.take(carrier.copy[one.start : one.end]),
        }
        for one in found
    ]
    return moved, worst


def _move_waiver(waiver: Plain, carrier: Carrier, gone: set[str], losses: Losses) -> bool:
    """Move the span of a waiver; false if it cannot stay."""
    where = " ".join(["waiver", waiver["code"], *filter(None, [waiver.get("record")])])
    fate = None
    if waiver.get("span"):
        waiver["span"], fate = _moved_span(waiver["span"], carrier)
    if waiver.get("record") in gone or fate is Fate.LOST:
        losses.changed.append(where)
        return False
    if fate is Fate.DOUBTFUL:
        losses.doubtful.append(where)
    return True


def moved_segments(document: Document, carrier: Carrier) -> list[Segment]:
    """The segments of the copy.

    What is before the first and after the last word that is found is boilerplate. A segment of
    which nothing is found becomes part of the one before it.
    """
    text = carrier.copy
    starts: list[tuple[int, SegmentKind]] = []
    places = carrier.starts_of_segments([one.start for one in document.segments])
    for segment, at in zip(document.segments, places, strict=True):
        if at is not None and at < len(text) and (not starts or at > starts[-1][0]):
            starts.append((at, segment.kind))
    if not starts or starts[0][0] > 0:
        starts.insert(0, (0, SegmentKind.BOILERPLATE))
    if starts[-1][0] < carrier.end < len(text) and text[carrier.end :].strip():
        starts.append((carrier.end, SegmentKind.BOILERPLATE))
    edges = pairwise([*(at for at, _ in starts), len(text)])
    return [
        Segment(kind=kind, start=start, end=end)
        for (_, kind), (start, end) in zip(starts, edges, strict=True)
    ]


def moved_document(
    document: Document,
    carrier: Carrier,
    data: bytes,
    title: tuple[int, int] | None,
    losses: Losses,
) -> Document:
    """A document's entry in the index for the copy: its hash, length, title and segments.

    ``title`` is where the title was. It is kept if its words are found, as the copy has them. From
    now on the ``carrier`` keeps spans within the segments.
    """
    segments = moved_segments(document, carrier)
    carrier.borders = [0, *(segment.end for segment in segments)]
    new_title = None
    if document.title is not None:
        found = carrier.carry(*title) if title is not None else None
        if found is not None and found.fate in (Fate.EXACT, Fate.MOVED):
            new_title = carrier.copy[found.start : found.end]
        else:
            losses.changed.append(f"{document.id} title")
    return document.model_copy(
        update={
            "sha256": hashlib.sha256(data).hexdigest(),
            "length": len(carrier.copy),
            "title": new_title,
            "segments": tuple(segments),
        }
    )
