"""Offsets of a text expressed by its words, so that they are found in another copy."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from warclaims.textfree.alignment import align
from warclaims.textfree.edges import edge_in_copy
from warclaims.textfree.words import Word, extent, fingerprints, level, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

LONGEST_GAP = 100
"""Most code points between two words that are kept; where there are more, edges are doubtful."""

COPY = 1 / 3
"""If a smaller share of the words is found, the copy is of another text."""


class Fate(StrEnum):
    """What became of a span in another copy."""

    EXACT = "exact"
    MOVED = "moved"
    DOUBTFUL = "doubtful"
    LOST = "lost"


class PlacedSpan(NamedTuple):
    """A span in the copy, half-open code points; -1 if it is lost."""

    start: int
    end: int
    fate: Fate

    @property
    def is_sure(self) -> bool:
        """True if it is surely on the words of the original."""
        return self.fate in (Fate.EXACT, Fate.MOVED)


_LOST = PlacedSpan(-1, -1, Fate.LOST)
_BLANK = re.compile(r"\s+")
_LINE_BREAK = re.compile(r"\s*[\r\n\u0085\u2028\u2029]")


def anchors(text: str, offsets: Iterable[tuple[int, int]]) -> dict[str, Any]:
    """Where the spans of ``offsets`` start and end by words, sorted, as lists that JSON can hold.

    ``starts`` and ``ends`` have ``[offset, word, distance]``, ``gaps`` the marks and blanks before
    a word, by its number, where an edge is among them. A span without a word has none.
    """
    found = words(text)
    begins, ends = [w.start for w in found], [w.end for w in found]
    starts_of: dict[int, tuple[int, int]] = {}
    ends_of: dict[int, tuple[int, int]] = {}
    beside: set[int] = set()
    for start, end in offsets:
        first = bisect_right(ends, start)
        last = bisect_left(begins, end) - 1
        if first <= last:
            starts_of[start] = (first, start - begins[first])
            ends_of[end] = (last, end - ends[last])
            beside.update([first] * (start < begins[first]) + [last + 1] * (end > ends[last]))
    plain = level(text)
    gaps = [(number, plain[slice(*_gap(found, number, text))]) for number in sorted(beside)]
    return {
        "starts": [[offset, *anchor] for offset, anchor in sorted(starts_of.items())],
        "ends": [[offset, *anchor] for offset, anchor in sorted(ends_of.items())],
        "gaps": [[number, gap] for number, gap in gaps if len(gap) <= LONGEST_GAP],
    }


def _gap(found: Sequence[Word], number: int, text: str) -> tuple[int, int]:
    """From the end of the word before ``number`` to its start, or to the edges of the text."""
    return (
        found[number - 1].end if number else 0,
        found[number].start if number < len(found) else len(text),
    )


class OtherCopy:
    """Another copy of a text, in which spans of the original are found by their words.

    Args:
        document: Id of the document.
        given: The fingerprints of the original.
        known: What :func:`anchors` returned for the original.
        text: The text of the copy.
        use: Called with all words of the copy that are used, to count them.

    Attributes:
        borders: Where segments of the copy start and end, sorted; no edge is put beyond one.
    """

    def __init__(
        self,
        document: str,
        given: str,
        known: Mapping[str, Any],
        text: str,
        use: Callable[[str], str] = str,
    ) -> None:
        self.text = text
        self.borders: Sequence[int] = (0, len(text))
        self._use = use
        self._starts = {offset: (word, away) for offset, word, away in known["starts"]}
        self._ends = {offset: (word, away) for offset, word, away in known["ends"]}
        self._gaps = dict(known["gaps"])
        self._level = level(text)
        self._words = words(text)
        self._total = len(given)
        self._found = align(given, [word.plain for word in self._words], document)

    @property
    def is_copy(self) -> bool:
        """False if so little of the original is found that this is another text."""
        return bool(self.text) and len(self._found) >= COPY * self._total

    def starts_of_segments(self, starts: Sequence[int]) -> list[int | None]:
        """Where segments of the original that start at ``starts`` do so in the copy, in order.

        If its first word is not found, a segment starts as far before the next word of it that is,
        but after all that is found of what comes before. `None` if nothing of it is found.
        """
        places: list[int | None] = []
        numbers = sorted(self._found)
        firsts = [self._starts[start][0] if start in self._starts else None for start in starts]
        for first, after in pairwise([*firsts, self._total]):
            low = len(numbers) if first is None else bisect_left(numbers, first)
            last = self._total if after is None else after
            if first is None or low == len(numbers) or numbers[low] >= last:
                places.append(None)
                continue
            at = self._found[numbers[low]].at - (numbers[low] - first)
            before = self._found[numbers[low - 1]].at + 1 if low else 0
            places.append(self._border(max(at, before)))
        return places

    @property
    def end(self) -> int:
        """Where what was found of the original ends."""
        return self._border(max((word.at for word in self._found.values()), default=-1) + 1)

    def _border(self, at: int) -> int:
        """Where a segment starts whose first word is ``at`` of the copy, or that follows them all.

        It is after the line breaks before the word, else after the blank before it.
        """
        if not at:
            return 0
        start, end = _gap(self._words, at, self.text)
        for blank in (_LINE_BREAK, _BLANK) if at < len(self._words) else ():
            if found := list(blank.finditer(self._level, start, end)):
                return found[-1].end()
        return end

    def words(self, start: int, end: int) -> str:
        """The words of a span of the copy."""
        return self._use(self.text[start:end])

    def place(self, start: int, end: int) -> PlacedSpan:
        """A span of the original in the copy.

        It is lost unless all its words are found one after the other. If one of them is only likely
        the same, they have to be as long as they were, except for blanks. It is doubtful if the
        marks at an edge are not those of the original, or are outside the segment of the words.
        """
        if start not in self._starts or end not in self._ends:
            return _LOST
        (first, before), (last, after) = self._starts[start], self._ends[end]
        found = [self._found[word] for word in range(first, last + 1) if word in self._found]
        if not found or len(found) <= last - first or found[-1].at - found[0].at != last - first:
            return _LOST
        words_start, words_end = self._words[found[0].at].start, self._words[found[-1].at].end
        new_start, is_start_sure = self._edge(first, found[0].at, before, is_start=True)
        new_end, is_end_sure = self._edge(last, found[-1].at, after, is_start=False)
        while self.text[new_start].isspace():
            new_start += 1
        while self.text[new_end - 1].isspace():
            new_end -= 1
        length = (end - after) - (start - before)
        as_long = length in (words_end - words_start, extent(self.text[words_start:words_end]))
        is_sure = is_start_sure and is_end_sure
        if not is_sure or any(one.doubtful or (one.likely and not as_long) for one in found):
            return PlacedSpan(new_start, new_end, Fate.DOUBTFUL)
        same = (new_start, new_end) == (start, end)
        return PlacedSpan(new_start, new_end, Fate.EXACT if same else Fate.MOVED)

    def _edge(self, number: int, at: int, away: int, *, is_start: bool) -> tuple[int, bool]:
        """Where a span starts or ends that did so ``away`` code points from a word.

        The word is ``number`` of the original and ``at`` of the copy: its first for a start, its
        last for an end. Also returns whether the place is sure.
        """
        word = self._words[at]
        if is_start and away >= 0:
            return min(word.start + away, word.end - 1), away == 0
        if not is_start and away <= 0:
            return max(word.end + away, word.start + 1), away == 0
        after = 0 if is_start else 1
        gap = self._level[slice(*_gap(self._words, at + after, self.text))]
        is_outermost = at + after in (0, len(self._words))
        before = self._gaps.get(number + after, "")
        distance, is_sure = edge_in_copy(
            before, abs(away), gap, is_start=is_start, is_outermost=is_outermost
        )
        if is_start:
            start = word.start - distance
            border = self.borders[bisect_right(self.borders, word.start) - 1]
            return max(start, border), is_sure and start >= border
        end = word.end + distance
        border = self.borders[bisect_left(self.borders, word.end)]
        return min(end, border), is_sure and end <= border


def fingerprints_of(text: str, document: str) -> str:
    """The fingerprints of all words of a text."""
    return fingerprints([word.plain for word in words(text)], document)
