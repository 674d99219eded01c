"""Find spans of a layer that cross, and records that are equal."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from warclaims.records import LAYERS, shapes
from warclaims.validation.words import quoted_span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.records import Fragment
    from warclaims.validation.geometry import Piece
    from warclaims.validation.rule import Fault
    from warclaims.validation.views import AnnotationView

DEEPEST = 20
"""A fragment is compared with so many equal ones around it."""


def crossings(view: AnnotationView, layer: str) -> Iterator[Fault]:
    """Spans that share text while neither contains the other.

    One sweep over the sorted pieces, with a stack of those around the present one. A piece is
    compared with the innermost on the stack; the others were compared with that one before. Only
    for discontinuous spans with equal fragments several are compared, up to a limit.
    """
    around: list[Piece] = []
    compared: set[tuple[int, int]] = set()
    for piece in view.main(layer):
        while around and around[-1][1] >= -piece[0]:
            around.pop()
        low = max(0, len(around) - DEEPEST)
        for depth in range(len(around) - 1, low - 1, -1):
            outer = around[depth]
            pair = (outer.row, piece.row)
            if pair not in compared and _cross(outer, piece):
                message = f"crosses {outer.record.id} {quoted_span(outer.span)}"
                related = (view.related(layer, outer.row),)
                yield view.fault(layer, piece.row, piece.field, message, related)
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
    """True if each fragment of ``inner`` is in one of ``outer``."""
    at = 0
    for fragment in inner:
        while at < len(outer) and outer[at].end < fragment.end:
            at += 1
        if at == len(outer) or outer[at].start > fragment.start:
            return False
    return True


def repetitions(view: AnnotationView, layer: str) -> Iterator[Fault]:
    """Equal records of a layer. Their first fragments are neighbours among the sorted pieces."""
    first: dict[tuple[object, ...], Piece] = {}
    for before, piece in pairwise(view.main(layer)):
        if before[:2] != piece[:2]:
            first.clear()
            continue
        if not first:
            first[decisions(layer, before.record)] = before
        same = first.setdefault(decisions(layer, piece.record), piece)
        if same is not piece and piece.position == 0:
            related = view.related(layer, same.row)
            yield view.fault(layer, piece.row, "", f"is equal to {related.what}", (related,))


_REMARKS = ("id", "uncertain", "note", "extra")
_DECISIONS: dict[str, tuple[str, ...]] = {
    layer: tuple(name for name in shapes(model) if name not in _REMARKS)
    for layer, model in LAYERS.items()
}


def decisions(layer: str, record: Any) -> tuple[object, ...]:
    """The values of a record without its id and remarks."""
    return tuple(getattr(record, name) for name in _DECISIONS[layer])
