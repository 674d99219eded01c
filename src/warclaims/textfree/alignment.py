"""The words of a text found again in another copy of it, by their fingerprints alone.

Runs of fingerprints that both copies hold once are anchors; the longest chain of anchors in the
same order is kept (patience), each is extended as far as fingerprints go on to be equal, and what
lies between two is aligned by itself, in the same way. Cost: that of sorting.

Fingerprints of four bits are equal by chance once in 16 times, so:

- A run counts only if it is so long that in its whole stretch one is found by chance with a
  probability of at most 2^-16 (:func:`least`).
- Up to five unequal fingerprints in a row, in a stretch as long in both, are explained by one
  changed word. If only one word explains them, it is changed and its neighbours are *likely* the
  same: a change of two words in a row looks so in 9 % of cases (2/16 · (15/16)^5), one of three in
  1 %, and one of the changed words then passes for the same. Whoever knows the length of a span
  can tell most of these, see :class:`~warclaims.textfree.anchors.Carrier`. If several words
  explain them, those are doubtful.
- Beside any other change, a word is doubtful unless four fingerprints that take it in are equal:
  at each edge of a change another word passes for the same with a probability of 2^-16.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, log2
from typing import TYPE_CHECKING

from warclaims.textfree.words import BITS, REACH, fingerprints

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SAFE = 16
"""Bits by which a run is longer than what is found by chance."""

ENOUGH = 4
"""Equal fingerprints that make a word at the edge of a change sure."""

_WINDOW = 2 * REACH + 1

Block = tuple[int, int, int]
"""A run of equal fingerprints: where in the one, where in the other, how many."""


@dataclass(frozen=True)
class Found:
    """Where a word stands in the copy, and how sure that is.

    Attributes:
        at: Its number among the words of the copy.
        doubtful: It may be another word.
        likely: It is the same if a change beside it is of one word only.
    """

    at: int
    doubtful: bool
    likely: bool = False


def least(pairs: int) -> int:
    """From how many equal fingerprints on a run counts that may begin at any of ``pairs``.

    >>> least(1), least(100), least(400 * 400)
    (4, 6, 9)
    """
    return max(ENOUGH, ceil((log2(max(pairs, 1)) + SAFE) / BITS))


def align(given: str, copy: Sequence[str], document: str) -> dict[int, Found]:
    """The words of the original by number, with where they are among the words of the ``copy``.

    ``given`` are the fingerprints of the original. A word is found if a fingerprint that takes it
    in is equal, and no change beside it says that it is the changed word.
    """
    blocks = list(_blocks(given, fingerprints(copy, document)))
    if not blocks:
        return {}
    # The frame around a copy changes the fingerprints of the first and last words; without it they
    # are compared once more.
    first = max(blocks[0][1] - blocks[0][0], 0)
    last = min(blocks[-1][1] + len(given) - blocks[-1][0], len(copy))
    blocks = list(_blocks(given, fingerprints(copy[first:last], document)))
    found = _words_of(blocks, len(given), last - first)
    inside = {word: place for word, place in found.items() if 0 <= place.at < last - first}
    # Only words in the same order can begin and end spans.
    in_order = dict(_chain(sorted((word, place.at) for word, place in inside.items())))
    return {
        word: Found(place.at + first, place.doubtful, place.likely)
        for word, place in inside.items()
        if word in in_order
    }


def _blocks(given: str, other: str, at: int = 0, there: int = 0, above: int = 0) -> Iterator[Block]:
    """Runs of equal fingerprints, in the order of both, told from ``at`` and ``there`` on.

    ``above`` is how long a run had to be in the stretch that this is a part of; with none shorter
    to be looked for there is nothing to be found.
    """
    run = least(len(given) * len(other))
    if run == above or min(len(given), len(other)) < ENOUGH:
        return
    end = other_end = 0
    for start, other_start in [*_chain(_anchors(given, other, run)), (len(given), len(other))]:
        room = min(start - end, other_start - other_end)
        if room < 0:
            continue  # inside the run before
        before = _common(given, other, room, start=start, there=other_start, step=-1)
        stretch = given[end : start - before], other[other_end : other_start - before]
        yield from _between(*stretch, at + end, there + other_end, run)
        room = min(len(given) - start, len(other) - other_start)
        after = _common(given, other, room, start=start, there=other_start)
        if before + after:
            yield at + start - before, there + other_start - before, before + after
        end, other_end = start + after, other_start + after


def _common(given: str, other: str, limit: int, *, start: int, there: int, step: int = 1) -> int:
    """How many fingerprints, up to ``limit``, are equal from two places on; with the step -1 how
    many before them.
    """
    shift = min(step, 0)
    number = 0
    while (
        number < limit
        and given[start + step * number + shift] == other[there + step * number + shift]
    ):
        number += 1
    return number


def _between(given: str, other: str, at: int, there: int, above: int) -> Iterator[Block]:
    """Runs in a stretch between two anchors; one as long in both has its words replaced."""
    runs = list(_replaced(given, other)) if len(given) == len(other) else []
    if not runs:
        yield from _blocks(given, other, at, there, above)
    for start, length in runs:
        yield at + start, there + start, length


def _replaced(given: str, other: str) -> Iterator[tuple[int, int]]:
    """Where two stretches of equal length are equal, and how far."""
    wanted = least(len(given))
    start = 0
    while start < len(given):
        length = _common(given, other, len(given) - start, start=start, there=start)
        if length >= wanted:
            yield start, length
        start += length + 1


def _anchors(given: str, other: str, run: int) -> list[tuple[int, int]]:
    """Where runs stand that each of the two holds once, in the order of the first."""
    there = {digits: at for digits, at, once in _runs(other, run) if once}
    return [
        (at, there[digits]) for digits, at, once in _runs(given, run) if once and digits in there
    ]


def _runs(string: str, run: int) -> Iterator[tuple[str, int, bool]]:
    runs = [string[at : at + run] for at in range(len(string) - run + 1)]
    number = Counter(runs)
    return ((digits, at, number[digits] == 1) for at, digits in enumerate(runs))


def _chain(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest chain of pairs that rises in both numbers."""
    tails: list[int] = []
    tops: list[int] = []
    before: list[int] = []
    for number, (_, there) in enumerate(pairs):
        at = bisect_left(tops, there)
        before.append(tails[at - 1] if at else -1)
        if at == len(tails):
            tails.append(number)
            tops.append(there)
        else:
            tails[at], tops[at] = number, there
    chain: list[tuple[int, int]] = []
    at = tails[-1] if tails else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _words_of(blocks: list[Block], total: int, other_total: int) -> dict[int, Found]:
    """The words that the runs take in, each where most of its fingerprints put it."""
    seen: dict[int, Counter[int]] = {}
    for start, there, length in blocks:
        for word in range(max(start - REACH, 0), min(start + length + REACH, total)):
            inside = min(word + REACH, start + length - 1) - max(word - REACH, start) + 1
            seen.setdefault(word, Counter())[there - start] += inside
    changed, suspect, likely, unclear = _beside_changes(blocks, total, other_total)
    found: dict[int, Found] = {}
    for word, shifts in seen.items():
        ((shift, number), *others) = shifts.most_common()
        if word in changed:
            continue
        doubtful = bool(others) or word in suspect or (word in unclear and number < ENOUGH)
        found[word] = Found(word + shift, doubtful, word in likely and number < ENOUGH)
    return found


def _beside_changes(
    blocks: list[Block], total: int, other_total: int
) -> tuple[set[int], set[int], set[int], set[int]]:
    """Words that are changed, that may be, that are beside one changed word, beside other changes.

    See the module.
    """
    changed: set[int] = set()
    suspect: set[int] = set()
    likely: set[int] = set()
    unclear: set[int] = set()
    for (start, there, length), (after, other_after, _) in pairwise(
        [(0, 0, 0), *blocks, (total, other_total, 0)]
    ):
        gap, other_gap = after - start - length, other_after - there - length
        if not gap and not other_gap:
            continue
        beside = range(start + length - REACH, after + REACH)
        if gap == other_gap <= _WINDOW:
            able = range(after - 1 - REACH, start + length + REACH + 1)
            (changed if len(able) == 1 else suspect).update(able)
            likely.update(beside)
        else:
            unclear.update(beside)
    return changed, suspect, likely, unclear
