"""Count bounds: what a stated number allows at least and at most."""

from __future__ import annotations

import re
from typing import NamedTuple

from warclaims.folding import fold
from warclaims.records.vocabulary import Quantifier

_SEVERAL = re.compile(r"\b(several|a few)\b", re.IGNORECASE)


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
    if value is None and quantifier is not Quantifier.INDEFINITE:
        return Bounds(None, None)  # a fraction of another count
    if quantifier is Quantifier.INDEFINITE or value is None:
        return Bounds(3 if _SEVERAL.search(fold(words)) else 2, None)
    if quantifier is Quantifier.EXACT:
        return Bounds(value, value)
    if quantifier is Quantifier.RANGE:
        return Bounds(value, value_max)
    return Bounds(
        *{
            Quantifier.AT_LEAST: (value, None),
            Quantifier.MORE_THAN: (value + 1, None),
            Quantifier.AT_MOST: (min(1, value), value),
            Quantifier.LESS_THAN: (max(0, min(1, value - 1)), max(value - 1, 0)),
            Quantifier.APPROXIMATE: (None, None),
            Quantifier.ORDER_OF_MAGNITUDE: (value, None),
        }[quantifier]
    )
