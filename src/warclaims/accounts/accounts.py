"""Accounts: what one source says in one text about one outcome of one event."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from warclaims.accounts.bounds import (
    CORE,
    OPEN,
    OUTER,
    STATED,
    UNLIMITED,
    NumberInterval,
)
from warclaims.accounts.breakdown import Breakdown, Group
from warclaims.accounts.dates import says_earlier
from warclaims.accounts.kinds import FIELDS, Kind, Kinds, Limits
from warclaims.accounts.sources import AccountSource
from warclaims.records.accounts import AccountMark
from warclaims.records.vocabulary import Outcome, VictimCertainty

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence, Set

    from warclaims.accounts.facts import Fact

HARM = frozenset({Outcome.KILLED, Outcome.INJURED, Outcome.KILLED_OR_INJURED})
_MARKED_LATER = frozenset(
    {
        AccountMark.RESTATEMENT,
        AccountMark.STATED_AS_FACT,
        AccountMark.DENIED,
        AccountMark.NOT_CONFIRMED,
    }
)
"""Marks that follow from other accounts."""


class Margin(NamedTuple):
    """An interval as comparisons use it.

    Attributes:
        outer: With the margins of approximate and possibly rounded numbers.
        core: Without them.
        open_top: True if the maximum is only that of an order of magnitude.
    """

    outer: NumberInterval
    core: NumberInterval
    open_top: bool = False

    @property
    def without_maximum(self) -> Margin:
        """The same as a minimum."""
        return Margin(
            NumberInterval(self.outer.minimum, None), NumberInterval(self.core.minimum, None)
        )


ANYTHING = Margin(OPEN, OPEN)


class AccountKey(NamedTuple):
    """What the records of one account share, besides their text."""

    source: tuple[str, ...]
    events: tuple[str, ...]
    outcome: str


class SourceAccount:
    """What one source says in one text about one outcome of one event.

    Attributes:
        facts: The records behind it, in text order.
        tops: The groups that are part of no other.
        closed: True if it states a whole.
        side: The side to which the whole account is limited.
        sides: All sides that it names.
        only_kind: The one kind to which the whole account is limited, if it is a list.
        stated: The kinds that it gives numbers for.
        still: Those who are still held or missing, if it says how many are not.
        still_record: The record that says so, if one does.
        replaced: Records of the account that the text replaces by others, or withdraws.
    """

    is_computed = False

    def __init__(
        self,
        key: AccountKey,
        source: AccountSource,
        facts: Sequence[Fact],
        *,
        tops: Sequence[Group],
        zeros: Sequence[Limits],
        kinds: Kinds,
        top_facts: Sequence[Fact],
        clusters: Sequence[Sequence[Group]],
    ) -> None:
        self.key = key
        self.source = source
        self.facts = facts
        self.events = key.events
        self.outcome = key.outcome
        document = facts[0].text.document
        self.document = document.id
        self.outlet = document.outlet.value
        self.date = facts[0].date
        self.tops = tops
        self._zeros = zeros
        self._kinds = kinds
        self.marks: set[AccountMark] = set()
        self.still: NumberInterval | None = None
        self.part_facts: list[Fact] = []
        self.id = f"{self.document}:{self.outcome}:{facts[0].record.id}"
        sides = {top.own.side for top in tops}
        only_sides = len(sides) > 1 and all(sides)  # their sum is in no text
        self.closed = not only_sides and any(not top.own.is_limited for top in tops)
        self.side = _only(sides)
        self.sides = {one.value for top in tops for g in top.everyone() for one in g.own.side}
        own = {(top.own.who, top.own.age_sex) for top in tops}
        self.only_kind = next(iter(own)) if len(own) == 1 and not self.closed else None
        groups = [group for top in tops for group in top.everyone()]
        self.stated: set[Kind] = set()
        for each in (*(group.own for group in groups), *zeros):
            self.stated.update(each.who, each.age_sex, each.side)
        self.fields: set[str] = set()
        for each in (*(group.limits for group in groups), *map(kinds.compared, zeros)):
            self.fields.update(field for field in FIELDS if each.of(field))
        self._classes, self._apart = _classes(clusters, kinds)
        firm = [[c for c in one if any(map(_is_firm, c))] for one in self._classes]
        apart = self._apart or sum(map(bool, firm)) < 2
        if len(tops) > 1 and (not apart or any(len(one) > 1 for one in firm)):
            self.marks.add(AccountMark.OVERLAP_NOT_STATED)
        if any(group.breaks for group in groups):
            self.marks.add(AccountMark.DOES_NOT_ADD_UP)
        self._top_facts = top_facts
        self.marks |= _certainties(top_facts)
        for fact in facts:
            self.marks |= fact.marks
        self.causes = _per_top(top_facts, lambda fact: fact.record.cause)
        self.all_causes = _together(facts, lambda fact: fact.record.cause)
        self.perpetrators = _together(
            facts, lambda fact: (fact.perpetrator,) if fact.perpetrator else ()
        )

    @property
    def is_mixed_side(self) -> bool:
        """True if it counts people of several sides apart."""
        return self.side is None and len(self.sides) > 1

    def is_of(self, limits: Limits) -> bool:
        """True if the account as a whole has these limits."""
        if not limits.is_limited:
            return self.closed
        return self.only_kind == (limits.who, limits.age_sex)

    @cached_property
    def is_put_first(self) -> bool:
        """True if the text puts a number of the account before another one: *earlier*."""
        return any(
            says_earlier(fact.text.words_before(fact.start, fact.end)) for fact in self._top_facts
        )

    @cached_property
    def signature(self) -> tuple[object, ...]:
        """What two readings of an account have in common if comparisons cannot tell them apart."""
        return (
            self._all_but_numbers,
            self.total,
            tuple((kind, self.of(kind)) for kind in sorted(self.stated)),
            tuple(top.limits for top in self.tops),
        )

    @property
    def accounts(self) -> tuple[str, ...]:
        """The ids of the accounts that it rests on: itself."""
        return (self.id,)

    @property
    def shape(self) -> tuple[object, ...]:
        """What makes rows of it, besides the numbers."""
        return (
            self._all_but_numbers,
            self.only_kind,
            frozenset(self.stated),
            frozenset(self.fields),
        )

    @property
    def _all_but_numbers(self) -> tuple[object, ...]:
        return (
            self.key,
            self.closed,
            self.side,
            self.date,
            self.still,
            self.causes,
            self.perpetrators,
            self.records,
            frozenset(self.marks - _MARKED_LATER),
        )

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The phrases that it rests on."""
        return tuple(dict.fromkeys(fact.words for fact in self._top_facts or self.facts))

    @cached_property
    def records(self) -> tuple[str, ...]:
        """The ids of its records."""
        return tuple(fact.id for fact in self.facts)

    @cached_property
    def _is_plain(self) -> bool:
        return all(group.count.is_plain for top in self.tops for group in top.everyone())

    @cached_property
    def soft(self) -> bool:
        """True if a bound rests on an approximate number."""
        return any(top.count.is_soft for top in self.tops)

    def _breakdown(self, valuation: int) -> Breakdown:
        return Breakdown(
            self._kinds,
            self.tops,
            self._classes,
            self._zeros,
            closed=self.closed,
            apart=self._apart,
            valuation=valuation,
        )

    @cached_property
    def _breakdowns(self) -> tuple[Breakdown, ...]:
        if self._is_plain:
            return (self._breakdown(STATED),) * 4
        return tuple(map(self._breakdown, range(4)))

    @cached_property
    def _stated_total(self) -> NumberInterval:
        return self._breakdowns[STATED].total()

    def stated_total(self) -> NumberInterval:
        """The bounds of all victims, as the words have them."""
        return self._stated_total

    def stated_bounds(self, kind: Kind) -> NumberInterval:
        """The bounds of a kind, as the words have them."""
        return self._breakdowns[STATED].of(kind).bounds

    @cached_property
    def total(self) -> Margin:
        """The bounds of all victims, as comparisons use them."""
        return self._margin(lambda breakdown: breakdown.total())

    def of(self, kind: Kind) -> tuple[Margin, bool]:
        """The bounds of a kind, and whether the maximum is only what other kinds leave."""
        return (
            self._margin(lambda breakdown: breakdown.of(kind).bounds),
            self._breakdowns[OUTER].of(kind).is_remainder,
        )

    def _margin(self, of: Callable[[Breakdown], NumberInterval]) -> Margin:
        outer = of(self._breakdowns[OUTER])
        if self._is_plain:
            return Margin(outer, outer)
        open_top = outer.maximum is not None and of(self._breakdowns[UNLIMITED]).maximum is None
        return Margin(outer, of(self._breakdowns[CORE]), open_top)


class ComputedAccount:
    """An account that follows from others: a sum of parts, or what they leave of a whole.

    Attributes:
        of_one_source: True if all it rests on is one source's word; else it is only shown.
    """

    is_computed = True
    tops: Sequence[Group] = ()
    side: str | None = None
    is_mixed_side = False
    still: NumberInterval | None = None

    def __init__(
        self,
        bases: Sequence[SourceAccount],
        events: tuple[str, ...],
        outcome: str,
        *,
        of_one_source: bool,
        whole: SourceAccount | None = None,
        complete: bool = True,
    ) -> None:
        self.bases = bases
        self.events = events
        self.outcome = outcome
        self.of_one_source = of_one_source
        self.whole = whole
        self._complete = complete
        everything = [*([whole] if whole else []), *bases]
        first = everything[0]
        self.source = _joint_source([one.source for one in everything])
        self.document = first.document
        self.outlet = first.outlet
        self.date = max((one.date for one in everything if one.date), default=None)
        self.closed = complete and all(one.closed for one in everything)
        only = {one.only_kind for one in everything}
        self.only_kind = next(iter(only)) if len(only) == 1 and not self.closed else None
        self.marks = ({AccountMark.COMPUTED} if len(everything) > 1 else set()).union(
            *(
                one.marks & {AccountMark.PRESUMED_ONLY, AccountMark.UNVERIFIED_ONLY}
                for one in everything
            )
        )
        self.side = _only({one.side for one in everything}, plain=True)
        self.sides: set[str] = set().union(*(one.sides for one in bases))
        self.stated: set[Kind] = set() if whole else set().union(*(one.stated for one in bases))
        self.fields: set[str] = set() if whole else set().union(*(one.fields for one in bases))
        self.records = tuple(record for one in everything for record in one.records)
        self.id = f"{self.document}:{outcome}:" + "+".join(
            _short(one.id, self.document) for one in everything
        )
        self.accounts: tuple[str, ...] = (self.id,)
        self.words = tuple(word for one in everything for word in one.words)
        self.causes: tuple[str, ...] | None = None
        self.all_causes: tuple[str, ...] = ()
        self.perpetrators: tuple[str, ...] = ()
        self.facts: list[Fact] = []
        self.key = AccountKey(self.source.key, events, outcome)

    @property
    def is_shown(self) -> bool:
        """True for an account of its own: a sum over several events, or a remainder."""
        return self._complete and (self.whole is not None or len(self.events) > 1)

    @property
    def soft(self) -> bool:
        """True if a bound rests on an approximate number."""
        return any(one.soft for one in (*self.bases, *([self.whole] if self.whole else [])))

    def stated_total(self) -> NumberInterval:
        """The bounds of all victims, as the words have them."""
        return self._computed([one.stated_total() for one in self.bases], self._whole_total(STATED))

    def _whole_total(self, valuation: int) -> NumberInterval | None:
        if self.whole is None:
            return None
        if valuation == STATED:
            return self.whole.stated_total()
        return self.whole.total.outer if valuation == OUTER else self.whole.total.core

    def stated_bounds(self, kind: Kind) -> NumberInterval:
        """The bounds of a kind, as the words have them."""
        return self._computed([one.stated_bounds(kind) for one in self.bases], None)

    @cached_property
    def total(self) -> Margin:
        """The bounds of all victims, as comparisons use them."""
        totals = [one.total for one in self.bases]
        return Margin(
            self._computed([one.outer for one in totals], self._whole_total(OUTER)),
            self._computed([one.core for one in totals], self._whole_total(CORE)),
            any(one.open_top for one in totals),
        )

    def of(self, kind: Kind) -> tuple[Margin, bool]:
        """The bounds of a kind, and whether the maximum is only what other kinds leave."""
        if self.whole is not None:
            return ANYTHING, False
        found = [one.of(kind) for one in self.bases]
        margin = Margin(
            self._computed([one.outer for one, _ in found], None),
            self._computed([one.core for one, _ in found], None),
            any(one.open_top for one, _ in found),
        )
        return margin, any(is_remainder for _, is_remainder in found)

    def _computed(
        self, intervals: list[NumberInterval], whole: NumberInterval | None
    ) -> NumberInterval:
        summed = NumberInterval(0, 0)
        for one in intervals:
            summed += one
        if whole is None:
            return summed if self._complete else NumberInterval(summed.minimum, None)
        least = 0 if summed.maximum is None else max(whole.minimum - summed.maximum, 0)
        most = None if whole.maximum is None else max(whole.maximum - summed.minimum, 0)
        return NumberInterval(least, most)


AnyAccount = SourceAccount | ComputedAccount


def _is_firm(group: Group) -> bool:
    """True if a count adds to the least number: neither presumed nor of other counts' people."""
    return not group.is_loose and group.count[STATED].minimum > 0


def _classes(
    clusters: Sequence[Sequence[Group]], kinds: Kinds
) -> tuple[list[list[Sequence[Group]]], bool]:
    """Clusters by whether they may be the same people, and whether all classes exclude each other.

    Clusters limited to the same kinds may be. Classes are of different people if every group of one
    excludes every group of the other.
    """
    if len(clusters) < 2:
        return [list(clusters)] if clusters else [], True
    found: dict[frozenset[Limits], list[Sequence[Group]]] = {}
    for cluster in clusters:
        found.setdefault(frozenset(group.limits for group in cluster), []).append(cluster)
    limits = list(found)
    apart = all(
        kinds.disjoint(one, other)
        for number, mine in enumerate(limits)
        for theirs in limits[:number]
        for one in mine
        for other in theirs
    )
    return list(found.values()), apart


def _joint_source(sources: Sequence[AccountSource]) -> AccountSource:
    """The source of what is computed: that of all counts, or all their sources together."""
    if len({one.key for one in sources}) == 1:
        return sources[0]
    different = list({one.key: one for one in sources}.values())
    return AccountSource(
        ("computed", *(word for one in different for word in one.key)),
        tuple(sorted({name for one in different for name in one.entities})),
        " and ".join(one.text for one in different),
        False,
        False,
    )


def _certainties(facts: Sequence[Fact]) -> set[AccountMark]:
    found = {fact.record.certainty for fact in facts}
    if not found or not found <= {VictimCertainty.PRESUMED, VictimCertainty.UNVERIFIED}:
        return set()
    marks = {
        VictimCertainty.PRESUMED: AccountMark.PRESUMED_ONLY,
        VictimCertainty.UNVERIFIED: AccountMark.UNVERIFIED_ONLY,
    }
    return {marks[one] for one in found}


def _per_top(
    facts: Sequence[Fact], of: Callable[[Fact], tuple[str, ...]]
) -> tuple[str, ...] | None:
    """The values of all top-level records; ``None`` if one of them has none."""
    if not facts or not all(of(fact) for fact in facts):
        return None
    return _together(facts, of)


def _together(facts: Iterable[Fact], of: Callable[[Fact], tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted({value for fact in facts for value in of(fact)}))


def _only(found: Set[object], *, plain: bool = False) -> str | None:
    """The one side of several groups; ``None`` if one has none or they differ."""
    if len(found) != 1:
        return None
    one = next(iter(found))
    if plain:
        return one if isinstance(one, str) else None
    assert isinstance(one, tuple)
    return one[0].value if one else None


def _short(account: str, document: str) -> str:
    return (
        account.removeprefix(f"{document}:").rpartition(":")[2]
        if account.startswith(f"{document}:")
        else account
    )
