"""Accounts and comparisons without ids, to find the same ones in two versions or two sets.

A renamed document, a renumbered record or another annotator gives other ids to the same account.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from warclaims.accounts.bounds import NumberInterval
from warclaims.accounts.rows import number_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from warclaims.records import Account, Comparison, Comparisons


class AccountName(NamedTuple):
    """What an account is about and whose it is: equal for the same account in two results."""

    document: str
    source: str
    events: tuple[str, ...]
    outcome: str

    def beside(self, row: Comparison) -> str:
        """Who gives the account and where; also events and outcome if not those of ``row``."""
        events = " + ".join(self.events)
        further = [events] * (events != row.event)
        further += [self.outcome] * (row.outcome not in (None, self.outcome))
        return ": ".join([f"{self.source} in {self.document}", *further])


class ComparisonName(NamedTuple):
    """What a comparison is about; an event may have several, say of soldiers and of police."""

    event: str
    outcome: str | None
    respect: str


def account_name(account: Account, documents: Mapping[str, str] | None = None) -> AccountName:
    """The name of an account; ``documents`` gives other ids for documents."""
    document = (documents or {}).get(account.document, account.document)
    source = " and ".join(account.source) or account.source_text.lower()
    return AccountName(document, source, account.events, account.outcome)


def bounds_in_words(account: Account) -> str:
    """The bounds of an account: ``6``, ``at least 4``, ``12–15``."""
    return number_words(NumberInterval(account.minimum, account.maximum))


def outlines(
    found: Comparisons, documents: Mapping[str, str] | None = None
) -> Iterator[tuple[ComparisonName, dict[str, Any]]]:
    """Each comparison: its name, and what it says in plain values.

    Accounts are shown by source and document, records by their document.
    """
    names = {one.id: account_name(one, documents) for one in found.accounts}
    for row in found.comparisons:
        positions = [
            f"{one.value} ({', '.join(_who(one.accounts, names, row))})"
            if one.accounts
            else one.value
            for one in row.positions
        ]
        places = (record.partition(":")[0] for record in row.depends_on)
        yield (
            ComparisonName(row.event, row.outcome, row.respect.value),
            {
                "kind": row.kind.value,
                "positions": positions,
                "compatible_with_all": _who(row.compatible_with_all, names, row),
                "soft": row.soft,
                "depends_on": sorted((documents or {}).get(one, one) for one in places),
                "marks": [mark.value for mark in row.marks],
            },
        )


def _who(accounts: tuple[str, ...], names: Mapping[str, AccountName], row: Comparison) -> list[str]:
    return sorted(names[one].beside(row) for one in accounts if one in names)
