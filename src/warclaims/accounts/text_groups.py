"""The groups of one text: each count with its bounds, and with what limits it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.accounts.bounds import Count, added, count_of
from warclaims.accounts.breakdown import Group
from warclaims.records.vocabulary import Quantifier

if TYPE_CHECKING:
    from warclaims.accounts.facts import Fact
    from warclaims.accounts.kinds import Kinds, Limits
    from warclaims.accounts.text_links import TextLinks


class TextGroups:
    """The groups of a text, made when first asked for.

    Attributes:
        headline_differs: Records whose number another record of the same people excludes.
    """

    def __init__(self, links: TextLinks, kinds: Kinds) -> None:
        self._links = links
        self._kinds = kinds
        self._counts: dict[str, Count] = {}
        self._groups: dict[str, Group] = {}
        self.headline_differs: set[str] = set()

    def count(self, fact: Fact, seen: frozenset[str] = frozenset()) -> Count:
        """The bounds of a record, narrowed by those of records about the same people."""
        name = fact.record.id
        found = self._counts.get(name)
        if found is None:
            found = self._own_count(fact, seen)
            for other in self._links.same_people(name):
                found = self._narrowed(fact, found, other, self._own_count(other, seen))
            self._counts[name] = found
        return found

    def _own_count(self, fact: Fact, seen: frozenset[str]) -> Count:
        """The bounds that the words of a record have; a fraction is of its whole."""
        base = None
        if fact.record.fraction is not None and fact.record.value is None:
            wholes = [one for one in self._links.wholes(fact) if one.record.id not in seen]
            inner = seen | {fact.record.id}
            base = added([self.count(one, inner) for one in wholes]) if wholes else None
        return count_of(fact.record, fact.words, fact.language, base)

    def _narrowed(self, fact: Fact, count: Count, other: Fact, number: Count) -> Count:
        """The narrower of two counts of the same people; the body wins over a headline."""
        if other.record.quantifier is Quantifier.INDEFINITE:
            return count
        if fact.record.quantifier is Quantifier.INDEFINITE:
            return number
        if count.outer.meets(number.outer):
            return count.narrowed(number)
        self.headline_differs.add(fact.record.id)
        outside = not fact.text.in_body(fact.start) and other.text.in_body(other.start)
        return number if outside else count

    def _limits(self, fact: Fact) -> Limits:
        """What limits a record, with what records about the same people add."""
        found = self._kinds.limits(fact.record)
        for other in self._links.same_people(fact.record.id):
            more = self._kinds.limits(other.record)
            found = found.or_else(more)
        return found

    def of(self, name: str, seen: frozenset[str] = frozenset()) -> Group:
        """The group of a record."""
        name = self._links.canonical(name)
        found = self._groups.get(name)
        return self._groups.setdefault(name, self._made(name, seen)) if found is None else found

    def _made(self, name: str, seen: frozenset[str]) -> Group:
        """The group of a record: its whole limits it, too."""
        fact = self._links.by_id[name]
        own = limits = self._limits(fact)
        wholes = self._links.wholes(fact)
        if len(wholes) == 1 and wholes[0].record.id not in seen | {name}:
            whole = self.of(wholes[0].record.id, seen | {name})
            limits = own.within(whole.limits)
            if (wholes[0].outcome, wholes[0].events) == (fact.outcome, fact.events):
                own = own.beyond(whole.limits)
            else:
                own = own.within(whole.own)
        return Group(self.count(fact), own, self._kinds.compared(limits))

    def later(self, name: str) -> Group:
        """The group of a later state of people with another outcome: only a minimum of its own."""
        group = self.of(name)
        found = Group(group.count.at_least, group.own, group.limits)
        found.parts = group.parts
        self._groups[name] = found
        return found
