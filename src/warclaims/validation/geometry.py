"""The spans of a file: as ranges, and as sorted pieces for the rules that compare them."""

from __future__ import annotations

from functools import cached_property
from itertools import chain, pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from warclaims.records import LAYERS, ForeignLabel, TextWaiver, span_fields
from warclaims.validation.rule import Fault
from warclaims.validation.words import quoted_span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from warclaims.records import ActorMention, Span

SPAN_FIELDS: dict[str, tuple[str, ...]] = {
    name: span_fields(model)
    for name, model in (*LAYERS.items(), ("foreign", ForeignLabel), ("waivers", TextWaiver))
}
"""The fields with spans of each layer, of foreign labels, and of the waivers."""

SpanField = tuple[str, str]
"""A layer, or the waivers, and a field with spans."""

MAIN_FIELD: dict[str, str] = {layer: model.main_span for layer, model in LAYERS.items()}
"""The field of each layer whose spans must not cross each other."""


class Piece(NamedTuple):
    """A fragment with its record. Pieces of one field sort in text order, longer ones first."""

    start: int
    minus_end: int
    row: int
    position: int
    layer: str
    field: str
    record: Any
    span: Span

    @property
    def end(self) -> int:
        """Offset after the last code point."""
        return -self.minus_end

    @property
    def owner(self) -> str:
        """The record in messages: ``casualties c1``, ``waivers W602``."""
        return f"{self.layer} {getattr(self.record, 'id', None) or self.record.code}"

    def fault(self, message: str) -> Fault:
        """A fault about the fragment; the record and the span go before the ``message``."""
        field = "" if self.field == "span" else f" {self.field}"
        message = f"{self.owner}{field} {quoted_span(self.span)} {message}"
        pointer = f"/{self.layer}/{self.row}/{self.field}/{self.position}"
        return Fault(pointer, message, self.start, self.end)


_RANGE = attrgetter("start", "end")


class FieldSpans:
    """The spans of one field of ``records``, in a text of ``length`` code points."""

    def __init__(self, layer: str, field: str, records: Sequence[Any], length: int) -> None:
        self._layer, self._field, self._records, self._length = layer, field, records, length
        self.spans: list[Span] = list(filter(None, map(attrgetter(field), records)))
        self.ranges: list[tuple[int, int]] = list(map(_RANGE, chain.from_iterable(self.spans)))
        """The ranges of all fragments, in the order of the file."""

    @cached_property
    def pieces(self) -> list[Piece]:
        """The pieces of all spans that are possible, sorted."""
        return sorted(chain.from_iterable(self._by_possibility[True]))

    @property
    def impossible(self) -> list[list[Piece]]:
        """The pieces of each span that is not in the text, or whose fragments are not in order."""
        return self._by_possibility[False]

    @cached_property
    def _by_possibility(self) -> dict[bool, list[list[Piece]]]:
        layer, field = self._layer, self._field
        found: dict[bool, list[list[Piece]]] = {True: [], False: []}
        for row, record in enumerate(self._records):
            span = getattr(record, field) or ()
            pieces = [
                Piece(fragment.start, -fragment.end, row, position, layer, field, record, span)
                for position, fragment in enumerate(span)
            ]
            found[self._is_possible(pieces)].append(pieces)
        return found

    def _is_possible(self, pieces: list[Piece]) -> bool:
        return all(map(self.is_in_text, pieces)) and (
            len(pieces) < 2 or all(before.end < after.start for before, after in pairwise(pieces))
        )

    def is_in_text(self, piece: Piece) -> bool:
        """True if the fragment is not empty and ends in the text."""
        return piece.start < -piece.minus_end <= self._length


def innermost(
    pieces: list[Piece], ranges: Iterable[tuple[int, int]]
) -> Iterator[tuple[tuple[int, int], Piece | None]]:
    """Each of the sorted ``ranges`` with the innermost of the sorted ``pieces`` around its start.

    A piece that starts with the range counts if it does not end before it.
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


def text_order(record: Any, actors: Mapping[str, ActorMention]) -> tuple[int, int]:
    """Sort key of a record within its layer: where its words start, the longer first.

    The words of an attribution are those of its source, cue and content; ``actors`` are the actor
    mentions of the file by id.
    """
    if hasattr(record, "span"):
        return record.span[0].start, -record.span[-1].end
    start, end = record.content[0].start, record.content[-1].end
    for span in (record.cue, *[actors[name].span for name in record.source if name in actors]):
        if span:
            start = span[0].start if span[0].start < start else start
            end = span[-1].end if span[-1].end > end else end
    return start, -end
