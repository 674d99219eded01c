"""The first page: what the corpus holds, and the most disputed events."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from warclaims.records import LAYERS
from warclaims.report.site import ReportPage, Site

if TYPE_CHECKING:
    from warclaims.records import Bundle, Claim

_MOST_EVENTS = 3


class OverviewPage(ReportPage):
    """The first page; it keeps only numbers."""

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
        """Write the page: numbers, and what sources say of the most disputed events."""
        disputed = self._site.compared.disputed()[:_MOST_EVENTS]
        self._site.page("index.html", counts=self._counts, disputed=disputed)
