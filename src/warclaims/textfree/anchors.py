"""Offsets of a text by its words, so that they can be carried over to another copy."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from warclaims.textfree.alignment import align
from warclaims.textfree.marks import end_edge, start_edge
from warclaims.textfree.words import Word, extent, fingerprints, level, normal_words, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Anchor = tuple[int, int]
"""A word by number, and how far from it an offset lies: from its start if it begins a span, from
its end if it ends one. Outside the word are only marks and blanks."""

LONGEST_GAP = 100
"""Code points between two words that are kept at most; where there are more, edges are doubtful."""

COPY = 1 / 3
"""A copy of which less than this share of the words is found is taken for another text."""


class Fate(StrEnum):
    """What became of a span in another copy."""

    EXACT = "exact"
    MOVED = "moved"
    DOUBTFUL = "doubtful"
    LOST = "lost"


class Carried(NamedTuple):
    """A span in the copy, half-open code points; null offsets if it is lost."""

    start: int
    end: int
    fate: Fate


_LOST = Carried(-1, -1, Fate.LOST)
_BLANK = re.compile(r"\s+")
_LINE_BREAK = re.compile(r"\s*[\r\n\u0085\u2028\u2029]")


def anchors(text: str, offsets: Iterable[tuple[int, int]]) -> dict[str, Any]:
    """Where the spans of ``offsets`` begin and end by words, sorted, as lists that JSON can hold.

    ``starts`` and ``ends`` have ``[offset, word, distance]``, ``gaps`` the marks and blanks before
    a word, by its number, where an edge lies among them. A span without a word has none.
    """
    found = words(text)
    begins, ends = [w.start for w in found], [w.end for w in found]
    starts_of: dict[int, Anchor] = {}
    ends_of: dict[int, Anchor] = {}
    beside: set[int] = set()
    for start, end in offsets:
        first = bisect_right(ends, start)
        last = bisect_left(begins, end) - 1
        if first <= last:
            starts_of[start] = (first, start - found[first].start)
            ends_of[end] = (last, end - found[last].end)
            beside.update([first] * (start < begins[first]) + [last + 1] * (end > ends[last]))
    gaps = [(number, level(text)[slice(*_gap(found, number, text))]) for number in sorted(beside)]
    return {
        "starts": [[offset, *anchor] for offset, anchor in sorted(starts_of.items())],
        "ends": [[offset, *anchor] for offset, anchor in sorted(ends_of.items())],
        "gaps": [[number, gap] for number, gap in gaps if len(gap) <= LONGEST_GAP],
    }


def _gap(found: Sequence[Word], number: int, text: str) -> tuple[int, int]:
    """From the end of the word before ``number`` to its start; of the text, where there is none."""
    return (
        found[number - 1].end if number else 0,
        found[number].start if number < len(found) else len(text),
    )


class Carrier:
    """Carries spans of the original over to a copy of it.

    Args:
        document: Id of the document.
        given: The fingerprints of the original.
        known: What :func:`anchors` gave for the original.
        copy: The text of the copy.

    Attributes:
        borders: Where segments of the copy begin and end, sorted; no edge is put beyond one.
    """

    def __init__(self, document: str, given: str, known: Mapping[str, Any], copy: str) -> None:
        self.copy = copy
        self.borders: Sequence[int] = ()
        self._starts = {offset: (word, away) for offset, word, away in known["starts"]}
        self._ends = {offset: (word, away) for offset, word, away in known["ends"]}
        self._gaps = dict(known["gaps"])
        self._level = level(copy)
        self._words = words(copy)
        self.total = len(given)
        self.found = align(given, normal_words(copy), document)

    @property
    def is_copy(self) -> bool:
        """False if so little of the original is found that this is another text."""
        return len(self.found) >= COPY * self.total

    def places(self, firsts: Sequence[int | None]) -> list[int | None]:
        """Where stretches of the original begin among the words of the copy, in order.

        ``firsts`` are the numbers of their first words. If a first word is not found, the stretch
        begins as far before the next word of it that is, but after all that is found of what comes
        before. Null if nothing of it is found.
        """
        places: list[int | None] = []
        numbers = sorted(self.found)
        for first, after in pairwise([*firsts, self.total]):
            if first is None:
                places.append(None)
                continue
            low = bisect_left(numbers, first)
            if low == len(numbers) or numbers[low] >= (self.total if after is None else after):
                places.append(None)
                continue
            at = self.found[numbers[low]].at - (numbers[low] - first)
            before = self.found[numbers[low - 1]].at + 1 if low else 0
            places.append(max(at, before))
        return places

    def border(self, at: int) -> int:
        """Where a segment begins whose first word is ``at`` of the copy, or that of one after all.

        It is after the line breaks before the word, else after the blank before it.
        """
        start, end = _gap(self._words, at, self.copy)
        if not at or at == len(self._words):
            return 0 if not at else end
        for blank in (_LINE_BREAK, _BLANK):
            if found := list(blank.finditer(self._level, start, end)):
                return found[-1].end()
        return end

    @property
    def end(self) -> int:
        """Where what was found of the original ends."""
        return self.border(max((place.at for place in self.found.values()), default=-1) + 1)

    def first_word(self, offset: int) -> int | None:
        """The number of the first word of the span that begins at ``offset``."""
        return self._starts[offset][0] if offset in self._starts else None

    def carry(self, start: int, end: int) -> Carried:
        """A span of the original in the copy.

        It is lost unless all its words are found one after the other. If one of them is only likely
        the same, they have to be as long as they were, but for blanks. It is doubtful if the marks
        at an edge are not those of the original, or do not belong to the segment of the words.
        """
        if start not in self._starts or end not in self._ends:
            return _LOST
        (first, before), (last, after) = self._starts[start], self._ends[end]
        places = [self.found.get(word) for word in range(first, last + 1)]
        known = [place for place in places if place is not None]
        if not known or len(known) < len(places) or known[-1].at - known[0].at != last - first:
            return _LOST
        words_start, words_end = self._words[known[0].at].start, self._words[known[-1].at].end
        new_start, clean = self._left(first, known[0].at, before)
        new_end, also_clean = self._right(last, known[-1].at, after)
        while self.copy[new_start].isspace():
            new_start += 1
        while self.copy[new_end - 1].isspace():
            new_end -= 1
        length = (end - after) - (start - before)
        as_long = length in (
            words_end - words_start,
            extent(self.copy[words_start:words_end]),
        )
        if any(place.doubtful or (place.likely and not as_long) for place in known) or not (
            clean and also_clean
        ):
            return Carried(new_start, new_end, Fate.DOUBTFUL)
        same = (new_start, new_end) == (start, end)
        return Carried(new_start, new_end, Fate.EXACT if same else Fate.MOVED)

    def _left(self, number: int, at: int, away: int) -> tuple[int, bool]:
        """Where a span begins that began ``away`` code points from a word, and if that is sure."""
        word = self._words[at]
        if away >= 0:
            return min(word.start + away, word.end - 1), away == 0
        gap = self._level[slice(*_gap(self._words, at, self.copy))]
        edge = start_edge(self._gaps.get(number, ""), -away, gap, is_first=at == 0)
        start = word.start - edge.distance
        border = self.borders[bisect_right(self.borders, word.start) - 1] if self.borders else 0
        return max(start, border), edge.is_sure and start >= border

    def _right(self, number: int, at: int, away: int) -> tuple[int, bool]:
        """Where a span ends that ended ``away`` code points after a word, and if that is sure."""
        word = self._words[at]
        if away <= 0:
            return max(word.end + away, word.start + 1), away == 0
        gap = self._level[slice(*_gap(self._words, at + 1, self.copy))]
        is_last = at + 1 == len(self._words)
        edge = end_edge(self._gaps.get(number + 1, ""), away, gap, is_last=is_last)
        end = word.end + edge.distance
        after = bisect_left(self.borders, word.end)
        border = self.borders[after] if after < len(self.borders) else len(self.copy)
        return min(end, border), edge.is_sure and end <= border


def fingerprints_of(text: str, document: str) -> str:
    """The fingerprints of all words of a text."""
    return fingerprints(normal_words(text), document)
