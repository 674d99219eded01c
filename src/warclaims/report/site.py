"""Pages and files of a site."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import jinja2

MARK = "warclaims-report.txt"
"""A file that marks a folder as a report, which may be overwritten."""

NAVIGATION = {
    "index.html": "Overview",
    "texts.html": "Texts",
    "events.html": "Events",
    "accusations.html": "Accusations",
    "sources.html": "Sources",
    "places.html": "Places",
    "names.html": "Names",
    "agreement.html": "Agreement",
}
"""The titles of the main pages."""


@cache
def environment() -> jinja2.Environment:
    """The templates. Values in them are escaped unless marked safe."""
    import jinja2

    from warclaims.wording import score

    made = jinja2.Environment(
        loader=jinja2.PackageLoader("warclaims.report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["score"] = score
    return made


class Site:
    """Writes pages from templates.

    Args:
        folder: Where the pages go.
        facts: What every page shows: see ``templates/base.html``.
        progress: Called with the number of pages after each.
    """

    def __init__(
        self, folder: Path, facts: dict[str, Any], progress: Callable[[int], None] = lambda n: None
    ) -> None:
        self.folder = folder
        self.pages = 0
        self._facts = facts
        self._progress = progress

    def page(self, path: str, template: str = "", *, title: str, **values: Any) -> None:
        """Write the page at ``path`` (with slashes, from the site's root) from a template.

        By default the template has the name of the page. In it ``root`` leads back to the root of
        the site.
        """
        page = environment().get_template(template or path)
        values |= {"title": title, "path": path, "root": "../" * path.count("/")}
        self.file(path, page.render(**self._facts, **values, navigation=NAVIGATION).encode())
        self.pages += 1
        self._progress(self.pages)

    def file(self, path: str, data: bytes) -> None:
        """Write any file."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)

    def static(self, name: str) -> None:
        """Copy a file of ``templates/`` as it is."""
        source = resources.files("warclaims.report") / "templates" / name
        self.file(name, source.read_bytes())
