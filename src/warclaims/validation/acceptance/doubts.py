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
_EVENTS, _UNCERTAIN = attrgetter("events"), attrgetter("uncertain")


def _rings(view: FastView) -> bool:
    """R406: a whole is itself part of something."""
    parts = {casualty.id: casualty.subset_of for casualty in view.record.casualties}
    return any(parts[whole] for wholes in parts.values() for whole in wholes)


def _idle_pronouns(view: FastView) -> bool:
    """C511: a pronoun is neither a source nor blamed."""
    pronouns = {actor.id for actor in view.record.actors if actor.level is _PRONOUN}
    if pronouns:
        attributions = view.record.attributions
        pronouns.difference_update(*map(_SOURCE, attributions), *map(_BLAMES, attributions))
    return bool(pronouns)


def _both_name(view: FastView) -> bool:
    """C512: names of an actor and a place begin at the same point."""
    places = {place.span[0].start for place in view.record.locations if place.level is _PLACE_NAME}
    return not places.isdisjoint(
        [actor.span[0].start for actor in view.record.actors if actor.level is _NAME]
    )


def _unsure(view: FastView) -> bool:
    """C515: a record is uncertain."""
    return any(True in map(_UNCERTAIN, records) for records in view.lists.values())


def _several_events(view: FastView) -> bool:
    """C516: a list holds more than one event."""
    lists = chain(map(_EVENTS, view.record.casualties), map(_REGARDING, view.record.attributions))
    return max(map(len, lists), default=0) > 1


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
    """W610: two casualties have the same events and outcome."""
    seen: set[Any] = set()
    for casualty in view.record.casualties:
        if casualty.events and not casualty.subset_of:
            key = (casualty.outcome, casualty.events if len(casualty.events) == 1 else None)
            if key in seen:
                return True
            seen.add(key)
    return False


DOUBTS: dict[str, Callable[[FastView], bool]] = {
    "R406": _rings,
    "C511": _idle_pronouns,
    "C512": _both_name,
    "C515": _unsure,
    "C516": _several_events,
    "W602": _linked_twice,
    "W608": _far_apart,
    "W610": _counted_alike,
}
"""By the code of the rule a test that is true wherever the rule may find something."""
