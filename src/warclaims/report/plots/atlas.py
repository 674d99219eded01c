"""Maps of places: where they are, as precisely as known, with land and borders."""

from __future__ import annotations

import functools
import itertools
import json
import math
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple

from warclaims.report.plots.drawing import (
    FAINT,
    GROUND,
    INK,
    LETTER,
    LINE,
    PANEL,
    WIDE,
    Drawing,
    folded,
    short,
)
from warclaims.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from warclaims.records import Coordinates

_SHAPE = 0.66
"""Height of a map in widths."""
_APART = 800
"""Places further than this many kilometres from all others of a map are on another map."""
_LEAST = 3.0
"""A map of one place shows this many degrees from west to east."""
_CLOSEST = 0.5
"""A map of several places shows at least this many."""
_RADIUS = 6371.0
_BEYOND = 20
"""Land is drawn this far beyond the edges, so that its outline is not seen there."""
_CLOSED = 5
"""A line whose ends are this close is a ring."""
_MOST_NAMES = 40
"""Limit of places named on a map; the others are points, and named in the table."""

_BOLD = LETTER + 1
"""Average width of a letter of a name."""

Point = tuple[float, float]


class Spot(NamedTuple):
    """A place on a map.

    Attributes:
        point: Where it is, and how precisely that is known.
        name: What it is called.
        weight: Number of mentions: the place with the most gets its name first.
        contested: Whether it lies in a region whose status is disputed.
        events: The number of events that happened there; it is a square if there are any.
    """

    point: Coordinates
    name: str
    weight: int
    contested: bool
    events: int = 0

    @property
    def label(self) -> str:
        """Its name, with the number of events."""
        return f"{self.name}: {plural(self.events, 'event')}" if self.events else self.name


def regions(spots: Sequence[Spot]) -> list[list[Spot]]:
    """The places by map, the map with the most mentions first. Places near each other share one.

    >>> regions([])
    []
    """
    waiting = sorted(spots, key=lambda spot: (spot.point.longitude, spot.point.latitude, spot.name))
    found = []
    while waiting:
        group = [waiting.pop(0)]
        for spot in group:
            near = [other for other in waiting if _distance(spot.point, other.point) < _APART]
            waiting = [other for other in waiting if other not in near]
            group += near
        found.append(sorted(group, key=lambda spot: (-spot.weight, spot.name)))
    return sorted(found, key=lambda group: (-sum(spot.weight for spot in group), group[0].name))


def crowd(spots: Sequence[Spot]) -> list[Spot]:
    """The largest group of places of a map that are too near each other to be told apart.

    Empty if there are fewer than four, or if it is the whole map.

    >>> crowd([])
    []
    """
    width = max((_distance(a.point, b.point) for a in spots for b in spots[:1]), default=0.0)
    found: list[Spot] = []
    for middle in spots:
        near = [one for one in spots if _distance(middle.point, one.point) < width / 8]
        found = near if len(near) > len(found) else found
    return found if 3 < len(found) < len(spots) else []


def atlas(spots: Sequence[Spot], *, name: str, title: str, width: int = WIDE) -> str:
    """A map of places near each other, as SVG.

    Args:
        spots: The places, at least one; the first ones get their names first.
        name: Distinguishes this figure from others of its page.
        title: What a screen reader announces.
        width: Width of the map in pixels.
    """
    drawn = _Map(spots, width)
    drawn.draw_land()
    drawn.draw_spots()
    drawn.name_countries(drawn.name_places())
    drawing, height = drawn.drawing, drawn.height
    drawing.add("rect", x=0, y=height, width="100%", height="100%", fill=GROUND)
    lines = [line for words in drawn.legend() for line in folded(words, width // LETTER)]
    for number, words in enumerate(lines):
        drawing.words(6, height + 14 + 18 * number, words, FAINT)
    shown = "; ".join(f"{spot.label}, {in_degrees(spot.point)}" for spot in spots)
    description = f"A map with {shown}. The table beside it has all of it."
    return drawing.finish(
        height + 26 + 18 * number, name=name, title=title, description=description
    )


def in_degrees(point: Coordinates) -> str:
    """A point as people write it: ``39.82° N, 46.75° E``."""
    south_north, west_east = "SN"[point.latitude >= 0], "WE"[point.longitude >= 0]
    return f"{abs(point.latitude):.2f}° {south_north}, {abs(point.longitude):.2f}° {west_east}"


class _MapView(NamedTuple):
    """A stretch of the globe in Mercator projection, and the size of its drawing."""

    longitude: float
    middle: float
    scale: float
    width: float
    height: float

    def bounds(self) -> tuple[float, float, float, float]:
        """The longitudes and latitudes in view: west, south, east, north."""
        across = math.degrees(self.width / 2 / self.scale)
        up = self.height / 2 / self.scale
        low, high = (
            math.degrees(2 * math.atan(math.exp(self.middle + one)) - math.pi / 2)
            for one in (-up, up)
        )
        return self.longitude - across, low, self.longitude + across, high

    def at(self, longitude: float, latitude: float) -> Point:
        """The point of the drawing for a point of the globe."""
        across = math.radians(longitude - self.longitude) * self.scale
        up = (_mercator(latitude) - self.middle) * self.scale
        return self.width / 2 + across, self.height / 2 - up


class _LandInView(NamedTuple):
    """What a map shows of the globe, as points of its drawing.

    Attributes:
        countries: Outlines by name of the country; without one if ISO 3166 has no code.
        borders: Lines between them.
        contested: Lines that somebody contests.
    """

    countries: dict[str, list[list[Point]]]
    borders: list[list[Point]]
    contested: list[list[Point]]


@functools.lru_cache(maxsize=32)
def _land_in(view: _MapView) -> _LandInView:
    """The land in view; several events of a corpus happened at the same places."""
    west, south, east, north = view.bounds()
    found = _LandInView({}, [], [])
    lines = {"border": found.borders, "contested": found.contested}
    for feature in _land():
        left, low, right, high = feature["bbox"]
        if not (left < east and right > west and low < north and high > south):
            continue
        about, shapes = feature["properties"], feature["geometry"]["coordinates"]
        if about["kind"] in lines:
            lines[about["kind"]].append([view.at(*point) for point in shapes])
        for ring in shapes if about["kind"] == "country" else ():
            if in_view := _clipped([view.at(*point) for point in ring], view.width):
                found.countries.setdefault(about["name"] if about["coded"] else "", []).append(
                    in_view
                )
    return found


class _Map:
    """The stretch of the globe with these places, with room around them, in Mercator projection."""

    def __init__(self, spots: Sequence[Spot], width: int) -> None:
        self.drawing = Drawing(width)
        self._width, self.height = width, width * _SHAPE
        self._spots = spots
        west, east = (f(spot.point.longitude for spot in spots) for f in (min, max))
        low, high = (_mercator(f(spot.point.latitude for spot in spots)) for f in (min, max))
        least = math.radians(_LEAST if len(spots) == 1 else _CLOSEST)
        wide = max(math.radians(east - west) * 1.6, least)
        tall = max((high - low) * 1.5, wide * self.height / self._width)
        scale = min(self._width / wide, self.height / tall)
        view = _MapView((west + east) / 2, (low + high) / 2, scale, self._width, self.height)
        self._places = [view.at(spot.point.longitude, spot.point.latitude) for spot in spots]
        self._countries, self._borders, self._contested = _land_in(view)

    def draw_land(self) -> None:
        """Draw countries, borders and contested lines."""
        add = self.drawing.add
        for rings in self._countries.values():
            add("path", d="".join(_path(ring) + "Z" for ring in rings), fill=PANEL, stroke=LINE)
        for border in self._borders:
            add("path", d=_path(border), stroke=FAINT, fill="none", stroke_width=1)
        for line in self._contested:
            add("path", d=_path(line), stroke=PANEL, fill="none", stroke_width=3.5)
            add("path", d=_path(line), stroke=INK, stroke_dasharray="4 4", fill="none")

    def draw_spots(self) -> None:
        """Draw the places: the less precisely one is known, the larger it is."""
        add = self.drawing.add
        for spot, (x, y) in zip(self._spots, self._places, strict=True):
            fill = INK if spot.point.precision == 1 else GROUND
            radius = 3.8 * math.sqrt(spot.point.precision)
            look = {"fill": fill, "stroke": INK, "stroke_width": 1.5}
            if spot.events:
                left, top, size = x - radius, y - radius, 2 * radius
                add("rect", x=left, y=top, width=size, height=size, **look)
            else:
                add("circle", cx=x, cy=y, r=radius, **look)
            if spot.contested:
                add("circle", cx=x, cy=y, r=10, stroke=INK, stroke_dasharray="3 3", fill="none")

    def name_countries(self, boxes: Sequence[tuple[float, float, float]]) -> None:
        """Write the name of each country where it is widest, not on contested land or names.

        Args:
            boxes: The names that are there: left edge, height of the middle line, right edge.
        """
        disputed = [line for line in self._contested if math.dist(line[0], line[-1]) < _CLOSED]
        taken = [*boxes, *((x - 12, y, x + 12) for x, y in self._places)]
        for name, rings in self._countries.items():
            half = LETTER * len(name) / 2
            rooms = []
            for y in range(18, int(self.height) - 17, 12):
                edges, unfit = _crossings(rings, y), _crossings(disputed, y)
                for left, right in itertools.pairwise(sorted(edges + unfit)):
                    x = (left + right) / 2
                    inside = sum(edge < x for edge in edges) % 2
                    own = inside and sum(edge < x for edge in unfit) % 2 == 0
                    free = all(
                        abs(y - b) > 16 or x + half < a - 4 or x - half > c + 4 for a, b, c in taken
                    )
                    if own and free and right - left > 2 * half + 8:
                        rooms.append((right - left, x, y))
            if rooms and name:
                _, x, y = max(rooms)
                taken.append((x - half, y, x + half))
                self.drawing.words(x, y, name, FAINT, "middle")

    def name_places(self) -> list[tuple[float, float, float]]:
        """Write the names beside their points, where they cover no other name; where they are."""
        taken: list[tuple[float, float, float]] = []
        for spot, (x, y) in zip(self._spots[:_MOST_NAMES], self._places, strict=False):
            text = short(spot.label, 40)
            wide = _BOLD * len(text)
            begin, at, anchor = x + 13, x + 13, "start"
            lines = (y, y - 15, y + 15, y - 30, y + 30)
            if begin + wide > self._width:
                begin, at, anchor = x - 13 - wide, x - 13, "end"
            if begin < 0:  # fits on neither side
                begin = max(0.0, min(x - wide / 2, self._width - wide))
                at, anchor, lines = begin + wide / 2, "middle", (y - 20, y + 20, y - 35, y + 35, y)
            for line in lines:
                if all(abs(line - b) >= 14 or begin + wide < a or begin > c for a, b, c in taken):
                    taken.append((begin, line, begin + wide))
                    self.drawing.words(at, line, text, INK, anchor, bold=True)
                    break
        return taken

    def legend(self) -> list[str]:
        """What the signs mean, in up to two lines."""
        spots = self._spots
        lines = {
            "dashed lines: contested": bool(self._contested),
            "dashed ring: in a region whose status is disputed": any(s.contested for s in spots),
        }
        points = {
            "square: an event happened there": any(s.events for s in spots),
            "filled: where the place is": any(s.point.precision == 1 for s in spots),
            "hollow: less exact, the larger the less": any(s.point.precision > 1 for s in spots),
            f"only the {_MOST_NAMES} places named most have their names here": len(spots)
            > _MOST_NAMES,
        }
        found = (
            "; ".join(words for words, holds in signs.items() if holds) for signs in (lines, points)
        )
        return list(filter(None, found))


@functools.cache
def _land() -> list[dict[str, Any]]:
    """The map data; see ``geography/README.md``."""
    file = resources.files("warclaims.report") / "geography" / "land-50m.json"
    features: list[dict[str, Any]] = json.loads(file.read_bytes())["features"]
    return features


def _mercator(latitude: float) -> float:
    bounded = max(-85.0, min(85.0, latitude))
    return math.log(math.tan(math.pi / 4 + math.radians(bounded) / 2))


def _distance(one: Coordinates, other: Coordinates) -> float:
    """Kilometres on the globe."""
    a, b = math.radians(one.latitude), math.radians(other.latitude)
    turn = math.radians(one.longitude - other.longitude)
    half = math.sin((a - b) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(turn / 2) ** 2
    return 2 * _RADIUS * math.asin(math.sqrt(half))


def _clipped(ring: list[Point], width: float) -> list[Point]:
    """The part of a closed ring in view (Sutherland and Hodgman, 1974)."""
    edges = (
        (0, -_BEYOND, 1),
        (0, width + _BEYOND, -1),
        (1, -_BEYOND, 1),
        (1, width * _SHAPE + _BEYOND, -1),
    )
    for axis, limit, sign in edges:
        kept: list[Point] = []
        for one, other in itertools.pairwise([*ring, *ring[:1]]):
            inside = sign * (one[axis] - limit) >= 0
            if inside:
                kept.append(one)
            if inside != (sign * (other[axis] - limit) >= 0):
                share = (limit - one[axis]) / (other[axis] - one[axis])
                x, y = (a + share * (b - a) for a, b in zip(one, other, strict=True))
                kept.append((x, y))
        ring = kept
    return ring


def _path(points: Iterable[Point]) -> str:
    return "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _crossings(rings: Iterable[list[Point]], y: float) -> list[float]:
    """Where the outlines of these rings cross a horizontal line, from left to right."""
    return sorted(
        x1 + (x2 - x1) * (y - y1) / (y2 - y1)
        for ring in rings
        for (x1, y1), (x2, y2) in itertools.pairwise([*ring, ring[0]])
        if (y1 > y) != (y2 > y)
    )
