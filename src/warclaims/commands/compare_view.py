"""Comparisons of accounts in the terminal: a summary per event, positions, then the counts."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from warclaims.accounts.accusations import answers_to, by_blamed
from warclaims.accounts.accusations import who as who_says
from warclaims.accounts.blame import BlamedParties
from warclaims.accounts.by_event import TOGETHER, ComparedEvents
from warclaims.accounts.selection import speaker
from warclaims.accounts.summary import (
    compared_in,
    disagreements,
)
from warclaims.accounts.wording import said_by, source_name
from warclaims.derive.events import EventTree
from warclaims.output import print_indented, table_console
from warclaims.records import ComparisonKind
from warclaims.records.accounts import DENIED_BY, AccountMark, Respect
from warclaims.records.vocabulary import Act, SegmentKind
from warclaims.wording import (
    count,
    described,
    listed,
    other_reading,
    plural,
    told_by,
    when,
    who,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from warclaims.corpus import Registries
    from warclaims.records import (
        Account,
        BlameStatement,
        Claim,
        Comparison,
        Comparisons,
        Position,
    )

_KINDS = {
    ComparisonKind.DISAGREEMENT: ("✗", "sources disagree", "red"),
    ComparisonKind.DIFFERENT_KINDS: ("≠", "perhaps different people", ""),
    ComparisonKind.UPDATE: ("→", "earlier and later", ""),
    ComparisonKind.NOT_COMPARABLE: ("?", "not compared", ""),
    ComparisonKind.COMPATIBLE: ("=", "all can be true", ""),
    ComparisonKind.AGREEMENT: ("=", "all say the same", ""),
}
"""The sign, words and style of each kind of comparison, in the order in which they are shown."""

_ORDER = list(_KINDS)
_WITH_REASON = (
    ComparisonKind.DIFFERENT_KINDS,
    ComparisonKind.UPDATE,
    ComparisonKind.NOT_COMPARABLE,
)
"""Kinds whose reason says more than the positions."""


_DENIALS = {Act.DENY: "denied by", Act.DOUBT: "not confirmed by"}
"""Acts by which a source does not stand for a number."""

_OF_ONE_ACCOUNT = frozenset(
    {
        AccountMark.HEADLINE_DIFFERS,
        AccountMark.OVERLAP_NOT_STATED,
        AccountMark.DOES_NOT_ADD_UP,
    }
)
"""Marks that say something of an account by itself."""


def print_comparisons(
    found: Comparisons,
    claims: Iterable[Claim],
    registries: Registries,
    *,
    wanted: str | None = None,
    is_limited: bool = False,
) -> None:
    """Print what was compared event by event, those with disagreements first, then the rest.

    Args:
        found: The comparisons.
        claims: The claims behind them, for the words and sentences.
        registries: The registries of the corpus, for labels.
        wanted: The one event that is shown with its parts; ``None`` for all.
        is_limited: True if some comparisons were left out, so that nothing can be said of all.
    """
    by_event = ComparedEvents(found, registries)
    view = _ComparisonsView(found, by_event, claims, registries, is_limited=is_limited)
    own = {} if is_limited else by_event.own
    tree = EventTree(registries.events)
    about = {
        name: of
        for name, of in by_event.accusations.items()
        if wanted is None or wanted in tree.ancestors(name)
    }
    names = {**by_event.rows, **own, **about}
    for name in sorted(names, key=lambda name: not _is_disputed(by_event.rows.get(name, []))):
        view.print_event(name)
    view.print_unlinked()


def _is_disputed(rows: Iterable[Comparison]) -> bool:
    return any(row.kind is ComparisonKind.DISAGREEMENT for row in rows)


class _ComparisonsView:
    """Prints comparisons with the words of the texts and the labels of the registries."""

    def __init__(
        self,
        found: Comparisons,
        by_event: ComparedEvents,
        claims: Iterable[Claim],
        registries: Registries,
        *,
        is_limited: bool,
    ) -> None:
        self._found = found
        self._by_event = by_event
        self._known = by_event.accounts
        self._claims = {claim.id: claim for claim in claims}
        self._registries = registries
        self._is_limited = is_limited
        self._screen = table_console()
        self._sides = {name: side.label for name, side in registries.sides.items()}
        self._actors = {name: actor.label for name, actor in registries.actors.items()}
        self._blamed = BlamedParties(registries)
        self._statements = {one.id: one for one in found.accusations}
        self._deniers = _deniers(self._claims.values(), self._actors)

    def print_event(self, name: str) -> None:
        """Print the summary of an event, its comparisons, and the counts linked to it."""
        rows, own = self._by_event.rows.get(name, []), self._by_event.own.get(name, [])
        title = " and ".join(map(self._titled, name.split(TOGETHER)))
        self._print(f"Counted together: {title}" if TOGETHER in name else title, 0, "bold")
        if self._is_limited:
            summary = disagreements(rows, self._known) or ""
        else:
            summary = self._by_event.summary(name)
            summary += "" if rows or not own else " Nothing to compare."
        if summary:
            self._print(summary.strip(), 2)
        for account in own:
            for mark in sorted(_OF_ONE_ACCOUNT.intersection(account.marks)):
                self._print(f"Note: {said_by(account)}: {mark.meaning}.", 2, "dim")
        for row in sorted(rows, key=lambda row: _ORDER.index(row.kind)):
            self._screen.print()
            self._print_row(row)
        self._print_accusations(self._by_event.accusations.get(name, []))
        records = self._records(own)
        if records:
            self._screen.print()
            self._print("Counts", 2)
            self._print_counts(records, 4)
        self._screen.print()

    def print_unlinked(self) -> None:
        """Print what was compared with nothing: counts without an event, events that may be one."""
        if self._found.unlinked:
            number = len(self._found.unlinked)
            verb, link = "have no event and are", "Link them to events"
            if number == 1:
                verb, link = "has no event and is", "Link it to an event"
            self._print(f"{plural(number, 'count')} {verb} compared with nothing. {link}:", 0)
            self._print_counts(self._found.unlinked, 2)
            self._screen.print()
        for one in self._found.accusations:
            if not one.events and one.act is Act.ACCUSE:
                self._print(f"Accusation without an event: {self._statement(one)}", 0)
        for pair in self._found.similar_events:
            first, second = map(self._titled, pair.events)
            self._print(f"Perhaps one event: {first} and {second}: {pair.reason}.", 0)

    def _print(self, words: str, by: int, style: str = "") -> None:
        print_indented(self._screen, words, style, by)

    def _titled(self, name: str) -> str:
        event = self._registries.events.get(name)
        if event is None:
            return name
        dates = when(event)
        return f"{event.label} ({f'{dates}; ' if dates else ''}{name})"

    def _print_row(self, row: Comparison) -> None:
        sign, words, style = _KINDS[self._by_event.shown_kind(row)]
        title = compared_in(row).removeprefix("the ")
        said = f"{sign} {title[:1].upper()}{title[1:]}: {words}"
        if row.kind in _WITH_REASON or "as a whole" in row.reason:
            said += f": {row.reason}"
        elif row.kind is ComparisonKind.AGREEMENT and row.respect is not Respect.TOTAL:
            said += f": {row.positions[0].value}"
        self._print(said, 2, style)
        for remark in self._remarks(row):
            self._print(remark, 4, "dim")
        for position in row.positions:
            self._print_position(row, position)
        if row.compatible_with_all and row.kind is ComparisonKind.DISAGREEMENT:
            others = [self._known[one] for one in row.compatible_with_all if one in self._known]
            names = dict.fromkeys(map(said_by, others))
            self._print(f"Says nothing against any of them: {'; '.join(names)}", 4, "dim")

    def _remarks(self, row: Comparison) -> list[str]:
        """What a reader must know of a comparison: its marks, its margins, its other readings."""
        shown_apart = {AccountMark.COMPUTED, AccountMark.SAME_SOURCE}
        accounts = (one for of in row.positions for one in self._by_event.accounts_of(of))
        is_named = DENIED_BY in row.reason or row.kind is ComparisonKind.NOT_COMPARABLE
        if is_named or any(map(self._denied, accounts)):  # shown with what is denied
            shown_apart |= {AccountMark.DENIED, AccountMark.NOT_CONFIRMED}
        marks = [mark.meaning for mark in row.marks if mark not in shown_apart]
        if AccountMark.SAME_SOURCE in row.marks and (names := self._in_several(row)):
            marks.append(f"in several positions: {listed(names)}")
        if AccountMark.COMPUTED in row.marks:
            marks.append("a number is computed from several counts; no text states it")
        if row.soft:
            marks.append("the numbers are approximate and close to each other")
        if "under every reading" in row.reason:
            marks.append("they disagree under every reading")
        said = [f"Note: {'; '.join(marks)}."] if marks else []
        for record in row.depends_on:
            what = "Whether they disagree"
            if row.holds_under_every_reading:
                what = f"Which position {self._taker(row, record)} takes"
            said.append(f"{what} depends on how {record} is read: {self._reading(record)}")
        for label in self._by_event.disputed_parts(row):
            said.append(f"Sources disagree on {compared_in(row)} of {label}; see there.")
        return said

    def _in_several(self, row: Comparison) -> list[str]:
        """The names of the sources that are in several positions."""
        places: dict[tuple[str, ...], set[int]] = {}
        names: dict[tuple[str, ...], str] = {}
        for number, position in enumerate(row.positions):
            for account in self._by_event.accounts_of(position):
                places.setdefault(speaker(account), set()).add(number)
                labels = [self._actors.get(name, name) for name in account.source]
                names[speaker(account)] = listed(labels) or source_name(account)
        return [names[one] for one, of in places.items() if len(of) > 1]

    def _taker(self, row: Comparison, record: str) -> str:
        """The source of the account of a row in which a record is."""
        accounts = (one for position in row.positions for one in position.accounts)
        found = [self._known[one] for one in accounts if one in self._known]
        return next((source_name(one) for one in found if record in one.records), "one account")

    def _reading(self, record: str) -> str:
        claim = self._claims.get(record)
        if claim is None:
            return "see its alternatives"
        others = "; ".join(map(other_reading, claim.alternatives))
        return f"“{claim.text}”, {claim.note or others}"

    def _print_position(self, row: Comparison, position: Position) -> None:
        accounts = [self._known[name] for name in position.accounts if name in self._known]
        if len(row.positions) > 1:
            self._print(position.value, 4, "bold")
        is_apart = row.respect not in (Respect.CAUSE, Respect.PERPETRATOR)
        groups: dict[object, list[Account]] = {}
        for account in accounts:
            key = account.id if is_apart else (account.document, speaker(account))
            groups.setdefault(key, []).append(account)
        for group in groups.values():
            values = dict.fromkeys(self._value(row, account) for account in group)
            own = " and ".join(filter(None, values))
            shown = f"{own} – " if own and own != position.value else ""
            words = self._account_words(row, group)
            denied = self._denied(group[0]) + self._guilt_denied(row, group)
            self._print(f"{shown}{said_by(group[0])}: {words}{denied}", 6)
        for record in position.records:
            if record in self._statements:
                self._print(self._statement(self._statements[record]), 6)
            elif record not in self._records(accounts):
                claim = self._claims.get(record)
                teller = f"{self._teller(claim)}: " if claim else ""
                self._print(teller + self._words([record], position.words), 6)

    def _account_words(self, row: Comparison, group: Sequence[Account]) -> str:
        """The words of accounts of one source with their ids, and what they are computed from."""
        records = self._records(group)
        claims = [self._claims[one] for one in records if one in self._claims]
        quoted = dict.fromkeys(f"“{one.text}”{_other_word(one, group[0])}" for one in claims)
        said = f"{', '.join(quoted)} [{', '.join(records)}]".lstrip()
        bases = [*dict.fromkeys(record for one in group for record in one.computed_from)]
        if row.respect is not Respect.TOTAL and not {*bases} <= {*records}:  # only the sum is
            return said
        return f"{said}, computed from {listed(bases)}" if bases else said

    def _guilt_denied(self, row: Comparison, group: Iterable[Account]) -> str:
        """Those who deny that they did what accounts say that they did."""
        if row.respect is not Respect.PERPETRATOR:
            return ""
        circles = self._blamed.circles(name for one in group for name in one.perpetrators)
        found = [
            f"{who_says(one, self._registries.actors)} [{one.id}]"
            for name in row.event.split(TOGETHER)
            for one in self._by_event.accusations.get(name, ())
            if one.act is Act.DENY and not circles.isdisjoint(self._blamed.circles(one.source))
        ]
        return f"; denied by {listed([*dict.fromkeys(found)])}" if found else ""

    def _print_accusations(self, said: Sequence[BlameStatement]) -> None:
        """Print who blames whom, and below each accusation what answers it."""
        for name, accusations in by_blamed(said, self._registries.actors).items():
            self._screen.print()
            self._print(f"! Blamed: {name}", 2)
            for one in accusations:
                self._print(self._statement(one), 6)
                for how, answer in answers_to(one, said):
                    self._print(f"{how} {self._statement(answer)}", 8)
        denials = [one for one in said if one.act is Act.DENY and not one.answers]
        if denials:
            self._screen.print()
            self._print("! Denials that answer no accusation in their text", 2)
        for one in denials:
            self._print(self._statement(one), 6)

    def _statement(self, one: BlameStatement) -> str:
        text = one.outlet or f"text {one.document}"
        said_in = ", ".join(filter(None, (text, one.date)))
        words = " ".join(one.text.split())
        return f"{who_says(one, self._registries.actors)} ({said_in}): “{words}” [{one.id}]"

    def _value(self, row: Comparison, account: Account) -> str:
        """What an account says in the respect of a row; of an update its position says it."""
        return "" if row.kind is ComparisonKind.UPDATE else self._by_event.words(row, account)

    def _denied(self, account: Account) -> str:
        """Those who deny or do not confirm the number of an account."""
        if not {AccountMark.DENIED, AccountMark.NOT_CONFIRMED}.intersection(account.marks):
            return ""
        number = (account.events, account.outcome, account.minimum, account.maximum)
        claims = [self._claims[one] for one in account.records if one in self._claims]
        said = {step.attribution for claim in claims for step in claim.chain}
        answers = [
            f"{_DENIALS[one.act]} {who_says(one, self._registries.actors)} [{one.id}]"
            for one in self._statements.values()
            if one.answers in said and one.act in _DENIALS
        ]
        return "".join(f", {one}" for one in (*self._deniers.get(number, ()), *answers))

    @staticmethod
    def _records(accounts: Iterable[Account]) -> list[str]:
        return [*dict.fromkeys(record for account in accounts for record in account.records)]

    def _words(self, records: Sequence[str], words: Sequence[str] = ()) -> str:
        """The words of records with their ids; ``words`` if the records are not counts."""
        known = [self._claims[one].text for one in records if one in self._claims]
        quoted = ", ".join(f"“{one}”" for one in dict.fromkeys(known or words))
        return f"{quoted} [{', '.join(records)}]".lstrip()

    def _teller(self, claim: Claim) -> str:
        """The chain of sources of a count with its text."""
        text = claim.outlet or f"text {claim.document}"
        return ", ".join(filter(None, (told_by(claim, self._actors), text, claim.date)))

    def _print_counts(self, records: Iterable[str], by: int) -> None:
        """Print counts below the sentences that they are in, in the order of the texts."""
        claims = [self._claims[one] for one in records if one in self._claims]
        claims.sort(key=lambda claim: (claim.document, claim.start))
        for (_, sentence, _), of in groupby(
            claims, key=lambda one: (one.document, one.sentence, told_by(one, self._actors))
        ):
            counts = [*of]
            self._print(self._teller(counts[0]), by)
            self._print(f"“{' '.join(sentence.split())}”", by + 4, "dim")
            for claim in counts:
                number = count(claim)
                words = f"“{claim.text}”: {number} {described(claim, self._sides)}"
                self._print(f"{claim.id}  {words}", by + 4)


def _other_word(claim: Claim, account: Account) -> str:
    """Whose word a count is, if it is not that of the source of the account that it is in."""
    text = claim.outlet or f"text {claim.document}"
    own = text if claim.narrator else claim.source_text or f"unnamed, in {text}"
    is_same = bool(claim.source) and set(claim.source) == set(account.source)
    if own == account.source_text or (is_same and not account.computed_from):
        return ""
    if claim.narrator and claim.segment == SegmentKind.TITLE:
        return " (headline)"
    teller = claim.source_text or ("the text itself" if claim.narrator else "nobody named")
    return f" (word of {teller})"


def _deniers(claims: Iterable[Claim], actors: Mapping[str, str]) -> dict[object, list[str]]:
    """By events, outcome and bounds of a count, who denies or does not confirm it."""
    found: dict[object, list[str]] = {}
    for claim in claims:
        number = (claim.events, claim.outcome, claim.minimum, claim.maximum)
        for step in claim.chain:
            if step.act in _DENIALS:
                said = f"{_DENIALS[step.act]} {who(step, actors)} [{claim.id}]"
                found.setdefault(number, []).append(said)
    return found
