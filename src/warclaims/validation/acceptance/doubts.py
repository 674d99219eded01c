"""Quick doubts: whether a rule may find something in a fast record; only then is it asked."""

from __future__ import annotations

from bisect import bisect_right
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from warclaims.records.vocabulary import Level, PlaceLevel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from warclaims.validation.acceptance.view import FastView

_NAME, _PLACE_NAME, _PRONOUN = Level.NAME, PlaceLevel.NAME, Level.PRONOUN
_SOURCE, _BLAMES, _REGARDING = attrgetter("source"), attrgetter("blames"), attrgetter("regarding")
_VICTIMS = attrgetter("outcome", "status", "age", "side")
_PERPETRATOR = attrgetter("perpetrator")
_EVENTS, _UNCERTAIN = attrgetter("events"), attrgetter("uncertain")


def _rings(view: FastView) -> bool:
    """R406: a whole is itself part of something."""
    parts = {casualty.id: casualty.subset_of for casualty in view.record.casualties}
    return any(parts[whole] for wholes in parts.values() for whole in wholes)


def _idle_pronouns(view: FastView) -> bool:
    """C511: a pronoun fills no slot."""
    pronouns = {actor.id for actor in view.record.actors if actor.level is _PRONOUN}
    if pronouns:
        attributions = view.record.attributions
        pronouns.difference_update(*map(_SOURCE, attributions), *map(_BLAMES, attributions))
        pronouns.difference_update(map(_PERPETRATOR, view.record.casualties))
    return bool(pronouns)


def _both_name(view: FastView) -> bool:
    """C512: names of an actor and a place begin at the same point."""
    places = {place.span[0].start for place in view.record.locations if place.level is _PLACE_NAME}
    return not places.isdisjoint(
        [actor.span[0].start for actor in view.record.actors if actor.level is _NAME]
    )


def _unsure(view: FastView) -> bool:
    """C515: a record is uncertain and has no note."""
    return any(
        [record for record in records if record.uncertain and not (record.note or "").strip()]
        for records in view.lists.values()
        if True in map(_UNCERTAIN, records)
    )


def _nested_events(view: FastView) -> bool:
    """C516: of several events in a list, one is part of another one, listed or not."""
    lists = chain(map(_EVENTS, view.record.casualties), map(_REGARDING, view.record.attributions))
    several = [names for names in lists if len(names) > 1]
    if not several:
        return False
    events: Any = view.known.registries["events"]
    return any(events[name].parent is not None for names in several for name in names)


def _linked_twice(view: FastView) -> bool:
    """W602: the same first words name two entries."""
    record = view.record
    return _ambiguous(
        (actor.span[0].text, actor.entity)
        for actor in record.actors
        if actor.level is _NAME and actor.entity is not None
    ) or _ambiguous(
        (place.span[0].text, place.place)
        for place in record.locations
        if place.level is _PLACE_NAME and place.place is not None
    )


def _ambiguous(links: Iterable[tuple[str, str]]) -> bool:
    """True if one key has two values."""
    distinct = set(links)
    return len(distinct) > len(dict(distinct))


def _far_apart(view: FastView) -> bool:
    """W608: a segment begins between the starts of words and of what is linked to them."""
    starts = view.segment_starts
    actors = view.actors
    links = [
        (casualty.span[0].start, casualty.trigger[0].start)
        for casualty in view.record.casualties
        if casualty.trigger is not None
    ]
    links += [
        (casualty.span[0].start, actors[casualty.perpetrator].span[0].start)
        for casualty in view.record.casualties
        if casualty.perpetrator is not None
    ]
    links += [
        (attribution.cue[0].start, actors[name].span[0].start)
        for attribution in view.record.attributions
        if attribution.cue is not None
        for name in attribution.source
    ]
    for one, other in links:
        begins = starts[bisect_right(starts, one if one < other else other)]
        if begins <= (other if one < other else one):
            return True
    return False


def _counted_alike(view: FastView) -> bool:
    """W610: two casualties have the same victims, events and outcome."""
    keys = [
        (*sorted(casualty.events), *_VICTIMS(casualty))
        for casualty in view.record.casualties
        if casualty.events and not casualty.subset_of
    ]
    return len(set(keys)) < len(keys)


DOUBTS: dict[str, Callable[[FastView], bool]] = {
    "R406": _rings,
    "C511": _idle_pronouns,
    "C512": _both_name,
    "C515": _unsure,
    "C516": _nested_events,
    "W602": _linked_twice,
    "W608": _far_apart,
    "W610": _counted_alike,
}
"""By the code of the rule a test that is true wherever the rule may find something."""
