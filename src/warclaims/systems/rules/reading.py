"""A text as the rules read it: folded, with its sentences and the words that matter."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from warclaims.derive import Placement
from warclaims.folding import Folded
from warclaims.language import primary, table_of
from warclaims.language.quotations import quotations
from warclaims.records import Fragment
from warclaims.validation.scanning import scanner

if TYPE_CHECKING:
    from warclaims.records import Document, Span
    from warclaims.records.vocabulary import SegmentKind
    from warclaims.validation.scanning import WordHits

Range = tuple[int, int]
"""Half-open offsets in the folded text."""


class ReadSentence(NamedTuple):
    """A sentence in the folded text, and the kind of its segment."""

    start: int
    end: int
    kind: SegmentKind


class ReadText:
    """A document's text, folded. Offsets are those of the folded text until :meth:`span`.

    Attributes:
        language: The language by its shortest code.
        text: The folded text.
    """

    def __init__(self, document: Document, raw: str) -> None:
        self._document = document
        self._raw = raw
        self._folded = Folded(raw)
        self.language = primary(document.language)
        self.text = self._folded.text

    @cached_property
    def quotations(self) -> list[Range]:
        """The quotations with their marks, in text order."""
        return self._folded.inside(quotations(self._raw))

    @cached_property
    def hits(self) -> WordHits | None:
        """The words of harm and of speech, and numbers; ``None`` if none are listed."""
        if table_of(self.language, "COVERAGE") is None:
            return None
        return scanner(frozenset(), self.language).hits(self.text, self.quotations)

    @cached_property
    def sentences(self) -> list[ReadSentence]:
        """The sentences of the segments that are annotated, in text order."""
        found = Placement(self._document, self._raw).sentences
        ranges = self._folded.inside([(one.start, one.end) for one in found])
        return [
            ReadSentence(start, end, one.segment.kind)
            for (start, end), one in zip(ranges, found, strict=True)
        ]

    def span(self, *ranges: Range) -> Span:
        """The fragments of the raw text at ranges of the folded one."""
        return tuple(
            Fragment(start=start, end=end, text=self._raw[start:end])
            for start, end in self._folded.outside(list(ranges))
        )
