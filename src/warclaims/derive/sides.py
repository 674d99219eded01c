"""The sides of actors: their own, or that of what they are part of."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from warclaims.records import Actor


def affiliations(name: str, actors: Mapping[str, Actor]) -> list[Actor]:
    """The actor and what it is part of, innermost first; none if it is not in the registry."""
    found: dict[str, Actor] = {}
    actor = actors.get(name)
    while actor is not None and actor.id not in found:
        found[actor.id] = actor
        actor = actors.get(actor.affiliation.id) if actor.affiliation else None
    return list(found.values())


def side_of(name: str, actors: Mapping[str, Actor]) -> str | None:
    """The side of an actor, its own or that of what it is part of."""
    return next((one.side.id for one in affiliations(name, actors) if one.side), None)


def sides(names: Iterable[str], actors: Mapping[str, Actor]) -> set[str]:
    """The sides of actors.

    >>> sides(["nobody"], {})
    set()
    """
    return {side for name in names if (side := side_of(name, actors))}


def common_side(names: Iterable[str], actors: Mapping[str, Actor]) -> str | None:
    """The one side of actors; ``None`` if there is none, or several."""
    found = sides(names, actors)
    return found.pop() if len(found) == 1 else None
