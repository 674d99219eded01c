"""Which numbers of a source its later numbers replace."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, NamedTuple

from warclaims.derive.dates import is_before
from warclaims.grouping import grouped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from warclaims.accounts.bounds import Count


class DatedNumber(NamedTuple):
    """A number that a source gives.

    Attributes:
        account: The id of its account.
        is_correction: True if its text says that it replaced another number.
    """

    account: str
    date: str | None
    number: Count
    is_correction: bool = False


def outdated(numbers: Sequence[DatedNumber]) -> set[str]:
    """The accounts with numbers that their source replaced, late repetitions included.

    A number holds since its first date, or since a text said that it is the corrected one. If it
    comes back without such words after another number has replaced it, it is old there, too.
    """
    if len({one.number for one in numbers}) < 2:
        return set()
    since = _since(numbers)
    found = _replaced((one.account, since[one.account], one.number) for one in numbers)
    rest = [one for one in numbers if one.account not in found]
    last = {
        count: max(one.date or "" for one in of)
        for count, of in grouped(rest, lambda one: one.number).items()
    }
    return found | _replaced((one.account, last[one.number], one.number) for one in rest)


def _since(numbers: Sequence[DatedNumber]) -> dict[str, str | None]:
    """Since when each account's number holds."""
    groups = grouped(numbers, lambda one: one.number)
    found = {}
    for count, own in groups.items():
        same = [one for old, of in groups.items() if is_same_number(old, count) for one in of]
        first = min((one.date for one in (*own, *same) if one.date), default=None)
        corrected = sorted(one.date for one in same if one.is_correction and one.date)
        for one in own:
            dates = [date for date in corrected if one.date and date <= one.date]
            found[one.account] = dates[-1] if dates else first if one.date else None
    return found


def _replaced(numbers: Iterable[tuple[str, str | None, Count]]) -> set[str]:
    """The accounts whose number another one with a later date replaces."""
    groups = grouped(numbers, lambda one: one[1:])
    return {
        one[0]
        for (date, count), of in groups.items()
        if any(is_before(date, later) and replaces(new, count) for later, new in groups)
        for one in of
    }


def replaces(new: Count, old: Count) -> bool:
    """True if a later number replaces an older one: both cannot be true, or a minimum rises.

    >>> from warclaims.accounts.bounds import plain
    >>> replaces(plain(34, 34), plain(21, 21)), replaces(plain(5, inf), plain(10, 10))
    (True, False)
    """
    if is_same_number(old, new):
        return False
    rises = old.stated.maximum == inf and new.stated.minimum > old.stated.minimum
    return rises or not new.stated.meets(old.stated)


def is_same_number(old: Count, new: Count) -> bool:
    """True if a later number is the older one, at most said more exactly: about 14, then 14."""
    if old.core == new.core:
        return True
    (least, most), (low, high) = old.outer, new.outer
    ends = (old.core.minimum == new.core.minimum, old.core.maximum == new.core.maximum < inf)
    return least <= low and high <= most and any(ends)
