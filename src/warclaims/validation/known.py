"""What references may point at: the registries and the index, and what follows from them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from warclaims.corpus.json_schema import JsonSchema, shipped_schema_of_bundles
from warclaims.records import Lists

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from pydantic import BaseModel

    from warclaims.records import Document, Target


@dataclass(frozen=True)
class Known:
    """What references may point at. A registry, or the index, that could not be read is absent."""

    registries: Mapping[str, Mapping[str, BaseModel]] = field(default_factory=dict)
    documents: Mapping[str, Document] | None = None
    schema_of_bundles: JsonSchema = field(default_factory=shipped_schema_of_bundles)
    lists: Lists = field(default_factory=Lists)

    def ids(self, target: Target) -> Collection[str] | None:
        """The ids of a registry or the index; null if it could not be read."""
        if target.in_registry:
            return self.registries.get(target.collection)
        return self.documents

    @cached_property
    def names(self) -> frozenset[str]:
        """The names that the registries list for actors and places."""
        entries = (entry for registry in self.registries.values() for entry in registry.values())
        return frozenset(name.name for entry in entries for name in getattr(entry, "names", ()))

    def _way_up(self, event: str) -> Iterator[str]:
        """What the event is part of, and what that is part of, until there is nothing new."""
        events: Mapping[str, Any] = self.registries.get("events", {})
        gone = set()
        step = events[event].parent if event in events else None
        while step is not None and step.id not in gone:
            gone.add(step.id)
            yield step.id
            step = events[step.id].parent if step.id in events else None

    def wholes(self, events: Collection[str]) -> dict[str, str]:
        """Of ``events`` the nearest that each is part of, if there is one; no way is gone twice."""
        listed = set(events)
        nearest: dict[str, str | None] = {}
        for event in events:
            passed, found = [event], None
            for step in self._way_up(event):
                found = step if step in listed else nearest.get(step)
                if step in listed or step in nearest:
                    break
                passed.append(step)
            nearest.update(dict.fromkeys(passed, found))
        return {event: whole for event in events if (whole := nearest[event]) not in (None, event)}

    def of(self, document: Any) -> Known:
        """The same registries with ``document`` as the only one."""
        known = replace(self, documents={document.id: document})
        known.__dict__["names"] = self.names
        return known
