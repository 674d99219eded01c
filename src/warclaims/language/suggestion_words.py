"""Words by which the rules propose records: what harm happened to whom, and who says so."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import TYPE_CHECKING

from warclaims.folding import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence


@dataclass(frozen=True, kw_only=True)
class SuggestionWords:
    """The words of a language, in small letters, besides those of harm and speech.

    Where a mapping has values of a list, a word belongs to the first value that has it.
    """

    # Victims.
    outcomes: Mapping[str, Collection[str]]
    """Words of harm by outcome; those that are not listed mean that people were killed."""
    further_harm: Mapping[str, Collection[str]] = field(default_factory=dict)
    """Phrases by outcome that are no words of harm without victims beside them: *let go*."""
    harm_nouns: Collection[str] = ()
    """Nouns of harm with the number after them: *a toll of 12*, *the deaths of two men*."""
    harm_of_number: Collection[str] = ()
    """Words of harm that are part of a victim phrase if they follow its number: *12 dead*."""
    active: Collection[str] = ()
    """Verbs of harm that have the victims as object."""
    object_marks: Collection[str] = ()
    """Words between such a verb and its object: *mató a tres policías*."""
    statuses: Mapping[str, Collection[str]] = field(default_factory=dict)
    """Nouns for victims by status."""
    ages: Mapping[str, Collection[str]] = field(default_factory=dict)
    sexes: Mapping[str, Collection[str]] = field(default_factory=dict)
    people: Collection[str] = ()
    """Other nouns for victims."""
    causes: Mapping[str, Collection[str]] = field(default_factory=dict)
    """Words and phrases for what harmed people, by cause."""
    determiners: Collection[str] = ()
    """Words before a number that belong to the victim phrase: *the*, *another*."""
    stops: Collection[str] = ()
    """Words that end a victim phrase: prepositions, verbs, adverbs."""
    including: Collection[str] = ()
    """Phrases before a part of the victims who were named just before."""
    ands: Collection[str] = ()
    """What joins victim phrases that share a word of harm, besides commas."""
    some: Collection[str] = ()
    """Phrases for people without a noun: *others*, *the rest*."""
    singles: Collection[str] = ()
    """Phrases for one person without a noun: *another*."""
    possessives: Collection[str] = ()
    """Words before somebody's relative or soldiers: *his*, *whose*."""
    linking: Collection[str] = ()
    """Further words between a subject and its word of harm: *remain*."""
    them: Collection[str] = ()
    """What follows *of* where victims named before are meant."""
    between: Collection[str] = ()
    """Words between a noun of harm and its number: *rose to*."""
    rising: Collection[str] = ()
    """Verbs between a noun of harm and its number, whatever else is between them: *climbed to*."""
    figures: Collection[str] = ()
    """Words before a number alone that counts as the sentence before did: *doctors counted 24*."""
    presumed: Collection[str] = ()
    """Words by which harm is feared or believed."""
    follows_verb: bool = False
    """True if a subject often follows its verb, as in Spanish."""
    verb_first: bool = False
    """True if it does so in most clauses, as in Arabic."""
    adjectives_follow: bool = False
    """True if adjectives follow their noun."""

    # Places.
    place_nouns: Mapping[str, Collection[str]] = field(default_factory=dict)
    """Nouns by type of place, for places named before: *the town*."""
    place_articles: Collection[str] = ()
    """What is before such a noun; without any, the nouns have it in them."""

    # Statements.
    according: Collection[str] = ()
    """Phrases that attribute, with the source after them."""
    that: Sequence[str] = ()
    """Words between a verb of speech and what is said."""
    cues: Collection[str] = ()
    """Further verbs that attribute."""
    counting: Collection[str] = ()
    """Verbs that attribute in sentences with words of harm: *put the dead at 12*."""
    no_cues: Collection[str] = ()
    """Words of speech that are usually no verb."""
    inner_adverbs: Collection[str] = ()
    """Adverbs and negations inside a verb group."""
    pronouns: Collection[str] = ()
    """Pronouns that may be a source."""
    third_person: Collection[str] = ()
    """Those of them that mean somebody named before."""
    relatives: Collection[str] = ()
    """Words by which a source is what was named before: *who*."""
    source_stops: Collection[str] = ()
    """Words that are not part of a source: conjunctions, days, adverbs."""
    acts: Mapping[str, Collection[str]] = field(default_factory=dict)
    """Cues by act; all others assert."""
    supporting: Collection[str] = ()
    distancing: Collection[str] = ()
    """Cues by which the narrator takes a stance."""

    def __post_init__(self) -> None:
        """Make sets of the lists, in which most words of a text are looked for."""
        for one in fields(self):
            value = getattr(self, one.name)
            if isinstance(value, tuple) and one.name != "that":
                object.__setattr__(self, one.name, frozenset(value))

    @cached_property
    def outcome_of(self) -> dict[str, str]:
        """The outcome of each word of harm."""
        return _by_word(self.outcomes) | _by_word(self.further_harm)

    @cached_property
    def further_phrases(self) -> dict[str, list[tuple[str, ...]]]:
        """The phrases of ``further_harm`` by their first word, the longest first."""
        found: dict[str, list[tuple[str, ...]]] = {}
        for phrase in sorted(_by_word(self.further_harm), key=len, reverse=True):
            said = tuple(phrase.split())
            found.setdefault(said[0], []).append(said)
        return found

    @cached_property
    def status_of(self) -> dict[str, str]:
        """The status of each noun."""
        return _by_word(self.statuses)

    @cached_property
    def age_of(self) -> dict[str, str]:
        """The age of each noun."""
        return _by_word(self.ages)

    @cached_property
    def sex_of(self) -> dict[str, str]:
        """The sex of each noun."""
        return _by_word(self.sexes)

    @cached_property
    def act_of(self) -> dict[str, str]:
        """The act of each cue."""
        return _by_word(self.acts)

    @cached_property
    def place_type_of(self) -> dict[str, str]:
        """The type of place of each noun."""
        return _by_word(self.place_nouns)

    @cached_property
    def before_harm(self) -> frozenset[str]:
        """Words between victims and the harm that is said of them, besides auxiliaries."""
        return frozenset((*self.relatives, *self.presumed, *self.linking, *self.inner_adverbs))

    @cached_property
    def some_first(self) -> frozenset[str]:
        """The first words of the phrases in ``some`` and ``singles``."""
        return frozenset(phrase.split()[0] for phrase in (*self.some, *self.singles))

    @cached_property
    def all_people(self) -> frozenset[str]:
        """All nouns for victims."""
        words = (*self.status_of, *self.age_of, *self.sex_of, *self.people)
        return frozenset(map(fold, words))


def _by_word(values: Mapping[str, Collection[str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for value, words in values.items():
        for word in words:
            found.setdefault(fold(word), value)
    return found
