"""What places and actors are called, outlet by outlet."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from warclaims.records import Actor, Place, span_text
from warclaims.records.vocabulary import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from warclaims.records import ActorMention, Bundle, Claim, LocationMention
    from warclaims.records.registry import Name
    from warclaims.report.part import Context
    from warclaims.report.site import Site

EXAMPLES = 4
"""So many mentions of a name in an outlet are linked; the others are counted."""

MOST_OUTLETS = 8
"""A table has so many columns at most: the outlets that name the entity most, and the others."""

MOST_WORDS = 60
"""A table has so many rows at most, the most used first."""

MOST_ENTITIES = 250
"""So many places and actors are shown, contested ones first, then those named most."""

OTHERS = "other outlets"
_DETERMINER = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)

Entity = tuple[str, str]
"""*place* or *actor*, and its id."""


class Called(NamedTuple):
    """Words for an entity: one of its names, or a description."""

    words: str
    is_name: bool


class Example(NamedTuple):
    """A mention to link to, with its words as they stand."""

    document: str
    record: str
    words: str


class Uses:
    """How often something stands in an outlet, and a few of the places."""

    __slots__ = ("examples", "number")

    def __init__(self) -> None:
        self.number = 0
        self.examples: list[Example] = []

    def add(self, number: int, examples: Iterable[Example]) -> None:
        """Count more, and keep examples while there is room."""
        self.number += number
        self.examples += list(examples)[: EXAMPLES - len(self.examples)]


class Row(NamedTuple):
    """The words of a row, its cells in the order of the outlets, and their sum."""

    words: str
    cells: list[Uses | None]
    number: int


class Shown(NamedTuple):
    """An entity as the page shows it."""

    anchor: str
    kind: str
    entry: Place | Actor
    outlets: list[str]
    names: list[Row]
    descriptions: list[Row]
    left_out: int
    users: list[tuple[Name, str]]
    number: int


class Names:
    """The page of names; it keeps counts and a few examples of each name in each outlet."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._uses: defaultdict[Entity, dict[Called, dict[str, Uses]]] = defaultdict(dict)
        self._dates: dict[str, list[str]] = {}

    def add(self, bundle: Bundle, claims: list[Claim], site: Site) -> None:
        """Count what the text calls places and actors."""
        outlet = bundle.document.outlet.value or "outlet unknown"
        self._date(outlet, bundle.document.date.value)
        for kind, mention, name in _linked(bundle):
            entry = self._entry((kind, name))
            if entry is None or mention.level == Level.PRONOUN:
                continue
            words = span_text(mention.span)
            called = _called(words, mention.level == Level.NAME, entry)
            uses = self._uses[kind, name].setdefault(called, {}).setdefault(outlet, Uses())
            uses.add(1, [Example(bundle.document.id, mention.id, words)])

    def write(self, site: Site) -> None:
        """Write the page."""
        found = [one for entity in self._uses if (one := self._shown(entity)) is not None]
        found.sort(key=lambda one: (not one.users, -one.number, one.anchor))
        shown = found[:MOST_ENTITIES]
        site.page(
            "names.html",
            "names.html",
            title="Names",
            contested=[one for one in shown if one.users],
            places=[one for one in shown if not one.users and one.kind == "place"],
            actors=[one for one in shown if not one.users and one.kind == "actor"],
            left_out=len(found) - len(shown),
            dates={outlet: " to ".join(dates) for outlet, dates in self._dates.items()},
            examples=EXAMPLES,
        )

    def _date(self, outlet: str, day: str | None) -> None:
        if day is not None:
            known = [*self._dates.get(outlet, ()), day]
            self._dates[outlet] = list(dict.fromkeys([min(known), max(known)]))

    def _entry(self, entity: Entity) -> Place | Actor | None:
        kind, name = entity
        registries = self._context.registries
        return registries.places.get(name) if kind == "place" else registries.actors.get(name)

    def _shown(self, entity: Entity) -> Shown | None:
        """The entity with its tables; null if it goes by one name only."""
        entry = self._entry(entity)
        uses = self._uses[entity]
        users = [
            (name, self._labels(name.used_by))
            for name in (entry.names if entry else ())
            if name.used_by
        ]
        if entry is None or (len(uses) < 2 and not users):
            return None
        outlets = _outlets(uses)
        rows = {
            called: _row(called.words, by_outlet, outlets) for called, by_outlet in uses.items()
        }
        for name, _ in users:  # also where no text uses it in its own right
            rows.setdefault(Called(name.name, is_name=True), _row(name.name, {}, outlets))
        names = _most_used(row for called, row in rows.items() if called.is_name)
        descriptions = _most_used(row for called, row in rows.items() if not called.is_name)
        return Shown(
            f"{entity[0]}-{entity[1]}",
            entity[0],
            entry,
            outlets,
            names[:MOST_WORDS],
            descriptions[:MOST_WORDS],
            len(names[MOST_WORDS:]) + len(descriptions[MOST_WORDS:]),
            users,
            sum(row.number for row in rows.values()),
        )

    def _labels(self, actors: Iterable[str]) -> str:
        known = self._context.registries.actors
        return ", ".join(known[name].label if name in known else name for name in actors)


def _linked(bundle: Bundle) -> Iterator[tuple[str, ActorMention | LocationMention, str]]:
    for location in bundle.annotations.locations:
        if location.place is not None:
            yield "place", location, location.place
    for actor in bundle.annotations.actors:
        if actor.entity is not None:
            yield "actor", actor, actor.entity


def _called(words: str, is_name: bool, entry: Place | Actor) -> Called:
    """The name of the registry that these words are or, if they name somebody, hold; else theirs.

    An article in front does not count: *the Kremlin* is the *Kremlin*.
    """
    bare = _DETERMINER.sub("", words, count=1) if _DETERMINER.match(words) else words
    known = sorted((name.name for name in entry.names), key=len, reverse=True)
    if bare in known:
        return Called(bare, is_name=True)
    if is_name:
        held = (name for name in known if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", bare))
        return Called(next(held, bare), is_name=True)
    return Called(bare, is_name=False)


def _outlets(uses: dict[Called, dict[str, Uses]]) -> list[str]:
    """The columns of a table: in alphabetical order, the rarest together as the last."""
    numbers: Counter[str] = Counter()
    for by_outlet in uses.values():
        for outlet, used in by_outlet.items():
            numbers[outlet] += used.number
    if len(numbers) <= MOST_OUTLETS:
        return sorted(numbers)
    ranked = sorted(numbers, key=lambda outlet: (-numbers[outlet], outlet))
    return [*sorted(ranked[: MOST_OUTLETS - 1]), OTHERS]


def _row(words: str, by_outlet: dict[str, Uses], outlets: list[str]) -> Row:
    cells: dict[str, Uses] = {}
    for outlet, used in by_outlet.items():
        cell = cells.setdefault(outlet if outlet in outlets else OTHERS, Uses())
        cell.add(used.number, used.examples)
    return Row(
        words,
        [cells.get(outlet) for outlet in outlets],
        sum(used.number for used in by_outlet.values()),
    )


def _most_used(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (-row.number, row.words))
