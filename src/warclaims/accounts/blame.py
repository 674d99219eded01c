"""Compare the causes that accounts name, and the perpetrators."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from warclaims.accounts.accounts import HARM, AnyAccount, SourceAccount
from warclaims.accounts.happenings import Scale, Weapons
from warclaims.accounts.positions import maximal_sets
from warclaims.accounts.rows import Row, RowPosition
from warclaims.accounts.wording import cause_words
from warclaims.derive.sides import affiliations, side_of
from warclaims.grouping import grouped, the_one
from warclaims.records.accounts import AccountMark, ComparisonKind, Respect
from warclaims.wording import label_of, plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from warclaims.accounts.facts import GuiltDenial
    from warclaims.accounts.sources import KnownEntries
    from warclaims.accounts.wholes import EventKey

Named = frozenset[str]
"""The causes or perpetrators that an account names."""

_MOST_NAMES = 16
"""Above this number of different statements each is a position of its own."""


class BlamedParties:
    """Who is meant by the perpetrators of accounts: entities, what they belong to, their sides."""

    def __init__(self, known: KnownEntries) -> None:
        self._known = known
        self._found: dict[str, frozenset[str]] = {}

    def circle(self, entity: str) -> frozenset[str]:
        """The entity, what it is part of, its side, and the sides that this may be."""
        found = self._found.get(entity)
        if found is None:
            names = {entity}
            for actor in affiliations(entity, self._known.actors):
                names.add(actor.id)
                if actor.side:
                    side = self._known.sides.get(actor.side.id)
                    names |= {
                        f"side {one}" for one in (actor.side.id, *(side.may_be if side else ()))
                    }
                    break
            found = self._found[entity] = frozenset(names)
        return found

    def circles(self, entities: Iterable[str]) -> Named:
        """All that some entities may be known as."""
        return frozenset().union(*map(self.circle, entities))

    def of(self, account: AnyAccount) -> Named:
        """All that the perpetrators of an account may be known as."""
        return self.circles(account.perpetrators)

    def party(self, account: AnyAccount) -> Named:
        """The sides of the perpetrators of an account, or the widest bodies that they belong to."""
        return frozenset(
            f"side {side}"
            if (side := side_of(name, self._known.actors))
            else next((one.id for one in reversed(affiliations(name, self._known.actors))), name)
            for name in account.perpetrators
        )

    def label(self, entity: str) -> str:
        """The name of an actor."""
        return label_of(entity, self._known.actors)


@dataclass
class BlameComparer:
    """Compares what accounts name: the weapons, or the perpetrators.

    Attributes:
        named: What each account names, by its id.
        agree: Whether two of these can both be true of one happening.
        words: What an account names, in words.
    """

    events: EventKey
    respect: Respect
    size: Scale
    named: Mapping[str, Named]
    agree: Callable[[Named, Named], bool]
    words: Callable[[AnyAccount], str]

    def row(self, accounts: Sequence[AnyAccount]) -> Row | None:
        """The row on the accounts that name something, if there is something to say."""
        said = [one for one in accounts if one.id in self.named]
        if len(said) < 2:
            return None
        compared = said if self.size is Scale.SINGLE else self._exclusive(said)
        by_name = grouped(compared, lambda one: self.named[one.id])
        names = sorted(by_name, key=sorted)
        if not names:
            return self.agreeing(said) if the_one(self.named.values()) is not None else None
        sets = [[number] for number in range(len(names))]
        if len(names) <= _MOST_NAMES:
            sets = maximal_sets(names, self.agree)
        if len(sets) == 1:
            return self.agreeing(compared)
        everywhere = set(sets[0]).intersection(*sets)
        inside = [[a for n in of if n not in everywhere for a in by_name[names[n]]] for of in sets]
        positions = [self._position(of) for of in inside]
        row = self._row(ComparisonKind.DISAGREEMENT, positions)
        row.in_all = [account for n in sorted(everywhere) for account in by_name[names[n]]]
        return row

    def agreeing(self, accounts: Sequence[AnyAccount]) -> Row:
        """The row on accounts of which nothing is known to exclude the others."""
        same = len({self.named[one.id] for one in accounts}) == 1
        kind = ComparisonKind.AGREEMENT if same else ComparisonKind.COMPATIBLE
        position = self._position(accounts)
        return self._row(kind, [position], f"{plural(len(accounts), 'account')}: {position.value}")

    def _position(self, accounts: Sequence[AnyAccount]) -> RowPosition:
        return RowPosition(list(accounts), map(self.words, accounts))

    def _row(self, kind: ComparisonKind, positions: list[RowPosition], lead: str = "") -> Row:
        dims = {self.respect.value}
        return Row(self.events, None, self.respect, kind, positions, dims=dims, lead=lead)

    def _exclusive(self, accounts: Sequence[AnyAccount]) -> list[AnyAccount]:
        """The accounts that exclude each other where both can be true in general.

        They do between accounts of one source, or where kinds, outcome and numbers are equal.
        """
        groups: dict[object, list[SourceAccount]] = defaultdict(list)
        for account in accounts:
            if isinstance(account, SourceAccount):
                if account.source.is_named:
                    groups["source", account.key.source].append(account)
                kinds = tuple((kind, account.of(kind).stated) for kind in sorted(account.stated))
                number = (account.outcome, account.closed, account.total.stated)
                groups[number, kinds].append(account)
        found: set[str] = set()
        for group in groups.values():
            names = list({self.named[one.id] for one in group})
            if any(not self.agree(a, b) for n, a in enumerate(names) for b in names[:n]):
                found |= {one.id for one in group}
        return [one for one in accounts if one.id in found]


def cause_row(
    key: EventKey, accounts: Sequence[AnyAccount], size: Scale, weapons: Weapons
) -> Row | None:
    """The row on causes, over killed, injured and both together."""
    causes = {one.id: weapons.of(one.causes or ()) for one in accounts if one.outcome in HARM}
    named = {name: of for name, of in causes.items() if of}

    def words(account: AnyAccount) -> str:
        return " and ".join(sorted(map(cause_words, named[account.id])))

    return BlameComparer(key, Respect.CAUSE, size, named, weapons.agree, words).row(accounts)


def perpetrator_row(
    key: EventKey,
    accounts: Sequence[AnyAccount],
    size: Scale,
    blamed: BlamedParties,
    denials: Sequence[GuiltDenial],
) -> Row | None:
    """The row on perpetrators, with the denials of guilt."""
    named = {one.id: blamed.of(one) for one in accounts if one.perpetrators}

    def words(account: AnyAccount) -> str:
        return " and ".join(map(blamed.label, account.perpetrators))

    def agree(one: Named, other: Named) -> bool:
        return not one.isdisjoint(other)

    comparer = BlameComparer(key, Respect.PERPETRATOR, size, named, agree, words)
    found = comparer.row(accounts)
    everybody = frozenset().union(*named.values())
    about = [one for one in denials if agree(everybody, blamed.circles(one.entities))]
    if not about:
        return found
    row = found or comparer.agreeing([one for one in accounts if one.id in named])
    row.marks.add(AccountMark.DENIED)
    for one in about:
        if one.blames and size is Scale.SINGLE and not agree(everybody, blamed.circles(one.blames)):
            _add_denial(row, one, " and ".join(map(blamed.label, one.blames)))
    names = dict.fromkeys(blamed.label(name) for one in about for name in one.entities)
    more = f" and {plural(len(names) - 1, 'other')}" if len(names) > 1 else ""
    row.denied_by = f"{next(iter(names))}{more}"
    return row


def _add_denial(row: Row, denial: GuiltDenial, value: str) -> None:
    """Add a denial that names somebody else as a position of its own."""
    row.positions[0].accounts += row.in_all
    row.in_all = []
    row.positions.append(RowPosition([], [value], {denial.record: ""}))
    row.kind = ComparisonKind.DISAGREEMENT
    row.lead = ""
