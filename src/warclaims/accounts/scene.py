"""The accounts of a corpus by event, under one reading of its records, and their rows."""

from __future__ import annotations

from collections import defaultdict
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

from warclaims.accounts.accounts import HARM
from warclaims.accounts.blame import BlamedParties, cause_row, perpetrator_row
from warclaims.accounts.happenings import Narrowing, Weapons, scale
from warclaims.accounts.history import CurrentAccounts, current_accounts
from warclaims.accounts.kinds import Kinds
from warclaims.accounts.number_rows import NumberComparer
from warclaims.accounts.uncompared_rows import after_it_was_known, before_and_after, other_outcomes
from warclaims.accounts.wholes import (
    ByKey,
    EventKey,
    RelatedCounts,
    killed_and_injured,
    minimums_of_parts,
    remainders,
    sums_of_parts,
)
from warclaims.derive.events import EventTree
from warclaims.grouping import grouped
from warclaims.records.accounts import Respect
from warclaims.records.vocabulary import Outcome

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from warclaims.accounts.accounts import AnyAccount, ComputedAccount, SourceAccount
    from warclaims.accounts.extremes import ExtremeAccounts
    from warclaims.accounts.facts import GuiltDenial
    from warclaims.accounts.happenings import Scale
    from warclaims.accounts.rows import Row
    from warclaims.accounts.sources import KnownEntries
    from warclaims.accounts.text_accounts import Replacement

_NO_ACCOUNTS = CurrentAccounts([], [], {})


class ComparisonRules:
    """What comparing needs of the registries, computed once."""

    def __init__(self, known: KnownEntries) -> None:
        self.known = known
        self.kinds = Kinds(known.lists, known.sides)
        self.events = EventTree(known.events)
        self.weapons = Weapons(known)
        self.blamed = BlamedParties(known)
        self._denials: dict[str, list[GuiltDenial]] = defaultdict(list)
        self.denials = cache(self._denials_of)

    def add_denials(self, denials: Iterable[GuiltDenial]) -> None:
        """Add the denials of guilt of a text."""
        for one in denials:
            for name in one.events:
                self._denials[name].append(one)

    def _denials_of(self, key: EventKey) -> list[GuiltDenial]:
        """The denials of guilt for these events, by text."""
        found = {
            one.record: one
            for name in key
            for one in sorted(self._denials.get(name, ()), key=lambda one: one.document)
        }
        return list(found.values())

    def narrowing(self, account: AnyAccount) -> Narrowing | None:
        """The weapons and perpetrators to which an account is limited; ``None`` if to none."""
        if not account.causes and not account.perpetrators:
            return None
        of = self.weapons.of(account.causes or ()), self.blamed.party(account)
        return of if any(of) else None


class SomeRows(NamedTuple):
    """The rows that a change of some accounts may change: by their outcomes, and on blame."""

    outcomes: frozenset[str]
    blame: frozenset[Respect]

    def have(self, row: Row) -> bool:
        """True for a row among them."""
        return row.respect in self.blame if row.outcome is None else row.outcome in self.outcomes

    def need(self, account: AnyAccount) -> bool:
        """True if a row among them may rest on an account."""
        if Respect.PERPETRATOR in self.blame and account.perpetrators:
            return True
        return account.outcome in self.outcomes or (
            account.outcome in HARM
            and (Outcome.KILLED_OR_INJURED in self.outcomes or Respect.CAUSE in self.blame)
        )


def rows_of(accounts: Collection[SourceAccount], outcomes: Iterable[str]) -> SomeRows:
    """The rows that may rest on some accounts, or on other accounts of some outcomes."""
    found = {*outcomes, *(one.outcome for one in accounts)}
    if found & HARM:
        found.add(Outcome.KILLED_OR_INJURED)
    blame = set()
    if any(one.causes for one in accounts):
        blame.add(Respect.CAUSE)
    if any(one.perpetrators for one in accounts):
        blame.add(Respect.PERPETRATOR)
    return SomeRows(frozenset(found), frozenset(blame))


class Scene:
    """The accounts by event under one reading of the records.

    Attributes:
        raw: All accounts by their events, replaced ones included.
    """

    def __init__(
        self,
        rules: ComparisonRules,
        raw: Mapping[EventKey, list[SourceAccount]],
        replacements: Mapping[EventKey, list[Replacement]],
        index: RelatedCounts,
        base: Scene | None = None,
    ) -> None:
        self.rules = rules
        self.raw = raw
        self._replacements = replacements
        self.index = index
        self._base = base
        self._current: dict[EventKey, CurrentAccounts] = {}

    def accounts(self, key: EventKey) -> list[SourceAccount]:
        """All accounts of these events, replaced ones included."""
        if key in self.raw or self._base is None:
            return self.raw.get(key, [])
        return self._base.accounts(key)

    def current(self, key: EventKey) -> CurrentAccounts:
        """The accounts of these events that no later one replaces."""
        if key not in self.raw and key not in self._replacements:
            return self._base.current(key) if self._base is not None else _NO_ACCOUNTS
        found = self._current.get(key)
        if found is None:
            found = current_accounts(self.accounts(key), self._replacements.get(key, []))
            self._current[key] = found
        return found

    def replacements(self, key: EventKey) -> list[Replacement]:
        """The numbers of these events that were replaced."""
        return self._replacements.get(key, [])

    def bearing(self, key: EventKey) -> set[EventKey]:
        """The keys on whose accounts the rows of ``key`` depend."""
        unions = self.index.unions.get(key[0], []) if len(key) == 1 else []
        below = self.index.below.get(key[0], []) if len(key) == 1 else []
        return {key, *below, *unions, *((name,) for one in (key, *unions) for name in one)}

    def depending(self, keys: Iterable[EventKey]) -> set[EventKey]:
        """The keys whose rows depend on the accounts of ``keys``."""
        found = set(keys)
        for key in list(found):
            for name in key:
                found.update(self.index.unions.get(name, ()))
                found.update((up,) for up in self.rules.events.above(name))
            if len(key) > 1:
                found.update((name,) for name in key)
        return found

    def all_keys(self) -> list[EventKey]:
        """The keys that have rows, in order."""
        return sorted(self.depending([*self.raw, *self._replacements]))

    def all_remainders(self) -> list[ComputedAccount]:
        """What wholes over several events leave for each."""
        return [one for key in self.all_keys() for one in self.remainders(key)]

    def remainders(self, key: EventKey) -> list[ComputedAccount]:
        """What wholes over several events leave for this one."""
        unions = self.index.unions.get(key[0], []) if len(key) == 1 else []
        near = {*unions, *((name,) for one in unions for name in one)}
        return [one for one in remainders(self._near(near)) if one.events == key]

    def _near(self, keys: Iterable[EventKey]) -> ByKey:
        return {key: self.current(key).accounts for key in keys}

    def _computed(self, key: EventKey) -> list[ComputedAccount]:
        """The accounts of these events that follow from those of their parts and wholes."""
        parts = [(name,) for name in key]
        below = self.index.below.get(key[0], []) if len(key) == 1 else parts
        near = self._near([*parts, key, *below])
        found = [*sums_of_parts(key, near), *minimums_of_parts(key, near, below)]
        return found + [one for one in self.remainders(key) if one.of_one_source]

    def rows(
        self,
        key: EventKey,
        extremes: ExtremeAccounts | None = None,
        only: SomeRows | None = None,
    ) -> list[Row]:
        """The rows on these events, or some of them; ``extremes`` remember what they rest on."""
        current = self.current(key)
        size = scale(key, self.rules.known, self.rules.events)
        computed = self._computed(key)
        accounts: list[AnyAccount] = [*current.accounts, *computed]
        found: list[Row] = []
        for outcome, of in sorted(grouped(accounts, lambda one: one.outcome).items()):
            if only and outcome not in only.outcomes:
                continue
            comparer = partial(
                NumberComparer,
                key,
                outcome,
                size,
                self.rules.kinds,
                current.stale,
                self.rules.narrowing,
                extremes,
            )
            if outcome == Outcome.KILLED_OR_INJURED:
                sums = killed_and_injured(current.accounts)
                focus = frozenset(one.id for one in of)
                rows = comparer(focus if sums else None).rows([*of, *sums])
                found += (row for row in rows if any(one.id in focus for one in row.accounts))
                if extremes:
                    extremes.add_bases(sums)
            elif outcome == Outcome.OTHER:
                found += other_outcomes(of)
            else:
                parts = before_and_after(outcome, of)
                found += (row for part in parts for row in comparer().rows(part))
                found += after_it_was_known(outcome, parts)
        found += self._blame(key, size, extremes, only)
        found += current.updates
        if extremes:
            extremes.add_bases(computed)
        return found

    def _blame(
        self,
        key: EventKey,
        size: Scale,
        extremes: ExtremeAccounts | None,
        only: SomeRows | None,
    ) -> list[Row]:
        """The rows on cause and perpetrator.

        A number that was replaced may still be the only word on the cause.
        """
        current = self.current(key).accounts
        now = {one.id for one in current}
        older = [one for one in self.accounts(key) if one.id not in now]
        accounts = [*current, *(one for one in older if one.causes or one.perpetrators)]
        rows = []
        if not only or Respect.CAUSE in only.blame:
            rows.append(cause_row(key, accounts, size, self.rules.weapons))
        if not only or Respect.PERPETRATOR in only.blame:
            denials = self.rules.denials(key)
            rows.append(perpetrator_row(key, accounts, size, self.rules.blamed, denials))
        found = [row for row in rows if row is not None]
        if extremes:
            for row in found:
                for of in (*(one.accounts for one in row.positions), row.in_all):
                    extremes.add_some(of)
        return found


def by_key(accounts: Iterable[SourceAccount]) -> dict[EventKey, list[SourceAccount]]:
    """The accounts that have an event, by their events, in order of id."""
    ordered = sorted((one for one in accounts if one.events), key=lambda one: one.id)
    return grouped(ordered, lambda one: one.events)


def replacements_by_key(replacements: Iterable[Replacement]) -> dict[EventKey, list[Replacement]]:
    """The replaced numbers by their events."""
    ordered = sorted((one for one in replacements if one.old.events), key=lambda one: one.old.id)
    return grouped(ordered, lambda one: one.old.events)
