"""What was compared, event by event, with the event that sources disagree on most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.accounts.accusations import blame_summary
from warclaims.accounts.summary import (
    disagreements,
    event_sentences,
    kind_words,
    total_words,
    victims,
)
from warclaims.accounts.wording import cause_words
from warclaims.records.accounts import ComparisonKind, Respect
from warclaims.records.vocabulary import Outcome
from warclaims.wording import in_prose, label_of, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from warclaims.accounts.sources import KnownEntries
    from warclaims.records import Event
    from warclaims.records.accounts import (
        Account,
        BlameStatement,
        Comparison,
        Comparisons,
    )

_NUMBER_OF_DEAD = Outcome.KILLED, Respect.TOTAL
_MOST_BRIEF = 3
"""So many disagreements are given where little room is; the rest is counted."""

TOGETHER = " + "
"""Joins the ids of events that are counted together."""


class ComparedEvents:
    """Comparisons and accounts by event; the ids of several counted together are joined.

    Attributes:
        accounts: All accounts by id.
        own: The accounts of just this event, or of just these events together.
        rows: Their comparisons, disagreements first, those on the number of the dead before others.
        accusations: Who blames whom for an event, and what denies or answers it.
        statements: All of these by id.
    """

    def __init__(self, found: Comparisons, known: KnownEntries) -> None:
        self.accounts = {one.id: one for one in found.accounts}
        self.own: dict[str, list[Account]] = {}
        self.rows: dict[str, list[Comparison]] = {}
        for account in found.accounts:
            if account.events:
                self.own.setdefault(TOGETHER.join(account.events), []).append(account)
        for row in sorted(found.comparisons, key=_urgency):
            self.rows.setdefault(row.event, []).append(row)
        self.statements = {one.id: one for one in found.accusations}
        self.accusations: dict[str, list[BlameStatement]] = {}
        for one in found.accusations:
            for name in one.events:
                self.accusations.setdefault(name, []).append(one)
        self._known = known

    def sentences(self, name: str) -> list[str]:
        """How many each outcome has by how many texts, what sources disagree on, who is blamed."""
        rows, own = self.rows.get(name, []), self.own.get(name, [])
        said = event_sentences(rows, own, self.accounts, self._known.sides)
        blame = blame_summary(self.accusations.get(name, []), self._known.actors)
        return [*said, blame] if blame else said

    def brief(self, name: str) -> str:
        """The number of the first outcome, and what sources disagree on first, the dead before
        others."""
        rows = [*filter(_is_open, self.rows.get(name, ()))]
        firm = [row for row in rows if row.holds_under_every_reading]
        firm.sort(key=lambda row: row.outcome not in (None, Outcome.KILLED))
        is_told = any((one.outcome, one.respect) == _NUMBER_OF_DEAD for one in firm[:_MOST_BRIEF])
        said = [] if is_told else self.sentences(name)[:1]
        if disputed := disagreements(firm[:_MOST_BRIEF], self.accounts):
            said.append(disputed)
        if more := len(rows) - len(firm[:_MOST_BRIEF]):
            number = f"{in_prose(more).capitalize()}{' more' * bool(firm)}"
            noun, verb = ("disagreement", "depends") if more == 1 else ("disagreements", "depend")
            is_loose = len(firm) <= _MOST_BRIEF
            said.append(f"{number} {noun}{f' {verb} on how words are read' * is_loose}.")
        return " ".join(dict.fromkeys(said))

    def is_disputed(self, name: str) -> bool:
        """True if sources disagree on something of the event ``name``."""
        return any(map(_is_open, self.rows.get(name, ())))

    def known(self, names: Iterable[str]) -> Iterator[Account]:
        """The accounts of these ids, without unknown ones."""
        return (self.accounts[name] for name in names if name in self.accounts)

    def _placed(self, row: Comparison) -> Iterator[Account]:
        return self.known(name for position in row.positions for name in position.accounts)

    def words(self, row: Comparison, account: Account) -> str:
        """What an account says in the respect of a row; empty if nothing."""
        if row.respect is Respect.CAUSE:
            return " and ".join(map(cause_words, account.causes))
        if row.respect is Respect.PERPETRATOR:
            return " and ".join(label_of(one, self._known.actors) for one in account.perpetrators)
        noun = "" if account.outcome == row.outcome else victims(account.outcome)
        account, other = self._of_part(row, account)
        if row.respect is Respect.TOTAL:
            return other + total_words(account, self._known.sides, noun)
        kinds = [] if row.respect is Respect.SIDE else kind_words(account, row.respect.value)
        return other + f"{listed(kinds)} {noun}".strip() if kinds else ""

    def shown_kind(self, row: Comparison) -> ComparisonKind:
        """The kind of a row; equal bounds of people who are described differently can be true."""
        is_same = len({self.words(row, one) for one in self._placed(row)}) <= 1
        is_called_same = row.kind is ComparisonKind.AGREEMENT
        return ComparisonKind.COMPATIBLE if is_called_same and not is_same else row.kind

    def disputed_parts(self, row: Comparison) -> list[str]:
        """The names of other events whose accounts are in a row and disagree there already."""
        names = dict.fromkeys(TOGETHER.join(one.events) for one in self._placed(row))
        return [
            name
            for name in names
            if name != row.event
            and any(
                _is_open(one) and (one.outcome, one.respect) == (row.outcome, row.respect)
                for one in self.rows.get(name, ())
            )
        ]

    def labelled(self, name: str) -> str:
        """The label of an event, or of several counted together."""
        return joined_label(name, self._known.events)

    def _of_part(self, row: Comparison, account: Account) -> tuple[Account, str]:
        """An account with what it says of the event of a row, and the other events it is of.

        What a part has is a minimum for the whole.
        """
        own, rows = set(account.events), set(row.event.split(TOGETHER))
        if own == rows:
            return account, ""
        other = f"of {self.labelled(TOGETHER.join(account.events))}: "
        if own > rows:
            return account, other
        kinds = (one.model_copy(update={"maximum": None}) for one in account.breakdown)
        return account.model_copy(update={"maximum": None, "breakdown": tuple(kinds)}), other

    def disputes(self, name: str) -> tuple[int, int]:
        """How many disagreements on an event hold under every reading, and how many there are."""
        rows = [*filter(_is_open, self.rows.get(name, ()))]
        return sum(row.holds_under_every_reading for row in rows), len(rows)

    def disputed(self) -> list[str]:
        """The names with disagreements, those with most first that hold under every reading."""

        found = {name: self.disputes(name) for name in self.rows}
        names = [name for name, (_, every) in found.items() if every]
        return sorted(names, key=found.__getitem__, reverse=True)


def joined_label(name: str, events: Mapping[str, Event]) -> str:
    """The label of an event, or of several whose ids are joined."""
    return listed([label_of(one, events) for one in name.split(TOGETHER)])


def _urgency(row: Comparison) -> int:
    """What sorts disagreements first, and of these the number of the dead, then the cause."""
    if not _is_open(row):
        return 3
    if (row.outcome, row.respect) == _NUMBER_OF_DEAD:
        return 0
    return 1 if row.outcome in (None, Outcome.KILLED) else 2


def _is_open(row: Comparison) -> bool:
    return row.kind is ComparisonKind.DISAGREEMENT
