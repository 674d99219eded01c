"""The names by which texts mention the entries of registries."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from warclaims.records import span_text

if TYPE_CHECKING:
    from warclaims.records import Bundle

MENTIONS = {"actors": ("actors", "entity"), "places": ("locations", "place")}
"""By registry the layer of its mentions, and the field that links to the entry."""


class NamesUsage:
    """The names by which texts mention the entries of a registry, for its column ``usage``.

    Only mentions by name count.
    """

    def __init__(self, registry: str) -> None:
        self._layer, self._link = MENTIONS[registry]
        self._found: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
        self._outlets: dict[str, str] = {}

    def add(self, bundle: Bundle) -> None:
        """Add the mentions of a text."""
        document = bundle.document
        self._outlets[document.id] = document.outlet.value or ""
        for mention in getattr(bundle.annotations, self._layer):
            entry = getattr(mention, self._link)
            if entry is not None and mention.level == "name":
                self._found[entry][span_text(mention.span)][document.id] += 1

    def of(self, entry: str) -> list[dict[str, Any]]:
        """The names of an entry, the most used first."""
        names = self._found.get(entry, {})
        return [
            {
                "name": name,
                "mentions": users.total(),
                "documents": sorted(users),
                "outlets": sorted({self._outlets[user] for user in users} - {""}),
            }
            for name, users in sorted(names.items(), key=lambda one: (-one[1].total(), one[0]))
        ]
