"""A text as the rules read it: folded, with its sentences and the words that matter."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from warclaims.derive import Placement
from warclaims.folding import Folded
from warclaims.language import primary, table_of
from warclaims.language.quotations import quotations
from warclaims.records import Fragment
from warclaims.systems.rules.tokens import tokens_of
from warclaims.validation.scanning import scanner
from warclaims.validation.words import cuts_word

if TYPE_CHECKING:
    from warclaims.records import Document, Span
    from warclaims.records.vocabulary import SegmentKind
    from warclaims.systems.rules.tokens import WordToken
    from warclaims.validation.scanning import WordHits

Range = tuple[int, int]
"""Half-open offsets in the folded text."""


class ReadSentence(NamedTuple):
    """A sentence in the folded text, and the kind of its segment."""

    start: int
    end: int
    kind: SegmentKind

    def of(self, ranges: list[Range]) -> list[Range]:
        """Those of sorted ranges that begin in the sentence."""
        return ranges[bisect_left(ranges, (self.start, 0)) : bisect_left(ranges, (self.end, 0))]


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
        self._tokens: dict[int, list[WordToken]] = {}

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

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def sentence_at(self, offset: int) -> ReadSentence | None:
        """The sentence that holds an offset; ``None`` if none does."""
        at = bisect_right(self._sentence_starts, offset) - 1
        return self.sentences[at] if at >= 0 and offset < self.sentences[at].end else None

    def tokens(self, sentence: ReadSentence) -> list[WordToken]:
        """The tokens of a sentence."""
        if sentence.start not in self._tokens:
            self._tokens[sentence.start] = tokens_of(self.text, sentence.start, sentence.end)
        return self._tokens[sentence.start]

    def raw(self, ranges: list[Range]) -> list[Range]:
        """Ranges of the folded text in the raw one."""
        return self._folded.outside(ranges)

    def folded(self, ranges: list[Range]) -> list[Range]:
        """Ranges of the raw text in the folded one."""
        return self._folded.inside(ranges)

    def span(self, *ranges: Range) -> Span:
        """The fragments of the raw text at ranges of the folded one, widened to whole words."""
        outside = self._folded.outside(list(ranges))
        return tuple(
            Fragment(start=start, end=end, text=self._raw[start:end])
            for start, end in (whole_words(self._raw, *place) for place in outside)
        )


def whole_words(text: str, start: int, end: int) -> Range:
    """A range of a text without white space at its edges, and with the words it cuts.

    >>> whole_words("Zoe\u0308 said: two ", 0, 3), whole_words("Zoe\u0308 said: two ", 5, 15)
    ((0, 4), (5, 14))
    """
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    while cuts_word(text, start):
        start -= 1
    while cuts_word(text, end):
        end += 1
    return start, end
