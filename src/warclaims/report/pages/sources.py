"""Who is a source, of what, and whom sources blame: a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from warclaims.records import Bundle, Claim
    from warclaims.report.part import Context
    from warclaims.report.site import Site


class Sources:
    """Who is a source, of what, and whom sources blame: a network."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def add(self, bundle: Bundle, claims: list[Claim], site: Site) -> None:
        """Nothing of a single text."""

    def write(self, site: Site) -> None:
        """Write the page."""
        site.page("sources.html", "base.html", title="Sources")
