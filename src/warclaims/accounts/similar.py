"""Events of a registry that may be the same: one day, one place."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from warclaims.accounts.rows import shortened
from warclaims.derive.events import EventTree
from warclaims.folding import fold
from warclaims.records.accounts import SimilarEvents
from warclaims.wording import label_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warclaims.accounts.sources import KnownEntries
    from warclaims.accounts.wholes import EventKey

_MOST = 50
_WORD = re.compile(r"[^\W\d_]{4,}")


def similar_events(known: KnownEntries, keys: Iterable[EventKey]) -> tuple[SimilarEvents, ...]:
    """Pairs of events with counts that began on one day, at one place or under like labels.

    None is part of the other. Counts of one happening under two events are compared with nothing;
    this finds the likeliest.
    """
    used = {name for key in keys for name in key}
    tree = EventTree(known.events)
    days: dict[str, list[str]] = defaultdict(list)
    for name in sorted(used & known.events.keys()):
        if start := known.events[name].start:
            days[start].append(name)
    found: dict[tuple[str, str], str] = {}
    for day, names in sorted(days.items()):
        for number, one in enumerate(names[:_MOST]):
            for other in names[:number]:
                why = _likeness(known, one, other)
                if why and one not in tree.above(other) and other not in tree.above(one):
                    found[other, one] = f"both began on {day} {why}"
    return tuple(
        SimilarEvents(events=pair, reason=shortened(reason))
        for pair, reason in sorted(found.items())[:_MOST]
    )


def _likeness(known: KnownEntries, one: str, other: str) -> str | None:
    """What two events of one day have in common: a place, or most words of a label."""
    first, second = known.events[one], known.events[other]
    for place in first.places:
        if place in second.places:
            return f"at {label_of(place, known.places)}"
    words = [set(_WORD.findall(fold(event.label).casefold())) for event in (first, second)]
    both = sorted(words[0] & words[1])
    if len(both) >= 2 and len(both) * 2 > min(map(len, words)):
        return f"and are called {', '.join(both)}"
    return None
