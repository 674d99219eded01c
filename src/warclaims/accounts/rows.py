"""Rows: the comparison of accounts in one respect, before it is put into records."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from warclaims.accounts.bounds import STATED
from warclaims.accounts.dates import is_before
from warclaims.accounts.wording import people
from warclaims.records.accounts import AccountMark, ComparisonKind, Respect
from warclaims.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from warclaims.accounts.accounts import AnyAccount, Margin
    from warclaims.accounts.bounds import NumberInterval
    from warclaims.accounts.kinds import Kind

REASON = 140
"""The most characters of a reason."""

_DENIALS = frozenset({AccountMark.DENIED, AccountMark.NOT_CONFIRMED})
_OF_SOURCES = frozenset({AccountMark.RESTATEMENT, AccountMark.STATED_AS_FACT, AccountMark.COMPUTED})
_DOUBTS = frozenset({AccountMark.PRESUMED_ONLY, AccountMark.UNVERIFIED_ONLY})

_SHOWN = 4
"""How many numbers of a position its value shows."""


@dataclass
class RowPosition:
    """A position: its accounts, what they say, and records that are in no account."""

    accounts: list[AnyAccount]
    value: str
    words: tuple[str, ...] = ()
    records: tuple[str, ...] = ()


@dataclass
class Row:
    """The comparison of the accounts of one event in one respect.

    Attributes:
        dims: What is compared, such as kinds; with event, outcome and respect the row's identity.
        depends_on: Records on whose reading the row, or the place of an account in it, depends.
        is_plain: True if the row holds under every reading.
    """

    events: tuple[str, ...]
    outcome: str | None
    respect: Respect
    kind: ComparisonKind
    positions: list[RowPosition]
    in_all: list[AnyAccount] = field(default_factory=list)
    soft: bool = False
    marks: set[AccountMark] = field(default_factory=set)
    reason: str = ""
    dims: set[str] = field(default_factory=set)
    depends_on: set[str] = field(default_factory=set)
    is_plain: bool = True

    @property
    def is_disagreement(self) -> bool:
        """True if not all can be true together."""
        return self.kind is ComparisonKind.DISAGREEMENT

    @property
    def partition(self) -> frozenset[frozenset[str]]:
        """The positions by the ids of their accounts."""
        return frozenset(frozenset(a.id for a in one.accounts) for one in self.positions)

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


def identities(row: Row) -> set[Identity]:
    """What a row is about, one for each kind."""
    return {Identity(row.events, row.outcome, row.respect, dim) for dim in row.dims}


def shortened(words: str, most: int = REASON) -> str:
    """Words cut to ``most`` characters.

    >>> shortened("one two three", 9)
    'one …'
    """
    if len(words) <= most:
        return words
    return words[: most - 2].rsplit(" ", 1)[0][: most - 2] + " …"


def number_words(stated: NumberInterval, margin: Margin | None = None) -> str:
    """An interval in words.

    >>> from warclaims.accounts.bounds import NumberInterval
    >>> number_words(NumberInterval(4, None)), number_words(NumberInterval(12, 15))
    ('at least 4', '12–15')
    """
    least, most = stated
    if margin is not None and margin.core.minimum == margin.core.maximum and least != most:
        return f"about {margin.core.minimum:,}"
    if least == most:
        return f"{least:,}"
    if most is None:
        return f"at least {least:,}"
    return f"at most {most:,}" if least <= 1 else f"{least:,}–{most:,}"


def account_total(account: AnyAccount) -> str:
    """The total of an account in words; of a list, its counts."""
    stated = account.stated_total()
    if account.closed:
        return number_words(stated, account.total)
    if account.only_kind is not None and any(account.only_kind):
        kinds = [one.name for of in account.only_kind for one in of]
        return people(number_words(stated, account.total), *kinds)
    if not account.tops or AccountMark.OVERLAP_NOT_STATED in account.marks:
        return f"at least {stated.minimum:,}"
    counts = [
        people(number_words(top.count[STATED]), *(one.name for one in top.own.kinds))
        for top in account.tops
    ]
    return listed(counts)


def kinds_words(limits: tuple[tuple[Kind, ...], tuple[Kind, ...]]) -> str:
    """The kinds of a limit in words: ``child``, ``military``."""
    words = [one.name.replace("_", " ") for kinds in limits for one in kinds]
    return " ".join(words)


def joined(values: Iterable[str]) -> str:
    """Different values in short, in order: ``6 / at least 6``."""
    found = [value for value in dict.fromkeys(values) if value]
    more = f" and {many(len(found) - _SHOWN, 'other')}" if len(found) > _SHOWN else ""
    return " / ".join(found[:_SHOWN]) + more


def words_of(accounts: Iterable[AnyAccount]) -> tuple[str, ...]:
    """The phrases of accounts, each once."""
    return tuple(dict.fromkeys(word for account in accounts for word in account.words))


def many(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def against(positions: Sequence[RowPosition]) -> str:
    """Positions as a reason: ``6 (3 accounts) against 9 (1 account)``."""
    parts = []
    for one in positions:
        parts.append(
            f"{one.value} ({many(len(one.accounts), 'account')})" if one.accounts else one.value
        )
    return " against ".join(parts)


def row_marks(row: Row) -> set[AccountMark]:
    """The marks that follow from the accounts of a row and their sources."""
    found: set[AccountMark] = set()
    if row.kind is ComparisonKind.NOT_COMPARABLE:
        return found
    shown = [account for one in row.positions for account in one.accounts]
    if row.is_disagreement:
        for account in [*shown, *row.in_all]:
            if account.marks:
                found |= account.marks & _DENIALS
    for account in shown:
        if account.marks:
            found |= account.marks & _OF_SOURCES
    for position in row.positions:
        doubts = [one.marks & _DOUBTS for one in position.accounts]
        if doubts and all(doubts):
            found = found.union(*doubts)
    if row.is_disagreement:
        if _has_same_source(row):
            found.add(AccountMark.SAME_SOURCE)
        if row.outcome is not None and _lower_is_older(row):
            found.add(AccountMark.LOWER_IS_OLDER)
    return found


def _has_same_source(row: Row) -> bool:
    """True if a source is in several positions, and its accounts are in none of them together."""
    found: dict[tuple[str, ...], dict[str, set[int]]] = {}
    for number, one in enumerate(row.positions):
        for account in one.accounts:
            if account.source.is_named:
                of = found.setdefault(account.source.key, {})
                of.setdefault(account.id, set()).add(number)
    return any(
        len(places) > 1 and not set.intersection(*places.values()) for places in found.values()
    )


def _lower_is_older(row: Row) -> bool:
    if len({account.date for one in row.positions for account in one.accounts}) < 2:
        return False
    places = row.places()
    exclusive = [
        [one.date for one in position.accounts if len(places[one.id]) == 1]
        for position in row.positions
    ]
    if not all(exclusive):
        return False
    for lower, higher in pairwise(exclusive):
        newest = max((date or "9999") for date in lower)
        oldest = min((date or "") for date in higher)
        if not is_before(newest, oldest or None):
            return False
    return len(exclusive) > 1


__all__ = ["ComparisonKind", "Row", "RowPosition"]
