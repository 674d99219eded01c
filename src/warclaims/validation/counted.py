"""Decide which numbers count victims, which words state harm, and which quotations are quotes."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warclaims.language.coverage_words import CoverageWords

Range = tuple[int, int]

WORDS_BETWEEN = 8
"""The most words between a number and a word of harm."""

FAR = 100
"""The greatest distance of a number from its word of harm, in code points."""

SCARE_QUOTE = 2
"""Quotations of so many words or fewer are ignored."""

_OUTER = " .,;:!?…“”„«»‘’\"'–—"


def victims(
    text: str, numbers: list[Range], near: list[Range], words: CoverageWords
) -> list[tuple[int, int, int, int]]:
    """The ``numbers`` that count victims, each with the offsets of the word of harm beside it.

    ``near`` are the words of harm. Both lists are in text order.

    >>> from warclaims.language.en import COVERAGE
    >>> text = "In 2001 two tanks burned and 3 men died."
    >>> victims(text, [(3, 7), (8, 11), (29, 30)], [(35, 39)], COVERAGE)
    [(29, 30, 35, 39)]
    """
    found = []
    starts = [start for start, _ in near]
    for start, end in _joined(text, numbers):
        at = bisect_left(starts, end)
        gaps = []
        if at < len(near):
            gaps.append((end, near[at][0], near[at]))
        if at:
            gaps.append((near[at - 1][1], start, near[at - 1]))
        gaps = [gap for gap in gaps if _is_short(text, gap[0], gap[1])]
        if gaps and counts_people(text, start, end, words):
            breaks = words.clause_break
            harm = next((gap[2] for gap in gaps if not breaks.search(text, gap[0], gap[1])), None)
            if harm:
                found.append((start, end, *harm))
    return found


def _joined(text: str, numbers: list[Range]) -> Iterable[Range]:
    """``numbers``, in which neighbours with one space between are one: *3 million*."""
    whole: Range | None = None
    for start, end in numbers:
        if whole and text[whole[1] : start] == " ":
            whole = whole[0], end
            continue
        if whole:
            yield whole
        whole = start, end
    if whole:
        yield whole


def _is_short(text: str, low: int, high: int) -> bool:
    """True if there are only a few words between two offsets."""
    return 0 <= high - low <= FAR and text.count(" ", low, high) <= WORDS_BETWEEN + 1


def counts_people(text: str, start: int, end: int, words: CoverageWords) -> bool:
    """False if a number is a year, time, date, age, share or sum, counts things, or is denied.

    >>> from warclaims.language.en import COVERAGE
    >>> [counts_people(f"- {said}", 2, 4, COVERAGE) for said in ("12 dead", "12% dead", "12 tanks")]
    [True, False, False]
    """
    following = text[end : end + _FOLLOWING].split(maxsplit=3)[:3]
    return not (
        _is_part(text, start, end)
        or _shows_other_before(text, start, end, words)
        or _shows_other_after(text[start:end], following, words)
    )


_GLUED = frozenset("-_$€£")
_GOES_ON = re.compile(r" ?%|[\w-]")
_YEAR = re.compile(r"(?:18|19|20)[0-9][0-9](?:[-–][0-9]+)?")
_PRECEDING, _FOLLOWING = 20, 60
"""How much text before and after a number is looked at, in code points."""


def _is_part(text: str, start: int, end: int) -> bool:
    """True if the number is part of a word, a time, a share or a sum."""
    before = text[start - 1 : start]
    glued = before.isalnum() or before in _GLUED or _GOES_ON.match(text, end)
    return bool(glued) or ":" in text[start:end]


def _shows_other_before(text: str, start: int, end: int, words: CoverageWords) -> bool:
    """True if the words before show that a number is a date, a year or an age, or not victims."""
    front = text[max(0, start - _PRECEDING) : start].split()
    if not front:
        return False
    number, last = text[start:end].lower(), front[-1]
    if last.endswith(",") and text[end : end + 1] == "," and number.isdigit():
        return True  # Borland, 42, was killed
    if last.lower() in words.year_before and _YEAR.fullmatch(number):
        return True
    small = [word.lower() for word in front[-3:]]
    if _is_age(small, words) or _is_of_none(small, words):
        return True
    nobody = words.no_one_before if number == words.one else words.no_count_before
    return last.rstrip(".") in words.months or last.lower() in nobody


def _is_age(before: list[str], words: CoverageWords) -> bool:
    """True if a number after these words is an age: *aged about*, *she was*."""
    if any(word in words.aged for word in before):
        return True
    return len(before) > 1 and before[-2] in words.persons and before[-1] in words.being


def _is_of_none(before: list[str], words: CoverageWords) -> bool:
    """True for *none of the* before a number."""
    return any(word in words.none and following in words.of for word, following in pairwise(before))


def _shows_other_after(number: str, following: list[str], words: CoverageWords) -> bool:
    """True if the words after show that a number is a date or a year, or counts things."""
    first = following[0].rstrip(".,;:") if following else ""
    is_year = _YEAR.fullmatch(number) and first.lower() not in words.counted_people
    if is_year or first in words.months:
        return True
    if number.lower() == words.one and first.lower() in words.no_one_after:
        return True
    for word in following:
        bare = word.rstrip(_STRIPPED).lstrip("(").lower()
        if bare in words.things:
            return True
        if bare in words.links or word[-1] in _STRIPPED:
            break
    return False


_CLAUSE = 80
"""How much text before a word of harm may contain its subject, in code points."""

_STRIPPED = ".,;:!?”»)’'\""


def stated(text: str, harms: list[Range], words: CoverageWords) -> list[Range]:
    """The ``harms`` that are not denied and not about things.

    >>> from warclaims.language.en import COVERAGE
    >>> text = "no deaths, two dead. Nobody was killed. Two tanks were killed. He killed time."
    >>> hits = [(3, 9), (15, 19), (32, 38), (55, 61), (66, 72)]
    >>> [text[start:end] for start, end in stated(text, hits, COVERAGE)]
    ['dead']
    """
    return [hit for hit in harms if not _is_denied_or_of_things(text, *hit, words)]


def _is_denied_or_of_things(text: str, start: int, end: int, words: CoverageWords) -> bool:
    clause = text[max(0, start - _CLAUSE) : start]
    subject = words.clause_edge.split(clause)[-1].lower().split()
    is_passive = False
    while subject and subject[-1] in words.auxiliaries:
        is_passive |= subject.pop() in words.passive
    if not is_passive and _has_thing_after(text, start, end, words):
        return True
    if _is_nobody(subject, words):
        return True
    return (
        is_passive
        and text[start:end].lower() not in words.also_of_places
        and _is_thing(subject[-1] if subject else "", words)
        and not any(word in words.prepositions for word in subject[-_PHRASE_LENGTH:])
    )


_PHRASE_LENGTH = 6
"""The most words of a subject."""


def _is_nobody(subject: list[str], words: CoverageWords) -> bool:
    """True if a subject ends in *nobody*, *no one*, *none of them*, *no civilians* and the like."""
    last = subject[-1:]
    if last and (last[0] in words.nobody or last[0] in words.no):
        return True
    if subject[-2:-1] and subject[-2] in words.no and last[0] == words.one:
        return True
    if _is_of_none(subject[-_PHRASE_LENGTH:], words):
        return True
    near = subject[-3:]
    at = next((at for at, word in enumerate(near[:-1]) if word in words.no), None)
    if at is None:
        return False
    counted = near[at + 1 :]
    has_number = any(word in words.numbers or word[:1].isdigit() for word in counted)
    return not (has_number or any(word in words.no_denial for word in counted))


def _is_thing(word: str, words: CoverageWords) -> bool:
    return word in words.things or f"{word}s" in words.things


def _has_thing_after(text: str, start: int, end: int, words: CoverageWords) -> bool:
    """True if the object of a verb is a thing: *killed time*, but not *killed hours later*."""
    if text[start:end].lower() not in words.transitive:
        return False
    after = [word.rstrip(_STRIPPED) for word in text[end : end + _FOLLOWING].lower().split()[:2]]
    is_thing = after[:1] != ["per"] and _is_thing("".join(after[:1]), words)
    return is_thing and not any(word in words.points for word in after)


def quoted_words(text: str, quotations: list[Range]) -> list[Range]:
    """Quotations without their marks and outer punctuation; short ones are left out.

    >>> text = "“anti-terrorist activities”, “we will win,” he said"
    >>> [text[start:end] for start, end in quoted_words(text, [(0, 27), (29, 43)])]
    ['we will win']
    """
    found = []
    for start, end in quotations:
        words = text[start:end]
        inner = words.lstrip(_OUTER)
        core = inner.rstrip(_OUTER)
        if len(core.split()) > SCARE_QUOTE:
            begin = end - len(inner)
            found.append((begin, begin + len(core)))
    return found
