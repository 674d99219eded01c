"""The words of a text found again in another copy of it, by their fingerprints alone.

Runs of fingerprints that both copies hold once are anchors; the longest chain of anchors in the
same order is kept (patience), each is extended as far as fingerprints go on to be equal, and what
lies between two is aligned by itself. Cost: that of sorting, but for stretches without an anchor.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from warclaims.standoff.words import REACH, fingerprints

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

RUN = 8
"""Fingerprints of an anchor: 32 bits, which do not meet by chance in a text of sensible length."""

LEAST = 4
"""A run between anchors counts from so many equal fingerprints on."""

LONGEST_GAP = 3000
"""A stretch without an anchor is aligned up to so many words: the cost grows with the square."""

_WINDOW = 2 * REACH + 1

Block = tuple[int, int, int]
"""A run of equal fingerprints: where in the one, where in the other, how many."""


@dataclass(frozen=True)
class Found:
    """Where a word stands in the copy, and whether it may be another word after all."""

    at: int
    doubtful: bool


def align(given: str, copy: Sequence[str], document: str) -> dict[int, Found]:
    """The words of the original by number, with where they are among the words of the ``copy``.

    ``given`` are the fingerprints of the original. A word is found if a fingerprint that takes it
    in is equal. It is doubtful if a change beside it does not explain every unequal fingerprint
    that takes it in: a changed word whose fingerprints happen to be equal looks so.
    """
    blocks = _blocks(given, fingerprints(copy, document))
    if not blocks:
        return {}
    # The frame around a copy changes the fingerprints of the first and last words; without it they
    # are compared once more.
    first = max(blocks[0][1] - blocks[0][0], 0)
    last = min(blocks[-1][1] + len(given) - blocks[-1][0], len(copy))
    blocks = _blocks(given, fingerprints(copy[first:last], document))
    return {
        word: Found(found.at + first, found.doubtful)
        for word, found in _words_of(blocks, len(given)).items()
    }


def _blocks(given: str, other: str) -> list[Block]:
    """Runs of equal fingerprints, in the order of both."""
    found: list[Block] = []
    end = other_end = 0
    for at, there in [*_chain(_anchors(given, other)), (len(given), len(other))]:
        if at < end or there < other_end:
            continue  # inside the run before
        start, other_start = at, there
        while (
            start > end and other_start > other_end and given[start - 1] == other[other_start - 1]
        ):
            start, other_start = start - 1, other_start - 1
        found += _between(given, other, (end, start), (other_end, other_start))
        length = 0
        while (
            start + length < len(given)
            and other_start + length < len(other)
            and given[start + length] == other[other_start + length]
        ):
            length += 1
        if length:
            found.append((start, other_start, length))
        end, other_end = start + length, other_start + length
    return found


def _anchors(given: str, other: str) -> list[tuple[int, int]]:
    """Where runs stand that each of the two holds once, in the order of the first."""
    there = {run: at for run, at, once in _runs(other) if once}
    return [(at, there[run]) for run, at, once in _runs(given) if once and run in there]


def _runs(string: str) -> Iterator[tuple[str, int, bool]]:
    runs = [string[at : at + RUN] for at in range(len(string) - RUN + 1)]
    number = Counter(runs)
    return ((run, at, number[run] == 1) for at, run in enumerate(runs))


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


def _between(
    given: str, other: str, span: tuple[int, int], other_span: tuple[int, int]
) -> Iterable[Block]:
    """Runs in a stretch between two anchors."""
    (start, end), (other_start, other_end) = span, other_span
    if end - start == other_end - other_start:  # words were replaced, one by one
        at = start
        while at < end:
            length = 0
            while (
                at + length < end and given[at + length] == other[other_start + at + length - start]
            ):
                length += 1
            if length >= LEAST:
                yield at, other_start + at - start, length
            at += length or 1
        return
    if not 0 < max(end - start, other_end - other_start) <= LONGEST_GAP:
        return
    matcher = SequenceMatcher(None, given[start:end], other[other_start:other_end], autojunk=False)
    for block in matcher.get_matching_blocks():
        if block.size >= LEAST:
            yield start + block.a, other_start + block.b, block.size


def _words_of(blocks: list[Block], total: int) -> dict[int, Found]:
    """The words that the runs take in, each where most of its fingerprints put it."""
    seen: dict[int, Counter[int]] = {}
    equal: set[int] = set()
    for start, there, length in blocks:
        equal.update(range(start, start + length))
        shift = there - start
        for word in range(max(start - REACH, 0), min(start + length + REACH, total)):
            inside = min(word + REACH, start + length - 1) - max(word - REACH, start) + 1
            seen.setdefault(word, Counter())[shift] += inside
    unequal = _lengths_of_unequal(equal, total)
    found: dict[int, Found] = {}
    for word, shifts in seen.items():
        ((shift, number), *others) = shifts.most_common()
        if word + shift < 0:
            continue
        own = range(max(word - REACH, 0), min(word + REACH + 1, total))
        gaps = [unequal[near] for near in own if near in unequal]
        doubtful = bool(others) or (bool(gaps) and (number < REACH or min(gaps) < _WINDOW))
        found[word] = Found(word + shift, doubtful)
    return found


def _lengths_of_unequal(equal: set[int], total: int) -> dict[int, int]:
    """For each fingerprint that is not equal, how long the stretch of these is."""
    lengths: dict[int, int] = {}
    at = 0
    while at < total:
        end = at
        while end < total and end not in equal:
            end += 1
        lengths |= dict.fromkeys(range(at, end), end - at)
        at = end + 1
    return lengths
