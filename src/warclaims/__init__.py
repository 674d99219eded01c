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
    from warclaims.citation import cite
    from warclaims.corpus import Corpus, open
    from warclaims.errors import WarclaimsError
    from warclaims.loading import load
    from warclaims.report.notebook import to_html

__version__ = "0.1.0"

# Imported when first used: `import warclaims` must cost next to nothing.
_LAZY = {
    "Corpus": "warclaims.corpus",
    "WarclaimsError": "warclaims.errors",
    "cite": "warclaims.citation",
    "load": "warclaims.loading",
    "open": "warclaims.corpus",
    "to_html": "warclaims.report.notebook",
}

__all__ = ["Corpus", "WarclaimsError", "__version__", "cite", "load", "open", "to_html"]


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module 'warclaims' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
