"""A site of a corpus: writes its pages, and answers what templates ask."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from warclaims import wording
from warclaims.accounts.by_event import TOGETHER
from warclaims.accounts.summary import total_words
from warclaims.accounts.wording import said_by, source_name
from warclaims.derive.events import EventTree
from warclaims.derive.sides import common_side
from warclaims.hierarchy import ancestors, parents
from warclaims.records import span_text
from warclaims.records.addresses import anchor_of, event_address, record_address
from warclaims.records.vocabulary import PlaceType
from warclaims.report.colours import NO_SIDE, side_tones
from warclaims.report.marked import as_html, as_text
from warclaims.report.plots.atlas import Spot
from warclaims.report.plots.drawing import FROM_RIGHT, NARROW, WIDE, on_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    import jinja2
    from markupsafe import Markup

    from warclaims.corpus import Corpus
    from warclaims.records import Account, Bundle, Claim, Event, Place
    from warclaims.report.colours import Tone
    from warclaims.report.compared_group import ComparedGroup
    from warclaims.report.page_store import PageStore

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

_QUOTATION_MARKS = tuple("\"'“”„«»‘’‚‹›「」『』")

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
    made.globals |= {
        "score": wording.score,
        "total_words": total_words,
    }
    made.filters |= {
        "account_address": account_address,
        "anchor": anchor_of,
        "as_html": as_html,
        "as_text": as_text,
        "clipped": clipped,
        "event_address": event_address,
        "figures": wording.count,
        "isolated": isolated,
        "plain": wording.plain,
        "quoted": quoted,
        "record_address": record_address,
        "said_by": said_by,
        "source_name": source_name,
        "other_reading": wording.other_reading,
        "told_by": wording.told_by,
        "words": span_text,
    }
    return made


def account_address(account: Account) -> str:
    """The path of the page with an account, and the anchor on it."""
    return event_address(TOGETHER.join(account.events), account.id)


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


def isolated(words: str) -> Markup:
    """Words for a line from left to right: those of other scripts turn no number round.

    >>> isolated("six at Dorn"), isolated("\u0623\u0628: 29 \u2192 37")
    (Markup('six at Dorn'), Markup('<bdi>\u0623\u0628</bdi>: 29 \u2192 37'))
    """
    from markupsafe import Markup, escape

    return Markup(FROM_RIGHT.sub(r"<bdi>\g<0></bdi>", str(escape(words))))


def quoted(words: str) -> str:
    """Words in quotation marks, unless they begin or end with some of their own.

    >>> quoted("six people"), quoted("“groups” of the “act.”")
    ('“six people”', '“groups” of the “act.”')
    """
    has_own = words[:1] in _QUOTATION_MARKS or words[-1:] in _QUOTATION_MARKS
    return words if has_own else f"“{words}”"


class Site:
    """The report of an annotation set: writes pages from templates, which ask it for labels.

    Args:
        corpus: The corpus.
        folder: Where the pages go.
        store: The claims of all texts read so far, and what these say event by event.
        facts: What every page shows: see ``templates/base.html``.
        texts: The ids of the texts, in order.
        progress: Called with the number of pages after each.
    """

    def __init__(
        self,
        corpus: Corpus,
        folder: Path,
        store: PageStore,
        facts: dict[str, Any],
        *,
        texts: Sequence[str] = (),
        progress: Callable[[int], None] = lambda n: None,
    ) -> None:
        self.corpus = corpus
        self.set_name = str(facts["set_name"])
        self.registries = corpus.registries
        self.tree = EventTree(self.registries.events)
        self.store = store
        self.texts = texts
        self.pages = 0
        self._folder = folder
        self._facts = facts
        self._progress = progress
        self._places = parents(self.registries.places)
        self._labels = {side.id: side.label for side in self.registries.sides.values()}
        self._tones = side_tones(self._labels)

    few = 30
    """Longer lists are folded."""

    most_denials = 5
    """Limit of denials shown per statement; the rest is counted."""

    most_readings = 5
    """Limit of readings shown per comparison; the rest is counted."""

    most_lines = 1_000
    """Limit of accounts and comparisons shown in one line each; the rest is counted."""

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

    def figure(
        self, draw: Callable[..., str], stem: str, name: str, *, pixels: bool = False
    ) -> Markup:
        """Drawings for a page, one for desks and one for phones.

        The wide one is saved as ``stem.svg``, with ``pixels`` as ``stem.png`` too.

        Args:
            draw: Makes the drawing, given its ``name`` and ``width``.
            stem: Path of the file, without suffix.
            name: Distinguishes the figure from others of its page.
            pixels: Whether it is saved as PNG, too.
        """
        from markupsafe import Markup

        wide = draw(name=name, width=WIDE)
        narrow = draw(name=f"{name}-narrow", width=NARROW)
        self.file(f"{stem}.svg", wide.encode())
        if pixels:
            import vl_convert

            self.file(f"{stem}.png", vl_convert.svg_to_png(wide, scale=2))
        return Markup('<div class="wide">{}</div><div class="narrow">{}</div>').format(
            on_page(wide), on_page(narrow)
        )

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

    def append(self, path: str, data: bytes) -> None:
        """Add to a file that this site has begun."""
        with (self._folder / path).open("ab") as file:
            file.write(data)

    def when_and_where(self, event: Event) -> str:
        """The dates and the places of an event."""
        places = (self.registries.places.get(name) for name in event.places)
        labels = [place.label for place in places if place is not None]
        return "; ".join(filter(None, (wording.when(event), ", ".join(labels))))

    def events(self, names: Iterable[str]) -> list[Event]:
        """The events of these ids that are in the registry."""
        return [self.registries.events[n] for n in names if n in self.registries.events]

    def compared_events(self, name: str) -> list[Event]:
        """The events of a name in a comparison, which joins the ids of several."""
        return self.events(name.split(TOGETHER))

    def around(self, place: Place) -> list[Place]:
        """The place and those that contain it, innermost first."""
        known = self.registries.places
        return [known[name] for name in ancestors(place.id, self._places)]

    def spot(self, place: Place, weight: int = 1, events: int = 0) -> Spot:
        """A place with coordinates on a map; in a disputed region it is named by all its names."""
        assert place.coordinates is not None
        contested = any(one.type == PlaceType.DISPUTED_REGION for one in self.around(place))
        names = dict.fromkeys([place.label, *(name.name for name in place.names)])
        label = " / ".join(names) if contested else place.label
        return Spot(place.coordinates, label, weight, contested, events)

    def actor_labels(self, names: Iterable[str]) -> str:
        """The labels of actors in a list; the id of one that is not in the registry."""
        known = self.registries.actors
        return ", ".join(wording.label_of(name, known) for name in names)


class ReportPage:
    """A kind of page. It sees one text, then one group of events at a time, and keeps little."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def add(self, bundle: Bundle, claims: list[Claim]) -> None:
        """Take what it needs from a text."""

    def add_group(self, group: ComparedGroup) -> None:
        """Take what it needs from a group of events, after all texts."""

    def write(self) -> None:
        """Write what is left, after all groups."""
