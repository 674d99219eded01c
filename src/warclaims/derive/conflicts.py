"""Group claims by event, and find the event they disagree on most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.derive.events import EventTree
from warclaims.records import RelationKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from warclaims.records import Claim, Event


def by_event(claims: Iterable[Claim], events: Mapping[str, Event]) -> dict[str, list[Claim]]:
    """The claims of each event and its parts, for the events that have any."""
    tree = EventTree(events)
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        for name in dict.fromkeys(up for event in claim.events for up in tree.ancestors(event)):
            found.setdefault(name, []).append(claim)
    return {name: found[name] for name in events if name in found}


def most_disputed(
    claims: Sequence[Claim], events: Mapping[str, Event]
) -> tuple[Event, list[Claim]] | None:
    """The event with the most contradictions among its claims, the narrower first in a tie."""
    best: tuple[int, int, str] | None = None
    groups = by_event(claims, events)
    for name, group in groups.items():
        members = {claim.id for claim in group}
        count = sum(
            relation.kind is RelationKind.CONTRADICT and relation.claim in members
            for claim in group
            for relation in claim.relations
        )
        if count and (best is None or (count, -len(group)) > best[:2]):
            best = (count, -len(group), name)
    return (events[best[2]], groups[best[2]]) if best else None
