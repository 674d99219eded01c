"""How the claims look in the terminal: one table a group of events, then what conflicts."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from warclaims.lineage import lineage
from warclaims.wording import count, described, labels, told_by, when

Row = dict[str, Any]

_MARKS = {
    "contradict": "✗",
    "agree": "=",
    "rounding": "≈",
    "compatible": "~",
    "scope": "⊃",
    "incomparable": "?",
}


def print_claims(claims: list[Row], events: dict[str, Row], *, wanted: str | None = None) -> None:
    """Print the claims event by event, or in one table if they are those of one ``wanted`` event.

    Below each table stand its contradictions with the reason of each; for a wanted event all
    relations.
    """
    every_relation = wanted is not None
    console = Console()
    if not console.is_terminal:
        console = Console(width=160)
    by_id = {claim["id"]: claim for claim in claims}
    groups = {wanted: claims} if wanted is not None else _groups(claims, events)
    for event, group in groups.items():
        label = events[event]["label"] if event in events else "no event"
        dates = when(events[event]) if event in events else ""
        table = Table(
            title=escape(f"{label} ({dates})" if dates else label),
            title_justify="left",
            title_style="bold",
            expand=False,
        )
        for heading in ("claim", "words", "count", "described as", "on whose word", "of", "outlet"):
            table.add_column(heading)
        table.add_column("✗ contradicts", style="red")
        for claim in group:
            against = [r["claim"] for r in claim["relations"] if r["kind"] == "contradict"]
            cells = [
                claim["id"],
                claim["text"],
                count(claim),
                described(claim),
                told_by(claim),
                "" if claim["events"] == [event] else labels(claim, events),
                claim["outlet"] or "unknown",
                " ".join(against),
            ]
            table.add_row(*map(escape, cells))
        console.print(table)
        _print_relations(console, group, by_id, every_relation=every_relation)
        console.print()
    hidden = _count_relations(claims) - _count_relations(claims, "contradict")
    if hidden and not every_relation:
        console.print(
            f"{hidden} more relations (agree, compatible, scope …): "
            "warclaims claims --event ID, or --format json",
            style="dim",
        )


def _groups(claims: list[Row], events: dict[str, Row]) -> dict[str, list[Row]]:
    """The claims by the widest event below the one that all share, in the order of the registry."""
    parents = {name: (event["parent"] or {}).get("id") for name, event in events.items()}
    lines = {name: lineage(name, parents) for name in events}
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
        name: sorted(grouped[name], key=lambda claim: (claim["outcome"], -_width(claim, lines)))
        for name in order
        if name in grouped
    }


def _width(claim: Row, lines: dict[str, tuple[str, ...]]) -> float:
    """Claims of wide events stand above those of their parts."""
    depths = [len(lines.get(name, ())) for name in claim["events"]]
    return len(depths) - min(depths, default=0)


def _count_relations(claims: list[Row], kind: str | None = None) -> int:
    ends = [r["kind"] for claim in claims for r in claim["relations"]]
    return (len(ends) if kind is None else ends.count(kind)) // 2


def _print_relations(
    console: Console, group: list[Row], by_id: dict[str, Row], *, every_relation: bool
) -> None:
    place = {name: number for number, name in enumerate(by_id)}
    found = []
    for claim in group:
        for relation in claim["relations"]:
            first = place[claim["id"]] < place.get(relation["claim"], -1)
            shown = every_relation or relation["kind"] == "contradict"
            if first and shown:
                found.append((list(_MARKS).index(relation["kind"]), claim, relation))
    for _, claim, relation in sorted(
        found, key=lambda item: (item[0], place[item[1]["id"]], place[item[2]["claim"]])
    ):
        other = by_id[relation["claim"]]
        kind = relation["kind"]
        style = "red" if kind == "contradict" else "dim"
        console.print(
            f"  {_MARKS[kind]} {kind}: {claim['id']} “{escape(claim['text'])}” · "
            f"{other['id']} “{escape(other['text'])}”: {escape(relation['reason'])}",
            style=style,
            highlight=False,
        )
