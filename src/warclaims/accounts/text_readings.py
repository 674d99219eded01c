"""One text under the readings of its records."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from warclaims.accounts.facts import Chains, Fact, TextFacts, fact_of, text_facts
from warclaims.accounts.grouping import connected
from warclaims.accounts.text_accounts import TextAccounts, text_accounts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from warclaims.accounts.scene import ComparisonRules
    from warclaims.accounts.sources import SourceKey
    from warclaims.records import Annotations, Bundle

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


class ComparedText:
    """One text: its accounts as recorded, and what other readings of its records change.

    Attributes:
        id: The document.
        facts: Its casualty records.
        recorded: Its accounts.
        uncertain: The records that have another reading, with the document.
    """

    def __init__(self, bundle: Bundle, narrator: SourceKey, rules: ComparisonRules) -> None:
        self.id = bundle.document.id
        self._annotations = bundle.annotations
        self._text = TextFacts(bundle, narrator)
        self._rules = rules
        self.facts = self._read(bundle.annotations)
        self.recorded = text_accounts(self.facts, rules.kinds)
        self.uncertain = [
            f"{self.id}:{one.id}"
            for layer in _LAYERS
            for one in getattr(bundle.annotations, layer)
            if one.alternatives
        ]

    def _read(self, annotations: Annotations) -> list[Fact]:
        return text_facts(annotations, self._text, self._rules.known)

    def _name(self, record: str) -> frozenset[str]:
        return frozenset([f"{self.id}:{record}"])

    def other_readings(self) -> Iterator[OtherReading]:
        """What each other reading of one record changes."""
        if not self.uncertain:
            return
        yield from self._other_counts()
        for layer in _LAYERS[1:]:
            records = getattr(self._annotations, layer)
            for number, record in enumerate(records):
                for other in record.readings()[1:] if record.alternatives else ():
                    changed = (*records[:number], other, *records[number + 1 :])
                    facts = self._read(self._annotations.model_copy(update={layer: changed}))
                    after = text_accounts(facts, self._rules.kinds)
                    yield OtherReading(self._name(record.id), self.recorded, after)

    def _other_counts(self) -> Iterator[OtherReading]:
        """The other readings of casualty records, of which only what they touch is made anew."""
        chains = Chains(self._annotations)
        others = []
        for record in self._annotations.casualties:
            for other in record.readings()[1:] if record.alternatives else ():
                chain = chains.around([other])[other.id]
                others.append(fact_of(other, chain, self._text, self._rules.known, chains))
        groups = _touching([*self.facts, *others])
        for fact in others:
            near = groups[fact.record.id]
            own = [
                fact if one.record.id == fact.record.id else one
                for one in self.facts
                if one.record.id in near
            ]
            after = text_accounts(own, self._rules.kinds)
            yield OtherReading(self._name(fact.record.id), _restricted(self.recorded, near), after)

    def all_other(self) -> OtherReading:
        """The text with every record in its first other reading."""
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
