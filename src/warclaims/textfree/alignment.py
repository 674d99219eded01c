"""Find the words of a text in another copy of it by their fingerprints alone.

Runs of fingerprints that occur once in both copies are anchors. The longest chain of anchors in the
same order is kept (patience), each is extended while fingerprints are equal, and what is between
two is aligned in the same way. The cost is that of sorting.

Fingerprints of four bits are equal by chance once in 16 times, so:

- A run counts only if it is so long that in its stretch one is found by chance with a probability
  of at most 2^-16 (:func:`least`).
- Up to five unequal fingerprints in a row, in a stretch as long in both, are explained by one
  changed word. If only one word explains them, it is changed and its neighbours are *likely* the
  same: a change of two words in a row looks so in 9 % of cases (2/16 · (15/16)^5), one of three in
  1 %, and one of the changed words then passes for the same. The length of a span reveals most of
  these, see :class:`~warclaims.textfree.anchors.Carrier`. If several words explain them, those are
  doubtful.
- Beside any other change, a word is doubtful unless four fingerprints that include it are equal:
  at each edge of a change another word passes for the same with a probability of 2^-16.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from itertools import pairwise
from math import ceil, log2
from typing import TYPE_CHECKING, Any, NamedTuple

from warclaims.textfree.words import BITS, REACH, fingerprints

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SAFE = 16
"""Bits by which a run is longer than what is found by chance."""

ENOUGH = 4
"""Equal fingerprints that make a word at the edge of a change sure."""

_WINDOW = 2 * REACH + 1


class EqualRun(NamedTuple):
    """A run of equal fingerprints: where it is in the original and in the copy, and its length."""

    start: int
    there: int
    length: int


class FoundWord(NamedTuple):
    """The place of a word in the copy, and how sure it is.

    Attributes:
        at: Its number among the words of the copy.
        doubtful: It may be another word.
        likely: It is the same if a change beside it is of one word only.
    """

    at: int
    doubtful: bool
    likely: bool


def least(pairs: int) -> int:
    """The least number of equal fingerprints of a run that may start at any of ``pairs``.

    >>> least(1), least(100), least(400 * 400)
    (4, 6, 9)
    """
    return max(ENOUGH, ceil((log2(max(pairs, 1)) + SAFE) / BITS))


def align(given: str, copy: Sequence[str], document: str) -> dict[int, FoundWord]:
    """The words of the original by number, with their places among the words of the ``copy``.

    ``given`` are the fingerprints of the original. A word is found if a fingerprint that includes
    it is equal, and no change beside it says that it is the changed word.
    """
    runs = list(_equal_runs(given, fingerprints(copy, document)))
    if not runs:
        return {}
    # A frame around a copy changes the fingerprints of the first and last words, so they are
    # compared once more without it.
    first = max(runs[0].there - runs[0].start, 0)
    last = min(runs[-1].there + len(given) - runs[-1].start, len(copy))
    runs = list(_equal_runs(given, fingerprints(copy[first:last], document)))
    found = {
        word: place._replace(at=place.at + first)
        for word, place in _words_of(runs, len(given), last - first).items()
        if 0 <= place.at < last - first
    }
    # Only words in the same order can start and end spans.
    return {
        word: found[word] for word, _ in _chain(sorted((word, found[word].at) for word in found))
    }


def _equal_runs(
    given: str, other: str, at: int = 0, there: int = 0, above: int = 0
) -> Iterator[EqualRun]:
    """Runs of equal fingerprints, in the order of both, counted from ``at`` and ``there``.

    ``above`` is how long a run had to be in the stretch that this is a part of. If none shorter is
    looked for, nothing can be found.
    """
    run = least(len(given) * len(other))
    if run == above or min(len(given), len(other)) < ENOUGH:
        return
    runs_of_other = _unique_runs(other, run)
    anchors = [
        (start, runs_of_other[digits])
        for digits, start in _unique_runs(given, run).items()
        if digits in runs_of_other
    ]
    end = other_end = 0
    for start, other_start in [*_chain(anchors), (len(given), len(other))]:
        if start < end or other_start < other_end:
            continue  # inside the run before
        room = min(start - end, other_start - other_end)
        before = _common(given, other, room, start=start, there=other_start, step=-1)
        stretch = given[end : start - before], other[other_end : other_start - before]
        yield from _between(*stretch, at + end, there + other_end, run)
        room = min(len(given) - start, len(other) - other_start)
        after = _common(given, other, room, start=start, there=other_start)
        if before + after:
            yield EqualRun(at + start - before, there + other_start - before, before + after)
        end, other_end = start + after, other_start + after


def _common(given: str, other: str, limit: int, *, start: int, there: int, step: int = 1) -> int:
    """How many fingerprints are equal from two places on (with step -1: before them)."""
    shift = min(step, 0)
    number = 0
    while (
        number < limit
        and given[start + step * number + shift] == other[there + step * number + shift]
    ):
        number += 1
    return number


def _between(given: str, other: str, at: int, there: int, above: int) -> Iterator[EqualRun]:
    """Runs in a stretch between two anchors; one as long in both has its words replaced."""
    start, is_found, wanted = 0, False, least(len(given))
    while len(given) == len(other) and start < len(given):
        length = _common(given, other, len(given) - start, start=start, there=start)
        if length >= wanted:
            is_found = True
            yield EqualRun(at + start, there + start, length)
        start += length + 1
    if not is_found:
        yield from _equal_runs(given, other, at, there, above)


def _unique_runs(string: str, run: int) -> dict[str, int]:
    """The runs that occur once, with their places, in order."""
    runs = [string[at : at + run] for at in range(len(string) - run + 1)]
    number = Counter(runs)
    return {digits: at for at, digits in enumerate(runs) if number[digits] == 1}


def _chain(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest chain of pairs that rises in both numbers."""
    tops: list[int] = []
    links: list[Any] = []  # the last pair of the best chain of each length, and what is before it
    for pair in pairs:
        at = bisect_left(tops, pair[1])
        tops[at : at + 1] = [pair[1]]
        links[at : at + 1] = [(pair, links[at - 1] if at else None)]
    chain: list[tuple[int, int]] = []
    link = links[-1] if links else None
    while link:
        pair, link = link
        chain.append(pair)
    return chain[::-1]


def _words_of(runs: list[EqualRun], total: int, other_total: int) -> dict[int, FoundWord]:
    """The words that the runs include, each where most of its fingerprints put it."""
    seen: dict[int, Counter[int]] = {}
    for start, there, length in runs:
        for word in range(max(start - REACH, 0), min(start + length + REACH, total)):
            inside = min(word + REACH, start + length - 1) - max(word - REACH, start) + 1
            seen.setdefault(word, Counter())[there - start] += inside
    beside = _beside_changes(runs, total, other_total)
    found: dict[int, FoundWord] = {}
    for word, shifts in seen.items():
        ((shift, number), *others) = shifts.most_common()
        if word in beside["changed"]:
            continue
        few = number < ENOUGH
        doubtful = bool(others) or word in beside["suspect"] or (few and word in beside["unclear"])
        found[word] = FoundWord(word + shift, doubtful, few and word in beside["likely"])
    return found


def _beside_changes(runs: list[EqualRun], total: int, other_total: int) -> dict[str, set[int]]:
    """Words by what the changes say of them, see the module.

    *changed* and *suspect* words explain a change of one word, alone or as one of several; *likely*
    ones are beside it, *unclear* ones beside any other change.
    """
    found: dict[str, set[int]] = {
        "changed": set(),
        "suspect": set(),
        "likely": set(),
        "unclear": set(),
    }
    edges = [EqualRun(0, 0, 0), *runs, EqualRun(total, other_total, 0)]
    for (start, there, length), (after, other_after, _) in pairwise(edges):
        end, other_end = start + length, there + length
        if (after, other_after) == (end, other_end):
            continue
        beside = range(end - REACH, after + REACH)
        if after - end == other_after - other_end <= _WINDOW:
            able = range(after - 1 - REACH, end + REACH + 1)
            found["changed" if len(able) == 1 else "suspect"].update(able)
            found["likely"].update(beside)
        else:
            found["unclear"].update(beside)
    return found
