"""Lists of which each has a kind that the other lacks: rival descriptions, or different people."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from math import inf
from typing import TYPE_CHECKING

from warclaims.accounts.accounts import AnyAccount, SourceAccount
from warclaims.accounts.bounds import NONE, OPEN, NumberInterval, added
from warclaims.accounts.kinds import Fit, Kind, Kinds
from warclaims.accounts.positions import maximal_sets
from warclaims.accounts.rows import RowPosition, account_total, number_words
from warclaims.accounts.wording import people
from warclaims.grouping import grouped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Signature = frozenset[Kind]
"""The kinds that a list counts."""


class RivalLists:
    """The lists among accounts by the kinds of a field that they count.

    Where the numbers of the kinds that two lists do not share meet, the lists are rivals: they
    describe the same people. Where they do not meet, the lists count different people.

    Attributes:
        groups: The lists by their kinds.
        rival_kinds: The kinds by which rivals differ.
        different_kinds: The kinds by which lists of different people differ.
    """

    def __init__(self, accounts: Sequence[AnyAccount], field: str, kinds: Kinds) -> None:
        self._kinds = kinds
        self._field = field
        self._accounts = accounts
        self.groups = grouped(accounts, self._signature)
        self.groups.pop(frozenset(), None)
        self.rival_kinds: set[Kind] = set()
        self.different_kinds: set[Kind] = set()
        self._rivals: dict[str, set[Signature]] = defaultdict(set)
        self._different: dict[Signature, dict[str, AnyAccount]] = defaultdict(dict)
        ordered = sorted(self.groups, key=sorted)
        for number, one in enumerate(ordered):
            for other in ordered[:number]:
                self._compare(one, other)

    def _signature(self, account: AnyAccount) -> Signature:
        """The kinds of a list, if all its counts are limited in the field; else none."""
        if account.closed or not isinstance(account, SourceAccount):
            return frozenset()
        if account.is_mixed_side or account.added_to:
            return frozenset()
        found = [top.limits.of(self._field) for top in account.tops]
        return frozenset(kind for of in found for kind in of) if all(found) else frozenset()

    def _lacking(self, one: Signature, other: Signature) -> list[Kind]:
        """The kinds of one that the other has nothing of."""
        return sorted(
            kind for kind in one if all(self._kinds.fit(kind, k) is Fit.OUTSIDE for k in other)
        )

    def _compare(self, one: Signature, other: Signature) -> None:
        mine, theirs = self._lacking(one, other), self._lacking(other, one)
        if not mine or not theirs:
            return
        numbers = self._numbers(one, mine), self._numbers(other, theirs)
        met = _meeting(*numbers), _meeting(*reversed(numbers))
        if any(met[0]):
            self.rival_kinds |= {*mine, *theirs}
        all_met = all(met[0]) and all(met[1])
        if not all_met:
            self.different_kinds |= {*mine, *theirs}
        for own, that, meeting in ((one, other, met[0]), (other, one, met[1])):
            for account, meets in zip(self.groups[own], meeting, strict=True):
                if meets:
                    self._rivals[account.id].add(that)
                if not meets or (all(meeting) and not all_met):
                    self._different[own][account.id] = account

    def _numbers(self, signature: Signature, kinds: Iterable[Kind]) -> list[NumberInterval]:
        """How many victims of some kinds each list counts in all."""
        if signature == set(kinds):
            return [one.total.outer for one in self.groups[signature]]
        return [_number(one, kinds) for one in self.groups[signature]]

    def rivals(self) -> tuple[list[RowPosition], list[AnyAccount]]:
        """The positions of rivals, and the accounts in all of them.

        A position is a maximal set of lists of which no two are rivals, with the accounts of a
        whole that it allows; those that none allows are a position of their own.
        """
        sets = self._sets()
        bounds = [self._bounds(one) for one in sets]
        in_all, alone = [], []
        for account in self._accounts:
            if account.closed and self._field in account.fields:
                at = [n for n, of in enumerate(bounds) if _allows(of, account)]
                if len(at) == len(bounds):
                    in_all.append(account)
                elif at:
                    for number in at:
                        sets[number].append(account)
                else:
                    alone.append(account)
        sets += [alone] if alone else []
        shown = {account.id for of in (*sets, in_all) for account in of}
        in_all += [one for one in self._accounts if one.id not in shown]
        return [self._position(of, self.rival_kinds) for of in sets], in_all

    def _sets(self) -> list[list[AnyAccount]]:
        nodes: dict[tuple[Signature, frozenset[Signature]], list[AnyAccount]] = {}
        for signature in sorted(self.groups, key=sorted):
            for account in self.groups[signature]:
                if met := self._rivals.get(account.id):
                    nodes.setdefault((signature, frozenset(met)), []).append(account)
        names = list(nodes)
        sets = maximal_sets(
            names, lambda one, other: not (other[0] in one[1] and one[0] in other[1])
        )
        return [[account for number in of for account in nodes[names[number]]] for of in sets]

    def _bounds(self, accounts: Iterable[AnyAccount]) -> dict[Kind, tuple[int, float]]:
        """For each kind of the lists of a position what all of them allow."""
        found: dict[Kind, tuple[int, float]] = {}
        for account in accounts:
            for kind in self._stated(account):
                outer, (least, most) = account.of(kind).outer, found.get(kind, (0, inf))
                found[kind] = (max(least, outer.minimum), min(most, outer.maximum))
        return found

    def different(self) -> tuple[list[RowPosition], NumberInterval]:
        """The positions of lists of different people, and their sum if all are right."""
        positions, total = [], NONE
        for _, of in sorted(self._different.items(), key=lambda item: sorted(item[0])):
            accounts = list(of.values())
            positions.append(self._position(accounts, self.different_kinds))
            total += _in_common([self._sum(one) for one in accounts])
        return positions, total

    def _sum(self, account: AnyAccount) -> NumberInterval:
        """How many victims a list counts of the kinds by which it differs."""
        shown = [kind for kind in self._stated(account) if kind in self.different_kinds]
        return added(map(account.of, shown)).stated if shown else account.total.stated

    def _position(self, accounts: list[AnyAccount], kinds: set[Kind]) -> RowPosition:
        return RowPosition(accounts, (self._words(one, kinds) for one in list(accounts)))

    def _stated(self, account: AnyAccount) -> list[Kind]:
        return sorted(kind for kind in account.stated if kind.field == self._field)

    def _shown(self, account: AnyAccount, kinds: set[Kind]) -> list[Kind]:
        """The kinds by which an account differs from other lists, else all that it states."""
        stated = self._stated(account)
        return [kind for kind in stated if kind in kinds] or stated or sorted(kinds)

    def _words(self, account: AnyAccount, kinds: set[Kind]) -> str:
        counts = [(kind, account.of(kind)) for kind in self._shown(account, kinds)]
        parts = (
            people(number_words(count), kind.name)
            for kind, count in counts
            if kind in account.stated and count.stated not in (NONE, OPEN)
        )
        return " and ".join(parts) or account_total(account)


def _number(account: AnyAccount, kinds: Iterable[Kind]) -> NumberInterval:
    """How many victims of some kinds an account counts: not more than in all."""
    least, most = added(map(account.of, kinds)).outer
    return NumberInterval(least, min(most, account.total.outer.maximum))


def _in_common(intervals: Sequence[NumberInterval]) -> NumberInterval:
    """What all intervals allow; if nothing, the range between them."""
    least = max(one.minimum for one in intervals)
    most = min(one.maximum for one in intervals)
    return NumberInterval(int(min(least, most)), max(least, most))


def _allows(bounds: dict[Kind, tuple[int, float]], account: AnyAccount) -> bool:
    """True if an account meets the bounds of each kind."""
    counts = ((account.of(kind).outer, of) for kind, of in bounds.items())
    return all(outer.maximum >= of[0] and outer.minimum <= of[1] for outer, of in counts)


def _meeting(of: Sequence[NumberInterval], others: Sequence[NumberInterval]) -> list[bool]:
    """For each interval whether it meets one of the others."""
    lows = sorted(one.minimum for one in others)
    highs = sorted(one.maximum for one in others)
    return [bisect_right(lows, one.maximum) > bisect_left(highs, one.minimum) for one in of]
