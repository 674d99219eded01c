"""From the tokens of a phrase to items: numbers, qualifiers, and what else its words mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.language.cardinals import LONGEST_NUMBER, Cardinal, cardinal, vulgar
from warclaims.language.number_words import APPROXIMATE, EXACT, RANGE, NumberItem

if TYPE_CHECKING:
    from warclaims.language.number_words import NumberToken, NumberWords

_PUNCTUATION = frozenset(",;:()[]{}\"'“”„«»‘!.…/|")
_DASHES = frozenset("-–—−")
_LARGEST_DENOMINATOR = 10


def items_of(tokens: list[NumberToken], words: NumberWords) -> list[NumberItem]:
    """The items of a phrase, fillers left out."""
    return _ItemScanner(tokens, words).items()


def span(first: NumberItem, last: NumberItem) -> NumberItem | None:
    """A range of two numbers; a scale of the second alone is meant for both."""
    if first.low is None or last.low is None or first.high is not None or last.high is not None:
        return None
    low, high = first.low, last.low
    if first.scale == 1 and last.scale > 1 and low * last.scale < high:
        low *= last.scale
    if low >= high or _may_share_thousands(first, last):
        return None
    is_year, is_digits = first.is_year and last.is_year, first.is_digits and last.is_digits
    return NumberItem("n", low=low, high=high, fits=(RANGE,), is_year=is_year, is_digits=is_digits)


def _may_share_thousands(first: NumberItem, last: NumberItem) -> bool:
    """True for *45 to 50,000*, which may mean 45 thousand."""
    if first.low is None or last.low is None or first.scale != 1 or last.scale != 1:
        return False
    return first.low < 1000 and last.low % 1000 == 0 and first.low * 1000 < last.low


def _number(number: Cardinal, word: str = "") -> NumberItem:
    fits: tuple[str, ...] = ()
    if number.bare:
        fits = (number.bare, EXACT if number.bare == APPROXIMATE else APPROXIMATE)
    return NumberItem(
        "n",
        word,
        number.value,
        fits=fits,
        scale=number.scale,
        is_year=number.is_year,
        is_digits=number.is_digits,
    )


class _ItemScanner:
    """Goes through the tokens once; each step takes the longest item."""

    def __init__(self, tokens: list[NumberToken], words: NumberWords) -> None:
        self.tokens = tokens
        self.words = words
        self.said = tuple([token.word for token in tokens])
        self.previous = ""
        """The code of the item before."""

    def items(self) -> list[NumberItem]:
        found: list[NumberItem] = []
        at = 0
        while at < len(self.tokens):
            token = self.tokens[at]
            if token.kind == "word" and token.word not in self.words.known:
                item, at = NumberItem("w", token.raw), at + 1
            else:
                item, at = self._next(at)
            if item.code != "e":
                found.append(item)
                self.previous = item.code
        return found

    def _cardinal(self, start: int, stop: int | None = None) -> Cardinal | None:
        return cardinal(self.tokens, self.words, start, stop)

    def _next(self, at: int) -> tuple[NumberItem, int]:
        phrase = self._phrase(at)
        if phrase is not None and phrase[0].code == "t":
            return self._between(phrase[1]) or (phrase[0]._replace(code="?"), phrase[1])
        number = self._cardinal(at)
        if number is not None and (phrase is None or number.end >= phrase[1]):
            if number.end > at + 1 or not self._is_article(at):
                return self._with_suffix(number)
        elif number is None and self.previous in ("b", "c"):
            value = self.words.singular_scales.get(self.tokens[at].word)
            if value is not None:
                return NumberItem("n", low=value, fits=(EXACT, APPROXIMATE)), at + 1
        return phrase or (self._single(self.tokens[at]), at + 1)

    def _single(self, token: NumberToken) -> NumberItem:
        """The item of a token that is in no phrase and no number."""
        word = token.word
        if token.kind == "fraction":
            return _fraction(token)
        if word in self.words.scales:
            return NumberItem("s", word, self.words.scales[word])
        if token.kind == "word":
            return NumberItem("w", token.raw)
        if token.kind == "masked":
            return NumberItem("x", word)
        return NumberItem("-" if word in _DASHES else "," if word in _PUNCTUATION else "?", word)

    def _is_article(self, at: int) -> bool:
        """True for *un* in *un soldado*; *una de ellas* and *al menos una* are numbers."""
        if self.tokens[at].word not in self.words.articles or at + 1 == len(self.tokens):
            return False
        if self.previous in ("b", "c"):
            return False
        following = self._phrase(at + 1, "n")
        return following is None or following[0].code not in "Oi"

    def _phrase(self, at: int, previous: str | None = None) -> tuple[NumberItem, int] | None:
        """The longest fixed phrase at a token, and its end."""
        previous = self.previous if previous is None else previous
        for said, item in self.words.phrases.get(self.said[at], ()):
            end = at + len(said)
            if self.said[at:end] != said:
                continue
            if item.code in "TFi" and not self._fits_numbers(item.code, end, previous):
                continue
            return item, end
        return None

    def _fits_numbers(self, code: str, end: int, previous: str) -> bool:
        """True if numbers are where *from*, *to* or *in* of *one in five* need them."""
        if end < len(self.tokens) and self.tokens[end].word == "-":
            end += 1
        if self._cardinal(end) is None:
            return False
        return code == "F" or previous == "n" or (code == "T" and previous == "-")

    def _with_suffix(self, number: Cardinal) -> tuple[NumberItem, int]:
        """A number with what is written to it: *7th*, *12-летний*, *1990s*."""
        end = number.end
        item = _number(number, self.said[end - 1])
        rest = self.tokens[end : end + 2] if number.is_digits else []
        has_hyphen = len(rest) > 1 and rest[0].word == "-"
        if not rest or not all(token.glued for token in rest[: 1 + has_hyphen]):
            return item, end
        suffix = rest[has_hyphen]
        if suffix.kind != "word":
            return item, end
        replaced = self._suffix(suffix.word, item, has_hyphen=has_hyphen)
        return (item, end) if replaced is None else (replaced, end + 1 + has_hyphen)

    def _suffix(self, suffix: str, number: NumberItem, *, has_hyphen: bool) -> NumberItem | None:
        """What a number is with this suffix; ``None`` if it is a word of its own."""
        words = self.words
        if has_hyphen and suffix in words.case_suffixes:
            return number
        if suffix in words.ordinal_suffixes:
            return NumberItem("w", suffix)
        if suffix.startswith(tuple(words.age_suffixes)):
            return NumberItem("G", suffix)
        if has_hyphen or suffix in words.units or suffix in words.scales:
            return None
        return NumberItem("x" if suffix == "s" else "?", suffix)

    def _between(self, start: int) -> tuple[NumberItem, int] | None:
        """The range after *between*, if it can be read in one way only."""
        found = []
        while start < len(self.tokens):
            phrase = self._phrase(start, "")
            if phrase is None or phrase[0].fits[:1] != (APPROXIMATE,):
                break
            start = phrase[1]
        signs = {*self.words.ands, *self.words.range_to, *_DASHES}
        for middle in range(start + 1, min(len(self.tokens), start + LONGEST_NUMBER)):
            if self.tokens[middle].word in signs:
                low, high = self._cardinal(start, middle), self._cardinal(middle + 1)
                if low is not None and high is not None and low.end == middle:
                    item = span(_number(low), _number(high))
                    if item is not None:
                        found.append((item, high.end))
        return found[0] if len(found) == 1 else None


def _fraction(token: NumberToken) -> NumberItem:
    """The share of *¾* or *2/3*; *9/11* may be a date or a choice."""
    if "/" not in token.word:
        share = vulgar(token.word)
        return NumberItem("f", token.word, share.numerator, share.denominator)
    above, below = map(int, token.word.split("/"))
    if 0 < above < below <= _LARGEST_DENOMINATOR:
        return NumberItem("f", token.word, above, below)
    return NumberItem("?", token.word)
