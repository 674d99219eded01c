"""The events, and a page of each: its claims, a plot of them, and how they stand to each other."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from warclaims.derive import relate
from warclaims.derive.events import parents
from warclaims.records import RelationKind, Sourcing
from warclaims.report.plots.forest import forest
from warclaims.report.shown import shown
from warclaims.report.spool import NO_EVENT
from warclaims.wording import when

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markupsafe import Markup

    from warclaims.records import Bundle, Claim, Event
    from warclaims.report.part import Context
    from warclaims.report.shown import Shown
    from warclaims.report.site import Site

MOST_WITH_PARTS = 80
"""A page shows the claims of an event and its parts up to so many, else those of the event only."""

MOST = 200
"""No page compares more claims: the pairs grow with the square of their number."""

MOST_PAIRS = 150
"""So many pairs of a kind are shown; the rest is counted."""


class Pair(NamedTuple):
    """Two claims and how they stand to each other."""

    one: Shown
    other: Shown
    kind: RelationKind
    reason: str
    sourcing: Sourcing | None
    sourcing_reason: str | None


class Outcome(NamedTuple):
    """The claims of one outcome, with the plot of their counts."""

    name: str
    claims: list[Shown]
    plot: Markup


class Events:
    """A page an event, and their list."""

    def __init__(self, context: Context) -> None:
        self._context = context
        events = context.registries.events
        self._up = parents(events)
        self._parts: dict[str | None, list[Event]] = defaultdict(list)
        for event in events.values():
            self._parts[self._up[event.id]].append(event)

    def add(self, bundle: Bundle, claims: list[Claim], site: Site) -> None:
        """Nothing of a single text: the spool has the claims."""

    def write(self, site: Site) -> None:
        """Write every event's page, and the list."""
        spool = self._context.spool
        events = self._context.registries.events
        up = self._up
        listed = []
        for event in events.values():
            number = spool.count(event.id)
            direct = number > MOST_WITH_PARTS
            claims = spool.claims(event.id, MOST, direct=direct)
            pairs = list(self._pairs(claims))
            self._page(site, event, claims, pairs, left_out=number - len(claims), direct=direct)
            disputed = sum(pair.kind is RelationKind.CONTRADICT for pair in pairs)
            listed.append((event, when(event), number, disputed, _depth(event.id, up)))
        loose = spool.claims(NO_EVENT, MOST)
        site.page(
            "events.html",
            "events.html",
            title="Events",
            events=_nested(listed, up),
            loose=shown(loose, self._context),
            loose_left=spool.count(NO_EVENT) - len(loose),
        )

    def _page(
        self,
        site: Site,
        event: Event,
        claims: list[Claim],
        pairs: list[Pair],
        *,
        left_out: int,
        direct: bool,
    ) -> None:
        registries = self._context.registries
        words = shown(claims, self._context)
        site.page(
            f"events/{event.id}.html",
            "event.html",
            title=event.label[0].upper() + event.label[1:],
            event=event,
            dates=when(event),
            whole=registries.events.get(self._up[event.id] or ""),
            parts=self._parts.get(event.id, []),
            places=[registries.places[name] for name in event.places if name in registries.places],
            outcomes=list(_by_outcome(words, event, site)),
            contradictions=[p for p in pairs if p.kind is RelationKind.CONTRADICT],
            incomparable=[p for p in pairs if p.kind is RelationKind.INCOMPARABLE],
            scope=[p for p in pairs if p.kind is RelationKind.SCOPE],
            others=[
                p
                for p in pairs
                if p.kind in (RelationKind.AGREE, RelationKind.COMPATIBLE, RelationKind.ROUNDING)
            ],
            restated=[p for p in pairs if p.sourcing is Sourcing.SAME_SOURCE],
            as_fact=[p for p in pairs if p.sourcing is Sourcing.STATED_AS_FACT],
            left_out=left_out,
            direct=direct,
            most_pairs=MOST_PAIRS,
        )

    def _pairs(self, claims: list[Claim]) -> Iterator[Pair]:
        """The relations among these claims, each pair once."""
        registries = self._context.registries
        words = {one.claim.id: one for one in shown(claims, self._context)}
        place = {name: number for number, name in enumerate(words)}
        found = relate(claims, self._context.tree, registries.actors)
        for name, relations in found.items():
            for relation in relations:
                if place[name] < place[relation.claim]:
                    yield Pair(
                        words[name],
                        words[relation.claim],
                        relation.kind,
                        relation.reason,
                        relation.sourcing,
                        relation.sourcing_reason,
                    )


def _by_outcome(words: list[Shown], event: Event, site: Site) -> Iterator[Outcome]:
    names = dict.fromkeys(one.claim.outcome for one in words)
    for name in names:
        of_it = [one for one in words if one.claim.outcome is name]
        label = name.value.replace("_", " ")
        drawn = forest(of_it, name=f"plot-{name.value}", title=f"{label}: {event.label}")
        drawn.save(site, f"plots/{event.id}-{name.value}")
        yield Outcome(label, of_it, drawn.inline)


def _depth(name: str, up: dict[str, str | None]) -> int:
    depth, seen = 0, {name}
    while (above := up.get(name)) is not None and above not in seen:
        seen.add(above)
        name, depth = above, depth + 1
    return depth


def _nested(
    listed: Iterable[tuple[Event, str, int, int, int]], up: dict[str, str | None]
) -> list[tuple[Event, str, int, int, int]]:
    """The events with each after what it is part of; what is part of itself comes last."""
    rows = list(listed)
    below: dict[str | None, list[tuple[Event, str, int, int, int]]] = {}
    known = {row[0].id for row in rows}
    for row in rows:
        above = up[row[0].id]
        below.setdefault(above if above in known else None, []).append(row)
    found: list[tuple[Event, str, int, int, int]] = []
    waiting = below.get(None, [])[::-1]
    while waiting:
        row = waiting.pop()
        found.append(row)
        waiting += below.get(row[0].id, [])[::-1]
    seen = {row[0].id for row in found}
    return found + [row for row in rows if row[0].id not in seen]
