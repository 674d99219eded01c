"""Find the words of a folded text that need a record, and those that no record covers.

:meth:`Scanner.hits` reads the text alone, :func:`left_out` compares the hits with the spans. Both
are linear in the text and fast, because every document is scanned.
"""

from __future__ import annotations

import re
import sys
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import category

from warclaims.folding import fold
from warclaims.language import table_of
from warclaims.language.quotations import quotations
from warclaims.validation.counted import FAR, quoted_words, stated, victims

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warclaims.language.coverage_words import CoverageWords

Range = tuple[int, int]


class WordHits(NamedTuple):
    """Half-open ranges of a text, each list in text order.

    ``harms`` are words of harm, ``near`` those and words that mean harm only beside a number,
    ``numbers`` the numbers in a text with such words, ``speech`` words of speech, ``quotations``
    quotations with their marks, ``names`` names in the registries.
    """

    numbers: list[Range]
    harms: list[Range]
    near: list[Range]
    speech: list[Range]
    quotations: list[Range]
    names: list[Range]


NAME_LENGTH = 4
"""Shorter names have too many other meanings."""

_HARM, _WITH_NUMBER, _NUMBER, _SPEECH, _NAME, _LOOK_ALIKE = range(6)


class Scanner:
    """Finds the listed words of a language, and ``names``, in folded texts."""

    def __init__(self, names: Iterable[str] = (), language: str = "en") -> None:
        from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

        self.words: CoverageWords = table_of(language, "COVERAGE")
        kinds = {
            form: kind
            for kind, words in (
                (_WITH_NUMBER, self.words.harm_with_number),
                (_HARM, self.words.harm),
                (_NUMBER, self.words.numbers),
                (_SPEECH, self.words.speech),
                (_LOOK_ALIKE, self.words.look_alikes),
            )
            for word in map(fold, words)
            for form in (word, word.capitalize(), word.upper())
        }
        folded = [name for name in map(fold, names) if len(name) >= NAME_LENGTH]
        kinds |= dict.fromkeys((name for name in folded if name[0].isupper()), _NAME)
        self._kinds = list(kinds.values())
        self._words = AhoCorasick(
            list(kinds),
            matchkind=MatchKind.LeftmostLongest,
            implementation=Implementation.ContiguousNFA,
        )

    def hits(self, text: str, quoted: list[Range] | None = None) -> WordHits:
        """The words in ``text`` that may need a record; ``quoted`` are its quotations, if known.

        >>> text = "Borland said two soldiers died: “We hit no town.”"
        >>> [[text[start:end] for start, end in hits] for hits in scanner().hits(text)]
        [['two'], ['died'], ['died'], ['said'], ['“We hit no town.”'], []]
        """
        harms: list[Range] = []
        weak: list[Range] = []
        numbers: list[Range] = []
        speech: list[Range] = []
        names: list[Range] = []
        others: list[Range] = []
        found = (harms, weak, numbers, speech, names, others)
        kinds = self._kinds
        padded = f" {text} "
        for pattern, start, end in self._words.find_matches_as_indexes(text):
            before, after = padded[start], padded[end + 1]
            if (before in _FREE or _is_free(before)) and (after in _FREE or _is_free(after)):
                found[kinds[pattern]].append((start, end))
        near = sorted(harms + weak) if weak else harms
        if near:
            numbers = sorted(numbers + _digits(text, near))
        return WordHits(
            numbers if near else [], harms, near, speech, _quotations(text, quoted), names
        )


scanner = lru_cache(maxsize=16)(Scanner)
"""The scanner for a set of names and a language, made once."""

_FREE = frozenset(" \n\t\r.,;:!?()[]/\"'“”„‘’«»–—…")
"""Characters that usually precede or follow a word."""


def _is_free(char: str) -> bool:
    """True if ``char`` is not part of a word."""
    return not (char.isalnum() or char in "-_" or category(char)[0] == "M")


_DIGITS = re.compile(r"[0-9]+(?:[.,:–-][0-9]+)*")
_INSIDE = frozenset("0123456789.,:–-")
_REST = re.compile(r"[0-9.,:–-]*")


def _digits(text: str, near: list[Range]) -> list[Range]:
    """The numbers in digits around words of harm, none of them cut off."""
    found = []
    done = 0
    for start, end in near:
        if start > done + FAR:
            begin = start - FAR
            while begin > done and text[begin - 1] in _INSIDE:
                begin -= 1
            done = begin
        rest = _REST.match(text, end + FAR)
        ahead = rest.end() if rest else len(text)
        for match in _DIGITS.finditer(text, done, ahead):
            found.append(match.span())
        done = ahead
    return found


_HEAD = re.compile(r"[–—―]?[^\n.,;:!?…“”„«»\"]*")
_CLOSED = frozenset("”“»«’‘'\"‹›」』〞〟")


def _quotations(text: str, quoted: list[Range] | None) -> list[Range]:
    """The quotations with their marks; of those without a mark at the end, the first words.

    The narrator may go on in the same sentence, so only the words before the first full stop or
    comma are included.
    """
    found = []
    for start, end in quotations(text) if quoted is None else quoted:
        if text[end - 1] in _CLOSED:
            found.append((start, end))
        else:
            mark = start + (text[start] in _CLOSED or text[start] in "„‚「『〝")
            head = _HEAD.match(text, mark, end)
            found.append((start, head.end() if head else end))
    return found


def uncovered(hits: list[Any], *covers: list[Range], whole: bool = False) -> list[Any]:
    """The ``hits`` that share no code point with a range in ``covers``; all sorted by starts.

    If ``whole``, those that no range contains completely. Hits may have more than start and end.

    >>> uncovered([(3, 5), (7, 9)], [(0, 4), (9, 12)])
    [(7, 9)]
    >>> uncovered([(3, 5), (7, 9)], [(0, 4), (6, 9)], whole=True)
    [(3, 5)]
    """
    low, high, shared = (0, 1, 0) if whole else (1, 0, 1)
    for cover in covers:
        if not hits:
            break
        left = []
        reach = 0
        ahead = iter(cover)
        start, end = next(ahead, _NONE)
        for hit in hits:
            first = hit[low] - shared
            while start <= first:
                if end > reach:  # noqa: PLR1730 - max() takes five times as long
                    reach = end
                start, end = next(ahead, _NONE)
            if reach < hit[high] + shared:
                left.append(hit)
        hits = left
    return hits


_NONE = (sys.maxsize, 0)


class CoveredRanges(NamedTuple):
    """The ranges in which words need no other record, each list sorted by starts.

    ``closed`` are segments that are not annotated, ``headings`` those without casualties.
    """

    closed: list[Range]
    headings: list[Range]
    actors: list[Range]
    locations: list[Range]
    casualties: list[Range]
    triggers: list[Range]
    cues: list[Range]
    contents: list[Range]


class UncoveredWords(NamedTuple):
    """Words that no record covers, as ranges in text order.

    A number comes with the offsets of the word of harm beside it. Quotations are without their
    marks.
    """

    numbers: list[tuple[int, int, int, int]]
    harms: list[Range]
    speech: list[Range]
    quotations: list[Range]
    names: list[Range]


def _outermost(ranges: list[Range]) -> list[Range]:
    """The sorted ``ranges`` that are in no other of them."""
    found: list[Range] = []
    for start, end in ranges:
        if not found or end > found[-1][1]:
            found.append((start, end))
    return found


def left_out(
    text: str, hits: WordHits, covers: CoveredRanges, words: CoverageWords
) -> UncoveredWords:
    """The ``hits`` that no record covers; no word of harm beside a number that is included."""
    closed, headings, actors, locations, casualties, triggers, cues, contents = covers
    lone = uncovered(hits.numbers, casualties, closed, headings, actors, locations)
    numbers = victims(text, lone, hits.near, words) if lone else []
    harms = uncovered(hits.harms, triggers, casualties, closed, headings, actors, locations)
    if harms:
        harms = stated(text, harms, words)
    if numbers and harms:
        with_number = {number[2] for number in numbers}
        harms = [hit for hit in harms if hit[0] not in with_number]
    quotations = uncovered(hits.quotations, contents, closed, whole=True)
    if quotations:
        quotations = quoted_words(text, quotations)
        quotations = _outermost(uncovered(quotations, contents, actors, locations, whole=True))
    return UncoveredWords(
        numbers,
        harms,
        uncovered(hits.speech, cues, closed, triggers, actors, locations),
        quotations,
        uncovered(hits.names, actors, locations, closed, casualties, whole=True),
    )
