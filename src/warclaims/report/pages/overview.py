"""The first page: what the corpus holds, each event in short, downloads, how to cite."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from warclaims.records import LAYERS
from warclaims.report.counting import with_numbers
from warclaims.report.site import NO_OUTLET, ReportPage, Site

if TYPE_CHECKING:
    from warclaims.records import Bundle, Claim
    from warclaims.report.compared_group import ComparedGroup

MOST_EVENTS = 60
"""Limit of events listed: those with most disagreements, then those with most accounts."""

MOST_OUTLETS = 12
"""Limit of outlets named; the rest is counted."""

DOWNLOADS = {
    "claims": "every count of victims, with its chain of sources",
    "accounts": "what each source says in one text of one event",
    "comparisons": "what the accounts of an event agree and disagree on",
}
"""The files of data with what they hold."""


class EventLine(NamedTuple):
    """An event, or several counted together, in short; the greatest ``rank`` comes first."""

    rank: tuple[int, ...]
    name: str
    said: str
    is_disputed: bool


class OverviewPage(ReportPage):
    """The first page; it keeps numbers, and the lines of events."""

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self._counts: Counter[str] = Counter()
        self._outlets: Counter[str] = Counter()
        self._days: list[str] = []
        self._lines: list[EventLine] = []
        self._names = 0

    def add(self, bundle: Bundle, claims: list[Claim]) -> None:
        """Count the records of a text."""
        self._counts["texts"] += 1
        for layer in LAYERS:
            self._counts[layer] += len(getattr(bundle.annotations, layer))
        self._counts["own voice"] += sum(claim.narrator for claim in claims)
        self._outlets[bundle.document.outlet.value or NO_OUTLET] += 1
        if day := bundle.document.date.value:
            self._days = [min(day, *self._days), max(day, *self._days)] if self._days else [day]

    def add_group(self, group: ComparedGroup) -> None:
        """Keep the lines of the events that come first."""
        compared = group.compared
        for name in compared.own.keys() | compared.rows.keys():
            number = compared.disputes(name)
            if name in compared.own or number[0]:
                self._names += 1
                rank = (*number, 0) if number[0] else (0, 0, len(compared.own[name]))
                self._lines.append(EventLine(rank, name, compared.brief(name), number[0] > 0))
        self._lines.sort(key=lambda line: ([-n for n in line.rank], line.name))
        del self._lines[MOST_EVENTS:]

    def write(self) -> None:
        """Write the page: numbers, each event with what sources say of it, downloads."""
        self._site.page(
            "index.html",
            counts=self._counts,
            outlets=with_numbers(self._outlets, MOST_OUTLETS),
            more_outlets=max(len(self._outlets) - MOST_OUTLETS, 0),
            days=" to ".join(dict.fromkeys(self._days)),
            lines=self._lines,
            more_events=self._names - len(self._lines),
            downloads=DOWNLOADS,
        )
