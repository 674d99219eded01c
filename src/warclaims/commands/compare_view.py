"""Comparisons of accounts, as the terminal shows them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from warclaims.output import echo
from warclaims.records import ComparisonKind
from warclaims.wording import listed, plain, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from warclaims.records import Account, Comparison, Comparisons, Event

_ORDER = list(ComparisonKind)
_SIGNS = {
    ComparisonKind.DISAGREEMENT: "✗",
    ComparisonKind.DIFFERENT_KINDS: "≠",
    ComparisonKind.UPDATE: "→",
}
"""The signs of what a reader must not miss; other rows have none."""


def print_comparisons(found: Comparisons, events: Mapping[str, Event]) -> None:
    """Print the comparisons event by event: first a summary, then the positions."""
    accounts = {account.id: account for account in found.accounts}
    for event, of_event in groupby(found.comparisons, key=lambda row: row.event):
        rows = list(of_event)
        echo(" + ".join(_label(name, events) for name in event.split(" + ")))
        echo(f"  {_summary(rows)}")
        for row in rows:
            for line in _lines(row, accounts):
                echo(f"  {line}")
        echo("")
    if found.unlinked:
        count = plural(len(found.unlinked), "count")
        echo(f"{count} without an event, not compared: {', '.join(found.unlinked)}")
    for pair in found.similar_events:
        echo(f"perhaps one event: {' and '.join(pair.events)} ({pair.reason})")


def _label(name: str, events: Mapping[str, Event]) -> str:
    return f"{events[name].label} ({name})" if name in events else name


def _summary(rows: Iterable[Comparison]) -> str:
    """What sources disagree on, in one sentence."""
    open_rows = [row for row in rows if row.kind is ComparisonKind.DISAGREEMENT]
    if not open_rows:
        return "No disagreement."
    parts = []
    for row in open_rows:
        values = " | ".join(f"{one.value} ({len(one.accounts)})" for one in row.positions)
        depends = ", depends on a reading" if row.depends_on else ""
        parts.append(f"{_respect(row)} ({values}{depends})")
    return f"Disagreements: {'; '.join(parts)}."


def _respect(row: Comparison) -> str:
    name = {"age_sex": "age and sex"}.get(row.respect.value, row.respect.value)
    return f"{plain(row.outcome)}, {name}" if row.outcome else name


def _lines(row: Comparison, accounts: Mapping[str, Account]) -> Iterator[str]:
    sign = _SIGNS.get(row.kind, " ")
    remarks = [plain(mark.value) for mark in row.marks] + ["soft"] * row.soft
    notes = f" [{', '.join(remarks)}]" if remarks else ""
    yield f"{sign} {_respect(row)}: {plain(row.kind.value)}{notes}. {row.reason}"
    for position in row.positions:
        said = listed([_who(accounts[name]) for name in position.accounts if name in accounts])
        yield f"      {position.value}: {said or listed(list(position.records))}"


def _who(account: Account) -> str:
    """Who gives an account, and where: ``police (004 BBC News, 004:c7)``."""
    place = " ".join(filter(None, (account.document, account.outlet)))
    return f"{account.source_text or 'nobody named'} ({place}; {', '.join(account.records)})"
