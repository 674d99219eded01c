"""Group values by what they have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

T = TypeVar("T")
K = TypeVar("K", bound="Hashable")


def grouped(values: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    """The values by key, both in order of appearance.

    >>> grouped(["two", "six", "four"], len)
    {3: ['two', 'six'], 4: ['four']}
    """
    found: dict[K, list[T]] = {}
    for value in values:
        found.setdefault(key(value), []).append(value)
    return found


def the_one(values: Iterable[T]) -> T | None:
    """The value that all have; ``None`` if they differ.

    >>> the_one([3, 3]), the_one([3, 4])
    (3, None)
    """
    found = set(values)
    return found.pop() if len(found) == 1 else None
