"""The spans of a file as pieces of text: sorted once, for every check that sweeps them."""

from __future__ import annotations

from itertools import chain, pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from warclaims.records import (
    LAYERS,
    FieldKind,
    ForeignLabel,
    TextWaiver,
    shapes,
    span_end,
    span_start,
    span_text,
)
from warclaims.validation.words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from warclaims.records import Annotations, Fragment, LayerName

SPAN_FIELDS: dict[str, tuple[str, ...]] = {
    name: tuple(s.name for s in shapes(model).values() if s.kind is FieldKind.SPAN)
    for name, model in (*LAYERS.items(), ("foreign", ForeignLabel), ("waivers", TextWaiver))
}
"""The spans of the records of each list: the layers, foreign labels, and the waivers, which have
no id."""

SpanField = tuple[str, str]
"""A layer, or the waivers, and a field with a span."""

MAIN_FIELD: dict[str, str] = {layer: model.main_span for layer, model in LAYERS.items()}
"""The span of each layer that must not cross others of the layer."""

_SHOWN = 10
"""Fragments at either end of a span that are surely more than a message shows."""


class Piece(NamedTuple):
    """A fragment and where it stands; pieces of one field sort in text order, longer first."""

    start: int
    minus_end: int
    row: int
    position: int
    layer: str
    field: str
    record: Any
    span: tuple[Fragment, ...]

    @property
    def end(self) -> int:
        """Offset after the last code point."""
        return -self.minus_end

    @property
    def words(self) -> str:
        """The words that the file gives for the fragment."""
        return self.span[self.position].text

    @property
    def pointer(self) -> str:
        """The pointer to the fragment."""
        return f"{self.span_pointer}/{self.position}"

    @property
    def span_pointer(self) -> str:
        """The pointer to the whole span."""
        return f"/{self.layer}/{self.row}/{self.field}"

    @property
    def span_start(self) -> int:
        """Where the whole span starts."""
        return span_start(self.span)

    @property
    def span_end(self) -> int:
        """Where the whole span ends."""
        return span_end(self.span)

    @property
    def called(self) -> str:
        """What a message calls the span: ``casualties c1 ‹two dead›``."""
        field = "" if self.field == "span" else f" {self.field}"
        span = self.span
        if len(span) > 2 * _SHOWN:  # of so many only the first and the last are shown
            span = (*span[:_SHOWN], *span[-_SHOWN:])
        return f"{self.owner}{field} {quoted(span_text(span))}"

    @property
    def owner(self) -> str:
        """What a message calls the record: ``casualties c1``, ``waivers W602``."""
        return f"{self.layer} {getattr(self.record, 'id', None) or self.record.code}"


_RANGE, _WORDS = attrgetter("start", "end"), attrgetter("text")


class Fragments:
    """The fragments of the ``spans`` of one field, in the order of the file."""

    def __init__(self, spans: list[tuple[Fragment, ...]]) -> None:
        self.spans = spans
        self._all = list(chain.from_iterable(spans))
        self.ranges: list[tuple[int, int]] = list(map(_RANGE, self._all))

    @property
    def are_whole(self) -> bool:
        """True if each span is one fragment."""
        return len(self._all) == len(self.spans)

    @property
    def words(self) -> Iterator[str]:
        """The words that the file gives for each fragment."""
        return map(_WORDS, self._all)


class PiecesOfField(NamedTuple):
    """The pieces of one field of a layer: in text order, and those of spans that are impossible."""

    possible: list[Piece]
    outside: list[Piece]
    disordered: list[Piece]


class Geometry:
    """The pieces of the spans that are possible in a text of ``length`` code points, and others.

    A field is collected when it is first needed.
    """

    def __init__(self, annotations: Annotations, length: int) -> None:
        self._annotations = annotations
        self._length = length
        self._fields: dict[tuple[str, str], PiecesOfField] = {}

    def _field(self, layer: str, field: str) -> PiecesOfField:
        if (layer, field) not in self._fields:
            self._fields[layer, field] = self._collected(layer, field)
        return self._fields[layer, field]

    def _collected(self, layer: str, field: str) -> PiecesOfField:
        found = PiecesOfField([], [], [])
        for row, record in enumerate(getattr(self._annotations, layer)):
            span = getattr(record, field)
            if span is None:
                continue
            start, end = span[0].start, span[0].end
            if len(span) == 1 and start < end <= self._length:
                found.possible.append(Piece(start, -end, row, 0, layer, field, record, span))
                continue
            pieces = [
                Piece(fragment.start, -fragment.end, row, position, layer, field, record, span)
                for position, fragment in enumerate(span)
            ]
            outside = [piece for piece in pieces if not piece.start < piece.end <= self._length]
            disordered = [piece for before, piece in pairwise(pieces) if piece.start <= before.end]
            if outside:
                found.outside.extend(outside)
            elif disordered:
                found.disordered.extend(disordered)
            else:
                found.possible.extend(pieces)
        found.possible.sort()
        return found

    @property
    def _all_fields(self) -> list[PiecesOfField]:
        return [
            self._field(layer, field) for layer, fields in SPAN_FIELDS.items() for field in fields
        ]

    def __iter__(self) -> Iterator[Piece]:
        return chain.from_iterable(self.sorted_lists)

    @property
    def sorted_lists(self) -> list[list[Piece]]:
        """The pieces by field, each list in text order."""
        return [field.possible for field in self._all_fields]

    @property
    def outside(self) -> list[Piece]:
        """Fragments that are empty or run past the text; their spans are in no list of pieces."""
        return [piece for field in self._all_fields for piece in field.outside]

    @property
    def disordered(self) -> list[Piece]:
        """Fragments that begin before the end of the one before them; likewise."""
        return [piece for field in self._all_fields for piece in field.disordered]

    def main(self, layer: LayerName) -> list[Piece]:
        """The pieces of a layer's main spans in text order."""
        return self._field(layer, MAIN_FIELD[layer]).possible


def innermost(
    pieces: list[Piece], ranges: Iterable[tuple[int, int]]
) -> Iterator[tuple[tuple[int, int], Piece | None]]:
    """Each of the sorted ``ranges`` with the innermost of the sorted ``pieces`` around its start.

    A piece that begins with the range counts if it does not end before it.
    """
    around: list[Piece] = []
    following = 0
    for start, end in ranges:
        while following < len(pieces) and pieces[following][:2] <= (start, -end):
            piece = pieces[following]
            while around and around[-1].end <= piece.start:
                around.pop()
            around.append(piece)
            following += 1
        while around and around[-1].end <= start:
            around.pop()
        yield (start, end), around[-1] if around else None
