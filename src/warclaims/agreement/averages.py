"""Average precision, recall and F1 over texts in two ways, with intervals by bootstrap over texts.

Counts are arrays 3 × texts: how many of what is predicted is found, how many are expected, and how
many are predicted.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from warclaims.agreement.compare import SEED
from warclaims.agreement.measures import Interval, Prf, ratio_interval, times_drawn

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping
    from typing import TypeVar

    import numpy as np
    from numpy.typing import NDArray

    Name = TypeVar("Name", bound=Hashable)
    Counts = NDArray[np.float64]

MICRO, MACRO = "micro", "macro"

_CELLS = 10_000_000
"""So many draws are in memory at once."""


def _sums(counts: Counts) -> Counts:
    """Numerators and denominators of precision, recall and F1 per text: 6 × texts."""
    import numpy as np

    found, expected, predicted = counts
    return np.array([found, predicted, found, expected, 2 * found, expected + predicted])


def _ratios(counts: Counts) -> Counts:
    """The ratios per text, 0 where there is none, each with 1 where there is one: 6 × texts."""
    import numpy as np

    above, below = _sums(counts).reshape(3, 2, -1).swapaxes(0, 1)
    exists = below > 0
    ratios = np.divide(above, below, out=np.zeros(above.shape), where=exists)
    return np.stack([ratios, exists], axis=1).reshape(6, -1)


_AVERAGES = {MICRO: _sums, MACRO: _ratios}


def averages(counts: Counts) -> dict[str, Prf]:
    """Precision, recall and F1 of all texts.

    *micro*: of the counts added up. *macro*: the mean of the texts that have the ratio.

    >>> import numpy as np
    >>> found = averages(np.array([[1, 1], [1, 4], [1, 2]]))
    >>> found["micro"].recall, found["macro"].recall
    (0.4, 0.625)
    """
    found = {}
    for average, parts in _AVERAGES.items():
        ratios = parts(counts).sum(axis=1).reshape(3, 2).tolist()
        found[average] = Prf(*(above / below if below else None for above, below in ratios))
    return found


def average_intervals(
    counts: Mapping[Name, Counts], rounds: int
) -> dict[tuple[Name, str], list[Interval | None]]:
    """The 95 % intervals of precision, recall and F1, by name and average.

    All ``counts`` are of the same texts, and in each round the same texts are drawn for all of
    them. Empty if there are fewer than two texts.
    """
    import numpy as np

    texts = max((one.shape[1] for one in counts.values()), default=0)
    if texts < 2:
        return {}
    generator = np.random.default_rng(SEED)
    size = max(1, _CELLS // texts)
    drawn: defaultdict[tuple[Name, str], list[Counts]] = defaultdict(list)
    for at in range(0, rounds, size):
        weights = times_drawn(texts, min(size, rounds - at), generator)
        for name, one in counts.items():
            for average, parts in _AVERAGES.items():
                drawn[name, average].append(parts(one) @ weights)
    return {
        name: [ratio_interval(*ratio) for ratio in np.hstack(some).reshape(3, 2, -1)]
        for name, some in drawn.items()
    }
