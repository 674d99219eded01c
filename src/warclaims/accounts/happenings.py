"""What the type of an event says about how its accounts compare."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from warclaims.records.vocabulary import Cause, EventType

if TYPE_CHECKING:
    from warclaims.accounts.sources import KnownEntries
    from warclaims.accounts.wholes import EventKey
    from warclaims.derive.events import EventTree

_SINGLE = frozenset(
    {
        EventType.EXPLOSION,
        EventType.AIR_OR_DRONE_STRIKE,
        EventType.SHELLING,
        EventType.ATTACK_ON_CIVILIANS,
        EventType.ABDUCTION,
    }
)
_WEAPONS = (Cause.EXPLOSIVE, Cause.SMALL_ARMS, Cause.MELEE, Cause.CHEMICAL)


class Scale(Enum):
    """How far accounts of an event can be about different people.

    ``SINGLE``: one happening, so that causes, perpetrators and lists exclude each other.
    ``FIGHT``: a battle or another event of one piece. A count that names no cause is only silent
    about it, so that eighty wounded and eleven wounded by artillery disagree.
    ``LARGE``: a war, a displacement, an event with parts or several events, where a count that is
    limited to a cause or a perpetrator counts only some of the victims.
    """

    SINGLE = "single"
    FIGHT = "fight"
    LARGE = "large"


def scale(key: EventKey, known: KnownEntries, tree: EventTree) -> Scale:
    """The scale of the events of a count."""
    found = [_scale(name, known, tree) for name in key]
    if Scale.LARGE in found:
        return Scale.LARGE
    return found[0] if len(found) == 1 else Scale.FIGHT


def _scale(name: str, known: KnownEntries, tree: EventTree) -> Scale:
    if name in tree.wholes:
        return Scale.LARGE
    event = known.events.get(name)
    if event is None or event.type is None:
        return Scale.FIGHT
    types = set(known.lists.ancestors("event_type", event.type))
    if types & _SINGLE:
        return Scale.SINGLE
    return Scale.LARGE if types & {EventType.WAR, EventType.DISPLACEMENT} else Scale.FIGHT


class Weapons:
    """The causes that exclude each other: weapons."""

    def __init__(self, known: KnownEntries) -> None:
        self._lists = known.lists
        self._found: dict[tuple[str, ...], frozenset[str]] = {}

    def of(self, causes: tuple[str, ...]) -> frozenset[str]:
        """The weapons among causes; other causes exclude nothing."""
        found = self._found.get(causes)
        if found is None:
            found = self._found[causes] = frozenset(
                cause
                for cause in causes
                if any(self._lists.is_kind("cause", cause, weapon) for weapon in _WEAPONS)
            )
        return found

    def agree(self, one: frozenset[str], other: frozenset[str]) -> bool:
        """True if a value of one equals, contains or is contained in a value of the other."""
        return any(
            self._lists.is_kind("cause", mine, theirs) or self._lists.is_kind("cause", theirs, mine)
            for mine in one
            for theirs in other
        )


Narrowing = tuple[frozenset[str], frozenset[str]]
"""The weapons and the perpetrators to which a count is limited."""
