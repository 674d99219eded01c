"""The version of the package, which is that of the shipped corpus."""

from __future__ import annotations

import re

from warclaims.errors import WarclaimsError
from warclaims.files import read_words
from warclaims.layout import Layout, shipped_corpus

_DECLARED = re.compile(r'^version = "([^"]+)"', re.MULTILINE)


def read_version() -> str:
    """The version that ``corpus.toml`` of the shipped corpus declares.

    Without files, as in a wheel that is not installed, it is unknown.

    >>> import warclaims
    >>> read_version() == warclaims.open().description.version
    True
    """
    try:
        found = _DECLARED.search(read_words(Layout(shipped_corpus()).description))
    except (WarclaimsError, OSError):
        found = None
    return found[1] if found else "0+unknown"
