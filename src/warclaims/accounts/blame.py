"""Compare the causes that accounts name, and the perpetrators."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from warclaims.accounts.accounts import HARM, AnyAccount, SourceAccount
from warclaims.accounts.happenings import Scale, Weapons
from warclaims.accounts.positions import maximal_sets
from warclaims.accounts.rows import (
    Row,
    RowPosition,
    against,
    joined,
    many,
)
from warclaims.accounts.sources import actor_side, affiliations
from warclaims.records.accounts import AccountMark, ComparisonKind, Respect

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from warclaims.accounts.facts import GuiltDenial
    from warclaims.accounts.sources import KnownEntries
    from warclaims.accounts.wholes import EventKey

Named = frozenset[str]
"""The causes or perpetrators that an account names."""

_MOST_NODES = 16
"""Above this number of different statements each is a position of its own."""


class Blamed:
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

    def of(self, account: AnyAccount) -> Named:
        """All that the perpetrators of an account may be known as."""
        return frozenset().union(*(self.circle(name) for name in account.perpetrators))

    def party(self, account: AnyAccount) -> Named:
        """The sides of the perpetrators of an account, or the widest bodies that they belong to."""
        return frozenset(
            f"side {side}"
            if (side := actor_side(name, self._known.actors))
            else next((one.id for one in reversed([*affiliations(name, self._known.actors)])), name)
            for name in account.perpetrators
        )

    def label(self, entity: str) -> str:
        """The name of an actor."""
        actor = self._known.actors.get(entity)
        return actor.label if actor else entity


def cause_row(
    key: EventKey, accounts: Sequence[AnyAccount], size: Scale, weapons: Weapons
) -> Row | None:
    """The row on causes, over killed, injured and both together."""
    named: dict[str, Named] = {}
    for account in accounts:
        of = weapons.of(account.causes or ()) if account.outcome in HARM else None
        if of:
            named[account.id] = of
    compared = [one for one in accounts if one.id in named]

    def words(account: AnyAccount) -> str:
        return " and ".join(sorted(word.replace("_", " ") for word in named[account.id]))

    return _row(key, compared, named, weapons.agree, size=size, respect=Respect.CAUSE, words=words)


def perpetrator_row(
    key: EventKey,
    accounts: Sequence[AnyAccount],
    size: Scale,
    blamed: Blamed,
    denials: Sequence[GuiltDenial],
) -> Row | None:
    """The row on perpetrators, with the denials of guilt."""
    named = {one.id: blamed.of(one) for one in accounts if one.perpetrators}
    compared = [one for one in accounts if one.id in named]

    def words(account: AnyAccount) -> str:
        return " and ".join(blamed.label(name) for name in account.perpetrators)

    def agree(one: Named, other: Named) -> bool:
        return not one.isdisjoint(other)

    row = _row(key, compared, named, agree, size=size, respect=Respect.PERPETRATOR, words=words)
    if row is None and compared and denials:
        same = len(set(named.values())) == 1
        kind = ComparisonKind.AGREEMENT if same else ComparisonKind.COMPATIBLE
        row = _agreeing(key, compared, Respect.PERPETRATOR, words, kind)
        if not _deny(row, named, blamed, denials, size):
            return None
    elif row is not None:
        _deny(row, named, blamed, denials, size)
    return row


def _deny(
    row: Row,
    named: dict[str, Named],
    blamed: Blamed,
    denials: Sequence[GuiltDenial],
    size: Scale,
) -> bool:
    """AccountMark a row as denied; a denial that names somebody else is a position of its own."""
    everybody = frozenset().union(*named.values())
    found = False
    for denial in denials:
        deniers = frozenset().union(*(blamed.circle(name) for name in denial.entities))
        if everybody.isdisjoint(deniers):
            continue
        row.marks.add(AccountMark.DENIED)
        found = True
        others = frozenset().union(*(blamed.circle(name) for name in denial.blames))
        if denial.blames and size is Scale.SINGLE and everybody.isdisjoint(others):
            value = " and ".join(blamed.label(name) for name in denial.blames)
            row.positions.append(RowPosition([], value, {denial.record: ""}))
            row.positions[0].accounts += row.in_all
            row.in_all = []
            row.kind = ComparisonKind.DISAGREEMENT
            row.reason = against(row.positions)
    return found


def _row(
    key: EventKey,
    accounts: Sequence[AnyAccount],
    named: dict[str, Named],
    agree: Callable[[Named, Named], bool],
    *,
    size: Scale,
    respect: Respect,
    words: Callable[[AnyAccount], str],
) -> Row | None:
    if len(accounts) < 2:
        return None
    compared = list(accounts) if size is Scale.SINGLE else _exclusive(accounts, named, agree)
    if len(compared) < 2:
        if len({named[one.id] for one in accounts}) > 1:
            return None
        return _agreeing(key, accounts, respect, words, ComparisonKind.AGREEMENT)
    nodes = sorted({named[one.id] for one in compared}, key=sorted)
    if len(nodes) > _MOST_NODES:
        sets = [[number] for number in range(len(nodes))]
    else:

        def compatible(one: Hashable, other: Hashable) -> bool:
            return agree(one, other)  # type: ignore[arg-type]

        sets = maximal_sets(nodes, compatible)
    if len(sets) == 1:
        same = len(nodes) == 1
        kind = ComparisonKind.AGREEMENT if same else ComparisonKind.COMPATIBLE
        return _agreeing(key, compared, respect, words, kind)
    by_node: dict[Named, list[AnyAccount]] = defaultdict(list)
    for account in compared:
        by_node[named[account.id]].append(account)
    everywhere = {n for n in range(len(nodes)) if all(n in of for of in sets)}
    positions = []
    for of in sets:
        inside = [a for n in of if n not in everywhere for a in by_node[nodes[n]]]
        positions.append(RowPosition(inside, joined(map(words, inside))))
    row = Row(
        key,
        None,
        respect,
        ComparisonKind.DISAGREEMENT,
        positions,
        in_all=[a for n in sorted(everywhere) for a in by_node[nodes[n]]],
        dims={respect.value},
    )
    row.reason = against(positions)
    return row


def _agreeing(
    key: EventKey,
    accounts: Sequence[AnyAccount],
    respect: Respect,
    words: Callable[[AnyAccount], str],
    kind: ComparisonKind,
) -> Row:
    position = RowPosition(list(accounts), joined(map(words, accounts)))
    reason = f"{many(len(accounts), 'account')}: {position.value}"
    return Row(key, None, respect, kind, [position], dims={respect.value}, reason=reason)


def _exclusive(
    accounts: Sequence[AnyAccount],
    named: dict[str, Named],
    agree: Callable[[Named, Named], bool],
) -> list[AnyAccount]:
    """The accounts that exclude each other where both can be true in general.

    They do between accounts of one source, or where kinds, outcome and numbers are equal.
    """
    groups: dict[Hashable, list[AnyAccount]] = defaultdict(list)
    for account in accounts:
        if not isinstance(account, SourceAccount):
            continue
        if account.source.is_named:
            groups["source", account.key.source].append(account)
        kinds = tuple((kind, account.of(kind).stated) for kind in sorted(account.stated))
        groups[account.outcome, account.closed, account.total.stated, kinds].append(account)
    found: dict[str, AnyAccount] = {}
    for group in groups.values():
        nodes = list(dict.fromkeys(named[one.id] for one in group))
        if any(not agree(a, b) for n, a in enumerate(nodes) for b in nodes[:n]):
            found |= {one.id: one for one in group}
    return [one for one in accounts if one.id in found]
