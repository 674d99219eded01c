"""The agreement of two annotation sets for the generated pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.agreement import ComparedSets
from warclaims.agreement.compare import SEED
from warclaims.markdown import Markdown, code, markdown_table
from warclaims.wording import score

if TYPE_CHECKING:
    from warclaims.agreement.compare import SpanScore
    from warclaims.agreement.measures import Interval
    from warclaims.corpus import Corpus


def agreement_block(corpus: Corpus, first: str, second: str) -> str:
    """Spans and attributes of two sets, with intervals, and who made them.

    Raises:
        WarclaimsError: unknown set.
    """
    sets = ComparedSets(corpus, first, second)
    compared, unaided = sets.compare(listed=False), sets.unaided()
    makers = " and ".join(f"`{name}` ({maker})" for name, maker in sets.makers.items())
    header = [
        "spans",
        code(first),
        code(second),
        "F1 exact",
        "F1 overlapping",
        "F1 by characters",
    ]
    spans = markdown_table(
        [*header, *(["F1 exact, spans the guidelines do not give away"] if unaided else [])],
        [
            [
                score.unit,
                score.first,
                score.second,
                _score(score.exact.f1, score.exact_interval),
                _score(score.overlapping.f1, score.overlapping_interval),
                _score(score.characters.f1, score.characters_interval),
                *([_rest(score, unaided.span(score.unit))] if unaided else []),
            ]
            for score in compared.spans
        ],
    )
    values = markdown_table(
        ["paired records", "pairs", "agreement", "Cohen's κ"],
        [
            [
                f"{value.layer}: {value.field}",
                value.pairs,
                _score(value.agreement, value.interval),
                _score(value.kappa.value) if value.kappa.reason is None else value.kappa.reason,
            ]
            for value in compared.values
        ],
    )
    return (
        f"Sets: {makers}. 95 % bootstrap intervals over sentences within texts, "
        f"{compared.rounds} rounds, seed {SEED}. Differences: "
        f"{compared.number_of_differences}.\n\n{spans}\n\n<details><summary>Attributes and links "
        f"of paired records</summary>\n\n{values}\n\n</details>"
    )


def _score(value: float | None, interval: Interval | None = None) -> Markdown:
    return Markdown(score(value, interval))


def _rest(whole: SpanScore, score: SpanScore) -> str:
    if not score.first and not score.second:
        return "– (none is left)" if whole.first or whole.second else "–"
    return f"{_score(score.exact.f1)} of {score.first} and {score.second}"
