"""Maps of places: where they are, as exactly as is known, on land and borders."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Any, NamedTuple

from warclaims.report.plots.drawing import (
    FAINT,
    GROUND,
    INK,
    LINE,
    PANEL,
    Room,
    Words,
    compiled,
    draw,
    short,
)
from warclaims.report.plots.land import Box, land

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from warclaims.report.plots.drawing import Figure
    from warclaims.report.plots.land import Point

_WIDTH, _HEIGHT = 640, 420
_APART = 800
"""Places further than so many kilometres from all others of a map are on another map."""
_LEAST = 3.0
"""A map shows at least so many degrees from west to east."""
_RADIUS = 6371.0
_LETTER = 7
_CLOSED = 0.05
"""A line whose ends are so few degrees apart is a ring."""
_ROOM = 13
"""A country is named where so much is free around its name."""
_MOST_NAMES = 40
"""So many places of a map are named; the others are points, in the table with their names."""


class Spot(NamedTuple):
    """A place on a map.

    Attributes:
        longitude: Degrees east.
        latitude: Degrees north.
        precision: UCDP where_prec: 1 exact location … 7 international waters or air.
        name: What is written beside it.
        weight: How often the texts name it: the most named gets its name first.
        contested: Whether it lies in a region whose status is disputed.
    """

    longitude: float
    latitude: float
    precision: int
    name: str
    weight: int
    contested: bool


def regions(spots: Sequence[Spot]) -> list[list[Spot]]:
    """The places map by map: the one named most first. Near ones share a map.

    >>> regions([])
    []
    """
    waiting = sorted(spots, key=lambda spot: (spot.longitude, spot.latitude, spot.name))
    found = []
    while waiting:
        group = [waiting.pop(0)]
        for spot in group:
            near = [other for other in waiting if _distance(spot, other) < _APART]
            waiting = [other for other in waiting if other not in near]
            group += near
        found.append(sorted(group, key=lambda spot: (-spot.weight, spot.name)))
    return sorted(found, key=lambda group: (-sum(spot.weight for spot in group), group[0].name))


def atlas(spots: Sequence[Spot], *, name: str, title: str) -> Figure:
    """A map of places near each other.

    Args:
        spots: The places, at least one; the first ones get their names first.
        name: Tells this figure from others of its page.
        title: What it is of.
    """
    view = _view(spots)
    return draw(
        compiled(_chart(view, spots)),
        name=name,
        title=title,
        description="A map with "
        + "; ".join(f"{spot.name}, {told(spot.latitude, spot.longitude)}" for spot in spots)
        + ". The table beside it has all of it.",
        texts=[*_countries(view, spots), *_names(spots, view), *_legend(spots, view)],
        room=Room(_WIDTH, _HEIGHT, 0, 0, 0, 44),
    )


def told(latitude: float, longitude: float) -> str:
    """A point in words.

    >>> told(39.8177, 46.7528)
    '39.82° N, 46.75° E'
    """
    south_north, west_east = "SN"[latitude >= 0], "WE"[longitude >= 0]
    return f"{abs(latitude):.2f}° {south_north}, {abs(longitude):.2f}° {west_east}"


class _View(NamedTuple):
    """What a map shows, in Mercator's projection: north up, shapes kept, distances are not."""

    longitude: float
    middle: float
    scale: float

    def at(self, longitude: float, latitude: float) -> Point:
        """Where a point of the globe is in the drawing."""
        across = math.radians(longitude - self.longitude) * self.scale
        up = (_mercator(latitude) - self.middle) * self.scale
        return _WIDTH / 2 + across, _HEIGHT / 2 - up

    @property
    def box(self) -> Box:
        """The stretch of the globe that is shown."""
        wide = math.degrees(_WIDTH / 2 / self.scale)
        high = _HEIGHT / 2 / self.scale
        south, north = (_latitude(self.middle + sign * high) for sign in (-1, 1))
        return Box(self.longitude - wide, south, self.longitude + wide, north)

    @property
    def projection(self) -> dict[str, Any]:
        """The same for Altair."""
        return {
            "type": "mercator",
            "center": [round(self.longitude, 6), round(_latitude(self.middle), 6)],
            "scale": round(self.scale, 4),
            "translate": [_WIDTH / 2, _HEIGHT / 2],
            "clipExtent": [[0, 0], [_WIDTH, _HEIGHT]],
        }


def _view(spots: Sequence[Spot]) -> _View:
    """All the places with room around them, and for their names on the right."""
    west, east = min(s.longitude for s in spots), max(s.longitude for s in spots)
    low, high = (_mercator(f(s.latitude for s in spots)) for f in (min, max))
    wide = max(math.radians(east - west) * 1.6, math.radians(_LEAST))
    tall = max((high - low) * 1.5, wide * _HEIGHT / _WIDTH)
    scale = min(_WIDTH / wide, _HEIGHT / tall)
    return _View((west + east) / 2, (low + high) / 2, scale)


def _mercator(latitude: float) -> float:
    bounded = max(-85.0, min(85.0, latitude))
    return math.log(math.tan(math.pi / 4 + math.radians(bounded) / 2))


def _latitude(mercator: float) -> float:
    return math.degrees(2 * math.atan(math.exp(mercator)) - math.pi / 2)


def _distance(one: Spot, other: Spot) -> float:
    """Kilometres on the globe."""
    a, b = math.radians(one.latitude), math.radians(other.latitude)
    turn = math.radians(one.longitude - other.longitude)
    half = math.sin((a - b) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(turn / 2) ** 2
    return 2 * _RADIUS * math.asin(math.sqrt(half))


def _chart(view: _View, spots: Sequence[Spot]) -> Any:
    import altair as alt

    box, data = view.box, land()
    areas = [
        {"type": "Polygon", "coordinates": polygon}
        for country in data.countries
        for polygon in country.polygons
        if box.meets(polygon[0])
    ]

    def lines(found: Iterable[list[Point]]) -> list[dict[str, Any]]:
        return [{"type": "LineString", "coordinates": one} for one in found if box.meets(one)]

    def shapes(found: list[dict[str, Any]], **look: Any) -> Any:
        features = [{"type": "Feature", "geometry": geometry} for geometry in found]
        drawn = alt.Chart(alt.InlineData(values=features)).mark_geoshape(clip=False, **look)
        return drawn.project(**view.projection)

    def points(**look: Any) -> Any:
        drawn = alt.Chart(alt.InlineData(values=places)).mark_point(clip=False, **look)
        return drawn.project(**view.projection).encode(longitude="x:Q", latitude="y:Q")

    places = [
        {
            "x": spot.longitude,
            "y": spot.latitude,
            "size": 45 * spot.precision,
            "fill": INK if spot.precision == 1 else GROUND,
            "contested": spot.contested,
        }
        for spot in spots
    ]
    contested = lines(data.contested)
    return alt.layer(
        shapes(areas, fill=PANEL, stroke=LINE, strokeWidth=0.8),
        shapes(lines(data.borders), filled=False, stroke=FAINT, strokeWidth=1),
        shapes(contested, filled=False, stroke=PANEL, strokeWidth=3.5),
        shapes(contested, filled=False, stroke=INK, strokeWidth=1.2, strokeDash=[4, 4]),
        points(stroke=INK, strokeWidth=1.5, opacity=1).encode(
            size=alt.Size("size:Q", scale=None), fill=alt.Fill("fill:N", scale=None)
        ),
        points(
            stroke=INK, strokeWidth=1.2, opacity=1, size=330, strokeDash=[3, 3]
        ).transform_filter("datum.contested"),
    ).properties(width=_WIDTH, height=_HEIGHT)


def _names(spots: Sequence[Spot], view: _View) -> Iterator[Words]:
    """The names beside their points, where they cover no other name."""
    taken: list[tuple[float, float, float]] = []
    for spot in spots[:_MOST_NAMES]:
        text = short(spot.name, 40)
        x, y = view.at(spot.longitude, spot.latitude)
        wide = _LETTER * len(text)
        left = x + 13 + wide > _WIDTH
        start = x - 13 - wide if left else x + 13
        for down in (0, -15, 15, -30, 30):
            free = all(
                abs(y + down - other) >= 14 or start + wide < begin or start > end
                for begin, end, other in taken
            )
            if free:
                taken.append((start, start + wide, y + down))
                yield Words(
                    round(x - 13 if left else x + 13, 1),
                    round(y + down, 1),
                    text,
                    bold=True,
                    anchor="end" if left else "start",
                )
                break


def _countries(view: _View, spots: Sequence[Spot]) -> Iterator[Words]:
    """The names of countries, each in the widest room that is its own and not contested."""
    import numpy as np

    box, data = view.box, land()
    xs, ys = np.meshgrid(np.arange(50, _WIDTH - 49, 12), np.arange(18, _HEIGHT - 17, 12))
    xs, ys = xs.ravel().astype(float), ys.ravel().astype(float)
    disputed = np.zeros(len(xs), dtype=bool)
    near = [line for line in data.contested if box.meets(line)]
    for line in near:
        if len(line) > 3 and math.dist(line[0], line[-1]) < _CLOSED:
            disputed |= _inside(xs, ys, [[view.at(*point) for point in line]])
    taken = [view.at(spot.longitude, spot.latitude) for spot in spots]
    taken = [(x + 20.0 * step, y) for x, y in taken for step in range(6)]
    taken += [view.at(*point) for line in near for point in line]
    for country in data.countries:
        polygons = [polygon for polygon in country.polygons if box.meets(polygon[0])]
        if not country.coded or not polygons:
            continue
        rings = [[view.at(*point) for point in ring] for polygon in polygons for ring in polygon]
        free = _inside(xs, ys, rings) & ~disputed
        if not free.any():
            continue
        around = np.array([point for ring in rings for point in ring] + taken)
        offsets = np.stack([xs[free], ys[free]], axis=1)[:, None, :] - around[None, :, :]
        room = np.hypot(offsets[..., 0] / 1.8, offsets[..., 1]).min(axis=1)
        best = int(room.argmax())
        if room[best] >= _ROOM:
            x, y = float(xs[free][best]), float(ys[free][best])
            taken += [(x + 15.0 * step, y) for step in range(-3, 4)]
            yield Words(x, y, country.name, FAINT, anchor="middle")


def _inside(xs: Any, ys: Any, rings: list[list[Point]]) -> Any:
    """Which of the points lie in the area of these rings."""
    import numpy as np

    inside = np.zeros(len(xs), dtype=bool)
    for ring in rings:
        for (x1, y1), (x2, y2) in itertools.pairwise([*ring, ring[0]]):
            if y1 != y2:
                crosses = (y1 > ys) != (y2 > ys)
                inside ^= crosses & (xs < (x2 - x1) * (ys - y1) / (y2 - y1) + x1)
    return inside


def _legend(spots: Sequence[Spot], view: _View) -> Iterator[Words]:
    """What the signs mean, as far as they are there."""
    box = view.box
    signs = []
    if any(box.meets(line) for line in land().contested):
        signs.append("dashed lines: contested")
    if any(spot.contested for spot in spots):
        signs.append("dashed ring: in a region whose status is disputed")
    exact = ["filled: where the place is"] if any(s.precision == 1 for s in spots) else []
    if any(spot.precision > 1 for spot in spots):
        exact.append("hollow: less exact, the larger the less")
    if len(spots) > _MOST_NAMES:
        exact.append(f"only the {_MOST_NAMES} places named most have their names here")
    for number, line in enumerate(filter(None, (signs, exact))):
        yield Words(6, _HEIGHT + 14 + 18 * number, "; ".join(line), FAINT)
