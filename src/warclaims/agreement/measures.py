"""The measures: precision, recall and F1; Cohen's κ, Krippendorff's α; bootstrap intervals.

All are computed from sums over texts, so that memory does not grow with their number.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from warclaims.wording import score

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    import numpy as np
    from numpy.typing import NDArray


class Interval(NamedTuple):
    """A percentile bootstrap interval."""

    low: float
    high: float


class Prf(NamedTuple):
    """Precision, recall and F1 of the second set against the first; F1 is the same either way.

    ``None`` if there is nothing to divide by.
    """

    precision: float | None
    recall: float | None
    f1: float | None

    @classmethod
    def of(cls, both: float, first: float, second: float) -> Prf:
        """From the size of what is in both, in the first, and in the second set.

        >>> Prf.of(3, 4, 6)
        Prf(precision=0.5, recall=0.75, f1=0.6)
        """
        return cls(
            both / second if second else None,
            both / first if first else None,
            2 * both / (first + second) if first + second else None,
        )


class Coefficient(NamedTuple):
    """A coefficient of agreement beyond chance, or ``None`` and the reason."""

    value: float | None
    reason: str | None = None

    def in_words(self) -> str:
        """The coefficient as a number, else the reason."""
        return score(self.value) if self.value is not None else f"– ({self.reason})"


class Ratings:
    """The values that raters gave to the same units, kept as sums.

    >>> rated = Ratings()
    >>> for values in (("a", "a"), ("a", "a"), ("b", "b"), ("b", "a")):
    ...     _ = rated.add(values)
    >>> rated.kappa.value
    0.5
    >>> round(rated.alpha.value, 3)
    0.533
    """

    def __init__(self) -> None:
        self.units = 0
        self._values = 0
        self._agreeing = 0.0
        self._given: defaultdict[int, Counter[Hashable]] = defaultdict(Counter)
        self._different: Counter[int] = Counter()
        self._products = 0
        self._pairs = 0

    def add(self, values: Sequence[Hashable]) -> float:
        """Add a unit with the values of the raters who rated it, two or more, in their order.

        Returns how many of these values agree: of two all or none, of more their share of agreeing
        pairs times their number.
        """
        alike = sum(n * (n - 1) for n in Counter(values).values()) / (len(values) - 1)
        self.units += 1
        self._values += len(values)
        self._agreeing += alike
        for rater, value in enumerate(values):
            self._given[rater][value] += 1
        return alike

    def end_text(self) -> None:
        """Keep of all values but empty ones only sums, because no other text has them."""
        for value in [value for value in self._all() if value]:
            numbers = [given.pop(value, 0) for given in self._given.values()]
            self._different.update(rater for rater, number in enumerate(numbers) if number)
            self._products += numbers[0] * numbers[1]
            self._pairs += sum(numbers) * (sum(numbers) - 1)

    def _all(self) -> Counter[Hashable]:
        return sum(self._given.values(), Counter())

    @property
    def agreement(self) -> float | None:
        """The share of agreeing values: of two raters, of units with equal values."""
        return self._agreeing / self._values if self.units else None

    @property
    def kappa(self) -> Coefficient:
        """Cohen's κ of two raters (Cohen 1960).

        The observed agreement beyond that of two raters who choose independently with the same
        frequencies. ``None`` if a rater used one value only: κ then says nothing about agreement.
        """
        if not self.units:
            return Coefficient(None, "no matched records")
        if len(self._given) > 2:
            return Coefficient(None, "more than two raters")
        first, second = self._given[0], self._given[1]
        if any(self._different[rater] + len(self._given[rater]) == 1 for rater in (0, 1)):
            return Coefficient(None, "a rater used one value only")
        products = self._products + sum(first[value] * second[value] for value in first)
        chance = products / self.units**2
        return Coefficient((self._agreeing / self._values - chance) / (1 - chance))

    @property
    def alpha(self) -> Coefficient:
        """Krippendorff's α of any number of raters for nominal values, some of them missing.

        Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), part C. ``None`` if all
        values are equal: α then says nothing about agreement.
        """
        if not self.units:
            return Coefficient(None, "no matched records")
        alike = self._pairs + sum(n * (n - 1) for n in self._all().values())
        possible = self._values * (self._values - 1)
        if alike == possible:
            return Coefficient(None, "all values are equal")
        return Coefficient(((self._values - 1) * self._agreeing - alike) / (possible - alike))


def times_drawn(number: int, rounds: int, generator: np.random.Generator) -> NDArray[np.float64]:
    """How often each of ``number`` sentences or texts is drawn in a bootstrap: number × rounds.

    In each round as many are drawn as there are, with replacement.
    """
    import numpy as np

    if not number:
        return np.zeros((0, rounds))
    shares = np.full(number, 1 / number)
    return generator.multinomial(number, shares, size=rounds).T.astype(np.float64)


def ratio_interval(
    numerators: NDArray[np.float64], denominators: NDArray[np.float64]
) -> Interval | None:
    """The 95 % percentile interval of a ratio from its two parts in each bootstrap round."""
    import numpy as np

    drawn = numerators[denominators > 0] / denominators[denominators > 0]
    if not drawn.size:
        return None
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Interval(float(low), float(high))
