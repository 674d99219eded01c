"""Pair the items of two files by most overlap, whatever their order.

Each item is paired with at most one item of the other file. Where spans nest or are equal, the
pairs with most overlap in total are chosen (linear assignment). Between equal spans the second span
and then the attributes decide.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from warclaims.records import shapes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import BaseModel

    from warclaims.agreement.items import Item
    from warclaims.records import Fragment


class Pair(NamedTuple):
    """Two items and the share of their characters that both cover (Jaccard index)."""

    one: int
    other: int
    overlap: float


_SECOND = 1e-3
_LIKENESS = 1e-6


def pair(ones: Sequence[Item], others: Sequence[Item]) -> list[Pair]:
    """The optimal pairs of overlapping items, in the order of ``ones``."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    edges = {(i, j): jaccard(ones[i].span, others[j].span) for i, j in _touching(ones, others)}
    if not edges:
        return []
    rows, columns = np.array(list(edges)).T
    size = len(ones) + len(others)
    graph = coo_array((np.ones(len(edges)), (rows, columns + len(ones))), shape=(size, size))
    _, label = connected_components(graph, directed=False)
    groups: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for i, j in edges:
        groups[label[i]].append((i, j))

    found: list[Pair] = []
    for group in groups.values():
        left, right = sorted({i for i, _ in group}), sorted({j for _, j in group})
        at_left = {i: n for n, i in enumerate(left)}
        at_right = {j: n for n, j in enumerate(right)}
        weights = np.zeros((len(left), len(right)))
        for i, j in group:
            weights[at_left[i], at_right[j]] = _weight(ones[i], others[j], edges[i, j])
        chosen = zip(*linear_sum_assignment(weights, maximize=True), strict=True)
        found += [
            Pair(left[a], right[b], edges[left[a], right[b]])
            for a, b in chosen
            if (left[a], right[b]) in edges
        ]
    return sorted(found)


def jaccard(one: tuple[Fragment, ...], other: tuple[Fragment, ...]) -> float:
    """Characters in both spans over characters in either."""
    both = shared(one, other)
    total = _length(one) + _length(other) - both
    return both / total if total else 0.0


def shared(one: tuple[Fragment, ...], other: tuple[Fragment, ...]) -> int:
    """The number of characters that both spans cover."""
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)


def _length(span: tuple[Fragment, ...]) -> int:
    return sum(fragment.end - fragment.start for fragment in span)


def _weight(one: Item, other: Item, overlap: float) -> float:
    # Exact pairs count more than any two partial ones, so that exact and overlapping scores
    # come from one assignment; what follows only breaks ties.
    exact = 2.0 if one.key == other.key else 0.0
    return (
        exact
        + overlap
        + _SECOND * jaccard(one.other, other.other)
        + _LIKENESS * _likeness(one, other)
    )


def _likeness(one: Item, other: Item) -> float:
    names = _decided(type(one.record))
    same = sum(bool(getattr(one.record, n) == getattr(other.record, n, None)) for n in names)
    return same / (len(names) or 1)


def _decided(model: type[BaseModel]) -> list[str]:
    return [n for n, shape in shapes(model).items() if shape.choices is not None or n == "value"]


def _touching(ones: Sequence[Item], others: Sequence[Item]) -> set[tuple[int, int]]:
    """The pairs whose spans share a character: one sweep over all fragments in text order."""
    events = sorted(
        (fragment.start, fragment.end, side, number)
        for side, items in enumerate((ones, others))
        for number, item in enumerate(items)
        for fragment in item.span
    )
    found: set[tuple[int, int]] = set()
    open_now: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    for start, end, side, number in events:
        for listed in open_now:
            listed[:] = [entry for entry in listed if entry[0] > start]
        for _, opposite in open_now[1 - side]:
            found.add((number, opposite) if side == 0 else (opposite, number))
        open_now[side].append((end, number))
    return found
