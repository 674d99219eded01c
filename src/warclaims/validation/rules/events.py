"""Events: what includes what, of records and in the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.records import EventRegistry, span_end, span_start, span_text
from warclaims.validation.mistakes import Copied
from warclaims.validation.rule import Example, Fault, Scope, rule
from warclaims.validation.rules.dates import is_before
from warclaims.validation.words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.validation.views import AnnotationView, RegistryView


PART_OF_A_WAR = {
    "annotations/registry/events.json#/events/-": Copied(
        "/events/0", id="war", label="the war", start=None, end=None, places=[], parent=None
    ),
    "annotations/registry/events.json#/events/0/parent": {
        "id": "war",
        "evidence": "text",
        "basis": "made up",
    },
}
"""An edit by which the shelling becomes part of a war."""


@rule(
    "C516",
    Scope.ANNOTATIONS,
    title="event and its part in one list",
    why="An event includes its parts, so a list that names both counts the part twice: a total "
    "over two wars names the two wars and no battle of theirs.",
    fix="Keep the part if the words single it out, else the whole.",
    example=Example(
        '"events": ["war", "shelling-of-dorn"], and the shelling is part of the war',
        '"events": ["war"]',
    ),
    mistake={
        **PART_OF_A_WAR,
        "/casualties/0/events": ["war", "shelling-of-dorn"],
    },
)
def whole_and_part(view: AnnotationView) -> Iterator[Fault]:
    """A list of events holds one that is part of another one in it."""
    for layer, field, span in (
        ("casualties", "events", "span"),
        ("attributions", "regarding", "content"),
    ):
        for index, record in enumerate(getattr(view.record, layer)):
            names = getattr(record, field)
            if len(names) < 2:
                continue
            wholes = view.known.wholes(names)
            for position, name in enumerate(names):
                if name in wholes:
                    words = getattr(record, span)
                    message = f"{record.id}: {name!r} is part of {wholes[name]!r} beside it"
                    pointer = f"/{layer}/{index}/{field}/{position}"
                    yield Fault(pointer, message, span_start(words), span_end(words))


@rule(
    "C518",
    Scope.REGISTRY,
    title="part of an event outside its time",
    why="What is part of an event happens while it lasts; claims are compared by what includes "
    "what.",
    fix="Correct the date that is wrong, or the parent.",
    example=Example(
        'shelling-of-dorn on 2001-02-01, its parent the war with "start": "2002"',
        'the war with "start": "2001"',
    ),
    mistake={
        **PART_OF_A_WAR,
        "annotations/registry/events.json#/events/1/start": "2002",
    },
)
def outside_its_whole(view: RegistryView) -> Iterator[Fault]:
    """An event begins before its parent, or ends after it, as far as both dates are known."""
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
    why="Claims are compared by their events. A casualty without one is compared with nothing, and "
    "contradicts nothing.",
    fix="Link the event whose victims these are; propose one for the registry if there is none.",
    example=Example('"events": []', '"events": ["shelling-of-dorn"]'),
    mistake={"annotations/gold/two.json#/casualties/2/events": []},
)
def no_event(view: AnnotationView) -> Iterator[Fault]:
    """A casualty has no events, and the registry has some."""
    if not view.known.registries.get("events"):
        return
    for index, casualty in enumerate(view.record.casualties):
        if not casualty.events:
            span = casualty.span
            message = f"{casualty.id} {quoted(span_text(span))} is of no event"
            pointer = f"/casualties/{index}/events"
            yield Fault(pointer, message, span_start(span), span_end(span))
