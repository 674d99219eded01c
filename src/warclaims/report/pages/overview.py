"""The first page: what the corpus holds, and the most disputed events."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from warclaims.derive import relate
from warclaims.records import LAYERS, RelationKind
from warclaims.report.context import ReportContext, ReportPage
from warclaims.report.pages.events import MOST, MOST_WITH_PARTS

if TYPE_CHECKING:
    from warclaims.records import Bundle, Claim
    from warclaims.report.site import Site


class OverviewPage(ReportPage):
    """The first page; it keeps only numbers."""

    def __init__(self, context: ReportContext) -> None:
        super().__init__(context)
        self._counts: Counter[str] = Counter()

    def add(self, bundle: Bundle, claims: list[Claim], site: Site) -> None:
        """Count the records of a text."""
        self._counts["texts"] += 1
        for layer in LAYERS:
            self._counts[layer] += len(getattr(bundle.annotations, layer))
        self._counts["in the narrator’s own voice"] += sum(claim.narrator for claim in claims)

    def write(self, site: Site) -> None:
        """Write the page: numbers, and the claims of the most disputed events."""
        disputed = self._disputed()
        site.page("index.html", title="Overview", counts=self._counts, disputed=disputed)

    def _disputed(self, most: int = 3) -> list[dict[str, Any]]:
        """The events with the most contradictions among their claims, the narrower first.

        Of an event and its parts only one is shown. Events with so many claims that their pages
        leave out those of the parts are not shown.
        """
        store, tree = self._context.claims, self._context.tree
        found = []
        for event in self._context.registries.events.values():
            number = store.count(event.id)
            if 2 <= number <= MOST_WITH_PARTS:
                claims = store.claims(event.id, MOST)
                relations = relate(claims, tree, self._context.registries.actors).values()
                kinds = [relation.kind for of_claim in relations for relation in of_claim]
                pairs = kinds.count(RelationKind.CONTRADICT) // 2
                if pairs:
                    found.append((-pairs, number, event, claims))
        chosen: list[dict[str, Any]] = []
        for minus, _, event, claims in sorted(found, key=lambda item: item[:2]):
            apart = all(
                not tree.includes([event.id], [one["event"].id])
                and not tree.includes([one["event"].id], [event.id])
                for one in chosen
            )
            if apart and len(chosen) < most:
                words = self._context.worded(claims)
                chosen.append({"event": event, "pairs": -minus, "claims": words})
        return chosen
