"""The interval of a count: what its words allow at least and at most."""

from __future__ import annotations

from functools import lru_cache, reduce
from math import ceil, inf
from typing import TYPE_CHECKING, NamedTuple

from warclaims.language import says_several
from warclaims.records.vocabulary import Quantifier

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warclaims.records import Casualty


class NumberInterval(NamedTuple):
    """The least and the greatest number; the greatest is infinite if it is open."""

    minimum: int
    maximum: float

    def __add__(self, other: object) -> NumberInterval:
        assert isinstance(other, NumberInterval)
        return NumberInterval(self.minimum + other.minimum, self.maximum + other.maximum)

    def without(self, part: NumberInterval) -> NumberInterval:
        """What a part leaves of a whole."""
        least = 0 if part.maximum == inf else max(self.minimum - int(part.maximum), 0)
        return NumberInterval(least, max(self.maximum - part.minimum, 0))

    def meets(self, other: NumberInterval) -> bool:
        """True if one number can be in both."""
        return max(self.minimum, other.minimum) <= min(self.maximum, other.maximum)

    def narrowed(self, other: NumberInterval) -> NumberInterval:
        """The numbers that are in both; unchanged if none is."""
        if not self.meets(other):
            return self
        return NumberInterval(max(self.minimum, other.minimum), min(self.maximum, other.maximum))


NONE = NumberInterval(0, 0)
OPEN = NumberInterval(0, inf)

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
        return self.stated == self.outer == self.core == self.unlimited

    @property
    def is_soft(self) -> bool:
        """True if the words are approximate."""
        return self.stated != self.core or self.outer != self.unlimited

    @property
    def is_open(self) -> bool:
        """True if a comparison allows every number."""
        return self.outer == OPEN

    @property
    def at_least(self) -> Count:
        """The count without a maximum."""
        if self.is_plain:
            return same_count(NumberInterval(self.stated.minimum, inf))
        return Count(*(NumberInterval(one.minimum, inf) for one in self))

    @property
    def up_to(self) -> Count:
        """The count without a minimum."""
        return Count(*(NumberInterval(0, one.maximum) for one in self))

    def without(self, part: Count) -> Count:
        """What a part leaves of a whole."""
        return Count(*map(NumberInterval.without, self, part))

    def narrowed(self, other: Count) -> Count:
        """The numbers that both counts allow."""
        return Count(*map(NumberInterval.narrowed, self, other))


def same_count(one: NumberInterval) -> Count:
    """A count without a margin."""
    return Count(one, one, one, one)


def plain(least: int, most: float) -> Count:
    """A count without a margin, by its bounds."""
    return same_count(NumberInterval(least, most))


def added(counts: Iterable[Count]) -> Count:
    """The sum of counts of different people."""
    return reduce(lambda one, other: Count(*map(NumberInterval.__add__, one, other)), counts)


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


def margin(least: int, most: float) -> NumberInterval:
    """An interval with 10 % more on either side, rounded outwards.

    >>> margin(300, 300)
    NumberInterval(minimum=270, maximum=330)
    """
    return NumberInterval(9 * least // 10, most if most == inf else -(-11 * most // 10))


def count_of(record: Casualty, words: str, language: str, base: Count | None = None) -> Count:
    """The bounds of a casualty record; ``base`` is the count that a fraction is of.

    Orders of magnitude have the minimum that ACLED codes and a soft maximum, the next order.
    """
    quantifier, value = record.quantifier, record.value
    if value is None and record.fraction is not None:
        return _fraction(record, base)
    if value is None or quantifier is Quantifier.INDEFINITE:
        return plain(3 if says_several(words, language) else 2, inf)
    return _number(quantifier, value, record.value_max)


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
        order, least = NumberInterval(value, next_order(value)), NumberInterval(value, inf)
        return Count(order, order, order, least)
    one = 1 if value else 0
    bounds = {
        Quantifier.AT_LEAST: (value, inf),
        Quantifier.MORE_THAN: (value + 1, inf),
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
        return same_count(OPEN)
    return Count(
        *(
            _part(record.quantifier, top, bottom, whole, with_margin=valuation != CORE)
            for valuation, whole in enumerate(base)
        )
    )


def _part(
    quantifier: Quantifier, top: int, bottom: int, whole: NumberInterval, *, with_margin: bool
) -> NumberInterval:
    least = whole.minimum * top // bottom
    most = inf if whole.maximum == inf else ceil(whole.maximum * top / bottom)
    if quantifier is Quantifier.APPROXIMATE and with_margin:
        return margin(least, most)
    if quantifier in (Quantifier.AT_LEAST, Quantifier.MORE_THAN):
        more = quantifier is Quantifier.MORE_THAN and whole.minimum * top % bottom == 0
        return NumberInterval(least + more, whole.maximum)
    if quantifier in (Quantifier.AT_MOST, Quantifier.LESS_THAN):
        less = quantifier is Quantifier.LESS_THAN
        return NumberInterval(min(1, least), max(most - 1, 0) if less else most)
    return NumberInterval(least, most)
