"""The order of statements: dates as far as they are known."""

from __future__ import annotations


def is_before(one: str | None, other: str | None) -> bool:
    """True if the first of two partial dates is surely before the second.

    >>> is_before("2023-09-18", "2023-09-19"), is_before("2023-09", "2023-09-19")
    (True, False)
    """
    if one is None or other is None:
        return False
    length = min(len(one), len(other))
    return one[:length] < other[:length]
