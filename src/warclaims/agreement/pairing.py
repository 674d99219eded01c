"""Pair the items of two files by most overlap, whatever their order.

Each item is paired with at most one item of the other file. Where spans nest or are equal, the
pairs with most overlap in total are chosen (linear assignment). Between equal spans the second span
and then the attributes decide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from warclaims.records import shapes

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray
    from pydantic import BaseModel

    from warclaims.agreement.items import Item
    from warclaims.records import Fragment


class Pair(NamedTuple):
    """Two items and the share of their characters that both cover (Jaccard index)."""

    one: int
    other: int
    overlap: float


_EXACT = 2.0
"""More than any two partial overlaps, so that exact and overlapping scores come from one pairing.
The weights below only break ties."""

_SECOND = 1e-3
_LIKENESS = 1e-6


def pair(ones: Sequence[Item], others: Sequence[Item]) -> list[Pair]:
    """The optimal pairs of overlapping items, in the order of ``ones``."""
    from scipy.optimize import linear_sum_assignment

    overlap = jaccard([item.span for item in ones], [item.span for item in others])
    second = jaccard([item.other for item in ones], [item.other for item in others])
    weights = (overlap + _SECOND * second) * (overlap > 0)
    for i, j in zip(*overlap.nonzero(), strict=True):
        weights[i, j] += _EXACT * (ones[i].key == others[j].key)
        weights[i, j] += _LIKENESS * _likeness(ones[i], others[j])
    chosen = zip(*linear_sum_assignment(weights, maximize=True), strict=True)
    return [Pair(int(i), int(j), float(overlap[i, j])) for i, j in chosen if overlap[i, j]]


def jaccard(
    ones: Sequence[Sequence[Fragment]], others: Sequence[Sequence[Fragment]]
) -> NDArray[np.float64]:
    """Characters in both spans over characters in either, for each of ``ones`` and ``others``."""
    import numpy as np

    def fragments(spans: Sequence[Sequence[Fragment]]) -> NDArray[np.int64]:
        rows = [(number, f.start, f.end) for number, span in enumerate(spans) for f in span]
        return np.array(rows, dtype=np.int64).reshape(-1, 3).T

    (one, start, end), (other, begin, stop) = fragments(ones), fragments(others)
    both = np.zeros((len(ones), len(others)))
    shared = np.minimum.outer(end, stop) - np.maximum.outer(start, begin)
    np.add.at(both, (one[:, None], other), np.maximum(shared, 0))
    lengths = (
        np.bincount(one, end - start, len(ones)),
        np.bincount(other, stop - begin, len(others)),
    )
    shares: NDArray[np.float64] = both / np.maximum(np.add.outer(*lengths) - both, 1)
    return shares


def _likeness(one: Item, other: Item) -> float:
    """The share of the values chosen by the annotators that are the same."""
    model: type[BaseModel] = type(one.record)
    same = [
        bool(getattr(one.record, name) == getattr(other.record, name, None))
        for name, shape in shapes(model).items()
        if shape.choices is not None or name == "value"
    ]
    return sum(same) / (len(same) or 1)
