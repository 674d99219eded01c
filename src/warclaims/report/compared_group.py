"""The events of a corpus whose counts bear on each other, as their pages show them."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from warclaims.accounts.by_event import ComparedEvents
from warclaims.accounts.event_views import EventViews
from warclaims.accounts.summary import compared_in, total_words, victims
from warclaims.accounts.wording import source_name
from warclaims.grouping import grouped
from warclaims.records.accounts import ComparisonKind
from warclaims.records.addresses import event_address
from warclaims.records.vocabulary import Outcome
from warclaims.report.page_store import ComparisonLink, TextNotes, ToldEvent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from warclaims.records import Account, Comparison, Comparisons
    from warclaims.report.site import Site

_DISAGREEMENT = ComparisonKind.DISAGREEMENT

MOST_TESTIMONIES = 12
"""Limit of sources shown per position; the rest is counted."""


class ComparedGroup:
    """Events whose counts bear on each other, and on no others.

    Attributes:
        events: Their ids.
        compared: What sources agree and disagree on.
        views: What is shown of each event.
    """

    def __init__(self, site: Site, events: Iterable[str], found: Comparisons) -> None:
        self._sides = site.registries.sides
        self.events = frozenset(events)
        self.compared = ComparedEvents(found, site.registries)
        self.views = EventViews(
            self.compared,
            site.registries,
            site.store.get,
            site.store.denied(self.events),
            most=MOST_TESTIMONIES,
        )

    @cached_property
    def rows_of(self) -> Mapping[str, list[Comparison]]:
        """The comparisons in which a record takes part, by its id."""
        found: dict[str, list[Comparison]] = defaultdict(list)
        for rows in self.compared.rows.values():
            for row in rows:
                records = {name for position in row.positions for name in position.records}
                names = (name for position in row.positions for name in position.accounts)
                for account in self.compared.known(names):
                    records.update(account.records)
                for record in records:
                    found[record].append(row)
        return found

    def notes(self) -> dict[str, TextNotes]:
        """What each text, by id, says of these events."""
        found: dict[str, TextNotes] = defaultdict(lambda: TextNotes([], {}))
        for name, own in self.compared.own.items():
            for document, accounts in grouped(own, lambda one: one.document).items():
                found[document].events.append(self._told(name, accounts))
        for record, rows in self.rows_of.items():
            found[record.partition(":")[0]].links[record] = [
                ComparisonLink(row_address(row), compared_in(row), row.kind is _DISAGREEMENT)
                for row in rows
            ]
        return found

    def _told(self, name: str, accounts: list[Account]) -> ToldEvent:
        records = dict.fromkeys(record for account in accounts for record in account.records)
        rows = (row for record in records for row in self.rows_of.get(record, ()))
        disputed = (row for row in rows if row.event == name and row.kind is _DISAGREEMENT)
        return ToldEvent(
            name,
            [
                (total_words(one, self._sides, victims(one.outcome)), source_name(one))
                for one in sorted(accounts, key=lambda one: one.outcome != Outcome.KILLED)
            ],
            [*dict.fromkeys(map(compared_in, disputed))],
        )


def row_address(row: Comparison) -> str:
    """The path of the page with a comparison, and the anchor on it."""
    return event_address(row.event, row.id)
