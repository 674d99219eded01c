"""Words as they are read and compared, without what typesetting and copying do to them.

Everything that reads words or compares names folds them here first: ligatures become letters, soft
hyphens and characters of no width are left out, typographic apostrophes, hyphens and spaces become
plain ones, digits of any script become 0 to 9, and accents join their letters. Case, quotation
marks, dashes, fractions and superscripts stay: they change what the words say.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    Range = tuple[int, ...]

_PLAIN = {
    **dict.fromkeys("’ʼ＇‛՚", "'"),
    **dict.fromkeys("\u2010\u2011\ufe63\uff0d", "-"),
    **{"٬": ",", "٫": ".", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"},
}
"""Characters that mean the same as a plain one, but that Unicode does not call compatible."""

_JOINERS = (0x00AD, 0x034F, 0x061C, 0x180E, 0xFEFF)
_INVISIBLE = frozenset(
    map(
        chr,
        (
            *_JOINERS,
            *range(0x200B, 0x2010),
            *range(0x202A, 0x202F),
            *range(0x2060, 0x2070),
            *range(0xFE00, 0xFE10),
        ),
    )
)
"""Soft hyphens, joiners, marks of direction and variation: nobody sees them."""

_ASCII = bytes(range(128))


class Folded:
    """A folded text, and where each stretch of it is in the raw one.

    >>> folded = Folded("At least \\ufb01ve were kil\\u00adled")
    >>> folded.text, folded.outside([(9, 13), (19, 25)]), folded.inside([(9, 12)])
    ('At least five were killed', [(9, 12), (18, 25)], [(9, 13)])
    """

    def __init__(self, raw: str) -> None:
        odd = _odd(raw)
        self.text = _fold(raw, odd)
        self._starts, self._ends = array("I"), array("I")
        self._is_shifted = any(_is_mark(char) or len(_folded(char)) != 1 for char in odd)
        if self._is_shifted:
            done = 0
            for start, end, piece in (*_pieces(raw, odd), (len(raw), len(raw), "")):
                self._starts.extend([*range(done, start), *[start] * len(piece)])
                self._ends.extend([*range(done + 1, start + 1), *[end] * len(piece)])
                done = end

    def outside(self, ranges: list[Any]) -> list[Any]:
        """Half-open ranges of the folded text in the raw one; each may be of several pairs."""
        if not self._is_shifted:
            return ranges
        starts, ends = self._starts, self._ends
        return [
            tuple(ends[at - 1] if number % 2 else starts[at] for number, at in enumerate(found))
            for found in ranges
        ]

    def inside(self, ranges: list[Any]) -> list[Any]:
        """Half-open ranges of the raw text in the folded one."""
        if not self._is_shifted:
            return ranges
        return [(bisect_right(self._ends, a), bisect_left(self._starts, b)) for a, b in ranges]


def fold(words: str) -> str:
    """Words as they are read and compared.

    >>> fold("\\ufb01ve of the kil\\u00adled, Sant\\u2019Anna, \\u0661\\u0662\\u00bd")
    "five of the killed, Sant'Anna, 12½"
    """
    return _fold(words, _odd(words))


def _fold(words: str, odd: set[str]) -> str:
    if any(map(_is_mark, odd)):
        found: list[str] = []
        done = 0
        for start, end, piece in _pieces(words, odd):
            found += (words[done:start], piece)
            done = end
        return "".join((*found, words[done:]))
    for char in odd:
        words = words.replace(char, _folded(char))
    return words


def _odd(words: str) -> set[str]:
    """The characters of ``words`` that do not stay as they are, and marks."""
    if words.isascii():
        return set()
    data = words.encode("utf-8", "surrogatepass").translate(None, _ASCII)  # far faster than set()
    chars = data.decode("utf-8", "surrogatepass")
    return {char for char in set(chars) if _folded(char) != char or _is_mark(char)}


def _pieces(words: str, odd: set[str]) -> Iterator[tuple[int, int, str]]:
    """The stretches of ``words`` that change, each with what becomes of it."""
    marks = re.escape("".join(filter(_is_mark, odd)))
    passed = re.escape("".join(_INVISIBLE.intersection(odd)))
    pattern = f"[{re.escape(''.join(odd))}]"
    if marks:  # a letter with all its marks is one piece
        pattern = f"[^{marks}{passed}][{marks}{passed}]*[{marks}]|{pattern}"
    for match in re.finditer(pattern, words):
        folded = unicodedata.normalize("NFC", "".join(map(_folded, match[0])))
        if folded != match[0]:
            yield match.start(), match.end(), folded


def _is_mark(char: str) -> bool:
    """True for what joins the letter before: combining marks, and Korean vowels and finals."""
    if "\u1161" <= char <= "\u11ff":
        return True
    return unicodedata.category(char)[0] == "M" and char not in _INVISIBLE


@lru_cache(maxsize=1 << 14)
def _folded(char: str) -> str:
    """What becomes of a character by itself."""
    if char in _PLAIN:
        return _PLAIN[char]
    if char in _INVISIBLE:
        return ""
    kind = unicodedata.category(char)
    if kind == "Zs":
        return " "
    if kind == "Nd":
        return str(unicodedata.digit(char))
    return unicodedata.normalize("NFKC", char) if kind[0] == "L" else char
