"""Score the agreement of two annotation sets over several texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from warclaims.agreement.items import UNITS, compared_fields
from warclaims.agreement.measures import (
    Interval,
    Kappa,
    Prf,
    bootstrap_weights,
    kappa,
    ratio_interval,
)
from warclaims.errors import WarclaimsError
from warclaims.records import LAYERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from warclaims.agreement.text import Difference, Match, TextComparison

ROUNDS = 2000
SEED = 20231909
OVER_ALL = "all"


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
    """The agreement of paired records on one attribute, link or further span."""

    layer: str
    field: str
    kind: str
    text: str
    pairs: int
    agreement: float | None
    interval: Interval | None
    kappa: Kappa


@dataclass(frozen=True)
class SetComparison:
    """All scores, and every difference."""

    spans: list[SpanScore]
    values: list[ValueScore]
    differences: list[Difference]
    rounds: int

    def span(self, unit: str, text: str = OVER_ALL) -> SpanScore:
        """The score of one unit in one text; over all by default."""
        return next(s for s in self.spans if (s.unit, s.text) == (unit, text))


def compare(texts: Iterable[TextComparison], *, rounds: int = ROUNDS) -> SetComparison:
    """Score the comparisons of several texts, one by one and over all.

    Over all, counts are added up over the texts (micro average). The 95 % intervals are those of
    a percentile bootstrap that draws sentences within texts, ``rounds`` times from a fixed seed.

    Raises:
        WarclaimsError: no text is given.
    """
    listed = list(texts)
    if not listed:
        raise WarclaimsError("no text that both sets annotate")
    groups = [*(([text], text.document) for text in listed), (listed, OVER_ALL)]
    spans: list[SpanScore] = []
    values: list[ValueScore] = []
    for group, name in groups:
        weights = bootstrap_weights([text.sentences for text in group], rounds, SEED)
        spans += [_span_score(unit, name, group, weights) for unit in UNITS]
        values += _value_scores(name, group, weights)
    differences = [difference for text in listed for difference in text.differences()]
    return SetComparison(spans, values, differences, rounds)


def _span_score(
    unit: str, name: str, group: Sequence[TextComparison], weights: NDArray[np.int64]
) -> SpanScore:
    import numpy as np

    counted = [text.counts(unit) for text in group]
    scores: dict[str, Any] = {}
    for measure in ("exact", "overlapping", "characters"):
        counts = np.concatenate([found[measure] for found in counted], axis=1)
        scores[measure] = Prf.of(*counts.sum(axis=1).tolist())
        scores[f"{measure}_interval"] = ratio_interval(
            weights, 2 * counts[0], counts[1] + counts[2]
        )
    _, first, second = sum(found["exact"].sum(axis=1) for found in counted)
    return SpanScore(unit, name, int(first), int(second), **scores)


def _value_scores(
    name: str, group: Sequence[TextComparison], weights: NDArray[np.int64]
) -> list[ValueScore]:
    import numpy as np

    offsets = np.cumsum([0, *(text.sentences for text in group)])
    found = []
    for layer in LAYERS:
        matches: list[Match] = []
        where: list[int] = []
        for text, offset in zip(group, offsets, strict=False):
            matches += (new := text.matches(layer))
            where += [int(offset) + text.sentence(one) for one, _, _ in new]
        for field, kind in compared_fields(layer).items():
            ones = [values[field][0] for _, _, values in matches]
            others = [values[field][1] for _, _, values in matches]
            same = [a == b for a, b in zip(ones, others, strict=True)]
            agreed, total = (
                np.bincount(where, weights=weight, minlength=int(offsets[-1])).astype(np.float64)
                for weight in (same, None)
            )
            found.append(
                ValueScore(
                    layer=layer,
                    field=field,
                    kind=kind,
                    text=name,
                    pairs=len(matches),
                    agreement=sum(same) / len(same) if same else None,
                    interval=ratio_interval(weights, agreed, total),
                    kappa=Kappa(None, "spans are not categories")
                    if kind == "span"
                    else kappa(ones, others),
                )
            )
    return found
