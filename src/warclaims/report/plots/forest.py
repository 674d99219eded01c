"""The numbers that accounts give: totals, their parts, and what is disputed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from warclaims.report.colours import NO_SIDE
from warclaims.report.plots.drawing import (
    ALARM,
    ARROW,
    CAP,
    CIRCLE,
    FAINT,
    GROUND,
    INK,
    LETTER,
    LINE,
    SQUARE,
    WIDE,
    Drawing,
    folded,
    short,
    sides_legend,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from warclaims.report.colours import Tone
    from warclaims.report.plots.drawing import LegendItem

MOST = 24
"""Limit of accounts drawn, those that are disputed first; the rest is counted."""

_ORDERS = 100
"""Numbers that span more than this are drawn on an axis by orders of magnitude."""
_MOST_KINDS = 4
_DASHES = "5 4"
_LINE = 15
"""Height of a line of words."""


class PlottedKind(NamedTuple):
    """One kind of victims in an account: its words (*4 police*) and their least number."""

    words: str
    least: int


class PlottedAccount(NamedTuple):
    """What the plot shows of an account.

    Attributes:
        number: The total in words: ``at least 6``.
        words: Who says it, and where.
        least: Least number that the account allows.
        most: Greatest number; ``None`` if unbounded.
        side: Label and tone of the side of the source.
        own_voice: Whether the text says it itself.
        soft: Whether a bound rests on an approximate number.
        computed: Whether no text states it.
        kinds: The kinds of victims, one list for each way in which they are divided.
        disputed: What this account disagrees with others on, with what it says.
    """

    number: str
    words: str
    least: int
    most: int | None
    side: tuple[str, Tone]
    own_voice: bool = False
    soft: bool = False
    computed: bool = False
    kinds: tuple[tuple[PlottedKind, ...], ...] = ()
    disputed: tuple[str, ...] = ()


def forest(
    accounts: Sequence[PlottedAccount],
    *,
    name: str,
    title: str,
    width: int = WIDE,
    more: int = 0,
) -> str:
    """A group of lines per account, the least number first, as SVG.

    A point is an exact total, a bar the range of a total; an open bar ends in an arrow at the edge,
    one that rests on approximate numbers is dashed, a computed point is hollow. Thin bars below are
    the parts of the total, side by side. Where numbers span more than two orders of magnitude the
    axis is logarithmic, with zero.

    Args:
        accounts: The accounts of one event and outcome, at least one.
        name: Distinguishes this figure from others of its page: ``killed``.
        title: What a screen reader announces.
        width: Width of the plot in pixels.
        more: The number of other accounts, which are not drawn.
    """
    ordered = sorted(accounts, key=lambda one: (one.least, one.most or math.inf))
    drawing = Drawing(width, top=42, side=8)
    axis = _Axis([n for one in ordered for n in (one.least, one.most) if n], width)
    height = sum(_height(one, width) for one in ordered)
    axis.draw(drawing, height)
    top = 0.0
    for one in ordered:
        if top:
            drawing.add("path", d=f"M0,{top:.0f}H{width}", stroke=LINE)
        _draw(drawing, one, axis, top)
        top += _height(one, width)
    bottom = drawing.legend(_legend(ordered), height + 26)
    if more:
        bottom += 20
        drawing.words(0, bottom, f"{more:,} more accounts are not drawn; see the list.", FAINT)
    rows = "; ".join("; ".join(filter(None, _in_words(one))) for one in ordered)
    description = f"Numbers of people, account by account: {rows}"
    return drawing.finish(bottom + 14, name=name, title=title, description=description)


class _Axis:
    """Where numbers are, from zero to beyond the greatest."""

    def __init__(self, numbers: Sequence[int], width: int) -> None:
        self.width = width
        greatest, smallest = max(numbers, default=1), min(numbers, default=1)
        self._logarithmic = greatest > _ORDERS * smallest
        self._edge = greatest * (2.2 if self._logarithmic else 1.12)
        self._scale: Callable[[float], float] = math.log1p if self._logarithmic else float

    def at(self, number: float | None) -> float:
        """Where a number is; without one, the right edge."""
        return (
            self.width
            * self._scale(self._edge if number is None else number)
            / self._scale(self._edge)
        )

    def draw(self, drawing: Drawing, height: float) -> None:
        """Draw the axis with its lines down to ``height``."""
        heading = "people (by orders of magnitude)" if self._logarithmic else "people"
        drawing.words(self.width / 2, -34, heading, FAINT, "middle")
        for tick in self._ticks():
            drawing.add("path", d=f"M{self.at(tick):.1f},-5V{height}", stroke=LINE)
            drawing.words(self.at(tick), -16, f"{tick:,}", INK, "middle")
        drawing.add("path", d=f"M0,0H{self.width}", stroke=FAINT)

    def _ticks(self) -> list[int]:
        """Round numbers: zero and the orders of magnitude, or even steps."""
        if self._logarithmic:
            return [0, *(10**n for n in range(12) if 10**n <= self._edge)]
        steps = (s * 10**n for n in range(12) for s in (1, 2, 5))
        step = next(step for step in steps if self._edge / step <= self.width / 88)
        return list(range(0, int(self._edge) + 1, step))


def _height(one: PlottedAccount, width: int) -> int:
    lines = len(_said(one, width)) - 1 + len(_disputed(one, width))
    return 50 + 16 * len(one.kinds) + _LINE * lines


def _said(one: PlottedAccount, width: int) -> tuple[str, ...]:
    """Who says it, in lines; the number is before the first."""
    return folded(one.words, width // LETTER, len(one.number) + 3) or ("",)


def _disputed(one: PlottedAccount, width: int) -> tuple[str, ...]:
    """What is disputed, in lines."""
    said = f"disputed: {'; '.join(one.disputed)}" if one.disputed else ""
    return folded(said, width // LETTER)


def _draw(drawing: Drawing, one: PlottedAccount, axis: _Axis, top: float) -> None:
    tone = one.side[1].light
    drawing.words(0, top + 13, one.number, bold=True)
    first, *others = _said(one, axis.width)
    drawing.words(LETTER * (len(first) - len(first.lstrip())), top + 13, first.lstrip())
    for number, words in enumerate(others, 1):
        drawing.words(0, top + 13 + _LINE * number, words)
    line = top + 31 + _LINE * len(others)
    least, most = axis.at(one.least), axis.at(one.most)
    if one.least != one.most:
        dashes = {"stroke_dasharray": _DASHES} if one.soft else {}
        drawing.add(
            "line", x1=least, x2=most, y1=line, y2=line, stroke=tone, stroke_width=2.5, **dashes
        )
        drawing.mark(least, line, CAP, tone)
        drawing.mark(most, line, ARROW if one.most is None else CAP, tone)
    else:
        shape = SQUARE if one.own_voice else CIRCLE
        drawing.mark(least, line, shape, tone, GROUND if one.computed else tone)
    for kinds in one.kinds:
        line += 16
        _draw_kinds(drawing, kinds, axis, line, tone)
    for number, words in enumerate(_disputed(one, axis.width)):
        drawing.words(0, line + 17 + _LINE * number, words, ALARM)


def _draw_kinds(
    drawing: Drawing, kinds: Sequence[PlottedKind], axis: _Axis, line: float, tone: str
) -> None:
    """The parts of a total side by side from zero, with their words after them."""
    total = 0
    for number, kind in enumerate(kinds):
        left, total = axis.at(total), total + kind.least
        width = max(axis.at(total) - left - 1.5, 0.0)
        shade = 0.75 if number % 2 else 0.4
        look = {"fill": tone, "fill_opacity": shade, "stroke": tone, "stroke_width": 0.75}
        drawing.add("rect", x=left, y=line - 4, width=width, height=8, **look)
    words = short(_kinds_in_words(kinds), int(axis.width / LETTER))
    end = axis.at(total) + 6
    fits = end + LETTER * len(words) < axis.width
    drawing.words(end if fits else axis.width, line, words, INK, "start" if fits else "end")


def _kinds_in_words(kinds: Sequence[PlottedKind]) -> str:
    more = len(kinds) - _MOST_KINDS
    words = ", ".join(kind.words for kind in kinds[:_MOST_KINDS])
    return f"{words} and {more} more" if more > 0 else words


def _in_words(one: PlottedAccount) -> Iterator[str]:
    yield f"{one.number}, {one.words}"
    yield from (_kinds_in_words(kinds) for kinds in one.kinds)
    yield f"disputed: {', '.join(one.disputed)}" if one.disputed else ""


def _legend(accounts: Sequence[PlottedAccount]) -> Iterator[LegendItem]:
    """What the marks mean, as far as there are any."""
    yield from sides_legend(one.side for one in accounts if not one.own_voice)
    if any(one.own_voice for one in accounts):
        yield "in the text’s own voice", SQUARE, NO_SIDE.light, NO_SIDE.light
    if any(one.computed and one.least == one.most for one in accounts):
        yield "computed; no text states it", CIRCLE, INK, GROUND
    if any(one.most is None for one in accounts):
        yield "no upper bound", ARROW, INK, INK
    if any(one.kinds for one in accounts):
        yield "thin bars: parts of the total", "M-6,-4H6V4H-6Z", INK, LINE
    if any(one.soft for one in accounts):
        yield "dashed: approximate", "M-8,0H-2M2,0H8", INK, INK
