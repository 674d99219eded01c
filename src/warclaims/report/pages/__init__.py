"""One module per kind of page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.report.pages.accusations import AccusationsPage
from warclaims.report.pages.agreement import AgreementPage
from warclaims.report.pages.events import EventsPage
from warclaims.report.pages.names import NamesPage
from warclaims.report.pages.overview import OverviewPage
from warclaims.report.pages.places import PlacesPage
from warclaims.report.pages.sources import SourcesPage
from warclaims.report.pages.texts import TextsPage

if TYPE_CHECKING:
    from warclaims.report.site import ReportPage

PAGES: tuple[type[ReportPage], ...] = (
    TextsPage,
    EventsPage,
    AccusationsPage,
    SourcesPage,
    PlacesPage,
    NamesPage,
    AgreementPage,
    OverviewPage,
)
"""All kinds of pages, in the order of writing."""
