"""Who blames whom: a network of actors."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from warclaims.report.plots.drawing import (
    FAINT,
    GROUND,
    Room,
    Words,
    compiled,
    draw,
    legend_of,
    short,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from warclaims.report.colours import Tone
    from warclaims.report.plots.drawing import Figure

MOST = 24
"""So many actors are drawn, those that blame or are blamed most."""

_WIDTH, _HEIGHT = 760, 540
_MARGIN = 70
_NODE = 9
_SEED = 20
_LETTER = 6.6
Point = tuple[float, float]


class Node(NamedTuple):
    """An actor with the side it is of."""

    label: str
    side: str
    tone: Tone


Edges = dict[tuple[str, str], int]
"""How often the first blames the second, by their ids."""


def drawn_of(edges: Mapping[tuple[str, str], int]) -> Edges:
    """The edges that are drawn: among the actors that blame or are blamed most, none to itself."""
    weight: Counter[str] = Counter()
    others = {pair: number for pair, number in edges.items() if pair[0] != pair[1]}
    for pair, number in others.items():
        for name in pair:
            weight[name] += number
    kept = set(sorted(weight, key=lambda name: (-weight[name], name))[:MOST])
    return {pair: others[pair] for pair in sorted(others) if kept.issuperset(pair)}


def network(edges: Edges, nodes: Mapping[str, Node], *, name: str, title: str) -> Figure:
    """Arrows from those who blame to those whom they blame, the wider the more often.

    Args:
        edges: What ``drawn_of`` chose, at least one.
        nodes: The actors by id.
        name: Tells this figure from others of its page.
        title: What it is of.
    """
    import altair as alt

    edges = dict(sorted(edges.items()))
    at = _layout(edges)
    lines, heads, numbers = _arrows(edges, nodes, at)
    circles = [
        {"x": x, "y": y, "tone": nodes[key].tone.light, "size": 220} for key, (x, y) in at.items()
    ]
    tones = legend_of((nodes[key].side, nodes[key].tone) for key in at)
    keys, told = _legend(tones)

    def rows(values: Sequence[dict[str, Any]]) -> alt.Chart:
        return alt.Chart(alt.InlineData(values=list(values)))

    x, y = alt.X("x:Q", scale=None, axis=None), alt.Y("y:Q", scale=None, axis=None)
    fill = alt.Fill("tone:N", scale=None)
    size = alt.Size("size:Q", scale=None)
    stroke = alt.Stroke("tone:N", scale=None)
    chart = alt.layer(
        rows(lines)
        .mark_rule(opacity=0.75)
        .encode(
            x, y, stroke, x2="x2:Q", y2="y2:Q", strokeWidth=alt.StrokeWidth("wide:Q", scale=None)
        ),
        rows(heads)
        .mark_point(shape="triangle-up", opacity=1, strokeWidth=0)
        .encode(x, y, fill, size, angle=alt.Angle("turn:Q", scale=None)),
        rows(circles + keys)
        .mark_point(shape="circle", opacity=1, stroke=GROUND, strokeWidth=2)
        .encode(x, y, fill, size),
    ).properties(width=_WIDTH, height=_HEIGHT)
    blames = "; ".join(
        f"{nodes[one].label} blames {nodes[other].label} ({number:,})"
        for (one, other), number in sorted(edges.items(), key=lambda item: (-item[1], item[0]))
    )
    return draw(
        compiled(chart),
        name=name,
        title=title,
        description=f"Arrows from who blames to who is blamed: {blames}.",
        texts=[*numbers, *_names(at, nodes, lines), *told],
        room=Room(_WIDTH, _HEIGHT, 0, 0, 0, 56),
    )


def _layout(edges: Edges) -> dict[str, Point]:
    """Where the actors stand: near those whom they blame or who blame them."""
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(sorted({name for pair in edges for name in pair}))
    for (one, other), number in edges.items():
        graph.add_edge(one, other, weight=math.log2(1 + number))
    apart = 2.2 / math.sqrt(len(graph))
    places = networkx.spring_layout(graph, k=apart, iterations=300, seed=_SEED)
    wide, high = _WIDTH - 2 * _MARGIN, _HEIGHT - _MARGIN
    xs, ys = zip(*places.values(), strict=True)
    return {
        name: (
            round(_MARGIN + wide * _share(x, xs), 1),
            round(_MARGIN / 2 + high * _share(y, ys), 1),
        )
        for name, (x, y) in places.items()
    }


def _share(value: float, values: Sequence[float]) -> float:
    least, most = min(values), max(values)
    return 0.5 if most == least else float((value - least) / (most - least))


def _arrows(
    edges: Edges, nodes: Mapping[str, Node], at: Mapping[str, Point]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[Words]]:
    """Lines, their heads, and how often, beside lines that stand for more than one time."""
    lines, heads, numbers = [], [], []
    for (one, other), number in edges.items():
        (x1, y1), (x2, y2) = at[one], at[other]
        length = math.hypot(x2 - x1, y2 - y1) or 1
        ahead, aside = (x2 - x1) / length, (y2 - y1) / length
        # Two that blame each other have a line each, beside the other's.
        shift = 6 if (other, one) in edges else 0
        x1, y1, x2, y2 = (
            x1 - aside * shift,
            y1 + ahead * shift,
            x2 - aside * shift,
            y2 + ahead * shift,
        )
        wide = min(1.2 + 1.1 * math.sqrt(number), 9)
        head = 7 + wide
        end_x, end_y = x2 - ahead * (_NODE + head / 2), y2 - aside * (_NODE + head / 2)
        tone = nodes[one].tone.light
        lines.append({"x": x1, "y": y1, "x2": end_x, "y2": end_y, "tone": tone, "wide": wide})
        turn = math.degrees(math.atan2(ahead, -aside))
        heads.append({"x": end_x, "y": end_y, "tone": tone, "turn": turn, "size": head**2})
        if number > 1:
            x, y = x1 + 0.45 * (x2 - x1) - aside * 9, y1 + 0.45 * (y2 - y1) + ahead * 9
            numbers.append(Words(round(x, 1), round(y, 1), f"{number:,}", FAINT, anchor="middle"))
    return [_rounded(row) for row in lines], [_rounded(row) for row in heads], numbers


def _rounded(row: dict[str, Any]) -> dict[str, Any]:
    return {
        key: round(value, 1) if isinstance(value, float) else value for key, value in row.items()
    }


def _names(
    at: Mapping[str, Point], nodes: Mapping[str, Node], lines: Sequence[dict[str, Any]]
) -> Iterator[Words]:
    """Each name above, below or beside its circle, where it covers least."""
    inked = [point for line in lines for point in _along(line)]
    taken = [(x - _NODE, x + _NODE, y) for x, y in at.values()]
    for key, (x, y) in at.items():
        text = short(nodes[key].label, 30)
        half = _LETTER * len(text) / 2
        middle = max(half + 2, min(_WIDTH - half - 2, x))
        spots = [(middle, y - 19), (middle, y + 19), (x + 14 + half, y), (x - 14 - half, y)]
        spots = [s for s in spots if s[0] - half >= 0 and s[0] + half <= _WIDTH] or spots[:1]
        across, down = min(spots, key=lambda spot: _covered(spot, half, taken, inked))
        taken.append((across - half, across + half, down))
        yield Words(round(across, 1), round(down, 1), text, bold=True, anchor="middle")


def _along(line: dict[str, Any]) -> Iterator[Point]:
    """Points of a line, six units apart."""
    wide, high = line["x2"] - line["x"], line["y2"] - line["y"]
    steps = max(int(math.hypot(wide, high) / 6), 1)
    for step in range(steps + 1):
        yield line["x"] + wide * step / steps, line["y"] + high * step / steps


def _covered(
    spot: Point, half: float, taken: Sequence[tuple[float, float, float]], inked: Sequence[Point]
) -> tuple[int, int]:
    """How many names and circles, and how much of lines, a name there would cover."""
    left, right, down = spot[0] - half, spot[0] + half, spot[1]
    names = sum(abs(down - y) < 15 and left < end and right > begin for begin, end, y in taken)
    return names, sum(abs(down - y) < 9 and left < x < right for x, y in inked)


def _legend(tones: Mapping[str, str]) -> tuple[list[dict[str, Any]], list[Words]]:
    keys: list[dict[str, Any]] = []
    told: list[Words] = []
    across, down = 10.0, _HEIGHT + 18.0
    for label, tone in tones.items():
        text = short(label, 40)
        width = 26 + _LETTER * len(text)
        if across + width > _WIDTH:
            across, down = 10.0, down + 22
        keys.append({"x": across, "y": down, "tone": tone, "size": 110})
        told.append(Words(across + 12, down, text, FAINT))
        across = round(across + width + 8, 1)
    return keys, told
