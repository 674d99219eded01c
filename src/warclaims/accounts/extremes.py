"""The few accounts on which the disagreements of an event rest."""

from __future__ import annotations

from heapq import nsmallest
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warclaims.accounts.accounts import AnyAccount, ComputedAccount
    from warclaims.accounts.positions import AccountStance

_KEPT = 3


class ExtremeAccounts:
    """Accounts that take the place of all where another reading of one record is tried.

    Of each number those with the extreme bounds are kept; of accounts that say the same, a few.
    The same is kept without the texts in ``alternative``, which have other readings.
    """

    def __init__(self, alternative: frozenset[str]) -> None:
        self.names: set[str] = set()
        self._alternative = alternative

    def add(self, stances: Sequence[AccountStance]) -> None:
        """Keep the accounts with the extreme numbers."""
        firm = [one for one in stances if one.account.document not in self._alternative]
        for of in (stances, firm):
            lowest = nsmallest(_KEPT, of, key=lambda one: (one.most, one.account.id))
            highest = nsmallest(_KEPT, of, key=lambda one: (-one.least, one.account.id))
            self.names |= {one.account.id for one in (*lowest, *highest)}

    def add_some(self, accounts: Sequence[AnyAccount]) -> None:
        """Keep a few accounts that say the same."""
        firm = (one for one in accounts if one.document not in self._alternative)
        self.names |= {one.id for one in (*accounts[:_KEPT], *islice(firm, _KEPT))}

    def add_bases(self, computed: Sequence[ComputedAccount]) -> None:
        """Keep what kept computed accounts rest on."""
        kept = (one for one in computed if one.id in self.names)
        self.names |= {base.id for one in kept for base in (*one.bases, one.whole) if base}
