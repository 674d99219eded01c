"""Guards that several rules share: quick tests of a view that rule out what the rules look for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import chain, pairwise
from operator import attrgetter
from typing import TYPE_CHECKING

from warclaims.records import LAYERS
from warclaims.records.base import MAX_OFFSET
from warclaims.records.vocabulary import ANNOTATABLE
from warclaims.validation.geometry import MAIN_FIELD
from warclaims.validation.order import text_order
from warclaims.validation.overlaps import crossings, holds, repetitions
from warclaims.validation.words import cuts_word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warclaims.records import LayerName, Segment
    from warclaims.validation.geometry import Fragments
    from warclaims.validation.views import AnnotationView

    Range = tuple[int, int]

_END = attrgetter("end")


def spans_are_sound(view: AnnotationView) -> bool:
    """True if the spans fit the text, its segments and each other: T306 to T314, T316 and C510.

    The rules look at one piece after the other; here whole lists of numbers and words are compared.
    """
    text, document = view.text, view.document
    if text is None or document is None or not _tile(document.segments, len(text)):
        return False
    return (
        all(map(_are_ordered, view.fragments.values()))
        and _fit_text(view, text)
        and _fit_segments(view, document.segments)
        and all(_are_in_text_order(view, layer) and _nest(view, layer) for layer in LAYERS)
    )


def _tile(segments: Iterable[Segment], length: int) -> bool:
    """True if each segment begins where the one before it ends, and the last ends the text."""
    reached = 0
    for segment in segments:
        if segment.start != reached or segment.end <= reached:
            return False
        reached = segment.end
    return reached == length


def _are_ordered(fragments: Fragments) -> bool:
    """True if the fragments of each span are in order, with text between them."""
    return fragments.are_whole or all(
        before.end < after.start for span in fragments.spans for before, after in pairwise(span)
    )


def _fit_text(view: AnnotationView, text: str) -> bool:
    """True if each fragment has the words of the text, whole ones, and no white space at edges."""
    ranges = _all_ranges(view)
    words = list(chain.from_iterable(fragments.words for fragments in view.fragments.values()))
    if "" in words or [text[start:end] for start, end in ranges] != words:
        return False
    starts, ends = [start for start, _ in ranges], [end for _, end in ranges]
    return not ends or (max(ends) <= len(text) and _edges_are_sound(text, starts, ends))


_BLANK = frozenset(" \n")
_NO_LETTERS = frozenset(" \n.,;:!?…’”'\")")
"""What mostly follows a word."""


def _edges_are_sound(text: str, starts: list[int], ends: list[int]) -> bool:
    """True if no stretch, all inside the text, begins or ends with white space or cuts a word."""
    edges = {text[start] for start in starts} | {text[end - 1] for end in ends}
    if any(map(str.isspace, edges)):
        return False
    framed = f"\n{text}\n"
    unclear = {start for start in starts if framed[start] not in _BLANK}
    unclear.update([end for end in ends if framed[end + 1] not in _NO_LETTERS])
    return not any([cuts_word(text, at) for at in unclear])


def _fit_segments(view: AnnotationView, segments: tuple[Segment, ...]) -> bool:
    """True if each fragment is in one segment, and that segment is annotated."""
    starts = sorted([start for start, _ in _all_ranges(view)])
    for segment in segments:
        if segment.kind not in ANNOTATABLE and bisect_left(starts, segment.start) != bisect_left(
            starts, segment.end
        ):
            return False
    ends = list(map(_END, segments))
    return all([end <= ends[bisect_right(ends, start)] for start, end in _all_ranges(view)])


def _all_ranges(view: AnnotationView) -> list[Range]:
    return list(chain.from_iterable(fragments.ranges for fragments in view.fragments.values()))


def _nest(view: AnnotationView, layer: LayerName) -> bool:
    """True if no span of a layer crosses another, and no record is there twice.

    A fragment is compared with the nearest one around it, and if one of the two spans is
    discontinuous, with all of the other.
    """
    fragments = view.fragments[layer, MAIN_FIELD[layer]]
    spans = fragments.spans
    rows = [row for row, span in enumerate(spans) for _ in span]
    edges = sorted(
        [(start, -end, row) for (start, end), row in zip(fragments.ranges, rows, strict=True)]
    )
    around = [(-1, -MAX_OFFSET, -1)]
    for edge in edges:
        start, minus_end, row = edge
        while -around[-1][1] <= start:
            around.pop()
        outer_start, outer_minus_end, outer = around[-1]
        if minus_end < outer_minus_end:
            return False
        if start == outer_start and minus_end == outer_minus_end:
            return _are_distinct(view, layer)
        if (
            outer >= 0
            and len(spans[row]) + len(spans[outer]) > 2
            and not (holds(spans[outer], spans[row]) or holds(spans[row], spans[outer]))
        ):
            return False
        around.append(edge)
    return True


def _are_in_text_order(view: AnnotationView, layer: LayerName) -> bool:
    if layer == "attributions":
        order = [text_order(record, view.actors) for record in view.record.attributions]
    else:
        spans = view.fragments[layer, "span"].spans
        order = [(span[0].start, -span[-1].end) for span in spans]
    return order == sorted(order)


def _are_distinct(view: AnnotationView, layer: LayerName) -> bool:
    """What the rules say where spans are equal or discontinuous."""
    pieces = view.geometry.main(layer)
    found = chain(crossings("", pieces), repetitions("", layer, pieces))
    return next(found, None) is None
