"""Names of the registries in a text, as mentions of actors and places."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category

from warclaims.folding import fold
from warclaims.records.vocabulary import ActorType
from warclaims.validation.scanning import NAME_LENGTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.corpus import Registries


class FoundName(NamedTuple):
    """A name in a text, with the entries that have it; an entry is ``None`` if it is unclear."""

    start: int
    end: int
    actors: tuple[str, ...]
    places: tuple[str, ...]


class NameFinder:
    """Finds the names of the actors and places of registries, as they are written there.

    Attributes:
        persons: The ids of the actors that are one human being.
        place_types: The types of the places by id.
    """

    def __init__(self, known: Registries) -> None:
        from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

        entries: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
        for layer, registry in enumerate((known.actors, known.places)):
            for entry in registry.values():  # type: ignore[attr-defined]
                for name in {entry.label, *(one.name for one in entry.names)}:
                    folded = fold(name)
                    is_lower = folded[:1].islower()
                    if len(folded) >= NAME_LENGTH - 1 and not is_lower:
                        entries[folded][layer].add(entry.id)
        self.persons = {
            name for name, actor in known.actors.items() if actor.type == ActorType.PERSON
        }
        self.place_types = {name: place.type for name, place in known.places.items()}
        self._entries = [(tuple(sorted(a)), tuple(sorted(p))) for a, p in entries.values()]
        self._names = AhoCorasick(
            list(entries),
            matchkind=MatchKind.LeftmostLongest,
            implementation=Implementation.ContiguousNFA,
        )

    def find(self, text: str) -> Iterator[FoundName]:
        """The names in a folded text, the longest at each place, in text order."""
        for number, start, end in self._names.find_matches_as_indexes(text):
            if not (_is_word(text[start - 1 : start]) or _is_word(text[end : end + 1])):
                yield FoundName(start, end, *self._entries[number])


def _is_word(char: str) -> bool:
    """True if ``char``, which may be empty, goes on with a word."""
    return char.isalnum() or char in ("-", "_") or (char != "" and category(char)[0] == "M")
