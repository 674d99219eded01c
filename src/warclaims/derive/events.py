"""Events and their parts: what includes what."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from warclaims.hierarchy import ancestors, parents
from warclaims.wording import label_of, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from warclaims.records import Event


class EventTree:
    """The events of a registry by what they are part of.

    Attributes:
        wholes: The events that have parts.
    """

    def __init__(self, events: Mapping[str, Event]) -> None:
        self._events = events
        self._parents = parents(events)
        self.wholes = {name for name in self._parents.values() if name is not None}
        self.ancestors = cache(self._ancestors)

    def _ancestors(self, name: str) -> tuple[str, ...]:
        """The event and those it is part of, innermost first."""
        return ancestors(name, self._parents)

    def above(self, *names: str) -> frozenset[str]:
        """The events that all of some events are part of."""
        found = [frozenset(self.ancestors(name)) - {name} for name in names]
        return frozenset.intersection(*found) if found else frozenset()

    def includes(self, whole: Iterable[str], part: Iterable[str]) -> bool:
        """True if there are events in ``part`` and each is, or is part of, one of ``whole``."""
        over, under = set(whole), list(part)
        return bool(under) and all(not over.isdisjoint(self.ancestors(name)) for name in under)

    def same(self, one: Iterable[str], other: Iterable[str]) -> bool:
        """True if each of the two includes the other."""
        first, second = list(one), list(other)
        return self.includes(first, second) and self.includes(second, first)

    def labels(self, names: Iterable[str]) -> str:
        """The labels of events, in quotation marks."""
        return listed([f"‘{label_of(n, self._events)}’" for n in names])
