"""Words: how messages quote them, and where in a text they start and end."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from warclaims.corpus.hashes import alike
from warclaims.folding import fold
from warclaims.records import span_text

if TYPE_CHECKING:
    from warclaims.records import Span

LONGEST = 60
_SHOWN = 10
"""Fragments at either end of a span that have more words than a message shows."""

SHORT = 200
"""The most code points of words for which a result is cached."""

LETTERS = frozenset({"Lu", "Ll", "Lt", "Nd"})
"""Letters with case, and digits. Other scripts join words, or words and prepositions."""

_CLITIC = re.compile(r"(?:s|t|d|m|re|ve|ll)(?![^\W_])", re.IGNORECASE)
"""English endings after an apostrophe."""


def cuts_word(text: str, at: int) -> bool:
    """True if a span that starts or ends at ``at`` cuts a word of ``text`` in two.

    A word is a run of letters and digits with their combining marks. It may end before an
    apostrophe, but not between an apostrophe and ``s`` or the like. A small letter and a capital
    are two words: texts from the web sometimes lack the space.

    >>> [at for at in range(14) if cuts_word("Nona’s cafe\u0301.", at)]
    [1, 2, 3, 5, 8, 9, 10, 11]
    """
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    if left.isspace() or right.isspace():
        return False
    kind = unicodedata.category(right)
    if kind in ("Mn", "Me", "Mc"):
        return True
    if kind not in LETTERS:
        return False
    base = at - 1
    while base > 0 and unicodedata.category(text[base])[0] == "M":
        base -= 1
    before = unicodedata.category(text[base])
    if left in "’'":
        known = at > 1 and unicodedata.category(text[at - 2])[0] in "LM"
        return known and _CLITIC.match(text, at) is not None
    return before in LETTERS and not (before == "Ll" and kind == "Lu")


def surface(span: Span) -> str:
    """The words of a span, folded for comparison."""
    return fold(span[0].text if len(span) == 1 else span_text(span))


def quoted(words: str) -> str:
    """``words`` in angle quotes, which are rare in texts, shortened in the middle if long.

    >>> quoted("two dead")
    '‹two dead›'
    """
    if len(words) > LONGEST:
        half = LONGEST // 2 - 1
        words = f"{words[:half]} … {words[-half:]}"
    return f"‹{words}›"


def quoted_span(span: Span) -> str:
    """The words of a span in angle quotes; of many fragments only the first and last are read."""
    if len(span) > 2 * _SHOWN:
        span = (*span[:_SHOWN], *span[-_SHOWN:])
    return quoted(span_text(span))


def difference(said: str, found: str) -> str:
    """Where two words first differ, with the names of the characters.

    >>> difference("Nona's", "Nona\u2019s")
    'they differ at 4: U+0027 APOSTROPHE, in the text U+2019 RIGHT SINGLE QUOTATION MARK'
    """
    at = alike(said, found)
    return f"they differ at {at}: {_character(said, at)}, in the text {_character(found, at)}"


def _character(words: str, at: int) -> str:
    """The code point and name of the character at ``at``; *the end* if there is none."""
    if at >= len(words):
        return "the end"
    return f"U+{ord(words[at]):04X} {unicodedata.name(words[at], 'without a name')}"
