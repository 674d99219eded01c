"""Which names the texts use for a registry entry, and which outlets use them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from warclaims.build.columns import Column
from warclaims.records import span_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warclaims.records import Bundle

MENTIONS = {"actors": ("actors", "entity"), "places": ("locations", "place")}
"""By registry the layer of its mentions, and the field that links to the entry."""

USAGE = Column(
    "usage",
    (
        Column("name", "string", "The name as it is written."),
        Column("mentions", "int32", "How often the texts use it."),
        Column("documents", "string", "Ids of the documents that use it.", many=True),
        Column("outlets", "string", "The outlets of these documents, where known.", many=True),
    ),
    "The names by which the texts mention the entry, the most used first.",
    many=True,
)


def usage(bundles: Iterable[Bundle], registry: str) -> dict[str, list[dict[str, Any]]]:
    """The column by entry. Only mentions by name count."""
    layer, link = MENTIONS[registry]
    found: dict[str, dict[str, list[Bundle]]] = defaultdict(lambda: defaultdict(list))
    for bundle in bundles:
        for mention in getattr(bundle.annotations, layer):
            entry = getattr(mention, link)
            if entry is not None and mention.level == "name":
                found[entry][span_text(mention.span)].append(bundle)
    return {
        entry: [
            {
                "name": name,
                "mentions": len(users),
                "documents": sorted({user.document.id for user in users}),
                "outlets": sorted({user.document.outlet.value or "" for user in users} - {""}),
            }
            for name, users in sorted(names.items(), key=lambda item: (-len(item[1]), item[0]))
        ]
        for entry, names in found.items()
    }
