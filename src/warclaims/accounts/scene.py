"""The accounts of a corpus by event, under one reading of its records, and their rows."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from warclaims.accounts.blame import Blamed, cause_row, perpetrator_row
from warclaims.accounts.bounds import STATED, count_of
from warclaims.accounts.dates import is_before
from warclaims.accounts.facts import STATES, Fact, GuiltDenial
from warclaims.accounts.happenings import Narrowing, Scale, Weapons, narrowing, scale
from warclaims.accounts.history import CurrentAccounts, NumberUpdate, current_accounts
from warclaims.accounts.kinds import AGE_SEX, WHO, Kinds
from warclaims.accounts.numbers import Ground, KeyCore, NumberComparer
from warclaims.accounts.positions import Stance, disagree
from warclaims.accounts.rows import (
    ComparisonKind,
    Row,
    RowPosition,
    account_total,
    joined,
    number_words,
    row_marks,
    words_of,
)
from warclaims.accounts.wholes import (
    ByKey,
    EventKey,
    EventParts,
    RelatedCounts,
    killed_and_injured,
    minimums_of_parts,
    remainders,
    sums_of_parts,
)
from warclaims.accounts.wording import people
from warclaims.records.accounts import AccountMark, Respect
from warclaims.records.vocabulary import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from warclaims.accounts.accounts import AnyAccount, ComputedAccount, SourceAccount
    from warclaims.accounts.sources import KnownEntries
    from warclaims.accounts.text_accounts import Replacement, TextAccounts

_RESPECTS = {WHO: Respect.WHO, AGE_SEX: Respect.AGE_SEX}
_NO_ACCOUNTS = CurrentAccounts([], [], {})


class Rules:
    """What comparing needs of the registries, computed once."""

    def __init__(self, known: KnownEntries, denials: Sequence[GuiltDenial]) -> None:
        self.known = known
        self.kinds = Kinds(known.lists, known.sides)
        self.parts = EventParts(known.events)
        self.weapons = Weapons(known)
        self.blamed = Blamed(known)
        self.denials: dict[str, list[GuiltDenial]] = defaultdict(list)
        for one in denials:
            for name in one.events:
                self.denials[name].append(one)

    def narrowing(self, account: AnyAccount) -> Narrowing | None:
        """The weapons and perpetrators to which an account is limited."""
        return narrowing(account, self.weapons, self.blamed.party(account))


class Scene:
    """The accounts by event under one reading of the records.

    Attributes:
        raw: All accounts by their events, replaced ones included.
        keep: For each key what its disagreements rest on.
    """

    def __init__(
        self,
        rules: Rules,
        raw: dict[EventKey, list[SourceAccount]],
        replacements: dict[EventKey, list[Replacement]],
        index: RelatedCounts,
        base: Scene | None = None,
    ) -> None:
        self.rules = rules
        self.raw = raw
        self._replacements = replacements
        self._index = index
        self._base = base
        self._current: dict[EventKey, CurrentAccounts] = {}
        self.keep: dict[EventKey, KeyCore] = {}

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

    def depending(self, keys: Iterable[EventKey]) -> set[EventKey]:
        """The keys whose rows depend on the accounts of ``keys``."""
        found = set(keys)
        for key in list(found):
            for name in key:
                found.update(self._index.unions.get(name, ()))
                found.update((up,) for up in self.rules.parts.above(name))
            if len(key) > 1:
                found.update((name,) for name in key)
        return found

    def remainders(self, key: EventKey) -> list[ComputedAccount]:
        """What wholes over several events leave for this one."""
        unions = self._index.unions.get(key[0], []) if len(key) == 1 else []
        if not unions:
            return []
        near: ByKey = {one: self.current(one).accounts for one in unions}
        for one in unions:
            near |= {(name,): self.current((name,)).accounts for name in one}
        return [one for one in remainders(near) if one.events == key]

    def rows(self, key: EventKey, *, keep: frozenset[str] | None = None) -> list[Row]:
        """The rows on these events.

        With ``keep``, the ids of texts with other readings, remember what disagreements rest on.
        """
        current = self.current(key)
        size = scale(key, self.rules.known, self.rules.parts)
        kept = None if keep is None else self.keep.setdefault(key, KeyCore(keep))
        by_outcome: dict[str, list[AnyAccount]] = defaultdict(list)
        for account in current.accounts:
            by_outcome[account.outcome].append(account)
        for computed in self._computed(key):
            by_outcome[computed.outcome].append(computed)
        found: list[Row] = []
        for outcome, accounts in sorted(by_outcome.items()):
            ground = Ground(key, outcome, size, self.rules.kinds, {}, current.stale, kept)
            if outcome == Outcome.KILLED_OR_INJURED:
                found += self._both(ground, accounts, current.accounts)
            elif outcome == Outcome.OTHER:
                found += _not_comparable(key, accounts)
            else:
                parts = _epochs(outcome, accounts)
                for part in parts:
                    found += self._numbers(ground, part)
                found += _apart(ground, parts)
        found += self._blame(key, size, kept)
        found += (_update_row(key, one) for one in current.updates)
        for row in found:
            row.marks |= row_marks(row)
        return found

    def _blame(self, key: EventKey, size: Scale, kept: KeyCore | None) -> list[Row]:
        """The rows on cause and perpetrator."""
        current = self.current(key).accounts
        accounts: list[AnyAccount] = list(current)
        if len(current) < len(self.accounts(key)):
            now = {one.id for one in current}
            accounts += [  # a replaced number may still be the only word on the cause
                one
                for one in self.accounts(key)
                if (one.causes or one.perpetrators) and one.id not in now
            ]
        about = [one for name in key for one in self.rules.denials.get(name, ())]
        rows = (
            cause_row(key, accounts, size, self.rules.weapons),
            perpetrator_row(key, accounts, size, self.rules.blamed, about),
        )
        found = [row for row in rows if row is not None]
        if kept is not None:
            for row in found:
                for of in (*(one.accounts for one in row.positions), row.in_all):
                    kept.add_some(of)
        return found

    def _computed(self, key: EventKey) -> list[ComputedAccount]:
        if not self._index.unions and not self._index.below:
            return []
        near: ByKey = {(name,): self.current((name,)).accounts for name in key}
        near[key] = self.current(key).accounts
        below = self._index.below.get(key[0], []) if len(key) == 1 else []
        near |= {one: self.current(one).accounts for one in below}
        found = [*sums_of_parts(key, near), *minimums_of_parts(key, near, below)]
        return found + [one for one in self.remainders(key) if one.of_one_source]

    def _numbers(
        self,
        ground: Ground,
        accounts: Sequence[AnyAccount],
        focus: frozenset[str] | None = None,
    ) -> list[Row]:
        if len(accounts) < 2:
            return []
        if ground.size is not Scale.SINGLE:
            found = {one.id: self.rules.narrowing(one) for one in accounts}
            ground = ground._replace(narrowings=found)
        return NumberComparer(ground, focus).rows(accounts)

    def _both(
        self,
        ground: Ground,
        direct: Sequence[AnyAccount],
        accounts: Sequence[SourceAccount],
    ) -> list[Row]:
        """Compare counts of killed and injured together with those of each."""
        sums = killed_and_injured(accounts)
        focus = frozenset(one.id for one in direct)
        found = self._numbers(ground, [*direct, *sums], focus if sums else None)
        kept = ground.keep
        if kept is not None:
            kept.names |= {base.id for one in sums if one.id in kept.names for base in one.bases}
        return [
            row
            for row in found
            if any(one.id in focus for position in row.positions for one in position.accounts)
        ]


def _epochs(outcome: str, accounts: list[AnyAccount]) -> list[list[AnyAccount]]:
    """Accounts of held and missing people, before and after it was known how many still were."""
    known = [one.date for one in accounts if one.still is not None and one.date]
    if outcome not in STATES or not known:
        return [accounts]
    first = min(known)
    later = {one.id for one in accounts if is_before(first, one.date)}
    return [
        [one for one in accounts if one.id not in later],
        [one for one in accounts if one.id in later],
    ]


def _apart(ground: Ground, parts: Sequence[Sequence[AnyAccount]]) -> list[Row]:
    """Say why later numbers of held and missing people are not compared with the old whole."""
    if len(parts) < 2 or not all(parts):
        return []
    stances = [Stance(one, one.total) for part in parts for one in part if one.closed]
    if not disagree(stances):
        return []
    positions = [
        RowPosition(list(part), joined(map(account_total, part)), words_of(part)) for part in parts
    ]
    return [
        Row(
            ground.events,
            ground.outcome,
            Respect.TOTAL,
            ComparisonKind.NOT_COMPARABLE,
            positions,
            reason=f"how many were still {ground.outcome} was known before the later counts",
            dims={"epochs"},
        )
    ]


def _not_comparable(key: EventKey, accounts: Sequence[AnyAccount]) -> list[Row]:
    """Different numbers of harms that only notes name."""
    if len({one.stated_total() for one in accounts}) < 2:
        return []
    positions = [
        RowPosition([one], account_total(one), one.words)
        for one in sorted(accounts, key=lambda one: (one.stated_total().minimum, one.id))
    ]
    return [
        Row(
            key,
            Outcome.OTHER.value,
            Respect.TOTAL,
            ComparisonKind.NOT_COMPARABLE,
            positions,
            reason="the outcome is “other”, and only the notes say which harm is counted",
            dims={"other"},
        )
    ]


def _update_row(key: EventKey, update: NumberUpdate) -> Row:
    positions = []
    for step in update.steps:
        kinds = [update.kind.name] if update.kind is not None else []
        value = "withdrawn" if step.bounds is None else people(number_words(step.bounds), *kinds)
        words = dict.fromkeys((*words_of(step.accounts), *(fact.words for fact in step.facts)))
        records = tuple(fact.id for fact in step.facts)
        positions.append(RowPosition(list(step.accounts), value, tuple(words), records))
    said = " → ".join(one.value for one in positions)
    return Row(
        key,
        update.outcome,
        _RESPECTS[update.kind.field] if update.kind else Respect.TOTAL,
        ComparisonKind.UPDATE,
        positions,
        reason=f"{update.source}: {said}",
        dims={f"update {update.source} {update.kind.name if update.kind else ''}"},
    )


def denied_row(fact: Fact) -> Row:
    """The row that shows a number which somebody only denies."""
    number = number_words(count_of(fact.record, fact.words)[STATED])
    mark = AccountMark.DENIED if AccountMark.DENIED in fact.marks else AccountMark.NOT_CONFIRMED
    verb = "denies" if mark is AccountMark.DENIED else "does not confirm"
    position = RowPosition([], number, (fact.words,), (fact.id,))
    return Row(
        fact.events,
        fact.outcome,
        Respect.TOTAL,
        ComparisonKind.NOT_COMPARABLE,
        [position],
        marks={mark},
        dims={f"denied {fact.id}"},
        reason=f"{fact.source.text} {verb} “{fact.words}”; nobody is said to claim it",
    )


def text_minimum_row(pair: tuple[Fact, Fact], accounts: Sequence[SourceAccount]) -> Row | None:
    """The least number in a text, where one source's count is in addition to another's."""
    fact, _ = pair
    own = [one for one in accounts if fact.id in one.records]
    others = [
        one
        for one in accounts
        if one.document == fact.text.document.id
        and one.outcome == fact.outcome
        and fact.id not in one.records
        and one.tops
    ]
    if not own or not others:
        return None
    other = max(others, key=lambda one: (one.stated_total().minimum, one.id))
    least = own[0].stated_total().minimum + other.stated_total().minimum
    position = RowPosition([own[0], other], f"at least {least:,}", words_of([own[0], other]))
    return Row(
        fact.events,
        fact.outcome,
        Respect.TOTAL,
        ComparisonKind.COMPATIBLE,
        [position],
        marks={AccountMark.COMPUTED},
        dims={f"text {fact.id}"},
        reason=f"text {fact.text.document.id} as a whole has at least {least:,}: "
        f"{account_total(other)} and {account_total(own[0])} in addition",
    )


def by_key(texts: Iterable[TextAccounts]) -> dict[EventKey, list[SourceAccount]]:
    """The accounts that have an event, by their events, in order of id."""
    found: dict[EventKey, list[SourceAccount]] = defaultdict(list)
    for text in texts:
        for account in text.accounts:
            if account.events:
                found[account.events].append(account)
    for accounts in found.values():
        accounts.sort(key=lambda one: one.id)
    return dict(found)


def replacements_by_key(texts: Iterable[TextAccounts]) -> dict[EventKey, list[Replacement]]:
    """The replaced numbers by their events."""
    found: dict[EventKey, list[Replacement]] = defaultdict(list)
    for text in texts:
        for one in text.replacements:
            if one.old.events:
                found[one.old.events].append(one)
    for several in found.values():
        several.sort(key=lambda one: one.old.id)
    return dict(found)


def known_keys(scenes: Iterable[Mapping[EventKey, object]]) -> list[EventKey]:
    """The keys of several readings, in order."""
    return sorted({key for one in scenes for key in one})
