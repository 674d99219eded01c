"""Scores in the terminal: a table for each part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.agreement.averages import MACRO
from warclaims.agreement.scoring import PARTS
from warclaims.output import print_table, table_console
from warclaims.wording import plural, score

if TYPE_CHECKING:
    from warclaims.agreement.scoring import ScoredSystem, ScoreRow

_RATIOS = ("expected", "predicted", "precision", "recall")
_HEADINGS = ("", "measure", "text", *_RATIOS, "F1", "F1, mean of texts")
_OF_FIELDS = ("field", "text", "matched", "equal", *_RATIOS, "F1 of stated values")


def print_scores(scored: ScoredSystem, machines: str, *, every_text: bool) -> None:
    """Print the scores over all texts, or also per text.

    ``machines`` are those who made the set that is taken as right, if they are not persons.
    """
    screen = table_console()
    name = f"{scored.system} {scored.version}" if scored.version else scored.system
    title = f"{name} against {scored.against}: {plural(len(scored.texts), 'text')}"
    screen.print(title, markup=False)
    if machines:
        screen.print(f"{scored.against} was made by {machines}, not by people.", markup=False)
    done = {(row.part, row.name) for row in scored.rows if row.f1 is not None}
    shown = [
        row
        for row in scored.rows
        if (row.part, row.name) in done and (row.text is None or every_text)
    ]
    for part in dict.fromkeys(row.part for row in shown):
        rows = [row for row in shown if row.part == part]
        if part == "records":
            print_table(_OF_FIELDS, _of_fields(rows), PARTS[part])
        else:
            print_table(_HEADINGS, _of_others(rows), PARTS[part])
    screen.print(
        f"95 % bootstrap intervals, texts drawn, {scored.rounds} rounds, seed {scored.seed}",
        style="dim",
    )
    scored_things = {_thing(*name) for name in done}
    things = dict.fromkeys(_thing(row.part, row.name) for row in scored.rows)
    if missing := [one for one in things if one not in scored_things]:
        screen.print(f"not scored, because one of both has none: {', '.join(missing)}", style="dim")


def _thing(part: str, name: str) -> str:
    """What is scored, in words; all fields of a layer are one thing."""
    return f"fields of {name.partition('.')[0]}" if part == "records" else name


def _of_others(rows: list[ScoreRow]) -> list[list[str]]:
    """The lines of spans, claims, accounts and disagreements."""
    means = {(row.name, row.measure): row for row in rows if row.average == MACRO}
    return [
        [
            row.name,
            row.measure,
            row.text or "all",
            *_ratios(row),
            "" if row.text else _f1(means.get((row.name, row.measure))),
        ]
        for row in rows
        if row.average != MACRO
    ]


def _of_fields(rows: list[ScoreRow]) -> list[list[str]]:
    """The lines of fields: the share of equal values, and the ratios of those stated."""
    stated = {
        (row.name, row.text): row
        for row in rows
        if row.measure == "stated" and row.average != MACRO
    }
    return [
        [
            row.name,
            row.text or "all",
            str(row.expected),
            _f1(row),
            *(_ratios(one) if (one := stated.get((row.name, row.text))) else [""] * 5),
        ]
        for row in rows
        if row.measure == "equal" and row.average != MACRO
    ]


def _ratios(row: ScoreRow) -> list[str]:
    sizes = [f"{number:,}" for number in (row.expected, row.predicted)]
    return [*sizes, score(row.precision), score(row.recall), _f1(row)]


def _f1(row: ScoreRow | None) -> str:
    if row is None:
        return ""
    has_interval = row.f1_low is not None and row.f1_high is not None
    return score(row.f1, (row.f1_low, row.f1_high) if has_interval else None)  # type: ignore[arg-type]
