"""Propose segments for a text by rule, for people to correct.

Each line is a segment, with the blank lines after it. In a text that was wrapped at a fixed width
each paragraph is a segment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from warclaims.authoring.phrases import kind_by_phrase
from warclaims.records import Segment
from warclaims.records.vocabulary import SegmentKind

if TYPE_CHECKING:
    from collections.abc import Sequence

_TITLE = 150
_HEADING = 80
"""Code points of the longest title and heading that are proposed."""

_WIDTHS = range(50, 121)
"""Widths at which programs wrap paragraphs."""

_BREAKS = r"\r\n\v\f\x85\u2028\u2029"
"""Characters that end a line, including next line, form feed and the separators of Unicode."""

_LINE = re.compile(rf"[^{_BREAKS}]++(?:\r\n|[{_BREAKS}])?|\r\n|[{_BREAKS}]")
_FULL_STOPS = ".。｡।۔։"
_FINAL = _FULL_STOPS + "!?…:;,！？：；，、؟؛،՝"
_CLOSING = "\"'”’»›“‘)]}"


@dataclass
class _LineBlock:
    """Lines that become one segment: offsets, words of the last line, and number of lines."""

    start: int
    end: int
    words: str
    lines: int = 1
    kind: SegmentKind = SegmentKind.PARAGRAPH

    @property
    def is_line(self) -> bool:
        """True for one line of words that no phrase identifies."""
        return (
            self.lines == 1
            and self.kind is SegmentKind.PARAGRAPH
            and any(map(str.isalpha, self.words))
        )

    @property
    def is_running(self) -> bool:
        """True for what must be running text: several lines, long, or with a final mark."""
        return self.kind is SegmentKind.PARAGRAPH and (
            self.lines > 1 or len(self.words) > _HEADING or _ends_with(self.words, _FINAL)
        )


def propose_segments(text: str, title: str | None = None) -> tuple[Segment, ...]:
    r"""Segments that tile ``text``, each ending with its line breaks (code points, half-open).

    ``title`` is the headline if it is known, and empty if there is none. If `None`, the first line
    is proposed if it is short and has no full stop. An empty text has no segments.

    >>> text = "Dorn shelled\n\nA child died.\n\nWhat is known\nIt is quiet.\n\nReuters/AFP\n"
    >>> for segment in propose_segments(text):
    ...     print(segment.kind.value, segment.start, segment.end)
    title 0 14
    paragraph 14 29
    heading 29 43
    paragraph 43 57
    credit 57 69
    """
    blocks = _blocks(text)
    for block in blocks:
        if block.lines == 1:
            block.kind = kind_by_phrase(block.words) or block.kind
    _mark_title(blocks, title)
    _mark_headings(blocks)
    return tuple(Segment(kind=block.kind, start=block.start, end=block.end) for block in blocks)


def title_in(text: str, segments: Sequence[Segment]) -> str | None:
    """The words of the title among ``segments``, on one line; `None` if there is none."""
    found = (s for s in segments if s.kind is SegmentKind.TITLE)
    return next((" ".join(text[s.start : s.end].split()) for s in found), None)


def _blocks(text: str) -> list[_LineBlock]:
    lines = [(found.start(), found.end(), found[0].strip()) for found in _LINE.finditer(text)]
    width = _width([words for _, _, words in lines])
    blocks: list[_LineBlock] = []
    above = ""
    for start, end, words in lines:
        if not blocks:
            blocks.append(_LineBlock(start, end, words))
        elif not words or not blocks[0].words:  # a blank line, or only blank lines so far
            blocks[-1].end = end
            blocks[-1].words = blocks[-1].words or words
        elif width and above and _is_full(above, words, width):
            blocks[-1].end = end
            blocks[-1].words = words  # the last line decides how the paragraph ends
            blocks[-1].lines += 1
        else:
            blocks.append(_LineBlock(start, end, words))
        above = words
    return blocks


def _width(lines: Sequence[str]) -> int:
    """The width at which the text was wrapped; 0 if lines are paragraphs."""
    width = max(map(len, lines), default=0)
    if width not in _WIDTHS:
        return 0
    inner = [above for above, below in pairwise(lines) if above and below]
    in_sentence = sum(not _ends_with(line, _FINAL) for line in inner)
    return width if inner and 2 * in_sentence >= len(inner) else 0


def _is_full(line: str, below: str, width: int) -> bool:
    """True if the first word of the line below did not fit in the line."""
    return len(line) + 1 + len(below.split(maxsplit=1)[0]) > width


def _ends_with(words: str, marks: str) -> bool:
    return words.rstrip(_CLOSING).endswith(tuple(marks))


def _mark_title(blocks: Sequence[_LineBlock], title: str | None) -> None:
    """Mark the title; exact repetitions of it further down are boilerplate."""
    if title is None:
        first = blocks[0] if len(blocks) > 1 and blocks[0].is_line else None
        is_title = first and len(first.words) <= _TITLE and not _ends_with(first.words, _FULL_STOPS)
        title = first.words if first and is_title else ""
    wanted, kind = title.split(), SegmentKind.TITLE
    for block in blocks:
        if wanted and block.lines == 1 and block.words.split() == wanted:
            block.kind = kind
            kind = SegmentKind.BOILERPLATE


def _mark_headings(blocks: Sequence[_LineBlock]) -> None:
    """Mark headings: short lines without a final mark between running text."""
    seen_text = False
    for block, below in pairwise(blocks):
        if seen_text and block.is_line and not block.is_running and below.is_running:
            block.kind = SegmentKind.HEADING
        seen_text = seen_text or block.is_running
