"""How the claims look in the terminal: one group an event, then what conflicts in it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from warclaims.hierarchy import ancestors
from warclaims.output import console
from warclaims.wording import count, described, labels, told_by, when

if TYPE_CHECKING:
    from rich.console import Console

Row = dict[str, Any]

WIDE = 116
"""Columns that the table needs; on a narrower screen each claim is a few lines."""

_MARKS = {
    "contradict": "✗",
    "agree": "=",
    "rounding": "≈",
    "compatible": "~",
    "scope": "⊃",
    "incomparable": "?",
}


def console_of_width() -> Console:
    """A console as wide as the terminal, or as COLUMNS says, or wide if neither is known."""
    made = console()
    if made.is_terminal or os.environ.get("COLUMNS", "").isdigit():
        return made
    return console(width=160)


def print_claims(
    claims: list[Row], events: dict[str, Row], *, wanted: str | None = None, in_order: bool = False
) -> None:
    """Print the claims event by event, or in one group if they are those of one ``wanted`` event.

    Inside a group the widest come first, unless they are to stay ``in_order``.

    Below each group stand its contradictions with the reason of each, for a wanted event all
    relations, and the doubts of the annotator.
    """
    screen = console_of_width()
    by_id = {claim["id"]: claim for claim in claims}
    groups = {wanted: claims} if wanted is not None else _groups(claims, events, in_order=in_order)
    for event, group in groups.items():
        title = _title(event, events)
        if not group:
            screen.print(f"{title}: no claim", markup=False)
        elif screen.width >= WIDE:
            screen.print(_table(title, event, group, events))
        else:
            _print_stacked(screen, title, event, group, events)
        for claim in group:
            if claim["uncertain"]:
                line = f"uncertain: {claim['id']} {claim['note']}"
                screen.print(Padding(escape(line), (0, 0, 0, 2), style="dim", expand=False))
        _print_relations(screen, group, by_id, every_relation=wanted is not None)
        screen.print()
    hidden = _count_relations(claims) - _count_relations(claims, "contradict")
    if hidden and wanted is None:
        screen.print(
            f"{hidden} more relation{'s' * (hidden != 1)} (agree, compatible, scope …): "
            "warclaims claims --event ID, or --format json. The events: warclaims claims --events",
            style="dim",
        )


def print_events(claims: list[Row], events: dict[str, Row]) -> None:
    """Print the events with the number of claims on each and its parts."""
    parents = _parents(events)
    screen = console_of_width()
    table = Table()
    for heading in ("event", "label", "dates", "part of", "claims"):
        table.add_column(heading, overflow="fold")
    for name, event in events.items():
        number = sum(
            any(name in ancestors(own, parents) for own in claim["events"]) for claim in claims
        )
        cells = (name, event["label"], when(event), parents[name] or "", str(number))
        table.add_row(*map(escape, cells))
    screen.print(table)


def _title(event: str, events: dict[str, Row]) -> str:
    if event not in events:
        return "no event"
    dates = when(events[event])
    return f"{events[event]['label']} ({dates})" if dates else str(events[event]["label"])


def _against(claim: Row) -> list[str]:
    return [r["claim"] for r in claim["relations"] if r["kind"] == "contradict"]


def _of(claim: Row, event: str, events: dict[str, Row]) -> str:
    return "" if claim["events"] == [event] else labels(claim, events)


def _table(title: str, event: str, group: list[Row], events: dict[str, Row]) -> Table:
    table = Table(title=escape(title), title_justify="left", title_style="bold")
    for heading in ("claim", "words", "count", "described as", "on whose word", "of", "outlet"):
        table.add_column(heading, overflow="fold")
    table.add_column("✗ contradicts", style="red", overflow="fold")
    for claim in group:
        cells = [
            claim["id"],
            claim["text"],
            count(claim),
            described(claim),
            told_by(claim),
            _of(claim, event, events),
            claim["outlet"] or "unknown",
            " ".join(_against(claim)),
        ]
        table.add_row(*map(escape, cells))
    return table


def _print_stacked(
    screen: Console, title: str, event: str, group: list[Row], events: dict[str, Row]
) -> None:
    screen.print(escape(title), style="bold")
    for claim in group:
        screen.print(f"{claim['id']}  “{escape(claim['text'])}”  [bold]{count(claim)}[/]")
        details = [
            f"{described(claim)}; {claim['outlet'] or 'outlet unknown'}",
            f"word of: {told_by(claim)}",
            f"of: {of}" if (of := _of(claim, event, events)) else "",
        ]
        for line in filter(None, details):
            screen.print(Padding(escape(line), (0, 0, 0, 4), expand=False))
        if against := _against(claim):
            screen.print(f"    ✗ contradicts {' '.join(against)}", style="red")


def _parents(events: dict[str, Row]) -> dict[str, str | None]:
    return {name: (event["parent"] or {}).get("id") for name, event in events.items()}


def _groups(claims: list[Row], events: dict[str, Row], *, in_order: bool) -> dict[str, list[Row]]:
    """The claims by the widest event below the one that all share, in the order of the registry."""
    parents = _parents(events)
    lines = {name: ancestors(name, parents) for name in events}
    shared: set[str] | None = None
    for claim in claims:
        for name in claim["events"]:
            above = set(lines.get(name, ()))
            shared = above if shared is None else shared & above
    grouped: dict[str, list[Row]] = {}
    for claim in claims:
        line = lines.get(claim["events"][0], ()) if claim["events"] else ()
        below = [name for name in line if name not in (shared or ())] or list(line[:1])
        grouped.setdefault(below[-1] if below else "", []).append(claim)
    order = [*events, ""]
    return {
        name: grouped[name]
        if in_order
        else sorted(grouped[name], key=lambda claim: (claim["outcome"], -_width(claim, lines)))
        for name in order
        if name in grouped
    }


def _width(claim: Row, lines: dict[str, tuple[str, ...]]) -> int:
    """Claims of wide events stand above those of their parts."""
    depths = [len(lines.get(name, ())) for name in claim["events"]]
    return len(depths) - min(depths, default=0)


def _count_relations(claims: list[Row], kind: str | None = None) -> int:
    ends = [r["kind"] for claim in claims for r in claim["relations"]]
    return (len(ends) if kind is None else ends.count(kind)) // 2


def _print_relations(
    screen: Console, group: list[Row], by_id: dict[str, Row], *, every_relation: bool
) -> None:
    place = {name: number for number, name in enumerate(by_id)}
    kinds = list(_MARKS)
    found = [
        (kinds.index(relation["kind"]), place[claim["id"]], place[relation["claim"]], relation)
        for claim in group
        for relation in claim["relations"]
        if place[claim["id"]] < place.get(relation["claim"], -1)
        and (every_relation or relation["kind"] == "contradict")
    ]
    names = list(by_id)
    for _, one, other, relation in sorted(found, key=lambda item: item[:3]):
        kind = relation["kind"]
        line = f"{_MARKS[kind]} {kind}: {names[one]} · {names[other]}: {relation['reason']}"
        if relation["sourcing_reason"]:
            line += f"; {relation['sourcing_reason']}"
        style = "red" if kind == "contradict" else "dim"
        screen.print(Padding(escape(line), (0, 0, 0, 2), style=style, expand=False))
