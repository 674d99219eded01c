"""The measures: precision, recall and F1; Cohen's κ; bootstrap intervals."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

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


class Kappa(NamedTuple):
    """Cohen's κ, or ``None`` and the reason."""

    value: float | None
    reason: str | None = None


def kappa(ones: Sequence[Hashable], others: Sequence[Hashable]) -> Kappa:
    """Cohen's κ of two raters over the same items (Cohen 1960).

    The observed agreement beyond that of two raters who choose independently with the same
    frequencies. ``None`` if a rater used one value only: κ then says nothing about agreement.

    >>> kappa(["a", "a", "b", "b"], ["a", "a", "b", "a"]).value
    0.5
    """
    total = len(ones)
    if not total:
        return Kappa(None, "no matched records")
    first, second = Counter(ones), Counter(others)
    if len(first) == 1 or len(second) == 1:
        return Kappa(None, "a rater used one value only")
    observed = sum(a == b for a, b in zip(ones, others, strict=True)) / total
    chance = sum(first[value] * second[value] for value in first) / total**2
    return Kappa((observed - chance) / (1 - chance))


def bootstrap_weights(strata: Sequence[int], rounds: int, seed: int) -> NDArray[np.int64]:
    """How often each sentence is drawn in each round: rounds × sentences.

    ``strata`` gives the number of sentences of each text: sentences are drawn with replacement
    within their text, as many as it has.
    """
    import numpy as np

    generator = np.random.default_rng(seed)
    parts = [
        generator.multinomial(size, np.full(size, 1 / size), size=rounds) for size in strata if size
    ]
    return np.concatenate(parts, axis=1) if parts else np.zeros((rounds, 0), dtype=np.int64)


def ratio_interval(
    weights: NDArray[np.int64],
    numerator: NDArray[np.float64],
    denominator: NDArray[np.float64],
) -> Interval | None:
    """The 95 % percentile interval of sum(numerator) / sum(denominator) over drawn sentences."""
    import numpy as np

    above, below = weights @ numerator, weights @ denominator
    drawn = above[below > 0] / below[below > 0]
    if not drawn.size:
        return None
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Interval(float(low), float(high))
