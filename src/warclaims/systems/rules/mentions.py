"""Mentions of actors and places: names of the registries, and the sources of attributions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.records import ActorMention, LocationMention
from warclaims.records.vocabulary import Level, PlaceLevel
from warclaims.systems.rules.victim_phrases import tables_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.systems.rules.names import FoundName, NameFinder
    from warclaims.systems.rules.reading import Range, ReadText
    from warclaims.systems.rules.tokens import WordToken


class Mentions:
    """The mentions in a text. A name that a source holds whole is part of that source."""

    def __init__(self, text: ReadText, names: NameFinder) -> None:
        self._text = text
        self._tables = tables_of(text.language)
        self._finder = names
        self._names = list(self._in_sentences(names))
        self._sources: dict[Range, tuple[str | None, Level]] = {}

    def _in_sentences(self, names: NameFinder) -> Iterator[FoundName]:
        """The names in segments that are annotated."""
        sentences = iter(self._text.sentences)
        sentence = next(sentences, None)
        for name in names.find(self._text.text):
            while sentence and name.start >= sentence.end:
                sentence = next(sentences, None)
            if sentence and name.start >= sentence.start and name.end <= sentence.end:
                yield name

    def source(self, place: Range | None) -> Range | None:
        """Enter a source; its place is its key among :meth:`actors`."""
        if place is None or self._crosses(place):
            return None
        start, end = place
        words = self._text.text[start:end].lower()
        if self._tables and words in self._tables.words.pronouns:
            self._sources[place] = None, Level.PRONOUN
            return place
        held = [one for one in self._names if start <= one.start and one.end <= end]
        heads = [one for one in held if one.end == end and self._is_only(start, one.start)]
        heads = heads or [one for one in held if self._is_named(one, start)]
        entities = heads[0].actors if heads else ()
        last = self._text.text[start:end].partition(",")[0].split()[-1:]
        is_name = bool(heads) or (bool(last) and last[0][0].isupper())
        level = Level.NAME if is_name else Level.NOMINAL
        self._sources[place] = entities[0] if len(entities) == 1 else None, level
        return place

    def _is_named(self, name: FoundName, start: int) -> bool:
        """True for the name of a person, or one before an apposition, in a source."""
        is_person = len(name.actors) == 1 and name.actors[0] in self._finder.persons
        after = self._text.text[name.end : name.end + 1]
        return is_person or (after == "," and self._is_only(start, name.start))

    def _crosses(self, place: Range) -> bool:
        """True if a place shares only some of its words with a source."""
        start, end = place
        return any(
            (low < start < high < end) or (start < low < end < high) for low, high in self._sources
        )

    def _is_only(self, start: int, end: int) -> bool:
        """True if only a determiner is there."""
        said = self._text.text[start:end].lower().split()
        determiners = self._tables.words.determiners if self._tables else ()
        return not said or (len(said) == 1 and said[0] in determiners)

    def actors(self) -> tuple[tuple[ActorMention, ...], dict[Range, str]]:
        """The mentions of actors in text order, and the id of each by its place."""
        places = dict(self._sources)
        sources = [(start, end, entity) for (start, end), (entity, _) in places.items()]
        for name in self._names:
            if self._is_actor(name):
                entity = name.actors[0] if len(name.actors) == 1 else None
                place = name.start, name.end
                is_head = any(
                    start <= name.start and name.end <= end and entity == known
                    for start, end, known in sources
                )
                if not is_head and not self._crosses(place):
                    places.setdefault(place, (entity, Level.NAME))
        ordered = sorted(places.items(), key=lambda one: (one[0][0], -one[0][1]))
        ids = {place: f"a{number}" for number, (place, _) in enumerate(ordered, 1)}
        mentions = tuple(
            ActorMention(id=ids[place], span=self._text.span(place), entity=entity, level=level)
            for place, (entity, level) in ordered
        )
        return mentions, ids

    def locations(self) -> tuple[LocationMention, ...]:
        """The mentions of places in text order."""
        names = [one for one in self._names if not self._is_actor(one)]
        found = [
            (one.start, one.end, one.places[0] if len(one.places) == 1 else None, PlaceLevel.NAME)
            for one in names
        ]
        found += self._nominals([one[:3] for one in found])
        return tuple(
            LocationMention(
                id=f"l{number}", span=self._text.span((start, end)), place=place, level=level
            )
            for number, (start, end, place, level) in enumerate(sorted(found), 1)
        )

    def _nominals(
        self, named: list[tuple[int, int, str | None]]
    ) -> Iterator[tuple[int, int, str | None, PlaceLevel]]:
        """*The town*, if a place of this type was named before: the last such place."""
        types = self._tables.words.place_type_of if self._tables else {}
        articles = self._tables.words.place_articles if self._tables else ()
        if not (types and named):
            return
        for sentence in self._text.sentences:
            tokens = self._text.tokens(sentence)
            for at, token in enumerate(tokens):
                first = at - bool(articles)
                is_definite = first >= 0 and (not articles or tokens[first].word in articles)
                if token.word not in types or not is_definite or self._goes_on(tokens, at):
                    continue
                place = self._last(types[token.word], token.start, named)
                if place is not None:
                    yield tokens[first].start, token.end, place, PlaceLevel.NOMINAL

    def _goes_on(self, tokens: list[WordToken], at: int) -> bool:
        """True if a noun goes on after a token: *the town hall*, *the town of Dorn*."""
        following = tokens[at + 1].word if at + 1 < len(tokens) else ""
        tables = self._tables
        if tables is None or not following[:1].isalpha():
            return False
        known = (*tables.words.stops, *tables.words.determiners, *tables.coverage.auxiliaries)
        return following in tables.coverage.of or following not in known

    def _last(self, kind: str, before: int, named: list[tuple[int, int, str | None]]) -> str | None:
        """The last place of a type that was named before an offset."""
        types = self._finder.place_types
        same = (place for start, _, place in reversed(named) if start < before and place)
        return next((place for place in same if types[place] == kind), None)

    def _is_actor(self, name: FoundName) -> bool:
        """True for the name of an actor; of one that is a place, too, unless after *in*."""
        if not name.actors or not name.places:
            return bool(name.actors)
        before = self._text.text[max(0, name.start - 20) : name.start].lower().split()
        prepositions = self._tables.coverage.prepositions if self._tables else ()
        return not before or before[-1] not in prepositions
