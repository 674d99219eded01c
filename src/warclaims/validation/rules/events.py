"""Levels 5 and 6: dates, and events with the events that include them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.derive.dates import exists, is_before
from warclaims.records import EventRegistry
from warclaims.validation.mistakes import CopyOf
from warclaims.validation.rule import Example, Fault, Scope, rule
from warclaims.validation.views import AnnotationView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.validation.views import DocumentView, FileView


@rule(
    "C513",
    Scope.DOCUMENT,
    Scope.REGISTRY,
    Scope.ANNOTATIONS,
    title="date that does not exist",
    why="Dates are compared and sorted. Each is a year, month or day of the calendar: 2023, "
    "2023-09 or 2023-09-19.",
    fix="Correct the date, or leave out the day or month if unknown.",
    example=Example('"value": "2001-02-29"', '"value": "2001-02-28"'),
    mistake={"seeds/index.json#/documents/0/date/value": "2001-02-29"},
)
def no_such_day(view: DocumentView | FileView) -> Iterator[Fault]:
    """A month or day that does not exist."""
    for pointer, given in _dates(view):
        if given is not None and not exists(given):
            yield Fault(pointer, f"the date {given} does not exist")


def _dates(view: DocumentView | FileView) -> Iterator[tuple[str, str | None]]:
    record = getattr(view, "record", None)
    if record is None:
        yield f"{view.pointer}/date/value", view.document.date.value  # type: ignore[union-attr]
    elif isinstance(view, AnnotationView):
        for index, attribution in enumerate(view.record.attributions):
            yield f"/attributions/{index}/said_on", attribution.said_on
    elif isinstance(record, EventRegistry):
        for index, event in enumerate(record.events):
            yield f"/events/{index}/start", event.start
            yield f"/events/{index}/end", event.end


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
def backwards(view: FileView) -> Iterator[Fault]:
    """The end of an event is before its start."""
    if not isinstance(view.record, EventRegistry):
        return
    for index, event in enumerate(view.record.events):
        if is_before(event.end, event.start):
            message = f"{event.id} ends {event.end}, before it starts {event.start}"
            yield Fault(f"/events/{index}/end", message)


PART_OF_A_WAR = {
    "annotations/registry/events.json#/events/-": CopyOf(
        "/events/0", id="war", label="the war", start=None, end=None, places=[], parent=None
    ),
    "annotations/registry/events.json#/events/0/parent": {
        "id": "war",
        "evidence": "text",
        "basis": "made up",
    },
}
"""Make the shelling part of a war."""


@rule(
    "C516",
    Scope.ANNOTATIONS,
    title="event and its part in one list",
    why="An event includes its parts, so a list with both counts the part twice. A total over two "
    "wars lists the two wars and none of their battles.",
    fix="Keep the part if the words mean it alone, otherwise the whole.",
    example=Example(
        '"events": ["war", "shelling-of-dorn"], and the shelling is part of the war',
        '"events": ["war"]',
    ),
    mistake={
        **PART_OF_A_WAR,
        "/casualties/0/events": ["war", "shelling-of-dorn"],
    },
    only_warns=True,
)
def whole_and_part(view: AnnotationView) -> Iterator[Fault]:
    """A list of events contains both an event and a part of it."""
    for layer, field in (("casualties", "events"), ("attributions", "regarding")):
        for index, record in enumerate(getattr(view.record, layer)):
            names = getattr(record, field)
            if len(names) < 2:
                continue
            wholes = view.known.wholes(names)
            for position, name in enumerate(names):
                if name in wholes:
                    message = f"lists both {wholes[name]!r} and its part {name!r}"
                    yield view.fault(layer, index, f"{field}/{position}", message)


@rule(
    "C518",
    Scope.REGISTRY,
    title="part of an event outside its time",
    why="A part of an event happens during the event.",
    fix="Correct the wrong date, or the parent.",
    example=Example(
        'shelling-of-dorn on 2001-02-01, its parent the war with "start": "2002"',
        'the war with "start": "2001"',
    ),
    mistake={
        **PART_OF_A_WAR,
        "annotations/registry/events.json#/events/1/start": "2002",
    },
    only_warns=True,
)
def outside_its_whole(view: FileView) -> Iterator[Fault]:
    """An event starts before its parent or ends after it, as far as the dates are known."""
    if not isinstance(view.record, EventRegistry):
        return
    events = {event.id: event for event in view.record.events}
    for index, event in enumerate(view.record.events):
        whole = events.get(event.parent.id) if event.parent is not None else None
        if whole is None:
            continue
        if is_before(event.start, whole.start):
            message = f"{event.id} starts {event.start}, its parent {whole.id} {whole.start}"
            yield Fault(f"/events/{index}/start", message)
        if is_before(whole.end, event.end):
            message = f"{event.id} ends {event.end}, its parent {whole.id} {whole.end}"
            yield Fault(f"/events/{index}/end", message)


@rule(
    "W611",
    Scope.ANNOTATIONS,
    title="casualty without an event",
    why="Claims are compared by their events. A casualty without an event is not compared with "
    "anything.",
    fix="Link the event. If the registry does not have it, propose one.",
    example=Example('"events": []', '"events": ["shelling-of-dorn"]'),
    mistake={"annotations/gold/two.json#/casualties/2/events": []},
)
def no_event(view: AnnotationView) -> Iterator[Fault]:
    """A casualty has no event, although the registry has events."""
    if not view.known.registries.get("events"):
        return
    for index, casualty in enumerate(view.record.casualties):
        if not casualty.events:
            yield view.fault("casualties", index, "events", "has no event")
