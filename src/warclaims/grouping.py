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


def connected(names: Iterable[K], pairs: Iterable[tuple[K, K]]) -> dict[K, set[K]]:
    """For each name all that pairs connect it with, itself included; other names are ignored.

    >>> connected("abc", [("a", "c"), ("b", "x")])["a"] == {"a", "c"}
    True
    """
    found = {name: {name} for name in names}
    for pair in pairs:
        if all(name in found for name in pair) and found[pair[0]] is not found[pair[1]]:
            small, large = sorted((found[name] for name in pair), key=len)
            large |= small
            found |= dict.fromkeys(small, large)
    return found
