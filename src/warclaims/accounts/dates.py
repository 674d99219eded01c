"""The order of statements: dates as far as they are known, and words such as *earlier*."""

from __future__ import annotations

import re

from warclaims.folding import fold


def is_before(one: str | None, other: str | None) -> bool:
    """True if the first of two partial dates is surely before the second.

    >>> is_before("2023-09-18", "2023-09-19"), is_before("2023-09", "2023-09-19")
    (True, False)
    """
    if one is None or other is None:
        return False
    length = min(len(one), len(other))
    return one[:length] < other[:length]


_EARLIER = re.compile(
    r"\b(earlier(?! in the day| that day| today| this week| this month| this year)|previous(ly)?|"
    r"up from|down from|initial(ly)?|"
    r"antes|anteriormente|previamente|auparavant|précédemment|plus tôt|früher|zuvor|"
    r"раніше|попередн\w*|ранее|прежн\w*|wcześniej|eerder)\b|سابق|في وقت سابق",
    re.IGNORECASE,
)
"""Words that put a count before the others of its text, in languages that reports are often in."""


def says_earlier(words: str) -> bool:
    """True if words put a count before another one.

    >>> says_earlier("Earlier, the mayor spoke of two dead"), says_earlier("Earlier in the day")
    (True, False)
    """
    return _EARLIER.search(fold(words)) is not None
