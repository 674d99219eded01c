"""What the records of one text say of each other: replaced, the same, parts, later states."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from warclaims.accounts.facts import STATES
from warclaims.records.vocabulary import Outcome, VictimCertainty

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warclaims.accounts.facts import Fact

_ENDING = STATES | {Outcome.INJURED}
"""Outcomes of people who may die later."""


class TextLinks:
    """Which records of a text count, and which of them are of the same people.

    Attributes:
        by_id: The facts by record.
        out: Records in no account: replaced by the same source, withdrawn or only denied, and
            their parts.
        replaced: Pairs of an old record and the new one; ``None`` if it was only withdrawn.
        aliases: By record, the one that stands for the same people.
        sums: By record, those of which it repeats the sum.
        fates: By record of held or missing people, those that say what became of them.
    """

    def __init__(self, facts: Sequence[Fact]) -> None:
        self._facts = facts
        self.by_id = {fact.record.id: fact for fact in facts}
        self.out: set[str] = set()
        self.replaced: list[tuple[Fact, Fact | None]] = []
        self.aliases: dict[str, str] = {}
        self.sums: dict[str, list[str]] = {}
        self.fates: dict[str, list[Fact]] = defaultdict(list)
        for fact in facts:
            self._leave_out(fact)
        if self.out and any(fact.record.subset_of for fact in facts):
            while any(self._leave_out_part(fact) for fact in facts):
                pass
        for fact in facts:
            if fact.record.same_as and fact.record.id not in self.out:
                self._resolve_same(fact)

    @property
    def counting(self) -> list[Fact]:
        """The facts that count, wholes before their parts."""
        out = self.out | self.aliases.keys()
        found = [one for one in self._facts if one.record.id not in out]
        if any(fact.record.subset_of for fact in found):
            found.sort(key=self._depth)
        return found

    def _leave_out(self, fact: Fact) -> None:
        record = fact.record
        if record.certainty is VictimCertainty.RETRACTED:
            self.out.add(record.id)
            self.replaced.append((fact, None))
        if fact.is_denied_by_source:
            self.out.add(record.id)
        for old in record.revises:
            if old in self.by_id and old != record.id:
                self.replaced.append((self.by_id[old], fact))
                if self.by_id[old].source.key == fact.source.key:
                    self.out.add(old)

    def _leave_out_part(self, fact: Fact) -> bool:
        """Leave out the part of what was replaced or only denied; true if it was not before.

        Retracting a part does not change its whole, nor retracting a whole its parts.
        """
        wholes = [self.by_id[name] for name in fact.record.subset_of if name in self.by_id]
        if not wholes or fact.record.id in self.out:
            return False
        is_gone = all(
            one.record.id in self.out and one.record.certainty is not VictimCertainty.RETRACTED
            for one in wholes
        )
        self.out |= {fact.record.id} if is_gone else set()
        return is_gone

    def _resolve_same(self, fact: Fact) -> None:
        """Note which record stands for the same people; with another outcome it is their fate."""
        name = fact.record.id
        targets = [self.by_id[other] for other in fact.record.same_as if other in self.by_id]
        same = [
            one.record.id
            for one in targets
            if one.outcome == fact.outcome and one.record.id not in self.out | {name}
        ]
        if len(same) > 1:
            self.sums[name] = same
        elif same and self.canonical(same[0]) != name:
            self.aliases[name] = same[0]
        for other in targets:
            if other.outcome != fact.outcome:
                if other.outcome in STATES:
                    self.fates[other.record.id].append(fact)
                elif fact.outcome in STATES:
                    self.fates[name].append(other)

    def canonical(self, name: str) -> str:
        """The record that stands for the people of a record."""
        seen = {name}
        while name in self.aliases and self.aliases[name] not in seen:
            name = self.aliases[name]
            seen.add(name)
        return name

    def same_people(self, name: str) -> list[Fact]:
        """The other records that count the people of a record."""
        return [self.by_id[one] for one in self.aliases if self.canonical(one) == name]

    def wholes(self, fact: Fact) -> list[Fact]:
        """What a record is part of."""
        if not fact.record.subset_of:
            return []
        names = dict.fromkeys(map(self.canonical, fact.record.subset_of))
        names.pop(self.canonical(fact.record.id), None)
        return [self.by_id[name] for name in names if name in self.by_id]

    def _depth(self, fact: Fact) -> int:
        """How many wholes are around a record; a cycle ends where it closes."""
        depth, seen, level = 0, {fact.record.id}, self.wholes(fact)
        while level and depth < len(self._facts):
            depth += 1
            fresh = [one for one in level if one.record.id not in seen]
            seen |= {one.record.id for one in fresh}
            level = [whole for one in fresh for whole in self.wholes(one)]
        return depth

    def root(self, name: str) -> str:
        """The outermost whole of the same outcome that the people of a record are part of."""
        name = self.canonical(name)
        seen: set[str] = set()
        while name in self.by_id and name not in seen:
            seen.add(name)
            fact = self.by_id[name]
            near = [one for one in self.wholes(fact) if one.outcome == fact.outcome]
            name = near[0].record.id if near else name
        return name

    def is_later(self, fact: Fact) -> bool:
        """True for the dead among people who were first injured, missing or held."""
        return fact.outcome == Outcome.KILLED and any(
            one.outcome in _ENDING for one in self.wholes(fact)
        )

    def besides(self) -> list[Fact]:
        """The facts that a text adds to one of another source."""
        return [fact for fact in self._facts if fact.events and self.added_to(fact)]

    def added_to(self, fact: Fact) -> list[Fact]:
        """The facts of other sources to which a text adds a fact."""
        if not fact.record.besides:
            return []
        found = [self.by_id[name] for name in fact.record.besides if name in self.by_id]
        return [
            one
            for one in found
            if one.source.key != fact.source.key
            and self.out.isdisjoint((fact.record.id, one.record.id))
        ]
