"""Put tables together without one value replacing another."""

from __future__ import annotations

from itertools import count
from typing import Any


def both(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """Two tables as one; of two values with one name, the first gets another name.

    >>> both({"id": "T1", "b": 2}, {"id": "c1"})
    {'id 2': 'T1', 'b': 2, 'id': 'c1'}
    """
    found: dict[str, Any] = {}
    for name, value in first.items():
        free = name
        if second.get(name, value) != value:
            others = (f"{name} {at}" for at in count(2))
            free = next(one for one in others if one not in first and one not in second)
        found[free] = value
    return found | second


def with_rest(extra: dict[str, Any], scheme: str, rest: dict[str, Any]) -> dict[str, Any]:
    """Extra fields with what else a file of ``scheme`` has; what is there already stays.

    >>> with_rest({"brat": {"id": "T1"}}, "brat", {"Mood": "sad"})
    {'brat': {'id': 'T1', 'Mood': 'sad'}}
    """
    before = extra.get(scheme, {})
    return {**extra, scheme: both(before if isinstance(before, dict) else {"extra": before}, rest)}
