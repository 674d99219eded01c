"""What two texts make of one word: whether both restate a source, or one drops it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from warclaims.records import RelationKind, Sourcing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from warclaims.derive.events import EventTree
    from warclaims.records import Actor, Claim


class Found(NamedTuple):
    """A sourcing and the reason for it."""

    kind: Sourcing
    reason: str


_SAME_VICTIMS = frozenset({RelationKind.AGREE, RelationKind.COMPATIBLE, RelationKind.ROUNDING})


def sourcing(
    a: Claim, b: Claim, relation: RelationKind, tree: EventTree, actors: Mapping[str, Actor]
) -> Found | None:
    """What two related claims of different texts make of one word; null for nothing to say.

    - *same source*: the innermost step of both chains is the word of one actor of the registry.
      Two texts that repeat one source are one testimony, whatever their counts.
    - *stated as fact*: one chain is empty, the other is not, both are of the same events, and
      they say the same or what can be true together: they agree, overlap, or differ by rounding.
      It says how the texts put it, not whether the one that states it has other grounds.
    """
    if a.document == b.document:
        return None
    shared = [name for name in innermost(a) if name in innermost(b)]
    if shared:
        names = " and ".join(actors[n].label if n in actors else n for n in shared)
        return Found(Sourcing.SAME_SOURCE, f"both give the word of {names}")
    if a.narrator == b.narrator or not tree.same(a.events, b.events):
        return None
    if relation in _SAME_VICTIMS:
        fact, told = (a, b) if a.narrator else (b, a)
        return Found(
            Sourcing.STATED_AS_FACT,
            f"{fact.document} says in its own voice what {told.document} gives as the word of "
            f"{_who(told)}",
        )
    return None


def innermost(claim: Claim) -> tuple[str, ...]:
    """The registry actors whose word a claim is in the end; none if nobody is named."""
    return claim.chain[-1].entity if claim.chain else ()


def _who(claim: Claim) -> str:
    step = claim.chain[-1]
    return " and ".join(step.source) or " and ".join(step.entity) or "nobody named"
