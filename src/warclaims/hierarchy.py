"""Chains of parents: an event in its event, a place in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def parents(registry: Mapping[str, object], field: str = "parent") -> dict[str, str | None]:
    """What each entry of a registry is part of, by id: the link ``field``."""
    return {name: getattr(getattr(one, field), "id", None) for name, one in registry.items()}


def within(name: str, registry: Mapping[str, object], field: str = "parent") -> set[str]:
    """The entry and all that lie in it or belong to it."""
    above = parents(registry, field)
    return {one for one in above if name in ancestors(one, above)}


def ancestors(name: str, parents: Mapping[str, str | None]) -> tuple[str, ...]:
    """``name`` and what it is part of, innermost first. A cycle ends where it closes.

    >>> ancestors("first-day", {"first-day": "war", "war": None})
    ('first-day', 'war')
    """
    found: list[str] = []
    step: str | None = name
    while step is not None and step in parents and step not in found:
        found.append(step)
        step = parents[step]
    return tuple(found)
