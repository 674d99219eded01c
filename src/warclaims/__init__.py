"""WarClaims: who says how many died, where, and on whose word.

An annotated corpus of war reporting and the tools that make, check, extend and use it.

>>> import warclaims
>>> corpus = warclaims.open()
>>> [document.id for document in corpus.documents.values()]
['000', '001', '002', '003', '004']
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from warclaims.api import claims, compare, known_ids, score, suggest, validate
    from warclaims.authoring.building import build_document
    from warclaims.batches import check_table, claims_table, suggest_table
    from warclaims.citation import cite
    from warclaims.corpus import Corpus, open
    from warclaims.errors import WarclaimsError
    from warclaims.loading import load
    from warclaims.records import span_text
    from warclaims.report.notebook import to_html

    __version__: str

# Imported when first used: `import warclaims` must cost next to nothing.
_LAZY = {
    "Corpus": "warclaims.corpus",
    "WarclaimsError": "warclaims.errors",
    "build_document": "warclaims.authoring.building",
    "check_table": "warclaims.batches",
    "cite": "warclaims.citation",
    "claims": "warclaims.api",
    "claims_table": "warclaims.batches",
    "compare": "warclaims.api",
    "known_ids": "warclaims.api",
    "load": "warclaims.loading",
    "open": "warclaims.corpus",
    "score": "warclaims.api",
    "span_text": "warclaims.records",
    "suggest": "warclaims.api",
    "suggest_table": "warclaims.batches",
    "to_html": "warclaims.report.notebook",
    "validate": "warclaims.api",
}

__all__ = [
    "Corpus",
    "WarclaimsError",
    "__version__",
    "build_document",
    "check_table",
    "cite",
    "claims",
    "claims_table",
    "compare",
    "known_ids",
    "load",
    "open",
    "score",
    "span_text",
    "suggest",
    "suggest_table",
    "to_html",
    "validate",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        globals()[name] = import_module("warclaims.version").read_version()
        return globals()[name]
    if name in _LAZY:
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module 'warclaims' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
