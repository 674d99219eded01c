"""Select comparisons by the claims that take part in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.records.accounts import ComparisonKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Set

    from warclaims.records.accounts import Account, BlameStatement, Comparison, Comparisons


def selected(
    found: Comparisons,
    records: Set[str] | None = None,
    accusations: tuple[BlameStatement, ...] = (),
    *,
    disagreements: bool = False,
    depends_on_reading: bool = False,
) -> Comparisons:
    """The comparisons in which one of ``records`` takes part, and the accounts in them.

    Args:
        found: What was compared.
        records: Ids of casualty records, ``004:c2``; ``None`` for all.
        accusations: The accusations and answers that are kept.
        disagreements: Leave out all but disagreements.
        depends_on_reading: Leave out what holds however words are read.
    """
    if records is None and not disagreements and not depends_on_reading:
        return found
    known = {one.id: one for one in found.accounts}

    def is_wanted(row: Comparison) -> bool:
        if disagreements and row.kind is not ComparisonKind.DISAGREEMENT:
            return False
        if depends_on_reading and not row.depends_on:
            return False
        return records is None or not records.isdisjoint(records_of(row, known))

    rows = tuple(filter(is_wanted, found.comparisons))
    names = {name for row in rows for name in (*_placed(row), *row.compatible_with_all)}
    if not disagreements and not depends_on_reading:
        names |= {
            one.id for one in found.accounts if not (records or set()).isdisjoint(one.records)
        }
    return found.model_copy(
        update={
            "accounts": tuple(one for one in found.accounts if one.id in names),
            "comparisons": rows,
            "accusations": () if disagreements or depends_on_reading else accusations,
            "unlinked": tuple(one for one in found.unlinked if one in (records or ())),
            "similar_events": (),
        }
    )


def records_of(row: Comparison, accounts: Mapping[str, Account]) -> set[str]:
    """The casualty records of the accounts that take a position."""
    found = {record for position in row.positions for record in position.records}
    for name in _placed(row):
        if name in accounts:
            found.update(accounts[name].records)
    return found


def disputed_records(found: Comparisons) -> set[str]:
    """The casualty records that take part in a disagreement."""
    accounts = {one.id: one for one in found.accounts}
    return {
        record
        for row in found.comparisons
        if row.kind is ComparisonKind.DISAGREEMENT
        for record in records_of(row, accounts)
    }


def speaker(account: Account) -> tuple[str, ...]:
    """Who gives an account: registry actors, else the words of one text."""
    return account.source or (account.document, account.source_text)


def _placed(row: Comparison) -> list[str]:
    return [name for position in row.positions for name in position.accounts]
