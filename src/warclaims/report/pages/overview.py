"""The first page: what the corpus holds, and where the statements part."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from warclaims.derive import relate
from warclaims.records import LAYERS, RelationKind
from warclaims.report.pages.events import MOST, MOST_WITH_PARTS
from warclaims.report.shown import shown

if TYPE_CHECKING:
    from warclaims.records import Bundle, Claim
    from warclaims.report.part import Context
    from warclaims.report.site import Site


class Overview:
    """The first page; it keeps numbers only."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._counts: Counter[str] = Counter()

    def add(self, bundle: Bundle, claims: list[Claim], site: Site) -> None:
        """Count the records of a text."""
        self._counts["texts"] += 1
        for layer in LAYERS:
            self._counts[layer] += len(getattr(bundle.annotations, layer))
        self._counts["in the narrator’s own voice"] += sum(claim.narrator for claim in claims)

    def write(self, site: Site) -> None:
        """Write the page: numbers, and the most disputed events with what is said of them."""
        site.page(
            "index.html",
            "index.html",
            title="Overview",
            counts=self._counts,
            disputed=self._disputed(),
        )

    def _disputed(self, most: int = 3) -> list[dict[str, object]]:
        """The events with the most contradictions among their claims, the narrower first.

        Of events and what they are part of only one is shown, and none with so many claims that
        its page leaves those of its parts out.
        """
        registries = self._context.registries
        found = []
        for event in registries.events.values():
            number = self._context.spool.count(event.id)
            if not 2 <= number <= MOST_WITH_PARTS:
                continue
            claims = self._context.spool.claims(event.id, MOST)
            relations = relate(claims, self._context.tree, registries.actors)
            pairs = sum(
                relation.kind is RelationKind.CONTRADICT
                for of_one in relations.values()
                for relation in of_one
            )
            if pairs:
                found.append((-pairs // 2, number, event, claims))
        found.sort(key=lambda item: item[:2])
        chosen: list[dict[str, object]] = []
        taken: list[str] = []
        for minus, _, event, claims in found:
            if any(self._overlap(event.id, name) for name in taken) or len(chosen) == most:
                continue
            taken.append(event.id)
            chosen.append({"event": event, "pairs": -minus, "claims": shown(claims, self._context)})
        return chosen

    def _overlap(self, one: str, other: str) -> bool:
        tree = self._context.tree
        return tree.includes([one], [other]) or tree.includes([other], [one])
