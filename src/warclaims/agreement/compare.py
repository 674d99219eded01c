"""Score the agreement of annotation sets over several texts, one text at a time.

Counts of texts are added up, also those of each round of the bootstrap: memory does not grow with
the number of texts, except for what is listed text by text.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Any

from warclaims.agreement.items import OF_ONE_TEXT, UNITS, compared_fields
from warclaims.agreement.measures import (
    Coefficient,
    Interval,
    Prf,
    Ratings,
    ratio_interval,
    times_drawn,
)
from warclaims.agreement.text import MatchedText, TextComparison
from warclaims.errors import WarclaimsError
from warclaims.records import LAYERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from warclaims.agreement.text import Difference
    from warclaims.records import Bundle

ROUNDS = 2000
SEED = 20231909
OVER_ALL = "all"

_MEASURES = ("exact", "overlapping", "characters")


@dataclass(frozen=True)
class SpanScore:
    """The agreement on the spans of one unit in one text, or over all."""

    unit: str
    text: str
    first: int
    second: int
    exact: Prf
    exact_interval: Interval | None
    overlapping: Prf
    overlapping_interval: Interval | None
    characters: Prf
    characters_interval: Interval | None


@dataclass(frozen=True)
class ValueScore:
    """The agreement of matched records on one attribute, link or further span.

    Attributes:
        pairs: The number of records that two or more sets have.
        agreement: The share of equal values; of more than two sets, of equal pairs of values.
    """

    layer: str
    field: str
    kind: str
    text: str
    pairs: int
    agreement: float | None
    interval: Interval | None
    kappa: Coefficient
    alpha: Coefficient


@dataclass(frozen=True)
class SetComparison:
    """The scores of two sets, over all and of each text, and their differences."""

    spans: list[SpanScore]
    values: list[ValueScore]
    differences: list[Difference]
    number_of_differences: int
    rounds: int

    def span(self, unit: str, text: str = OVER_ALL) -> SpanScore:
        """The score of one unit in one text; over all by default."""
        return next(s for s in self.spans if (s.unit, s.text) == (unit, text))


@dataclass(frozen=True)
class SeveralSetsComparison:
    """The scores of more than two sets over all texts: spans by pair of sets, values of all."""

    spans: dict[tuple[int, int], list[SpanScore]]
    values: list[ValueScore]
    rounds: int


def compare(
    texts: Iterable[TextComparison], *, rounds: int = ROUNDS, listed: bool = True
) -> SetComparison:
    """Score the comparisons of several texts, over all and one by one.

    Over all, counts are added up over the texts (micro average). The 95 % intervals are those of
    a percentile bootstrap that draws sentences within texts, ``rounds`` times from a fixed seed.
    Unless ``listed``, scores of single texts and differences are left out.

    Raises:
        WarclaimsError: no text is given.
    """
    over_all = _Totals(rounds)
    spans: list[SpanScore] = []
    values: list[ValueScore] = []
    differences: list[Difference] = []
    number = 0
    for text in texts:
        over_all.add(text)
        found = list(text.differences())
        number += len(found)
        if listed:
            alone = _Totals(rounds)
            alone.add(text)
            spans += alone.spans(text.document)
            values += alone.values(text.document)
            differences += found
    spans += over_all.spans(OVER_ALL)
    values += over_all.values(OVER_ALL)
    return SetComparison(spans, values, differences, number, rounds)


def compare_several(
    texts: Iterable[tuple[Bundle, ...]], *, rounds: int = ROUNDS
) -> SeveralSetsComparison:
    """Score more than two sets: spans of every two, values of the records that any of them share.

    Raises:
        WarclaimsError: no text is given.
    """
    over_all = _Totals(rounds)
    pairs: defaultdict[tuple[int, int], _Totals] = defaultdict(lambda: _Totals(rounds))
    for bundles in texts:
        over_all.add(MatchedText(*bundles))
        for one, other in combinations(range(len(bundles)), 2):
            pairs[one, other].add(TextComparison(bundles[one], bundles[other]))
    values = over_all.values(OVER_ALL)
    spans = {pair: totals.spans(OVER_ALL) for pair, totals in pairs.items()}
    return SeveralSetsComparison(spans, values, rounds)


@dataclass
class _Sum:
    """Counts added up over texts, and over the sentences drawn in each round."""

    whole: Any = 0.0
    drawn: Any = 0.0

    def add(self, counts: NDArray[np.float64], weights: NDArray[np.float64]) -> None:
        """Add counts × sentences, which are drawn as ``weights`` (sentences × rounds) say."""
        self.whole = self.whole + counts.sum(axis=1)
        self.drawn = self.drawn + counts @ weights


@dataclass
class _Totals:
    """Scores in the making."""

    rounds: int
    _generator: np.random.Generator | None = None
    _spans: dict[tuple[str, str], _Sum] = field(default_factory=lambda: defaultdict(_Sum))
    _values: dict[tuple[str, str], _Sum] = field(default_factory=lambda: defaultdict(_Sum))
    _ratings: dict[tuple[str, str], Ratings] = field(default_factory=lambda: defaultdict(Ratings))

    def add(self, text: MatchedText) -> None:
        """Add a text: its values, and of two sets its spans."""
        import numpy as np

        self._generator = self._generator or np.random.default_rng(SEED)
        weights = times_drawn(text.sentences, self.rounds, self._generator)
        if isinstance(text, TextComparison):
            for unit in UNITS:
                for measure, counts in text.counts(unit).items():
                    self._spans[unit, measure].add(counts, weights)
        for layer in LAYERS:
            matches = text.matches(layer)
            where = [text.sentence(next(filter(None, group))) for group, _ in matches]
            for name in compared_fields(layer):
                rated = self._ratings[layer, name]
                given = [values[name] for _, values in matches]
                rows = (list(map(rated.add, given)), list(map(len, given)))
                by_sentence = [
                    np.bincount(where, weights=row, minlength=text.sentences) for row in rows
                ]
                self._values[layer, name].add(np.array(by_sentence), weights)
                if name in OF_ONE_TEXT[layer]:
                    rated.end_text()

    def spans(self, text: str) -> list[SpanScore]:
        """The scores of the spans, under the name of a text or of all.

        Raises:
            WarclaimsError: nothing was added.
        """
        if self._generator is None:
            raise WarclaimsError("no text that both sets annotate")
        found = []
        for unit in UNITS:
            scores: dict[str, Any] = {}
            for measure in _MEASURES:
                total = self._spans[unit, measure]
                both, first, second = total.drawn
                scores[measure] = Prf.of(*total.whole.tolist())
                scores[f"{measure}_interval"] = ratio_interval(2 * both, first + second)
            _, first, second = self._spans[unit, "exact"].whole
            found.append(SpanScore(unit, text, int(first), int(second), **scores))
        return found

    def values(self, text: str) -> list[ValueScore]:
        """The scores of attributes, links and further spans."""
        not_values = Coefficient(None, "spans are not categories")
        return [
            ValueScore(
                layer=layer,
                field=name,
                kind=kind,
                text=text,
                pairs=(rated := self._ratings[layer, name]).units,
                agreement=rated.agreement,
                interval=ratio_interval(*self._values[layer, name].drawn),
                kappa=not_values if kind == "span" else rated.kappa,
                alpha=not_values if kind == "span" else rated.alpha,
            )
            for layer in LAYERS
            for name, kind in compared_fields(layer).items()
        ]
