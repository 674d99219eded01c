"""Guards that several rules share: quick tests that show that the rules will find nothing."""

from __future__ import annotations

from bisect import bisect_right
from itertools import chain, pairwise
from operator import attrgetter, lt
from typing import TYPE_CHECKING

from warclaims.records import LAYERS
from warclaims.records.vocabulary import ANNOTATABLE
from warclaims.validation.geometry import MAIN_FIELD, text_order
from warclaims.validation.overlaps import crossings, holds, repetitions
from warclaims.validation.words import cuts_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warclaims.records import Segment
    from warclaims.validation.views import AnnotationView

    Range = tuple[int, int]

_START, _END, _TEXT = attrgetter("start"), attrgetter("end"), attrgetter("text")


def spans_are_sound(view: AnnotationView) -> bool:
    """True if the spans fit the text, its segments and each other: T306 to T314, T316 and C510.

    The rules look at one piece at a time; here whole lists are compared, which is much faster.
    """
    if view.text is None or view.document is None:
        return False
    ranges = list(chain.from_iterable(field.ranges for field in view.spans.values()))
    return (
        _are_ordered(view)
        and _fit_segments(view.document.segments, len(view.text), ranges)
        and _fit_text(view, view.text, ranges)
        and all(_are_in_text_order(view, layer) and _nest(view, layer) for layer in LAYERS)
    )


def _are_ordered(view: AnnotationView) -> bool:
    """True if the fragments of each span are in order, with text between them."""
    return all(
        before.end < after.start
        for field in view.spans.values()
        if len(field.spans) < len(field.ranges)
        for span in field.spans
        for before, after in pairwise(span)
    )


def _fit_segments(segments: Sequence[Segment], length: int, ranges: list[Range]) -> bool:
    """True if the segments tile the text, and each range ends in the annotated one it starts in."""
    starts, ends = list(map(_START, segments)), list(map(_END, segments))
    if [0, *ends] != [*starts, length] or not all(map(lt, starts, ends)):
        return False
    limits = [segment.end if segment.kind in ANNOTATABLE else 0 for segment in segments] + [0]
    return all([end <= limits[bisect_right(ends, start)] for start, end in ranges])


_BLANK = frozenset(' \n“«"(')
"""Characters that usually precede a word."""
_NO_LETTERS = frozenset(" \n.,;:!?…’”'\")")
"""Characters that usually follow a word."""


def _fit_text(view: AnnotationView, text: str, ranges: list[Range]) -> bool:
    """True if all ranges in the text have its words, whole ones without white space around."""
    spans = chain.from_iterable(field.spans for field in view.spans.values())
    words = list(map(_TEXT, chain.from_iterable(spans)))
    if "" in words or [text[start:end] for start, end in ranges] != words:
        return False
    if list(map(str.strip, words)) != words:
        return False
    framed = f"\n{text}\n"
    unclear = {start for start, _ in ranges if framed[start] not in _BLANK}
    unclear.update([end for _, end in ranges if framed[end + 1] not in _NO_LETTERS])
    return not any([cuts_word(text, at) for at in unclear])


def _are_in_text_order(view: AnnotationView, layer: str) -> bool:
    if layer == "attributions":
        order = [text_order(record, view.actors) for record in view.record.attributions]
    else:
        order = [(span[0].start, -span[-1].end) for span in view.spans[layer, "span"].spans]
    return order == sorted(order)


def _nest(view: AnnotationView, layer: str) -> bool:
    """True if no span of a layer crosses another, and no two records are equal.

    A fragment is compared with the innermost one around it, and discontinuous spans as a whole.
    """
    spans = view.spans[layer, MAIN_FIELD[layer]].spans
    around: list[tuple[int, int, int]] = []
    for edge in sorted([(f.start, -f.end, row) for row, span in enumerate(spans) for f in span]):
        start, minus_end, row = edge
        while around and -around[-1][1] <= start:
            around.pop()
        if around:
            outer_start, outer_minus_end, outer = around[-1]
            if minus_end < outer_minus_end:
                return False
            if start == outer_start and minus_end == outer_minus_end:
                return not any(chain(crossings(view, layer), repetitions(view, layer)))
            if len(spans[row]) + len(spans[outer]) > 2 and not (
                holds(spans[outer], spans[row]) or holds(spans[row], spans[outer])
            ):
                return False
        around.append(edge)
    return True
