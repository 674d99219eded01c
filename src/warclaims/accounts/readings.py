"""Which comparisons depend on how a record is read.

Alternatives are tried one record at a time, and all at once. Only the accounts that a record
touches are made anew, and they are compared with the accounts on which the disagreements of their
events rest, not with all.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from warclaims.accounts.accounts import ANYTHING, HARM, SourceAccount
from warclaims.accounts.positions import Stance, disagree
from warclaims.accounts.rows import Identity, Row, identities
from warclaims.accounts.scene import Scene
from warclaims.accounts.text_accounts import TextAccounts
from warclaims.records.accounts import Respect
from warclaims.records.vocabulary import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

    from warclaims.accounts.facts import Fact
    from warclaims.accounts.text_accounts import Replacement
    from warclaims.accounts.wholes import EventKey, RelatedCounts
    from warclaims.records import Annotations

_SMALL = 40
"""Events with fewer accounts are compared in full under every reading."""


class OtherReading(NamedTuple):
    """What one record touches in its text, as recorded and under another reading.

    Attributes:
        record: Document and record.
        before: The accounts that it touches.
        after: The same under the other reading.
        kept: The replaced numbers of the text that it does not touch.
    """

    record: str
    before: TextAccounts
    after: TextAccounts
    kept: list[Replacement]


def other_annotations(annotations: Annotations) -> Iterator[tuple[str, Annotations]]:
    """A text under each other reading of an attribution or mention, with the record's id."""
    for layer in ("attributions", "actors"):
        records = getattr(annotations, layer)
        for number, record in enumerate(records):
            for other in record.readings()[1:] if record.alternatives else ():
                changed = (*records[:number], other, *records[number + 1 :])
                yield record.id, annotations.model_copy(update={layer: changed})


def touching(facts: Sequence[Fact], others: Sequence[Fact]) -> dict[str, set[str]]:
    """For each record, all that it touches under any reading: by links, or in one account.

    ``others`` are the records that have other readings, under these.
    """
    groups: dict[str, set[str]] = {fact.record.id: {fact.record.id} for fact in facts}

    def join(one: str, other: str) -> None:
        if one in groups and other in groups and groups[one] is not groups[other]:
            small, large = sorted((groups[one], groups[other]), key=len)
            large |= small
            for name in small:
                groups[name] = large

    first: dict[object, str] = {}
    for fact in (*facts, *others):
        record = fact.record
        join(first.setdefault((fact.source.key, fact.events, fact.outcome), record.id), record.id)
        for linked in (record.subset_of, record.same_as, record.revises, record.besides):
            for name in linked:
                join(record.id, name)
    return groups


def restricted(told: TextAccounts, records: set[str]) -> TextAccounts:
    """The accounts of some records of a text."""
    return TextAccounts(
        [one for one in told.accounts if any(fact.record.id in records for fact in one.facts)],
        [one for one in told.replacements if one.old.record.id in records],
        [],
        [],
    )


def all_other(annotations: Annotations) -> Annotations | None:
    """A text with every record in its first other reading; ``None`` if it has only one reading."""
    changed = {}
    for layer in ("casualties", "attributions", "actors"):
        records = getattr(annotations, layer)
        if any(record.alternatives for record in records):
            changed[layer] = tuple(
                record.readings()[1] if record.alternatives else record for record in records
            )
    return annotations.model_copy(update=changed) if changed else None


class Changes(NamedTuple):
    """What another reading changes: accounts by their events."""

    gone: dict[EventKey, list[SourceAccount]]
    new: dict[EventKey, list[SourceAccount]]


def changes(before: TextAccounts, after: TextAccounts) -> Changes:
    """The accounts of a text that another reading takes away, and those that it makes."""
    old = {one.signature: one for one in before.accounts}
    fresh = {one.signature: one for one in after.accounts}
    gone: dict[EventKey, list[SourceAccount]] = defaultdict(list)
    new: dict[EventKey, list[SourceAccount]] = defaultdict(list)
    for signature, account in old.items():
        if signature not in fresh and account.events:
            gone[account.events].append(account)
    for signature, account in fresh.items():
        if signature not in old and account.events:
            new[account.events].append(account)
    return Changes(gone, new)


class ReadingsTrial:
    """Tries the other readings against the rows of the reading that is recorded.

    Attributes:
        rows: The rows, with those that only another reading has.
    """

    def __init__(
        self, base: Scene, rows: Mapping[EventKey, list[Row]], index: RelatedCounts
    ) -> None:
        self._base = base
        self._rows = rows
        self._index = index
        self._identities = {
            one: row for of in rows.values() for row in of if row.is_disagreement
            for one in identities(row)
        }  # fmt: skip
        self._by_id: dict[EventKey, dict[str, SourceAccount]] = {}
        self._by_source: dict[EventKey, dict[tuple[str, ...], list[SourceAccount]]] = {}
        self._places: dict[int, RowPlaces] = {}
        self._both: set[EventKey] | None = None
        self.extra: dict[Identity, Row] = {}

    def one(self, other: OtherReading, replaced: Mapping[EventKey, Sequence[Replacement]]) -> None:
        """Try another reading of one record; ``replaced`` are the numbers replaced under it."""
        record, before = other.record, other.before
        changed = changes(before, other.after)
        touched = {*changed.gone, *changed.new}
        if not touched:
            return
        keys = self._base.depending(touched)
        if len(keys) == 1 and self._is_quick(record, before, changed):
            return
        raw = {key: self._raw(key, changed, reduced=True) for key in touched}
        scene = Scene(self._base.rules, raw, self._replaced(raw, replaced), self._index, self._base)
        whole: Callable[[EventKey], Scene] = lambda key: Scene(  # noqa: E731
            self._base.rules,
            full := {key: self._raw(key, changed, reduced=False)},
            self._replaced(full, replaced),
            self._index,
            self._base,
        )
        self._judge(keys, scene, {record}, changed, whole)

    def reduced(
        self, key: EventKey, accounts: list[SourceAccount], changed: Container[str]
    ) -> list[SourceAccount]:
        """Of the accounts under all other readings those on which disagreements can rest."""
        core = self._base.keep.get(key)
        if core is None or len(accounts) <= _SMALL:
            return accounts
        return [one for one in accounts if one.id in core.names or one.document in changed]

    def _is_quick(self, record: str, before: TextAccounts, changed: Changes) -> bool:
        """Judge a reading that changes only the number of an account among many; false if unable.

        The account is compared with the extreme numbers of the others.
        """
        key = next(iter(changed.gone or changed.new))
        if len(changed.gone.get(key, ())) != 1 or len(changed.new.get(key, ())) != 1:
            return False
        old, new = changed.gone[key][0], changed.new[key][0]
        if before.replacements or not self._only_number_differs(key, old, new):
            return False
        moved = []
        for (outcome, respect, dim), stances in self._base.keep[key].stances.items():
            if outcome != old.outcome:
                continue
            others = [one for one in stances if one.account.id != old.id]
            first, second = (_stance_in(respect, dim, one) for one in (old, new))
            if first is None or second is None:
                return False
            if disagree([*others, first]) != disagree([*others, second]):
                return False
            row = self._identities.get(Identity(key, outcome, respect, dim))
            if row is not None and any(
                disagree([one, first]) != disagree([one, second]) for one in others
            ):
                moved.append(row)
        for row in moved:
            row.depends_on.add(record)
        return True

    def _only_number_differs(self, key: EventKey, old: SourceAccount, new: SourceAccount) -> bool:
        """True if two readings differ in a number that bears on no other account but by it."""
        core = self._base.keep.get(key)
        if core is None or len(self._base.accounts(key)) <= _SMALL or old.shape != new.shape:
            return False
        self._core(key, [])
        if len(self._by_source[key][old.key.source]) > 1 or key in self._both_outcomes():
            return False
        if old.fields and (old.closed or any(old.of(kind)[1] for kind in old.stated)):
            return False
        return all(
            lists.same_rivals(old, new)
            for outcome, lists in core.lists
            if outcome == old.outcome and old.id in lists.names
        )

    def _both_outcomes(self) -> set[EventKey]:
        """The events with counts of killed and injured together."""
        if self._both is None:
            both = Outcome.KILLED_OR_INJURED
            self._both = {
                key
                for key, accounts in self._base.raw.items()
                if any(one.outcome == both for one in accounts)
            }
        return self._both

    def all(
        self,
        records: set[str],
        scene: Scene,
        changed: Sequence[Changes],
        keys: Iterable[EventKey],
    ) -> None:
        """Try the other readings of all records at once."""
        both = Changes(defaultdict(list), defaultdict(list))
        for one in changed:
            for target, source in ((both.gone, one.gone), (both.new, one.new)):
                for key, accounts in source.items():
                    target[key] += accounts
        self._judge(
            self._base.depending(keys), scene, records, both, lambda _: scene, only_new=True
        )

    def _places_of(self, row: Row) -> RowPlaces:
        if id(row) not in self._places:
            self._places[id(row)] = RowPlaces(row)
        return self._places[id(row)]

    def _replaced(
        self,
        raw: Mapping[EventKey, object],
        replaced: Mapping[EventKey, Sequence[Replacement]],
    ) -> dict[EventKey, list[Replacement]]:
        return {key: list(replaced.get(key, ())) for key in raw}

    def _raw(self, key: EventKey, changed: Changes, *, reduced: bool) -> list[SourceAccount]:
        accounts = self._base.accounts(key)
        gone = {one.id for one in changed.gone.get(key, ())}
        new = changed.new.get(key, [])
        if reduced and len(accounts) > _SMALL:
            accounts = self._core(key, [*changed.gone.get(key, ()), *new])
        return sorted(
            [*(one for one in accounts if one.id not in gone), *new], key=lambda one: one.id
        )

    def _core(self, key: EventKey, near: Sequence[SourceAccount]) -> list[SourceAccount]:
        """The accounts on which disagreements rest, and those of the sources in question."""
        if key not in self._by_id:
            accounts = self._base.accounts(key)
            self._by_id[key] = {one.id: one for one in accounts}
            sources: dict[tuple[str, ...], list[SourceAccount]] = defaultdict(list)
            for one in accounts:
                sources[one.key.source].append(one)
            self._by_source[key] = sources
        names = set(self._base.keep[key].names) if key in self._base.keep else set()
        for account in near:
            same = self._by_source[key].get(account.key.source, ())
            names.update(one.id for one in same[:3])
            names.update(one.id for one in same[-3:])
        known = self._by_id[key]
        return [known[name] for name in names if name in known]

    def _judge(
        self,
        keys: Iterable[EventKey],
        scene: Scene,
        records: set[str],
        changed: Changes,
        whole: Callable[[EventKey], Scene],
        *,
        only_new: bool = False,
    ) -> None:
        for key in sorted(keys):
            base_rows = [row for row in self._rows.get(key, ()) if row.is_disagreement]
            if not base_rows and not self._base.accounts(key) and key not in scene.raw:
                continue
            found: dict[Identity, Row] = {
                name: row
                for row in scene.rows(key)
                if row.is_disagreement
                for name in sorted(identities(row))
            }
            moved: set[Identity] = set()
            for row in base_rows:
                same = identities(row) & found.keys()
                if not same:
                    moved |= self._gone(row, found, records, only_new=only_new)
                elif not only_new:
                    after = RowPlaces(found[min(same)])
                    if _is_moved(self._places_of(row), after, changed):
                        row.depends_on |= records
            for name, row in found.items():
                if name in self.extra and not only_new:
                    self.extra[name].depends_on |= records
                elif name not in self._identities.keys() | moved | self.extra.keys():
                    self._add(name, row, whole(key), records)

    def _gone(
        self, row: Row, found: Mapping[Identity, Row], records: set[str], *, only_new: bool
    ) -> set[Identity]:
        """Note that a disagreement is not there under a reading, or is in another outcome."""
        elsewhere = _in_another_outcome(row, found, self._identities)
        if elsewhere:
            row.reason += "; under every reading"
        elif not only_new:
            row.depends_on |= records
            row.is_plain = False
        elif row.is_plain:
            row.depends_on |= _concerning(row, records)
            row.is_plain = False
        return elsewhere

    def _add(self, name: Identity, row: Row, scene: Scene, records: set[str]) -> None:
        exact = [
            one
            for one in scene.rows(name.events)
            if one.is_disagreement and name in identities(one)
        ]
        row = exact[0] if exact else row
        row.depends_on |= _concerning(row, records)
        row.is_plain = False
        for one in identities(row):
            self.extra[one] = row


def _concerning(row: Row, records: set[str]) -> set[str]:
    """The records in the texts of a row's accounts."""
    texts = {
        account.document
        for accounts in (*(one.accounts for one in row.positions), row.in_all)
        for account in accounts
    }
    return {one for one in records if one.partition(":")[0] in texts} or set(records)


def _stance_in(respect: Respect, dim: str, account: SourceAccount) -> Stance | None:
    """What an account says about a number; ``None`` if only a full comparison can tell."""
    if account.side is not None or account.is_mixed_side or " " in dim:
        return None
    if respect is Respect.TOTAL and dim == "all":
        margin = account.total
        return Stance(account, margin if account.closed else margin.without_maximum)
    kinds = [kind for kind in account.stated if kind.name == dim]
    if kinds:
        return Stance(account, account.of(kinds[0])[0])
    return Stance(account, ANYTHING)


class RowPlaces:
    """Where the accounts of a row are, to compare the places of one of them under two readings."""

    def __init__(self, row: Row) -> None:
        self._places = row.places()
        self._in_all = {account.id for account in row.in_all}

    def __contains__(self, name: str) -> bool:
        return name in self._places or name in self._in_all

    def names(self) -> set[str]:
        """The ids of all accounts of the row."""
        return self._places.keys() | self._in_all

    def company(self, name: str, others: Iterable[str]) -> set[str]:
        """Those of ``others`` that an account is in a position with."""
        if name in self._in_all:
            return set(others)
        own = self._places[name]
        return {
            other
            for other in others
            if other in self._in_all or not own.isdisjoint(self._places[other])
        }


def _is_moved(before: RowPlaces, after: RowPlaces, changed: Changes) -> bool:
    """True if another reading moves an account to other positions of a row."""
    for key, accounts in changed.gone.items():
        for old in accounts:
            new = [
                one
                for one in changed.new.get(key, ())
                if one.key == old.key and one.document == old.document
            ]
            if not new or old.id not in before or new[0].id not in after:
                continue
            others = [
                name for name in after.names() if name in before and name not in (old.id, new[0].id)
            ]
            if before.company(old.id, others) != after.company(new[0].id, others):
                return True
    return False


def _in_another_outcome(
    row: Row, found: Mapping[Identity, Row], known: Mapping[Identity, Row]
) -> set[Identity]:
    """Where a disagreement is under another reading that gives a count another outcome."""
    if row.outcome not in HARM:
        return set()
    dims = {(one.respect, one.dim) for one in identities(row)}
    documents = _documents(row)
    return {
        name
        for name, other in found.items()
        if name not in known
        and name.outcome in HARM
        and (name.respect, name.dim) in dims
        and documents & _documents(other) == documents
    }


def _documents(row: Row) -> set[str]:
    return {account.document for one in row.positions for account in one.accounts}
