"""The registries and the index: what references may name."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from warclaims.corpus.schema_check import JsonSchema, shipped_schema_of_bundles
from warclaims.records import Lists

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from pydantic import BaseModel

    from warclaims.records import Document, Target
    from warclaims.validation.settings import RuleSettings


@dataclass(frozen=True)
class KnownIds:
    """What references may name. A registry or an index that could not be read is absent.

    ``settings`` are those of the corpus for its rules.
    """

    registries: Mapping[str, Mapping[str, BaseModel]] = field(default_factory=dict)
    documents: Mapping[str, Document] | None = None
    schema_of_bundles: JsonSchema = field(default_factory=shipped_schema_of_bundles)
    settings: RuleSettings | None = None
    lists: Lists = field(default_factory=Lists)

    def ids(self, target: Target) -> Collection[str] | None:
        """The ids of a registry or the index; ``None`` if it could not be read."""
        if target.in_registry:
            return self.registries.get(target.collection)
        return self.documents

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of actors and places in the registries."""
        entries = (entry for registry in self.registries.values() for entry in registry.values())
        return frozenset(name.name for entry in entries for name in getattr(entry, "names", ()))

    def wholes(self, events: Collection[str]) -> dict[str, str]:
        """The nearest of ``events`` that each of them is part of. No parent is visited twice."""
        registry: Mapping[str, Any] = self.registries.get("events", {})
        listed = set(events)
        nearest: dict[str, str | None] = {}
        for event in events:
            passed, step = {event}, event
            while parent := getattr(registry.get(step), "parent", None):
                step = parent.id
                if step in listed or step in nearest or step in passed:
                    break
                passed.add(step)
            found = step if step in listed else nearest.get(step)
            nearest.update(dict.fromkeys(passed, found))
        return {event: whole for event in events if (whole := nearest[event]) not in (None, event)}

    def of(self, document: Any) -> KnownIds:
        """The same registries with ``document`` as the only one."""
        self.names  # noqa: B018 - computed once, and copied
        known = copy(self)
        known.__dict__["documents"] = {document.id: document}
        return known
