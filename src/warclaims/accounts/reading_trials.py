"""Which comparisons depend on how a record is read.

Alternatives are tried one record at a time, and all at once. Only the accounts that a record
touches are made anew, and they are compared with the accounts on which the disagreements of their
events rest, not with all.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from warclaims.accounts.accounts import HARM, SourceAccount
from warclaims.accounts.near_accounts import NearAccounts
from warclaims.accounts.rows import row_marks
from warclaims.accounts.scene import Scene, SomeRows, by_key, replacements_by_key, rows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from warclaims.accounts.extremes import ExtremeAccounts
    from warclaims.accounts.rows import Identity, Row
    from warclaims.accounts.text_readings import OtherReading
    from warclaims.accounts.wholes import EventKey

_SMALL = 100
"""Events on which at most as many accounts bear are compared in full under every reading.

In larger ones a dependence can be missed, or its place differ, where accounts that hold no extreme
number matter: a full comparison for each reading would cost their number times that of readings.
"""


class Changes(NamedTuple):
    """What another reading changes: the accounts that it takes away and makes, and rows."""

    gone: list[SourceAccount]
    new: list[SourceAccount]
    rows: SomeRows

    @property
    def accounts(self) -> list[SourceAccount]:
        """All that are gone or new."""
        return [*self.gone, *self.new]


def changes(reading: OtherReading) -> Changes:
    """The accounts that another reading takes away and makes, and the rows that may differ."""
    before, after = reading.before, reading.after
    old = {one.signature for one in before.accounts}
    new = {one.signature for one in after.accounts}
    gone = [one for one in before.accounts if one.signature not in new and one.events]
    made = [one for one in after.accounts if one.signature not in old and one.events]
    replaced = [one.old.outcome for one in (*before.replacements, *after.replacements)]
    return Changes(gone, made, rows_of([*gone, *made], replaced))


class ReadingsTrial:
    """Tries the other readings against the rows of the reading that is recorded.

    Attributes:
        extra: The disagreements that only another reading has.
    """

    def __init__(
        self,
        base: Scene,
        rows: Mapping[EventKey, list[Row]],
        extremes: Mapping[EventKey, ExtremeAccounts],
    ) -> None:
        self._base = base
        self._extremes = extremes
        self._rows = {key: [row for row in of if row.is_disagreement] for key, of in rows.items()}
        self._known = {name for of in self._rows.values() for row in of for name in row.identities}
        self._near: dict[EventKey, NearAccounts | None] = {}
        self._places: dict[int, RowPlaces] = {}
        self.extra: dict[Identity, Row] = {}

    def attempt(self, reading: OtherReading) -> None:
        """Note which rows another reading changes, and add the disagreements that it makes.

        Under the readings of several records at once only what each alone does not do is noted.
        """
        changed = changes(reading)
        touched = {one.events for one in changed.accounts}
        if not touched:
            return
        full = cache(lambda: self._full(changed, reading))
        for key in sorted(self._base.depending(touched)):
            if self._rows.get(key) or self._base.accounts(key) or key in touched:
                self._judge(key, changed, reading, full)

    def _full(self, changed: Changes, reading: OtherReading) -> Scene:
        """All accounts under another reading."""
        gone = {one.id for one in changed.gone}
        new = by_key(changed.new)
        out = {one.old.id for one in reading.before.replacements}
        more = replacements_by_key(reading.after.replacements)
        raw, replaced = {}, {}
        for key in {one.events for one in changed.accounts}:
            kept = (one for one in self._base.accounts(key) if one.id not in gone)
            raw[key] = sorted([*kept, *new.get(key, ())], key=lambda one: one.id)
            held = (one for one in self._base.replacements(key) if one.old.id not in out)
            replaced[key] = sorted([*held, *more.get(key, ())], key=lambda one: one.old.id)
        return Scene(self._base.rules, raw, replaced, self._base.index, self._base)

    def _near_of(self, key: EventKey) -> NearAccounts | None:
        """What takes the place of all accounts for the rows of a large event."""
        if key not in self._near:
            keys = self._base.bearing(key)
            is_small = sum(len(self._base.accounts(one)) for one in keys) <= _SMALL
            names = self._extremes[key].names if key in self._extremes else set()
            self._near[key] = None if is_small else NearAccounts(self._base, keys, names)
        return self._near[key]

    def _judge(
        self, key: EventKey, changed: Changes, reading: OtherReading, full: Callable[[], Scene]
    ) -> None:
        records, alone = reading.records, len(reading.records) == 1
        near = self._near_of(key)
        scene = near.scene(changed, reading) if near else full()
        rows = [row for row in scene.rows(key, only=changed.rows) if row.is_disagreement]
        found = {name: row for row in rows for name in sorted(row.identities)}
        moved: set[Identity] = set()
        for row in filter(changed.rows.have, self._rows.get(key, ())):
            same = row.identities & found.keys()
            if not same:
                moved |= self._gone(row, found, records)
            elif alone and _is_moved(self._places_of(row), found[min(same)], changed):
                row.depends_on |= records
        for name in found.keys() & self.extra.keys() if alone else ():
            self._depends_too(self.extra[name], found[name], records)
        fresh = [name for name in found if name not in self._known | moved | self.extra.keys()]
        if fresh and near:
            rows = [*full().rows(key, only=changed.rows), *rows]
        for name in fresh:
            if name not in self.extra:
                self._add(name, rows, records)

    def _depends_too(self, known: Row, row: Row, records: frozenset[str]) -> None:
        """Note that another record makes a disagreement, too; which is shown depends on no id."""
        known.depends_on |= records
        if row.identities == known.identities and _shown(row) < _shown(known):
            known.positions, known.in_all, known.soft = row.positions, row.in_all, row.soft
            known.marks = row.marks | row_marks(row)

    def _places_of(self, row: Row) -> RowPlaces:
        if id(row) not in self._places:
            self._places[id(row)] = RowPlaces(row)
        return self._places[id(row)]

    def _gone(
        self, row: Row, found: Mapping[Identity, Row], records: frozenset[str]
    ) -> set[Identity]:
        """Note that a disagreement is not there under a reading, or is in another outcome."""
        elsewhere = _in_another_outcome(row, found) - self._known
        if elsewhere:
            row.changes_outcome = True
        elif len(records) == 1 or row.is_plain:
            row.depends_on |= _concerning(row, records)
            row.is_plain = False
        return elsewhere

    def _add(self, name: Identity, rows: Iterable[Row], records: frozenset[str]) -> None:
        row = next(one for one in rows if one.is_disagreement and name in one.identities)
        row.depends_on |= _concerning(row, records)
        row.is_plain = False
        row.marks |= row_marks(row)
        for one in row.identities:
            self.extra[one] = row


def _shown(row: Row) -> list[tuple[str, list[str]]]:
    """What a row shows, without ids."""
    return [
        (one.value, sorted(f"{a.source.text} {a.outlet}" for a in one.accounts))
        for one in row.positions
    ]


def _concerning(row: Row, records: frozenset[str]) -> set[str]:
    """The records in the texts of a row's accounts, else all."""
    texts = _documents(row) | {account.document for account in row.in_all}
    return {one for one in records if one.partition(":")[0] in texts} or set(records)


class RowPlaces:
    """Where the accounts of a row are, to compare the places of one of them under two readings.

    Attributes:
        names: The ids of all accounts of the row.
    """

    def __init__(self, row: Row) -> None:
        self._positions = [{account.id for account in one.accounts} for one in row.positions]
        self._in_all = {account.id for account in row.in_all}
        self.names = self._in_all.union(*self._positions)

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def company(self, name: str, others: Collection[str]) -> set[str]:
        """Those of ``others`` that an account is in a position with."""
        if name in self._in_all:
            return set(others)
        own = [self._in_all, *(one for one in self._positions if name in one)]
        return {other for one in own for other in others if other in one}


def _is_moved(before: RowPlaces, row: Row, changed: Changes) -> bool:
    """True if another reading moves an account to other positions of a row."""
    pairs = [
        (old.id, new.id)
        for old in changed.gone
        for new in changed.new
        if (new.key, new.document) == (old.key, old.document) and old.id in before
    ]
    if not pairs:
        return False
    after = RowPlaces(row)
    others = [name for name in after.names if name in before]
    return any(
        before.company(old, near) != after.company(new, near)
        for old, new in pairs
        if new in after
        for near in ([name for name in others if name not in (old, new)],)
    )


def _in_another_outcome(row: Row, found: Mapping[Identity, Row]) -> set[Identity]:
    """Where a disagreement is under another reading that gives a count another outcome."""
    dims = {(one.respect, one.dim) for one in row.identities if one.outcome in HARM}
    return {
        name
        for name, other in found.items()
        if name.outcome in HARM
        and (name.respect, name.dim) in dims
        and _documents(row) <= _documents(other)
    }


def _documents(row: Row) -> set[str]:
    return {account.document for account in row.accounts}
