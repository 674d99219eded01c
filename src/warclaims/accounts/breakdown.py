"""Bounds of each kind of victims, propagated through wholes and parts.

A whole has parts. Parts of one whole exclude each other within a field (who; age and sex; side) and
may overlap across fields. From below, a kind has what its parts have; from above, what the whole
leaves after the parts of other kinds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from warclaims.accounts.bounds import OPEN, STATED, Count, NumberInterval
from warclaims.accounts.kinds import AGE_SEX, CIVILIAN, FIELDS, SIDE, WHO, Fit, Kind, Kinds, Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


class Group:
    """A count of people with its parts.

    Attributes:
        count: Its bounds.
        own: The limits that its words state.
        limits: The same with those of its whole, and civilians for children.
        parts: The groups that are part of it.
        is_loose: True for an indefinite count that may be of the people of other counts.
    """

    __slots__ = ("_breaks", "count", "is_loose", "limits", "own", "parts", "word_of")

    def __init__(self, count: Count, own: Limits, limits: Limits) -> None:
        self.count = count
        self.own = own
        self.limits = limits
        self.parts: list[Group] = []
        self.is_loose = False
        self.word_of: str | None = None
        self._breaks: bool | None = None

    @property
    def breaks(self) -> bool:
        """True if the parts exceed the whole, so that nothing is left to compute."""
        if self._breaks is None:
            most = self.count[STATED].maximum
            self._breaks = most is not None and any(
                sum(part.count[STATED].minimum for part in self.parts_in(field)) > most
                for field in (*FIELDS, None)
            )
        return self._breaks

    def parts_in(self, field: str | None) -> Iterable[Group]:
        """The parts that are limited in a field; with ``None`` each part for itself is not."""
        if field is None:
            largest = max(self.parts, key=lambda part: part.count[STATED].minimum, default=None)
            return [largest] if largest else []
        return [part for part in self.parts if part.own.of(field)]

    def everyone(self) -> Iterable[Group]:
        """The group and all groups in it."""
        yield self
        for part in self.parts:
            yield from part.everyone()


class KindBounds(NamedTuple):
    """The bounds of a kind, and where the upper one comes from.

    Attributes:
        bounds: The interval.
        is_remainder: True if the maximum is what other kinds leave of a whole.
    """

    bounds: NumberInterval
    is_remainder: bool = False


class Breakdown:
    """The bounds of an account under one valuation of its counts.

    ``tops`` are the groups that are part of no other; ``classes`` are the same in clusters, of
    which those of one class may be the same people; ``zeros`` are kinds of which there are none.
    """

    def __init__(
        self,
        kinds: Kinds,
        tops: Sequence[Group],
        classes: Sequence[Sequence[Sequence[Group]]],
        zeros: Sequence[Limits],
        *,
        closed: bool,
        apart: bool,
        valuation: int = STATED,
    ) -> None:
        self._kinds = kinds
        self._tops = tops
        self._classes = classes
        self._zeros = zeros
        self._closed = closed
        self._apart = apart
        self._valuation = valuation
        self._found: dict[Kind, KindBounds] = {}
        alone = len(tops) == 1 and not zeros and not tops[0].parts
        self._simple = tops[0] if alone else None

    def total(self) -> NumberInterval:
        """The bounds of all victims that the account counts."""
        if not self._tops:
            return OPEN
        if self._simple is not None:
            return self._simple.count[self._valuation]
        least = self._least(lambda group: self._size(group).minimum)
        return NumberInterval(least, _sum(self._most(group) for group in self._tops))

    def of(self, kind: Kind) -> KindBounds:
        """The bounds of one kind."""
        found = self._found.get(kind)
        if found is None:
            found = self._found[kind] = self._of(kind)
        return found

    def _of(self, kind: Kind) -> KindBounds:
        if self._simple is not None:
            fit = self._fit(self._simple, kind)
            if fit is Fit.OUTSIDE:
                return KindBounds(NumberInterval(0, 0) if self._closed else OPEN, self._closed)
        if any(
            zero.only(kind.field)
            and self._kinds.fits((kind,), zero.only(kind.field)[0]) is Fit.INSIDE
            for zero in self._zeros
            if len(zero.only(kind.field)) == 1
        ):
            return KindBounds(NumberInterval(0, 0))
        least = self._least(lambda group: self._low(group, kind))
        most, is_remainder = self._greatest(kind)
        if most is not None and most < least:
            most = least  # the account does not add up; what is stated stays
        return KindBounds(NumberInterval(least, most), is_remainder)

    def _least(self, of: Callable[[Group], int]) -> int:
        """The least number: clusters of one class may be the same people."""
        found = [max(sum(map(of, cluster)) for cluster in one) for one in self._classes]
        return sum(found) if self._apart else max(found, default=0)

    def _most(self, group: Group) -> int | None:
        return 0 if group.is_loose else group.count[self._valuation].maximum

    def _size(self, group: Group) -> NumberInterval:
        """The bounds of a group, of which there are at least as many as of its parts."""
        stated = group.count[self._valuation]
        if not group.parts or group.breaks:
            return stated
        least = max(
            sum(self._size(part).minimum for part in group.parts_in(field))
            for field in (*FIELDS, None)
        )
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
        fit = self._fit(group, kind)
        if fit is Fit.OUTSIDE:
            return 0
        size = self._size(group)
        if fit is Fit.INSIDE:
            return size.minimum
        found = [0]
        mix = group.limits.of(kind.field)
        if len(mix) > 1:
            inside = [one for one in mix if self._kinds.fit(one, kind) is Fit.INSIDE]
            others = [one for one in mix if one not in inside]
            found.append(min(len(inside), size.minimum))
            most = _sum(self._high(group, one) for one in others)
            if inside and most is not None:
                found.append(size.minimum - most)
        found += (sum(self._low(part, kind) for part in group.parts_in(field)) for field in FIELDS)
        found += (self._low(part, kind) for part in group.parts)
        return max(found)

    def _high(self, group: Group, kind: Kind) -> int | None:
        fit = self._fit(group, kind)
        if fit is Fit.OUTSIDE:
            return 0
        most = self._most(group)
        if fit is Fit.INSIDE or (most is None and not group.parts):
            return most
        found: list[int | None] = [most]
        mix = group.limits.of(kind.field)
        if len(mix) > 1 and most is not None:
            others = sum(self._kinds.fit(one, kind) is Fit.OUTSIDE for one in mix)
            found.append(max(most - others, 0))
        if self._states(group, kind):
            parts = [one for one in group.parts_in(kind.field) if self._is_of(one, kind)]
            found.append(_sum(self._high(part, kind) for part in parts))
        if not group.breaks:
            for field in FIELDS:
                parts = list(group.parts_in(field))
                if parts and most is not None:
                    taken = sum(self._size(part).minimum for part in parts)
                    of_kind = _sum(self._high(part, kind) for part in parts)
                    if of_kind is not None:
                        found.append(max(most - taken, 0) + of_kind)
        known = [one for one in found if one is not None]
        return min(known) if known else None

    def _states(self, group: Group, kind: Kind) -> bool:
        """True if a part of the group is said to be all of this kind in it."""
        return any(kind in part.own.only(kind.field) for part in group.parts)

    def _is_of(self, group: Group, kind: Kind) -> bool:
        """True if a group is said to be of a kind, or to have people of it."""
        return any(self._kinds.fit(one, kind) is Fit.INSIDE for one in group.limits.of(kind.field))

    def _greatest(self, kind: Kind) -> tuple[int | None, bool]:
        """The greatest number of a kind, and whether it is only what other kinds leave."""
        near = [group for group in self._tops if self._fit(group, kind) is not Fit.OUTSIDE]
        if kind.field == SIDE:
            return self._greatest_of_side(kind, near)
        stating = [
            group
            for group in self._tops
            if kind in group.own.only(kind.field)
            or (not group.own.is_limited and self._states(group, kind))
        ]
        if not self._closed:
            return self._greatest_of_list(kind, near, stating)
        if stating:
            inside = [g for g in near if g in stating or self._is_of(g, kind)]
            return self._sum_of(kind, inside), False
        return self._sum_of(kind, near), True

    def _greatest_of_list(
        self, kind: Kind, near: list[Group], stating: list[Group]
    ) -> tuple[int | None, bool]:
        """The same for a list, which says nothing of kinds that it leaves out."""
        named = [group for group in near if group.own.of(kind.field)]
        if any(
            self._kinds.fit(kind, one) is Fit.INSIDE
            for group in named
            for one in group.own.only(kind.field)
        ):
            if stating:
                named = [g for g in named if g in stating or self._is_of(g, kind)]
            return self._sum_of(kind, named), not stating
        if self._kinds.is_child(kind):
            civilians = [
                group
                for group in self._tops
                if self._states(group, kind)
                and self._kinds.fit(CIVILIAN, _one(group.own.who)) is Fit.INSIDE
            ]
            if civilians:  # all children are civilians, so there is none outside them
                others = [group for group in named if group not in civilians]
                return self._sum_of(kind, [*civilians, *others]), False
        ages = [one for group in self._tops for one in group.own.only(AGE_SEX)]
        if kind.field == WHO and self._kinds.everybody(ages):
            return self._sum_of(kind, near), True
        return None, False

    def _greatest_of_side(self, kind: Kind, near: list[Group]) -> tuple[int | None, bool]:
        """Silence about a side is only silence: such people may be of any side."""
        named = any(kind in group.own.side for top in self._tops for group in top.everyone())
        return (self._sum_of(kind, near), not named) if named or self._closed else (None, False)

    def _sum_of(self, kind: Kind, groups: Iterable[Group]) -> int | None:
        return _sum(self._high(group, kind) for group in groups)


def _one(kinds: tuple[Kind, ...]) -> Kind:
    return kinds[0] if len(kinds) == 1 else Kind("", "")


def _sum(numbers: Iterable[int | None]) -> int | None:
    total = 0
    for number in numbers:
        if number is None:
            return None
        total += number
    return total
