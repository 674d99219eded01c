"""What somebody may have meant who wrote a name that there is not."""

from __future__ import annotations

import re
from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONG = 5
"""A shorter name is close to too many others."""

_LONGEST = 200
"""A longer name is not compared: that would take long, and no known name is so long."""

_ASKED = 2000
"""No more names are compared."""

_DIGITS = re.compile(r"\d+")


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The end of a message that names the likeliest of ``known``; empty if none is likely.

    Short names and those with other numbers (*a99*, *a9*) are likely only if letters are swapped.

    >>> did_you_mean("entitty", ["id", "entity"])
    "; did you mean 'entity'?"
    >>> did_you_mean("a99", ["a9"]), did_you_mean("1a", ["a1"])
    ('', "; did you mean 'a1'?")
    """
    names = list(islice(known, _ASKED if len(name) <= _LONGEST else 0))
    swapped = [other for other in names if _is_swapped(name, other)]
    alike = [other for other in names if _may_be_meant(name, other)]
    close = swapped or get_close_matches(name, alike, 1)
    return f"; did you mean {close[0]!r}?" if close else ""


def _is_swapped(name: str, other: str) -> bool:
    """True if only two neighbours have changed places."""
    if len(name) != len(other):
        return False
    at = [place for place, (a, b) in enumerate(zip(name, other, strict=True)) if a != b]
    return (
        len(at) == 2
        and at[1] == at[0] + 1
        and name[at[0]] == other[at[1]]
        and name[at[1]] == other[at[0]]
    )


def _may_be_meant(name: str, other: str) -> bool:
    """True of long names that differ in more than their numbers."""
    if min(len(name), len(other)) < _LONG:
        return False
    return _DIGITS.sub("", name) != _DIGITS.sub("", other)
