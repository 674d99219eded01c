"""What checks look at: the record of a file, and everything that it is compared with.

What several checks need is computed once per view.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Any

from warclaims.files import paths_below
from warclaims.findings import Related
from warclaims.folding import Folded
from warclaims.language import NumberReading, primary, read_number
from warclaims.language.quotations import quotations
from warclaims.records import LAYERS, FieldKind, Target, shapes, span_end, span_start
from warclaims.records.base import MAX_OFFSET
from warclaims.records.vocabulary import ANNOTATABLE, SegmentKind
from warclaims.validation.geometry import MAIN_FIELD, SPAN_FIELDS, FieldSpans
from warclaims.validation.references import ReferenceField, reference_fields
from warclaims.validation.rule import Fault
from warclaims.validation.scanning import CoveredRanges, UncoveredWords, left_out, scanner
from warclaims.validation.words import quoted_span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from pydantic import BaseModel

    from warclaims.corpus import Layout
    from warclaims.records import (
        Adjudication,
        Annotations,
        Casualty,
        Challenge,
        Document,
        DocumentIndex,
        Layer,
        LayerName,
        Segment,
    )
    from warclaims.validation.geometry import Piece, SpanField
    from warclaims.validation.known import KnownIds


AROUND = 40
"""How much text around a victim phrase is read for its number, in code points."""


_ANNOTATOR, _HEADING = Target.ANNOTATOR, SegmentKind.HEADING  # slow to look up each time

COVERING: tuple[SpanField, ...] = (
    ("actors", "span"),
    ("locations", "span"),
    ("casualties", "span"),
    ("casualties", "trigger"),
    ("attributions", "cue"),
    ("attributions", "content"),
)
"""The fields whose spans cover words, in the order of :class:`CoveredRanges`."""


class FileView:
    """A file: its name in findings, its record, and what it may refer to.

    A ``raw`` file records what an annotator did, so it is not checked for warnings.
    """

    raw = False

    def __init__(self, file: str, record: Any, known: KnownIds) -> None:
        self.file = file
        self.record = record
        self.known = known

    @cached_property
    def lists(self) -> dict[str, tuple[Any, ...]]:
        """The lists of records with an id, by name."""
        return {name: getattr(self.record, name) for name in _lists_of(self.record.__class__)}

    @cached_property
    def references(self) -> list[tuple[ReferenceField, list[Any]]]:
        """The fields of the file that refer to something, with their values."""
        fields = reference_fields(self.record.__class__)
        return [(field, field.values(self.record)) for field in fields]

    @cached_property
    def referred(self) -> dict[Target, set[str]]:
        """The ids that the file refers to, by target."""
        found: dict[Target, set[str]] = {target: set() for target in Target}
        for field, values in self.references:
            found[field.target].update(chain.from_iterable(values) if field.many else values)
        return found

    def used(self, target: Target) -> set[str]:
        """The ids of ``target`` that the file refers to."""
        return self.referred[target]

    @cached_property
    def dangling(self) -> list[tuple[ReferenceField, str, str]]:
        """References to nothing: the field, the pointer to the id, and the id."""
        lost = {
            target: missing
            for target, names in self.referred.items()
            if (known := self.ids(target)) is not None and (missing := names.difference(known))
        }
        return [
            (field, pointer, name)
            for field, _ in self.references
            if field.target in lost
            for pointer, name in field.places(self.record)
            if name in lost[field.target]
        ]

    def ids(self, target: Target) -> Collection[str] | None:
        """Ids that a reference to ``target`` may name; ``None`` if they are unknown."""
        return self.known.ids(target)


@dataclass(frozen=True)
class DocumentView:
    """One document in the index, at ``pointer``, with the ``data`` of its seed.

    ``trouble`` is the reason why a seed cannot be read.
    """

    file: str
    pointer: str
    document: Document
    seed_file: str
    data: bytes | None
    trouble: str | None = None

    @cached_property
    def changed(self) -> bool:
        """True if the seed is not the one that was indexed."""
        import hashlib

        return (
            self.data is not None and hashlib.sha256(self.data).hexdigest() != self.document.sha256
        )

    @cached_property
    def text(self) -> str | None:
        """The text; ``None`` if the seed is missing, changed or not UTF-8."""
        if self.data is None or self.changed:
            return None
        try:
            return self.data.decode()
        except UnicodeDecodeError:
            return None


class AnnotationView(FileView):
    """The annotations of one document; ``document`` and ``text`` are ``None`` if unknown."""

    record: Annotations

    def __init__(
        self,
        file: str,
        record: Annotations,
        known: KnownIds,
        document: Document | None = None,
        text: str | None = None,
        *,
        raw: bool = False,
    ) -> None:
        super().__init__(file, record, known)
        self.raw = raw
        self.document = document
        self.text = text

    def ids(self, target: Target) -> Collection[str] | None:
        """Ids that a reference to ``target`` may name; ``None`` if they are unknown."""
        if target is _ANNOTATOR and self.record.system is not None:
            return None  # predictions are by a system, which no registry has
        return getattr(self, target.value) if target in LAYERS else self.known.ids(target)

    def used(self, target: Target) -> set[str]:
        """The ids of ``target`` that the file refers to, also those in other readings."""
        found = set(self.referred[target])
        for layer, _, record in self.with_alternatives:
            fields = shapes(LAYERS[layer])
            changes: Iterable[dict[str, Any]] = record.alternatives
            for name, value in chain.from_iterable(map(dict.items, changes)):
                if value and fields[name].target is target:
                    found.update(value if fields[name].many else [value])
        return found

    @cached_property
    def with_alternatives(self) -> list[tuple[LayerName, int, Layer]]:
        """The annotations with other readings: layer, row and record."""
        return [
            (layer, row, record)
            for layer in LAYERS
            for row, record in enumerate(getattr(self.record, layer))
            if record.alternatives
        ]

    def fault(
        self, layer: str, row: int, field: str, message: str, related: tuple[Related, ...] = ()
    ) -> Fault:
        """A fault in a field of an annotation; the id and the words go before the ``message``."""
        record = getattr(self.record, layer)[row]
        span = getattr(record, MAIN_FIELD[layer])
        pointer = f"/{layer}/{row}/{field}".removesuffix("/")
        message = f"{record.id} {quoted_span(span)} {message}"
        return Fault(pointer, message, span_start(span), span_end(span), related)

    def related(self, layer: str, row: int) -> Related:
        """An annotation as a related place."""
        record = getattr(self.record, layer)[row]
        span = getattr(record, MAIN_FIELD[layer])
        pointer = f"/{layer}/{row}"
        return Related(self.file, pointer, record.id, span_start(span), span_end(span))

    @cached_property
    def quotations(self) -> list[tuple[int, int]]:
        """The quotations in the text with their marks, half-open, in text order."""
        return quotations(self.text or "")

    @property
    def language(self) -> str:
        """The language tag of the text; empty if unknown."""
        return self.document.language if self.document is not None else ""

    @cached_property
    def numbers(self) -> list[tuple[int, Casualty, NumberReading]]:
        """The casualties whose words are read, with their rows and what the words say."""
        text = self.text or ""
        found = []
        for row, casualty in enumerate(self.record.casualties):
            start, end = casualty.span[0].start, casualty.span[-1].end
            words = " ".join(fragment.text for fragment in casualty.span)
            before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
            reading = read_number(words, self.language, before, after)
            if reading is not None:
                found.append((row, casualty, reading))
        return found

    @property
    def length(self) -> int:
        """The length of the text; if unknown, no offset is too large."""
        if self.text is not None:
            return len(self.text)
        return MAX_OFFSET if self.document is None else self.document.length

    @cached_property
    def spans(self) -> dict[SpanField, FieldSpans]:
        """The spans by layer and field."""
        return {
            (layer, field): FieldSpans(layer, field, getattr(self.record, layer), self.length)
            for layer, fields in SPAN_FIELDS.items()
            for field in fields
        }

    @property
    def pieces(self) -> Iterator[Piece]:
        """The pieces of all fields, those of each field sorted."""
        return chain.from_iterable(spans.pieces for spans in self.spans.values())

    def main(self, layer: str) -> list[Piece]:
        """The sorted pieces of the main field of a layer."""
        return self.spans[layer, MAIN_FIELD[layer]].pieces

    def segment_at(self, offset: int) -> Segment | None:
        """The segment at ``offset``; ``None`` if unknown, or after the last segment."""
        segments = self.document.segments if self.document is not None else ()
        at = bisect_right(self._segment_ends, offset)
        return segments[at] if at < len(segments) else None

    @cached_property
    def _segment_ends(self) -> list[int]:
        segments = self.document.segments if self.document is not None else ()
        return list(accumulate((segment.end for segment in segments), max))

    @cached_property
    def covers(self) -> CoveredRanges:
        """The ranges in which words are covered: spans, segments not annotated, headings."""
        return CoveredRanges(
            *self.unread, *[sorted(self.spans[field].ranges) for field in COVERING]
        )

    @property
    def unread(self) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """The segments that are not annotated, and the headings, which have no casualties."""
        closed, headings = [], []
        for segment in self.document.segments if self.document is not None else ():
            if segment.kind not in ANNOTATABLE:
                closed.append((segment.start, segment.end))
            elif segment.kind is _HEADING:
                headings.append((segment.start, segment.end))
        return closed, headings

    @cached_property
    def left_out(self) -> UncoveredWords:
        """The words that no record covers, if the words of the language are listed."""
        if self.text is None:
            return UncoveredWords([], [], [], [], [])
        folded = Folded(self.text)
        words = scanner(self.known.names, primary(self.language))
        hits = words.hits(folded.text, folded.inside(self.quotations))
        covers = CoveredRanges(*(folded.inside(ranges) for ranges in self.covers))
        found = left_out(folded.text, hits, covers, words.words)
        return UncoveredWords(*(folded.outside(ranges) for ranges in found))

    @cached_property
    def actors(self) -> dict[str, Any]:
        """The actor mentions by id."""
        return {mention.id: mention for mention in self.record.actors}

    @cached_property
    def attributions(self) -> dict[str, Any]:
        """The attributions by id."""
        return {attribution.id: attribution for attribution in self.record.attributions}

    @cached_property
    def casualties(self) -> dict[str, Any]:
        """The casualties by id."""
        return {casualty.id: casualty for casualty in self.record.casualties}


@cache
def _lists_of(model: type[BaseModel]) -> tuple[str, ...]:
    """The names of the lists of records with an id."""
    return tuple(
        name
        for name, shape in shapes(model).items()
        if shape.kind is FieldKind.RECORD
        and shape.many
        and shape.record is not None
        and "id" in shapes(shape.record)
    )


class DecisionView(FileView):
    """A line of a list of decisions or challenges, with the text and gold's records by id.

    Text and records are ``None`` if they cannot be read.
    """

    def __init__(
        self,
        file: str,
        record: Adjudication | Challenge,
        known: KnownIds,
        text: str | None,
        gold: Mapping[str, Layer] | None,
    ) -> None:
        super().__init__(file, record, known)
        self.text = text
        self.gold = gold


@dataclass(frozen=True)
class CorpusView:
    """The whole corpus, after all its files.

    The index is ``None`` if it could not be read. ``used`` has the ids that are referred to, by
    registry, without registries to which an unreadable file may refer.
    """

    layout: Layout
    index: DocumentIndex | None
    registries: dict[str, FileView]
    used: dict[str, set[str]]

    @cached_property
    def sets(self) -> dict[str, list[Path]]:
        """The files of each annotation set, also in subfolders."""
        return {
            name: paths_below(self.layout.annotation_set(name)) for name in self.layout.set_names()
        }
