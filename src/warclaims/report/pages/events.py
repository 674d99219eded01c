"""The events, and a page per event: what sources say of it, its claims, and a plot of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from warclaims.accounts.by_event import TOGETHER
from warclaims.accounts.summary import disagreements
from warclaims.hierarchy import parents
from warclaims.records import ComparisonKind
from warclaims.report.claim_store import NO_EVENT
from warclaims.report.plots.forest import forest
from warclaims.report.site import ReportPage, Site
from warclaims.wording import plain, when

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.records import Claim, Event

MOST_WITH_PARTS = 80
"""Limit of claims up to which a page shows those of the parts of an event too."""

MOST = 200
"""Limit of claims shown on a page."""


class EventsPage(ReportPage):
    """A page per event, and their list."""

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self._parents = parents(site.registries.events)
        self._parts: dict[str | None, list[Event]] = defaultdict(list)
        for event in site.registries.events.values():
            self._parts[self._parents[event.id]].append(event)
        self._above: dict[str, set[str]] = {}
        self._together: dict[str, list[str]] = defaultdict(list)

    def write(self) -> None:
        """Write the page of each event, and the list, each event below what it is part of."""
        site, known = self._site, self._site.registries.events
        numbers = {name: number for number, name in enumerate(known)}
        lines = {name: site.tree.ancestors(name) for name in known}
        for name in {**site.compared.own, **site.compared.rows}:
            events = name.split(TOGETHER)
            self._above[name] = {up for event in events for up in site.tree.ancestors(event)}
            for one in events if len(events) > 1 else ():
                self._together[one].append(name)
        disputed: Counter[str] = Counter()
        for name, rows in site.compared.rows.items():
            number = sum(row.kind is ComparisonKind.DISAGREEMENT for row in rows)
            disputed.update(dict.fromkeys(self._above[name], number))
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
                    "disputed": disputed[name],
                }
                for name in sorted(known, key=lambda name: [numbers[n] for n in lines[name]][::-1])
            ],
            loose=loose,
            loose_left=site.claims.count(NO_EVENT) - len(loose),
        )

    def _write_event(self, event: Event) -> None:
        registries = self._site.registries
        number = self._site.claims.count(event.id)
        direct = number > MOST_WITH_PARTS
        claims = self._site.claims.claims(event.id, MOST, direct=direct)
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
            together=self._together[event.id],
            below=list(self._disputed_below(event)),
            left_out=number - len(claims),
            direct=direct,
        )

    def _disputed_below(self, event: Event) -> Iterator[tuple[str, str]]:
        """The names of parts on which sources disagree, and on what."""
        shown = {event.id, *self._together[event.id]}
        for name, rows in self._site.compared.rows.items():
            if event.id in self._above[name] and name not in shown:
                said = disagreements(rows, self._site.compared.accounts)
                if said:
                    yield name, said

    def _by_outcome(self, claims: list[Claim], event: Event) -> Iterator[dict[str, Any]]:
        """The claims by outcome, with a plot that is saved as ``plots/EVENT-OUTCOME.svg``."""
        for outcome in dict.fromkeys(claim.outcome for claim in claims):
            of_it = [claim for claim in claims if claim.outcome == outcome]
            label = plain(outcome)
            title = f"{label}: {event.label}"
            drawn = forest(of_it, self._site.side_of, name=f"plot-{outcome}", title=title)
            plot = self._site.figure(drawn, f"plots/{event.id}-{outcome}")
            yield {"name": label, "claims": of_it, "plot": plot}
