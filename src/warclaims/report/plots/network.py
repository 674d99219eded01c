"""Who blames whom: actors in two columns, with arrows from those who blame."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from warclaims.report.plots.drawing import (
    ARROW,
    CIRCLE,
    FAINT,
    LETTER,
    WIDE,
    Drawing,
    folded,
    sides_legend,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from warclaims.report.colours import Tone

MOST = 24
"""Limit of actors drawn: those that blame or are blamed most."""

_ROW = 34
_GAP = 0.2
"""The part of the width between the columns, for the arrows."""

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


def network(
    edges: Edges, nodes: Mapping[str, ActorNode], *, name: str, title: str, width: int = WIDE
) -> str:
    """Those who blame on the left, those whom they blame on the right, as SVG.

    Wider arrows mean more often; one that means more than once has its number.

    Args:
        edges: What ``edges_to_draw`` chose, at least one.
        nodes: The actors by id.
        name: Distinguishes this figure from others of its page.
        title: What a screen reader announces.
        width: Width of the plot in pixels.
    """
    left, right = _columns(edges)
    drawing = Drawing(width, top=30)
    one_end, other_end = width * (1 - _GAP) / 2, width * (1 + _GAP) / 2
    letters = int(one_end / LETTER) - 2
    drawing.words(one_end - 12, -12, "who blames", FAINT, "end")
    drawing.words(other_end + 12, -12, "who is blamed", FAINT)
    for (one, other), number in sorted(edges.items()):
        tone = nodes[one].tone.light
        y1, y2 = _ROW * (left.index(one) + 0.5), _ROW * (right.index(other) + 0.5)
        bend, end = (one_end + other_end) / 2, other_end - 10
        curve = (
            f"M{one_end:.1f},{y1:.1f}C{bend:.1f},{y1:.1f},{bend:.1f},{y2:.1f},{end:.1f},{y2:.1f}"
        )
        thick = min(1.2 + 1.1 * math.sqrt(number), 9)
        drawing.add("path", d=curve, stroke=tone, fill="none", stroke_width=thick, opacity=0.75)
        drawing.mark(end, y2, ARROW, tone)
        if number > 1:
            drawing.words(
                (one_end + 3 * end) / 4, (y1 + 3 * y2) / 4, f"{number:,}", FAINT, "middle"
            )
    for keys, x, away, anchor in ((left, one_end, -12, "end"), (right, other_end, 12, "start")):
        for row, key in enumerate(keys):
            middle = _ROW * (row + 0.5)
            drawing.mark(x, middle, CIRCLE, nodes[key].tone.light)
            lines = folded(nodes[key].label, letters, most=2)
            for number, line in enumerate(lines):
                drawing.words(
                    x + away, middle + 13 * (number - (len(lines) - 1) / 2), line, anchor=anchor
                )
    sides = sides_legend((nodes[key].side, nodes[key].tone) for key in (*left, *right))
    bottom = drawing.legend(sides, _ROW * max(len(left), len(right)) + 18)
    blames = "; ".join(
        f"{nodes[one].label} blames {nodes[other].label} ({number:,})"
        for (one, other), number in sorted(edges.items(), key=lambda item: (-item[1], item[0]))
    )
    description = f"Arrows from who blames to who is blamed: {blames}."
    return drawing.finish(bottom + 16, name=name, title=title, description=description)


def _columns(edges: Edges) -> tuple[list[str], list[str]]:
    """Those who blame, most first; those who are blamed, near those who blame them."""
    weight: Counter[str] = Counter()
    for (one, _), number in edges.items():
        weight[one] += number
    left = sorted(weight, key=lambda key: (-weight[key], key))
    rows: dict[str, list[int]] = defaultdict(list)
    for one, other in edges:
        rows[other].append(left.index(one))
    return left, sorted(rows, key=lambda key: (sum(rows[key]) / len(rows[key]), key))
