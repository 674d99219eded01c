"""Bounds of each kind of victims, propagated through wholes and parts.

A whole has parts. Parts of one whole exclude each other within a field (who; age and sex; side) and
may overlap across fields. From below, a kind has what its parts have; from above, what the whole
leaves after the parts of other kinds.
"""

from __future__ import annotations

from functools import cached_property
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from warclaims.accounts.bounds import NONE, OPEN, STATED, Count, NumberInterval
from warclaims.accounts.kinds import AGE_SEX, CIVILIAN, FIELDS, SIDE, WHO, Fit, Kind, Kinds, Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from warclaims.accounts.account_numbers import AccountNumbers


class Group:
    """A count of people with its parts.

    Attributes:
        count: Its bounds.
        own: The limits that its words state.
        limits: The same with those of its whole, and civilians for children.
        parts: The groups that are part of it.
        is_loose: True for an indefinite count that may be of the people of other counts.
        word_of: Whose word it is, if not that of the account's source.
    """

    def __init__(self, count: Count, own: Limits, limits: Limits) -> None:
        self.count = count
        self.own = own
        self.limits = limits
        self.parts: list[Group] = []
        self.is_loose = False
        self.word_of: str | None = None

    @cached_property
    def breaks(self) -> bool:
        """True if the parts exceed the whole, so that nothing is left to compute."""
        most = self.count.stated.maximum
        return any(
            sum(part.count.stated.minimum for part in parts) > most for parts in self.partitions()
        )

    def parts_in(self, field: str) -> list[Group]:
        """The parts that are limited in a field, and so exclude each other."""
        return [part for part in self.parts if part.own.of(field)]

    def partitions(self) -> Iterator[list[Group]]:
        """Parts that exclude each other: those of each field, and each part by itself."""
        for field in FIELDS if self.parts else ():
            yield self.parts_in(field)
        for part in self.parts:
            yield [part]

    def everyone(self) -> Iterator[Group]:
        """The group and all groups in it."""
        yield self
        for part in self.parts:
            yield from part.everyone()

    def states(self, kind: Kind) -> bool:
        """True if a part of the group is said to be all of this kind in it."""
        return any(kind in part.own.only(kind.field) for part in self.parts)


class KindBounds(NamedTuple):
    """The bounds of a kind, and where the upper one comes from.

    Attributes:
        bounds: The interval.
        is_remainder: True if the maximum is what other kinds leave of a whole.
    """

    bounds: NumberInterval
    is_remainder: bool = False


class Breakdown:
    """The bounds of an account under one valuation of its counts."""

    def __init__(
        self,
        kinds: Kinds,
        numbers: AccountNumbers,
        valuation: int = STATED,
        *,
        is_whole: bool = False,
    ) -> None:
        self._kinds = kinds
        self._tops = numbers.tops
        self._zeros = numbers.zeros
        self._closed = numbers.closed or is_whole
        self._classes, self._apart = numbers.classes
        self._valuation = valuation

    def total(self) -> NumberInterval:
        """The bounds of all victims that the account counts."""
        if not self._tops:
            return OPEN
        least = self._least(lambda group: self._size(group).minimum)
        return NumberInterval(least, sum(map(self._most, self._tops)))

    def of(self, kind: Kind) -> KindBounds:
        """The bounds of one kind."""
        alone = len(self._tops) == 1 and not self._zeros and not self._tops[0].parts
        if alone and self._fit(self._tops[0], kind) is Fit.OUTSIDE:
            return KindBounds(NONE if self._closed else OPEN, self._closed)
        for zero in self._zeros:
            only = zero.only(kind.field)
            if any(self._kinds.fit(kind, one) is Fit.INSIDE for one in only):
                return KindBounds(NONE)
        least = self._least(lambda group: self._low(group, kind))
        most, is_remainder = self._greatest(kind)
        # An account that does not add up keeps what is stated.
        return KindBounds(NumberInterval(least, max(least, most)), is_remainder)

    def _least(self, of: Callable[[Group], int]) -> int:
        """The least number: clusters of one class may be the same people."""
        found = [max(sum(map(of, cluster)) for cluster in one) for one in self._classes]
        return sum(found) if self._apart else max(found, default=0)

    def _most(self, group: Group) -> float:
        return 0 if group.is_loose else group.count[self._valuation].maximum

    def _size(self, group: Group) -> NumberInterval:
        """The bounds of a group, of which there are at least as many as of its parts."""
        stated = group.count[self._valuation]
        if not group.parts or group.breaks:
            return stated
        least = max(sum(self._size(part).minimum for part in of) for of in group.partitions())
        return NumberInterval(max(least, stated.minimum), stated.maximum)

    def _fit(self, group: Group, kind: Kind) -> Fit:
        fit = self._kinds.fits(group.limits.of(kind.field), kind)
        if (
            fit is Fit.PARTLY
            and self._kinds.is_child(kind)
            and self._kinds.fits(group.limits.who, CIVILIAN) is Fit.OUTSIDE
        ):
            return Fit.OUTSIDE  # children are civilians
        return fit

    def _low(self, group: Group, kind: Kind) -> int:
        """The least number of a kind in a group."""
        fit = self._fit(group, kind)
        if fit is Fit.OUTSIDE:
            return 0
        size = self._size(group).minimum
        if fit is Fit.INSIDE:
            return size
        found = [sum(self._low(part, kind) for part in parts) for parts in group.partitions()]
        mix = group.limits.of(kind.field)
        inside = [one for one in mix if self._kinds.fit(one, kind) is Fit.INSIDE]
        if len(mix) > 1 and inside:
            most = sum(self._high(group, one) for one in mix if one not in inside)
            found += (min(len(inside), size), 0 if most == inf else size - int(most))
        return max(found, default=0)

    def _high(self, group: Group, kind: Kind) -> float:
        """The greatest number of a kind in a group."""
        fit = self._fit(group, kind)
        if fit is Fit.OUTSIDE:
            return 0
        most = self._most(group)
        return most if fit is Fit.INSIDE else min(self._ceilings(group, kind, most))

    def _ceilings(self, group: Group, kind: Kind, most: float) -> Iterator[float]:
        """What each rule allows at most of a kind that some of a group may be of.

        A mix has at least one of each of its kinds. A part that is said to be of the kind is all of
        it. The parts of a field leave the rest of the whole.
        """
        yield most
        mix = group.limits.of(kind.field)
        if len(mix) > 1:
            others = sum(self._kinds.fit(one, kind) is Fit.OUTSIDE for one in mix)
            yield max(most - others, 0)
        if group.states(kind):
            parts = [one for one in group.parts_in(kind.field) if self._is_of(one, kind)]
            yield sum(self._high(part, kind) for part in parts)
        for field in FIELDS if group.parts and not group.breaks else ():
            parts = group.parts_in(field)
            taken = sum(self._size(part).minimum for part in parts)
            yield max(most - taken, 0) + sum(self._high(part, kind) for part in parts)

    def _is_of(self, group: Group, kind: Kind) -> bool:
        """True if a group is said to be of a kind, or to have people of it."""
        return any(self._kinds.fit(one, kind) is Fit.INSIDE for one in group.limits.of(kind.field))

    def _greatest(self, kind: Kind) -> tuple[float, bool]:
        """The greatest number of a kind, and whether it is only what other kinds leave."""
        near = [group for group in self._tops if self._fit(group, kind) is not Fit.OUTSIDE]
        if kind.field == SIDE:  # without a side, people may be of any
            named = any(kind in group.own.side for top in self._tops for group in top.everyone())
            return (self._sum_of(kind, near), not named) if named or self._closed else (inf, False)
        stating = [
            group
            for group in self._tops
            if kind in group.own.only(kind.field)
            or (not group.own.is_limited and group.states(kind))
        ]
        if not self._closed:
            return self._greatest_of_list(kind, near, stating)
        if stating:
            near = [group for group in near if group in stating or self._is_of(group, kind)]
        return self._sum_of(kind, near), all(map(self._is_mix, stating))

    def _is_mix(self, group: Group) -> bool:
        """True for a count of several kinds, of which each leaves the others a rest."""
        return any(len(group.own.of(field)) > 1 for field in FIELDS)

    def _greatest_of_list(
        self, kind: Kind, near: list[Group], stating: list[Group]
    ) -> tuple[float, bool]:
        """The same for a list, which says nothing of kinds that it leaves out."""
        named = [group for group in near if group.limits.of(kind.field)]
        if any(self._is_limited_to(group, kind) for group in named):
            if stating:
                named = [one for one in named if one in stating or self._is_of(one, kind)]
            return self._sum_of(kind, named), not stating
        civilians = [group for group in self._tops if self._has_all_children(group, kind)]
        if civilians:
            others = [group for group in named if group not in civilians]
            return self._sum_of(kind, [*civilians, *others]), False
        ages = [one for group in self._tops for one in group.own.only(AGE_SEX)]
        if kind.field == WHO and self._kinds.everybody(ages):
            return self._sum_of(kind, near), True
        return inf, False

    def _is_limited_to(self, group: Group, kind: Kind) -> bool:
        """True if a group is of a kind that all of ``kind`` are."""
        only = group.own.only(kind.field)
        return any(self._kinds.fit(kind, one) is Fit.INSIDE for one in only)

    def _has_all_children(self, group: Group, kind: Kind) -> bool:
        """True for a count of all civilians with children among them: there are no others."""
        who = group.own.who
        return (
            self._kinds.is_child(kind)
            and group.states(kind)
            and len(who) == 1
            and self._kinds.fit(CIVILIAN, who[0]) is Fit.INSIDE
        )

    def _sum_of(self, kind: Kind, groups: Iterable[Group]) -> float:
        return sum(self._high(group, kind) for group in groups)
