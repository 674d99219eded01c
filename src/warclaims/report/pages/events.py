"""The events, and a page per event: its claims, a plot of them, and how they are related."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from warclaims.derive import relate
from warclaims.derive.events import parents
from warclaims.records import RelationKind, Sourcing
from warclaims.report.claim_store import NO_EVENT
from warclaims.report.plots.forest import forest
from warclaims.report.site import ReportPage, Site
from warclaims.wording import plain, when

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.records import Claim, ClaimRelation, Event

MOST_WITH_PARTS = 80
"""Limit of claims up to which a page shows those of the parts of an event too."""

MOST = 200
"""Limit of claims compared on a page: the pairs grow with the square of their number."""

MOST_PAIRS = 150
"""Limit of pairs shown per section; the rest is counted."""

_SECTIONS = {
    RelationKind.CONTRADICT: "contradictions",
    RelationKind.INCOMPARABLE: "incomparable",
    RelationKind.SCOPE: "scope",
    RelationKind.AGREE: "others",
    RelationKind.COMPATIBLE: "others",
    RelationKind.ROUNDING: "others",
    Sourcing.SAME_SOURCE: "restated",
    Sourcing.STATED_AS_FACT: "as_fact",
}
"""The section of a page that lists a pair; a pair with a sourcing is in two."""

RelatedPair = tuple["Claim", "Claim", "ClaimRelation"]


class EventsPage(ReportPage):
    """A page per event, and their list."""

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self._parents = parents(site.registries.events)
        self._parts: dict[str | None, list[Event]] = defaultdict(list)
        for event in site.registries.events.values():
            self._parts[self._parents[event.id]].append(event)

    def write(self) -> None:
        """Write the page of each event, and the list, each event below what it is part of."""
        site, known = self._site, self._site.registries.events
        numbers = {name: number for number, name in enumerate(known)}
        lines = {name: site.tree.ancestors(name) for name in known}
        for event in known.values():
            self._write_event(event)
        loose = site.claims.claims(NO_EVENT, MOST)
        site.page(
            "events.html",
            events=[
                {
                    "event": known[name],
                    "dates": when(known[name]),
                    "depth": len(lines[name]) - 1,
                    "number": site.claims.count(name),
                    "disputed": site.contradictions[name],
                }
                for name in sorted(known, key=lambda name: [numbers[n] for n in lines[name]][::-1])
            ],
            loose=loose,
            loose_left=site.claims.count(NO_EVENT) - len(loose),
        )

    def _write_event(self, event: Event) -> None:
        """Write the page of an event, and count its contradictions."""
        registries = self._site.registries
        number = self._site.claims.count(event.id)
        direct = number > MOST_WITH_PARTS
        claims = self._site.claims.claims(event.id, MOST, direct=direct)
        sections: dict[str, list[RelatedPair]] = {name: [] for name in _SECTIONS.values()}
        for pair in self._pairs(claims):
            for kind in filter(None, (pair[2].kind, pair[2].sourcing)):
                sections[_SECTIONS[kind]].append(pair)
        self._site.contradictions[event.id] = len(sections["contradictions"])
        self._site.page(
            f"events/{event.id}.html",
            "event.html",
            title=event.label[0].upper() + event.label[1:],
            event=event,
            dates=when(event),
            whole=registries.events.get(self._parents[event.id] or ""),
            parts=self._parts[event.id],
            places=[registries.places[name] for name in event.places if name in registries.places],
            outcomes=list(self._by_outcome(claims, event)),
            sections=sections,
            left_out=number - len(claims),
            direct=direct,
            most_pairs=MOST_PAIRS,
        )

    def _pairs(self, claims: list[Claim]) -> Iterator[RelatedPair]:
        """The relations among these claims, each pair once."""
        by_id = {claim.id: claim for claim in claims}
        order = {name: number for number, name in enumerate(by_id)}
        found = relate(claims, self._site.tree, self._site.registries.actors)
        for name, relations in found.items():
            for relation in relations:
                if order[name] < order[relation.claim]:
                    yield by_id[name], by_id[relation.claim], relation

    def _by_outcome(self, claims: list[Claim], event: Event) -> Iterator[dict[str, Any]]:
        """The claims by outcome, with a plot that is saved as ``plots/EVENT-OUTCOME.svg``."""
        for outcome in dict.fromkeys(claim.outcome for claim in claims):
            of_it = [claim for claim in claims if claim.outcome is outcome]
            label = plain(outcome.value)
            title = f"{label}: {event.label}"
            drawn = forest(of_it, self._site.side_of, name=f"plot-{outcome.value}", title=title)
            plot = self._site.figure(drawn, f"plots/{event.id}-{outcome.value}")
            yield {"name": label, "claims": of_it, "plot": plot}
