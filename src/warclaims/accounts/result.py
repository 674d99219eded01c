"""Put accounts and rows into records."""

from __future__ import annotations

from collections import Counter
from itertools import chain, islice
from math import inf
from typing import TYPE_CHECKING

from warclaims.accounts.accounts import AnyAccount, ComputedAccount, SourceAccount
from warclaims.accounts.kinds import CHILD, CIVILIAN, FIELDS, Kind
from warclaims.accounts.rows import Row, RowPosition, shortened
from warclaims.derive.sides import common_side
from warclaims.records.accounts import (
    Account,
    AccountMark,
    BreakdownEntry,
    Comparison,
    ComparisonKind,
    Position,
    Respect,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from warclaims.accounts.bounds import NumberInterval
    from warclaims.accounts.scene import ComparisonRules
    from warclaims.accounts.wholes import EventKey

STILL = "still"
"""The field of the breakdown that says how many are still held or missing."""

_MARKS = {mark: number for number, mark in enumerate(AccountMark)}
_RESPECTS = {respect: number for number, respect in enumerate(Respect)}
_KINDS = (
    ComparisonKind.DISAGREEMENT,
    ComparisonKind.DIFFERENT_KINDS,
    ComparisonKind.UPDATE,
    ComparisonKind.COMPATIBLE,
    ComparisonKind.AGREEMENT,
    ComparisonKind.NOT_COMPARABLE,
)


class ResultRecords:
    """The records of the result, all ids in one form."""

    def __init__(
        self,
        rules: ComparisonRules,
        raw: Mapping[EventKey, Sequence[SourceAccount]],
        computed: Iterable[ComputedAccount],
        rows: Sequence[Row],
    ) -> None:
        self._known = rules.known
        self._events = rules.events
        self._rows = rows
        stated = [one for accounts in raw.values() for one in accounts]
        self._accounts: dict[str, AnyAccount] = {one.id: one for one in stated}
        self._accounts |= {one.id: one for one in computed}
        self._of_record = {record: one.id for one in stated for record in one.records}
        self._stated = {one.id: (one.id,) for one in stated}
        self._bases: dict[str, tuple[str, ...]] = {}
        for row in rows:
            self._add_computed(row.accounts)
            self._add_computed(row.in_all)

    def _add_computed(self, accounts: Iterable[AnyAccount]) -> None:
        for one in accounts:
            if one.id not in self._accounts and isinstance(one, ComputedAccount):
                if one.is_shown:
                    self._accounts[one.id] = one
                else:
                    self._bases[one.id] = tuple(base.id for base in one.bases)

    def _ids(self, accounts: Iterable[AnyAccount]) -> tuple[str, ...]:
        """The ids of accounts; those of another reading by the records that they rest on."""
        names = dict.fromkeys(one.id for one in accounts)
        if self._stated.keys() >= names.keys():
            return tuple(names)
        each = (self._stated.get(one.id) or self._names(one) for one in accounts)
        return tuple(dict.fromkeys(chain.from_iterable(each)))

    def _names(self, account: AnyAccount) -> Iterable[str]:
        whole = account.whole if isinstance(account, ComputedAccount) else None
        more = (whole.id,) if whole is not None else ()
        if account.id in self._accounts:
            return (account.id, *more)
        known = (self._of_record[one] for one in account.records if one in self._of_record)
        return (*self._bases.get(account.id, tuple(islice(known, 1))), *more)

    def _within(self, events: Iterable[str], event: str | None) -> bool:
        return event is None or any(
            name == event or event in self._events.above(name) for name in events
        )

    def accounts(self, event: str | None) -> tuple[Account, ...]:
        """The accounts as records, in order of id."""
        return tuple(
            self._account(self._accounts[name])
            for name in sorted(self._accounts)
            if self._within(self._accounts[name].events, event)
        )

    def _account(self, one: AnyAccount) -> Account:
        total = one.total.stated
        actors = [self._known.actors[n] for n in one.source.entities if n in self._known.actors]
        types = {actor.type for actor in actors}
        return Account.model_construct(  # computed from checked records
            extra={},
            id=one.id,
            events=one.events,
            outcome=one.outcome,
            source=one.source.entities,
            source_text=one.source.text,
            voice=one.source.voice,
            source_side=common_side(one.source.entities, self._known.actors),
            source_type=types.pop() if len(types) == 1 else None,
            document=one.document,
            outlet=one.outlet,
            date=one.date,
            closed=one.closed,
            minimum=total.minimum,
            maximum=_or_open(total.maximum),
            soft=one.soft,
            breakdown=tuple(_breakdown(one)),
            causes=one.all_causes,
            perpetrators=one.perpetrators,
            marks=_in_order(one.marks),
            records=tuple(dict.fromkeys(one.records)),
            in_headline=one.in_headline,
            computed_from=tuple(dict.fromkeys(one.computed_from)),
        )

    def comparisons(self, event: str | None) -> tuple[Comparison, ...]:
        """The rows as records, by event, outcome and respect."""
        found = [
            (
                (
                    row.events,
                    row.outcome or "",
                    _RESPECTS[row.respect],
                    _KINDS.index(row.kind),
                    sorted(row.dims),
                    row.reason,
                ),
                row,
            )
            for row in self._rows
            if self._within(row.events, event)
        ]
        found.sort(key=lambda one: one[0])
        numbers: Counter[str] = Counter()
        made = []
        for _, row in found:
            name = ":".join(filter(None, (" + ".join(row.events), row.outcome, row.respect)))
            numbers[name] += 1
            made.append(self._comparison(row, f"{name}:{numbers[name]}".removesuffix(":1")))
        return tuple(made)

    def _comparison(self, row: Row, name: str) -> Comparison:
        return Comparison(
            id=name,
            event=" + ".join(row.events),
            outcome=row.outcome,
            respect=row.respect,
            kind=row.kind,
            positions=tuple(map(self._position, row.positions)),
            compatible_with_all=self._ids(row.in_all),
            soft=row.soft,
            depends_on=tuple(sorted(row.depends_on)),
            holds_under_every_reading=row.is_plain,
            changes_outcome=row.changes_outcome,
            marks=_in_order(row.marks),
            updated_by=row.updated_by,
            reason=_reason(row),
        )

    def _position(self, position: RowPosition) -> Position:
        return Position(
            value=position.value or "no number",
            accounts=self._ids(position.accounts),
            words=position.words,
            summed=position.summed,
            records=tuple(position.records),
        )


def _reason(row: Row) -> str:
    """The reason with the records on whose reading it depends."""
    if not row.depends_on:
        return shortened(row.reason)
    records = sorted(row.depends_on)
    more = f" and {len(records) - 2} more" if len(records) > 2 else ""
    noun = "reading" if len(records) == 1 else "readings"
    what = "the position of an account depends" if row.is_plain else "depends"
    suffix = f"; {what} on the {noun} of {', '.join(records[:2])}{more}"
    return shortened(shortened(row.reason, 140 - len(suffix)) + suffix)


def _in_order(marks: Iterable[AccountMark]) -> tuple[AccountMark, ...]:
    return tuple(sorted(marks, key=_MARKS.__getitem__))


def _breakdown(account: AnyAccount) -> Iterable[BreakdownEntry]:
    kinds = set(account.stated)
    if any(kind.field == "age_sex" and kind.value == CHILD.value for kind in kinds):
        kinds.add(CIVILIAN)
    words = _words_of(account)
    for kind in sorted(kinds, key=lambda one: (FIELDS.index(one.field), one)):
        bounds = account.of(kind).stated
        if kind in account.stated or bounds.minimum:
            is_computed = kind not in account.stated
            yield _entry(kind.field, kind.name, bounds, words.get(kind), is_computed=is_computed)
    if account.still is not None:
        yield _entry(STILL, account.outcome, account.still)


def _words_of(account: AnyAccount) -> dict[Kind, str]:
    """Whose word a kind is, if not that of the account's source."""
    if not isinstance(account, SourceAccount):
        return {}
    return {
        kind: group.word_of
        for top in account.tops
        for group in top.everyone()
        if group.word_of
        for field in FIELDS
        for kind in group.own.of(field)
    }


def _or_open(number: float) -> int | None:
    return None if number == inf else int(number)


def _entry(
    field: str,
    kind: str,
    bounds: NumberInterval,
    word_of: str | None = None,
    *,
    is_computed: bool = False,
) -> BreakdownEntry:
    return BreakdownEntry.model_construct(
        extra={},
        field=field,
        kind=kind,
        minimum=bounds.minimum,
        maximum=_or_open(bounds.maximum),
        computed=is_computed,
        word_of=word_of,
    )
