"""Numbers in words and digits: from *two hundred and five* and *2.3 million* to their values."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from warclaims.language.number_words import APPROXIMATE
from warclaims.records.base import MAX_COUNT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warclaims.language.number_words import NumberToken, NumberWords, Value

LONGEST_NUMBER = 24
"""Tokens that one number may have."""

_MOST_DIGITS = 15
"""Numbers in more digits are unread; a double holds no more."""

_YEARS = range(1900, 2101)
_LARGEST_VULGAR = 10


class Cardinal(NamedTuple):
    """A number: at which token it ends, how large it is, and the last scale in it.

    ``bare`` is the quantifier of a scale that no number precedes, as in *a million*.
    """

    end: int
    value: Value
    scale: int = 1
    bare: str = ""
    is_year: bool = False
    is_digits: bool = False


def cardinal(
    tokens: Sequence[NumberToken], words: NumberWords, start: int, stop: int | None = None
) -> Cardinal | None:
    """The longest number that begins at the token ``start`` and ends before ``stop``."""
    stop = len(tokens) if stop is None else min(stop, len(tokens))
    if start >= stop:
        return None
    word, following = tokens[start].word, tokens[start + 1].word if start + 1 < stop else ""
    is_digits = tokens[start].kind == "number"
    if not is_digits and word not in words.in_numbers:
        return None
    is_longer = following in words.inside_numbers or (
        following and tokens[start + 1].kind == "fraction"
    )
    if is_longer or not (is_digits or words.cardinals.get(word, 1000) < 1000):
        return _CardinalReader(tokens, words, stop).read(start)
    value = digits_value(word, words, has_scale=False) if is_digits else words.cardinals[word]
    if value is None:
        return None
    is_year = is_digits and _is_year(word, value)
    return Cardinal(start + 1, value, is_year=is_year, is_digits=is_digits)


def _is_year(word: str, value: Value) -> bool:
    return word.isdecimal() and value in _YEARS


def vulgar(char: str) -> Fraction:
    """The value of a fraction in one character.

    >>> vulgar("¾")
    Fraction(3, 4)
    """
    return Fraction(unicodedata.numeric(char)).limit_denominator(_LARGEST_VULGAR)


class _CardinalReader:
    """Adds up the parts of one number: groups below a thousand, each times a scale."""

    def __init__(self, tokens: Sequence[NumberToken], words: NumberWords, stop: int) -> None:
        self.tokens = tokens
        self.words = words
        self.stop = stop
        self.total: Value = 0
        self.group: Value | None = None
        self.room = 0
        """What is added to the group must be smaller."""
        self.last_scale = 0
        self.scale = 1
        self.parts = 0
        self.bare = ""
        self.is_digits = False
        self.is_year = False

    def read(self, start: int) -> Cardinal | None:
        """Take parts until one does not fit."""
        at = start + self._article(start)
        self.stop = min(self.stop, at + LONGEST_NUMBER)
        while at < self.stop:
            step = self._part(at) or self._joined(at) or self._half(at)
            if not step:
                break
            at += step
        value = self.total + (self.group or 0)
        if not self.parts or value > MAX_COUNT:
            return None
        bare = self.bare if self.parts == 1 else ""
        return Cardinal(at, value, self.scale, bare, self.is_year, self.is_digits)

    def _word(self, at: int) -> str:
        return self.tokens[at].word if at < self.stop else ""

    def _article(self, at: int) -> int:
        """Take the article of *a million*."""
        scale = self._word(at + 1)
        if self._word(at) not in self.words.articles or scale not in self.words.scales:
            return 0
        self.group = 1
        self.bare = self.words.article_scales.get(scale, APPROXIMATE)
        return 1

    def _part(self, at: int) -> int:
        """Take a token as a part of the number; how many tokens that took."""
        if at >= self.stop:
            return 0
        token, words = self.tokens[at], self.words
        word = token.word
        if token.kind == "number":
            return self._digits(at)
        if token.glued and word in words.suffixes and self.tokens[at - 1].kind == "number":
            return self._times(words.suffixes[word])
        if word in words.teens and self._add_ten(at):
            return 1
        if word in words.cardinals and self._plus(words.cardinals[word]):
            return 1
        return self._scale(word)

    def _scale(self, word: str) -> int:
        words = self.words
        if word not in words.scales:
            return 0
        if not self.parts and not self.bare:
            if word not in words.bare_scales:
                return 0
            self.bare = words.bare_scales[word]
        return self._times(words.scales[word])

    def _add_ten(self, at: int) -> bool:
        """Take the second word of a number such as *ثلاثة عشر*."""
        if self.group is None or self.is_digits or not 0 < self.group % 100 < 10:
            return False
        if self._word(at - 1) not in self.words.cardinals:
            return False
        self.group += 10
        self.room = 0
        return True

    def _digits(self, at: int) -> int:
        if self.group is not None:
            return 0
        word, following = self.tokens[at].word, self._word(at + 1)
        is_glued = bool(following) and self.tokens[at + 1].glued
        has_scale = following in self.words.scales or (
            is_glued and following in self.words.suffixes
        )
        value = digits_value(word, self.words, has_scale=has_scale)
        if value is None or (self.last_scale and value >= self.last_scale):
            return 0
        taken = 1
        if is_glued and self.tokens[at + 1].kind == "fraction":
            if "/" in following:
                return 0
            value += vulgar(following)
            taken = 2
        self.is_year = not self.parts and _is_year(word, value)
        self.is_digits = True
        self.group, self.room = value, 0
        self.parts += 1
        return taken

    def _plus(self, value: Value) -> bool:
        if self.group is None:
            if self.last_scale and value >= self.last_scale:
                return False
            if value >= 1000:  # two thousand in one word
                self.total += value
                self.last_scale = self.scale = 10**6 if value >= 10**6 else 1000
            else:
                self.group = value
        elif 0 < value < self.room:
            self.group += value
        else:
            return False
        self.room = _room(value)
        self.parts += 1
        return True

    def _times(self, scale: int) -> int:
        if scale <= 100:
            return self._times_small(scale)
        if self.last_scale and scale >= self.last_scale:  # mil millones
            value = self.total + (self.group or 0)
            if self.last_scale != 1000 or scale < 10**6 or not 0 < value < scale:
                return 0
            self.total = value * scale
        elif self.group is None and self.parts:
            return 0
        else:
            self.total += (1 if self.group is None else self.group) * scale
        self.group, self.room = None, 0
        self.last_scale = self.scale = scale
        self.parts += 1
        return 1

    def _times_small(self, scale: int) -> int:
        """Take *hundred* or *dozen*."""
        value = 1 if self.group is None and not self.parts else self.group
        if value is None or not 0 < value < 100:
            return 0
        self.group = value * scale
        self.room = scale if scale == 100 else 0
        self.scale = scale
        self.parts += 1
        return 1

    def _joined(self, at: int) -> int:
        """Take *and* or a hyphen with the part after it."""
        if not self.parts:
            return 0
        token = self.tokens[at]
        saved = vars(self).copy()
        step = 0
        if token.word == "-" and token.glued and at + 1 < self.stop and self.tokens[at + 1].glued:
            if not self.is_digits:
                step = self._part(at + 1) or self._joined(at + 1)
        elif token.word == self.words.joiner:
            step = self._after_joiner(at + 1)
        if not step:
            vars(self).update(saved)
            return 0
        return step + 1

    def _after_joiner(self, at: int) -> int:
        size = self._size()
        if self.words.units_first and size == 1 and not self.is_digits:
            return self._tens_after_units(at)
        fits = self.words.joins_above <= size <= self.words.joins_below
        if not fits or (self.is_digits and not self.last_scale):
            return 0
        hyphen = int(self._word(at) == "-")
        step = self._part(at + hyphen)
        return step and step + hyphen

    def _size(self) -> int:
        """The size of the last part."""
        if self.group is None:
            return self.last_scale
        return next((size for size in (100, 10) if self.group % size == 0), 1)

    def _tens_after_units(self, at: int) -> int:
        """Take the ten of *five and twenty*."""
        ten = self.words.cardinals.get(self._word(at), 0)
        if self.group is None or ten not in range(20, 91, 10) or not 0 < self.group % 100 < 10:
            return 0
        self.group += ten
        self.room = 0
        self.parts += 1
        return 1

    def _half(self, at: int) -> int:
        """Take *and a half*: half of the scale that follows, or of the last one."""
        if not self.parts or self._word(at) not in self.words.starts_of_halves:
            return 0
        for parts in self.words.halves:
            end = at + len(parts)
            if [self._word(part) for part in range(at, end)] != parts:
                continue
            if self.group is not None and self._word(end) in self.words.scales:
                self.group += Fraction(1, 2)
                return len(parts)
            if self.group is None and self.last_scale > 1:
                self.total += Fraction(self.last_scale, 2)
                self.last_scale = 1
                self.parts += 1
                return len(parts)
        return 0


def _room(value: Value) -> int:
    """How large a part may be that follows a part of this value."""
    if value % 100 == 0:
        return 100
    return 10 if value in range(20, 100, 10) else 0


_GROUPED = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3})+")
_CERTAIN = re.compile(r"[0-9]+|[0-9]{1,3}(?:[ '][0-9]{3})+|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}")
"""Whole numbers in every language: plain, or with groups of three, or of two as in India."""


def digits_value(word: str, words: NumberWords, *, has_scale: bool) -> Value | None:
    """The value of digits; ``None`` if it is unclear what points and commas mean.

    ``has_scale`` is true if a word like *million* follows, so that decimals are likely.
    """
    bare = word if word.isdecimal() else re.sub(r"[^0-9]", "", word)
    if len(bare) > _MOST_DIGITS or re.match(r"0[0-9]", word):
        return None
    if _CERTAIN.fullmatch(word):
        return int(bare)
    marks = re.findall(r"[.,]", word)
    if len(marks) == 1:
        return _with_one_mark(word, marks[0], words, has_scale=has_scale)
    if _GROUPED.fullmatch(word) and len(set(marks)) == 1:
        return int(bare)
    whole, mark, part = word.rpartition(marks[-1])
    is_clear = mark not in whole and _GROUPED.fullmatch(whole)
    return Fraction(f"{re.sub(r'[^0-9]', '', whole)}.{part}") if is_clear else None


def _with_one_mark(word: str, mark: str, words: NumberWords, *, has_scale: bool) -> Value | None:
    """The value of *1.5* or *1,234*."""
    if not _GROUPED.fullmatch(word):
        is_clear = is_decimal = mark == words.decimal or (has_scale and not words.is_strict)
    elif words.is_strict:
        is_decimal = mark == words.decimal
        is_clear = has_scale or not is_decimal
    else:
        is_decimal, is_clear = False, not has_scale
    if not is_clear:
        return None
    return Fraction(word.replace(mark, ".")) if is_decimal else int(word.replace(mark, ""))
