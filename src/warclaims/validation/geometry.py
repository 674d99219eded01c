"""The spans of a file as pieces of text: sorted once, for every check that sweeps them."""

from __future__ import annotations

from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from warclaims.records import (
    LAYERS,
    FieldKind,
    TextWaiver,
    shapes,
    span_end,
    span_start,
    span_text,
)
from warclaims.validation.words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.records import Annotations, Fragment, LayerName

_SPAN_FIELDS: dict[str, tuple[str, ...]] = {
    name: tuple(s.name for s in shapes(model).values() if s.kind is FieldKind.SPAN)
    for name, model in (*LAYERS.items(), ("waivers", TextWaiver))
}
"""The spans of the records of each list: the layers, and the waivers, which have no id."""

MAIN_FIELD = {layer: "content" if layer == "attributions" else "span" for layer in LAYERS}
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


class Geometry:
    """The pieces of the spans that are possible in a text of ``length`` code points, and others.

    ``outside`` are fragments that are empty or run past the text; ``disordered`` those that do
    not begin after the one before them. Their spans are in no list of pieces.
    """

    def __init__(self, annotations: Annotations, length: int) -> None:
        self._length = length
        self._pieces: dict[tuple[str, str], list[Piece]] = {}
        self.outside: list[Piece] = []
        self.disordered: list[Piece] = []
        for layer, fields in _SPAN_FIELDS.items():
            records = getattr(annotations, layer)
            for field in fields:
                self._pieces[layer, field] = self._sorted(layer, field, records)

    def _sorted(self, layer: str, field: str, records: tuple[Any, ...]) -> list[Piece]:
        found = []
        for row, record in enumerate(records):
            span = getattr(record, field)
            if span is None:
                continue
            start, end = span[0].start, span[0].end
            if len(span) == 1 and start < end <= self._length:
                found.append(Piece(start, -end, row, 0, layer, field, record, span))
            else:
                pieces = [
                    Piece(fragment.start, -fragment.end, row, position, layer, field, record, span)
                    for position, fragment in enumerate(span)
                ]
                if self._possible(pieces):
                    found += pieces
        found.sort()
        return found

    def _possible(self, pieces: list[Piece]) -> bool:
        outside = [piece for piece in pieces if not piece.start < piece.end <= self._length]
        disordered = [piece for before, piece in pairwise(pieces) if piece.start <= before.end]
        self.outside += outside
        self.disordered += [] if outside else disordered
        return not (outside or disordered)

    def __iter__(self) -> Iterator[Piece]:
        return chain.from_iterable(self._pieces.values())

    @property
    def sorted_lists(self) -> list[list[Piece]]:
        """The pieces by field, each list in text order."""
        return list(self._pieces.values())

    def main(self, layer: LayerName) -> list[Piece]:
        """The pieces of a layer's main spans in text order."""
        return self._pieces[layer, MAIN_FIELD[layer]]
