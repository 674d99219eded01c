"""Deaths by event as low, best and high, named as in UCDP's Georeferenced Event Dataset.

Names and meanings of the columns are those of Högbladh, *UCDP GED Codebook*, version 23.1:
``low``, ``best``, ``high``, ``deaths_civilians``, ``date_prec``, ``where_prec``. The estimates are
not UCDP's: nobody judged the sources. They follow this rule, which :data:`RULE` tells users:

1. Only claims of the dead of just this event count, those of a part or of several events never;
   nor does a claim that is said to be part of another one of the same event. Claims of some of the
   dead alone (civilians, soldiers, police, children) count only where there is no other.
2. ``low`` is the least lower bound among them. ``high`` is the greatest upper one, and left open if
   any of them sets none (*at least two*, *more than 30,000*, *about 30,000*).
3. ``best`` is the number that most sources give as an exact one, where texts that restate one
   source are one source and each text in its own voice is one; in a tie the lower number.
   Without an exact number it is left open.
4. ``deaths_civilians`` is the same for claims of civilians alone.

Nothing is added up, and nothing may be: an event and its parts (``part_of``) both have rows. The
claim behind each number stands beside it. A place is given only if it is the first of the event's.
Lost: who says it, and what else they say of the victims.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Row = dict[str, Any]

RULE = (
    "low is the least lower bound of a claim of the dead of just this event, of all of them where "
    "any claim is; high the greatest upper one, left open if a claim is open above; best the exact "
    "number that most sources give, in a tie the lower. Nothing is added up, no source is judged; "
    "an event and its parts both have rows: never sum them"
)
_EXACT = "exact"


def ucdp_rows(
    claims: Iterable[Row], events: Mapping[str, Row], places: Mapping[str, Row]
) -> Iterator[Row]:
    """One row for each event that some claim gives dead of, in the order of the registry."""
    of_event: dict[str, list[Row]] = {}
    for claim in claims:
        if claim["outcome"] == "killed" and len(claim["events"]) == 1:
            of_event.setdefault(claim["events"][0], []).append(claim)
    for name, event in events.items():
        found = of_event.get(name)
        if found:
            yield _row(event, found, places)


def _row(event: Row, claims: list[Row], places: Mapping[str, Row]) -> Row:
    whole = _wholes(claims)
    of_all = [claim for claim in whole if _is_of_all(claim)] or whole
    civilians = _wholes([claim for claim in claims if claim["status"] == "civilian"])
    low, low_claim = _least(of_all)
    best, best_claim = _most_told(of_all)
    high, high_claim = _greatest(of_all)
    civil, civil_claim = _most_told(civilians)
    place = places.get(event["places"][0]) if event["places"] else None
    point = (place or {}).get("coordinates") or {}
    return {
        "id": event["id"],
        "label": event["label"],
        "part_of": (event["parent"] or {}).get("id"),
        "date_start": event["start"],
        "date_end": event["end"],
        "date_prec": _date_prec(event["start"], event["end"]),
        "where": place["label"] if place else None,
        "where_prec": point.get("precision"),
        "latitude": point.get("latitude"),
        "longitude": point.get("longitude"),
        "low": low,
        "best": best,
        "high": high,
        "deaths_civilians": civil,
        "low_claim": low_claim,
        "best_claim": best_claim,
        "high_claim": high_claim,
        "deaths_civilians_claim": civil_claim,
        "number_of_claims": len(of_all),
        "number_of_sources": len({_source(claim) for claim in of_all}),
    }


def _wholes(claims: list[Row]) -> list[Row]:
    """Those that are not said to be part of another of them."""
    names = {claim["id"] for claim in claims}
    return [claim for claim in claims if names.isdisjoint(claim["subset_of"])]


def _is_of_all(claim: Row) -> bool:
    return claim["status"] in ("unspecified", "mixed") and claim["age"] == "unspecified"


def _least(claims: list[Row]) -> tuple[int | None, str | None]:
    bounded = [claim for claim in claims if claim["minimum"] is not None]
    least = min(bounded, key=lambda claim: claim["minimum"], default=None)
    return (least["minimum"], least["id"]) if least else (None, None)


def _greatest(claims: list[Row]) -> tuple[int | None, str | None]:
    if any(claim["maximum"] is None for claim in claims):
        return None, None
    greatest = max(claims, key=lambda claim: claim["maximum"], default=None)
    return (greatest["maximum"], greatest["id"]) if greatest else (None, None)


def _date_prec(start: str | None, end: str | None) -> int | None:
    """UCDP's precision of a date: 1 a day, 2 up to six days, 3 a week, 4 a month, 5 a year.

    >>> _date_prec("2020-09-27", "2020-09-27"), _date_prec("2020-09-27", "2020-11")
    (1, 5)

    Null where an event goes on, is not dated, or spans more.
    """
    if not start or not end or start[:4] != end[:4]:
        return None
    if len(start) < len("2020-09") or len(end) < len("2020-09") or start[:7] != end[:7]:
        return 5
    if len(start) < len("2020-09-27") or len(end) < len("2020-09-27"):
        return 4
    days = int(end[8:10]) - int(start[8:10]) + 1
    return 1 if days == 1 else 2 if days <= 6 else 3 if days == 7 else 4


def _most_told(claims: list[Row]) -> tuple[int | None, str | None]:
    """The exact number of most sources, and the first claim that gives it."""
    told: dict[int, dict[str, str]] = {}
    for claim in claims:
        if claim["quantifier"] == _EXACT:
            told.setdefault(claim["value"], {}).setdefault(_source(claim), claim["id"])
    if not told:
        return None, None
    number = min(told, key=lambda value: (-len(told[value]), value))
    return number, next(iter(told[number].values()))


def _source(claim: Row) -> str:
    """Whose word a claim is: the actors of the innermost step, or the text where none is named."""
    entity = claim["chain"][-1]["entity"] if claim["chain"] else []
    return " ".join(sorted(entity)) or f"text {claim['document']}"
