"""Accounts and comparisons of a large corpus, kept on disk once their events are compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from warclaims.accounts.by_event import TOGETHER, ComparedEvents
from warclaims.files import StoredValues

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from warclaims.accounts.sources import KnownEntries
    from warclaims.records import Comparison, Comparisons


class ComparedRows:
    """What is compared, as rows on disk, and the event that sources disagree on most.

    Attributes:
        most_disputed: What is compared of that event and those that bear on it, and its name;
            ``None`` if sources disagree on nothing.

    Args:
        groups: What is compared, group by group.
        known: The registries.
        row: Gives the row of a record: plain values for JSON.
    """

    def __init__(
        self,
        groups: Iterable[Comparisons],
        known: KnownEntries,
        row: Callable[[Any], dict[str, Any]],
    ) -> None:
        self._accounts, self._comparisons = StoredValues(), StoredValues()
        self.most_disputed: tuple[ComparedEvents, str] | None = None
        most = (0, 0)
        for group in groups:
            accounts = ((one.id, row(one)) for one in group.accounts)
            self._accounts.add((name, msgspec.json.encode(one)) for name, one in accounts)
            rows = ((_events_of(one), row(one)) for one in group.comparisons)
            self._comparisons.add((events, msgspec.json.encode(one)) for events, one in rows)
            compared = ComparedEvents(group, known)
            for name in compared.disputed()[:1]:
                if (number := compared.disputes(name)) > most:
                    most, self.most_disputed = number, (compared, name)

    def accounts(self) -> Iterator[dict[str, Any]]:
        """The rows of accounts by id."""
        return map(msgspec.json.decode, self._accounts.in_order())

    def comparisons(self) -> Iterator[dict[str, Any]]:
        """The rows of comparisons by event."""
        return map(msgspec.json.decode, self._comparisons.in_order())


def _events_of(row: Comparison) -> str:
    """The events of a comparison, ordered as lists of ids are."""
    return row.event.replace(TOGETHER, "\t")
