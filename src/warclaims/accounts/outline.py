"""Accounts and comparisons without ids, to find the same ones in two versions or two sets.

A renamed document, a renumbered record or another annotator gives other ids to the same account.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from warclaims.accounts.rows import OR
from warclaims.accounts.wording import is_own_voice
from warclaims.records.accounts import Respect
from warclaims.wording import bounds_words, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from warclaims.records import Account, Comparison, Comparisons
    from warclaims.records.accounts import Position


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
    is_narrator = account.outlet is None and is_own_voice(account)
    words = "the text" if is_narrator else account.source_text.lower()
    source = " and ".join(account.source) or words
    return AccountName(document, source, account.events, account.outcome)


def outlines(
    found: Comparisons, documents: Mapping[str, str] | None = None
) -> Iterator[tuple[ComparisonName, dict[str, Any]]]:
    """Each comparison: its name, and what it says in plain values.

    Accounts are shown by source and document, records by their document.
    """
    accounts = {one.id: one for one in found.accounts}
    names = {one.id: account_name(one, documents) for one in found.accounts}
    for row in found.comparisons:
        places = (record.partition(":")[0] for record in row.depends_on)
        yield (
            ComparisonName(row.event, row.outcome, row.respect.value),
            {
                "kind": row.kind.value,
                "positions": [_position(one, row, accounts, names) for one in row.positions],
                "compatible_with_all": _who(row.compatible_with_all, names, row),
                "soft": row.soft,
                "depends_on": sorted((documents or {}).get(one, one) for one in places),
                "marks": [mark.value for mark in row.marks],
            },
        )


def _position(
    position: Position,
    row: Comparison,
    accounts: Mapping[str, Account],
    names: Mapping[str, AccountName],
) -> str:
    """What a position says and who takes it; the order does not depend on ids."""
    known = [one for one in position.accounts if one in names]
    if not known:
        return position.value
    if OR not in position.value:
        return f"{position.value} ({', '.join(_who(position.accounts, names, row))})"
    # Several values are in the order of the ids of the accounts, and of many some are left out.
    each = (f"{_own(accounts[one], row.respect)} ({names[one].beside(row)})" for one in known)
    return ", ".join(sorted(each))


def _own(account: Account, respect: Respect) -> str:
    """What one account says in a respect."""
    if respect in (Respect.CAUSE, Respect.PERPETRATOR):
        of_account = account.causes if respect is Respect.CAUSE else account.perpetrators
        return " and ".join(map(plain, of_account))
    kinds = [
        f"{bounds_words(one.minimum, one.maximum)} {plain(one.kind)}"
        for one in account.breakdown
        if one.field == respect
    ]
    return " and ".join(kinds) or bounds_words(account.minimum, account.maximum)


def _who(accounts: tuple[str, ...], names: Mapping[str, AccountName], row: Comparison) -> list[str]:
    return sorted(names[one].beside(row) for one in accounts if one in names)
