"""The counts that claims give, one below the other: points, intervals, open ends."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from warclaims.report.colours import NO_SIDE
from warclaims.report.plots.drawing import (
    FAINT,
    GROUND,
    INK,
    Room,
    Words,
    compiled,
    draw,
    legend_of,
    short,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import altair
    from markupsafe import Markup

    from warclaims.records import Event
    from warclaims.report.plots.drawing import Figure
    from warclaims.report.shown import Shown
    from warclaims.report.site import Site

MOST = 80
"""So many claims are drawn; the rest is told in words."""

_WIDTH = 620
_ROW = 42
_LETTER = 7
"""About how wide a letter is."""
_ORDERS = 100
"""Counts that span more than this are drawn on an axis by orders of magnitude."""
_TOLD, _OWN = "circle", "square"
_ARROW, _CAP = "triangle-right", "M0,-0.7V0.7"


def figure(claims: Sequence[Shown], event: Event, site: Site) -> Markup | None:
    """The figure of the claims of an event that have one outcome, for the page; saved beside it.

    The file is ``plots/EVENT-OUTCOME.svg``.
    """
    if not claims:
        return None
    outcome = claims[0].claim.outcome.value
    title = f"{outcome.replace('_', ' ')}: {event.label}"
    drawn = forest(claims, name=f"plot-{outcome}", title=title)
    drawn.save(site, f"plots/{event.id}-{outcome}")
    return drawn.inline


def forest(claims: Sequence[Shown], *, name: str, title: str) -> Figure:
    """A row a claim, those with the least count first.

    A point stands at the number that the words give, a bar from the least to the greatest count
    that they allow; an open bar ends in an arrow at the edge. A number without bounds is a hollow
    point. Where counts span more than two orders of magnitude the axis goes by orders, with zero.

    Args:
        claims: Claims of one event and outcome, at least one.
        name: Tells this figure from others of its page: ``killed``.
        title: What it is of.
    """
    ordered = sorted(claims[:MOST], key=_least)
    counts = [count for one in ordered for count in _counts(one) if count]
    greatest, smallest = max(counts, default=1), min(counts, default=1)
    logarithmic = greatest > _ORDERS * smallest
    edge = greatest * (2.2 if logarithmic else 1.12)
    indent = 12 + _LETTER * max(len(one.figures) for one in ordered)
    words, bars, marks = [], [], []
    for number, one in enumerate(ordered):
        high, low = _ROW * number + 13, _ROW * number + 31
        words.append(Words(0, high, one.figures, bold=True))
        words.append(Words(indent, high, _words(one)))
        bars += [{**bar, "y": low} for bar in _bars(one, edge)]
        marks += [{**mark, "y": low} for mark in _marks(one, edge)]
    height = _ROW * len(ordered)
    told, keys = _legend(ordered, height, len(claims))
    below = told[-1].y - height + 14
    return draw(
        _chart(logarithmic),
        name=name,
        title=title,
        description="Counts of people, a row a claim: "
        + "; ".join(f"{one.figures}, {_words(one)}" for one in ordered),
        rows={"bars": bars, "marks": marks, "keys": keys},
        signals={"edge": edge, "ticks": _ticks(edge, logarithmic=logarithmic)},
        texts=words + told,
        room=Room(_WIDTH, height, top=42, right=14, bottom=below),
    )


@functools.cache
def _chart(logarithmic: bool) -> dict[str, Any]:
    """The chart without its rows: compiling it takes longer than drawing it."""
    import altair as alt

    def place(field: str) -> altair.X:
        return alt.X(field, scale=scale, axis=axis)

    def rows(name: str) -> altair.Chart:
        return alt.Chart(alt.NamedData(name))

    edge, ticks = alt.param(name="edge", value=1), alt.param(name="ticks", value=[0, 1])
    kind: dict[str, Any] = {"type": "symlog", "constant": 1} if logarithmic else {"type": "linear"}
    scale = alt.Scale(domain=[0, alt.ExprRef("edge")], nice=False, **kind)
    title = "people (by orders of magnitude)" if logarithmic else "people"
    axis = alt.Axis(values=alt.ExprRef("ticks"), format=",d", title=title, orient="top")
    pixel = alt.X("px:Q", scale=None, axis=None)
    y = alt.Y("y:Q", scale=None, axis=None)
    tone = alt.Stroke("tone:N", scale=None)
    fill, shape = alt.Fill("fill:N", scale=None), alt.Shape("shape:N", scale=None)
    point: dict[str, Any] = {"size": 95, "strokeWidth": 2, "opacity": 1}
    chart = alt.layer(
        rows("bars").mark_rule(strokeWidth=2.5).encode(place("least:Q"), y, tone, x2="most:Q"),
        rows("marks").mark_point(**point).encode(place("at:Q"), y, tone, fill, shape),
        rows("keys").mark_point(**point).encode(pixel, y, tone, fill, shape),
    )
    return compiled(chart.add_params(edge, ticks).properties(width=_WIDTH, height=_ROW))


def _ticks(edge: float, *, logarithmic: bool) -> list[int]:
    """Round numbers for the axis: zero and the orders of magnitude, or up to seven even steps."""
    if logarithmic:
        return [0, *(10**n for n in range(12) if 10**n <= edge)]
    step = next(s * 10**n for n in range(12) for s in (1, 2, 5) if edge / (s * 10**n) <= 7)
    return list(range(0, int(edge) + 1, step))


def _words(one: Shown) -> str:
    claim = one.claim
    text, who = short(claim.text, 40), short(_who(one), 40)
    part = ", part of another count" if claim.subset_of else ""
    return f"“{text}”{part} — {who} ({short(claim.outlet or claim.document, 16)})"


def _bars(one: Shown, edge: float) -> list[dict[str, Any]]:
    """The interval of a claim, if its words bound the count and leave it open."""
    claim = one.claim
    if claim.minimum == claim.maximum:
        return []
    most = edge if claim.maximum is None else claim.maximum
    return [{"least": claim.minimum or 0, "most": most, "tone": one.tone.light}]


def _marks(one: Shown, edge: float) -> list[dict[str, Any]]:
    """The ends of the interval and the point."""
    claim, tone = one.claim, one.tone.light
    found = []
    for bar in _bars(one, edge):
        found.append({"at": bar["least"], "shape": _CAP})
        found.append({"at": bar["most"], "shape": _ARROW if claim.maximum is None else _CAP})
    found = [{**mark, "fill": tone} for mark in found]
    if claim.value is not None:
        bounded = claim.minimum is not None or claim.maximum is not None
        shape = _OWN if claim.narrator else _TOLD
        found.append({"at": claim.value, "shape": shape, "fill": tone if bounded else GROUND})
    return [{**mark, "tone": tone} for mark in found]


def _legend(
    ordered: Sequence[Shown], top: float, given: int
) -> tuple[list[Words], list[dict[str, Any]]]:
    """The words and the signs below the rows that say what the marks mean."""
    claims = [one.claim for one in ordered]
    tones = legend_of((one.side, one.tone) for one in ordered if not one.claim.narrator)
    entries = [(side, _TOLD, tone, tone) for side, tone in tones.items()]
    if any(claim.narrator for claim in claims):
        entries.append(("in the text’s own voice", _OWN, NO_SIDE.light, NO_SIDE.light))
    if any(claim.minimum is claim.maximum is None for claim in claims):
        entries.append(("about so many, without bounds", _TOLD, INK, GROUND))
    if any(claim.maximum is None and claim.minimum is not None for claim in claims):
        entries.append(("no upper bound", _ARROW, INK, INK))
    words, keys = [], []
    across, down = 8.0, top + 26
    for label, shape, stroke, fill in entries:
        width = 24 + _LETTER * len(short(label, 40))
        if across + width > _WIDTH and across > 8:
            across, down = 8.0, down + 20
        keys.append({"px": across, "y": down, "shape": shape, "tone": stroke, "fill": fill})
        words.append(Words(across + 12, down, short(label, 40), FAINT))
        across += width + 6
    if given > len(ordered):
        rest = f"{given - len(ordered):,} more claims are not drawn."
        words.append(Words(0, down + 20, rest, FAINT))
    return words, keys


def _who(one: Shown) -> str:
    """Whose word it is in the end."""
    if one.claim.narrator:
        return "the text itself"
    step = one.claim.chain[-1]
    return " and ".join(step.source) or " and ".join(step.entity) or "nobody named"


def _counts(one: Shown) -> list[int]:
    claim = one.claim
    return [n for n in (claim.value, claim.minimum, claim.maximum) if n is not None]


def _least(one: Shown) -> int:
    return min(_counts(one), default=0)
