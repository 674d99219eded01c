"""The sides of an event: whose people are counted among the victims there."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from warclaims.records.vocabulary import ActorType, EventType

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warclaims.corpus import Registries
    from warclaims.derive.events import EventTree
    from warclaims.records.accounts import Account

GLEDITSCH_WARD = "gwno"
"""The scheme of external ids that are numbers of states in the list of Gleditsch and Ward."""

_STATE = (ActorType.GOVERNMENT, ActorType.STATE_BODY)
_ONE_SIDED = 3


class Parties:
    """The two sides of each event, as far as the registries and the counts of victims say."""

    def __init__(
        self, accounts: Iterable[Account], registries: Registries, tree: EventTree
    ) -> None:
        self._registries = registries
        self._tree = tree
        self._sides: dict[str, set[str]] = defaultdict(set)
        for account in accounts:
            found = {
                one.kind
                for one in account.breakdown
                if one.field == "side"
                and one.kind in registries.sides
                and not registries.sides[one.kind].may_be
            }
            for event in account.events:
                for name in tree.ancestors(event):
                    self._sides[name] |= found
        self._states = {
            actor.side.id: actor.external_ids
            for actor in sorted(registries.actors.values(), key=lambda one: len(one.external_ids))
            if actor.side is not None
            and any(registries.lists.is_kind("actor_type", actor.type, one) for one in _STATE)
        }

    def of(self, event: str) -> tuple[str, ...]:
        """The ids of side A and side B; empty if they are not known.

        They are the two whose people are victims in the event, or else in the smallest event that
        it is part of where there are two. One of them is a state; it is side A. Of two states the
        first by the alphabet is, as in UCDP.
        """
        for name in self._tree.ancestors(event):
            found = self._sides.get(name, set())
            if len(found) > 1:
                is_known = len(found) == 2 and not found.isdisjoint(self._states)
                return tuple(sorted(found, key=self._order)) if is_known else ()
        return ()

    def _order(self, side: str) -> tuple[bool, str]:
        return side not in self._states, self._registries.sides[side].label

    def cells(self, event: str) -> dict[str, Any]:
        """The cells of a row on the kind of violence, the conflict and the sides."""
        registries = self._registries
        wars = [
            name
            for name in self._tree.ancestors(event)
            if self._is(name, EventType.WAR) and name in registries.events
        ]
        found: dict[str, Any] = {
            "conflict_name": registries.events[wars[-1]].label if wars else None
        }
        if self._is(event, EventType.ATTACK_ON_CIVILIANS):
            return {**found, "type_of_violence": _ONE_SIDED, "side_b": "Civilians"}
        if not (sides := self.of(event)):
            return found
        a, b = (registries.sides[name].label for name in sides)
        return {
            **found,
            "type_of_violence": 1,
            "dyad_name": f"{a} - {b}",
            "side_a": a,
            "side_b": b,
            "gwnoa": self._number(sides[0]),
            "gwnob": self._number(sides[1]),
        }

    def _is(self, event: str, kind: EventType) -> bool:
        given = self._registries.events[event].type
        return given is not None and self._registries.lists.is_kind("event_type", given, kind)

    def _number(self, side: str) -> str | None:
        ids = self._states.get(side, ())
        return next((one.value for one in ids if one.scheme == GLEDITSCH_WARD), None)
