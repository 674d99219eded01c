"""The words and marks of a folded text."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_VOWEL = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")
"""Marks above and below letters that are often not written."""


_TITLES = r"(?:Adm|Brig|Capt|Col|Dr|Gen|Gov|Lt|Maj|Mr|Mrs|Ms|Prof|Rep|Sen|Sgt)\."
"""Titles whose full stop ends no sentence."""


@lru_cache(maxsize=1 << 8)
def _pattern(marks: str) -> re.Pattern[str]:
    """Finds words and marks; combining ``marks`` belong to what they follow."""
    joined = f"[{re.escape(marks)}]*" if marks else ""
    letters = rf"(?:[^\W_]{joined})+" if marks else r"[^\W_]+"
    number = rf"[0-9]+(?:[.,'][0-9]+)*(?![^\W_{re.escape(marks)}])"
    word = rf"{letters}(?:[-.']{letters})*{joined}"
    return re.compile(rf"(?:[A-Z]\.){{2,}}{joined}|{_TITLES}|{number}|{word}|\S{joined}")


@lru_cache(maxsize=8)
def _marks(text: str) -> str:
    """The combining marks of a text."""
    chars = () if text.isascii() else sorted(set(text))
    return "".join(char for char in chars if unicodedata.category(char)[0] == "M")


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
    marks = _marks(text)
    found = _pattern(marks).finditer(text, start, end)
    if not marks:
        return [WordToken(*one.span(), (raw := one[0]).lower(), raw) for one in found]
    return [WordToken(*one.span(), _bare(raw := one[0].lower()) or raw, one[0]) for one in found]


def _bare(word: str) -> str:
    return _VOWEL.sub("", word)
