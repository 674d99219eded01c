"""Which names the texts use for a registry entry, and which outlets use them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from warclaims.records import span_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warclaims.records import Bundle

LINK_FIELDS = {"actors": "entity", "places": "place"}
"""The registries whose entries have names, and the field of mentions that links to them."""

_LAYERS = {"actors": "actors", "places": "locations"}


def usage_columns() -> dict[str, Any]:
    """The column of the names in use."""
    from datasets import List, Value

    strings = List(Value("string"))
    used = {
        "name": Value("string"),
        "mentions": Value("int32"),
        "documents": strings,
        "outlets": strings,
    }
    return {"usage": List(used)}


USAGE_MEANINGS = {
    "usage": "The names by which the texts mention the entry, the most used first.",
    "usage/name": "The name as it is written.",
    "usage/mentions": "How often the texts use it.",
    "usage/documents": "Ids of the documents that use it.",
    "usage/outlets": "The outlets of these documents, where known.",
}
"""What the columns of :func:`usage_columns` say."""


def usage(bundles: Iterable[Bundle], registry: str) -> dict[str, list[dict[str, Any]]]:
    """For each entry the names of its name-level mentions, the most used first.

    A name counts as it is written; ``outlets`` leaves out texts whose outlet is unknown.
    """
    found: dict[str, dict[str, list[Bundle]]] = defaultdict(lambda: defaultdict(list))
    for bundle in bundles:
        for mention in getattr(bundle.annotations, _LAYERS[registry]):
            entry = getattr(mention, LINK_FIELDS[registry])
            if entry is not None and mention.level == "name":
                found[entry][span_text(mention.span)].append(bundle)
    return {
        entry: [
            {
                "name": name,
                "mentions": len(users),
                "documents": sorted({user.document.id for user in users}),
                "outlets": sorted(
                    {user.document.outlet.value for user in users if user.document.outlet.value}
                ),
            }
            for name, users in sorted(names.items(), key=lambda item: (-len(item[1]), item[0]))
        ]
        for entry, names in found.items()
    }
