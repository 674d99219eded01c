"""Positions: the maximal sets of accounts that can all be true together.

Intervals that meet pairwise have a number in common (Helly's theorem on the line), so the maximal
sets of intervals are found by one sweep over their ends.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import repeat
from math import inf
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from warclaims.accounts.accounts import AnyAccount
    from warclaims.accounts.bounds import Count

T = TypeVar("T")

_LEAST = attrgetter("bounds.outer.minimum")
_MOST = attrgetter("bounds.outer.maximum")

_MOST_PLACES = 64
"""How many positions accounts may be listed in on average; see :func:`interval_positions`."""

_NEAR = 4
"""A bound that moves by 25 % moves by a quarter of itself."""


class AccountStance(NamedTuple):
    """What one account says about one number.

    Attributes:
        account: The account.
        bounds: The bounds of the number.
        is_remainder: True if the maximum is only what other kinds leave.
    """

    account: AnyAccount
    bounds: Count
    is_remainder: bool = False

    @property
    def least(self) -> int:
        """The least number."""
        return self.bounds.outer.minimum

    @property
    def most(self) -> float:
        """The greatest number; infinite if open."""
        return self.bounds.outer.maximum


class Positions(NamedTuple):
    """Positions, lower numbers first, and the accounts that are in all of them."""

    sets: list[list[AccountStance]]
    in_all: list[AccountStance]


def without_consequences(stances: Iterable[AccountStance]) -> list[AccountStance]:
    """Leave out maxima of which every conflict follows from the totals alone.

    Those are maxima that other kinds leave, and those of a kind that may be all of a whole.
    """
    told = list(stances)
    lows = sorted(stance.least for stance in told)
    found = []
    for stance in told:
        whole = stance.account.total.outer.maximum
        is_all = stance.account.closed and stance.most >= whole
        met = bisect_right(lows, stance.most)
        may_follow = (stance.is_remainder or is_all) and met < len(lows)
        if may_follow and bisect_right(lows, whole) == met:
            stance = stance._replace(bounds=stance.bounds.at_least)  # noqa: PLW2901
        if not stance.bounds.is_open:
            found.append(stance)
    return found


def interval_positions(stances: Sequence[AccountStance]) -> Positions:
    """The positions of intervals.

    If accounts that are in many positions would make the result grow with the square of their
    number, each is listed in the lowest of its positions only.
    """
    if not stances:
        return Positions([], [])
    starts = zip(map(_LEAST, stances), repeat(0), range(len(stances)))
    ends = sorted([*starts, *zip(map(_MOST, stances), repeat(1), range(len(stances)))])
    first = [0] * len(stances)
    last = [0] * len(stances)
    found, opened = 0, False
    for _, is_end, number in ends:
        if not is_end:
            first[number], opened = found, True
            continue
        if opened:
            found, opened = found + 1, False
        last[number] = found - 1
    sets: list[list[AccountStance]] = [[] for _ in range(found)]
    in_all: list[AccountStance] = []
    places = sum(last[n] - first[n] + 1 for n in range(len(stances)))
    is_huge = places > _MOST_PLACES * max(len(stances), 100)
    for number, stance in enumerate(stances):
        if first[number] == 0 and last[number] == found - 1 and found > 1:
            in_all.append(stance)
            continue
        for at in range(first[number], first[number] + 1 if is_huge else last[number] + 1):
            sets[at].append(stance)
    return Positions(sets, in_all)


def disagree(stances: Sequence[AccountStance]) -> bool:
    """True if not all intervals have a number in common."""
    least = max(map(_LEAST, stances), default=0)
    return least > min(map(_MOST, stances), default=inf)


def is_soft_disagreement(stances: Sequence[AccountStance]) -> bool:
    """True if every pair that disagrees would meet if its nearest soft bound moved by 25 %.

    A pair that rests on the maximum of an order of magnitude is always soft.
    """
    lows = {False: -inf, True: -inf}
    highs = {False: inf, True: inf}
    for stance in stances:
        outer, core = stance.bounds.outer, stance.bounds.core
        soft = outer.minimum != core.minimum
        lows[soft] = max(lows[soft], outer.minimum)
        if stance.bounds.unlimited.maximum < inf:  # not the end of an order of magnitude
            soft = outer.maximum != core.maximum
            highs[soft] = min(highs[soft], outer.maximum)
    hard = highs[False] < lows[False]
    hard |= highs[True] * (_NEAR + 1) / _NEAR < lows[False]
    hard |= highs[False] < lows[True] * (_NEAR - 1) / _NEAR
    both = lows[True] * (_NEAR - 1) / _NEAR
    hard |= highs[True] < both and highs[True] * (_NEAR + 1) / _NEAR < lows[True]
    return not hard


def meet_only_softly(stances: Iterable[AccountStance]) -> bool:
    """True if intervals meet, but not all numbers themselves do without their margins."""
    least, most = 0, inf
    for stance in stances:
        core = stance.bounds.core
        least, most = max(least, core.minimum), min(most, core.maximum)
    return least > most


def maximal_sets(nodes: Sequence[T], compatible: Callable[[T, T], bool]) -> list[list[int]]:
    """The maximal sets of mutually compatible nodes, by index, for few nodes (Bron–Kerbosch)."""
    near = [
        {
            other
            for other in range(len(nodes))
            if other != one and compatible(nodes[one], nodes[other])
        }
        for one in range(len(nodes))
    ]
    found: list[list[int]] = []

    def extend(chosen: set[int], open_: set[int], done: set[int]) -> None:
        if not open_ and not done:
            found.append(sorted(chosen))
            return
        pivot = max(open_ | done, key=lambda one: len(near[one] & open_))
        for one in sorted(open_ - near[pivot]):
            extend(chosen | {one}, open_ & near[one], done & near[one])
            open_ = open_ - {one}
            done = done | {one}

    extend(set(), set(range(len(nodes))), set())
    return sorted(found)
