"""Words: quoted and short in messages; where in a text one begins and ends."""

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

SHORT = 200
"""What was found out about longer words is not remembered, so that memory stays bounded."""

LETTERS = frozenset({"Lu", "Ll", "Lt", "Nd"})
"""Letters that have a case, and digits. Other scripts join words, or words and prepositions."""

_CLITIC = re.compile(r"(?:s|t|d|m|re|ve|ll)(?![^\W_])", re.IGNORECASE)
"""What English writes after an apostrophe as part of the word before."""


def cuts_word(text: str, at: int) -> bool:
    """True if a span that begins or ends at ``at`` cuts a word of ``text`` in two.

    A word is a run of letters and digits with their combining marks. It may end before an
    apostrophe, not after one that an ``s`` or the like follows. Where a small letter meets a
    capital only a space is lacking, as happens in texts from the web.

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
    """The words of a span, folded, as they are read and compared."""
    return fold(span[0].text if len(span) == 1 else span_text(span))


def quoted(words: str) -> str:
    """``words`` in angle quotes, which texts seldom have, cut in the middle if they are long.

    >>> quoted("two dead")
    '‹two dead›'
    """
    if len(words) > LONGEST:
        half = LONGEST // 2 - 1
        words = f"{words[:half]} … {words[-half:]}"
    return f"‹{words}›"


def difference(said: str, found: str) -> str:
    """Where two words first differ and in what: it may be elided, invisible or a look-alike.

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
