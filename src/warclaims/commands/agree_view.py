"""Agreement in the terminal: tables of scores, then the differences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table

from warclaims.agreement.compare import OVER_ALL, SEED
from warclaims.agreement.items import UNITS
from warclaims.output import console, table_console
from warclaims.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from warclaims.agreement import SetComparison
    from warclaims.agreement.accounts import AccountAgreement
    from warclaims.agreement.compare import SeveralSetsComparison, SpanScore
    from warclaims.agreement.measures import Coefficient, Interval, Prf

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
    screen = table_console()
    spans = (
        [
            score.unit,
            score.text,
            str(score.first),
            str(score.second),
            _number(score.exact.precision),
            _number(score.exact.recall),
            *_f1(score),
        ]
        for score in compared.spans
        if every_text or score.text == OVER_ALL
    )
    screen.print(_table("Spans", (*_SPAN_HEADINGS, *_FURTHER_HEADINGS), spans))
    values = (
        [
            value.layer,
            value.field,
            value.kind,
            value.text,
            str(value.pairs),
            _number(value.agreement) + _interval(value.interval),
            _coefficient(value.kappa),
            _coefficient(value.alpha),
        ]
        for value in compared.values
        if every_text or value.text == OVER_ALL
    )
    screen.print(_table("Paired records (by most overlap)", _VALUE_HEADINGS, values))
    _print_intervals(compared.rounds)


def print_several(compared: SeveralSetsComparison, names: Sequence[str]) -> None:
    """Print the scores of more than two sets: spans by pair of sets, values of all together."""
    screen = table_console()
    spans = (
        [
            scores[number].unit,
            " ".join(names[one] for one in pair),
            str(scores[number].first),
            str(scores[number].second),
            *_f1(scores[number]),
        ]
        for number in range(len(UNITS))
        for pair, scores in compared.spans.items()
    )
    screen.print(_table("Spans, every two sets", _SEVERAL_HEADINGS, spans))
    values = (
        [
            value.layer,
            value.field,
            value.kind,
            str(value.pairs),
            _number(value.agreement) + _interval(value.interval),
            _coefficient(value.alpha),
        ]
        for value in compared.values
    )
    screen.print(_table("Records that two or more sets have", _SHARED_HEADINGS, values))
    _print_intervals(compared.rounds)


def _f1(score: SpanScore) -> list[str]:
    return [
        _with_interval(score.exact, score.exact_interval),
        _with_interval(score.overlapping, score.overlapping_interval),
        _with_interval(score.characters, score.characters_interval),
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
            score.unit,
            score.text,
            str(score.first),
            str(score.second),
            _number(score.found.f1),
            _number(score.equal.f1),
        ]
        for score in accounts.scores
        if every_text or score.text == OVER_ALL
    )
    table_console().print(_table("Accounts, and what sources disagree on", _ACCOUNT_HEADINGS, rows))


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


def _table(title: str, headings: Iterable[str], rows: Iterable[list[str]]) -> Table:
    table = Table(*headings, title=title, title_justify="left", title_style="bold")
    for row in rows:
        table.add_row(*row)
    return table


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _interval(interval: Interval | None) -> str:
    return rf" \[{interval.low:.3f}, {interval.high:.3f}]" if interval else ""


def _with_interval(score: Prf, interval: Interval | None) -> str:
    return _number(score.f1) + _interval(interval)


def _coefficient(value: Coefficient) -> str:
    return _number(value.value) if value.value is not None else f"– ({value.reason})"
