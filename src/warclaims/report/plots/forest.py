"""The counts that claims give, one below the other: points, intervals, open ends."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from warclaims.report.colours import NO_SIDE
from warclaims.report.plots.drawing import (
    ARROW,
    CAP,
    CIRCLE,
    FAINT,
    GROUND,
    INK,
    LETTER,
    LINE,
    SQUARE,
    Drawing,
    short,
    sides_legend,
)
from warclaims.wording import count, who

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from warclaims.records import Claim
    from warclaims.report.colours import Tone
    from warclaims.report.plots.drawing import LegendItem

    SideOf = Callable[[Claim], tuple[str, Tone]]

MOST = 80
"""Limit of claims drawn; the rest is counted."""

_WIDTH = 620
_ROW = 42
_ORDERS = 100
"""Counts that span more than this are drawn on an axis by orders of magnitude."""


def forest(claims: Sequence[Claim], side_of: SideOf, *, name: str, title: str) -> str:
    """A row per claim, the least count first, as SVG.

    A point shows the number in the words, a bar the counts that they allow; an open bar ends in an
    arrow at the edge. A number without bounds is a hollow point. Where counts span more than two
    orders of magnitude the axis is logarithmic, with zero.

    Args:
        claims: Claims of one event and outcome, at least one.
        side_of: The label and tone of the side of a claim's source.
        name: Distinguishes this figure from others of its page: ``killed``.
        title: What a screen reader announces.
    """
    ordered = sorted(claims[:MOST], key=lambda claim: min(_counts(claim), default=0))
    counts = [number for claim in ordered for number in _counts(claim) if number]
    greatest, smallest = max(counts, default=1), min(counts, default=1)
    logarithmic = greatest > _ORDERS * smallest
    edge = greatest * (2.2 if logarithmic else 1.12)
    scale: Callable[[float], float] = math.log1p if logarithmic else float
    indent = 12 + LETTER * max(len(count(claim)) for claim in ordered)
    height = _ROW * len(ordered)
    drawing = Drawing(_WIDTH, top=42, side=8)

    def place(number: float) -> float:
        return _WIDTH * scale(number) / scale(edge)

    heading = "people (by orders of magnitude)" if logarithmic else "people"
    drawing.words(_WIDTH / 2, -34, heading, FAINT, "middle")
    for tick in _ticks(edge, logarithmic=logarithmic):
        drawing.add("path", d=f"M{place(tick):.1f},-5V{height}", stroke=LINE)
        drawing.words(place(tick), -16, f"{tick:,}", INK, "middle")
    drawing.add("path", d=f"M0,0H{_WIDTH}", stroke=FAINT)
    for row, claim in enumerate(ordered):
        high, low = _ROW * row + 13, _ROW * row + 31
        tone = side_of(claim)[1].light
        drawing.words(0, high, count(claim), bold=True)
        drawing.words(indent, high, _words(claim))
        if claim.minimum != claim.maximum:
            least, most = place(claim.minimum or 0), place(claim.maximum or edge)
            drawing.add("line", x1=least, x2=most, y1=low, y2=low, stroke=tone, stroke_width=2.5)
            drawing.mark(least, low, CAP, tone)
            drawing.mark(most, low, ARROW if claim.maximum is None else CAP, tone)
        if claim.value is not None:
            hollow = claim.minimum is claim.maximum is None
            shape = SQUARE if claim.narrator else CIRCLE
            drawing.mark(place(claim.value), low, shape, tone, GROUND if hollow else tone)
    bottom = drawing.legend(_legend(ordered, side_of), height + 26)
    if len(claims) > MOST:
        bottom += 20
        drawing.words(0, bottom, f"{len(claims) - MOST:,} more claims are not drawn.", FAINT)
    rows = "; ".join(f"{count(claim)}, {_words(claim)}" for claim in ordered)
    description = f"Counts of people, one row per claim: {rows}"
    return drawing.finish(bottom + 14, name=name, title=title, description=description)


def _ticks(edge: float, *, logarithmic: bool) -> list[int]:
    """Round numbers for the axis: zero and the orders of magnitude, or up to seven even steps."""
    if logarithmic:
        return [0, *(10**n for n in range(12) if 10**n <= edge)]
    step = next(s * 10**n for n in range(12) for s in (1, 2, 5) if edge / (s * 10**n) <= 7)
    return list(range(0, int(edge) + 1, step))


def _words(claim: Claim) -> str:
    """The words of a claim, and on whose word it rests."""
    source = "the text itself" if claim.narrator else who(claim.chain[-1])
    part = ", part of another count" if claim.subset_of else ""
    outlet = short(claim.outlet or claim.document, 16)
    return f"“{short(claim.text, 40)}”{part} — {short(source, 40)} ({outlet})"


def _legend(claims: Sequence[Claim], side_of: SideOf) -> Iterator[LegendItem]:
    """What the marks mean, as far as there are any."""
    yield from sides_legend(side_of(claim) for claim in claims if not claim.narrator)
    if any(claim.narrator for claim in claims):
        yield "in the text’s own voice", SQUARE, NO_SIDE.light, NO_SIDE.light
    if any(claim.minimum is claim.maximum is None for claim in claims):
        yield "about so many, without bounds", CIRCLE, INK, GROUND
    if any(claim.maximum is None and claim.minimum is not None for claim in claims):
        yield "no upper bound", ARROW, INK, INK


def _counts(claim: Claim) -> list[int]:
    return [n for n in (claim.value, claim.minimum, claim.maximum) if n is not None]
