"""Edges of spans among the marks between two words, compared across conventions.

``''``, ``"`` and ``”`` are one quotation mark. An edge is sure if the copy has the same marks up to
it, and something that separates them from what follows. Otherwise it is put as far as the marks
agree.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from warclaims.textfree.words import FILLER

_BLANKS = ("blank", "paragraph")
_QUOTES = frozenset('"ʼ′″＂＇「」『』〝〞〟《》〈〉‚„')
_PLAIN = {"Pd": "-", "Cf": "\u200b"}
"""Dashes and characters of no width."""

_NARROW = "[\u00a0\u2007\u2009\u202f]+"
_BLANK = rf"\s(?:[{FILLER}\u200b]*\s)*"
_MARK = re.compile(
    # The blanks of « mot » inside the quotation marks, and the narrow one of mot !
    rf"(?P<ignored>^{_BLANK}(?=[»›])|(?<=[«‹]){_BLANK}$|^{_NARROW}(?=[^\s{FILLER}])|"
    rf"(?<=\S){_NARROW}$|\u200b+)|(?:(?P<blank>{_BLANK})|(?P<quote>''|``|´´|[\"'`´«‹»›])|"
    rf"(?P<dash>-(?:\u200b*-)*)|(?P<ellipsis>…|\.\.\.)|(?P<other>.)){FILLER}*"
)
"""A mark; the name of the group is its kind."""


class _Mark(NamedTuple):
    kind: str
    start: int
    end: int


def edge_in_copy(
    before: str, distance: int, now: str, *, is_start: bool, is_outermost: bool
) -> tuple[int, bool]:
    """How far after a word a span ends in the copy, and whether that is sure.

    Args:
        before: What was between the word and the next one.
        distance: From the end of the word to the end of the span.
        now: What is between the two in the copy.
        is_start: The span began ``distance`` code points before a word; look back from there.
        is_outermost: There is no next word in the copy.

    >>> outer = {"is_start": False, "is_outermost": False}
    >>> edge_in_copy(".''\\n\\n``", 3, '."\\n\\n"', **outer)
    (2, True)
    >>> edge_in_copy(".''\\n\\n``", 3, '.\\n\\n"', **outer)
    (1, False)
    >>> edge_in_copy(".''\\n\\n``", 2, '."\\n\\n"', is_start=True, is_outermost=False)
    (1, True)
    """
    if before == now:
        return distance, True
    old, new = _marks(before), _marks(now)
    if is_start:
        old, new = _reversed(old, len(before)), _reversed(new, len(now))
    wanted = [mark for mark in old if mark.end <= distance]
    same = 0
    while same < min(len(wanted), len(new)) and wanted[same].kind == new[same].kind:
        same += 1
    is_sure = bool(wanted) and same == len(wanted) and wanted[-1].end == distance
    if is_sure:
        follows = new[same].kind if same < len(new) else None
        followed = old[same].kind if same < len(old) else None
        is_sure = follows in (*_BLANKS, followed) or (follows is None and is_outermost)
    while same and new[same - 1].kind in _BLANKS:
        same -= 1
    return (new[same - 1].end if same else 0), is_sure


def _reversed(marks: list[_Mark], length: int) -> list[_Mark]:
    return [_Mark(kind, length - end, length - start) for kind, start, end in reversed(marks)]


def _marks(gap: str) -> list[_Mark]:
    """The marks and runs of blanks in ``gap``, without characters of no width."""
    marks = []
    for match in _MARK.finditer("".join(map(_plain, gap))):
        kind = match.lastgroup or ""
        if kind == "blank" and len(f"{match[0]}.".splitlines()) > 2:
            kind = "paragraph"
        elif kind == "other":
            kind = match[0].rstrip(FILLER)
        if kind != "ignored":
            marks.append(_Mark(kind, *match.span()))
    return marks


def _plain(char: str) -> str:
    """The character that stands for all of its kind."""
    category = unicodedata.category(char)
    if char in _QUOTES or (category in ("Pi", "Pf") and char not in "«‹»›"):
        return '"'
    if category in _PLAIN or char.isspace():
        return _PLAIN.get(category, char)
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 else char
