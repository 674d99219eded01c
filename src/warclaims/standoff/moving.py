"""Annotations and segments moved to another copy of their text; what is lost is told."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from warclaims.corpus.canonical import canonical_bytes
from warclaims.records import LAYERS, Annotations, FieldKind, shapes
from warclaims.records.vocabulary import Level
from warclaims.standoff.anchors import Fate

if TYPE_CHECKING:
    from warclaims.standoff.anchors import Carrier

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
    """

    counts: Counter[str] = field(default_factory=Counter)
    doubtful: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)

    @property
    def is_any(self) -> bool:
        """True if anything is to be told."""
        return bool(self.doubtful or self.lost or self.left_out or self.changed)


def moved_annotations(plain: Plain, carrier: Carrier, sha256: str, losses: Losses) -> bytes:
    """A file of annotations with fragments where their words are in the copy.

    A span of which a fragment is lost is lost. A record goes with a span that it cannot be
    without, and an attribution with its cue, for without it it would say something else; so do the
    references to it.
    """
    roles = _referred(plain)
    gone: set[str] = set()
    for layer, model in LAYERS.items():
        kept = []
        for record in plain[layer]:
            if _move(record, model, carrier, losses):
                kept.append(record)
            else:
                gone.add(record["id"])
                losses.left_out.append(record["id"])
        plain[layer] = kept
    while dropped := _forget(plain, gone, losses) | _roleless(plain, roles, losses):
        gone |= dropped
    plain["sha256"] = sha256
    losses.changed = [one for one in losses.changed if one.partition(" ")[0] not in gone]
    plain["waivers"] = [
        w for w in plain.get("waivers", ()) if _move_waiver(w, carrier, gone, losses)
    ]
    return canonical_bytes(Annotations.model_validate_json(json.dumps(plain)))


def _move(record: Plain, model: Any, carrier: Carrier, losses: Losses) -> bool:
    """Move the spans of a record; false if it cannot stay."""
    stays = True
    for shape in shapes(model).values():
        if shape.kind is not FieldKind.SPAN or not record.get(shape.name):
            continue
        span, fate = _moved_span(record[shape.name], carrier)
        losses.counts[fate.value] += 1
        where = f"{record['id']} {shape.name}"
        if fate is Fate.DOUBTFUL:
            losses.doubtful.append(where)
        if span is None:
            losses.lost.append(where)
            stays = stays and shape.nullable and shape.name != "cue"
        record[shape.name] = span
    return stays


def _moved_span(span: list[Plain], carrier: Carrier) -> tuple[list[Plain] | None, Fate]:
    found = [carrier.carry(fragment["start"], fragment["end"]) for fragment in span]
    fates = {one.fate for one in found}
    if Fate.LOST in fates or any(a.end >= b.start for a, b in pairwise(found)):
        return None, Fate.LOST
    worst = next(fate for fate in (Fate.DOUBTFUL, Fate.MOVED, Fate.EXACT) if fate in fates)
    moved = [
        {"start": one.start, "end": one.end, "text": carrier.copy[one.start : one.end]}
        for one in found
    ]
    return moved, worst


def _move_waiver(waiver: Plain, carrier: Carrier, gone: set[str], losses: Losses) -> bool:
    """Move the span of a waiver; false if it cannot stay."""
    where = " ".join(["waiver", waiver["code"], *filter(None, [waiver.get("record")])])
    span, fate = waiver.get("span"), None
    if span:
        span, fate = _moved_span(span, carrier)
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


def moved_document(
    plain: Plain, carrier: Carrier, data: bytes, title: tuple[int, int] | None, losses: Losses
) -> Plain:
    """A document's entry for the copy: its hash, length, title and segments.

    ``title`` is where the title stood; it is kept if its words are found, as the copy has them.

    What stands before the first and after the last segment that is found is boilerplate. A
    segment of which nothing is found goes with the one before it.
    """
    text = carrier.copy
    starts: list[tuple[int, str]] = []
    firsts = [carrier.first_word(segment["start"]) for segment in plain["segments"]]
    for segment, first, after in zip(
        plain["segments"], firsts, [*firsts[1:], carrier.total], strict=True
    ):
        word = carrier.first_found(first, after)
        if word is None:
            continue
        at = _line_start(text, word.start)
        if not starts or at > starts[-1][0]:
            starts.append((at, segment["kind"]))
    if not starts or starts[0][0] > 0:
        starts.insert(0, (0, "boilerplate"))
    end = _end_of(carrier, text)
    if starts[-1][0] < end < len(text) and text[end:].strip():
        starts.append((end, "boilerplate"))
    edges = [at for at, _ in starts] + [len(text)]
    return {
        **plain,
        "sha256": hashlib.sha256(data).hexdigest(),
        "length": len(text),
        "title": _moved_title(plain, carrier, title, losses),
        "segments": [
            {"kind": kind, "start": start, "end": end}
            for (_, kind), start, end in zip(starts, edges, edges[1:], strict=False)
        ],
    }


def _moved_title(
    plain: Plain, carrier: Carrier, title: tuple[int, int] | None, losses: Losses
) -> str | None:
    """The title in the words of the copy, for sure; if there is none any more, that is told."""
    before = plain.get("title")
    if before is None:
        return None
    if title is not None:
        found = carrier.carry(*title)
        if found.fate in (Fate.EXACT, Fate.MOVED):
            return carrier.copy[found.start : found.end]
    losses.changed.append(f"{plain['id']} title")
    return None


def _line_start(text: str, at: int) -> int:
    """Back over marks and blanks to the end of the line before, or to the word before."""
    while at and not text[at - 1].isalnum() and text[at - 1] not in "\r\n":
        at -= 1
    return at


def _end_of(carrier: Carrier, text: str) -> int:
    """Where the last word that was found ends, with the marks and line ends after it."""
    last = max(carrier.found, default=None)
    word = carrier.word(last) if last is not None else None
    at = word.end if word else len(text)
    while at < len(text) and not text[at].isalnum() and text[at - 1] not in "\r\n":
        at += 1
    while at < len(text) and text[at] in "\r\n":
        at += 1
    return at
