"""Words of a text, and a fingerprint of four bits for each, by which another copy is aligned.

A fingerprint is that of the word with its two neighbours on either side, so that a changed word is
told by five fingerprints and not by one: that it goes unnoticed has a chance of 2^-20, not 2^-4.
All fingerprints of a text together still hold four bits a word, and no more. They are keyed by the
document's id, so that equal phrases of two documents do not show as equal.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

BITS = 4
"""Bits of a fingerprint."""

REACH = 2
"""How many words on either side a fingerprint takes in."""

_WORD = re.compile(r"[^\W_]+")


class Word(NamedTuple):
    """A run of letters and digits: half-open code points."""

    start: int
    end: int


def words(text: str) -> list[Word]:
    """The words of ``text``: runs of letters and digits, in text order.

    >>> [text[w.start : w.end] for text in ["Armenia’s 120,000"] for w in words(text)]
    ['Armenia', 's', '120', '000']
    """
    return [Word(*match.span()) for match in _WORD.finditer(text)]


def normal(word: str) -> str:
    """A word as it is compared: without difference of case or of compatible characters."""
    return unicodedata.normalize("NFKC", word).casefold()


def fingerprints(normal_words: Sequence[str], document: str) -> str:
    """A hexadecimal digit for each word, from the word and its neighbours.

    Outside the text stand empty words, so a text begins and ends with fingerprints of its own.

    >>> one = fingerprints("five people have been killed and eighty injured".split(), "000")
    >>> other = fingerprints("five people have been killed and ninety injured".split(), "000")
    >>> one[:4] == other[:4], one[4:] == other[4:], len(one)
    (True, False, 8)
    """
    key = hashlib.blake2b(document.encode(), digest_size=16).digest()
    padded = [""] * REACH + list(normal_words) + [""] * REACH
    return "".join(
        f"{_digit(padded[at : at + 2 * REACH + 1], key):x}" for at in range(len(normal_words))
    )


def _digit(window: list[str], key: bytes) -> int:
    data = "\0".join(window).encode()
    return hashlib.blake2b(data, digest_size=1, key=key).digest()[0] >> (8 - BITS)
