"""Check which annotation sets work can go to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from warclaims.errors import WarclaimsError
from warclaims.records.base import ID_PATTERN

if TYPE_CHECKING:
    from warclaims.corpus import Corpus


def require_set(corpus: Corpus, name: str) -> None:
    """Make sure that ``name`` is a set of ``corpus``, or an annotator who may begin one.

    Raises:
        WarclaimsError: it is not, or it is not an id but, say, a path.
    """
    layout = corpus.layout
    known = layout.set_names()
    sets = ", ".join(known) or "none"
    if not re.fullmatch(ID_PATTERN, name):
        raise WarclaimsError(
            f"{name!r} cannot be an annotation set: a set is named by an id (letters, digits, - "
            f"and _), not by a path; there are: {sets}"
        )
    if name not in known and name not in corpus.registries.annotators:
        raise WarclaimsError(
            f"there is no annotation set {name!r}; there are: {sets}. To begin a pass, enter "
            f"its annotator: {layout.command(f'register annotator {name}')}"
        )
