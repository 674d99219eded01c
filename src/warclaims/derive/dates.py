"""The order of dates that are known in part: a year, a month or a day."""

from __future__ import annotations

from datetime import date


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


def exists(given: str) -> bool:
    """True if there is such a year, month or day.

    >>> exists("2020-02-29"), exists("2023-02-29"), exists("2023-13")
    (True, False, False)
    """
    try:
        date.fromisoformat(given + "-01-01"[len(given) - 4 :])
    except ValueError:
        return False
    return True
