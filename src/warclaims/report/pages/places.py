"""The places on maps: how precisely they are known, their names, and who uses these."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import partial
from typing import TYPE_CHECKING, Any

from warclaims.records import span_text
from warclaims.records.vocabulary import Evidence, PlaceLevel, PlaceType
from warclaims.report.counting import most_frequent, with_numbers
from warclaims.report.plots.atlas import Spot, atlas, crowd, in_degrees, regions
from warclaims.report.site import NO_OUTLET, ReportPage, Site
from warclaims.wording import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.records import Bundle, Claim, Event, Place
    from warclaims.report.compared_group import ComparedGroup

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
"""Limit of maps: those whose places are named most."""

MOST_PLACES = 1000
"""Limit of places listed: those named most; the rest is counted."""

MOST_SPOTS = 300
"""Limit of places on maps: those named most."""

MOST_OUTLETS = 12
"""Limit of outlets listed per name."""


class PlacesPage(ReportPage):
    """The page of places; it keeps how often each outlet uses each name."""

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self._mentions: Counter[str] = Counter()
        self._used: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
        self._said: dict[str, str] = {}

    def add(self, bundle: Bundle, claims: list[Claim]) -> None:
        """Count how the text calls places."""
        outlet = bundle.document.outlet.value or NO_OUTLET
        for mention in bundle.annotations.locations:
            if mention.place is not None:
                self._mentions[mention.place] += 1
                if mention.level is PlaceLevel.NAME:
                    self._used[mention.place][span_text(mention.span)][outlet] += 1

    def add_group(self, group: ComparedGroup) -> None:
        """Keep what sources say of each event with a place, in short."""
        for event in self._site.events(group.events):
            if event.places:
                self._said[event.id] = group.compared.brief(event.id)

    def write(self) -> None:
        """Write the page and its maps."""
        happened: dict[str, list[Event]] = defaultdict(list)
        for event in self._site.registries.events.values():
            for name in event.places:
                happened[name].append(event)
        places = self._site.registries.places.values()
        order = sorted(places, key=lambda place: (-self._mentions[place.id], place.id))
        known = [place for place in order if place.coordinates is not None]
        spots = [
            self._site.spot(place, self._mentions[place.id], len(happened[place.id]))
            for place in known[:MOST_SPOTS]
        ]
        groups = regions(spots)
        maps = [part for group in groups[:MOST_MAPS] for part in (group, crowd(group)) if part]
        rows = [self._row(place) for place in order[:MOST_PLACES]]
        self._site.page(
            "places.html",
            maps=[self._map(group, number) for number, group in enumerate(maps, 1)],
            happened=[(place, happened[place.id]) for place in order if happened[place.id]],
            said=self._said,
            off_maps=len(known) - sum(len(group) for group in groups[:MOST_MAPS]),
            located=[row for row in rows if row["where"]],
            unlocated=[row for row in rows if not row["where"]],
            left_out=len(order) - len(rows),
        )

    def _row(self, place: Place) -> dict[str, Any]:
        """The place in the table."""
        point, parent = place.coordinates, place.parent
        why = ""
        if parent is not None and place.type == PlaceType.DISPUTED_REGION:
            why = parent.basis  # that it lies there is what the dispute is about
        elif parent is not None and parent.evidence is Evidence.INFERRED:
            why = "inferred"
        return {
            "place": place,
            "kind": plain(place.type),
            "where": in_degrees(point) if point else "",
            "precision": f"{point.precision}: {PRECISION[point.precision]}" if point else "",
            "within": [one.label for one in self._site.around(place)[1:2]],
            "why_within": why,
            "names": list(self._names(place)),
            "mentions": self._mentions[place.id],
        }

    def _names(self, place: Place) -> Iterator[dict[str, Any]]:
        """The names of the registry and of the texts, the most used first."""
        used_by = {one.name: self._site.actor_labels(one.used_by) for one in place.names}
        used = {**{name: Counter[str]() for name in used_by}, **self._used[place.id]}
        for name, number in most_frequent({name: uses.total() for name, uses in used.items()}):
            yield {
                "name": name,
                "used_by": used_by.get(name),
                "mentions": number,
                "outlets": with_numbers(used[name], MOST_OUTLETS),
                "more_outlets": max(len(used[name]) - MOST_OUTLETS, 0),
            }

    def _map(self, spots: list[Spot], number: int) -> dict[str, Any]:
        """A map for the page, saved beside it."""
        names = [spot.name for spot in spots]
        title = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
        draw = partial(atlas, spots, title=f"Map of {title}")
        stem = f"plots/places-{number}"
        drawing = self._site.figure(draw, stem, f"map-{number}", pixels=True)
        return {"title": title, "drawing": drawing, "stem": stem}
