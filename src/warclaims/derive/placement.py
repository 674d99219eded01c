"""Where a span stands: its segment, its sentence; and the tokens of a sentence."""

from __future__ import annotations

import re
import string
from bisect import bisect_right
from functools import cached_property
from itertools import groupby, pairwise
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
    """The segments and sentences of one document, to be asked by offset.

    Sentences are found by ``sentencex`` within each annotatable segment, so that none runs over a
    segment's edge; tokens are words and single punctuation marks (as BERT
    models split text), so that a span's edge always falls on a token's edge unless it cuts a word.
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
        found = []
        words = re.compile(r"\S+").finditer(self._text, sentence.start, sentence.end)
        for word in words:
            start = word.start()
            for alone, chars in groupby(word[0], _is_punctuation):
                end = start + len(list(chars))
                edges = range(start, end + 1) if alone else (start, end)
                found += [Token(*edge) for edge in pairwise(edges)]
                start = end
        return found


def _is_punctuation(char: str) -> bool:
    return char in string.punctuation or category(char).startswith("P")
