"""Events and their parts: what includes what."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from warclaims.hierarchy import ancestors
from warclaims.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from warclaims.records import Event


def parents(events: Mapping[str, Event]) -> dict[str, str | None]:
    """The parent of each event, by id."""
    return {name: event.parent.id if event.parent else None for name, event in events.items()}


class EventTree:
    """The events of a registry by what they are part of."""

    def __init__(self, events: Mapping[str, Event]) -> None:
        self._events = events
        self._parents = parents(events)
        self.ancestors = cache(self._ancestors)

    def _ancestors(self, name: str) -> tuple[str, ...]:
        """The event and those it is part of, innermost first."""
        return ancestors(name, self._parents)

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
        return listed([f"‘{self._events[n].label if n in self._events else n}’" for n in names])
