"""Where and when an event happened, in the codes of GED."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING, Any

from warclaims.formats.ucdp.parties import GLEDITSCH_WARD
from warclaims.hierarchy import ancestors, parents
from warclaims.records.vocabulary import PlaceType

if TYPE_CHECKING:
    from warclaims.corpus import Registries
    from warclaims.records import Event, Place


def where(event: Event, registries: Registries) -> dict[str, Any]:
    """The cells of a row on the place.

    Of several places the one counts in which all others lie.
    """
    places = registries.places
    above = parents(places)
    known = [name for name in event.places if name in places]
    found: dict[str, Any] = {"where_description": [places[name].label for name in known]}
    around = [name for name in known if all(name in ancestors(one, above) for one in known)]
    if not around:
        return found
    for name in ancestors(around[0], above):
        if registries.lists.is_kind("place_type", places[name].type, PlaceType.COUNTRY):
            ids = places[name].external_ids
            found["country"] = places[name].label
            found["country_id"] = next((x.value for x in ids if x.scheme == GLEDITSCH_WARD), None)
            break
    return {**found, **_point(places[around[0]])}


def _point(place: Place) -> dict[str, Any]:
    found: dict[str, Any] = {"where_coordinates": place.label}
    if (point := place.coordinates) is None:
        return found
    return {
        **found,
        "where_prec": point.precision,
        "latitude": point.latitude,
        "longitude": point.longitude,
        "geom_wkt": f"POINT ({point.longitude} {point.latitude})",
        "priogrid_gid": grid_cell(point.latitude, point.longitude),
    }


def grid_cell(latitude: float, longitude: float) -> int:
    """The number of the cell of half a degree, from the south-west (Tollefsen et al. 2012).

    >>> grid_cell(-46.9, 37.7)
    62356
    """
    row, column = min(int((latitude + 90) * 2), 359), min(int((longitude + 180) * 2), 719)
    return row * 720 + column + 1


def when(event: Event, *, has_parts: bool) -> dict[str, Any]:
    """The cells of a row on time, and whether the event is one incident.

    A month or a year is written with its first and its last day.
    """
    start = _day(event.start, last=False) if event.start else None
    end = _day(event.end, last=True) if event.end else None
    precision = date_precision(start, end) if start and end else None
    return {
        "year": start.year if start and end and start.year == end.year else None,
        "date_start": start and f"{start} 00:00:00.000",
        "date_end": end and f"{end} 00:00:00.000",
        "date_prec": precision,
        "event_clarity": 2 if has_parts else 1 if precision == 1 else None,
    }


def _day(partial: str, *, last: bool) -> date:
    year, month, day = [*map(int, partial.split("-")), 0, 0][:3]
    month = month or (12 if last else 1)
    return date(year, month, day or (monthrange(year, month)[1] if last else 1))


def date_precision(start: date, end: date) -> int | None:
    """UCDP's precision of a date: 1 a day, 2 up to six days, 3 a week, 4 a month, 5 a year.

    >>> date_precision(date(2020, 9, 27), date(2020, 9, 30))
    2

    ``None`` if it is longer.
    """
    days = (end - start).days + 1
    limits = ((1, 1), (6, 2), (7, 3), (31, 4), (366, 5))
    return next((code for most, code in limits if days <= most), None)
