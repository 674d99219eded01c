"""What the counts of an account say: how many people, of which kinds and sides."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, SupportsIndex

from warclaims.accounts.bounds import Count, NumberInterval, same_count
from warclaims.accounts.breakdown import Breakdown, Group
from warclaims.accounts.kinds import Kind, Kinds, Limits
from warclaims.grouping import grouped, the_one
from warclaims.records.accounts import AccountMark

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

OnlyKind = tuple[tuple[Kind, ...], tuple[Kind, ...]]
"""The kinds of one limit: who, and age and sex."""


class AccountNumbers:
    """What the counts of an account say.

    Attributes:
        tops: The groups that are part of no other.
        zeros: Kinds of which there are none.
        classes: The groups in clusters of different people, the clusters in classes, of which the
            clusters may be of the same people; and whether different classes are of different ones.
        closed: True if the account states a whole.
        side: The side to which the whole account is limited.
        sides: All sides that it names.
        only_kind: The one kind to which the whole account is limited, if it is a list.
        stated: The kinds that it gives numbers for.
        fields: The fields in which it says something of all or some people.
        total: The bounds of all victims.
        soft: True if a bound rests on an approximate number.
        marks: What a reader must know about the numbers.
        made_of: The arguments of :func:`numbers_of_one`, if that made it.
    """

    def __init__(
        self,
        kinds: Kinds,
        tops: Sequence[Group],
        zeros: Sequence[Limits] = (),
        clusters: Sequence[Sequence[Group]] | None = None,
    ) -> None:
        groups = [group for top in tops for group in top.everyone()]
        self.made_of: tuple[Kinds, Count, Limits, Limits] | None = None
        self.tops = tops
        self._kinds = kinds
        self.closed = _is_closed(tops)
        only = None if self.closed else the_one((top.own.who, top.own.age_sex) for top in tops)
        self.only_kind: OnlyKind | None = only
        side = the_one(top.own.side for top in tops)
        self.side = side[0].value if side else None
        self.sides = {kind.value for group in groups for kind in group.own.side}
        said = (*(group.own for group in groups), *zeros)
        self.stated = frozenset(kind for one in said for kind in one.kinds)
        limits = (*(group.limits for group in groups), *map(kinds.compared, zeros))
        self.fields = frozenset(kind.field for one in limits for kind in one.kinds)
        self.zeros = zeros
        self.classes = _classes([tops] if clusters is None else clusters, kinds)
        plain = all(group.count.is_plain for group in groups)
        self._breakdowns = [Breakdown(kinds, self, n) for n in range(1 if plain else 4)]
        self._found: dict[Kind, tuple[Count, bool]] = {}
        self.total = self._count(Breakdown.total)
        self.soft = any(top.count.is_soft for top in tops)
        self.marks = _marks(groups, *self.classes)

    def __reduce_ex__(self, protocol: SupportsIndex) -> str | tuple[Any, ...]:
        """Of one count without parts only that is pickled, since many accounts share the rest."""
        return (numbers_of_one, self.made_of) if self.made_of else super().__reduce_ex__(protocol)

    @cached_property
    def has_parts(self) -> bool:
        """True if it says of some of the people who they were."""
        return any(top.parts for top in self.tops)

    def _count(self, of: Callable[[Breakdown], NumberInterval]) -> Count:
        found = [of(one) for one in self._breakdowns]
        return Count(*found) if len(found) > 1 else same_count(found[0])

    def _kind(self, kind: Kind) -> tuple[Count, bool]:
        found = self._found.get(kind)
        if found is None:
            bounds = [one.of(kind) for one in self._breakdowns]
            count = Count(*(one.bounds for one in (bounds if len(bounds) > 1 else bounds * 4)))
            found = self._found[kind] = (count, bounds[-1].is_remainder)
        return found

    def of(self, kind: Kind) -> Count:
        """The bounds of a kind."""
        return self._kind(kind)[0]

    def within(self, kind: Kind) -> Count:
        """The bounds of a kind among the people that the account counts."""
        found = [
            Breakdown(self._kinds, self, n, is_whole=True).of(kind).bounds
            for n in range(len(self._breakdowns))
        ]
        return Count(*found) if len(found) > 1 else same_count(found[0])

    def is_remainder(self, kind: Kind) -> bool:
        """True if the maximum of a kind is only what other kinds leave."""
        return self._kind(kind)[1]


@lru_cache(maxsize=1 << 12)
def numbers_of_one(kinds: Kinds, count: Count, own: Limits, limits: Limits) -> AccountNumbers:
    """What an account of one count without parts says; many accounts say the same."""
    found = AccountNumbers(kinds, [Group(count, own, limits)])
    found.made_of = kinds, count, own, limits
    return found


def _is_closed(tops: Sequence[Group]) -> bool:
    """True if a count is of all people; counts of several sides add up to none in the text."""
    sides = {top.own.side for top in tops}
    return not all(top.own.is_limited for top in tops) and not (len(sides) > 1 and all(sides))


def _classes(
    clusters: Sequence[Sequence[Group]], kinds: Kinds
) -> tuple[list[list[Sequence[Group]]], bool]:
    """Clusters by whether they may be the same people, and whether all classes exclude each other.

    Clusters limited to the same kinds may be. Classes are of different people if every group of one
    excludes every group of the other.
    """
    found = grouped(clusters, lambda cluster: frozenset(group.limits for group in cluster))
    limits = list(found)
    apart = all(
        kinds.disjoint(one, other)
        for number, mine in enumerate(limits)
        for theirs in limits[:number]
        for one in mine
        for other in theirs
    )
    return list(found.values()), apart


def _marks(
    groups: Sequence[Group], classes: Sequence[Sequence[Sequence[Group]]], apart: bool
) -> set[AccountMark]:
    """Whether counts may overlap, and whether parts exceed their whole."""
    found = set()
    firm = [[cluster for cluster in one if any(map(_is_firm, cluster))] for one in classes]
    if (not apart and sum(map(bool, firm)) > 1) or any(len(one) > 1 for one in firm):
        found.add(AccountMark.OVERLAP_NOT_STATED)
    if any(group.breaks for group in groups):
        found.add(AccountMark.DOES_NOT_ADD_UP)
    return found


def _is_firm(group: Group) -> bool:
    """True if a count adds to the least number: neither presumed nor of other counts' people."""
    return not group.is_loose and group.count.stated.minimum > 0
