"""Quotation marks in texts that may be broken: marks that stray, never close, or close wrongly."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PAIRS = (("“", "”"), ("«", "»"), ("„", "“"), ("‘", "’"), ('"', '"'))
"""Opening and closing marks. ``’`` is also the apostrophe, so alone it is not a mark."""

MARKS = frozenset('“”„«»‘"')
_MARK = re.compile(f"[{''.join(sorted(MARKS))}]")
DASHES = ("–", "—", "- ")
"""What opens an utterance in a dialogue without quotation marks."""


def has_mark(words: str) -> bool:
    """True if there is a quotation mark in ``words``, whole quotation or not."""
    return _MARK.search(words) is not None


def quotations(text: str) -> Iterator[tuple[int, int]]:
    """The quotations of ``text``, marks included, half-open, none longer than a paragraph.

    An opening mark that is followed by another before it closes is stray and left out.

    >>> text = 'a “ “genocidal” policy'
    >>> [text[start:end] for start, end in quotations(text)]
    ['“genocidal”']
    """
    for opening, closing in PAIRS:
        at = text.find(opening)
        end = -1
        while at >= 0:
            if end <= at:
                end = text.find(closing, at + 1)
                if end < 0:
                    break
            following = text.find(opening, at + 1)
            stray = opening != closing and 0 <= following < end
            if stray or "\n" in text[at:end]:
                at = following
            else:
                yield at, end + 1
                at = text.find(opening, end + 1)


LOOK_BACK = 5000
"""How far back a quotation may have been opened, in code points."""


def begins_quoted(text: str, start: int) -> bool:
    """True if what begins at ``start`` begins with, right after, or inside a quotation.

    A mark that was opened and not closed in the paragraph counts as open.
    """
    words = text[start : start + 2]
    if words[:1] in MARKS or words.startswith(DASHES):
        return True
    low = max(0, start - LOOK_BACK)
    before = text[max(low, text.rfind("\n", low, start) + 1) : start].rstrip()
    if f"{before} ".startswith(DASHES):
        return True
    if before.count('"') % 2:
        return True
    return any(
        before.count(opening) > before.count(closing)
        for opening, closing in PAIRS
        if opening != closing
    )
