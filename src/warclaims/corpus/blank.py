"""Annotations in which nothing is annotated yet, and the guidelines that they follow."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from warclaims.corpus.corpus import open as open_corpus
from warclaims.errors import WarclaimsError
from warclaims.files.presence import is_there
from warclaims.files.reading import read_words
from warclaims.layout import GOLD
from warclaims.records import Annotations
from warclaims.records.base import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warclaims.corpus.corpus import Corpus
    from warclaims.records import Document

_VERSION = re.compile(r"^Version \*\*(\S+)\*\*", re.MULTILINE)


def blank_annotations(document: Document, annotator: str, guidelines: str) -> Annotations:
    """Annotations of a document in which nothing is annotated yet."""
    return Annotations(
        schema_version=SCHEMA_VERSION,
        document=document.id,
        sha256=document.sha256,
        annotator=annotator,
        guidelines=guidelines,
        actors=(),
        locations=(),
        casualties=(),
        attributions=(),
    )


def guidelines_followed(corpus: Corpus, names: Iterable[str] | None = None) -> str:
    """The version of the guidelines that new annotations of a corpus follow.

    It is the one that the guidelines of the corpus name, or that its gold follows, or the one of
    the guidelines of the shipped corpus. ``names`` are the documents of the corpus, if they have
    been read.

    Raises:
        WarclaimsError: no page or annotation names a version, as in an incomplete installation.
    """
    for some in (corpus, open_corpus()):
        page = some.layout.guidelines
        if is_there(page) and (named := _VERSION.search(read_words(page))):
            return named[1]
        known = [*(some.documents if names is None or some is not corpus else names)]
        for name in reversed(known):
            if some.storage.is_annotated(GOLD, name):
                return some.storage.annotations(name, GOLD).guidelines
    raise WarclaimsError(
        "Nothing names a version of the guidelines. Is WarClaims installed with its corpus?"
    )
