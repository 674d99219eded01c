"""Find quotations by their marks, in every convention, in texts whose marks may stray.

The conventions: “ ”, „ “, „ ”, ” ”, « », » «, » », ‹ ›, › ‹, ‘ ’, ‚ ‘, 「 」, 『 』, 〝 〟,
straight marks, two grave accents with two apostrophes, two apostrophes on both sides, and a dash
that starts a paragraph. A quotation may hold others. It ends in its paragraph; if it does not, it
is one only if the next paragraph opens it again. Apostrophes, possessives, *'90s*, inches and marks
without a partner are none.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Range = tuple[int, int]

_CLOSINGS: dict[str, tuple[str, ...]] = {
    "“": ("”",),
    "„": ("“", "”", "‟"),
    "‟": ("”",),
    "”": ("”", "“"),
    "«": ("»",),
    "»": ("«", "»"),
    "‹": ("›",),
    "›": ("‹", "›"),
    "‘": ("’",),
    "‚": ("‘", "’"),
    "「": ("」",),
    "『": ("』",),
    "〝": ("〞", "〟"),
    '"': ('"',),
    "״": ("״",),
    "'": ("'",),
    "``": ("''", '"'),
    "''": ("''",),
    "`": ("'",),
}
"""What may close a quotation, by what opens it."""

_OPENERS = {
    mark: frozenset(opening for opening, marks in _CLOSINGS.items() if mark in marks)
    for marks in _CLOSINGS.values()
    for mark in marks
}
"""What a mark may close."""

_USUAL = {"“": "”", "„": "”", "‹": "›", "「": "」", "『": "』", "«": "»"}
"""Marks that close a quotation whatever is around them."""

_DOUBLED = frozenset("'`")
_SURE = frozenset("“„‟«‹‚「『〝")
"""Marks that open a quotation wherever they are, unless they close one."""

_SINGLE = frozenset(("'", "’", "‘", "`"))
"""Marks that may be apostrophes."""

_DOUBTFUL = _SINGLE.union("“«")
"""Closing marks that may be something else."""

_MARKS = frozenset("".join((*_CLOSINGS, *("".join(marks) for marks in _CLOSINGS.values()))))
_PLAIN_MARKS = _MARKS - _SINGLE
"""Marks that are never apostrophes."""

_BEFORE = frozenset("([{<—–-/:…¿¡").union(_MARKS)
"""What may be before an opening mark instead of white space."""

_ELISION = re.compile(
    r".(?:[0-9]{2}s?|[eē]m|t(?:is|was|were)|till?|cause|cos|bout|n|round|nuff|ello|ere|neath)\b",
    re.IGNORECASE,
)
"""An apostrophe that stands for left out letters at the start of a word: *'90s*, *'em*."""

_DASHES = ("–", "—", "―")
DASHES = (*_DASHES, "- ")
"""What opens an utterance in a dialogue without quotation marks."""

_DEEPEST = 20
"""So many quotations may be in one another."""

_AHEAD = 10
"""So many marks ahead is a closing mark looked for that is no possessive."""

_NEAR = 2000


_Opened = tuple[str, int]
"""A mark that opened a quotation, and where."""


class _QuotationMarks:
    """The marks of a text up to a position, and what they opened and closed."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.places = _places(text, start, end)
        self.end = end
        self.opened: list[_Opened] = []

    def quotations(self) -> Iterator[Range]:
        """The quotations; :attr:`opened` holds what is open at the end."""
        text, opened, done = self.text, self.opened, -1
        for number, at in enumerate(self.places):
            if opened and text.find("\n", done, at) >= 0:
                yield from self._end_of_paragraph(text.index("\n", done))
            if at < done:
                continue
            mark = text[at]
            if not opened and mark in _SURE:  # this and the next are fast for the usual marks
                opened.append((mark, at))
                done = at + 1
                continue
            if opened and _USUAL.get(opened[-1][0]) == mark:
                yield opened.pop()[1], at + 1
                done = at + 1
                continue
            if mark in _DOUBLED and text[at + 1 : at + 2] == mark:
                mark += mark
            done = at + len(mark)
            closed = self._closed_by(mark, number) if opened and mark in _OPENERS else None
            if closed is not None:
                yield closed[1], done
            elif mark in _CLOSINGS and self._opens(mark, at):
                opened.append((mark, at))
                if len(opened) > _DEEPEST:
                    del opened[0]

    def rest(self) -> Iterator[Range]:
        """What the end of the text leaves open, if the next paragraph opens it again."""
        done = self.opened[-1][1] if self.opened else self.end
        end = self.text.find("\n", done)
        if end >= 0:
            yield from self._end_of_paragraph(end)

    def _mark(self, at: int) -> str:
        two = self.text[at : at + 2]
        return two if two in ("``", "''") else two[:1]

    def _end_of_paragraph(self, end: int) -> Iterator[Range]:
        """A quotation that the next paragraph opens again lasts until the end of this one."""
        following = _SPACE.match(self.text, end).end()  # type: ignore[union-attr]
        for mark, at in self.opened:
            if self.text.startswith(mark, following) or (
                mark == "«" and self.text.startswith("»", following)
            ):
                yield at, end
                break
        self.opened.clear()

    def _closed_by(self, mark: str, number: int) -> _Opened | None:
        """What a mark closes; whatever was opened after that strays."""
        openers = _OPENERS[mark]
        for place in range(len(self.opened) - 1, -1, -1):
            opened = self.opened[place]
            if opened[0] in openers:
                if not self._may_close(opened[0], mark, number):
                    return None
                del self.opened[place:]
                return opened
        return None

    def _may_close(self, opened: str, mark: str, number: int) -> bool:
        if opened != mark and mark not in _DOUBTFUL:
            return True
        at = self.places[number]
        left, right = self._around(at, len(mark))
        if not left or (left.isspace() and mark not in "«»‹›"):
            return False
        if mark in _SINGLE:
            return not right.isalnum() and not self._is_possessive(opened, number)
        if mark == '"' and left.isdigit() and self._is_inch(at):
            return False
        return not (right.isalnum() and left.isspace()) and not (mark == "“" and right.isalnum())

    def _is_possessive(self, opened: str, number: int) -> bool:
        """True for *soldiers' homes* if a mark follows that closes better."""
        if not self._looks_possessive(self.places[number]):
            return False
        for at in self.places[number + 1 : number + 1 + _AHEAD]:
            if "\n" in self.text[self.places[number] : at] or at - self.places[number] > _NEAR:
                return False
            mark = self._mark(at)
            left, right = self._around(at, len(mark))
            if mark == opened and self._opens(mark, at):
                return False
            closes = opened in _OPENERS.get(mark, ()) and not self._looks_possessive(at)
            if closes and not left.isspace() and not right.isalnum():
                return True
        return False

    def _looks_possessive(self, at: int) -> bool:
        return _POSSESSIVE.match(self.text, at - 1) is not None if at else False

    def _is_inch(self, at: int) -> bool:
        """True after a number if the marks that follow in the paragraph are odd in number."""
        end = self.text.find("\n", at, at + _NEAR)
        return self.text.count('"', at + 1, end if end >= 0 else at + _NEAR) % 2 == 1

    def _opens(self, mark: str, at: int) -> bool:
        if mark in _SURE:
            return at + 1 < len(self.text)
        left, right = self._around(at, len(mark))
        if mark in _SINGLE and _ELISION.match(self.text, at):
            return False
        if mark == "‘":
            return bool(right) and not _is_inside_word(left, right)
        if not right or right.isspace():
            return False
        if not left or left.isspace() or left in _BEFORE:
            return mark not in _SINGLE or right.isalnum() or right in _BEFORE or right == "."
        return mark == '"' and not left.isalnum() and not left.isspace()

    def _around(self, at: int, length: int) -> tuple[str, str]:
        """The characters before and after a mark; empty at the ends of the text."""
        return self.text[at - 1 : at] if at else "", self.text[at + length : at + length + 1]


_SPACE = re.compile(r"\s*")
_POSSESSIVE = re.compile(r"[sSzZxX]['’][^\S\n]\w")
_EAST_ASIAN = "\u2e80"


def _is_inside_word(left: str, right: str) -> bool:
    return left.isalnum() and right.isalnum() and left < _EAST_ASIAN


_APOSTROPHES = frozenset("'’")
_INSIDE = re.compile(r"\w['’]\w")


def _places(text: str, start: int, end: int) -> list[int]:
    """Where marks are; apostrophes inside words are left out."""
    found: list[int] = []
    for mark in _MARKS:
        at = text.find(mark, start, end)
        if at >= 0 and mark in _APOSTROPHES:
            inside = _INSIDE.match
            while at >= 0:
                if not inside(text, at - 1):
                    found.append(at)
                at = text.find(mark, at + 1, end)
        while at >= 0:
            found.append(at)
            at = text.find(mark, at + 1, end)
    found.sort()
    return found


def quotations(text: str) -> list[Range]:
    """The quotations of ``text``, marks included, half-open, in text order.

    A quotation without a mark at its end is given up to the end of its paragraph.

    >>> text = "He said: “We call it ‘home’.” It is 6\\" wide, and the soldiers' own."
    >>> [text[start:end] for start, end in quotations(text)]
    ['“We call it ‘home’.”', '‘home’']
    """
    marks = _QuotationMarks(text, 0, len(text))
    found = [*marks.quotations(), *marks.rest(), *_utterances(text)]
    found.sort(key=lambda quotation: (quotation[0], -quotation[1]))
    return found


def has_mark(words: str) -> bool:
    """True if there is a quotation mark in ``words``, whole quotation or not."""
    if not _PLAIN_MARKS.isdisjoint(words) or "''" in words or "``" in words:
        return True
    if _SINGLE.isdisjoint(words):
        return False
    marks = _QuotationMarks(words, 0, len(words))
    return any(marks.quotations()) or any(mark != "’" for mark, _ in marks.opened)


LOOK_BACK = 5000
"""How far back a quotation may have been opened, in code points."""


def begins_quoted(text: str, start: int) -> bool:
    """True if what begins at ``start`` begins with, right after, or inside a quotation.

    A mark that was opened and not closed in the paragraph counts as open.
    """
    words = text[start : start + 2]
    if words[:1] in _PLAIN_MARKS or words in ("''", "``") or words.startswith(DASHES):
        return True
    low = max(0, start - LOOK_BACK)
    low = max(low, text.rfind("\n", low, start) + 1)
    if text.startswith(DASHES, low):
        return True
    opened = _opened_before(text[low : start + 1], start - low)
    return any(mark not in _SINGLE for mark in opened) or any(
        begin <= start < end for begin, end in _around(text, low, start)
    )


def _opened_before(paragraph: str, end: int) -> list[str]:
    marks = _QuotationMarks(paragraph, 0, end)
    for _ in marks.quotations():
        pass
    return [mark for mark, _ in marks.opened]


def _around(text: str, low: int, start: int) -> list[Range]:
    """The quotations of the paragraph from ``low``, which holds ``start``, in the text."""
    end = text.find("\n", start, start + LOOK_BACK)
    paragraph = text[low : end if end >= 0 else start + LOOK_BACK]
    return [(begin + low, end + low) for begin, end in _quotations_of(paragraph)]


@lru_cache(maxsize=16)
def _quotations_of(paragraph: str) -> tuple[Range, ...]:
    return tuple(quotations(paragraph))


_UTTERANCE = re.compile(r"[–—―][^\S\n]*[^\W\d].*")
_NARRATOR = re.compile(r"[,!?….][”»\"]?[^\S\n][–—―][^\S\n]?(?=[^\W\d_])|[^\S\n][–—―](?=[^\W\d_])")
_SPEAKER = re.compile(r"[.,!?…;:][^\S\n][–—―][^\S\n]?|(?<=\S)[–—―][.,;:!?…]?(?:[^\S\n]|$)")
"""Where the narrator breaks in, and where the speaker goes on."""


def _utterances(text: str) -> Iterator[Range]:
    """What follows a dash at the start of a paragraph, without what the narrator says of it."""
    lined = f"\n{text}" if text.startswith(_DASHES) else text
    shift = len(lined) - len(text)
    for dash in filter(text.__contains__, _DASHES):
        at = lined.find(f"\n{dash}")
        while at >= 0:
            match = _UTTERANCE.match(text, at + 1 - shift)
            if match:
                yield from _spoken(text, *match.span())
            at = lined.find(f"\n{dash}", at + 1)


def _spoken(text: str, start: int, end: int) -> Iterator[Range]:
    """The stretches of an utterance that are spoken."""
    at = start + 1
    while at < end:
        narrator = _NARRATOR.search(text, at, end)
        if narrator is None:
            yield start, end
            return
        yield start, narrator.start() + (narrator[0][0] in "!?…")
        speaker = _SPEAKER.search(text, narrator.end(), end)
        if speaker is None:
            return
        start = at = speaker.end()
