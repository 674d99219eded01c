"""What accounts say of all victims or of a kind, as far as others can be compared with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.accounts.accounts import AnyAccount, SourceAccount
from warclaims.accounts.bounds import OPEN
from warclaims.accounts.kinds import SIDE, Kind
from warclaims.accounts.positions import AccountStance, disagree

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from warclaims.accounts.bounds import Count
    from warclaims.accounts.scopes import CompareScope


class Stances:
    """What the accounts of one event and outcome say."""

    def __init__(self, accounts: Sequence[AnyAccount]) -> None:
        self._of_record: dict[str, AnyAccount] = {}
        if any(one.added_to for one in accounts):
            own = (one for one in accounts if isinstance(one, SourceAccount))
            self._of_record = {record: one for one in own for record in one.records}

    def of(
        self, account: AnyAccount, scope: CompareScope, kind: Kind | None = None
    ) -> AccountStance | None:
        """What an account says of a kind, or of all; ``None`` if nothing.

        An account that its text adds to others is not compared with these.
        """
        count = _bounds(account, scope, kind)
        if count.outer == OPEN:
            return None
        found = AccountStance(account, count, kind is not None and account.is_remainder(kind))
        if not account.added_to:
            return found
        known = (self._of_record.get(name) for name in account.added_to)
        bases = (AccountStance(one, _bounds(one, scope, kind)) for one in known if one is not None)
        return None if any(disagree([found, base]) for base in bases) else found


def _bounds(account: AnyAccount, scope: CompareScope, kind: Kind | None) -> Count:
    """What an account allows of a kind, or of all.

    A list gives a minimum for all, and so does an account of some of the people.
    """
    count = account.of(kind) if kind else account.total
    is_minimum = account.id in scope.minimums or account.added_to
    if is_minimum or (not account.closed and (kind is None or account.is_mixed_side)):
        return count.at_least
    return count


def list_total(account: AnyAccount, scope: CompareScope) -> AccountStance:
    """The total of a list among lists of the same kind."""
    is_minimum = account.id in scope.minimums or account.is_mixed_side
    return AccountStance(account, account.total.at_least if is_minimum else account.total)


def stances_on_side(
    kind: Kind, accounts: Iterable[AnyAccount], lists: Iterable[AnyAccount]
) -> list[AccountStance]:
    """What accounts say of a side; lists give only a minimum for those that state a whole."""
    found = [
        AccountStance(one, one.total if one.side else one.of(kind))
        for one in accounts
        if one.side in (None, kind.value) and SIDE in one.fields and not one.added_to
    ]
    found += (AccountStance(one, one.of(kind).at_least) for one in lists)
    return [one for one in found if not one.bounds.is_open]
