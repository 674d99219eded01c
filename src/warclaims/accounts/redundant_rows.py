"""Join rows that say the same, and leave out those that say nothing new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.accounts.rows import OR
from warclaims.grouping import grouped
from warclaims.records.accounts import ComparisonKind, Respect

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from warclaims.accounts.rows import Row


def agreement(rows: Iterable[Row]) -> list[Row]:
    """One row for all kinds of a field in which nothing disagrees."""
    found: list[Row] = []
    for of in grouped(rows, lambda one: one.respect).values():
        first, *others = of
        (position,) = first.positions
        for row in others:
            if row.kind is ComparisonKind.COMPATIBLE:
                first.kind = row.kind
            known = {one.id for one in position.accounts}
            position.accounts += [one for one in row.accounts if one.id not in known]
            position.value += f"; {row.positions[0].value}"
            first.soft |= row.soft
            first.dims |= row.dims
        found.append(first)
    return found


def merged(rows: Iterable[Row]) -> list[Row]:
    """One row for all kinds with the same positions."""
    found = []
    for row, *others in grouped(rows, lambda one: (one.respect, one.partition)).values():
        for other in others:
            values = {frozenset(a.id for a in one.accounts): one.value for one in other.positions}
            for position in row.positions:
                more = values[frozenset(a.id for a in position.accounts)]
                position.value = OR.join(dict.fromkeys([position.value, more]))
            kept = {one.id for one in other.in_all}
            row.in_all = [one for one in row.in_all if one.id in kept]
            row.dims |= other.dims
            row.soft &= other.soft
        found.append(row)
    return found


def is_covered(row: Row, rival: Row) -> bool:
    """True if a rival row already separates what a row of one kind separates."""
    places = rival.places()
    own = row.places()
    found: list[set[int]] = []
    for number, position in enumerate(row.positions):
        at: set[int] = set()
        for account in position.accounts:
            if own[account.id] == {number}:
                if account.id not in places:
                    return False
                at |= places[account.id]
        found.append(at)
    return all_apart(found)


def all_apart(sets: Sequence[set[int]]) -> bool:
    """True if no two sets have a member in common."""
    return all(one.isdisjoint(other) for n, one in enumerate(sets) for other in sets[:n])


def each_once(rows: Iterable[Row]) -> list[Row]:
    """Rows without those of a smaller scope that say nothing new.

    A respect in which nothing disagrees has one row, that of most accounts.
    """
    agreeing: dict[Respect, Row] = {}
    found: dict[object, Row] = {}
    for row in rows:
        if row.kind in (ComparisonKind.AGREEMENT, ComparisonKind.COMPATIBLE):
            other = agreeing.get(row.respect)
            if other is None or len(other.accounts) < len(row.accounts):
                agreeing[row.respect] = row
        else:
            found.setdefault((row.respect, row.kind, row.partition), row)
    disputed = {row.respect for row in found.values() if row.is_disagreement}
    return [
        *found.values(),
        *(row for respect, row in agreeing.items() if respect not in disputed),
    ]
