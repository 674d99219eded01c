"""How agreement looks in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table

from warclaims.agreement.compare import OVER_ALL
from warclaims.output import console

if TYPE_CHECKING:
    from warclaims.agreement import Comparison, Interval, Prf
    from warclaims.agreement.measures import Kappa


def print_agreement(
    compared: Comparison, who: list[str], machines: str, *, every_text: bool
) -> None:
    """Print the scores over all texts, or of each text too.

    ``who`` made the sets; ``machines`` are those of them that are not persons, in words.
    """
    screen = console()
    if not screen.is_terminal:
        screen = console(width=140)
    screen.print("; ".join(who), markup=False)
    if machines:
        screen.print(
            f"Agreement with or between {machines} is not human inter-annotator agreement."
        )
    spans = Table(title="Spans", title_justify="left", title_style="bold")
    for heading in ("unit", "text", "A", "B", "precision", "recall", "F1 exact"):
        spans.add_column(heading)
    spans.add_column("F1 overlapping")
    spans.add_column("F1 by characters")
    for score in compared.spans:
        if every_text or score.text == OVER_ALL:
            spans.add_row(
                score.unit,
                score.text,
                str(score.first),
                str(score.second),
                _number(score.exact.precision),
                _number(score.exact.recall),
                _with_interval(score.exact, score.exact_interval),
                _with_interval(score.overlapping, score.overlapping_interval),
                _with_interval(score.characters, score.characters_interval),
            )
    screen.print(spans)
    values = Table(
        title="Paired records (by most overlap)", title_justify="left", title_style="bold"
    )
    for heading in ("layer", "field", "kind", "text", "pairs", "agreement", "κ"):
        values.add_column(heading)
    for value in compared.values:
        if every_text or value.text == OVER_ALL:
            values.add_row(
                value.layer,
                value.field,
                value.kind.value,
                value.text,
                str(value.pairs),
                _number(value.agreement) + _interval(value.interval),
                _kappa(value.kappa),
            )
    screen.print(values)
    screen.print(
        f"95 % bootstrap intervals, sentences drawn within texts, {compared.rounds} rounds, "
        f"seed {compared.seed}",
        style="dim",
    )


def print_differences(compared: Comparison) -> None:
    """Print each difference with its sentence."""
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
    number = len(compared.differences)
    screen.print(f"{number} difference{'' if number == 1 else 's'}")


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _interval(interval: Interval | None) -> str:
    return f" [{interval.low:.3f}, {interval.high:.3f}]".replace("[", r"\[") if interval else ""


def _with_interval(score: Prf, interval: Interval | None) -> str:
    return _number(score.f1) + _interval(interval)


def _kappa(value: Kappa) -> str:
    return _number(value.value) if value.value is not None else f"– ({value.reason})"
