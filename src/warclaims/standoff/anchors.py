"""Offsets of a text by its words, so that they can be carried over to another copy."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from warclaims.standoff.alignment import align
from warclaims.standoff.words import FILLER, Word, extent, fingerprints, level, normal_words, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Anchor = tuple[int, int]
"""A word by number, and how far from it an offset lies: from its start if it begins a span, from
its end if it ends one. Outside the word are only marks and blanks."""


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


def anchors(text: str, offsets: Iterable[tuple[int, int]]) -> dict[str, list[list[int]]]:
    """Where the spans of ``offsets`` begin and end by words, sorted, as lists that JSON can hold.

    ``starts`` and ``ends`` have ``[offset, word, distance]``. A span without a word has none.
    """
    found = words(text)
    begins, ends = [w.start for w in found], [w.end for w in found]
    starts_of: dict[int, Anchor] = {}
    ends_of: dict[int, Anchor] = {}
    for start, end in offsets:
        first = bisect_right(ends, start)
        last = bisect_left(begins, end) - 1
        if first <= last:
            starts_of[start] = (first, start - found[first].start)
            ends_of[end] = (last, end - found[last].end)
    return {
        "starts": [[offset, *anchor] for offset, anchor in sorted(starts_of.items())],
        "ends": [[offset, *anchor] for offset, anchor in sorted(ends_of.items())],
    }


class Carrier:
    """Carries spans of the original over to a copy of it.

    Args:
        document: Id of the document.
        given: The fingerprints of the original.
        known: What :func:`anchors` gave for the original.
        copy: The text of the copy.
    """

    def __init__(
        self, document: str, given: str, known: Mapping[str, Iterable[Sequence[int]]], copy: str
    ) -> None:
        self.copy = copy
        self._starts = {offset: (word, away) for offset, word, away in known["starts"]}
        self._ends = {offset: (word, away) for offset, word, away in known["ends"]}
        self._level = level(copy)
        self._words = words(copy)
        self.total = len(given)
        self.found = align(given, normal_words(copy), document)

    @property
    def is_copy(self) -> bool:
        """False if so little of the original is found that this is another text."""
        return len(self.found) >= COPY * self.total

    def word(self, number: int) -> Word | None:
        """Where a word of the original stands in the copy; null if it was not found."""
        at = self.found.get(number)
        return self._words[at.at] if at is not None else None

    def first_found(self, first: int | None, after: int | None) -> Word | None:
        """Where the word ``first`` stands: if it is not found, as far before the next that is.

        ``after`` is the number of a word that it may not reach.
        """
        if first is None:
            return None
        for number in range(first, self.total if after is None else after):
            place = self.found.get(number)
            if place is not None and number - first <= place.at:
                return self._words[place.at - (number - first)]
        return None

    def first_word(self, offset: int) -> int | None:
        """The number of the first word of the span that begins at ``offset``."""
        return self._starts[offset][0] if offset in self._starts else None

    def carry(self, start: int, end: int) -> Carried:
        """A span of the original in the copy.

        It is lost unless all its words are found one after the other. If one of them is only likely
        the same, it has to be as long as it was, but for blanks.
        """
        if start not in self._starts or end not in self._ends:
            return Carried(-1, -1, Fate.LOST)
        (first, before), (last, after) = self._starts[start], self._ends[end]
        places = [self.found.get(word) for word in range(first, last + 1)]
        known = [place for place in places if place is not None]
        if len(known) < len(places) or any(
            there.at != known[0].at + number for number, there in enumerate(known)
        ):
            return Carried(-1, -1, Fate.LOST)
        new_start, clean = self._left(known[0].at, before)
        new_end, also_clean = self._right(known[-1].at, after)
        as_long = end - start in (new_end - new_start, extent(self.copy[new_start:new_end]))
        if any(place.doubtful or (place.likely and not as_long) for place in known) or not (
            clean and also_clean
        ):
            return Carried(new_start, new_end, Fate.DOUBTFUL)
        same = (new_start, new_end) == (start, end)
        return Carried(new_start, new_end, Fate.EXACT if same else Fate.MOVED)

    def _left(self, at: int, away: int) -> tuple[int, bool]:
        """Where a span begins that begins ``away`` code points from a word, and if that is sure."""
        word = self._words[at]
        if away >= 0:
            return min(word.start + away, word.end - 1), away == 0
        edge = self._words[at - 1].end if at else 0
        reached, wanted = word.start, -away
        for offset in range(word.start - 1, edge - 1, -1):
            if not wanted:
                break
            if not self._passes(offset):
                if not _opens(self._level[offset]):
                    break
                reached, wanted = offset, wanted - 1
        return reached, True

    def _right(self, at: int, away: int) -> tuple[int, bool]:
        """Where a span ends that ends ``away`` code points after a word, and if that is sure."""
        word = self._words[at]
        if away <= 0:
            return max(word.end + away, word.start + 1), away == 0
        edge = self._words[at + 1].start if at + 1 < len(self._words) else len(self.copy)
        reached, wanted = word.end, away
        for offset in range(word.end, edge):
            if self._level[offset] == FILLER and reached == offset:
                reached += 1  # the rest of a character reference
            elif not wanted:
                break
            elif not self._passes(offset):
                reached, wanted = offset + 1, wanted - 1
        return reached, True

    def _passes(self, offset: int) -> bool:
        """True for what is no mark: blanks, characters of no width."""
        char = self._level[offset]
        return char.isspace() or char == FILLER or unicodedata.category(char) == "Cf"


def _opens(char: str) -> bool:
    """True for what can stand before a word and belong to it: quotation marks, brackets, dashes."""
    return char in "\"'»" or unicodedata.category(char) in ("Pi", "Ps", "Pd", "Pf", "Sc")


def fingerprints_of(text: str, document: str) -> str:
    """The fingerprints of all words of a text."""
    return fingerprints(normal_words(text), document)
