"""Pages and files of a site."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import jinja2

MARK = "warclaims-report.txt"
"""A file that says that a folder holds a report, which may be written over."""


class Entry(NamedTuple):
    """A page of the navigation: its path in the site and its title."""

    path: str
    title: str


NAVIGATION = (
    Entry("index.html", "Overview"),
    Entry("texts.html", "Texts"),
    Entry("events.html", "Events"),
    Entry("accusations.html", "Accusations"),
    Entry("sources.html", "Sources"),
    Entry("places.html", "Places"),
    Entry("names.html", "Names"),
    Entry("agreement.html", "Agreement"),
)


@cache
def environment() -> jinja2.Environment:
    """The templates, which are read once."""
    import jinja2

    return jinja2.Environment(
        loader=jinja2.PackageLoader("warclaims.report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


class Site:
    """Writes pages from templates. Everything put into a template is escaped unless marked safe.

    Args:
        folder: Where the pages go.
        facts: What every page shows: see ``templates/base.html``.

    Attributes:
        pages: How many pages were written.
        told: Called with that number after each.
    """

    def __init__(self, folder: Path, facts: dict[str, Any]) -> None:
        self.folder = folder
        self.pages = 0
        self.told: Callable[[int], None] = lambda pages: None
        self._facts = facts
        self._templates = environment()

    def page(self, path: str, template: str, *, title: str, **values: Any) -> None:
        """Write the page at ``path`` (with slashes, from the site's root) from a template.

        Templates get ``root``, the way back to the root of the site, for links.
        """
        root = "../" * path.count("/")
        words = self._templates.get_template(template).render(
            **self._facts, **values, title=title, root=root, path=path, navigation=NAVIGATION
        )
        self.file(path, words.encode())
        self.pages += 1
        self.told(self.pages)

    def file(self, path: str, data: bytes) -> None:
        """Write any file."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)

    def static(self, name: str) -> None:
        """Copy a file of ``templates/`` as it is."""
        source = resources.files("warclaims.report") / "templates" / name
        self.file(name, source.read_bytes())
