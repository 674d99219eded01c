"""One text under the readings of its records."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any, NamedTuple

from warclaims.accounts.facts import Chains, Fact, TextFacts, fact_of, text_facts
from warclaims.accounts.text_accounts import TextAccounts, text_accounts
from warclaims.grouping import connected

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence, Set

    from warclaims.accounts.scene import ComparisonRules
    from warclaims.accounts.sources import Voices
    from warclaims.accounts.wholes import EventKey
    from warclaims.records import Annotations, Attribution, Bundle, Layer

_LAYERS = ("casualties", "attributions", "actors")


class OtherReading(NamedTuple):
    """What records touch, as recorded and under another reading.

    Attributes:
        records: The records that are read otherwise, with their documents.
        before: The accounts that they touch.
        after: The same under the other reading.
    """

    records: frozenset[str]
    before: TextAccounts
    after: TextAccounts

    @property
    def events(self) -> tuple[str, ...]:
        """All events of what they touch, in order of id."""
        keys = self.before.keys | self.after.keys
        return tuple(sorted({name for key in keys for name in key}))

    def about(self, events: Set[str]) -> OtherReading:
        """What it changes of some events."""
        return OtherReading(self.records, self.before.about(events), self.after.about(events))


class ComparedText:
    """One text: its accounts as recorded, and what other readings of its records change.

    Attributes:
        id: The document.
        facts: Its casualty records.
        recorded: Its accounts.
        uncertain: The records that have another reading, with the document.
        readings: What each other reading of one record changes, if it changes a count.
        all_other: What the first other reading of every record changes; ``None`` if none has one.

    Pickled, it has only what comparing accounts needs of the text and its annotations.
    """

    def __init__(self, bundle: Bundle, rules: ComparisonRules) -> None:
        self.id = bundle.document.id
        self._annotations = bundle.annotations
        self._text = TextFacts(bundle)
        self._rules = rules
        self.facts = self._read(bundle.annotations)
        self.recorded = text_accounts(self.facts, rules.kinds)
        self.uncertain = [
            f"{self.id}:{one.id}"
            for layer in _LAYERS
            for one in getattr(bundle.annotations, layer)
            if one.alternatives
        ]
        self.readings = [*self._other_readings()] if self.uncertain else []
        self.all_other = self._all_other() if self.uncertain else None
        others = [*self.readings, *filter(None, [self.all_other])]
        for of in (self.recorded, *(one.after for one in others)):
            for account in of.accounts:
                account.look_up()

    @property
    def voices(self) -> Voices:
        """The keys of what it says on no other's word."""
        return self._text.voices

    @property
    def keys(self) -> set[EventKey]:
        """The events of its counts under every reading.

        Events of which one has a count under one reading and another under another are a key, too.
        """
        others = [*self.readings, *filter(None, [self.all_other])]
        found = self.recorded.keys.union(*(one.after.keys for one in others))
        moved = (one for one in self.readings if one.before.keys != one.after.keys)
        return found | {one.events for one in moved if one.events}

    def about(self, events: Set[str]) -> ComparedText:
        """What it counts of some events."""
        text = copy(self)
        text.recorded = self.recorded.about(events)
        text.readings = [one.about(events) for one in self.readings]
        text.all_other = self.all_other.about(events) if self.all_other else None
        return text

    def __getstate__(self) -> dict[str, object]:
        return {
            name: value
            for name, value in self.__dict__.items()
            if name not in ("_annotations", "_rules", "_text", "facts")
        }

    def _read(self, annotations: Annotations) -> list[Fact]:
        return text_facts(annotations, self._text, self._rules.known)

    def _other_readings(self) -> Iterator[OtherReading]:
        chains = Chains(self._annotations)
        for record, other in self._others("casualties"):
            chain = chains.around([other])[other.id]
            fact = fact_of(other, chain, self._text, self._rules.known, chains)
            yield self._reading(record.id, [fact])
        for layer in _LAYERS[1:]:
            for record, other in self._others(layer):
                if layer == "actors" or self._is_around(record, other):
                    facts = self._read(self._with(layer, record, other))
                    both = zip(self.facts, facts, strict=True)
                    changed = [fact for old, fact in both if not fact.is_same(old)]
                    if changed:
                        yield self._reading(record.id, changed)

    def _others(self, layer: str) -> Iterator[tuple[Any, Any]]:
        """The records of a layer with each of their other readings."""
        for record in getattr(self._annotations, layer):
            for other in record.readings()[1:] if record.alternatives else ():
                yield record, other

    def _is_around(self, attribution: Attribution, other: Attribution) -> bool:
        """True if one of two readings may be around a count, or answer what is."""
        if (attribution.cue, attribution.content) != (other.cue, other.content):
            return True
        names = {attribution.id, attribution.answers, other.answers}
        return any(not names.isdisjoint(fact.around) for fact in self.facts)

    def _with(self, layer: str, record: Layer, other: Layer) -> Annotations:
        """The annotations with another reading of a record."""
        changed = tuple(
            other if one is record else one for one in getattr(self._annotations, layer)
        )
        return self._annotations.model_copy(update={layer: changed})

    def _reading(self, record: str, changed: Sequence[Fact]) -> OtherReading:
        """Another reading of a record that changes some facts: what they touch is made anew."""
        groups = _touching([*self.facts, *changed])
        near = set().union(*(groups[fact.record.id] for fact in changed))
        new = {fact.record.id: fact for fact in changed}
        own = [new.get(one.record.id, one) for one in self.facts if one.record.id in near]
        before, after = _restricted(self.recorded, near), text_accounts(own, self._rules.kinds)
        return OtherReading(frozenset([f"{self.id}:{record}"]), before, after)

    def _all_other(self) -> OtherReading:
        changed = {
            layer: tuple(
                one.readings()[1] if one.alternatives else one
                for one in getattr(self._annotations, layer)
            )
            for layer in _LAYERS
        }
        facts = self._read(self._annotations.model_copy(update=changed))
        after = text_accounts(facts, self._rules.kinds)
        return OtherReading(frozenset(self.uncertain), self.recorded, after)


def together(readings: Iterable[OtherReading]) -> OtherReading:
    """Readings of several texts as one."""
    several = list(readings)
    before, after = (
        TextAccounts(
            [one for told in of for one in told.accounts],
            [one for told in of for one in told.replacements],
            [],
            [],
        )
        for of in ([one.before for one in several], [one.after for one in several])
    )
    return OtherReading(frozenset().union(*(one.records for one in several)), before, after)


def _touching(facts: Sequence[Fact]) -> dict[str, set[str]]:
    """For each record, all that it touches under any reading: by links, or in one account."""
    first: dict[object, str] = {}
    pairs: list[tuple[str, str]] = []
    for fact in facts:
        record = fact.record
        alike = first.setdefault((fact.source.key, fact.events, fact.outcome), record.id)
        links = (*record.subset_of, *record.same_as, *record.revises, *record.besides)
        pairs += ((record.id, name) for name in (alike, *links))
    return connected([fact.record.id for fact in facts], pairs)


def _restricted(told: TextAccounts, records: set[str]) -> TextAccounts:
    """The accounts of some records of a text."""
    return TextAccounts(
        [one for one in told.accounts if any(fact.record.id in records for fact in one.facts)],
        [one for one in told.replacements if one.old.record.id in records],
        [],
        [],
    )
