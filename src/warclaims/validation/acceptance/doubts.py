"""Quick doubts: which rules may find something in a fast record. The others need not be asked."""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from warclaims.derive.counts import Bounds, bounds
from warclaims.records.vocabulary import (
    Act,
    Level,
    Outcome,
    PlaceLevel,
    Quantifier,
)
from warclaims.validation.acceptance.attributions import modes_sound
from warclaims.validation.catalogue import unread
from warclaims.validation.rules.statements import YEARS
from warclaims.validation.rules.victims import OPEN, description, stated
from warclaims.validation.words import surface

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from warclaims.validation.acceptance.view import FastView

_NAME, _PLACE_NAME, _PRONOUN = Level.NAME, PlaceLevel.NAME, Level.PRONOUN
_DEAD = (Outcome.KILLED, Outcome.KILLED_OR_INJURED)
_SOURCE, _BLAMES, _REGARDING = attrgetter("source"), attrgetter("blames"), attrgetter("regarding")
_VICTIMS = attrgetter("outcome", "status", "age", "side")
_PERPETRATOR, _UNCERTAIN = attrgetter("perpetrator"), attrgetter("uncertain")
_EVENTS, _SUBSET_OF = attrgetter("events"), attrgetter("subset_of")

DOUBTED = frozenset(
    "R406 C501 C502 C503 C504 C507 C511 C512 C515 C516 C517 C519 "
    "W602 W603 W605 W606 W607 W608 W609 W610 W611 W612 W613 W614 "
    "W620 W621 W622 W623 W624".split()
)
"""The rules that need only be asked where :func:`doubts` names them."""


def doubts(view: FastView) -> set[str]:
    """The codes of those rules of :data:`DOUBTED` that may find something."""
    skipped = unread(view.language)
    found = {*_of_casualties(view), *_of_mentions(view), *_of_attributions(view)}
    if not skipped.issuperset(_OF_NUMBERS):
        found.update(_of_numbers(view))
    if not skipped.issuperset(_WORDS):
        found.update(_of_words(view))
    if view.text is not None and not modes_sound(view, view.text):
        found.add("C507")
    return found - skipped


def _of_casualties(view: FastView) -> Iterator[str]:
    casualties = view.record.casualties
    if not casualties:
        return
    for casualty in casualties:
        if (casualty.value is None) is not (casualty.quantifier is Quantifier.INDEFINITE):
            yield "C501"
        if not casualty.events:
            yield "W611"
        if casualty.perpetrator is not None and casualty.side is not None:
            entity = view.actors[casualty.perpetrator].entity
            link = getattr(view.known.registries["actors"].get(entity or ""), "side", None)
            if link is not None and link.id == casualty.side:
                yield "W607"
        if casualty.trigger is not None:
            outcomes = stated(casualty.trigger)
            if outcomes and casualty.outcome not in outcomes:
                yield "W613"
        field, said = description(casualty.span)
        if field and getattr(casualty, field) is not said:
            yield "W614"
    places = {(casualty.outcome, casualty.span[0].start) for casualty in casualties}
    if len(places) < len(casualties):
        yield "W605"
    keys = [
        (*sorted(casualty.events), *_VICTIMS(casualty))
        for casualty in casualties
        if casualty.events and not casualty.subset_of
    ]
    if len(set(keys)) < len(keys):
        yield "W610"
    if any(map(_SUBSET_OF, casualties)):
        yield from _of_parts(view)


_OF_NUMBERS = frozenset(("C502", "C503", "W609"))


def _of_numbers(view: FastView) -> Iterator[str]:
    for _, casualty, found in view.numbers:
        value = casualty.value
        if value is None:
            if any([number.leads for number in found]):
                yield "C502"
        elif len(found) != 1 or found[0].value != value:
            yield from ("C502", "C503")
        elif casualty.quantifier not in found[0].fits:
            yield "C503"
        if value in YEARS:
            yield "W609"


def _of_parts(view: FastView) -> Iterator[str]:
    wholes = view.casualties
    seen: set[tuple[str, ...]] = set()
    for part in view.record.casualties:
        names = part.subset_of
        if not names:
            continue
        if names in seen:
            yield "C517"
        seen.add(names)
        dead = part.outcome not in _DEAD
        for name in names:
            whole = wholes[name]
            if whole.subset_of:
                yield "R406"
            dead = dead and whole.outcome is Outcome.KILLED
            for field, empty in OPEN.items():
                said = getattr(whole, field)
                if said not in empty and getattr(part, field) != said:
                    yield "W606"
        if dead:
            yield "C519"
        least = _bounds(part).minimum
        if least is not None:
            most = [_bounds(wholes[name]).maximum for name in names]
            if None not in most and least > sum(filter(None, most)):
                yield "C504"


def _bounds(casualty: Any) -> Bounds:
    return bounds(casualty.quantifier, casualty.value, surface(casualty.span))


def _of_mentions(view: FastView) -> Iterator[str]:
    record = view.record
    names = [actor for actor in record.actors if actor.level is _NAME]
    places = [place for place in record.locations if place.level is _PLACE_NAME]
    if len(names) < len(record.actors):
        pronouns = {actor.id for actor in record.actors if actor.level is _PRONOUN}
        if pronouns:
            attributions = record.attributions
            pronouns.difference_update(*map(_SOURCE, attributions), *map(_BLAMES, attributions))
            pronouns.difference_update(map(_PERPETRATOR, record.casualties))
            if pronouns:
                yield "C511"
    words = [name.span[0] for name in names]
    place_words = [place.span[0] for place in places]
    if not {(word.start, word.end) for word in place_words}.isdisjoint(
        [(word.start, word.end) for word in words]
    ):
        yield "C512"
    links = {(surface(name.span), name.entity) for name in names if name.entity is not None}
    place_links = {
        (surface(place.span), place.place) for place in places if place.place is not None
    }
    if len(dict(links)) < len(links) or len(dict(place_links)) < len(place_links):
        yield "W602"
    for records in view.lists.values():
        if True in map(_UNCERTAIN, records):
            for mention in records:
                if mention.uncertain and not (mention.note or "").strip():
                    yield "C515"


def _of_attributions(view: FastView) -> Iterator[str]:
    starts, actors, casualties = view.segment_starts, view.actors, view.record.casualties
    links = [
        (casualty.span[0].start, casualty.trigger[0].start)
        for casualty in casualties
        if casualty.trigger is not None
    ]
    for casualty in casualties:
        if casualty.perpetrator is not None:
            links.append((casualty.span[0].start, actors[casualty.perpetrator].span[0].start))
    several: list[tuple[str, ...]] = [names for names in map(_EVENTS, casualties) if len(names) > 1]
    for attribution in view.record.attributions:
        cue, source = attribution.cue, attribution.source
        if cue is not None:
            start = cue[0].start
            for name in source:
                links.append((start, actors[name].span[0].start))
        elif not source and not attribution.inferred_source:
            yield "W612"
        if attribution.act is Act.ACCUSE and not (attribution.blames or attribution.note):
            yield "W603"
        if len(attribution.regarding) > 1:
            several.append(attribution.regarding)
    for one, other in links:
        if one > other:
            one, other = other, one  # noqa: PLW2901
        if starts[bisect_right(starts, one)] <= other:
            yield "W608"
    if any(map(view.known.wholes, several)):
        yield "C516"


_WORDS = ("W620", "W621", "W622", "W623", "W624")


def _of_words(view: FastView) -> Iterator[str]:
    for code, found in zip(_WORDS, view.left_out, strict=True):
        if found:
            yield code


def only_waived_words(view: FastView, codes: AbstractSet[str]) -> bool:
    """True if these rules only find what the text says, and waivers are for just these words."""
    if not codes <= _ALL_WORDS:
        return False
    lists: tuple[list[Any], ...] = tuple(view.left_out)
    found = {
        (code, hit[0], hit[1]) for code, hits in zip(_WORDS, lists, strict=True) for hit in hits
    }
    waived = {
        (waiver.code, waiver.span[0].start, waiver.span[-1].end)
        for waiver in view.record.waivers
        if waiver.span is not None and waiver.record is None
    }
    return found == waived and len(waived) == len(view.record.waivers)


_ALL_WORDS = frozenset(_WORDS)
