"""One module per kind of page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.report.pages.accusations import Accusations
from warclaims.report.pages.agreement import Agreement
from warclaims.report.pages.events import Events
from warclaims.report.pages.names import Names
from warclaims.report.pages.overview import Overview
from warclaims.report.pages.places import Places
from warclaims.report.pages.sources import Sources
from warclaims.report.pages.texts import Texts

if TYPE_CHECKING:
    from warclaims.report.context import ReportPage

PAGES: tuple[type[ReportPage], ...] = (
    Texts,
    Events,
    Accusations,
    Sources,
    Places,
    Names,
    Agreement,
    Overview,
)
"""All kinds of pages, in the order of writing."""
