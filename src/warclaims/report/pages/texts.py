"""The texts, and a page of each with its annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from warclaims.records import Bundle, Claim
    from warclaims.report.part import Context
    from warclaims.report.site import Site


class Texts:
    """The texts, and a page of each with its annotations."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def add(self, bundle: Bundle, claims: list[Claim], site: Site) -> None:
        """Nothing of a single text."""

    def write(self, site: Site) -> None:
        """Write the page."""
        site.page("texts.html", "base.html", title="Texts")
