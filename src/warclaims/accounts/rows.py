"""Rows: the comparison of accounts in one respect, before it is put into records."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, pairwise
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, NamedTuple

from warclaims.accounts.accounts import SourceAccount
from warclaims.accounts.wording import people
from warclaims.derive.dates import is_before
from warclaims.grouping import grouped
from warclaims.records.accounts import AccountMark, ComparisonKind, Respect
from warclaims.wording import bounds_words, listed, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from warclaims.accounts.accounts import AnyAccount
    from warclaims.accounts.bounds import Count

REASON = 140
"""The most characters of a reason."""

_DENIALS = frozenset({AccountMark.DENIED, AccountMark.NOT_CONFIRMED})
_OF_SOURCES = frozenset({AccountMark.RESTATEMENT, AccountMark.STATED_AS_FACT, AccountMark.COMPUTED})
_DOUBTS = frozenset({AccountMark.PRESUMED_ONLY, AccountMark.UNVERIFIED_ONLY})

OR = " / "
"""Joins different numbers of one position."""

_SHOWN = 4
"""How many numbers of a position its value shows."""


@dataclass
class RowPosition:
    """A position: its accounts, what they say, and records that are in no account, with words."""

    accounts: list[AnyAccount]
    said: Iterable[str]
    records: dict[str, str] = field(default_factory=dict)
    summed: bool = False

    @cached_property
    def value(self) -> str:
        """What the accounts say, in short."""
        return joined(self.said)

    @property
    def words(self) -> tuple[str, ...]:
        """The phrases of accounts and records, each once."""
        words = dict.fromkeys(chain.from_iterable(map(attrgetter("words"), self.accounts)))
        return tuple(dict.fromkeys((*words, *filter(None, self.records.values()))))


@dataclass
class Row:
    """The comparison of the accounts of one event in one respect.

    Attributes:
        dims: What is compared, such as kinds; see ``identities``.
        depends_on: Records on whose reading the row, or the place of an account in it, depends.
        is_plain: True if the row holds under every reading.
        changes_outcome: True if the row is in another outcome under some reading.
        updated_by: The source that updates its own number.
        lead: The reason; of a disagreement, what comes before the positions.
        denied_by: Who denies that the perpetrators are such.
    """

    events: tuple[str, ...]
    outcome: str | None
    respect: Respect
    kind: ComparisonKind
    positions: list[RowPosition]
    in_all: list[AnyAccount] = field(default_factory=list)
    soft: bool = False
    marks: set[AccountMark] = field(default_factory=set)
    lead: str = ""
    denied_by: str = ""
    dims: set[str] = field(default_factory=set)
    depends_on: set[str] = field(default_factory=set)
    is_plain: bool = True
    changes_outcome: bool = False
    updated_by: str | None = None

    @property
    def is_disagreement(self) -> bool:
        """True if not all can be true together."""
        return self.kind is ComparisonKind.DISAGREEMENT

    @property
    def reason(self) -> str:
        """The reason, in which a disagreement has its positions."""
        said = f"{self.lead}{against(self.positions) if self.is_disagreement else ''}"
        if self.denied_by:
            said += f"; denied by {self.denied_by}"
        return f"{said}; under every reading" if self.changes_outcome else said

    @property
    def partition(self) -> frozenset[frozenset[str]]:
        """The positions by the ids of their accounts."""
        return frozenset(frozenset(a.id for a in one.accounts) for one in self.positions)

    @property
    def accounts(self) -> list[AnyAccount]:
        """The accounts of all positions."""
        return [account for one in self.positions for account in one.accounts]

    @property
    def is_of_parts(self) -> bool:
        """True if all accounts are of parts of the event, where they are compared already."""
        found = self.accounts
        return bool(found) and all(getattr(one, "is_of_parts", False) for one in found)

    @property
    def identities(self) -> set[Identity]:
        """What the row is about, one for each of ``dims``."""
        return {Identity(self.events, self.outcome, self.respect, dim) for dim in self.dims}

    def places(self) -> dict[str, set[int]]:
        """The positions of each account, by id."""
        found: dict[str, set[int]] = {}
        for number, position in enumerate(self.positions):
            for account in position.accounts:
                found.setdefault(account.id, set()).add(number)
        return found


class Identity(NamedTuple):
    """What a disagreement is about, the same under every reading."""

    events: tuple[str, ...]
    outcome: str | None
    respect: Respect
    dim: str


def shortened(words: str, most: int = REASON) -> str:
    """Words cut to ``most`` characters.

    >>> shortened("one two three", 9)
    'one …'
    """
    if len(words) <= most:
        return words
    return words[: most - 2].rsplit(" ", 1)[0][: most - 2] + " …"


def number_words(count: Count) -> str:
    """A count in words; an approximate number by itself.

    >>> from math import inf
    >>> from warclaims.accounts.bounds import plain
    >>> number_words(plain(4, inf)), number_words(plain(12, 15))
    ('at least 4', '12–15')
    """
    (least, most), core = count.stated, count.core
    if least != most and core.minimum == core.maximum:
        return f"about {core.minimum:,}"
    return bounds_words(least, most)


def account_total(account: AnyAccount) -> str:
    """The total of an account in words; of a list, its counts."""
    if account.closed:
        return number_words(account.total)
    if account.only_kind is not None and any(account.only_kind):
        kinds = [one.name for of in account.only_kind for one in of]
        return people(number_words(account.total), *kinds)
    if not account.tops or AccountMark.OVERLAP_NOT_STATED in account.marks:
        return bounds_words(account.total.stated.minimum, None)
    return listed(
        [
            people(number_words(top.count), *(one.name for one in top.own.people))
            for top in account.tops
        ]
    )


def joined(values: Iterable[str]) -> str:
    """Different values in short, in order: ``6 / at least 6``."""
    found = [value for value in dict.fromkeys(values) if value]
    more = f" and {plural(len(found) - _SHOWN, 'other')}" if len(found) > _SHOWN else ""
    return OR.join(found[:_SHOWN]) + more


def against(positions: Sequence[RowPosition]) -> str:
    """Positions as a reason: ``6 (3 accounts) against 9 (1 account)``."""
    return " against ".join(
        f"{one.value} ({how_many(one.accounts)})" if one.accounts else one.value
        for one in positions
    )


def how_many(accounts: Sequence[AnyAccount]) -> str:
    """How many accounts are shown; of a sum, those that it adds."""
    if all(isinstance(one, SourceAccount) for one in accounts):
        return plural(len(accounts), "account")
    return plural(len({name for one in accounts for name in one.shown_as}), "account")


def row_marks(row: Row) -> set[AccountMark]:
    """The marks that follow from the accounts of a row and their sources."""
    if row.kind is ComparisonKind.NOT_COMPARABLE:
        return set()
    accounts = {one.id: one for one in row.accounts}
    shown: set[AccountMark] = set().union(*(one.marks for one in accounts.values()))
    found = shown & _OF_SOURCES
    if AccountMark.RESTATEMENT in found and not any(map(_has_restated, row.positions)):
        found.remove(AccountMark.RESTATEMENT)
    for position in row.positions:
        if shown & _DOUBTS and all(one.marks & _DOUBTS for one in position.accounts):
            found = found.union(*(one.marks & _DOUBTS for one in position.accounts))
    if row.is_disagreement:
        found |= shown.union(*(one.marks for one in row.in_all)) & _DENIALS
        if _has_same_source(row, accounts):
            found.add(AccountMark.SAME_SOURCE)
        dates = {one.date for one in accounts.values()}
        if row.outcome is not None and len(dates) > 1 and _lower_is_older(row):
            found.add(AccountMark.LOWER_IS_OLDER)
    return found


def _has_restated(position: RowPosition) -> bool:
    """True if two accounts of a position repeat each other."""
    marked = [one for one in position.accounts if AccountMark.RESTATEMENT in one.marks]
    return len({(one.source.key, one.outcome, one.total.stated) for one in marked}) < len(marked)


def _has_same_source(row: Row, accounts: Mapping[str, AnyAccount]) -> bool:
    """True if a source is in several positions, and its accounts are in none of them together."""
    named = {name: one.source for name, one in accounts.items() if one.source.is_named}
    said = [(tag, name) for name, of in named.items() for tag in {of.key, *of.entities}]
    if len({tag for tag, _ in said}) == len(said):
        return False
    places = row.places()
    return any(
        len(of) > 1 and not set.intersection(*(places[name] for _, name in of))
        for of in grouped(said, itemgetter(0)).values()
    )


def _lower_is_older(row: Row) -> bool:
    places = row.places()
    exclusive = [
        [one.date for one in position.accounts if len(places[one.id]) == 1]
        for position in row.positions
    ]
    if not all(exclusive):
        return False
    return len(exclusive) > 1 and all(
        is_before(max(date or "9999" for date in lower), min(date or "" for date in higher) or None)
        for lower, higher in pairwise(exclusive)
    )
