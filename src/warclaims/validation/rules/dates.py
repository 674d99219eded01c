"""Level 5: dates in the index and in the registry of events."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from warclaims.records import EventRegistry
from warclaims.validation.rule import Example, Fault, Scope, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.validation.views import DocumentView, RegistryView


@rule(
    "C513",
    Scope.DOCUMENT,
    Scope.REGISTRY,
    title="date that does not exist",
    why="Dates are compared and sorted. Each is a year, month or day of the calendar: 2023, "
    "2023-09 or 2023-09-19.",
    fix="Correct the date, or leave out the day or month if unknown.",
    example=Example('"value": "2001-02-29"', '"value": "2001-02-28"'),
    mistake={"seeds/index.json#/documents/0/date/value": "2001-02-29"},
)
def no_such_day(view: DocumentView | RegistryView) -> Iterator[Fault]:
    """A month or day that does not exist."""
    for pointer, given in _dates(view):
        if given is not None and not exists(given):
            yield Fault(pointer, f"the date {given} does not exist")


def _dates(view: DocumentView | RegistryView) -> Iterator[tuple[str, str | None]]:
    record = getattr(view, "record", None)
    if record is None:
        yield f"{view.pointer}/date/value", view.document.date.value  # type: ignore[union-attr]
    elif isinstance(record, EventRegistry):
        for index, event in enumerate(record.events):
            yield f"/events/{index}/start", event.start
            yield f"/events/{index}/end", event.end


def exists(given: str) -> bool:
    """True if there is such a year, month or day.

    >>> exists("2020-02-29"), exists("2023-02-29"), exists("2023-13")
    (True, False, False)
    """
    try:
        date.fromisoformat(given + "-01-01"[len(given) - 4 :])
    except ValueError:
        return False
    return True


def is_before(one: str | None, other: str | None) -> bool:
    """True if a date is before another, as far as both are known.

    >>> is_before("1991-12", "1992"), is_before("1992-12", "1992"), is_before(None, "1992")
    (True, False, False)
    """
    if one is None or other is None:
        return False
    known = min(len(one), len(other))
    return one[:known] < other[:known]


@rule(
    "C514",
    Scope.REGISTRY,
    title="event ends before it starts",
    why="The time span of an event is compared with the dates of texts and of other events.",
    fix="Correct the start or the end.",
    example=Example(
        '"start": "2001-02-01", "end": "2001-01"', '"start": "2001-02-01", "end": "2001-02"'
    ),
    mistake={"annotations/registry/events.json#/events/0/end": "2001-01"},
)
def backwards(view: RegistryView) -> Iterator[Fault]:
    """The end of an event is before its start."""
    if not isinstance(view.record, EventRegistry):
        return
    for index, event in enumerate(view.record.events):
        if is_before(event.end, event.start):
            message = f"{event.id} ends {event.end}, before it starts {event.start}"
            yield Fault(f"/events/{index}/end", message)
