"""Accounts: what one source says in one text about one outcome of one event."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from warclaims.accounts.bounds import OPEN, added, same_count
from warclaims.accounts.sources import AccountSource
from warclaims.grouping import the_one
from warclaims.language import says_earlier
from warclaims.records.accounts import AccountMark, Voice
from warclaims.records.vocabulary import Outcome, VictimCertainty

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from warclaims.accounts.account_numbers import AccountNumbers
    from warclaims.accounts.bounds import Count, NumberInterval
    from warclaims.accounts.breakdown import Group
    from warclaims.accounts.facts import Fact
    from warclaims.accounts.kinds import Kind, Limits
    from warclaims.accounts.sources import SourceKey

HARM = frozenset({Outcome.KILLED, Outcome.INJURED, Outcome.KILLED_OR_INJURED})
_DOUBTS = {
    VictimCertainty.PRESUMED: AccountMark.PRESUMED_ONLY,
    VictimCertainty.UNVERIFIED: AccountMark.UNVERIFIED_ONLY,
}
_MARKED_LATER = frozenset(
    {
        AccountMark.RESTATEMENT,
        AccountMark.STATED_AS_FACT,
        AccountMark.DENIED,
        AccountMark.NOT_CONFIRMED,
    }
)
"""Marks that follow from other accounts."""


class AccountKey(NamedTuple):
    """What the records of one account share, besides their text."""

    source: SourceKey
    events: tuple[str, ...]
    outcome: str


class SourceAccount:
    """What one source says in one text about one outcome of one event.

    Attributes:
        facts: The records behind it, in text order.
        record: The id of the first.
        computed_from: The records of others whose numbers are added up, if no text gives the sum.
        still: Those who are still held or missing, if it says how many are not.
        added_to: Records of other sources to which its text adds the account.
        causes: What harmed all of them; ``None`` if a top-level count names nothing.

    The attributes of :class:`AccountNumbers` are those of the account, too.
    """

    def __init__(
        self,
        key: AccountKey,
        facts: Sequence[Fact],
        top_facts: Sequence[Fact],
        numbers: AccountNumbers,
    ) -> None:
        own = next((fact for fact in facts if fact.source.key == key.source), facts[0])
        document = own.text.document
        self.key = key
        self.events, self.outcome = key.events, key.outcome
        self.source, self.date = own.source, own.date
        self.document, self.outlet = document.id, document.outlet.value
        self.facts = facts
        self._top_facts = top_facts
        self.records = tuple(fact.id for fact in facts)
        self.record = facts[0].record.id
        self.id = f"{self.document}:{self.outcome}:{self.record}"
        self.tops = numbers.tops
        self.closed, self.only_kind = numbers.closed, numbers.only_kind
        self.side, self.sides = numbers.side, numbers.sides
        self.stated, self.fields = numbers.stated, numbers.fields
        self.total, self.soft = numbers.total, numbers.soft
        self.of, self.is_remainder = numbers.of, numbers.is_remainder
        self.within, self.has_parts = numbers.within, numbers.has_parts
        self.computed_from: tuple[str, ...] = ()
        self.still: NumberInterval | None = None
        self.added_to: frozenset[str] = frozenset()
        self.marks = numbers.marks | _doubts(top_facts)
        for fact in facts:
            self.marks |= fact.marks
        named = bool(top_facts) and all(fact.record.cause for fact in top_facts)
        self.causes = _together(fact.record.cause for fact in top_facts) if named else None
        self.all_causes = _together(fact.record.cause for fact in facts)
        self.perpetrators = _together(
            (fact.perpetrator,) for fact in facts if fact.perpetrator is not None
        )

    @cached_property
    def in_headline(self) -> bool:
        """True if only the headline says it, in the voice of the outlet."""
        return self.source.is_narrator and all(one.text.in_title(one.start) for one in self.facts)

    def look_up(self) -> None:
        """Look up in the text what is needed once it is gone."""
        _ = self.in_headline, self.is_put_first

    @property
    def shown_as(self) -> tuple[str, ...]:
        """The ids of the accounts that show it."""
        return (self.id,)

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
            says_earlier(fact.text.words_before(fact.start, fact.end), fact.language)
            for fact in self._top_facts
        )

    @cached_property
    def signature(self) -> tuple[object, ...]:
        """What two readings of an account have in common if comparisons cannot tell them apart."""
        return (
            self.key,
            self.closed,
            self.side,
            self.date,
            self.still,
            self.added_to,
            self.causes,
            self.perpetrators,
            self.records,
            frozenset(self.marks - _MARKED_LATER),
            self.total,
            tuple((kind, self.of(kind)) for kind in sorted(self.stated)),
            tuple(top.limits for top in self.tops),
        )

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The phrases that it rests on."""
        return tuple(dict.fromkeys(fact.words for fact in self._top_facts or self.facts))


class ComputedAccount:
    """An account that follows from others: a sum of parts, or what they leave of a whole.

    Attributes:
        of_one_source: True if all it rests on is one source's word; else it is only shown.
        is_shown: True for an account of its own: a sum over several events, or a remainder.
    """

    still: NumberInterval | None = None
    in_headline = False
    is_mixed_side = False
    tops: Sequence[Group] = ()
    sides: frozenset[str] = frozenset()
    causes: tuple[str, ...] | None = None
    all_causes: tuple[str, ...] = ()
    perpetrators: tuple[str, ...] = ()

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
        everything = (whole, *bases) if whole else tuple(bases)
        self.bases = bases
        self.events = events
        self.outcome = outcome
        self.of_one_source = of_one_source
        self.whole = whole
        self.is_shown = complete and (whole is not None or len(events) > 1)
        self._complete = complete
        self.source = _joint_source([one.source for one in everything])
        self.document, self.outlet = everything[0].document, everything[0].outlet
        self.date = max((one.date for one in everything if one.date), default=None)
        self._sum_up(everything)
        self.records = tuple(record for one in everything for record in one.records)
        self.computed_from = self.records
        self.words = tuple(word for one in everything for word in one.words)
        self.soft = any(one.soft for one in everything)
        self.added_to = frozenset().union(*(one.added_to for one in everything))
        marks = {mark for one in everything for mark in one.marks}
        self.marks = marks & {*_DOUBTS.values()}
        if len(everything) > 1:
            self.marks.add(AccountMark.COMPUTED)
        self.id = f"{self.document}:{outcome}:{'+'.join(map(self._name, everything))}"

    def _sum_up(self, everything: Sequence[SourceAccount]) -> None:
        self.closed = self._complete and all(one.closed for one in everything)
        self.only_kind = None if self.closed else the_one(one.only_kind for one in everything)
        self.side = the_one(one.side for one in everything)
        compared = () if self.whole else self.bases
        self.stated = frozenset(kind for one in compared for kind in one.stated)
        self.fields = frozenset(field for one in compared for field in one.fields)

    def _name(self, account: SourceAccount) -> str:
        return account.record if account.document == self.document else account.id

    @property
    def shown_as(self) -> tuple[str, ...]:
        """The ids of the accounts that show it: its own or those it rests on, and its whole's."""
        whole = (self.whole.id,) if self.whole else ()
        return (self.id, *whole) if self.is_shown else tuple(one.id for one in self.bases) + whole

    @property
    def is_of_parts(self) -> bool:
        """True if it only says what an event has at least, as its parts do."""
        return not self._complete and self.events != self.bases[0].events

    @cached_property
    def total(self) -> Count:
        """The bounds of all victims."""
        summed = self._summed([one.total for one in self.bases])
        return self.whole.total.without(summed) if self.whole else summed

    def of(self, kind: Kind) -> Count:
        """The bounds of a kind."""
        return (
            same_count(OPEN) if self.whole else self._summed([one.of(kind) for one in self.bases])
        )

    def _summed(self, counts: Iterable[Count]) -> Count:
        summed = added(counts)
        return summed if self._complete else summed.at_least

    def is_remainder(self, kind: Kind) -> bool:
        """True if the maximum of a kind is only what other kinds leave."""
        return not self.whole and any(one.is_remainder(kind) for one in self.bases)


AnyAccount = SourceAccount | ComputedAccount


def _joint_source(sources: Sequence[AccountSource]) -> AccountSource:
    """The source of what is computed: that of all counts, or all their sources together."""
    different = list({one.key: one for one in sources}.values())
    if len(different) == 1:
        return sources[0]
    return AccountSource(
        ("computed", *(word for one in different for word in one.key)),
        tuple(sorted({name for one in different for name in one.entities})),
        " and ".join(one.text for one in different),
        Voice.SEVERAL,
    )


def _doubts(facts: Sequence[Fact]) -> set[AccountMark]:
    """The marks of an account that rests only on presumed or unverified counts."""
    found = {_DOUBTS.get(fact.record.certainty) for fact in facts}
    return set() if None in found else {one for one in found if one is not None}


def _together(values: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted({value for of in values for value in of}))
