"""Count things over many texts, and keep a few examples of each."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

EXAMPLES = 4
"""Limit of examples kept per key."""


class ExampleCounter:
    """How often each key occurs, with the first few examples of it."""

    def __init__(self) -> None:
        self.numbers: Counter[Any] = Counter()
        self.examples: defaultdict[Any, list[Any]] = defaultdict(list)

    def add(self, key: Hashable, examples: Iterable[Any], number: int = 1) -> None:
        """Count ``number`` occurrences of ``key``."""
        self.numbers[key] += number
        self.examples[key] = [*self.examples[key], *examples][:EXAMPLES]


def most_frequent(numbers: Mapping[Any, int]) -> list[tuple[Any, int]]:
    """The keys with their numbers, the greatest first."""
    return sorted(numbers.items(), key=lambda item: (-item[1], item[0]))


def with_numbers(numbers: Mapping[str, int], limit: int) -> list[str]:
    """The most frequent keys with their numbers as words: ``BBC News (3)``."""
    return [f"{key} ({number:,})" for key, number in most_frequent(numbers)[:limit]]
