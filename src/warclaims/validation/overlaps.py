"""Spans of a layer that cross, and records that are equal."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from warclaims.findings import Related
from warclaims.records import LAYERS, shapes
from warclaims.validation.rule import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.records import Fragment
    from warclaims.validation.geometry import Piece

DEEPEST = 20
"""With so many equal fragments around it a fragment is compared."""


def crossings(file: str, pieces: list[Piece]) -> Iterator[Fault]:
    """Spans that share text while neither holds the other, from their sorted pieces.

    One sweep with a stack of the pieces around the present one. A piece is compared with its
    nearest neighbour on the stack; what lies below was compared when the neighbour came. Only the
    other fragments of a discontinuous span can differ, where pieces are equal; of so many equal
    ones the nearest are compared.
    """
    around: list[Piece] = []
    compared: set[tuple[int, int]] = set()
    for piece in pieces:
        while around and around[-1][1] >= -piece[0]:
            around.pop()
        low = max(0, len(around) - DEEPEST)
        for depth in range(len(around) - 1, low - 1, -1):
            outer = around[depth]
            pair = (outer.row, piece.row)
            if pair not in compared and _cross(outer, piece):
                yield _crossing_fault(file, piece, outer)
            compared.add(pair)
            if len(piece.span) == 1 or not (
                outer[:2] == piece[:2] or (depth and around[depth - 1][:2] == outer[:2])
            ):
                break
        around.append(piece)


def _cross(outer: Piece, inner: Piece) -> bool:
    if outer.row == inner.row:
        return False
    if len(outer.span) == len(inner.span) == 1:
        return inner.minus_end < outer.minus_end
    return not (holds(outer.span, inner.span) or holds(inner.span, outer.span))


def holds(outer: tuple[Fragment, ...], inner: tuple[Fragment, ...]) -> bool:
    """True if each fragment of ``inner`` lies in one of ``outer``."""
    at = 0
    for fragment in inner:
        while at < len(outer) and outer[at].end < fragment.end:
            at += 1
        if at == len(outer) or outer[at].start > fragment.start:
            return False
    return True


def _crossing_fault(file: str, piece: Piece, other: Piece) -> Fault:
    related = Related(file, other.span_pointer, other.called, other.span_start, other.span_end)
    return Fault(
        piece.span_pointer,
        f"{piece.called} crosses {other.called}",
        piece.span_start,
        piece.span_end,
        (related,),
    )


def repetitions(file: str, layer: str, pieces: list[Piece]) -> Iterator[Fault]:
    """Equal records of a layer, from their sorted pieces.

    Equal spans have equal first fragments, and these are neighbours in the sorted list.
    """
    first: dict[tuple[object, ...], Piece] = {}
    for before, piece in pairwise(pieces):
        if before[:2] != piece[:2]:
            first.clear()
            continue
        if not first:
            first[_decided(before)] = before
        same = first.setdefault(_decided(piece), piece)
        if same is not piece and piece.position == 0:
            message = f"{piece.called}: {same.record.id} says the same of these words"
            related = Related(file, f"/{layer}/{same.row}", same.called)
            pointer = f"/{layer}/{piece.row}"
            yield Fault(pointer, message, piece.span_start, piece.span_end, (related,))


_REMARKS = ("id", "score", "alternatives", "note", "extra")
DECISIONS: dict[str, tuple[str, ...]] = {
    layer: tuple(name for name in shapes(model) if name not in _REMARKS)
    for layer, model in LAYERS.items()
}
"""The fields of each layer that say something of the words: all but ids and remarks."""


def _decided(piece: Piece) -> tuple[object, ...]:
    return tuple(getattr(piece.record, name) for name in DECISIONS[piece.layer])
