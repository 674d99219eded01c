"""Updates: numbers that their own source, or a text, replaced by later ones.

An order that a text states wins over dates of publication. Others are compared with the latest
number only.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from warclaims.accounts.dates import is_before

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from warclaims.accounts.accounts import Margin, SourceAccount
    from warclaims.accounts.bounds import NumberInterval
    from warclaims.accounts.facts import Fact
    from warclaims.accounts.kinds import Kind
    from warclaims.accounts.text_accounts import Replacement


class UpdateStep(NamedTuple):
    """One number of an update; ``bounds`` is none for a number that was withdrawn."""

    bounds: NumberInterval | None
    accounts: tuple[SourceAccount, ...]
    facts: tuple[Fact, ...]


class NumberUpdate(NamedTuple):
    """The numbers of one source in their order."""

    outcome: str
    source: str
    steps: tuple[UpdateStep, ...]
    kind: Kind | None = None


class CurrentAccounts(NamedTuple):
    """The accounts that are compared, and how they came to replace others.

    Attributes:
        stale: By account, the kinds whose numbers were replaced or withdrawn.
    """

    accounts: list[SourceAccount]
    updates: list[NumberUpdate]
    stale: dict[str, set[Kind]]


def current_accounts(
    accounts: Sequence[SourceAccount], replacements: Iterable[Replacement]
) -> CurrentAccounts:
    """The accounts of one event that no later one replaces, and the updates."""
    by_source: dict[tuple[tuple[str, ...], str], list[SourceAccount]] = defaultdict(list)
    for account in accounts:
        by_source[account.key.source, account.outcome].append(account)
    texts: dict[tuple[tuple[str, ...], str], list[Replacement]] = defaultdict(list)
    for one in replacements:
        texts[one.old.source.key, one.old.outcome].append(one)
    narrators = [name for name in by_source if name[0][0] == "narrator"]
    current: list[SourceAccount] = []
    updates: list[NumberUpdate] = []
    repeated: dict[tuple[tuple[str, ...], str], list[SourceAccount]] = defaultdict(list)
    gone: set[str] = set()
    for of, found in texts.items():
        for name in narrators:
            if name[1] == of[1]:
                for account in by_source[name]:
                    if account.id not in gone and any(
                        one.new and _is_repeated(account, one) for one in found
                    ):
                        repeated[of].append(account)
                        gone.add(account.id)
    stale: dict[str, set[Kind]] = defaultdict(set)
    for name in sorted({*by_source, *texts}):
        own = [one for one in by_source.get(name, ()) if one.id not in gone]
        replaced = _replaced_by_text(own, texts.get(name, []))
        rest = [one for one in own if one.id not in replaced]
        latest, older = _latest(rest)
        current += latest
        old = [*(one for one in own if one.id in replaced), *older]
        old += repeated.get(name, [])
        parts = [one for one in texts.get(name, []) if _add_stale(latest, one, stale)]
        for one in parts:
            updates.append(_part_update(latest, one, accounts))
        wholes = [one for one in texts.get(name, []) if one not in parts]
        updates += _updates(name[1], old, latest, wholes, accounts)
    return CurrentAccounts(current, updates, stale)


def _add_stale(
    accounts: Iterable[SourceAccount], replacement: Replacement, stale: dict[str, set[Kind]]
) -> bool:
    """Note the part of an account whose number was replaced or withdrawn; true if there is one."""
    kinds = [*replacement.limits.who, *replacement.limits.age_sex]
    if len(kinds) != 1 or replacement.bounds is None:
        return False
    found = False
    for account in accounts:
        if (
            kinds[0] in account.stated
            and account.only_kind is None
            and account.events == replacement.old.events
            and account.stated_bounds(kinds[0]) == replacement.bounds
            and not (replacement.new is None and is_before(replacement.old.date, account.date))
        ):
            stale[account.id].add(kinds[0])
            found = True
    return found


def _part_update(
    accounts: Sequence[SourceAccount], replacement: Replacement, everything: Sequence[SourceAccount]
) -> NumberUpdate:
    """The update of a part, such as the children among the dead."""
    (kind,) = [*replacement.limits.who, *replacement.limits.age_sex]
    old = tuple(
        one
        for one in accounts
        if kind in one.stated and one.stated_bounds(kind) == replacement.bounds
    )
    new = tuple(_targets([replacement], everything))
    last = UpdateStep(None, (), (replacement.old,))
    if new:
        last = UpdateStep(new[0].stated_bounds(kind), new, ())
    steps = (UpdateStep(replacement.bounds, old, (replacement.old,)), last)
    return NumberUpdate(old[0].outcome, old[0].source.text, steps, kind)


def _replaced_by_text(
    accounts: Iterable[SourceAccount], replacements: Sequence[Replacement]
) -> set[str]:
    return {
        account.id
        for account in accounts
        if any(_is_repeated(account, one) for one in replacements)
    }


def _is_repeated(account: SourceAccount, replacement: Replacement) -> bool:
    """True if an account repeats a number that some text says was replaced or withdrawn."""
    old = replacement.old
    if old.events != account.events:
        return False
    if replacement.new is None and is_before(old.date, account.date):
        return False
    if replacement.bounds is None:
        return is_before(account.date, old.date)
    return account.stated_total() == replacement.bounds and account.is_of(replacement.limits)


def _latest(
    accounts: Sequence[SourceAccount],
) -> tuple[list[SourceAccount], list[SourceAccount]]:
    """The accounts with the latest numbers of a source, and the older ones with other numbers."""
    if len(accounts) < 2 or accounts[0].key.source[0] == "unnamed":
        return list(accounts), []
    scopes: dict[object, list[SourceAccount]] = defaultdict(list)
    for account in accounts:
        if account.tops:
            scopes[account.side, account.closed, account.only_kind].append(account)
    older: set[str] = set()
    for scope in scopes.values():
        older |= _older(scope)
    last_whole = max(
        (one for one in accounts if one.closed and one.date),
        key=lambda one: (one.date or "", one.id),
        default=None,
    )
    for account in accounts:
        if last_whole and not account.closed and is_before(account.date, last_whole.date):
            least, most = account.total.outer.minimum, last_whole.total.outer.maximum
            if most is not None and least > most and account.side == last_whole.side:
                older.add(account.id)
    return (
        [one for one in accounts if one.id not in older],
        [one for one in accounts if one.id in older],
    )


def _older(accounts: Sequence[SourceAccount]) -> set[str]:
    """The accounts of one source and scope whose number a later one replaces."""
    dates = [one.date for one in accounts if one.date]
    if len(accounts) < 2 or not dates:
        return set()
    last = max(dates)
    kept = {one.total for one in accounts if one.date == last}
    return {
        one.id
        for one in accounts
        if is_before(one.date, last) and not any(is_same_number(one.total, of) for of in kept)
    }


def is_same_number(old: Margin, new: Margin) -> bool:
    """True if a later number is the older one, at most said more exactly: about 14, then 14."""
    if old.core == new.core:
        return True
    (least, most), (low, high) = old.outer, new.outer
    contains = least <= low and (most is None or (high is not None and high <= most))
    ends = (old.core.minimum == new.core.minimum, old.core.maximum == new.core.maximum)
    return contains and (ends[0] or (ends[1] and new.core.maximum is not None))


def _updates(
    outcome: str,
    old: list[SourceAccount],
    latest: list[SourceAccount],
    replacements: Sequence[Replacement],
    accounts: Sequence[SourceAccount],
) -> list[NumberUpdate]:
    """The update of one source, if there is one."""
    if not old and not replacements:
        return []
    steps: dict[object, tuple[list[SourceAccount], list[Fact]]] = {}
    for one in sorted(replacements, key=lambda one: (one.old.date or "", one.old.id)):
        steps.setdefault(one.bounds, ([], []))[1].append(one.old)
    for account in sorted(old, key=lambda one: (one.date or "", one.id)):
        steps.setdefault(account.stated_total(), ([], []))[0].append(account)
    ordered = sorted(
        steps.items(),
        key=lambda item: min(
            [one.date or "9999" for one in item[1][0]] + [one.date or "9999" for one in item[1][1]]
        ),
    )
    found = [
        UpdateStep(bounds, tuple(of), tuple(facts))  # type: ignore[arg-type]
        for bounds, (of, facts) in ordered
    ]
    withdrawn = [one.old for one in replacements if one.new is None]
    gone = {one.id for one in old}
    targets = [one for one in _targets(replacements, accounts) if one.id not in gone]
    scopes = {(one.closed, one.only_kind) for one in old}
    now = [] if withdrawn else latest
    fresh = targets or [one for one in now if (one.closed, one.only_kind) in scopes] or now
    numbers: dict[NumberInterval, list[SourceAccount]] = defaultdict(list)
    for account in fresh:
        numbers[account.stated_total()].append(account)
    found += [UpdateStep(bounds, tuple(of), ()) for bounds, of in sorted(numbers.items(), key=str)]
    if withdrawn and not targets:
        found.append(UpdateStep(None, (), tuple(withdrawn)))
    if len(found) < 2:
        return []
    source = old[0].source.text if old else replacements[0].old.source.text
    return [NumberUpdate(outcome, source, tuple(found))]


def _targets(
    replacements: Iterable[Replacement], accounts: Iterable[SourceAccount]
) -> list[SourceAccount]:
    """The accounts that hold the new numbers of replacements."""
    new = {one.new.id for one in replacements if one.new is not None}
    if not new:
        return []
    return [account for account in accounts if new.intersection(account.records)]
