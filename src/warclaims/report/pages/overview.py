"""The first page: what the corpus holds, and the most disputed events."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from warclaims.records import LAYERS
from warclaims.report.pages.events import MOST, MOST_WITH_PARTS
from warclaims.report.site import ReportPage, Site

if TYPE_CHECKING:
    from warclaims.records import Bundle, Claim, Event

_MOST_EVENTS = 3


class OverviewPage(ReportPage):
    """The first page; it keeps only numbers, and is written after the events."""

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self._counts: Counter[str] = Counter()

    def add(self, bundle: Bundle, claims: list[Claim]) -> None:
        """Count the records of a text."""
        self._counts["texts"] += 1
        for layer in LAYERS:
            self._counts[layer] += len(getattr(bundle.annotations, layer))
        self._counts["own voice"] += sum(claim.narrator for claim in claims)

    def write(self) -> None:
        """Write the page: numbers, and the claims of the most disputed events."""
        disputed = [(event, self._site.claims.claims(event.id, MOST)) for event in self._disputed()]
        self._site.page("index.html", counts=self._counts, disputed=disputed)

    def _disputed(self) -> list[Event]:
        """The events with the most contradictions among their claims, the narrower first.

        Of an event and its parts only one is shown. Events with so many claims that their pages
        leave out those of the parts are not shown.
        """
        site, includes = self._site, self._site.tree.includes
        numbers = {name: site.claims.count(name) for name in site.contradictions}
        chosen: list[str] = []
        for name in sorted(numbers, key=lambda name: (-site.contradictions[name], numbers[name])):
            is_shown = site.contradictions[name] and numbers[name] <= MOST_WITH_PARTS
            if is_shown and not any(includes([a], [name]) or includes([name], [a]) for a in chosen):
                chosen.append(name)
        return site.events(chosen[:_MOST_EVENTS])
