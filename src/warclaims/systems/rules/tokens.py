"""The words and marks of a folded text."""

from __future__ import annotations

import re
from typing import NamedTuple

_VOWELS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
"""Marks above and below letters, which are part of a word but often not written."""

_VOWEL = re.compile(f"[{_VOWELS}]")


def _pattern(letters: str) -> re.Pattern[str]:
    number = r"[0-9]+(?:[.,'][0-9]+)*(?![^\W_])"
    word = rf"{letters}(?:[-.']{letters})*"
    return re.compile(rf"(?:[A-Z]\.){{2,}}|{number}|{word}|\S")


_PLAIN = _pattern(r"[^\W_]+")
_WITH_VOWELS = _pattern(rf"(?:[^\W_][{_VOWELS}]*)+")


class WordToken(NamedTuple):
    """A word or a mark of the folded text; ``word`` is in small letters and without vowel marks."""

    start: int
    end: int
    word: str
    raw: str


def tokens_of(text: str, start: int, end: int) -> list[WordToken]:
    """The tokens of ``text[start:end]``.

    >>> [token.raw for token in tokens_of("Some 1,200 men (12-15) died.", 0, 28)]
    ['Some', '1,200', 'men', '(', '12', '-', '15', ')', 'died', '.']
    """
    if _VOWEL.search(text, start, end) is None:
        found = _PLAIN.finditer(text, start, end)
        return [WordToken(*one.span(), (raw := one[0]).lower(), raw) for one in found]
    return [
        WordToken(*one.span(), _VOWEL.sub("", one[0].lower()), one[0])
        for one in _WITH_VOWELS.finditer(text, start, end)
    ]
