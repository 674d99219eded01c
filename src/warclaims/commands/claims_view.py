"""Claims in the terminal: a table per event, then what sources disagree on."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, cast

from rich.markup import escape

from warclaims.accounts.by_event import joined_label
from warclaims.accounts.selection import records_of
from warclaims.accounts.summary import disagreements
from warclaims.derive.events import EventTree
from warclaims.derive.filters import choices, select
from warclaims.output import print_indented, print_table, table_console
from warclaims.records import ComparisonKind
from warclaims.wording import (
    count,
    described,
    labels,
    labels_of,
    other_reading,
    told_by,
    when,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from rich.console import Console

    from warclaims.claim_filters import ClaimFilters
    from warclaims.corpus import Registries
    from warclaims.records import Account, Claim, Comparisons, Event

_HEADINGS = ("claim", "words", "count", "described as", "on whose word", "of", "outlet")

WIDE = 116
"""Columns that the table needs. On a narrower screen each claim takes a few lines."""


def print_claims(
    claims: list[Claim],
    registries: Registries,
    compared: Comparisons,
    *,
    wanted: str | None = None,
    in_order: bool = False,
) -> None:
    """Print the claims event by event, or in one group if they are those of one ``wanted`` event.

    Inside a group the widest come first, unless the claims are ``in_order``. Below each group are
    the annotator's doubts, and what sources disagree on about the events of the group.
    """
    screen = table_console()
    events = registries.events
    known = {one.id: one for one in compared.accounts}
    rows_of = _rows_of_records(compared, known)
    groups = {wanted: claims} if wanted is not None else _groups(claims, events, in_order=in_order)
    cells = partial(_cells, events, labels_of(registries.sides), labels_of(registries.actors))
    is_disputed = False
    for event, group in groups.items():
        title = _title(event, events)
        rows = [cells(claim, event) for claim in group]
        if screen.width >= WIDE:
            print_table(_HEADINGS, rows, title)
        else:
            _print_stacked(screen, title, rows)
        for claim in group:
            if claim.alternatives:
                others = "; ".join(map(other_reading, claim.alternatives))
                print_indented(screen, f"{claim.id}: {others}. {claim.note or ''}".rstrip())
        numbers = sorted({number for claim in group for number in rows_of.get(claim.id, ())})
        disputed = [compared.comparisons[number] for number in numbers]
        for names, of in groupby(disputed, key=lambda row: row.event):
            if said := disagreements(of, known):
                about = "" if names == event else f"{joined_label(names, events)}. "
                print_indented(screen, f"{about}{said}", "red")
                is_disputed = True
        screen.print()
    if is_disputed:
        screen.print("Who says what: warclaims compare --event ID", style="dim")
    if wanted is None:
        screen.print("The events: warclaims claims --events", style="dim")


def print_values(
    option: str, claims: list[Claim], registries: Registries, outlets: Collection[str]
) -> None:
    """Print the values that a filter accepts with their labels and the number of claims of each.

    Of events also when they were and what they are part of.
    """
    name = option.replace("-", "_")
    rows = []
    for value, label in choices(name, registries, outlets).items():
        more: tuple[str, ...] = ()
        if name == "event":
            event = registries.events[value]
            more = (when(event), event.parent.id if event.parent else "")
        number = len(select(claims, registries, cast("ClaimFilters", {name: value}), outlets))
        rows.append((value, label, *more, number))
    dates = ("dates", "part of") if name == "event" else ()
    print_table((option, "label", *dates, "claims"), rows)


def _title(event: str, events: Mapping[str, Event]) -> str:
    if event not in events:
        return "no event"
    dates = when(events[event])
    return f"{events[event].label} ({dates})" if dates else events[event].label


def _cells(
    events: Mapping[str, Event],
    sides: Mapping[str, str],
    actors: Mapping[str, str],
    claim: Claim,
    event: str,
) -> list[str]:
    """What is shown of a claim in the group of an event; its events only if they are others."""
    return [
        claim.id,
        claim.text,
        count(claim),
        described(claim, sides),
        told_by(claim, actors),
        "" if claim.events == (event,) else labels(claim, events),
        claim.outlet or "outlet unknown",
    ]


def _print_stacked(screen: Console, title: str, rows: list[list[str]]) -> None:
    screen.print(escape(title), style="bold")
    for name, words, number, description, teller, of, outlet in rows:
        screen.print(f"{name}  “{escape(words)}”  [bold]{number}[/]")
        print_indented(screen, f"{description}; {outlet}", "", by=4)
        print_indented(screen, f"word of: {teller}", "", by=4)
        if of:
            print_indented(screen, f"of: {of}", "", by=4)


def _groups(
    claims: list[Claim], events: Mapping[str, Event], *, in_order: bool
) -> dict[str, list[Claim]]:
    """The claims by the widest event below the one that all share, in the order of the registry."""
    tree = EventTree(events)
    wholes = [set(tree.ancestors(name)) for claim in claims for name in claim.events]
    shared = set.intersection(*wholes) if wholes else set()
    grouped: dict[str, list[Claim]] = {name: [] for name in (*events, "")}
    for claim in claims:
        line = tree.ancestors(claim.events[0]) if claim.events else ()
        below = [name for name in line if name not in shared] or line[:1]
        grouped[below[-1] if below else ""].append(claim)
    if not in_order:
        for group in grouped.values():
            group.sort(key=lambda claim: (claim.outcome, _narrowness(claim, tree)))
    return {name: group for name, group in grouped.items() if group}


def _narrowness(claim: Claim, tree: EventTree) -> int:
    """Sort key that puts claims of wide events, and of several, above those of their parts."""
    depths = [len(tree.ancestors(name)) for name in claim.events]
    return min(depths, default=0) - len(depths)


def _rows_of_records(compared: Comparisons, known: Mapping[str, Account]) -> dict[str, list[int]]:
    """The numbers of the disagreements in which each casualty record takes part."""
    found: dict[str, list[int]] = {}
    for number, row in enumerate(compared.comparisons):
        if row.kind is ComparisonKind.DISAGREEMENT:
            for record in records_of(row, known):
                found.setdefault(record, []).append(number)
    return found
