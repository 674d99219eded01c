"""What checks look at: a file's record with everything that is needed to judge it.

A view sorts and collects once what several checks ask for.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from warclaims.findings import Related
from warclaims.folding import Folded
from warclaims.records import FieldKind, Target, shapes, span_end, span_start, span_text
from warclaims.records.base import MAX_OFFSET
from warclaims.records.vocabulary import ANNOTATABLE, SegmentKind
from warclaims.validation.geometry import MAIN_FIELD, SPAN_FIELDS, Fragments, Geometry
from warclaims.validation.numbers import Number, numbers
from warclaims.validation.quotes import quotations
from warclaims.validation.references import ReferenceField, reference_fields
from warclaims.validation.rule import Fault
from warclaims.validation.scanning import Covers, LeftOut, left_out, scanner
from warclaims.validation.words import quoted

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from pydantic import BaseModel

    from warclaims.corpus import Layout
    from warclaims.records import (
        Annotations,
        Casualty,
        Document,
        DocumentIndex,
        LayerName,
        Segment,
    )
    from warclaims.validation.geometry import Piece, SpanField
    from warclaims.validation.known import Known


AROUND = 40
"""How much text before and after a victim phrase may qualify its number, in code points."""


_MENTIONS: tuple[LayerName, ...] = ("actors", "locations")

COVERING: tuple[SpanField, ...] = (
    ("actors", "span"),
    ("locations", "span"),
    ("casualties", "span"),
    ("casualties", "trigger"),
    ("attributions", "cue"),
    ("attributions", "content"),
)
"""The spans that hold words of the text, in the order of :class:`Covers`."""


class FileView:
    """A file: its name in findings, its record, and what it may refer to.

    A ``raw`` file records what an annotator did: it is checked for errors, not for warnings.
    """

    raw = False

    def __init__(self, file: str, record: Any, known: Known) -> None:
        self.file = file
        self.record = record
        self.known = known

    @cached_property
    def lists(self) -> dict[str, tuple[Any, ...]]:
        """The lists of records with an id of the file by name."""
        return {name: getattr(self.record, name) for name in _lists_of(self.record.__class__)}

    @property
    def reference_fields(self) -> tuple[ReferenceField, ...]:
        """The fields of the file that refer to something."""
        return reference_fields(self.record.__class__)

    @cached_property
    def referred(self) -> dict[Target, set[str]]:
        """The ids that the file refers to, by target."""
        found: dict[Target, set[str]] = {target: set() for target in Target}
        for field in self.reference_fields:
            found[field.target].update(field.ids(self.record))
        return found

    @cached_property
    def dangling(self) -> list[tuple[ReferenceField, str, str]]:
        """References to nothing: the field, the pointer to the id, and the id."""
        lost = {
            target: names.difference(known)
            for target, names in self.referred.items()
            if names and (known := self.ids(target)) is not None
        }
        return [
            (field, pointer, name)
            for field in self.reference_fields
            if lost.get(field.target)
            for pointer, name in field.places(self.record)
            if name in lost[field.target]
        ]

    def ids(self, target: Target) -> Collection[str] | None:
        """Ids that a reference to ``target`` may name; ``None`` if they are unknown."""
        return self.known.ids(target)


class RegistryView(FileView):
    """A registry; ``name`` is that of its list."""

    def __init__(self, file: str, record: Any, known: Known, name: str) -> None:
        super().__init__(file, record, known)
        self.name = name


@dataclass(frozen=True)
class DocumentView:
    """One entry of the index: ``pointer`` leads to it, ``data`` is its seed, null if missing.

    ``trouble`` says why a seed that is there cannot be read.
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
        """The text, if the seed is there, is the indexed one and is UTF-8."""
        if self.data is None or self.changed:
            return None
        try:
            return self.data.decode()
        except UnicodeDecodeError:
            return None


class AnnotationView(FileView):
    """The annotations of one document; the text is null where it is not at hand."""

    record: Annotations

    def __init__(
        self,
        file: str,
        record: Annotations,
        known: Known,
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
        if target is Target.ACTOR_MENTION:
            return self.actors
        if target is Target.CASUALTY:
            return self.casualties
        if target is Target.ATTRIBUTION:
            return self.attributions
        return self.known.ids(target)

    def fault(
        self, layer: str, row: int, field: str, message: str, related: tuple[Related, ...] = ()
    ) -> Fault:
        """A fault in a field of an annotation; the id and the words go before the ``message``."""
        record = getattr(self.record, layer)[row]
        span = getattr(record, MAIN_FIELD[layer])
        pointer = f"/{layer}/{row}/{field}".removesuffix("/")
        message = f"{record.id} {quoted(span_text(span))} {message}"
        return Fault(pointer, message, span_start(span), span_end(span), related)

    def related(self, layer: str, row: int) -> Related:
        """An annotation as a related place."""
        record = getattr(self.record, layer)[row]
        span = getattr(record, MAIN_FIELD[layer])
        pointer = f"/{layer}/{row}"
        return Related(self.file, pointer, record.id, span_start(span), span_end(span))

    @cached_property
    def reach(self) -> dict[str, tuple[list[int], list[int]]]:
        """Of mentions the starts of the spans, and how far those up to each one reach."""
        return {
            layer: (
                [piece[0] for piece in pieces],
                list(accumulate((-piece[1] for piece in pieces), max)),
            )
            for layer in _MENTIONS
            for pieces in [self.geometry.main(layer)]
        }

    @cached_property
    def quotations(self) -> list[tuple[int, int]]:
        """The quotations of the text, marks included, half-open, in text order."""
        return sorted(quotations(self.text or ""))

    @property
    def language(self) -> str:
        """The language tag of the text; empty if it is not known which text it is."""
        return self.document.language if self.document is not None else ""

    @cached_property
    def numbers(self) -> list[tuple[int, Casualty, list[Number]]]:
        """The casualties, each with its row and the numbers in its words, read as English."""
        text = self.text or ""
        found = []
        for row, casualty in enumerate(self.record.casualties):
            start, end = casualty.span[0].start, casualty.span[-1].end
            words = " ".join(fragment.text for fragment in casualty.span)
            before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
            found.append((row, casualty, numbers(words, before, after)))
        return found

    @cached_property
    def fragments(self) -> dict[SpanField, Fragments]:
        """The fragments of the spans by layer and field, in the order of the file."""
        return {
            (layer, field): Fragments(list(filter(None, map(attrgetter(field), records))))
            for layer, fields in SPAN_FIELDS.items()
            for records in [getattr(self.record, layer)]
            for field in fields
        }

    @cached_property
    def covers(self) -> Covers:
        """What holds words of the text: spans, segments that are not annotated, headings."""
        return Covers(*self.unread, *[sorted(self.fragments[field].ranges) for field in COVERING])

    @property
    def unread(self) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """The segments that are not annotated, and the headings, which carry no casualties."""
        closed, headings = [], []
        for segment in self.document.segments if self.document is not None else ():
            if segment.kind not in ANNOTATABLE:
                closed.append((segment.start, segment.end))
            elif segment.kind is SegmentKind.HEADING:
                headings.append((segment.start, segment.end))
        return closed, headings

    @cached_property
    def left_out(self) -> LeftOut:
        """What the text says and no record holds, read as English."""
        if self.text is None:
            return LeftOut([], [], [], [], [])
        folded = Folded(self.text)
        hits = scanner(self.known.names).hits(folded.text, folded.inside(self.quotations))
        covers = Covers(*(folded.inside(ranges) for ranges in self.covers))
        found = left_out(folded.text, hits, covers)
        return LeftOut(*(folded.outside(ranges) for ranges in found))

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

    @cached_property
    def casualty_rows(self) -> dict[str, int]:
        """The place of each casualty in its list, by id."""
        return {casualty.id: row for row, casualty in enumerate(self.record.casualties)}

    @cached_property
    def geometry(self) -> Geometry:
        """The spans, sorted."""
        length = MAX_OFFSET
        if self.text is not None:
            length = len(self.text)
        elif self.document is not None:
            length = self.document.length
        return Geometry(self.record, length)

    @cached_property
    def misplaced(self) -> tuple[list[Piece], list[Piece]]:
        """Fragments in segments that are not annotated, and those that run over two segments."""
        beside: list[Piece] = []
        across: list[Piece] = []
        for pieces in self.geometry.sorted_lists:
            segments = iter(self.document.segments if self.document is not None else ())
            end, closed = _edge(next(segments, None))
            for piece in pieces:
                while end is not None and end <= piece[0]:
                    end, closed = _edge(next(segments, None))
                if end is None:
                    break
                if closed:
                    beside.append(piece)
                if -piece[1] > end:
                    across.append(piece)
        return beside, across


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


def _edge(segment: Segment | None) -> tuple[int | None, bool]:
    """Where a segment ends, and whether it is closed to annotations."""
    return (segment.end, segment.kind not in ANNOTATABLE) if segment else (None, False)


@dataclass(frozen=True)
class CorpusView:
    """The corpus as a whole, once every file has been seen.

    The index is ``None`` if it could not be read. ``used`` has the ids that something refers to by
    registry, without registries to which an unreadable file may refer.
    """

    layout: Layout
    index: DocumentIndex | None
    registries: list[RegistryView]
    used: dict[str, set[str]]

    @cached_property
    def sets(self) -> dict[str, list[Path]]:
        """The files of each annotation set, those in folders of it too."""
        return {
            name: files_below(self.layout.annotation_set(name)) for name in self.layout.set_names()
        }


def files_below(folder: Path) -> list[Path]:
    """The files in ``folder`` and in folders of it, sorted; without what begins with a dot."""
    return sorted(
        path
        for path in folder.rglob("*")
        if (path.is_symlink() or not path.is_dir())
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
