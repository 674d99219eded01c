"""Words of a text, and a fingerprint of four bits per word for aligning another copy.

A fingerprint is made of a word and its two neighbours on either side, so a changed word shows in
five fingerprints. A changed fingerprint is equal by chance once in 16 times; ``alignment`` says
what follows from that. The fingerprints of a text hold four bits per word. They are keyed by the
document's id, so equal phrases of two documents do not show as equal.

Words are compared without what copying does to them: character references of HTML are read, soft
hyphens and characters of no width are ignored, accents may be characters of their own, and a word
divided at the end of a line is one word.
"""

from __future__ import annotations

import hashlib
import html
import re
import sys
import unicodedata
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from warclaims.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

BITS = 4
"""Bits of a fingerprint."""

REACH = 2
"""Words on either side that a fingerprint includes."""

FILLER = "\U0010ffff"
"""Pads a decoded character reference to its length; no text has this character."""

_REFERENCE = re.compile(r"&(?:#[0-9]+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*);")


class Word(NamedTuple):
    """A run of letters and digits: half-open code points, and the word as it is compared."""

    start: int
    end: int
    plain: str


def level(text: str) -> str:
    """``text`` with character references decoded and padded, so that offsets stay.

    >>> level("R&amp;D&nbsp;&co;").replace(FILLER, ".")
    'R&....D\\xa0.....&co;'
    """
    if "&" not in text:
        return text

    def read(match: re.Match[str]) -> str:
        meant = html.unescape(match[0])
        if meant == match[0] or len(meant) > len(match[0]):
            return match[0]
        return meant + FILLER * (len(match[0]) - len(meant))

    return _REFERENCE.sub(read, text)


def words(text: str) -> list[Word]:
    """The words of ``text``: runs of letters and digits, in text order.

    >>> [text[w.start : w.end] for text in ["Armenia’s 120,000"] for w in words(text)]
    ['Armenia', 's', '120', '000']
    >>> [text[w.start : w.end] for text in ["&lt;caf&eacute; for-\\nces"] for w in words(text)]
    ['caf&eacute;', 'for-\\nces']
    """
    found = _patterns()[0].finditer(level(text))
    return [Word(*match.span(), normal(text[slice(*match.span())])) for match in found]


def normal(word: str) -> str:
    """A word as it is compared: without differences of case and of compatible characters.

    >>> normal("FOR-\\nces"), normal("caf&eacute;") == normal("cafe\\u0301")
    ('forces', True)
    """
    plain = _patterns()[1].sub("", level(word))
    return unicodedata.normalize("NFKC", fold(plain)).casefold()


def extent(text: str) -> int:
    """The length of ``text`` without what copying adds: an accent by itself, a run of blanks."""
    plain = unicodedata.normalize("NFC", _patterns()[1].sub("", level(text)))
    return len(re.sub(r"\s+", " ", plain))


def fingerprints(plain_words: Sequence[str], document: str) -> str:
    """A hexadecimal digit for each word as it is compared, from the word and its neighbours.

    Empty words surround the text, so its first and last fingerprints differ from those inside.

    >>> one = fingerprints("five people have been killed and eighty injured".split(), "000")
    >>> other = fingerprints("five people have been killed and ninety injured".split(), "000")
    >>> one[:4] == other[:4], one[4:] == other[4:], len(one)
    (True, False, 8)
    """
    key = hashlib.blake2b(document.encode(), digest_size=16).digest()
    padded = [""] * REACH + list(plain_words) + [""] * REACH
    windows = ("\0".join(padded[at : at + 2 * REACH + 1]) for at in range(len(plain_words)))
    digests = (hashlib.blake2b(one.encode(), digest_size=1, key=key).digest() for one in windows)
    return "".join(f"{digest[0] >> (8 - BITS):x}" for digest in digests)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A word, and what is ignored in a word."""
    accents, formats, small = _class("Mn", "Mc", "Me"), _class("Cf"), _class("Ll")
    divided = rf"(?<=[^\W\d_])[-\u2010]\r?\n[ \t]*(?=[{small}])"
    return (
        re.compile(
            rf"[^\W_](?:[^\W_]|[{accents}{FILLER}]|[{formats}{FILLER}]+(?=[^\W_])|{divided})*"
        ),
        re.compile(rf"[{formats}{FILLER}]|{divided}"),
    )


def _class(*categories: str) -> str:
    """The characters of Unicode categories, for use between the brackets of a pattern."""
    codes = (c for c in range(sys.maxunicode) if unicodedata.category(chr(c)) in categories)
    runs = [
        [code for _, code in run] for _, run in groupby(enumerate(codes), lambda x: x[1] - x[0])
    ]
    return "".join(f"\\U{run[0]:08x}-\\U{run[-1]:08x}" for run in runs)
