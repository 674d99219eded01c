"""Whether two texts repeat one source, or one states as fact what the other attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.records import RelationKind, Sourcing
from warclaims.wording import who

if TYPE_CHECKING:
    from collections.abc import Mapping

    from warclaims.derive.events import EventTree
    from warclaims.records import Actor, Claim


_SAME_VICTIMS = frozenset({RelationKind.AGREE, RelationKind.COMPATIBLE, RelationKind.ROUNDING})


def sourcing(
    a: Claim, b: Claim, relation: RelationKind, tree: EventTree, actors: Mapping[str, Actor]
) -> tuple[Sourcing, str] | tuple[None, None]:
    """How two related claims of different texts share a source, and the reason.

    - *same source*: the innermost step of both chains is the word of one registered actor. Two
      texts that repeat one source are one testimony, whatever their counts.
    - *stated as fact*: one chain is empty, the other is not, both are about the same events, and
      they agree, overlap, or differ by rounding. This says how the texts put it, not whether the
      one that states it as fact has other grounds.
    """
    if a.document == b.document:
        return None, None
    shared = [name for name in innermost(a) if name in innermost(b)]
    if shared:
        names = " and ".join(actors[n].label if n in actors else n for n in shared)
        return Sourcing.SAME_SOURCE, f"both give the word of {names}"
    if bool(a.chain) == bool(b.chain) or not tree.same(a.events, b.events):
        return None, None
    if relation not in _SAME_VICTIMS:
        return None, None
    fact, told = (b, a) if a.chain else (a, b)
    return (
        Sourcing.STATED_AS_FACT,
        f"{fact.document} says in its own voice what {told.document} gives as the word of "
        f"{who(told.chain[-1])}",
    )


def innermost(claim: Claim) -> tuple[str, ...]:
    """The registered actors whose word a claim is in the end; none if nobody is named."""
    return claim.chain[-1].entity if claim.chain else ()
