"""The agreement of two annotation sets as it stands in the generated pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.agreement import compare
from warclaims.agreement.quoted import not_quoted
from warclaims.agreement.text import TextComparison
from warclaims.build.markdown import markdown_table

if TYPE_CHECKING:
    from warclaims.agreement import Interval
    from warclaims.agreement.compare import Comparison, SpanScore
    from warclaims.corpus import Corpus


def agreement_block(corpus: Corpus, first: str, second: str) -> str:
    """Spans and attributes of two sets, with intervals, and who made them.

    Raises:
        WarclaimsError: there is no such set.
    """
    compared = _compared(corpus, first, second)
    unaided = _compared(corpus, first, second, unquoted=True)
    makers = " and ".join(f"`{name}` ({_maker(corpus, name)})" for name in (first, second))
    spans = markdown_table(
        [
            "spans",
            f"`{first}`",
            f"`{second}`",
            "F1 exact",
            "F1 overlapping",
            "F1 by characters",
            "F1 exact, spans the guidelines do not quote",
        ],
        [
            [
                score.unit,
                score.first,
                score.second,
                _with(score.exact.f1, score.exact_interval),
                _with(score.overlapping.f1, score.overlapping_interval),
                _with(score.characters.f1, score.characters_interval),
                _rest(unaided.span(score.unit)),
            ]
            for score in compared.spans
            if score.text == "all"
        ],
    )
    values = markdown_table(
        ["paired records", "pairs", "agreement", "Cohen's κ"],
        [
            [
                f"{value.layer}: {value.field}",
                value.pairs,
                _with(value.agreement, value.interval),
                _with(value.kappa.value, None)
                if value.kappa.reason is None
                else value.kappa.reason,
            ]
            for value in compared.values
            if value.text == "all"
        ],
    )
    return (
        f"Sets: {makers}. 95 % bootstrap intervals over sentences within texts, "
        f"{compared.rounds} rounds, seed {compared.seed}. Differences: "
        f"{len(compared.differences)}.\n\n{spans}\n\n<details><summary>Attributes and links of "
        f"paired records</summary>\n\n{values}\n\n</details>"
    )


def _compared(corpus: Corpus, first: str, second: str, *, unquoted: bool = False) -> Comparison:
    for name in (first, second):
        corpus.require_set(name)
    page = corpus.layout.guidelines
    keep = {"keep": not_quoted(page.read_text("utf-8"))} if unquoted and page.is_file() else {}
    return compare(
        TextComparison(bundle, corpus.bundle(bundle.document.id, second), **keep)
        for bundle in corpus.bundles(first)
    )


def _maker(corpus: Corpus, set_name: str) -> str:
    makers = {bundle.annotations.annotator for bundle in corpus.bundles(set_name)}
    kinds = {corpus.registries.annotators[maker].kind.value for maker in makers}
    return " and ".join(sorted(kind.replace("_", " ") for kind in kinds))


def _with(value: float | None, interval: Interval | None) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}" + (f" [{interval.low:.3f}, {interval.high:.3f}]" if interval else "")


def _rest(score: SpanScore) -> str:
    if not score.first and not score.second:
        return "– (all are quoted)"
    return f"{_with(score.exact.f1, None)} of {score.first} and {score.second}"
