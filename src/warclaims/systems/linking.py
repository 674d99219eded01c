"""Link what a system suggests to the registries: counts to events, mentions to actors.

Only entries that the registries have are linked, so that the counts of several texts can be
compared; nothing is added to a registry.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from warclaims.derive import Placement
from warclaims.derive.dates import is_before
from warclaims.folding import fold
from warclaims.hierarchy import ancestors, parents
from warclaims.language import primary, table_of
from warclaims.records.vocabulary import Act, ActorType, Cause, EventType, Level, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from warclaims.corpus import Registries
    from warclaims.records import ActorMention, Annotations, Attribution, Casualty, Document, Event

_KINDS: dict[str, frozenset[str]] = {
    EventType.BATTLE: frozenset((Cause.FIGHTING, Cause.SMALL_ARMS, Outcome.CAPTURED)),
    EventType.ATTACK_ON_CIVILIANS: frozenset((Cause.SMALL_ARMS, Cause.MELEE, Cause.EXECUTION)),
    EventType.AIR_OR_DRONE_STRIKE: frozenset((Cause.AIR_STRIKE, Cause.MISSILE)),
    EventType.SHELLING: frozenset((Cause.ARTILLERY,)),
    EventType.EXPLOSION: frozenset((Cause.IED, Cause.LANDMINE)),
    EventType.ABDUCTION: frozenset((Outcome.ABDUCTED,)),
    EventType.DISPLACEMENT: frozenset((Outcome.DISPLACED, Cause.EXPULSION)),
    EventType.BLOCKADE: frozenset((Outcome.DEPRIVED, Cause.DEPRIVATION)),
}
"""The causes and outcomes that speak for a kind of event."""

_OF_ONE_KIND = frozenset(
    (EventType.ABDUCTION, EventType.DISPLACEMENT, EventType.BLOCKADE, EventType.AGREEMENT)
)
"""Types of events that are seldom meant by counts of another kind."""

_LASTING = (EventType.WAR, EventType.BLOCKADE, EventType.DISPLACEMENT, None)
"""Types of events that go on if no end is known."""

_ABOUT_EVENTS = (Act.ACCUSE, Act.CONDEMN, Act.DENY)

_RECENT = 31
"""The most days between an event that is over and a text that gives no year for its counts."""

_WORD = re.compile(r"[^\W\d_]{4,}")
_YEAR = re.compile(r"(?<![\d.,-])((?:18|19|20)\d\d)(?:s\b|(?![\d.,]*\d))")


class _Clues(NamedTuple):
    """What the words around a count say: places, years, the kind of harm, and all longer words."""

    places: frozenset[str]
    years: frozenset[int]
    kinds: frozenset[str]
    words: frozenset[str]


class RegistryLinker:
    """Links suggestions to the entries of registries.

    A count gets the event whose time fits and that is, in this order: at a place that its sentence
    names, or else that was named last; around such a place; of a kind with its cause or outcome, or
    not of another kind; called by words of the sentence; the smaller part; the latest. Of two that
    fit alike, none is linked. A part of another count is about the event of its whole, a count in a
    sentence without place and year about that of the count before it.

    A mention gets the one actor that is called so, a person also by the last name alone. *The
    ministry* is the one that was named before by words that end so, else the only one of the
    registry with this in its name. A source that is a pronoun is the source before.
    """

    def __init__(self, known: Registries) -> None:
        self._events = known.events
        self._lists = known.lists
        self._place_parents = parents(known.places)
        event_parents = parents(known.events)
        self._depths = {name: len(ancestors(name, event_parents)) for name in known.events}
        self._at: dict[str, set[str]] = defaultdict(set)
        self._around: dict[str, set[str]] = defaultdict(set)
        self._called: dict[str, set[str]] = defaultdict(set)
        for name, event in known.events.items():
            for place in event.places:
                self._at[place].add(name)
                for outer in ancestors(place, self._place_parents):
                    self._around[outer].add(name)
            for word in _words_of(event.label):
                self._called[word].add(name)
        names = {
            (_plain(name), entry.id)
            for entry in known.actors.values()
            for name in {entry.label, *(one.name for one in entry.names)}
        }
        surnames = {
            (name.split()[-1], entry)
            for name, entry in names
            if known.actors[entry].type == ActorType.PERSON
        }
        self._actors = _unique(names | surnames)
        self._parts = _unique((part, entry) for name, entry in names for part in _parts_of(name))

    def linked(self, annotations: Annotations, document: Document, text: str) -> Annotations:
        """The annotations with links where they have none."""
        changes: dict[str, tuple[object, ...]] = {}
        if self._events and any(not one.events for one in annotations.casualties):
            changes["casualties"] = tuple(self._counts(annotations, document, text))
            changes["attributions"] = tuple(
                _regarding(annotations.attributions, changes["casualties"])  # type: ignore[arg-type]
            )
        if self._actors and any(one.entity is None for one in annotations.actors):
            changes["actors"] = tuple(self._mentions(annotations, document.language))
        return annotations.model_copy(update=changes) if changes else annotations

    # Events.

    def _counts(
        self, annotations: Annotations, document: Document, text: str
    ) -> Iterator[Casualty]:
        sentences = Placement(document, text).sentences
        starts = [one.start for one in sentences]
        places = [(one.span[0].start, one.place) for one in annotations.locations if one.place]
        last: tuple[str, ...] = ()
        found: dict[str, tuple[str, ...]] = {}
        for casualty in sorted(annotations.casualties, key=lambda one: bool(one.same_as)):
            start, end, _ = sentences[bisect_right(starts, casualty.span[0].start) - 1]
            here = [place for offset, place in places if start <= offset < end]
            before = [place for offset, place in places if offset < start] or [
                place for _, place in places[:1]
            ]
            words = text[start:end]
            clues = _Clues(
                places=frozenset(here or before[-1:]),
                years=frozenset(_years(words)),
                kinds=frozenset(self._kinds(casualty)),
                words=_words_of(words),
            )
            wholes = (found.get(one, ()) for one in (*casualty.subset_of, *casualty.same_as))
            events = casualty.events or next(filter(None, wholes), ())
            if not events:
                is_told = here or clues.years or not last
                events = self._event(clues, document) if is_told else last
            last = found[casualty.id] = events
        for casualty in annotations.casualties:
            yield casualty.model_copy(update={"events": found[casualty.id]})

    def _kinds(self, casualty: Casualty) -> Iterator[str]:
        yield casualty.outcome
        for cause in casualty.cause:
            yield from self._lists.ancestors("cause", cause)

    def _event(self, clues: _Clues, document: Document) -> tuple[str, ...]:
        """The event that fits best, if one alone does."""
        within = {one for place in clues.places for one in ancestors(place, self._place_parents)}
        at = Counter(dict.fromkeys(self._named(self._around, clues.places), 1))
        at.update(dict.fromkeys(self._named(self._at, within), 2))
        called = Counter(self._named(self._called, clues.words))
        found: dict[str, tuple[int, int, int, int, str]] = {}
        for name in {*at, *(name for name, words in called.items() if words > 1)}:
            event = self._events[name]
            if _fits(event, clues, document):
                kind = self._kind(event, clues)
                depth = self._depths[name]
                found[name] = at[name], kind, called[name], depth, event.start or ""
        best = max(found.values(), default=None)
        names = [name for name, likeness in found.items() if likeness == best]
        return (names[0],) if len(names) == 1 else ()

    def _kind(self, event: Event, clues: _Clues) -> int:
        """1 if the kind of harm speaks for the event, -1 if it speaks against it, else 0."""
        types = set(self._lists.ancestors("event_type", event.type or ""))
        if any(not clues.kinds.isdisjoint(_KINDS.get(one, ())) for one in types):
            return 1
        return 0 if types.isdisjoint(_OF_ONE_KIND) else -1

    @staticmethod
    def _named(events: Mapping[str, set[str]], keys: Iterable[str]) -> Iterator[str]:
        """The events of each key."""
        return chain.from_iterable(events.get(key, ()) for key in keys)

    # Actors.

    def _mentions(self, annotations: Annotations, language: str) -> Iterator[ActorMention]:
        sources = {name for one in annotations.attributions for name in one.source}
        words = table_of(primary(language), "SUGGESTIONS")
        determiners, pronouns = (words.determiners, words.third_person) if words else ((), ())
        before: list[tuple[str, str]] = []
        last: str | None = None
        for mention in annotations.actors:
            name = _plain(" ".join(part.text for part in mention.span))
            first, _, rest = name.partition(" ")
            bare = rest if rest and first in determiners else name
            entity = mention.entity
            if entity is None and mention.level != Level.PRONOUN:
                entity = self._actor(name, bare, before)
            elif entity is None and name in pronouns and mention.id in sources:
                entity = last
            if entity is not None:
                before.append((f" {bare}", entity))
            if mention.id in sources:
                last = entity
            yield mention.model_copy(update={"entity": entity})

    def _actor(self, name: str, bare: str, before: list[tuple[str, str]]) -> str | None:
        """The actor that is called so; ``bare`` is the name without its determiner."""
        entity = self._actors.get(name) or self._actors.get(bare)
        if entity is not None or bare == name:
            return entity
        same = {one for said, one in before if said.endswith(f" {bare}")}
        return same.pop() if len(same) == 1 else self._parts.get(bare)


def _regarding(
    attributions: Iterable[Attribution], casualties: Iterable[Casualty]
) -> Iterator[Attribution]:
    """Accusations, condemnations and denials with the events of the counts that they hold."""
    counts = [(one.span[0].start, one.events) for one in casualties if one.events]
    for attribution in attributions:
        events = dict.fromkeys(
            event
            for at, several in counts
            for event in several
            if any(part.start <= at < part.end for part in attribution.content)
        )
        is_about = attribution.act in _ABOUT_EVENTS and events and not attribution.regarding
        yield (
            attribution.model_copy(update={"regarding": tuple(events)}) if is_about else attribution
        )


def _fits(event: Event, clues: _Clues, document: Document) -> bool:
    """True if an event may have happened in the year that is named, or not long before the text."""
    published = document.date.value
    end = event.end or (None if event.type in _LASTING else event.start)
    if clues.years and not (published and clues.years == {int(published[:4])}):
        first, last = (int(day[:4]) if day else None for day in (event.start or end, end))
        return any((first or year) <= year <= (last or year) for year in clues.years)
    if published is None:
        return True
    if event.start and is_before(published, event.start):
        return False
    return end is None or _days(published) - _days(end) <= _RECENT


def _days(day: str) -> int:
    """About how many days before a date; of a month or a year until its end."""
    year, month, day_of_month = (int(part) for part in f"{day}-12-31"[:10].split("-"))
    return year * 365 + month * 30 + day_of_month


def _years(words: str) -> Iterator[int]:
    """The years in words; of *the 1990s* all ten."""
    for match in _YEAR.finditer(words):
        year = int(match[1])
        yield from range(year, year + 10) if match[0].endswith("s") else (year,)


def _words_of(words: str) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(words).casefold()))


def _parts_of(name: str) -> Iterator[str]:
    """The runs of words in a name: *defence ministry* in *velm defence ministry*."""
    words = name.split()
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            yield " ".join(words[start:end])


def _plain(name: str) -> str:
    return " ".join(fold(name).casefold().split())


def _unique(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The entry of each name that only one has."""
    found = set(pairs)
    times = Counter(name for name, _ in found)
    return {name: entry for name, entry in found if times[name] == 1}
