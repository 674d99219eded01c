"""Deaths by event as low, best and high, named as in UCDP's Georeferenced Event Dataset.

Names and meanings of the columns are those of Högbladh, *UCDP GED Codebook*, version 23.1:
``low``, ``best``, ``high``, ``deaths_civilians``, ``date_prec``, ``where_prec``. The estimates are
not UCDP's, and no source is judged. They follow this rule, which users see as :data:`RULE`:

1. Only claims of deaths in exactly this event count, not those of its parts or of several events,
   and not claims that are part of another one of the event, that the same text revises, or that it
   retracts. Claims of some of the dead (civilians, soldiers, police, children; three more) count
   only if there are no others.
2. ``low`` is the least lower bound among them. ``high`` is the greatest upper bound, and empty if
   one of them has none (*at least two*, *more than 30,000*, *about 30,000*).
3. ``best`` is the number that most sources give as an exact one. Texts that repeat one source count
   as one source, and each text in its own voice as one. In a tie it is the lower number; without an
   exact number it is empty.
4. ``deaths_civilians`` is the same for claims of civilians only.

Nothing is added up: an event and its parts (``part_of``) both have rows. The claim behind each
number is in a column of its own. The place is the first of the event's.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any

from warclaims.derive.sourcing import innermost
from warclaims.formats.csv.writing import chosen_claims, csv_bytes, write_spreadsheet
from warclaims.output import echo
from warclaims.records import Lists
from warclaims.records.vocabulary import (
    Outcome,
    Quantifier,
    VictimAge,
    VictimCertainty,
    VictimSex,
    VictimStatus,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from warclaims.corpus import Corpus, Registries
    from warclaims.records import Claim, Event, Place

DEFAULT_FILE = "events.csv"

COLUMNS = (
    *("id", "label", "part_of", "date_start", "date_end", "date_prec"),
    *("where", "where_prec", "latitude", "longitude"),
    *("low", "best", "high", "deaths_civilians"),
    *("low_claim", "best_claim", "high_claim", "deaths_civilians_claim"),
    *("number_of_claims", "number_of_sources"),
)

RULE = (
    "low is the least lower bound among claims of deaths in exactly this event, of all the dead if "
    "there are such claims; high the greatest upper bound, empty if a claim has none; best the "
    "exact number that most sources give, in a tie the lower. Nothing is added up, no source is "
    "judged; an event and its parts both have rows: never sum them"
)


def export_file(corpus: Corpus, set_name: str, documents: Sequence[str], path: Path | None) -> int:
    """Write a row per event to ``path``; returns the number of events.

    Raises:
        WarclaimsError: unknown set or document, or annotations with errors.
    """
    echo(f"note: {RULE}", err=True)
    data = ucdp_csv(chosen_claims(corpus, set_name, documents), corpus.registries)
    write_spreadsheet(data, path)
    return data.count(b"\r\n") - 1


def ucdp_csv(claims: Iterable[Claim], registries: Registries) -> bytes:
    """The rows of :func:`ucdp_rows` as CSV."""
    places, lists = registries.places, registries.lists
    return csv_bytes(COLUMNS, ucdp_rows(claims, registries.events, places, lists))


def ucdp_rows(
    claims: Iterable[Claim],
    events: Mapping[str, Event],
    places: Mapping[str, Place],
    lists: Lists | None = None,
) -> Iterator[dict[str, Any]]:
    """One row for each event with claims of deaths, in the order of the registry.

    ``lists`` are those of the corpus; by default the core lists.
    """
    known = lists or Lists()
    of_event: dict[str, list[Claim]] = {}
    for claim in claims:
        is_death = known.is_kind("outcome", claim.outcome, Outcome.KILLED.value)
        if is_death and len(claim.events) == 1:
            of_event.setdefault(claim.events[0], []).append(claim)
    for name, event in events.items():
        if found := _standing(of_event.get(name, [])):
            yield _row(event, found, places, known)


def _standing(claims: list[Claim]) -> list[Claim]:
    """The claims that their text neither retracts nor replaces by a newer number."""
    revised = {name for claim in claims for name in claim.revises}
    return [
        claim
        for claim in claims
        if claim.certainty is not VictimCertainty.RETRACTED and claim.id not in revised
    ]


def _row(
    event: Event, claims: list[Claim], places: Mapping[str, Place], lists: Lists
) -> dict[str, Any]:
    whole = _wholes(claims)
    of_all = [claim for claim in whole if _is_of_all(claim)] or whole
    civilians = _wholes([claim for claim in claims if _are_civilians(claim, lists)])
    estimates = {
        "low": _least(of_all),
        "best": _most_reported(of_all),
        "high": _greatest(of_all),
        "deaths_civilians": _most_reported(civilians),
    }
    place = places.get(event.places[0]) if event.places else None
    point = place.coordinates if place else None
    return {
        "id": event.id,
        "label": event.label,
        "part_of": event.parent.id if event.parent else None,
        "date_start": event.start,
        "date_end": event.end,
        "date_prec": _date_prec(event.start, event.end),
        "where": place.label if place else None,
        "where_prec": point.precision if point else None,
        "latitude": point.latitude if point else None,
        "longitude": point.longitude if point else None,
        **{name: number for name, (number, _) in estimates.items()},
        **{f"{name}_claim": claim for name, (_, claim) in estimates.items()},
        "number_of_claims": len(of_all),
        "number_of_sources": len({_source(claim) for claim in of_all}),
    }


def _wholes(claims: list[Claim]) -> list[Claim]:
    """The claims that are not part of another of them."""
    names = {claim.id for claim in claims}
    return [claim for claim in claims if names.isdisjoint(claim.subset_of)]


def _is_of_all(claim: Claim) -> bool:
    unsaid = claim.age == VictimAge.UNSPECIFIED and claim.sex == VictimSex.UNSPECIFIED
    several = not claim.status or len(_without_prisoner(claim.status)) > 1
    return several and unsaid and not claim.groups and not claim.besides


def _are_civilians(claim: Claim, lists: Lists) -> bool:
    by_group = [claim.status] if claim.status else [group.status for group in claim.groups]
    return bool(by_group) and all(_is_civilian(status, lists) for status in by_group)


def _is_civilian(status: Sequence[str], lists: Lists) -> bool:
    civilian, found = VictimStatus.CIVILIAN.value, _without_prisoner(status)
    return bool(found) and all(lists.is_kind("status", one, civilian) for one in found)


def _without_prisoner(status: Sequence[str]) -> list[str]:
    """The statuses without *prisoner*, which says nothing of what else the victims are."""
    return [one for one in status if one != VictimStatus.PRISONER]


def _least(claims: list[Claim]) -> tuple[int | None, str | None]:
    bounds = [(claim.minimum, claim.id) for claim in claims if claim.minimum is not None]
    return min(bounds, key=itemgetter(0), default=(None, None))


def _greatest(claims: list[Claim]) -> tuple[int | None, str | None]:
    bounds = [(claim.maximum, claim.id) for claim in claims if claim.maximum is not None]
    is_open = len(bounds) < len(claims)
    return (None, None) if is_open else max(bounds, key=itemgetter(0), default=(None, None))


def _date_prec(start: str | None, end: str | None) -> int | None:
    """UCDP's precision of a date: 1 a day, 2 up to six days, 3 a week, 4 a month, 5 a year.

    >>> _date_prec("2020-09-27", "2020-09-27"), _date_prec("2020-09-27", "2020-11")
    (1, 5)

    ``None`` where an event goes on, is not dated, or spans more.
    """
    if not start or not end or start[:4] != end[:4]:
        return None
    if len(start) < len("2020-09") or len(end) < len("2020-09") or start[:7] != end[:7]:
        return 5
    if len(start) < len("2020-09-27") or len(end) < len("2020-09-27"):
        return 4
    days = int(end[8:10]) - int(start[8:10]) + 1
    return 1 if days == 1 else 2 if days <= 6 else 3 if days == 7 else 4


def _most_reported(claims: list[Claim]) -> tuple[int | None, str | None]:
    """The exact number of most sources, and the first claim that gives it."""
    reported: dict[int, dict[str, str]] = {}
    for claim in claims:
        if claim.quantifier is Quantifier.EXACT and claim.value is not None:
            reported.setdefault(claim.value, {}).setdefault(_source(claim), claim.id)
    if not reported:
        return None, None
    number = min(reported, key=lambda value: (-len(reported[value]), value))
    return number, next(iter(reported[number].values()))


def _source(claim: Claim) -> str:
    """Whose word a claim is: the actors of the innermost step, else the text."""
    return " ".join(sorted(innermost(claim))) or f"text {claim.document}"
