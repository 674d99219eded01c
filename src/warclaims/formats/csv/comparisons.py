"""Comparisons as CSV: one line per position, then one per count without an event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from warclaims.formats.csv.writing import csv_bytes
from warclaims.records import Account, ComparisonKind
from warclaims.records.fields import field_order
from warclaims.wording import bounds_words, count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from warclaims.records import Claim, Comparison, Comparisons

_COLUMNS = (
    "id",
    "event",
    "outcome",
    "respect",
    "kind",
    "position",
    "value",
    "sources",
    "source_ids",
    "outlets",
    "documents",
    "words",
    "records",
    "soft",
    "depends_on",
    "marks",
    "reason",
)


_ACCOUNT_COLUMNS = [name for name in field_order(Account) if name != "extra"]


def comparisons_csv(found: Comparisons, claims: Iterable[Claim] = ()) -> bytes:
    """The positions of all comparisons, in order, each with its sources, words and records.

    Those of ``claims`` that have no event follow, one per line, as not comparable.
    """
    unlinked = [claim for claim in claims if claim.id in found.unlinked]
    return csv_bytes(_COLUMNS, [*_lines(found.comparisons, found.accounts), *_unlinked(unlinked)])


def rows_csv(rows: Iterable[Comparison], accounts: Iterable[Account]) -> bytes:
    """The positions of ``rows``, which ``accounts`` take, one per line."""
    return csv_bytes(_COLUMNS, _lines(rows, accounts))


def accounts_csv(accounts: Iterable[Account]) -> bytes:
    """Accounts, one per line, with their kinds of victims in words."""
    return csv_bytes(_ACCOUNT_COLUMNS, map(_account_cells, accounts))


def _account_cells(account: Account) -> dict[str, Any]:
    kinds = [
        f"{one.field} {one.kind} {bounds_words(one.minimum, one.maximum)}"
        for one in account.breakdown
    ]
    cells = {name: getattr(account, name) for name in _ACCOUNT_COLUMNS}
    return {**cells, "breakdown": kinds, "marks": [mark.value for mark in account.marks]}


def _lines(rows: Iterable[Comparison], accounts: Iterable[Account]) -> Iterator[dict[str, Any]]:
    known = {one.id: one for one in accounts}
    for row in rows:
        for number, position in enumerate(row.positions, 1):
            accounts = [known[name] for name in position.accounts if name in known]
            records = [record for one in accounts for record in one.records]
            yield {
                "id": row.id,
                "event": row.event,
                "outcome": row.outcome,
                "respect": row.respect.value,
                "kind": row.kind.value,
                "position": number,
                "value": position.value,
                "sources": _different(one.source_text for one in accounts),
                "source_ids": _different(name for one in accounts for name in one.source),
                "outlets": _different(one.outlet for one in accounts),
                "documents": _different(one.document for one in accounts),
                "words": position.words,
                "records": _different([*records, *position.records]),
                "soft": row.soft,
                "depends_on": row.depends_on,
                "marks": [mark.value for mark in row.marks],
                "reason": row.reason,
            }


def _unlinked(claims: Iterable[Claim]) -> Iterator[dict[str, Any]]:
    for claim in claims:
        yield {
            "outcome": claim.outcome,
            "kind": ComparisonKind.NOT_COMPARABLE.value,
            "value": count(claim),
            "sources": claim.source_text,
            "source_ids": claim.source,
            "outlets": claim.outlet,
            "documents": claim.document,
            "words": claim.text,
            "records": claim.id,
            "reason": "has no event",
        }


def _different(values: Any) -> list[str]:
    return [*dict.fromkeys(value for value in values if value)]
