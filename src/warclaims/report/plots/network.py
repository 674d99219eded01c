"""Who blames whom: a network of actors."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from warclaims.report.plots.drawing import (
    FAINT,
    GROUND,
    LETTER,
    Drawing,
    short,
    sides_legend,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from warclaims.report.colours import Tone

MOST = 24
"""Limit of actors drawn: those that blame or are blamed most."""

_WIDTH, _HEIGHT = 760, 540
_MARGIN = 70
_NODE = 9
_SEED = 20
_CLEAR = 15
"""Names closer than this overlap."""

Point = tuple[float, float]
Edges = dict[tuple[str, str], int]
"""How often the first blames the second, by their ids."""


class ActorNode(NamedTuple):
    """An actor with its side."""

    label: str
    side: str
    tone: Tone


def edges_to_draw(edges: Mapping[tuple[str, str], int]) -> Edges:
    """The edges to draw: among the actors that blame or are blamed most, without loops."""
    weight: Counter[str] = Counter()
    others = {pair: number for pair, number in edges.items() if pair[0] != pair[1]}
    for pair, number in others.items():
        for name in pair:
            weight[name] += number
    kept = set(sorted(weight, key=lambda name: (-weight[name], name))[:MOST])
    return {pair: others[pair] for pair in sorted(others) if kept.issuperset(pair)}


def network(edges: Edges, nodes: Mapping[str, ActorNode], *, name: str, title: str) -> str:
    """Arrows from those who blame to those whom they blame, the wider the more often, as SVG.

    Args:
        edges: What ``edges_to_draw`` chose, at least one.
        nodes: The actors by id.
        name: Distinguishes this figure from others of its page.
        title: What a screen reader announces.
    """
    edges = dict(sorted(edges.items()))
    places = _layout(edges)
    drawing = Drawing(_WIDTH)
    numbers = []
    for (one, other), number in edges.items():
        both = (other, one) in edges
        middle = _arrow(drawing, places[one], places[other], number, nodes[one].tone.light, both)
        if number > 1:
            numbers.append((*middle, f"{number:,}"))
    for key, (x, y) in places.items():
        drawing.add("circle", cx=x, cy=y, r=_NODE, fill=nodes[key].tone.light, stroke=GROUND)
    for x, y, text in numbers:
        drawing.words(x, y, text, FAINT, "middle")
    taken = list(places.values())
    for key, place in places.items():
        text = short(nodes[key].label, 30)
        x, y = _beside(place, LETTER * len(text) / 2, taken)
        drawing.words(x, y, text, anchor="middle", bold=True)
    sides = sides_legend((nodes[key].side, nodes[key].tone) for key in places)
    bottom = drawing.legend(sides, _HEIGHT + 18)
    blames = "; ".join(
        f"{nodes[one].label} blames {nodes[other].label} ({number:,})"
        for (one, other), number in sorted(edges.items(), key=lambda item: (-item[1], item[0]))
    )
    description = f"Arrows from who blames to who is blamed: {blames}."
    return drawing.finish(bottom + 16, name=name, title=title, description=description)


def _layout(edges: Edges) -> dict[str, Point]:
    """A place for each actor, near those whom it blames or who blame it."""
    import networkx
    import numpy

    graph = networkx.Graph()
    graph.add_nodes_from(sorted({name for pair in edges for name in pair}))
    for (one, other), number in edges.items():
        graph.add_edge(one, other, weight=math.log2(1 + number))
    apart = 2.2 / math.sqrt(len(graph))
    found = networkx.spring_layout(graph, k=apart, iterations=300, seed=_SEED)
    points = numpy.array(list(found.values()))
    spread = numpy.ptp(points, axis=0)
    shares = (points - points.min(axis=0)) / numpy.where(spread, spread, 1)
    room = (_WIDTH - 2 * _MARGIN, _HEIGHT - _MARGIN)
    placed = shares * room + (_MARGIN, _MARGIN / 2)
    return {name: (float(x), float(y)) for name, (x, y) in zip(found, placed, strict=True)}


def _arrow(  # noqa: PLR0917
    drawing: Drawing, start: Point, end: Point, number: int, tone: str, both: bool
) -> Point:
    """Draw an arrow, beside the opposite one if there are ``both``; a point beside its middle."""
    length = math.dist(start, end) or 1
    ahead, aside = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    shift = 6 if both else 0
    x, y = start[0] - aside * shift, start[1] + ahead * shift
    wide = min(1.2 + 1.1 * math.sqrt(number), 9)
    head = 7 + wide
    # A line along the x axis with its head, turned into place.
    turn = math.degrees(math.atan2(aside, ahead))
    tip = length - _NODE
    shaft = f"M0,{-wide / 2:.1f}H{tip - head:.1f}V{-head / 2:.1f}L{tip:.1f},0"
    back = f"L{tip - head:.1f},{head / 2:.1f}V{wide / 2:.1f}H0Z"
    place = f"translate({x:.1f},{y:.1f}) rotate({turn:.1f})"
    drawing.add("path", d=shaft + back, transform=place, fill=tone, opacity=0.75)
    along = 0.45 * length
    return x + along * ahead - aside * (wide + 7), y + along * aside + ahead * (wide + 7)


def _beside(place: Point, half: float, taken: list[Point]) -> Point:
    """Where a name of this half width covers the fewest of the points ``taken``; it is added."""
    x, y = place
    spots = [(x + aside, y + down) for aside in (0, half - 9, 9 - half) for down in (-19, 19)]
    spots += [(x + 14 + half, y), (x - 14 - half, y)]
    spots = [s for s in spots if half <= s[0] <= _WIDTH - half] or spots[:1]

    def covered(spot: Point) -> int:
        return sum(
            abs(spot[1] - other[1]) < _CLEAR and abs(spot[0] - other[0]) < half + _NODE
            for other in taken
        )

    best = min(spots, key=covered)
    # A name takes up its whole length, not only its middle.
    taken += [(best[0] + part * half, best[1]) for part in (-1, -0.5, 0, 0.5, 1)]
    return best
