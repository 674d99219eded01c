"""The order of dates that are known in part: a year, a month or a day."""

from __future__ import annotations


def is_before(one: str | None, other: str | None) -> bool:
    """True if a date is surely before another, of which each may be known in part or not at all.

    >>> is_before("2023-09-18", "2023-09-19"), is_before("2023-09", "2023-09-19")
    (True, False)
    >>> is_before("1991-12", "1992"), is_before(None, "1992")
    (True, False)
    """
    if one is None or other is None:
        return False
    length = min(len(one), len(other))
    return one[:length] < other[:length]
