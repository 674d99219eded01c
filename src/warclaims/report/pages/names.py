"""What places and actors are called, outlet by outlet."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from warclaims.records import Actor, Place, span_text
from warclaims.records.vocabulary import Level
from warclaims.report.context import ReportContext, ReportPage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from warclaims.records import ActorMention, Bundle, Claim, LocationMention
    from warclaims.report.site import Site

EXAMPLES = 4
"""Limit of mentions linked per name and outlet; the others are counted."""

MOST_OUTLETS = 8
"""Limit of columns: the outlets that name the entity most, and the others together."""

MOST_WORDS = 60
"""Limit of rows per table, the most used first."""

MOST_ENTITIES = 250
"""Limit of places and actors, contested ones first, then those named most."""

OTHERS = "other outlets"
_DETERMINER = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)

Entity = tuple[str, str]
"""*place* or *actor*, and its id."""


class Designation(NamedTuple):
    """Words for an entity: one of its names, or a description."""

    words: str
    is_name: bool


class OutletUse:
    """How often an outlet uses a designation, and examples: document, record and words."""

    __slots__ = ("examples", "number")

    def __init__(self) -> None:
        self.number = 0
        self.examples: list[tuple[str, str, str]] = []

    def add(self, number: int, examples: Iterable[tuple[str, str, str]]) -> None:
        """Count more, and keep examples while there is room."""
        self.number += number
        self.examples += list(examples)[: EXAMPLES - len(self.examples)]


class NamesPage(ReportPage):
    """The page of names; it keeps counts and a few examples of each name in each outlet."""

    def __init__(self, context: ReportContext) -> None:
        super().__init__(context)
        self._uses: defaultdict[Entity, dict[Designation, dict[str, OutletUse]]] = defaultdict(dict)
        self._dates: dict[str, list[str]] = {}

    def add(self, bundle: Bundle, claims: list[Claim], site: Site) -> None:
        """Count what the text calls places and actors."""
        outlet, day = bundle.document.outlet.value or "outlet unknown", bundle.document.date.value
        if day is not None:
            known = [*self._dates.get(outlet, ()), day]
            self._dates[outlet] = list(dict.fromkeys([min(known), max(known)]))
        for kind, mention, name in _linked(bundle):
            entry = self._entry((kind, name))
            if entry is not None and mention.level != Level.PRONOUN:
                words = span_text(mention.span)
                called = _designation(words, mention.level == Level.NAME, entry)
                uses = self._uses[kind, name].setdefault(called, {})
                example = (bundle.document.id, mention.id, words)
                uses.setdefault(outlet, OutletUse()).add(1, [example])

    def write(self, site: Site) -> None:
        """Write the page."""
        found = [one for entity in self._uses for one in self._shown(entity)]
        found.sort(key=lambda one: (not one["users"], -one["number"], one["anchor"]))
        shown = found[:MOST_ENTITIES]
        site.page(
            "names.html",
            title="Names",
            contested=[one for one in shown if one["users"]],
            places=[one for one in shown if not one["users"] and one["kind"] == "place"],
            actors=[one for one in shown if not one["users"] and one["kind"] == "actor"],
            left_out=len(found) - len(shown),
            dates={outlet: " to ".join(dates) for outlet, dates in self._dates.items()},
            examples=EXAMPLES,
        )

    def _entry(self, entity: Entity) -> Place | Actor | None:
        kind, name = entity
        registries = self._context.registries
        return registries.places.get(name) if kind == "place" else registries.actors.get(name)

    def _shown(self, entity: Entity) -> Iterator[dict[str, Any]]:
        """The entity with its tables; nothing if it goes by one name only."""
        entry, uses = self._entry(entity), self._uses[entity]
        assert entry is not None
        users = [
            (name, self._context.actor_labels(name.used_by)) for name in entry.names if name.used_by
        ]
        if len(uses) < 2 and not users:
            return
        outlets = _outlets(uses)
        for name, _ in users:  # also where no text uses it in its own right
            uses.setdefault(Designation(name.name, is_name=True), {})
        rows = {called: _row(called.words, used, outlets) for called, used in uses.items()}
        names = _most_used(row for called, row in rows.items() if called.is_name)
        descriptions = _most_used(row for called, row in rows.items() if not called.is_name)
        yield {
            "anchor": "-".join(entity),
            "kind": entity[0],
            "entry": entry,
            "outlets": outlets,
            "names": names[:MOST_WORDS],
            "descriptions": descriptions[:MOST_WORDS],
            "left_out": len(names[MOST_WORDS:]) + len(descriptions[MOST_WORDS:]),
            "users": users,
            "number": sum(row["number"] for row in rows.values()),
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
        return Designation(bare, is_name=True)
    if is_name:
        held = (name for name in known if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", bare))
        return Designation(next(held, bare), is_name=True)
    return Designation(bare, is_name=False)


def _outlets(uses: dict[Designation, dict[str, OutletUse]]) -> list[str]:
    """The columns of a table: in alphabetical order, the rarest together as the last."""
    numbers: Counter[str] = Counter()
    for by_outlet in uses.values():
        for outlet, used in by_outlet.items():
            numbers[outlet] += used.number
    if len(numbers) <= MOST_OUTLETS:
        return sorted(numbers)
    ranked = sorted(numbers, key=lambda outlet: (-numbers[outlet], outlet))
    return [*sorted(ranked[: MOST_OUTLETS - 1]), OTHERS]


def _row(words: str, by_outlet: dict[str, OutletUse], outlets: list[str]) -> dict[str, Any]:
    """A row of a table, its cells in the order of the outlets."""
    cells: dict[str, OutletUse] = {}
    for outlet, used in by_outlet.items():
        cell = cells.setdefault(outlet if outlet in outlets else OTHERS, OutletUse())
        cell.add(used.number, used.examples)
    number = sum(used.number for used in by_outlet.values())
    return {"words": words, "cells": [cells.get(outlet) for outlet in outlets], "number": number}


def _most_used(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: (-row["number"], row["words"]))
