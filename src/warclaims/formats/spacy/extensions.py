"""Attributes and links of spans as extensions of spaCy's classes."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from spacy.tokens import Doc, Span

DATA = ("._.", "warclaims", None, None)
"""Where a document of spaCy keeps the extension ``warclaims``, JSON, in its ``user_data``."""


def register() -> None:
    """Register ``Doc._.warclaims``, ``Span._.attributes`` and ``Span._.links``.

    ``links`` are pairs of the name of a link and the id of the span that it ends at.

    Example::

        register()
        docs = DocBin().from_disk("spacy/documents-0001.spacy")
        for doc in docs.get_docs(spacy.blank("en").vocab):
            for span in doc.spans["casualties"]:
                print(span, span._.attributes["outcome"], span._.links)
    """
    Doc.set_extension("warclaims", default="", force=True)
    Span.set_extension("attributes", getter=_attributes, force=True)
    Span.set_extension("links", getter=_links, force=True)


def facts_of(doc: Any) -> dict[str, Any]:
    """What an export has written about a document besides its spans; empty for other documents."""
    return _parsed(doc.user_data.get(DATA) or "{}")


@lru_cache(maxsize=16)
def _parsed(facts: str) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(facts)
    return parsed


def _attributes(span: Any) -> dict[str, Any]:
    facts: dict[str, Any] = facts_of(span.doc).get("spans", {}).get(span.id_, {})
    return {**facts.get("attributes", {})}


def _links(span: Any) -> list[tuple[str, str]]:
    links = facts_of(span.doc).get("links", ())
    return [(label, target) for label, source, target in links if source == span.id_]
