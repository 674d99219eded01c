"""The packaged map data: land, borders, and lines that are contested.

See ``geography/README.md`` for where it comes from and what it does not say.
"""

from __future__ import annotations

import functools
import json
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Point = tuple[float, float]
"""Longitude and latitude, degrees east and north."""


class Box(NamedTuple):
    """A stretch of the globe, in degrees; it does not cross the date line."""

    west: float
    south: float
    east: float
    north: float

    def meets(self, line: Iterable[Point]) -> bool:
        """Whether the bounds of a line overlap the box."""
        xs, ys = zip(*line, strict=True)
        return bool(
            min(xs) <= self.east
            and max(xs) >= self.west
            and min(ys) <= self.north
            and max(ys) >= self.south
        )


class Country(NamedTuple):
    """A country of the map data.

    Attributes:
        name: As the map data has it.
        coded: Whether ISO 3166 has a code for it; the borders of others are drawn as contested.
        polygons: Each a list of rings, the outer one first.
    """

    name: str
    coded: bool
    polygons: list[list[list[Point]]]


class Land(NamedTuple):
    """The map data. Lines belong to two countries; coasts are no lines."""

    countries: list[Country]
    borders: list[list[Point]]
    contested: list[list[Point]]


@functools.cache
def land() -> Land:
    """All of it, read once."""
    topology = _read("countries-50m.json")
    arcs = list(_arcs(topology))
    shapes = topology["objects"]["countries"]["geometries"]
    countries: list[Country] = []
    users: dict[int, list[bool]] = {}
    for shape in shapes:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        coded = "id" in shape
        rings = [[_joined(ring, arcs) for ring in polygon] for polygon in polygons]
        countries.append(Country(shape["properties"]["name"], coded, rings))
        for number in {n if n >= 0 else ~n for p in polygons for ring in p for n in ring}:
            users.setdefault(number, []).append(coded)
    shared = {number: coded for number, coded in users.items() if len(coded) > 1}
    contested = [
        [(x, y) for x, y in line]
        for feature in _read("contested-50m.json")["features"]
        for line in feature["geometry"]["coordinates"]
    ]
    return Land(
        countries,
        [arcs[number] for number, coded in sorted(shared.items()) if all(coded)],
        contested + [arcs[number] for number, coded in sorted(shared.items()) if not all(coded)],
    )


def _read(name: str) -> Any:
    file = resources.files("warclaims.report") / "geography" / name
    return json.loads(file.read_bytes())


def _arcs(topology: dict[str, Any]) -> Iterator[list[Point]]:
    """The lines of a TopoJSON file: each point is told by its steps from the one before."""
    (wide, high), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for right, up in arc:
            x, y = x + right, y + up
            line.append((round(x * wide + west, 4), round(y * high + south, 4)))
        yield line


def _joined(ring: list[int], arcs: list[list[Point]]) -> list[Point]:
    """A ring from its lines; a negative number is a line run backwards."""
    points: list[Point] = []
    for number in ring:
        line = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += line[1:] if points else line
    return points
