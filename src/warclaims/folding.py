"""Fold text for reading and comparing: undo what typesetting and copying do to it.

All rules and readers that look at words or compare names fold them first: ligatures become letters,
soft hyphens and characters of no width are left out, typographic apostrophes, hyphens and spaces
become plain ones, digits of any script become 0 to 9, and accents join their letters. Case,
quotation marks, dashes, fractions and superscripts stay: they change the meaning.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
"""Invisible characters: soft hyphens, joiners, marks of direction and variation."""

_ASCII = bytes(range(128))


class Folded:
    """A folded text, and where each stretch of it is in the raw one.

    >>> folded = Folded("At least \\ufb01ve were kil\\u00adled")
    >>> folded.text, folded.outside([(9, 13), (19, 25)]), folded.inside([(9, 12)])
    ('At least five were killed', [(9, 12), (18, 25)], [(9, 13)])
    """

    def __init__(self, raw: str) -> None:
        odd = _odd(raw)
        has_marks = any(map(_is_mark, odd))
        shifting = odd if has_marks else {char for char in odd if len(_folded(char)) != 1}
        pieces = list(_pieces(raw, shifting)) if shifting else []
        self.text = _joined(raw, pieces) if has_marks else _replaced(raw, odd)
        # Pieces of the raw text that may have another length here: edges in both texts.
        self._starts, self._ends = [0], [0]
        self._folded_starts, self._folded_ends = [0], [0]
        for start, end, piece in pieces:
            self._folded_starts.append(self._folded_ends[-1] + start - self._ends[-1])
            self._folded_ends.append(self._folded_starts[-1] + len(piece))
            self._starts.append(start)
            self._ends.append(end)
        self._is_shifted = bool(pieces)

    def outside(self, ranges: list[Any]) -> list[Any]:
        """Half-open ranges of the folded text in the raw one; each may be of several pairs."""
        if not self._is_shifted:
            return ranges
        return [
            tuple(
                self._end(at - 1) if number % 2 else self._start(at)
                for number, at in enumerate(found)
            )
            for found in ranges
        ]

    def _start(self, at: int) -> int:
        """Where in the raw text begins what is at ``at`` in the folded one."""
        piece = bisect_right(self._folded_starts, at) - 1
        beyond = at - self._folded_ends[piece]
        return self._starts[piece] if beyond < 0 else self._ends[piece] + beyond

    def _end(self, at: int) -> int:
        """Where it ends."""
        piece = bisect_right(self._folded_starts, at) - 1
        beyond = at - self._folded_ends[piece]
        return self._ends[piece] if beyond < 0 else self._ends[piece] + beyond + 1

    def inside(self, ranges: list[Any]) -> list[Any]:
        """Half-open ranges of the raw text in the folded one."""
        if not self._is_shifted:
            return ranges
        starts, ends, folded_ends = [*self._starts, sys.maxsize], self._ends, self._folded_ends
        found = []
        for start, end in ranges:
            piece = bisect_right(ends, start) - 1
            following = starts[piece + 1]
            low = folded_ends[piece] - ends[piece] + (start if start < following else following)
            piece = bisect_left(starts, end, 1) - 1
            beyond = end - ends[piece]
            found.append((low, folded_ends[piece] + (beyond if beyond > 0 else 0)))
        return found


def fold(words: str) -> str:
    """``words`` in the form in which they are read and compared.

    >>> fold("\\ufb01ve of the kil\\u00adled, Sant\\u2019Anna, \\u0661\\u0662\\u00bd")
    "five of the killed, Sant'Anna, 12½"
    """
    if words.isascii():
        return words
    odd = _odd(words)
    if any(map(_is_mark, odd)):
        return _joined(words, _pieces(words, odd))
    return _replaced(words, odd)


def _joined(words: str, pieces: Iterable[tuple[int, int, str]]) -> str:
    found: list[str] = []
    done = 0
    for start, end, piece in pieces:
        found += (words[done:start], piece)
        done = end
    return "".join((*found, words[done:]))


def _replaced(words: str, odd: set[str]) -> str:
    for char in odd:
        words = words.replace(char, _folded(char))
    return words


def _odd(words: str) -> set[str]:
    """The characters of ``words`` that change, and marks."""
    if words.isascii():
        return set()
    data = words.encode("utf-8", "surrogatepass").translate(None, _ASCII)  # far faster than set()
    chars = data.decode("utf-8", "surrogatepass")
    return {char for char in set(chars) if _folded(char) != char or _is_mark(char)}


def _pieces(words: str, odd: set[str]) -> Iterator[tuple[int, int, str]]:
    """The stretches of ``words`` that change, each with its folded form."""
    piece = _piece("".join(sorted(odd))).match
    done = 0
    for at in _places(words, odd):
        # A mark joins the letter before it.
        match = (at > done and piece(words, at - 1)) or (at >= done and piece(words, at))
        if match:
            done = match.end()
            folded = unicodedata.normalize("NFC", "".join(map(_folded, match[0])))
            if folded != match[0]:
                yield match.start(), done, folded


def _places(words: str, chars: set[str]) -> list[int]:
    """Where ``chars`` are in ``words``, sorted. Far faster than one search for all of them."""
    found = []
    for char in chars:
        at = words.find(char)
        while at >= 0:
            found.append(at)
            at = words.find(char, at + 1)
    return sorted(found)


def _piece(odd: str) -> re.Pattern[str]:
    """Compile the pattern of a letter with its marks, or of one of the ``odd`` characters."""
    marks = re.escape("".join(filter(_is_mark, odd)))
    passed = re.escape("".join(char for char in odd if char in _INVISIBLE))
    char = f"[{re.escape(odd)}]"
    return re.compile(f"[^{marks}{passed}][{marks}{passed}]*[{marks}]|{char}" if marks else char)


def _is_mark(char: str) -> bool:
    """True for what joins the letter before: combining marks, and Korean vowels and finals."""
    if "\u1161" <= char <= "\u11ff":
        return True
    return unicodedata.category(char)[0] == "M" and char not in _INVISIBLE


@lru_cache(maxsize=1 << 14)
def _folded(char: str) -> str:
    """The folded form of a single character."""
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
