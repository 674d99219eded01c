"""Select claims by event, place, source, side, outcome, status, cause, outlet; and sort them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from warclaims.errors import unknown
from warclaims.folding import fold
from warclaims.hierarchy import ancestors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from warclaims.corpus import Registries
    from warclaims.records import Claim, Lists

UNKNOWN = "unknown"
"""Selects texts whose outlet is not known."""

ORDERS: dict[str, Callable[[Claim], Any]] = {
    "text": lambda claim: (claim.document, claim.start, claim.end),
    "date": lambda claim: (claim.date or "9999", claim.document, claim.start),
    "count": lambda claim: -(claim.value if claim.value is not None else -1),
    "outlet": lambda claim: (claim.outlet or "\uffff", claim.document, claim.start),
    "outcome": lambda claim: (claim.outcome, claim.document, claim.start),
}
"""What claims can be sorted by; ties keep the order of the texts."""


@dataclass(frozen=True)
class ClaimFilter:
    """Limits on claims; ``None`` is no limit, and a claim has to meet all of them.

    An event includes its parts, a place those in it, a source the actors that belong to it, and an
    outcome, a status or a cause those that are a kind of it. A source counts at any step of the
    chain, a status or a cause if it is one of those of the claim.
    """

    event: str | None = None
    place: str | None = None
    source: str | None = None
    side: str | None = None
    outcome: str | None = None
    status: str | None = None
    cause: str | None = None
    outlet: str | None = None
    narrator_only: bool = False

    def __bool__(self) -> bool:
        return self != ClaimFilter()

    def select(self, claims: Iterable[Claim], registries: Registries) -> list[Claim]:
        """The claims that meet every limit.

        Raises:
            WarclaimsError: unknown event, place, actor, side, outcome, status, cause or outlet.
        """
        found = list(claims)
        for test in self._tests(found, registries):
            found = [claim for claim in found if test(claim)]
        return found

    def _tests(
        self, claims: list[Claim], registries: Registries
    ) -> Iterable[Callable[[Claim], bool]]:
        if self.event is not None:
            up = _parents(registries.events, "parent")
            events = _within("event", self.event, up)
            yield lambda claim: not events.isdisjoint(claim.events)
        if self.place is not None:
            places = _within("place", self.place, _parents(registries.places, "parent"))
            there = {
                event.id
                for event in registries.events.values()
                if not places.isdisjoint(event.places)
            }
            yield lambda claim: not there.isdisjoint(claim.events)
        if self.source is not None:
            actors = _within("actor", self.source, _parents(registries.actors, "affiliation"))
            yield lambda claim: any(not actors.isdisjoint(step.entity) for step in claim.chain)
        if self.side is not None:
            _require("side", self.side, registries.sides)
            yield lambda claim: claim.side == self.side
        for name, values_of in _VALUES.items():
            if (value := getattr(self, name)) is not None:
                _require(name, value, registries.lists.members(name))
                yield partial(_has_kind, registries.lists, name, value, values_of)
        if self.outlet is not None:
            name = _folded(self.outlet)
            outlets = {claim.outlet or UNKNOWN for claim in claims}
            if name not in map(_folded, outlets):
                raise unknown("outlet", self.outlet, sorted(outlets))
            yield lambda claim: _folded(claim.outlet or UNKNOWN) == name
        if self.narrator_only:
            yield lambda claim: claim.narrator


_VALUES: dict[str, Callable[[Claim], tuple[str, ...]]] = {
    "outcome": lambda claim: (claim.outcome,),
    "status": lambda claim: sum((group.status for group in claim.groups), claim.status),
    "cause": lambda claim: claim.cause,
}
"""The values of a claim in each open list by which claims are selected."""


def _has_kind(
    lists: Lists,
    name: str,
    value: str,
    values_of: Callable[[Claim], tuple[str, ...]],
    claim: Claim,
) -> bool:
    """True if a value of the claim in the list ``name`` is ``value`` or a kind of it."""
    return any(lists.is_kind(name, one, value) for one in values_of(claim))


def _folded(outlet: str) -> str:
    return fold(outlet).casefold()


def _parents(registry: Mapping[str, object], field: str) -> dict[str, str | None]:
    """The id of the entry that each entry belongs to, by the field that links to it."""
    return {name: getattr(getattr(entry, field), "id", None) for name, entry in registry.items()}


def _within(noun: str, name: str, parents: Mapping[str, str | None]) -> set[str]:
    """The entry and all that lie in it or belong to it."""
    _require(noun, name, parents)
    return {entry for entry in parents if name in ancestors(entry, parents)}


def _require(noun: str, name: str, known: Iterable[str]) -> None:
    if name not in known:
        raise unknown(noun, name, known)
