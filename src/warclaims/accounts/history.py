"""Updates: numbers that their own source, or a text, replaced by later ones.

An order that a text states wins over dates of publication. Others are compared with the latest
number only.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from warclaims.accounts.accounts import SourceAccount
from warclaims.accounts.facts import Fact
from warclaims.accounts.rows import Row, RowPosition, number_words
from warclaims.accounts.succession import DatedNumber, outdated, replaces
from warclaims.accounts.wording import people
from warclaims.derive.dates import is_before
from warclaims.grouping import grouped
from warclaims.records.accounts import ComparisonKind, Respect

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence, Set

    from warclaims.accounts.bounds import Count
    from warclaims.accounts.kinds import Kind
    from warclaims.accounts.text_accounts import Replacement

OfSource = tuple[tuple[str, ...], str]
"""A source and an outcome."""

Told = SourceAccount | Fact
"""What gives a number of an update: an account, or a record that is in none."""

_LAST = "9999"
"""A date after all others, for what has none."""


class CurrentAccounts(NamedTuple):
    """The accounts that are compared, and how they came to replace others.

    Attributes:
        stale: By account, the kinds whose numbers were replaced or withdrawn.
    """

    accounts: list[SourceAccount]
    updates: list[Row]
    stale: dict[str, set[Kind]]


def current_accounts(
    accounts: Sequence[SourceAccount], replacements: Iterable[Replacement]
) -> CurrentAccounts:
    """The accounts of one event that no later one replaces, and the updates."""
    by_source = grouped(accounts, lambda one: (one.key.source, one.outcome))
    standing = _not_reversed(list(replacements))
    texts = grouped(standing, lambda one: (one.old.source.key, one.old.outcome))
    repeated = _repeated_by_narrators(by_source, texts)
    gone = {one.id for of in repeated.values() for one in of}
    found = CurrentAccounts([], [], defaultdict(set))
    for name in sorted({*by_source, *texts}):
        own = [one for one in by_source.get(name, ()) if one.id not in gone]
        if len(own) == 1 and name not in texts:
            found.accounts.append(own[0])
            continue
        said = texts.get(name, [])
        older = _older(own, said)
        latest = [one for one in own if one.id not in older]
        wholes = [one for one in said if not _add_stale(latest, one, found.stale)]
        parts = [one for one in said if one not in wholes]
        old = [*(one for one in own if one.id in older), *repeated.get(name, ())]
        found.accounts.extend(latest)
        found.updates.extend(_part_update(latest, one, accounts) for one in parts)
        found.updates.extend(_update(old, latest, wholes, accounts))
    return found


def _not_reversed(replacements: Sequence[Replacement]) -> list[Replacement]:
    """Leave out replacements that another one, not of an earlier date, turns round."""
    known = grouped(replacements, lambda one: _change(one, one.old_count, one.new_count))
    return [
        one
        for one in replacements
        if one.old_count is None
        or one.new_count is None
        or all(
            is_before(other.old.date, one.old.date)
            for other in known.get(_change(one, one.new_count, one.old_count), ())
        )
    ]


def _change(
    replacement: Replacement, before: Count | None, after: Count | None
) -> tuple[object, ...]:
    """What replacements share that change the number of one source from one to another."""
    of = replacement.old.source.key, replacement.old.outcome, replacement.limits
    return (*of, before and before.stated, after and after.stated)


def _repeated_by_narrators(
    by_source: Mapping[OfSource, Sequence[SourceAccount]],
    texts: Mapping[OfSource, Sequence[Replacement]],
) -> dict[OfSource, list[SourceAccount]]:
    """The accounts in which an outlet repeats a number that some text says was replaced."""
    found: dict[OfSource, list[SourceAccount]] = defaultdict(list)
    gone: set[str] = set()
    narrated = [one for name, of in by_source.items() if name[0][0] == "narrator" for one in of]
    for name, replacements in texts.items():
        for account in narrated:
            if (
                account.outcome == name[1]
                and account.id not in gone
                and any(one.new and _is_repeated(account, one) for one in replacements)
            ):
                found[name].append(account)
                gone.add(account.id)
    return found


def _is_repeated(account: SourceAccount, replacement: Replacement) -> bool:
    """True if an account repeats a number that some text says was replaced or withdrawn."""
    old = replacement.old
    if replacement.new is None and is_before(old.date, account.date):
        return False
    if replacement.old_count is None:
        return is_before(account.date, old.date)
    return account.total.stated == replacement.old_count.stated and account.is_of(
        replacement.limits
    )


def _add_stale(
    accounts: Iterable[SourceAccount], replacement: Replacement, stale: dict[str, set[Kind]]
) -> bool:
    """Note the part of an account whose number was replaced or withdrawn; true if there is one."""
    kinds = replacement.limits.people
    found = [
        one
        for one in accounts
        if len(kinds) == 1
        and one.only_kind is None
        and _states(one, kinds[0], replacement)
        and not (replacement.new is None and is_before(replacement.old.date, one.date))
    ]
    for account in found:
        stale[account.id].add(kinds[0])
    return bool(found)


def _states(account: SourceAccount, kind: Kind, replacement: Replacement) -> bool:
    """True if an account has the old number of a replacement for a kind."""
    old = replacement.old_count
    return old is not None and kind in account.stated and account.of(kind).stated == old.stated


def _older(accounts: Sequence[SourceAccount], said: Sequence[Replacement]) -> set[str]:
    """The accounts of one source whose numbers a text, or it itself later, replaced by others.

    A later number replaces those of the same people; a later whole also the lists that exceed it.
    """
    replaced = {one.id: [by for by in said if _is_repeated(one, by)] for one in accounts}
    older = {name for name, by in replaced.items() if by}
    if len(accounts) < 2 or accounts[0].key.source[0] == "unnamed":
        return older
    dated = [
        one for one in accounts if all(is_before(one.date, by.old.date) for by in replaced[one.id])
    ]
    older |= _outdated(dated, {one.new.id for one in said if one.new})
    rest = [one for one in accounts if one.id not in older]
    whole = max(rest, key=lambda one: (one.closed, one.date or "", one.id), default=None)
    return older | {one.id for one in rest if whole and _is_exceeding(one, whole)}


def _outdated(accounts: Sequence[SourceAccount], corrected: Set[str]) -> set[str]:
    """The accounts whose number the source itself later replaced by one of the same people."""
    counted = [one for one in accounts if one.tops]
    groups = grouped(counted, lambda one: (one.side, one.closed, one.only_kind))
    several = (of for of in groups.values() if len(of) > 1)
    return {name for of in several for name in outdated([_dated(one, corrected) for one in of])}


def _dated(account: SourceAccount, corrected: Set[str]) -> DatedNumber:
    """The number of an account; what is known only of some of the people is a minimum."""
    count = account.total.at_least if account.added_to else account.total
    is_correction = not corrected.isdisjoint(account.records)
    return DatedNumber(account.id, account.date, count, is_correction)


def _is_exceeding(account: SourceAccount, whole: SourceAccount) -> bool:
    """True for a list of more people than a later whole."""
    return (
        whole.closed
        and not account.closed
        and account.side == whole.side
        and is_before(account.date, whole.date)
        and account.total.outer.minimum > whole.total.outer.maximum
    )


# Rows.


def _part_update(
    accounts: Sequence[SourceAccount], replacement: Replacement, everything: Sequence[SourceAccount]
) -> Row:
    """The update of a part, such as the children among the dead."""
    (kind,) = replacement.limits.people
    old = [one for one in accounts if _states(one, kind, replacement)]
    new = _targets([replacement], everything)
    steps = [
        _step(replacement.old_count, [*old, replacement.old], kind),
        _step(new[0].of(kind), new, kind) if new else _step(None, [replacement.old]),
    ]
    return _row(old[0], steps, kind)


def _update(
    old: Sequence[SourceAccount],
    latest: Sequence[SourceAccount],
    replacements: Sequence[Replacement],
    accounts: Sequence[SourceAccount],
) -> list[Row]:
    """The update of one source, if there is one: its numbers by their first date."""
    said: list[tuple[Count | None, Told]] = [(one.old_count, one.old) for one in replacements]
    said.sort(key=lambda one: (one[1].date or "", one[1].id))
    said += ((one.total, one) for one in sorted(old, key=lambda one: (one.date or "", one.id)))
    earlier = grouped(said, lambda one: one[0] and one[0].stated).values()
    steps = [
        _step(of[0][0], [one for _, one in of])
        for of in sorted(earlier, key=lambda of: min(one.date or _LAST for _, one in of))
    ]
    last = _last_steps(old, latest, replacements, accounts) if said else []
    first = old[0] if old else replacements[0].old if replacements else None
    steps += last
    return [_row(first, steps), *_kind_updates(first, steps)] if first and len(steps) > 1 else []


def _kind_updates(of: Told, steps: Sequence[RowPosition]) -> list[Row]:
    """The updates of the kinds that change with a total, such as the children among the dead."""
    told = [[one for one in step.accounts if isinstance(one, SourceAccount)] for step in steps]
    kinds = sorted({kind for step in told for one in step for kind in one.stated})
    found = []
    for changed in grouped(
        (kind for kind in kinds if _is_changed(kind, told)), lambda one: one.respect
    ).values():
        stating = ([one for one in step if one.stated & set(changed)] for step in told)
        steps = [_kinds_step(step, changed) for step in stating if step]
        found.append(_row(of, steps, changed[0]))
    return found


def _is_changed(kind: Kind, steps: Sequence[Sequence[SourceAccount]]) -> bool:
    """True if the last number of a part replaces its first one."""
    stating = [one for step in steps for one in step if kind in one.stated]
    if len(stating) < 2 or all(one.of(kind) == one.total for one in stating):
        return False
    return replaces(stating[-1].of(kind), stating[0].of(kind))


def _kinds_step(accounts: Sequence[SourceAccount], kinds: Sequence[Kind]) -> RowPosition:
    """The numbers of some kinds with the accounts that give them."""
    told = [
        people(number_words(account.of(kind)), kind.name)
        for kind in kinds
        for account in accounts[:1]
        if kind in account.stated
    ]
    return RowPosition(list(accounts), told)


def _last_steps(
    old: Sequence[SourceAccount],
    latest: Sequence[SourceAccount],
    replacements: Sequence[Replacement],
    accounts: Sequence[SourceAccount],
) -> list[RowPosition]:
    """The numbers that hold now: those that a text gives instead, else the latest of the source."""
    withdrawn = [one.old for one in replacements if one.new is None]
    targets = [one for one in _targets(replacements, accounts) if one not in old]
    scopes = {(one.closed, one.only_kind) for one in old}
    now = [] if withdrawn else latest
    fresh = targets or [one for one in now if (one.closed, one.only_kind) in scopes] or now
    numbers = grouped(fresh, lambda one: one.total.stated)
    steps = [_step(of[0].total, of) for _, of in sorted(numbers.items())]
    return [*steps, _step(None, withdrawn)] if withdrawn and not targets else steps


def _step(count: Count | None, said: Sequence[Told], kind: Kind | None = None) -> RowPosition:
    """A number with the accounts that give it, and records of it that are in no account."""
    accounts = [one for one in said if isinstance(one, SourceAccount)]
    known = {record for one in accounts for record in one.records}
    records = {one.id: one.words for one in said if isinstance(one, Fact) and one.id not in known}
    kinds = [kind.name] if kind else []
    value = "withdrawn" if count is None else people(number_words(count), *kinds)
    return RowPosition(list(accounts), [value], records)


def _row(of: Told, steps: list[RowPosition], kind: Kind | None = None) -> Row:
    said = " → ".join(one.value for one in steps)
    new = next((one.source for one in steps[-1].accounts if one.source.key != of.source.key), None)
    return Row(
        of.events,
        of.outcome,
        kind.respect if kind else Respect.TOTAL,
        ComparisonKind.UPDATE,
        steps,
        lead=f"{of.source.text}: {said}{f' ({new.text})' if new else ''}",
        updated_by=None if new else of.source.text,
        dims={f"update {of.source.text} {kind.name if kind else ''}"},
    )


def _targets(
    replacements: Iterable[Replacement], accounts: Iterable[SourceAccount]
) -> list[SourceAccount]:
    """The accounts that hold the new numbers of replacements."""
    new = {one.new.id for one in replacements if one.new is not None}
    return [account for account in accounts if new.intersection(account.records)] if new else []
