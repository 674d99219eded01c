"""The events, and a page per event: its claims, a plot of them, and how they are related."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from warclaims.derive import relate
from warclaims.derive.events import parents
from warclaims.records import RelationKind, Sourcing
from warclaims.report.claim_store import NO_EVENT
from warclaims.report.context import ReportContext, ReportPage
from warclaims.report.plots.forest import forest
from warclaims.wording import plain, when

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.records import Claim, Event
    from warclaims.report.context import WordedClaim
    from warclaims.report.site import Site

MOST_WITH_PARTS = 80
"""Limit of claims up to which a page shows those of the parts of an event too."""

MOST = 200
"""Limit of claims compared on a page: the pairs grow with the square of their number."""

MOST_PAIRS = 150
"""Limit of pairs shown per kind; the rest is counted."""


class EventsPage(ReportPage):
    """A page per event, and their list."""

    def __init__(self, context: ReportContext) -> None:
        super().__init__(context)
        self._parents = parents(context.registries.events)
        self._parts: dict[str | None, list[Event]] = defaultdict(list)
        for event in context.registries.events.values():
            self._parts[self._parents[event.id]].append(event)

    def write(self, site: Site) -> None:
        """Write the page of each event, and the list, each event below what it is part of."""
        tree, store, known = (
            self._context.tree,
            self._context.claims,
            self._context.registries.events,
        )
        numbers = {name: number for number, name in enumerate(known)}
        rows = {event.id: self._event(site, event) for event in known.values()}
        loose = store.claims(NO_EVENT, MOST)
        site.page(
            "events.html",
            title="Events",
            events=[
                {**rows[name], "depth": len(tree.ancestors(name)) - 1}
                for name in sorted(
                    known, key=lambda name: [numbers[up] for up in tree.ancestors(name)][::-1]
                )
            ],
            loose=self._context.worded(loose),
            loose_left=store.count(NO_EVENT) - len(loose),
        )

    def _event(self, site: Site, event: Event) -> dict[str, Any]:
        """Write the page of an event; its row in the list."""
        registries = self._context.registries
        number = self._context.claims.count(event.id)
        direct = number > MOST_WITH_PARTS
        claims = self._context.claims.claims(event.id, MOST, direct=direct)
        words = self._context.worded(claims)
        pairs = list(self._pairs(claims, words))

        def of_kind(*kinds: RelationKind) -> list[dict[str, Any]]:
            return [pair for pair in pairs if pair["kind"] in kinds]

        def of_sourcing(sourcing: Sourcing) -> list[dict[str, Any]]:
            return [pair for pair in pairs if pair["sourcing"] is sourcing]

        disputed = of_kind(RelationKind.CONTRADICT)
        site.page(
            f"events/{event.id}.html",
            "event.html",
            title=event.label[0].upper() + event.label[1:],
            event=event,
            dates=when(event),
            whole=registries.events.get(self._parents[event.id] or ""),
            parts=self._parts[event.id],
            places=[registries.places[name] for name in event.places if name in registries.places],
            outcomes=list(_by_outcome(words, event, site)),
            contradictions=disputed,
            incomparable=of_kind(RelationKind.INCOMPARABLE),
            scope=of_kind(RelationKind.SCOPE),
            others=of_kind(RelationKind.AGREE, RelationKind.COMPATIBLE, RelationKind.ROUNDING),
            restated=of_sourcing(Sourcing.SAME_SOURCE),
            as_fact=of_sourcing(Sourcing.STATED_AS_FACT),
            left_out=number - len(claims),
            direct=direct,
            most_pairs=MOST_PAIRS,
        )
        return {"event": event, "dates": when(event), "number": number, "disputed": len(disputed)}

    def _pairs(self, claims: list[Claim], words: list[WordedClaim]) -> Iterator[dict[str, Any]]:
        """The relations among these claims, each pair once."""
        worded = {one.claim.id: one for one in words}
        order = {name: number for number, name in enumerate(worded)}
        found = relate(claims, self._context.tree, self._context.registries.actors)
        for name, relations in found.items():
            for relation in relations:
                if order[name] < order[relation.claim]:
                    yield {
                        "one": worded[name],
                        "other": worded[relation.claim],
                        "kind": relation.kind,
                        "reason": relation.reason,
                        "sourcing": relation.sourcing,
                        "sourcing_reason": relation.sourcing_reason,
                    }


def _by_outcome(words: list[WordedClaim], event: Event, site: Site) -> Iterator[dict[str, Any]]:
    """The claims by outcome, each with a plot, which is saved as ``plots/EVENT-OUTCOME.svg``."""
    for outcome in dict.fromkeys(one.claim.outcome for one in words):
        of_it = [one for one in words if one.claim.outcome == outcome]
        label = plain(outcome)
        drawn = forest(of_it, name=f"plot-{outcome}", title=f"{label}: {event.label}")
        drawn.save(site, f"plots/{event.id}-{outcome}")
        yield {"name": label, "claims": of_it, "plot": drawn.inline}
