"""The places on maps, with how exactly they are known, all their names and who uses these."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from warclaims.records import span_text
from warclaims.records.vocabulary import Evidence, PlaceLevel, PlaceType
from warclaims.report.plots.atlas import Spot, atlas, regions, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markupsafe import Markup

    from warclaims.records import Bundle, Claim, Place
    from warclaims.report.part import Context
    from warclaims.report.site import Site

PRECISION = {
    1: "exact location",
    2: "near it, within about 25 km",
    3: "somewhere in a district",
    4: "somewhere in a province",
    5: "along a line, or in a region without clear bounds",
    6: "somewhere in a country",
    7: "in international waters or air",
}
"""UCDP's *where_prec* in words."""

MOST_MAPS = 4
"""So many maps are drawn, those whose places are named most."""

MOST_PLACES = 1000
"""So many places are listed, those named most; the rest is counted."""

MOST_SPOTS = 300
"""So many places are put on maps, those named most."""

MOST_OUTLETS = 12
"""So many outlets are listed for a name."""

UNKNOWN = "outlet unknown"


class Used(NamedTuple):
    """A name with who is said to use it and the outlets that do."""

    name: str
    said_of: str
    mentions: int
    outlets: list[str]
    more_outlets: int


class Row(NamedTuple):
    """A place as the page shows it."""

    place: Place
    kind: str
    where: str
    precision: str
    within: str
    why_within: str
    names: list[Used]
    mentions: int


class Places:
    """The page of places; it keeps how often each outlet uses each name."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._mentions: Counter[str] = Counter()
        self._used: dict[str, dict[str, Counter[str]]] = {}

    def add(self, bundle: Bundle, claims: list[Claim], site: Site) -> None:
        """Count how the text calls places."""
        outlet = bundle.document.outlet.value or UNKNOWN
        for mention in bundle.annotations.locations:
            if mention.place is None:
                continue
            self._mentions[mention.place] += 1
            if mention.level is PlaceLevel.NAME:
                names = self._used.setdefault(mention.place, {})
                names.setdefault(span_text(mention.span), Counter())[outlet] += 1

    def write(self, site: Site) -> None:
        """Write the page and its maps."""
        places = self._context.registries.places.values()
        order = sorted(places, key=lambda place: (-self._mentions[place.id], place.id))
        known = [place for place in order if place.coordinates is not None]
        groups = regions([self._spot(place) for place in known[:MOST_SPOTS]])
        rows = [self._row(place) for place in order[:MOST_PLACES]]
        site.page(
            "places.html",
            "places.html",
            title="Places",
            maps=[_map(group, number, site) for number, group in enumerate(groups[:MOST_MAPS], 1)],
            off_maps=len(known) - sum(len(group) for group in groups[:MOST_MAPS]),
            located=[row for row in rows if row.where],
            unlocated=[row for row in rows if not row.where],
            left_out=len(order) - len(rows),
        )

    def _spot(self, place: Place) -> Spot:
        """The place on a map. What lies in a disputed region is written with all its names."""
        point = place.coordinates
        assert point is not None
        contested = any(p.type is PlaceType.DISPUTED_REGION for p in self._ancestors(place))
        names = [place.label, *(name.name for name in place.names if name.name != place.label)]
        return Spot(
            point.longitude,
            point.latitude,
            point.precision,
            " / ".join(names) if contested else place.label,
            self._mentions[place.id],
            contested,
        )

    def _ancestors(self, place: Place) -> Iterator[Place]:
        """The place and what it lies in, innermost first."""
        places, seen = self._context.registries.places, set()
        here: Place | None = place
        while here is not None and here.id not in seen:
            yield here
            seen.add(here.id)
            here = places.get(here.parent.id) if here.parent else None

    def _row(self, place: Place) -> Row:
        point, parent = place.coordinates, place.parent
        _, *around = self._ancestors(place)
        why = ""
        if parent is not None and place.type is PlaceType.DISPUTED_REGION:
            why = parent.basis  # that it lies there is what the dispute is about
        elif parent is not None and parent.evidence is Evidence.INFERRED:
            why = "inferred"
        return Row(
            place,
            place.type.value.replace("_", " "),
            told(point.latitude, point.longitude) if point else "",
            f"{point.precision}: {PRECISION[point.precision]}" if point else "",
            around[0].label if around else "",
            why,
            list(self._names(place)),
            self._mentions[place.id],
        )

    def _names(self, place: Place) -> Iterator[Used]:
        """The names of the registry and of the texts, the most used first."""
        said_of = {name.name: self._labels(name.used_by) for name in place.names}
        used = self._used.get(place.id, {})
        found = dict.fromkeys([*said_of, *used])
        for name in sorted(found, key=lambda n: (-sum(used.get(n, {}).values()), n)):
            outlets = used.get(name, Counter())
            listed = sorted(outlets, key=lambda outlet: (-outlets[outlet], outlet))
            yield Used(
                name,
                said_of.get(name, ""),
                outlets.total(),
                [f"{outlet} ({outlets[outlet]:,})" for outlet in listed[:MOST_OUTLETS]],
                len(listed[MOST_OUTLETS:]),
            )

    def _labels(self, names: Iterable[str]) -> str:
        actors = self._context.registries.actors
        return ", ".join(actors[name].label if name in actors else name for name in names)


class Map(NamedTuple):
    """A map for the page, and the files of it."""

    title: str
    drawing: Markup
    stem: str


def _map(spots: list[Spot], number: int, site: Site) -> Map:
    names = [spot.name for spot in spots]
    title = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    drawn = atlas(spots, name=f"map-{number}", title=f"Map of {title}")
    drawn.save(site, f"plots/places-{number}", pixels=True)
    return Map(title, drawn.inline, f"plots/places-{number}")
