"""A site of a corpus: writes its pages, and answers what templates ask."""

from __future__ import annotations

from functools import cache, cached_property
from importlib import resources
from typing import TYPE_CHECKING, Any

from warclaims import wording
from warclaims.accounts.by_event import TOGETHER, ComparedEvents
from warclaims.accounts.event_views import EventViews
from warclaims.derive.events import EventTree
from warclaims.derive.sides import common_side
from warclaims.records import Comparisons, span_text
from warclaims.report.colours import NO_SIDE, side_tones
from warclaims.report.plots.drawing import on_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    import jinja2
    from markupsafe import Markup

    from warclaims.corpus import Corpus
    from warclaims.records import Bundle, Claim, Event
    from warclaims.report.claim_store import ClaimStore
    from warclaims.report.colours import Tone

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

NO_OUTLET = "outlet unknown"

MOST_TESTIMONIES = 50
"""Limit of sources shown per position; the rest is counted."""

_LONGEST = 160
"""Longer words are cut in lists, in code points; the text itself is beside the list."""


@cache
def environment() -> jinja2.Environment:
    """The templates. Values in them are escaped unless marked safe."""
    import jinja2

    made = jinja2.Environment(
        loader=jinja2.PackageLoader("warclaims.report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["score"] = wording.score
    made.filters |= {
        "clipped": clipped,
        "figures": wording.count,
        "plain": wording.plain,
        "other_reading": wording.other_reading,
        "told_by": wording.told_by,
        "words": span_text,
    }
    return made


def clipped(words: str) -> str:
    """The beginning of long words, in one line.

    >>> clipped("so  many\\nwords"), len(clipped("word " * 99))
    ('so many words', 155)
    """
    words = " ".join(words.split())
    if len(words) <= _LONGEST:
        return words
    cut = words[: _LONGEST - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut) + "…"


class Site:
    """The report of an annotation set: writes pages from templates, which ask it for labels.

    Args:
        corpus: The corpus.
        folder: Where the pages go.
        claims: The claims of all texts read so far, by event.
        facts: What every page shows: see ``templates/base.html``.
        progress: Called with the number of pages after each.

    Attributes:
        compared: What sources agree and disagree on, known when all texts are read.
    """

    def __init__(
        self,
        corpus: Corpus,
        folder: Path,
        claims: ClaimStore,
        facts: dict[str, Any],
        progress: Callable[[int], None] = lambda n: None,
    ) -> None:
        self.corpus = corpus
        self.registries = corpus.registries
        self.tree = EventTree(self.registries.events)
        self.claims = claims
        self.compared = ComparedEvents(Comparisons(accounts=(), comparisons=()), self.registries)
        self.pages = 0
        self._folder = folder
        self._facts = facts
        self._progress = progress
        self._labels = {side.id: side.label for side in self.registries.sides.values()}
        self._tones = side_tones(self._labels)

    @cached_property
    def views(self) -> EventViews:
        """What is shown of ``compared``, event by event, for templates."""
        return EventViews(
            self.compared,
            self.registries,
            self.claims.get,
            self.claims.denied,
            most=MOST_TESTIMONIES,
        )

    def page(self, path: str, template: str = "", **values: Any) -> None:
        """Write the page at ``path`` (with slashes, from the site's root) from a template.

        By default the template has the name of the page, and the title is that in the navigation.
        In the template ``root`` leads back to the root of the site.
        """
        page = environment().get_template(template or path)
        values = {"title": NAVIGATION.get(path), **self._facts, **values}
        root = "../" * path.count("/")
        made = page.render(site=self, path=path, root=root, navigation=NAVIGATION, **values)
        self.file(path, made.encode())
        self.pages += 1
        self._progress(self.pages)

    def file(self, path: str, data: bytes) -> None:
        """Write any file."""
        target = self._folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)

    def figure(self, svg: str, stem: str, *, pixels: bool = False) -> Markup:
        """Save a drawing as ``stem.svg``, with ``pixels`` as ``stem.png`` too; it for a page."""
        self.file(f"{stem}.svg", svg.encode())
        if pixels:
            import vl_convert

            self.file(f"{stem}.png", vl_convert.svg_to_png(svg, scale=2))
        return on_page(svg)

    def static(self, name: str) -> None:
        """Copy a file of ``templates/`` as it is."""
        source = resources.files("warclaims.report") / "templates" / name
        self.file(name, source.read_bytes())

    def side(self, actors: Iterable[str | None]) -> tuple[str, Tone]:
        """Label and tone of the one side of these actors: *no side* if there is none, or several.

        The actors are given by id; unknown ones have no side.
        """
        side = common_side(filter(None, actors), self.registries.actors) or ""
        return self._labels.get(side, "no side"), self._tones.get(side, NO_SIDE)

    def side_of(self, claim: Claim) -> tuple[str, Tone]:
        """Label and tone of the side of the innermost source of a claim."""
        label, tone = self.side(claim.source)
        return "the text itself" if claim.narrator else label, tone

    def described(self, claim: Claim) -> str:
        """What happened to whom by what, according to a claim."""
        return wording.described(claim, self._labels)

    def events(self, names: Iterable[str]) -> list[Event]:
        """The events of these ids that are in the registry."""
        return [self.registries.events[n] for n in names if n in self.registries.events]

    def compared_events(self, name: str) -> list[Event]:
        """The events of a name in ``compared``."""
        return self.events(name.split(TOGETHER))

    def actor_labels(self, names: Iterable[str]) -> str:
        """The labels of actors in a list; the id of one that is not in the registry."""
        known = self.registries.actors
        return ", ".join(known[name].label if name in known else name for name in names)


class ReportPage:
    """A kind of page. It sees the texts one at a time and keeps only a little of each."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def add(self, bundle: Bundle, claims: list[Claim]) -> None:
        """Take what it needs from a text."""

    def write(self) -> None:
        """Write what is left, after all texts."""
