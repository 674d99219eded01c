"""Agreement in the terminal: tables of scores, then the differences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.markup import escape

from warclaims.agreement.compare import OVER_ALL, SEED
from warclaims.agreement.items import UNITS
from warclaims.output import console, print_table, table_console
from warclaims.wording import plural, score

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warclaims.agreement import SetComparison
    from warclaims.agreement.accounts import AccountAgreement
    from warclaims.agreement.compare import SeveralSetsComparison, SpanScore

_SPAN_HEADINGS = ("unit", "text", "A", "B", "precision", "recall", "F1 exact")
_FURTHER_HEADINGS = ("F1 overlapping", "F1 by characters")
_ACCOUNT_HEADINGS = ("unit", "text", "A", "B", "F1", "F1 with equal bounds or positions")
_VALUE_HEADINGS = ("layer", "field", "kind", "text", "pairs", "agreement", "κ", "α")
_SEVERAL_HEADINGS = ("unit", "sets", "first", "second", "F1 exact", *_FURTHER_HEADINGS)
_SHARED_HEADINGS = ("layer", "field", "kind", "records", "agreement", "α")


def print_annotators(who: list[str], machines: str) -> None:
    """Print who annotated the sets; ``machines`` are those who are not persons, in words."""
    screen = table_console()
    screen.print("; ".join(who), markup=False)
    if machines:
        screen.print(
            f"Agreement with or between {machines} is not human inter-annotator agreement."
        )


def print_agreement(compared: SetComparison, *, every_text: bool) -> None:
    """Print the scores of two sets over all texts, or also per text."""
    spans = (
        [
            one.unit,
            one.text,
            one.first,
            one.second,
            score(one.exact.precision),
            score(one.exact.recall),
            *_f1(one),
        ]
        for one in compared.spans
        if every_text or one.text == OVER_ALL
    )
    print_table((*_SPAN_HEADINGS, *_FURTHER_HEADINGS), spans, "Spans")
    values = (
        [
            value.layer,
            value.field,
            value.kind,
            value.text,
            value.pairs,
            score(value.agreement, value.interval),
            value.kappa.in_words(),
            value.alpha.in_words(),
        ]
        for value in compared.values
        if every_text or value.text == OVER_ALL
    )
    print_table(_VALUE_HEADINGS, values, "Paired records (by most overlap)")
    _print_intervals(compared.rounds)


def print_several(compared: SeveralSetsComparison, names: Sequence[str]) -> None:
    """Print the scores of more than two sets: spans by pair of sets, values of all together."""
    spans = (
        [
            scores[number].unit,
            " ".join(names[one] for one in pair),
            scores[number].first,
            scores[number].second,
            *_f1(scores[number]),
        ]
        for number in range(len(UNITS))
        for pair, scores in compared.spans.items()
    )
    print_table(_SEVERAL_HEADINGS, spans, "Spans, every two sets")
    values = (
        [
            value.layer,
            value.field,
            value.kind,
            value.pairs,
            score(value.agreement, value.interval),
            value.alpha.in_words(),
        ]
        for value in compared.values
    )
    print_table(_SHARED_HEADINGS, values, "Records that two or more sets have")
    _print_intervals(compared.rounds)


def _f1(of: SpanScore) -> list[str]:
    return [
        score(of.exact.f1, of.exact_interval),
        score(of.overlapping.f1, of.overlapping_interval),
        score(of.characters.f1, of.characters_interval),
    ]


def _print_intervals(rounds: int) -> None:
    table_console().print(
        f"95 % bootstrap intervals, sentences drawn within texts, {rounds} rounds, seed {SEED}",
        style="dim",
    )


def print_accounts(accounts: AccountAgreement, *, every_text: bool) -> None:
    """Print the scores of accounts and disagreements over all texts, or also per text."""
    rows = (
        [
            one.unit,
            one.text,
            one.first,
            one.second,
            score(one.found.f1),
            score(one.equal.f1),
        ]
        for one in accounts.scores
        if every_text or one.text == OVER_ALL
    )
    print_table(_ACCOUNT_HEADINGS, rows, "Accounts, and what sources disagree on")


def print_differences(compared: SetComparison, accounts: AccountAgreement) -> None:
    """Print each difference with its sentence, then those of accounts and disagreements."""
    screen = console(soft_wrap=True)
    for difference in compared.differences:
        records = " / ".join(name or "–" for name in difference.records)
        screen.print(
            f"[bold]{difference.document}[/] {difference.unit} {records}: {difference.kind}: "
            f"A “{escape(difference.first)}” · B “{escape(difference.second)}”"
        )
        if difference.words not in (difference.first, difference.second):
            screen.print(f"    of: {escape(difference.words)}")
        screen.print(f"    in: {escape(' '.join(difference.sentence.split()))}", style="dim")
    screen.print(plural(len(compared.differences), "difference"))
    for one in accounts.differences:
        values = (escape("; ".join(values)) or "–" for values in (one.first, one.second))
        said = " · ".join(f"{name} {value}" for name, value in zip("AB", values, strict=True))
        screen.print(f"{one.unit} {escape(', '.join(one.about))}: {said}")
    number = plural(len(accounts.differences), "difference")
    screen.print(f"{number} in accounts and disagreements")
