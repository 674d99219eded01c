"""What places and actors are called, outlet by outlet."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from warclaims.records import span_text
from warclaims.records.vocabulary import Level
from warclaims.report.counting import EXAMPLES, ExampleCounter, most_frequent
from warclaims.report.site import NO_OUTLET, ReportPage, Site

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from warclaims.records import Actor, ActorMention, Bundle, Claim, LocationMention, Place

MOST_OUTLETS = 8
"""Limit of columns: the outlets that name the entity most, and the others together."""

MOST_WORDS = 60
"""Limit of rows per table, the most used first."""

MOST_ENTITIES = 250
"""Limit of places and actors, contested ones first, then those named most."""

OTHERS = "other outlets"
_DETERMINER = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)

Designation = tuple[str, bool]
"""Words for a place or actor, and whether they are one of its names or a description."""


class NamesPage(ReportPage):
    """The page of names; it keeps counts and a few examples of each name in each outlet."""

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self._uses: defaultdict[tuple[str, str], ExampleCounter] = defaultdict(ExampleCounter)
        self._dates: dict[str, list[str]] = {}

    def add(self, bundle: Bundle, claims: list[Claim]) -> None:
        """Count what the text calls places and actors."""
        outlet, day = bundle.document.outlet.value or NO_OUTLET, bundle.document.date.value
        if day is not None:
            known = [*self._dates.get(outlet, ()), day]
            self._dates[outlet] = list(dict.fromkeys([min(known), max(known)]))
        for kind, mention, name in _linked(bundle):
            entry = self._registry(kind).get(name)
            if entry is not None and mention.level != Level.PRONOUN:
                words = span_text(mention.span)
                called = _designation(words, mention.level == Level.NAME, entry)
                example = (bundle.document.id, mention.id, words)
                self._uses[kind, name].add((called, outlet), [example])

    def write(self) -> None:
        """Write the page."""
        found = [one for entity in self._uses for one in self._shown(*entity)]
        found.sort(key=lambda one: (not one["users"], -one["number"], one["anchor"]))
        shown = found[:MOST_ENTITIES]
        self._site.page(
            "names.html",
            contested=[one for one in shown if one["users"]],
            places=[one for one in shown if not one["users"] and one["kind"] == "place"],
            actors=[one for one in shown if not one["users"] and one["kind"] == "actor"],
            left_out=len(found) - len(shown),
            dates={outlet: " to ".join(dates) for outlet, dates in self._dates.items()},
            examples=EXAMPLES,
        )

    def _registry(self, kind: str) -> Mapping[str, Place | Actor]:
        return self._site.registries.places if kind == "place" else self._site.registries.actors

    def _shown(self, kind: str, name: str) -> Iterator[dict[str, Any]]:
        """The entity with its tables; nothing if it goes by one name only."""
        entry, uses = self._registry(kind)[name], self._uses[kind, name]
        users = [
            (known, self._site.actor_labels(known.used_by))
            for known in entry.names
            if known.used_by
        ]
        numbers: Counter[Designation] = Counter()
        of_outlet: Counter[str] = Counter()
        for (called, outlet), number in uses.numbers.items():
            numbers[called] += number
            of_outlet[outlet] += number
        if len(numbers) < 2 and not users:
            return
        columns = _columns(of_outlet)
        cells = ExampleCounter()
        for (called, outlet), number in uses.numbers.items():
            column = outlet if outlet in columns else OTHERS
            cells.add((called, column), uses.examples[called, outlet], number)
        for known, _ in users:  # also where no text uses it in its own right
            numbers[known.name, True] += 0
        names = [one for one in most_frequent(numbers) if one[0][1]]
        descriptions = [one for one in most_frequent(numbers) if not one[0][1]]
        yield {
            "anchor": f"{kind}-{name}",
            "kind": kind,
            "entry": entry,
            "outlets": columns,
            "cells": cells,
            "names": names[:MOST_WORDS],
            "descriptions": descriptions[:MOST_WORDS],
            "left_out": len(names[MOST_WORDS:]) + len(descriptions[MOST_WORDS:]),
            "users": users,
            "number": numbers.total(),
        }


def _linked(bundle: Bundle) -> Iterator[tuple[str, ActorMention | LocationMention, str]]:
    for location in bundle.annotations.locations:
        if location.place is not None:
            yield "place", location, location.place
    for actor in bundle.annotations.actors:
        if actor.entity is not None:
            yield "actor", actor, actor.entity


def _designation(words: str, is_name: bool, entry: Place | Actor) -> Designation:
    """The name in the registry that these words are, or contain if they are a name; else the words.

    An article in front does not count: *the Kremlin* is the *Kremlin*.
    """
    bare = _DETERMINER.sub("", words, count=1) if _DETERMINER.match(words) else words
    known = sorted((name.name for name in entry.names), key=len, reverse=True)
    if bare in known:
        return bare, True
    if is_name:
        inside = (name for name in known if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", bare))
        return next(inside, bare), True
    return bare, False


def _columns(numbers: Mapping[str, int]) -> list[str]:
    """The outlets of a table: in alphabetical order, the rarest together as the last."""
    if len(numbers) <= MOST_OUTLETS:
        return sorted(numbers)
    kept = [outlet for outlet, _ in most_frequent(numbers)[: MOST_OUTLETS - 1]]
    return [*sorted(kept), OTHERS]
