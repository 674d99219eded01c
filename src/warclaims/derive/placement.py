"""Segments, sentences and tokens of a document, by offset."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from string import punctuation
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category

from warclaims.records.vocabulary import ANNOTATABLE

if TYPE_CHECKING:
    from warclaims.records import Document, Segment


class Sentence(NamedTuple):
    """A sentence: half-open code points, without outer white space, and its segment."""

    start: int
    end: int
    segment: Segment


class Token(NamedTuple):
    """A token: half-open code points of the document."""

    start: int
    end: int


class Placement:
    """The segments, sentences and tokens of one document.

    ``sentencex`` finds sentences within each annotatable segment, so that none crosses the edge of
    a segment. Tokens are words and single punctuation marks, as BERT models split them before
    looking up pieces, so that the edge of a span is the edge of a token unless it cuts a word.
    """

    def __init__(self, document: Document, text: str) -> None:
        self._document = document
        self._text = text
        self._segment_starts = [segment.start for segment in document.segments]

    def segment(self, offset: int) -> Segment:
        """The segment that holds the code point at ``offset``."""
        at = bisect_right(self._segment_starts, offset) - 1
        return self._document.segments[max(at, 0)]

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The sentences of all annotatable segments, in text order."""
        from sentencex import get_sentence_boundaries

        found: list[Sentence] = []
        language = self._document.language.split("-")[0]
        for segment in self._document.segments:
            if segment.kind not in ANNOTATABLE:
                continue
            part = self._text[segment.start : segment.end]
            for boundary in get_sentence_boundaries(language, part):
                words = part[boundary["start_index"] : boundary["end_index"]]
                start = boundary["start_index"] + len(words) - len(words.lstrip())
                if words.strip():
                    at = segment.start + start
                    found.append(Sentence(at, at + len(words.strip()), segment))
        return found

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def sentence_number(self, offset: int) -> int:
        """The number of the sentence that holds ``offset``, counted from 0."""
        return max(bisect_right(self._sentence_starts, offset) - 1, 0)

    def sentence(self, start: int, end: int) -> str:
        """The words of the sentence, or run of sentences, that holds ``[start, end)``."""
        first = self.sentences[self.sentence_number(start)]
        last = self.sentences[self.sentence_number(max(start, end - 1))]
        return self._text[min(first.start, start) : max(last.end, end)]

    def tokens(self, sentence: Sentence) -> list[Token]:
        """The tokens of a sentence."""
        found: list[Token] = []
        in_word = False
        for at in range(sentence.start, sentence.end):
            char = self._text[at]
            is_space = char.isspace()
            is_mark = char in punctuation or category(char).startswith("P")
            if in_word and not (is_space or is_mark):
                found[-1] = Token(found[-1].start, at + 1)
            elif not is_space:
                found.append(Token(at, at + 1))
            in_word = not (is_space or is_mark)
        return found
