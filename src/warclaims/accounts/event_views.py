"""What is shown of each event, as plain data: the terminal, the pages and the card lay it out."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from warclaims.accounts.accusations import answers_to, by_blamed
from warclaims.accounts.accusations import who as who_says
from warclaims.accounts.blame import BlamedParties
from warclaims.accounts.by_event import TOGETHER
from warclaims.accounts.selection import speaker
from warclaims.accounts.summary import compared_in, disagreements
from warclaims.accounts.wording import said_by, source_name, teller
from warclaims.grouping import grouped
from warclaims.records.accounts import AccountMark, ComparisonKind, Respect, Voice
from warclaims.records.vocabulary import Act, SegmentKind
from warclaims.wording import (
    dated_text,
    label_of,
    labels_of,
    listed,
    other_reading,
    told_by,
    who,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from warclaims.accounts.by_event import ComparedEvents
    from warclaims.accounts.sources import KnownEntries
    from warclaims.records import Account, BlameStatement, Claim, Comparison, Position

FINDINGS = {
    ComparisonKind.DISAGREEMENT: "sources disagree",
    ComparisonKind.DIFFERENT_KINDS: "perhaps different people",
    ComparisonKind.UPDATE: "earlier and later",
    ComparisonKind.NOT_COMPARABLE: "not compared",
    ComparisonKind.COMPATIBLE: "all can be true",
    ComparisonKind.AGREEMENT: "all say the same",
}
"""What a comparison finds, in the order in which comparisons are shown."""

_ORDER = list(FINDINGS)

_WITH_REASON = (
    ComparisonKind.DIFFERENT_KINDS,
    ComparisonKind.UPDATE,
    ComparisonKind.NOT_COMPARABLE,
)
"""Kinds whose reason says more than the positions."""

_DENIALS = {Act.DENY: "denied by", Act.DOUBT: "not confirmed by"}
"""Acts by which a source does not stand for a number."""

_DENIAL_MARKS = frozenset({AccountMark.DENIED, AccountMark.NOT_CONFIRMED})
_SHOWN_APART = frozenset({AccountMark.COMPUTED, AccountMark.SAME_SOURCE})

_OF_ONE_ACCOUNT = frozenset(
    {
        AccountMark.HEADLINE_DIFFERS,
        AccountMark.OVERLAP_NOT_STATED,
        AccountMark.DOES_NOT_ADD_UP,
    }
)
"""Marks that say something of an account by itself."""


class Quotation(NamedTuple):
    """The words of a record, empty if unknown; ``remark`` says whose they are if another's."""

    record: str
    words: str
    remark: str = ""


class ShownDenial(NamedTuple):
    """Who denies something, in which record: ``how`` is *denied by* or *not confirmed by*."""

    how: str
    who: str
    record: str


@dataclass(frozen=True)
class Testimony:
    """What one source says in one text.

    Attributes:
        source: The source with its text; empty if unknown.
        text: The text with its day: ``BBC News, 2023-09-19``; empty if unknown.
        teller: Who says it there.
        value: What it says, if that is not what its position says.
        computed_from: The records from which its number is computed.
    """

    source: str
    quotations: list[Quotation]
    value: str = ""
    computed_from: list[str] = field(default_factory=list)
    denials: list[ShownDenial] = field(default_factory=list)
    text: str = ""
    teller: str = ""


@dataclass(frozen=True)
class PositionView:
    """A position with who takes it; ``left_out`` counts those above the limit."""

    value: str
    testimonies: list[Testimony]
    left_out: int = 0


class ReadingView(NamedTuple):
    """What depends on how a record is read, and how else it may be read."""

    what: str
    record: str
    words: str


@dataclass(frozen=True)
class ComparisonView:
    """A comparison.

    Attributes:
        id: The id of the comparison.
        what: What is compared: ``the cause``.
        kind: The kind as which it is shown.
        sentence: What it finds besides the positions; may be empty.
        notes: What a reader must know about it, in a few words each.
        disputed_parts: The names of other events in which the same is disputed.
        compatible: Who says nothing against any position of a disagreement.
    """

    id: str
    what: str
    kind: ComparisonKind
    sentence: str
    notes: list[str]
    readings: list[ReadingView]
    disputed_parts: list[str]
    positions: list[PositionView]
    compatible: list[str]

    @property
    def title(self) -> str:
        """What is compared, as a heading: ``Cause``."""
        title = self.what.removeprefix("the ")
        return f"{title[:1].upper()}{title[1:]}"

    @property
    def texts(self) -> list[str]:
        """The texts, as columns of a table of positions; none if one is unknown or not shown."""
        said = [one for position in self.positions for one in position.testimonies]
        is_whole = all(one.text for one in said) and not any(one.left_out for one in self.positions)
        return sorted({one.text for one in said}) if is_whole else []

    @property
    def finding(self) -> str:
        """What the comparison finds: ``sources disagree``."""
        return FINDINGS[self.kind]

    @property
    def is_disagreement(self) -> bool:
        """True if not all positions can be true."""
        return self.kind is ComparisonKind.DISAGREEMENT


class AccusationView(NamedTuple):
    """An accusation, and what answers it with how it does: ``denied by``."""

    said: Testimony
    answers: list[tuple[str, Testimony]]


@dataclass(frozen=True)
class EventView:
    """What is shown of an event, or of several counted together.

    Attributes:
        sentences: What sources say, in short; may be empty.
        notes: What a reader must know about single accounts.
        blamed: The accusations by the names of those who are blamed.
        denials: The denials that answer no accusation in their text.
        records: The casualty records of its own accounts.
    """

    sentences: list[str]
    notes: list[str]
    comparisons: list[ComparisonView]
    blamed: dict[str, list[AccusationView]]
    denials: list[Testimony]
    records: list[str]

    @property
    def summary(self) -> str:
        """The sentences as prose."""
        return " ".join(self.sentences)


class EventViews:
    """Makes what is shown of the events of a result.

    Args:
        compared: The result by event.
        known: The registries, for labels.
        claim_of: The claim of a casualty record; ``None`` if it is unknown.
        denied: The claims that somebody denies or does not confirm; others are ignored.
        is_limited: True if some comparisons were left out, so that nothing can be said of all.
        most: Limit of testimonies per position.
    """

    def __init__(
        self,
        compared: ComparedEvents,
        known: KnownEntries,
        claim_of: Callable[[str], Claim | None],
        denied: Iterable[Claim],
        *,
        is_limited: bool = False,
        most: int | None = None,
    ) -> None:
        self._compared = compared
        self._actors = known.actors
        self._labels = labels_of(known.actors)
        self._blamed = BlamedParties(known)
        self._claim_of = claim_of
        self._deniers = _deniers(denied, self._labels)
        self._is_limited = is_limited
        self._most = most

    def event(self, name: str) -> EventView:
        """What is shown of the event ``name``; ids of several counted together are joined."""
        of = self._compared
        rows, own = of.rows.get(name, []), of.own.get(name, [])
        if self._is_limited:
            disputed = disagreements(rows, of.accounts)
            sentences = [disputed] if disputed else []
        else:
            sentences = of.sentences(name) + ["Nothing to compare."] * (not rows and bool(own))
        said = of.accusations.get(name, [])
        blamed = by_blamed(said, self._actors)
        return EventView(
            sentences,
            [
                f"{said_by(account)}: {mark.meaning}"
                for account in own
                for mark in sorted(_OF_ONE_ACCOUNT.intersection(account.marks))
            ],
            [self._comparison(row) for row in sorted(rows, key=lambda one: _ORDER.index(one.kind))],
            {name: [self._accusation(one, said) for one in each] for name, each in blamed.items()},
            [self.statement(one) for one in said if one.act is Act.DENY and not one.answers],
            _records(own),
        )

    def statement(self, one: BlameStatement) -> Testimony:
        """An accusation, or what answers one."""
        source = f"{who_says(one, self._actors)} ({dated_text(one)})"
        return Testimony(source, [Quotation(one.id, " ".join(one.text.split()))])

    def _accusation(self, one: BlameStatement, said: Sequence[BlameStatement]) -> AccusationView:
        answers = answers_to(one, said)
        return AccusationView(
            self.statement(one), [(how, self.statement(by)) for how, by in answers]
        )

    def _comparison(self, row: Comparison) -> ComparisonView:
        positions = [self._position(row, one) for one in row.positions]
        sentence = ""
        if row.kind in _WITH_REASON or any(one.summed for one in row.positions):
            sentence = row.reason
        elif row.kind is ComparisonKind.AGREEMENT and row.respect is not Respect.TOTAL:
            sentence = row.positions[0].value
        others: Iterable[Account] = ()
        if row.kind is ComparisonKind.DISAGREEMENT:
            others = self._compared.known(row.compatible_with_all)
        return ComparisonView(
            row.id,
            compared_in(row),
            self._compared.shown_kind(row),
            sentence,
            self._notes(row, positions),
            [self._reading(row, record) for record in row.depends_on],
            self._compared.disputed_parts(row),
            positions,
            [*dict.fromkeys(map(said_by, others))],
        )

    def _notes(self, row: Comparison, positions: Iterable[PositionView]) -> list[str]:
        """What a reader must know of a comparison: its marks, its margins."""
        apart = _SHOWN_APART
        names_deniers = any(one.denials for of in positions for one in of.testimonies)
        if names_deniers or row.kind is ComparisonKind.NOT_COMPARABLE:
            apart |= _DENIAL_MARKS
        notes = [mark.meaning for mark in row.marks if mark not in apart]
        if AccountMark.SAME_SOURCE in row.marks and (names := self._in_several(row)):
            notes.append(f"in several positions: {listed(names)}")
        if AccountMark.COMPUTED in row.marks:
            notes.append("a number is computed from several counts; no text states it")
        if row.soft:
            notes.append("the numbers are approximate and close to each other")
        if row.changes_outcome:
            notes.append("they disagree under every reading")
        return notes

    def _in_several(self, row: Comparison) -> list[str]:
        """The names of the sources that are in several positions."""
        places: dict[tuple[str, ...], set[int]] = {}
        names: dict[tuple[str, ...], str] = {}
        for number, position in enumerate(row.positions):
            for account in self._compared.known(position.accounts):
                places.setdefault(speaker(account), set()).add(number)
                labels = [label_of(name, self._actors) for name in account.source]
                names[speaker(account)] = listed(labels) or source_name(account)
        return [names[one] for one, of in places.items() if len(of) > 1]

    def _reading(self, row: Comparison, record: str) -> ReadingView:
        what = "Whether they disagree"
        if row.holds_under_every_reading:
            accounts = self._compared.known(name for of in row.positions for name in of.accounts)
            takers = (source_name(one) for one in accounts if record in one.records)
            what = f"Which position {next(takers, 'one account')} takes"
        claim = self._claim_of(record)
        if claim is None:
            return ReadingView(what, record, "see its alternatives")
        others = claim.note or "; ".join(map(other_reading, claim.alternatives))
        return ReadingView(what, record, f"“{claim.text}”, {others}")

    def _position(self, row: Comparison, position: Position) -> PositionView:
        accounts = [*self._compared.known(position.accounts)]
        is_of_source = row.respect in (Respect.CAUSE, Respect.PERPETRATOR)
        groups = grouped(
            accounts, lambda one: (one.document, speaker(one)) if is_of_source else (one.id,)
        )
        found = [self._testimony(row, position, of) for of in islice(groups.values(), self._most)]
        left_out = len(groups) - len(found)
        counted = {*_records(accounts)}
        statements = self._compared.statements
        for record in position.records:
            if record in counted and record not in statements:
                continue
            if self._most is not None and len(found) >= self._most:
                left_out += 1
            elif record in statements:
                found.append(self.statement(statements[record]))
            else:
                found.append(self._of_record(record, position.words))
        return PositionView(position.value, found, left_out)

    def _testimony(
        self, row: Comparison, position: Position, accounts: Sequence[Account]
    ) -> Testimony:
        """What the accounts of one source in one text say for a position."""
        records = _records(accounts)
        values = dict.fromkeys(self._value(row, one) for one in accounts)
        value = " and ".join(filter(None, values))
        bases = [*dict.fromkeys(record for one in accounts for record in one.computed_from)]
        if row.respect is not Respect.TOTAL and not {*bases} <= {*records}:  # only the sum is
            bases = []
        return Testimony(
            said_by(accounts[0]),
            [self._quotation(record, accounts[0]) for record in records],
            "" if value == position.value else value,
            bases,
            [
                *dict.fromkeys(
                    [*self._number_denied(accounts[0]), *self._guilt_denied(row, accounts)]
                )
            ],
            text=dated_text(accounts[0]),
            teller=teller(accounts[0]),
        )

    def _value(self, row: Comparison, account: Account) -> str:
        """What an account says in the respect of a row; of an update its position says it."""
        return "" if row.kind is ComparisonKind.UPDATE else self._compared.words(row, account)

    def _quotation(self, record: str, account: Account) -> Quotation:
        claim = self._claim_of(record)
        return Quotation(record, claim.text if claim else "", _other_word(claim, account))

    def _of_record(self, record: str, words: Sequence[str]) -> Testimony:
        """A record that is in no account; ``words`` if it is unknown."""
        claim = self._claim_of(record)
        if claim is None:
            return Testimony("", [Quotation(record, one) for one in words])
        source = f"{told_by(claim, self._labels)}, {dated_text(claim)}"
        return Testimony(source, [Quotation(record, claim.text)])

    def _guilt_denied(self, row: Comparison, accounts: Iterable[Account]) -> Iterator[ShownDenial]:
        """Those who deny that they did what accounts say that they did."""
        if row.respect is not Respect.PERPETRATOR:
            return
        circles = self._blamed.circles(name for one in accounts for name in one.perpetrators)
        said = (
            one
            for name in row.event.split(TOGETHER)
            for one in self._compared.accusations.get(name, ())
        )
        for one in said:
            if one.act is Act.DENY and not circles.isdisjoint(self._blamed.circles(one.source)):
                yield ShownDenial(_DENIALS[one.act], who_says(one, self._actors), one.id)

    def _number_denied(self, account: Account) -> Iterator[ShownDenial]:
        """Those who deny or do not confirm the number of an account."""
        if _DENIAL_MARKS.isdisjoint(account.marks):
            return
        yield from self._deniers.get(_number(account), ())
        claims = filter(None, map(self._claim_of, account.records))
        said = {step.attribution for claim in claims for step in claim.chain}
        for one in self._compared.statements.values():
            if one.answers in said and one.act in _DENIALS:
                yield ShownDenial(_DENIALS[one.act], who_says(one, self._actors), one.id)


def _records(accounts: Iterable[Account]) -> list[str]:
    return [*dict.fromkeys(record for account in accounts for record in account.records)]


def _number(one: Account | Claim) -> tuple[object, ...]:
    """What an account and the count that somebody denies share."""
    return one.events, one.outcome, one.minimum, one.maximum


def _other_word(claim: Claim | None, account: Account) -> str:
    """Whose word a count is, if it is not that of the source of the account that it is in."""
    if claim is None:
        return ""
    if claim.narrator:
        is_same = account.voice is Voice.OWN
    elif claim.source_text is None:
        is_same = account.voice is Voice.UNNAMED
    else:
        same_entities = bool(claim.source) and set(claim.source) == set(account.source)
        is_same = claim.source_text == account.source_text or (
            same_entities and not account.computed_from
        )
    if is_same:
        return ""
    if claim.narrator and claim.segment == SegmentKind.TITLE:
        return "headline"
    teller = claim.source_text or ("the text itself" if claim.narrator else "nobody named")
    return f"word of {teller}"


def _deniers(claims: Iterable[Claim], actors: Mapping[str, str]) -> dict[object, list[ShownDenial]]:
    """By events, outcome and bounds of a count, who denies or does not confirm it."""
    found: dict[object, list[ShownDenial]] = {}
    for claim in filter(is_denied, claims):
        for step in claim.chain:
            if step.act in _DENIALS:
                said = ShownDenial(_DENIALS[step.act], who(step, actors), claim.id)
                found.setdefault(_number(claim), []).append(said)
    return found


def is_denied(claim: Claim) -> bool:
    """True if a source denies the number of a claim, or does not confirm it."""
    return any(step.act in _DENIALS for step in claim.chain)
