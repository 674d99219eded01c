"""Decide which numbers count victims, which words state harm, and which quotations are quotes."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from warclaims.validation.lexicon import (
    AGED,
    ALSO_OF_PLACES,
    AUXILIARIES,
    BEING,
    HARM,
    HARM_WITH_NUMBER,
    LINKS,
    MONTHS,
    NEW_CLAUSE,
    NO_COUNT_BEFORE,
    NO_DENIAL,
    NO_ONE_AFTER,
    NO_ONE_BEFORE,
    NO_PEOPLE,
    NUMBERS,
    PASSIVE,
    PERSONS,
    POINTS,
    PREPOSITIONS,
    TRANSITIVE,
    YEAR_BEFORE,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

Range = tuple[int, int]

WORDS_BETWEEN = 8
"""The most words between a number and a word of harm."""

FAR = 100
"""The greatest distance of a number from its word of harm, in code points."""

SCARE_QUOTE = 2
"""Quotations of so many words or fewer are ignored."""

_BREAK = re.compile(
    rf"""
    (?<![A-Z.]) (?<!\b[A-Z][a-z]) (?<!\b[A-Z][a-z]{{2}}) [.!?;]["”'’»)]*\s  # no abbreviation
    | \n
    | \b(?:{"|".join(sorted(NEW_CLAUSE))})\b
    """,
    re.VERBOSE,
)
"""The end of a sentence or clause. A full stop after a capital and at most two letters is taken for
an abbreviation."""

_PEOPLE = HARM | HARM_WITH_NUMBER | {"people", "civilians", "soldiers", "troops", "men", "women"}
_OUTER = " .,;:!?…“”„«»‘’\"'–—"


def victims(text: str, numbers: list[Range], near: list[Range]) -> list[tuple[int, int, int, int]]:
    """The ``numbers`` that count victims, each with the offsets of the word of harm beside it.

    ``near`` are the words of harm. Both lists are in text order.

    >>> victims("In 2001 two tanks burned and 3 men died.", [(3, 7), (8, 11), (29, 30)], [(35, 39)])
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
        if gaps and counts_people(text, start, end):
            harm = next((gap[2] for gap in gaps if not _BREAK.search(text, gap[0], gap[1])), None)
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


def counts_people(text: str, start: int, end: int) -> bool:
    """False if a number is a year, time, date, age, share or sum, or counts things.

    >>> [counts_people(f"- {words}", 2, 4) for words in ("12 dead", "12% dead", "12 old tanks")]
    [True, False, False]
    """
    return not (
        _is_part(text, start, end)
        or _shows_other_before(text, start, end)
        or _shows_other_after(text[start:end], text[end : end + _FOLLOWING].split(maxsplit=3)[:3])
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


def _shows_other_before(text: str, start: int, end: int) -> bool:
    """True if the words before show that a number is a date, a year or an age, or not people."""
    front = text[max(0, start - _PRECEDING) : start].split()
    if not front:
        return False
    number, last = text[start:end].lower(), front[-1]
    if last.endswith(",") and text[end : end + 1] == "," and number.isdigit():
        return True  # Borland, 42, was killed
    if last.lower() in YEAR_BEFORE and _YEAR.fullmatch(number):
        return True
    if _is_age([word.lower() for word in front[-3:]]):
        return True
    nobody = NO_ONE_BEFORE if number == "one" else NO_COUNT_BEFORE
    return last.rstrip(".") in MONTHS or last.lower() in nobody


def _is_age(before: list[str]) -> bool:
    """True if a number after these words is an age: *aged about*, *she was*."""
    if not AGED.isdisjoint(before):
        return True
    return before[-2:-1] != [] and before[-2] in PERSONS and before[-1] in BEING


def _shows_other_after(number: str, following: list[str]) -> bool:
    """True if the words after show that a number is a date or a year, or counts things."""
    first = following[0].rstrip(".,;:") if following else ""
    if first in MONTHS or (_YEAR.fullmatch(number) and first.lower() not in _PEOPLE):
        return True
    if number.lower() == "one" and first.lower() in NO_ONE_AFTER:
        return True
    for word in following:
        bare = word.rstrip(_STRIPPED).lower()
        if bare in NO_PEOPLE:
            return True
        if bare in LINKS or len(bare) < len(word):
            break
    return False


_CLAUSE = 80
"""How much text before a word of harm may contain its subject, in code points."""

_CLAUSE_EDGE = re.compile(_BREAK.pattern + r"|[,:()“”„«»\"–—]", re.VERBOSE)
_STRIPPED = ".,;:!?”»)’'\""


def stated(text: str, harms: list[Range]) -> list[Range]:
    """The ``harms`` that are not denied and not about things.

    >>> text = "no deaths, two dead. Nobody was killed. Two tanks were killed. He killed time."
    >>> hits = [(3, 9), (15, 19), (32, 38), (55, 61), (66, 72)]
    >>> [text[start:end] for start, end in stated(text, hits)]
    ['dead']
    """
    return [hit for hit in harms if not _is_denied_or_of_things(text, *hit)]


def _is_denied_or_of_things(text: str, start: int, end: int) -> bool:
    clause = text[max(0, start - _CLAUSE) : start]
    subject = _CLAUSE_EDGE.split(clause)[-1].lower().split()
    is_passive = False
    while subject and subject[-1] in AUXILIARIES:
        is_passive |= subject.pop() in PASSIVE
    if not is_passive and _has_thing_after(text, start, end):
        return True
    if _is_nobody(subject):
        return True
    return (
        is_passive
        and text[start:end].lower() not in ALSO_OF_PLACES
        and _is_thing(subject[-1] if subject else "")
        and PREPOSITIONS.isdisjoint(subject[-_PHRASE_LENGTH:])
    )


_PHRASE_LENGTH = 6
"""The most words of a subject."""


def _is_nobody(subject: list[str]) -> bool:
    """True if a subject ends in *nobody*, *no one*, *none of them*, *no civilians* and the like."""
    if subject[-1:] in (["nobody"], ["no-one"], ["none"], ["no"]) or subject[-2:] == ["no", "one"]:
        return True
    near = subject[-_PHRASE_LENGTH:]
    if "none" in near[:-1] and near[near.index("none") + 1] == "of":
        return True
    if "no" not in subject[-3:-1]:
        return False
    counted = subject[-3:][subject[-3:].index("no") + 1 :]
    has_number = any(word in NUMBERS or word[:1].isdigit() for word in counted)
    return not (has_number or NO_DENIAL.intersection(counted))


def _is_thing(word: str) -> bool:
    return word in NO_PEOPLE or f"{word}s" in NO_PEOPLE


def _has_thing_after(text: str, start: int, end: int) -> bool:
    """True if the object of a verb is a thing: *killed time*, but not *killed hours later*."""
    if text[start:end].lower() not in TRANSITIVE:
        return False
    after = [word.rstrip(_STRIPPED) for word in text[end : end + _FOLLOWING].lower().split()[:2]]
    return after[:1] != ["per"] and _is_thing("".join(after[:1])) and not POINTS.intersection(after)


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
