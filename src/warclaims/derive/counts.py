"""Count bounds: what a stated number allows at least and at most."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from warclaims.folding import fold
from warclaims.records.vocabulary import Quantifier

if TYPE_CHECKING:
    from collections.abc import Callable

_SEVERAL = re.compile(r"\b(several|a few)\b", re.IGNORECASE)

_INDEFINITE, _RANGE = Quantifier.INDEFINITE, Quantifier.RANGE
_LIMITS: dict[Quantifier, Callable[[int], tuple[int | None, int | None]]] = {
    Quantifier.EXACT: lambda number: (number, number),
    Quantifier.AT_LEAST: lambda number: (number, None),
    Quantifier.MORE_THAN: lambda number: (number + 1, None),
    Quantifier.AT_MOST: lambda number: (min(1, number), number),
    Quantifier.LESS_THAN: lambda number: (max(0, min(1, number - 1)), max(number - 1, 0)),
    Quantifier.APPROXIMATE: lambda _: (None, None),
    Quantifier.ORDER_OF_MAGNITUDE: lambda number: (number, None),
    Quantifier.RANGE: lambda number: (number, None),
}
"""The least and the greatest count by what is said of a number."""


class Bounds(NamedTuple):
    """The least and the greatest count that the words allow; ``None`` if they set no bound."""

    minimum: int | None
    maximum: int | None

    def __str__(self) -> str:
        if self.minimum == self.maximum:
            return "no bounds" if self.minimum is None else f"{self.minimum:,}"
        if self.maximum is None:
            return f"{self.minimum:,} or more"
        return f"{self.minimum or 0:,} to {self.maximum:,}"


def bounds(
    quantifier: Quantifier, value: int | None, words: str, value_max: int | None = None
) -> Bounds:
    """The bounds of a count.

    An approximate number has none: no margin is invented. An indefinite plural is at least 2, at
    least 3 if the words say *several* or *a few*. ``value_max`` is the upper number of a range.

    >>> bounds(Quantifier.MORE_THAN, 7000, "more than 7,000 dead")
    Bounds(minimum=7001, maximum=None)
    >>> bounds(Quantifier.INDEFINITE, None, "several other children")
    Bounds(minimum=3, maximum=None)
    """
    if quantifier is _INDEFINITE:
        return Bounds(3 if _SEVERAL.search(fold(words)) else 2, None)
    if value is None:
        return Bounds(None, None)  # a fraction of another count
    least, most = _LIMITS[quantifier](value)
    return Bounds(least, value_max if quantifier is _RANGE else most)
