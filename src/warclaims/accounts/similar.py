"""Events of a registry that may be the same: one day, one place."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from warclaims.accounts.rows import shortened
from warclaims.accounts.wholes import EventKey, EventParts
from warclaims.records.accounts import SimilarEvents

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warclaims.accounts.sources import KnownEntries

_MOST = 50


def similar_events(known: KnownEntries, keys: Iterable[EventKey]) -> tuple[SimilarEvents, ...]:
    """Pairs of events with counts that began on one day at one place, none part of the other.

    Counts of one happening under two events are compared with nothing; this finds the likeliest.
    """
    used = {name for key in keys for name in key}
    parts = EventParts(known.events)
    buckets: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name in sorted(used & known.events.keys()):
        event = known.events[name]
        for place in event.places:
            if event.start:
                buckets[event.start, place].append(name)
    found: dict[tuple[str, str], str] = {}
    for (day, place), names in sorted(buckets.items()):
        for number, one in enumerate(names[:_MOST]):
            for other in names[:number]:
                if one not in parts.above(other) and other not in parts.above(one):
                    label = known.places[place].label if place in known.places else place
                    found.setdefault((other, one), f"both began on {day} at {label}")
    return tuple(
        SimilarEvents(events=pair, reason=shortened(reason))
        for pair, reason in sorted(found.items())[:_MOST]
    )
