"""Claims in the terminal: a table per event, then the contradictions in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from warclaims.derive.conflicts import by_event
from warclaims.derive.events import EventTree
from warclaims.output import table_console
from warclaims.records import RelationKind
from warclaims.wording import count, described, labels, plural, told_by, when

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import Console

    from warclaims.records import Claim, Event

WIDE = 116
"""Columns that the table needs. On a narrower screen each claim takes a few lines."""

_MARKS = {
    RelationKind.CONTRADICT: "✗",
    RelationKind.AGREE: "=",
    RelationKind.ROUNDING: "≈",
    RelationKind.COMPATIBLE: "~",
    RelationKind.SCOPE: "⊃",
    RelationKind.INCOMPARABLE: "?",
}


def print_claims(
    claims: list[Claim],
    events: Mapping[str, Event],
    *,
    wanted: str | None = None,
    in_order: bool = False,
) -> None:
    """Print the claims event by event, or in one group if they are those of one ``wanted`` event.

    Inside a group the widest come first, unless the claims are ``in_order``. Below each group are
    its contradictions with the reason of each (all relations of a wanted event), and the
    annotator's doubts.
    """
    screen = table_console()
    by_id = {claim.id: claim for claim in claims}
    groups = {wanted: claims} if wanted is not None else _groups(claims, events, in_order=in_order)
    for event, group in groups.items():
        title = _title(event, events)
        rows = [_cells(claim, event, events) for claim in group]
        if not group:
            screen.print(f"{title}: no claim", markup=False)
        elif screen.width >= WIDE:
            _print_table(screen, title, rows)
        else:
            _print_stacked(screen, title, rows)
        for claim in group:
            if claim.uncertain:
                _print_indented(screen, f"uncertain: {claim.id} {claim.note}")
        _print_relations(screen, group, by_id, every_relation=wanted is not None)
        screen.print()
    kinds = [relation.kind for claim in claims for relation in claim.relations]
    hidden = (len(kinds) - kinds.count(RelationKind.CONTRADICT)) // 2
    if hidden and wanted is None:
        screen.print(
            f"{plural(hidden, 'more relation')} (agree, compatible, scope …): "
            "warclaims claims --event ID, or --format json. The events: warclaims claims --events",
            style="dim",
        )


def print_events(claims: list[Claim], events: Mapping[str, Event]) -> None:
    """Print the events with the number of claims on each and its parts."""
    numbers = {name: len(found) for name, found in by_event(claims, events).items()}
    screen = table_console()
    table = Table()
    for heading in ("event", "label", "dates", "part of", "claims"):
        table.add_column(heading, overflow="fold")
    for name, event in events.items():
        whole = event.parent.id if event.parent else ""
        cells = (name, event.label, when(event), whole, str(numbers.get(name, 0)))
        table.add_row(*map(escape, cells))
    screen.print(table)


def _title(event: str, events: Mapping[str, Event]) -> str:
    if event not in events:
        return "no event"
    dates = when(events[event])
    return f"{events[event].label} ({dates})" if dates else events[event].label


def _cells(claim: Claim, event: str, events: Mapping[str, Event]) -> list[str]:
    """What is shown of a claim in the group of an event; its events only if they are others."""
    return [
        claim.id,
        claim.text,
        count(claim),
        described(claim),
        told_by(claim),
        "" if claim.events == (event,) else labels(claim, events),
        claim.outlet or "outlet unknown",
        " ".join(r.claim for r in claim.relations if r.kind is RelationKind.CONTRADICT),
    ]


def _print_table(screen: Console, title: str, rows: list[list[str]]) -> None:
    table = Table(title=escape(title), title_justify="left", title_style="bold")
    for heading in ("claim", "words", "count", "described as", "on whose word", "of", "outlet"):
        table.add_column(heading, overflow="fold")
    table.add_column("✗ contradicts", style="red", overflow="fold")
    for row in rows:
        table.add_row(*map(escape, row))
    screen.print(table)


def _print_stacked(screen: Console, title: str, rows: list[list[str]]) -> None:
    screen.print(escape(title), style="bold")
    for name, words, number, description, teller, of, outlet, contradicted in rows:
        screen.print(f"{name}  “{escape(words)}”  [bold]{number}[/]")
        _print_indented(screen, f"{description}; {outlet}", "", by=4)
        _print_indented(screen, f"word of: {teller}", "", by=4)
        if of:
            _print_indented(screen, f"of: {of}", "", by=4)
        if contradicted:
            _print_indented(screen, f"✗ contradicts {contradicted}", "red", by=4)


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


def _print_relations(
    screen: Console, group: list[Claim], by_id: dict[str, Claim], *, every_relation: bool
) -> None:
    place = {name: number for number, name in enumerate(by_id)}
    kinds = list(_MARKS)
    found = [
        (kinds.index(relation.kind), place[claim.id], place[relation.claim], claim, relation)
        for claim in group
        for relation in claim.relations
        if place[claim.id] < place.get(relation.claim, -1)
        and (every_relation or relation.kind is RelationKind.CONTRADICT)
    ]
    for *_, claim, relation in sorted(found, key=lambda item: item[:3]):
        kind = relation.kind
        line = f"{_MARKS[kind]} {kind}: {claim.id} · {relation.claim}: {relation.reason}"
        if relation.sourcing_reason:
            line += f"; {relation.sourcing_reason}"
        _print_indented(screen, line, "red" if kind is RelationKind.CONTRADICT else "dim")


def _print_indented(screen: Console, line: str, style: str = "dim", by: int = 2) -> None:
    screen.print(Padding(escape(line), (0, 0, 0, by), style=style, expand=False))
