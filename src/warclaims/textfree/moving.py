"""Move annotations and segments to another copy of their text, and report what is lost."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from warclaims.records import (
    LAYERS,
    Annotations,
    FieldKind,
    ForeignLabel,
    Fragment,
    Layer,
    Segment,
    shapes,
)
from warclaims.records.vocabulary import SegmentKind
from warclaims.textfree.anchors import Fate
from warclaims.validation import check_annotations, text_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import JsonValue

    from warclaims.records import Document
    from warclaims.records.waivers import TextWaiver
    from warclaims.textfree.anchors import OtherCopy

    _AnyRecord = Layer | ForeignLabel

_BY_PLACE = re.compile("T|C51[01]")
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

    def count(self, where: str, fate: Fate) -> None:
        """Count the span ``where``, and note it if it is doubtful or lost."""
        self.spans[fate.value] += 1
        if fate is Fate.DOUBTFUL:
            self.doubtful.append(where)
        elif fate is Fate.LOST:
            self.lost.append(where)

    @property
    def is_any(self) -> bool:
        """True if there is anything to report."""
        return bool(self.doubtful or self.lost or self.left_out or self.changed)


def moved_annotations(
    annotations: Annotations, copy: OtherCopy, document: Document, losses: Losses
) -> Annotations:
    """Annotations with fragments where their words are in the copy, described by ``document``.

    A span of which a fragment is lost is lost. A record that needs a lost span is left out, and an
    attribution without its cue or its sources, because it would say something else. References to
    records that are left out are removed. What is an error in the copy is left out as well.
    """
    layers = {
        layer: tuple(filter(None, (_moved_record(one, copy, losses) for one in records)))
        for layer, records in _lists(annotations)
    }
    placed = annotations.model_copy(update={"sha256": document.sha256, "waivers": (), **layers})
    suspects = {where.rpartition(" ")[0] for where in (*losses.doubtful, *losses.lost)}
    moved = _without_errors(placed, document, copy.text, suspects)
    whole, kept = _by_id(placed), _by_id(moved)
    losses.left_out += [name for name in _by_id(annotations) if name not in kept]
    changed = [
        f"{name} {field}"
        for name, one in kept.items()
        for field in shapes(type(one))
        if getattr(one, field) != getattr(whole[name], field)
    ]
    losses.changed = list(dict.fromkeys([*losses.changed, *changed]))
    waivers = [_moved_waiver(one, copy, losses) for one in annotations.waivers]
    return moved.model_copy(update={"waivers": tuple(filter(None, waivers))})


def _lists(annotations: Annotations) -> Iterator[tuple[str, tuple[_AnyRecord, ...]]]:
    """The lists of records with spans: the layers, and the foreign labels."""
    return ((name, getattr(annotations, name)) for name in (*LAYERS, "foreign"))


def _name(record: _AnyRecord) -> str:
    """The record in messages: its id, which only foreign labels can have in common with others."""
    return f"foreign {record.id}" if isinstance(record, ForeignLabel) else record.id


def _by_id(annotations: Annotations) -> dict[str, _AnyRecord]:
    """The records of all lists by name."""
    return {_name(one): one for _, records in _lists(annotations) for one in records}


def _moved_record(record: _AnyRecord, copy: OtherCopy, losses: Losses) -> _AnyRecord | None:
    """A record with its spans in the copy; `None` if it cannot be without a span that is lost."""
    spans: dict[str, Any] = {}
    is_whole = True
    for name, shape in shapes(type(record)).items():
        span = getattr(record, name)
        if shape.kind is not FieldKind.SPAN or span is None:
            continue
        spans[name], fate = _moved_span(span, copy)
        losses.count(f"{_name(record)} {name}", fate)
        if fate is Fate.LOST:
            is_whole = is_whole and shape.nullable and name != "cue"
    if not is_whole:
        return None
    if isinstance(record, Layer) and record.alternatives:
        spans["alternatives"] = _moved_alternatives(record, copy, losses)
    return record.model_copy(update=spans)


def _moved_alternatives(
    record: Layer, copy: OtherCopy, losses: Losses
) -> tuple[dict[str, JsonValue], ...]:
    """The other readings of a record, without those of which a span is lost."""
    known = shapes(type(record))
    kept: list[dict[str, JsonValue]] = []
    for number, alternative in enumerate(record.alternatives):
        moved: dict[str, Any] = dict(alternative)
        for name, value in alternative.items():
            if known[name].kind is FieldKind.SPAN and isinstance(value, list):
                span, fate = _moved_span(tuple(map(Fragment.model_validate, value)), copy)
                losses.count(f"{record.id} alternatives/{number}/{name}", fate)
                moved[name] = span and [fragment.model_dump() for fragment in span]
        if all(value is None or moved[name] is not None for name, value in alternative.items()):
            kept.append(moved)
    if len(kept) < len(record.alternatives):
        losses.changed.append(f"{record.id} alternatives")
    return tuple(kept)


def _moved_span(
    span: tuple[Fragment, ...], copy: OtherCopy
) -> tuple[tuple[Fragment, ...] | None, Fate]:
    """A span in the copy, `None` if it is lost, and the worst fate of its fragments."""
    found = [copy.place(fragment.start, fragment.end) for fragment in span]
    fate = max((one.fate for one in found), key=list(Fate).index)
    if fate is Fate.LOST or any(one.end >= other.start for one, other in pairwise(found)):
        return None, Fate.LOST
    return tuple(
        Fragment(start=one.start, end=one.end, text=copy.words(one.start, one.end)) for one in found
    ), fate


def _without_errors(
    placed: Annotations, document: Document, text: str, suspects: set[str]
) -> Annotations:
    """The annotations without records that are errors in the copy, and references to these."""
    whole = _by_id(placed)
    ids = set(whole)
    while True:
        moved = _only(placed, ids)
        kept = _by_id(moved)
        wrong: set[str] = set()
        if kept.keys() == ids:
            changed = {name for name, one in kept.items() if one != whole[name]}
            wrong = _with_errors(moved, document, text, suspects | changed)
            if not wrong:
                return moved
        ids = kept.keys() - wrong


def _only(annotations: Annotations, ids: set[str]) -> Annotations:
    """The annotations with ``ids`` only, in text order, which a lost source or edge may change."""
    layers = {
        layer: [_with_references_to(ids, one) for one in records if _name(one) in ids]
        for layer, records in _lists(annotations)
    }
    actors: dict[str, Any] = {one.id: one for one in layers["actors"] if one is not None}
    ordered = {
        layer: tuple(sorted(filter(None, records), key=lambda one: text_order(one, actors)))
        for layer, records in layers.items()
    }
    return annotations.model_copy(update=ordered)


def _with_references_to(ids: set[str], record: _AnyRecord) -> _AnyRecord | None:
    """A record with references to ``ids`` only; `None` for an attribution without its sources.

    Other readings that refer to other records, or no longer differ from the record, are removed.
    """
    left: dict[str, Any] = {}
    for name, shape in shapes(type(record)).items():
        value = getattr(record, name)
        if shape.target is None or shape.target.in_registry or not value:
            continue
        if shape.many:
            left[name] = tuple(one for one in value if one in ids)
        elif value not in ids:
            left[name] = None
    if left.get("source") == ():
        return None
    found = record.model_copy(update=left)
    if not isinstance(found, Layer) or not found.alternatives:
        return found
    kept = tuple(one for one in found.alternatives if _is_other_reading(one, found, ids))
    return found.model_copy(update={"alternatives": kept})


def _is_other_reading(alternative: dict[str, JsonValue], record: Layer, ids: set[str]) -> bool:
    """True for a reading that differs from the ``record`` and refers to no other than ``ids``."""
    known = shapes(type(record))
    for name, value in alternative.items():
        target = known[name].target
        if target is not None and not target.in_registry and value:
            named = value if isinstance(value, list) else [value]
            if not ids.issuperset(map(str, named)):
                return False
    return record.model_dump(mode="json", include=set(alternative)) != alternative


def _with_errors(
    annotations: Annotations, document: Document, text: str, changed: set[str]
) -> set[str]:
    """The records that are errors in the copy by their place, or because they were ``changed``."""
    names = {
        f"/{layer}/{number}": _name(one)
        for layer, records in _lists(annotations)
        for number, one in enumerate(records)
    }
    found: set[str] = set()
    for finding in check_annotations(annotations, document, text):
        if finding.is_warning:
            continue
        pointers = [finding.pointer, *(one.pointer for one in finding.related)]
        about = [names.get("/".join(pointer.split("/")[:3])) for pointer in pointers]
        able = (one for one in about if one in changed or _BY_PLACE.match(finding.code))
        found.update(filter(None, [next(able, None)]))
    return found


def _moved_waiver(waiver: TextWaiver, copy: OtherCopy, losses: Losses) -> TextWaiver | None:
    """A waiver with its span in the copy; `None` if what it is about is not there."""
    where = f"waiver {waiver.code} {waiver.record or ''}".strip()
    span, fate = (None, None) if waiver.span is None else _moved_span(waiver.span, copy)
    if waiver.record in losses.left_out or fate is Fate.LOST:
        losses.changed.append(where)
        return None
    if fate is Fate.DOUBTFUL:
        losses.doubtful.append(where)
    return waiver.model_copy(update={"span": span})


def moved_segments(document: Document, copy: OtherCopy) -> tuple[Segment, ...]:
    """The segments of the copy.

    What is before the first and after the last word that is found is boilerplate. A segment of
    which nothing is found becomes part of the one before it.
    """
    text = copy.text
    starts: list[tuple[int, SegmentKind]] = []
    places = copy.starts_of_segments([one.start for one in document.segments])
    for segment, at in zip(document.segments, places, strict=True):
        if at is not None and at < len(text) and (not starts or at > starts[-1][0]):
            starts.append((at, segment.kind))
    if not starts or starts[0][0] > 0:
        starts.insert(0, (0, SegmentKind.BOILERPLATE))
    if starts[-1][0] < copy.end < len(text) and text[copy.end :].strip():
        starts.append((copy.end, SegmentKind.BOILERPLATE))
    ends = [*(at for at, _ in starts[1:]), len(text)]
    return tuple(
        Segment(kind=kind, start=start, end=end)
        for (start, kind), end in zip(starts, ends, strict=True)
    )


def moved_document(
    document: Document,
    copy: OtherCopy,
    data: bytes,
    title: tuple[int, int] | None,
    losses: Losses,
) -> Document:
    """A document's entry in the index for the copy: its hash, length, title and segments.

    ``title`` is where the title was. It is kept if its words are found, as the copy has them. From
    now on the ``copy`` keeps spans within the segments.
    """
    segments = moved_segments(document, copy)
    copy.borders = [0, *(segment.end for segment in segments)]
    new_title = None
    if document.title is not None:
        found = copy.place(*title) if title is not None else None
        if found is not None and found.is_sure:
            new_title = copy.text[found.start : found.end]
        else:
            losses.changed.append(f"{document.id} title")
    return document.model_copy(
        update={
            "sha256": hashlib.sha256(data).hexdigest(),
            "length": len(copy.text),
            "title": new_title,
            "segments": segments,
        }
    )
