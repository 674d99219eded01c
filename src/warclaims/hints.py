"""Suggest close matches for unknown names."""

from __future__ import annotations

import re
from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LONG = 5
"""A shorter name is close to too many others."""

_LONGEST = 200
"""A longer name is not compared: that would be slow, and no known name is so long."""

_MOST_NAMES = 2000
"""At most so many names are compared."""

_DIGITS = re.compile(r"\d+")


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The end of a message that suggests the closest of ``known``; empty if none is close.

    Short names and those with other numbers (*a99*, *a9*) match only if two letters are swapped;
    so do numbers with other zeros before them (*1*, *001*).

    >>> did_you_mean("entitty", ["id", "entity"])
    "; did you mean 'entity'?"
    >>> did_you_mean("a99", ["a9"]), did_you_mean("1a", ["a1"])
    ('', "; did you mean 'a1'?")
    """
    names = list(islice(known, _MOST_NAMES if len(name) <= _LONGEST else 0))
    swapped = [other for other in names if _is_swapped(name, other) or _is_number(name, other)]
    alike = [other for other in names if _is_comparable(name, other)]
    close = swapped or get_close_matches(name, alike, 1)
    return f"; did you mean {close[0]!r}?" if close else ""


def near_matches(
    name: str, labels: Mapping[str, str], most: int = 5, *, alike: bool = True
) -> list[str]:
    """Known names that somebody who wrote ``name`` may mean, the likeliest first.

    Those whose name or label has its words come before those spelt alike.

    Args:
        name: What was written, folded to lower case.
        labels: The known names with their labels.
        most: How many are returned at most.
        alike: Whether names that are only spelt alike are returned, too.

    >>> near_matches("explosions", {"mine-2023": "explosions of 19 September", "war": "the war"})
    ['mine-2023']
    """
    if len(name) > _LONGEST or not name:
        return []
    spelt: dict[str, str] = {}
    found: dict[str, None] = {}
    for known, label in islice(labels.items(), _MOST_NAMES):
        for words in (known.casefold(), label.casefold()):
            spelt.setdefault(words, known)
            if all(word in words for word in name.split()):
                found[known] = None
    if alike:
        close = get_close_matches(name, spelt, most)
        found.update(dict.fromkeys(spelt[words] for words in close))
    return [*found][:most]


def _is_swapped(name: str, other: str) -> bool:
    """True if two neighbouring characters are swapped and nothing else differs."""
    if len(name) != len(other):
        return False
    at = [place for place, (a, b) in enumerate(zip(name, other, strict=True)) if a != b]
    return (
        len(at) == 2
        and at[1] == at[0] + 1
        and name[at[0]] == other[at[1]]
        and name[at[1]] == other[at[0]]
    )


def _is_number(name: str, other: str) -> bool:
    """True for one number with more and fewer zeros before it."""
    return name.isdecimal() and other.isdecimal() and name.lstrip("0") == other.lstrip("0")


def _is_comparable(name: str, other: str) -> bool:
    """True for long names that differ in more than their numbers."""
    if min(len(name), len(other)) < _LONG:
        return False
    return _DIGITS.sub("", name) != _DIGITS.sub("", other)
