"""The interval of a count: what its words allow at least and at most."""

from __future__ import annotations

import re
from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from warclaims.folding import fold
from warclaims.records.vocabulary import Quantifier

if TYPE_CHECKING:
    from warclaims.records import Casualty

_A_FEW = re.compile(
    r"\b(several|a few|some few|vari[oa]s|algun[oa]s|unos cuantos|plusieurs|quelques|mehrere|"
    r"einige|v[aá]ri[oa]s|alguns|divers[ie]|alcun[ie]|несколько|кілька|декілька|kilka|několik|"
    r"birkaç)\b|عدة|بضع|عدد من|几|數|数名",
    re.IGNORECASE,
)
"""Words for *several* in languages that reports are often written in; their minimum is 3."""


class NumberInterval(NamedTuple):
    """The least and the greatest number; ``None`` is open."""

    minimum: int
    maximum: int | None

    def __add__(self, other: object) -> NumberInterval:
        assert isinstance(other, NumberInterval)
        most = None if None in (self.maximum, other.maximum) else self.maximum + other.maximum  # type: ignore[operator]
        return NumberInterval(self.minimum + other.minimum, most)

    def meets(self, other: NumberInterval) -> bool:
        """True if one number can be in both."""
        most = [bound for bound in (self.maximum, other.maximum) if bound is not None]
        return not most or max(self.minimum, other.minimum) <= min(most)

    def both(self, other: NumberInterval) -> NumberInterval:
        """The numbers that are in both; only if they meet."""
        most = [bound for bound in (self.maximum, other.maximum) if bound is not None]
        return NumberInterval(max(self.minimum, other.minimum), min(most) if most else None)


NOTHING = NumberInterval(0, 0)
OPEN = NumberInterval(0, None)

STATED, OUTER, CORE, UNLIMITED = range(4)
"""The valuations of a count: see :class:`Count`."""


class Count(NamedTuple):
    """A count under its four valuations.

    Attributes:
        stated: What the words allow: ± 10 % for an approximate number.
        outer: What a comparison allows: ± 10 % for a possible rounding as well.
        core: The number itself, without a margin.
        unlimited: As ``outer``, but an order of magnitude has no maximum.
    """

    stated: NumberInterval
    outer: NumberInterval
    core: NumberInterval
    unlimited: NumberInterval

    @property
    def is_plain(self) -> bool:
        """True if all valuations are the same."""
        return self.stated is self.outer is self.core is self.unlimited

    @property
    def is_soft(self) -> bool:
        """True if the words are approximate."""
        return self.stated != self.core or self.outer != self.unlimited


def plain(least: int, most: int | None) -> Count:
    """A count without a margin."""
    one = NumberInterval(least, most)
    return Count(one, one, one, one)


def added(counts: list[Count]) -> Count:
    """The sum of counts of different people."""
    if len(counts) == 1:
        return counts[0]
    sums = [NumberInterval(0, 0)] * 4
    for count in counts:
        sums = [one + other for one, other in zip(sums, count, strict=True)]
    return Count(*sums)


def at_least(count: Count) -> Count:
    """The count without a maximum."""
    return Count(*(NumberInterval(one.minimum, None) for one in count))


def up_to(count: Count) -> Count:
    """The count without a minimum."""
    return Count(*(NumberInterval(0, one.maximum) for one in count))


def may_be_rounded(value: int) -> bool:
    """True for a number of at least 1,000 with at most two significant digits.

    >>> may_be_rounded(5000), may_be_rounded(5310), may_be_rounded(900)
    (True, False, False)
    """
    return value >= 1000 and len(str(value).rstrip("0")) <= 2


def next_order(value: int) -> int:
    """The greatest number of the order of magnitude of ``value``.

    >>> [next_order(value) for value in (12, 20, 100, 1000)]
    [99, 99, 999, 9999]
    """
    return int(10 ** len(str(max(value, 1)))) - 1


def margin(least: int, most: int | None) -> NumberInterval:
    """An interval with 10 % more on either side, rounded outwards.

    >>> margin(300, 300)
    NumberInterval(minimum=270, maximum=330)
    """
    return NumberInterval(9 * least // 10, None if most is None else -(-11 * most // 10))


def count_of(record: Casualty, words: str, base: Count | None = None) -> Count:
    """The bounds of a casualty record; ``base`` is the count that a fraction is of.

    Orders of magnitude have the minimum that ACLED codes and a soft maximum, the next order.
    """
    quantifier, value = record.quantifier, record.value
    if value is None and record.fraction is not None:
        return _fraction(record, base)
    if value is None or quantifier is Quantifier.INDEFINITE:
        return plain(3 if _is_a_few(words) else 2, None)
    return _number(quantifier, value, record.value_max)


@lru_cache(maxsize=1 << 12)
def _is_a_few(words: str) -> bool:
    return _A_FEW.search(fold(words)) is not None


@lru_cache(maxsize=1 << 12)
def _number(quantifier: Quantifier, value: int, value_max: int | None) -> Count:
    if quantifier is Quantifier.EXACT:
        exact = NumberInterval(value, value)
        wide = margin(value, value) if may_be_rounded(value) else exact
        return Count(exact, wide, exact, wide)
    if quantifier is Quantifier.APPROXIMATE:
        about = margin(value, value)
        return Count(about, about, NumberInterval(value, value), about)
    if quantifier is Quantifier.ORDER_OF_MAGNITUDE:
        order, least = NumberInterval(value, next_order(value)), NumberInterval(value, None)
        return Count(order, order, order, least)
    one = 1 if value else 0
    bounds = {
        Quantifier.AT_LEAST: (value, None),
        Quantifier.MORE_THAN: (value + 1, None),
        Quantifier.AT_MOST: (one, value),
        Quantifier.LESS_THAN: (min(one, max(value - 1, 0)), max(value - 1, 0)),
        Quantifier.RANGE: (value, value if value_max is None else value_max),
    }
    return plain(*bounds[quantifier])


def _fraction(record: Casualty, base: Count | None) -> Count:
    """A part of another count, rounded outwards."""
    assert record.fraction is not None
    top, bottom = record.fraction.numerator, record.fraction.denominator
    if base is None:
        return plain(0, None)
    found = []
    for valuation, whole in enumerate(base):
        least = whole.minimum * top // bottom
        most = None if whole.maximum is None else ceil(whole.maximum * top / bottom)
        quantifier = record.quantifier
        if quantifier is Quantifier.APPROXIMATE and valuation != CORE:
            found.append(margin(least, most))
        elif quantifier in (Quantifier.AT_LEAST, Quantifier.MORE_THAN):
            more = quantifier is Quantifier.MORE_THAN and whole.minimum * top % bottom == 0
            found.append(NumberInterval(least + more, whole.maximum))
        elif quantifier is Quantifier.AT_MOST:
            found.append(NumberInterval(min(1, least), most))
        elif quantifier is Quantifier.LESS_THAN:
            found.append(NumberInterval(min(1, least), None if most is None else max(most - 1, 0)))
        else:
            found.append(NumberInterval(least, most))
    return plain(*found[0]) if len(set(found)) == 1 else Count(*found)
