"""Parts of a count that are in other accounts: of some of its events, or with a later outcome."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from warclaims.accounts.bounds import NONE, NumberInterval
from warclaims.accounts.facts import STATES
from warclaims.grouping import grouped
from warclaims.records.vocabulary import VictimCertainty

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from warclaims.accounts.facts import Fact
    from warclaims.accounts.text_groups import TextGroups


class Fates:
    """What a text says of the people of a count elsewhere.

    Attributes:
        still: By record, counts of those who are still held or missing.
    """

    def __init__(self, groups: TextGroups, second: Mapping[str, Sequence[Fact]]) -> None:
        """``second`` has the other fates of the people of a record: missing, then found."""
        self._groups = groups
        self._later: dict[str, list[Fact]] = defaultdict(list)
        self._later |= {name: list(of) for name, of in second.items()}
        self._in_events: dict[str, list[Fact]] = defaultdict(list)
        self.still: dict[str, list[Fact]] = defaultdict(list)

    def add(self, part: Fact, whole: Fact) -> None:
        """Note a part that is in another account than its whole."""
        if part.outcome != whole.outcome:
            self._later[whole.record.id].append(part)
        elif part.source.key == whole.source.key:
            self._in_events[whole.record.id].append(part)

    def are_exceeding(self, whole: Fact) -> bool:
        """True if the parts are more people than the whole."""
        if whole.record.id not in self._in_events and whole.record.id not in self._later:
            return False
        events = grouped(self._in_events.get(whole.record.id, ()), lambda one: one.events)
        most = {key: max(map(self._least, of)) for key, of in events.items()}
        single = sum(number for key, number in most.items() if len(key) == 1)
        gone = [self._gone(one).minimum for one in self._after(whole)]
        together = sum(gone) if whole.outcome in STATES else 0
        least = max(single, together, *most.values(), *gone, 0)
        return least > self._groups.count(whole).stated.maximum

    def left(self, wholes: Sequence[Fact]) -> NumberInterval | None:
        """How many are still held or missing, as stated or as computed; ``None`` if not known."""
        left, is_known = NONE, False
        for whole in wholes:
            stated = self.still.get(whole.record.id)
            gone = self._after(whole)
            is_known = is_known or bool(stated or gone)
            if stated:
                left += self._groups.count(stated[0]).stated
            else:
                out = sum(map(self._gone, gone), NONE)
                left += self._groups.count(whole).stated.without(out)
        return left if is_known else None

    def _after(self, whole: Fact) -> list[Fact]:
        later = self._later.get(whole.record.id, ())
        return list({one.record.id: one for one in later}.values())

    def _least(self, fact: Fact) -> int:
        return self._groups.count(fact).stated.minimum

    def _gone(self, fact: Fact) -> NumberInterval:
        """How many had a later fate; those who are presumed dead may be alive."""
        count = self._groups.count(fact)
        is_presumed = fact.record.certainty is VictimCertainty.PRESUMED
        return (count.up_to if is_presumed else count).stated
