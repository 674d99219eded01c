"""The marks between two words, compared across conventions: ``''`` is ``"`` is ``”``.

An edge of a span that lies beside a word and not at it is carried over by the marks between the
two. It is sure if the copy has the same marks there, and something that separates them from what
follows; otherwise it is put as far as the marks agree.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from warclaims.textfree.words import FILLER

_QUOTES = frozenset("\"'`´ʼ′″＂＇「」『』〝〞〟《》〈〉")
_DOUBLED = frozenset("'`´")
"""Quotation marks of which two in a row are one."""

_BLANK, _PARAGRAPH, _QUOTE, _DASH, _ELLIPSIS = " ", "¶", '"', "-", "…"
_NO_BREAK = frozenset("\u00a0\u2007\u2009\u202f")
_FRENCH = {0: "»›", -1: "«‹"}


class _Mark(NamedTuple):
    kind: str
    start: int
    end: int


class Edge(NamedTuple):
    """How far from the word an edge lies in the copy, and whether that is sure."""

    distance: int
    is_sure: bool


def end_edge(before: str, distance: int, now: str, *, is_last: bool) -> Edge:
    """Where a span ends that ended ``distance`` code points after a word.

    Args:
        before: What stood between the word and the next one.
        distance: From the end of the word to the end of the span.
        now: What stands between the two in the copy.
        is_last: No word follows in the copy.

    >>> end_edge(".''\\n\\n``", 3, '."\\n\\n"', is_last=False)
    Edge(distance=2, is_sure=True)
    >>> end_edge(".''\\n\\n``", 3, '.\\n\\n"', is_last=False)
    Edge(distance=1, is_sure=False)
    """
    if before == now:
        return Edge(distance, is_sure=True)
    return _edge(_marks(before), distance, _marks(now), is_last=is_last)


def start_edge(before: str, distance: int, now: str, *, is_first: bool) -> Edge:
    """The same for a span that began ``distance`` code points before a word, looking back.

    >>> start_edge(".''\\n\\n``", 2, '."\\n\\n"', is_first=False)
    Edge(distance=1, is_sure=True)
    """
    if before == now:
        return Edge(distance, is_sure=True)
    return _edge(
        _reversed(_marks(before), len(before)),
        distance,
        _reversed(_marks(now), len(now)),
        is_last=is_first,
    )


def _edge(before: list[_Mark], distance: int, now: list[_Mark], *, is_last: bool) -> Edge:
    wanted = [mark for mark in before if mark.end <= distance]
    same = 0
    while same < min(len(wanted), len(now)) and wanted[same].kind == now[same].kind:
        same += 1
    is_sure = bool(wanted) and same == len(wanted) and wanted[-1].end == distance
    if is_sure:
        follows = now[same].kind if same < len(now) else None
        followed = before[same].kind if same < len(before) else None
        ends = follows in (_BLANK, _PARAGRAPH) or (follows is None and is_last)
        is_sure = ends or follows == followed
    while same and now[same - 1].kind in (_BLANK, _PARAGRAPH):
        same -= 1
    return Edge(now[same - 1].end if same else 0, is_sure)


def _reversed(marks: list[_Mark], length: int) -> list[_Mark]:
    return [_Mark(kind, length - end, length - start) for kind, start, end in reversed(marks)]


def _marks(gap: str) -> list[_Mark]:
    """The marks and runs of blanks of ``gap``, without characters of no width."""
    found: list[_Mark] = []
    for at, char in enumerate(gap):
        before = found[-1] if found else None
        if char == FILLER:  # the rest of a character reference
            if before is not None:
                found[-1] = before._replace(end=at + 1)
            continue
        if unicodedata.category(char) == "Cf":
            continue
        kind = _kind(char)
        if (before is not None and before.kind in (_BLANK, _DASH) and kind == before.kind) or (
            before is not None
            and kind == _QUOTE
            and char in _DOUBLED
            and gap[before.start : at] == char
        ):
            found[-1] = before._replace(end=at + 1)
        elif (
            kind == "."
            and len(found) > 1
            and found[-1].kind == found[-2].kind == "." == gap[at - 1]
        ):
            found[-2:] = [_Mark(_ELLIPSIS, found[-2].start, at + 1)]
        else:
            found.append(_Mark(kind, at, at + 1))
    for end, closing in _FRENCH.items():
        # « mot » and, with a blank that does not break, mot ! are «mot» and mot!
        if len(found) > 1 and found[end].kind == _BLANK:
            beside = found[1 if end == 0 else -2]
            blank = gap[found[end].start : found[end].end]
            if gap[beside.start] in closing or _NO_BREAK.issuperset(blank):
                del found[end]
    return [
        mark._replace(kind=_PARAGRAPH)
        if mark.kind == _BLANK and len(f"{gap[mark.start : mark.end]}.".splitlines()) > 2
        else mark
        for mark in found
    ]


def _kind(char: str) -> str:
    if char.isspace():
        return _BLANK
    category = unicodedata.category(char)
    if char in _QUOTES or category in ("Pi", "Pf") or char in "‚„":
        return _QUOTE
    return _DASH if category == "Pd" else unicodedata.normalize("NFKC", char)
