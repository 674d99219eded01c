"""Words that vary generated documents: neutral sentences, numbers in words and digits, notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

Thing = TypeVar("Thing")

_OPENINGS = (
    "The morning", "That evening", "On the hill", "By the river", "Near the orchard",
    "In the valley", "Past the mill", "At the market", "Along the shore", "Above the pass",
    "Later in the week", "After the harvest", "Before the holidays", "Under a clear sky",
    "In the old town",
)  # fmt: skip
_SUBJECTS = (
    "the weather", "the bus", "a bakery", "the library", "the school choir", "the museum",
    "the lake", "a small garden", "the post office", "the timetable", "the bridge", "a new path",
    "the theatre", "the harbour", "a flock of birds", "the fog", "the snow", "the vineyard",
    "the old clock",
)  # fmt: skip
_VERBS = (
    "stayed", "looked", "became", "seemed", "remained", "grew", "turned", "kept", "was", "felt",
)  # fmt: skip
_ADJECTIVES = (
    "quiet", "green", "bright", "calm", "cold", "warm", "empty", "busy", "narrow", "golden",
    "plain", "small", "wide", "slow", "gentle", "familiar", "ordinary", "pale", "tidy", "lively",
)  # fmt: skip
_ENDINGS = (
    "for a while", "as in other years", "until noon", "in the shade", "after the rain", "as usual",
    "in the wind", "near the square", "by candlelight", "beside the road", "for the season",
)  # fmt: skip
_IN_ORDER = (_OPENINGS, _SUBJECTS, _VERBS, _ADJECTIVES, _ENDINGS)
_FOREIGN = (
    "😀", "👩‍👧‍👦", "🇦🇲🇦🇿", "Արցախ", "Ստեփանակերտ", "Xankəndi", "Qarabağ", "Гадрут",
    "Ханкенди",
    "თბილისი", "العربية", "שָׁלוֹם", "cafe\u0301", "𝔘𝔫𝔦", "ﬁeld", "日本語", "Ελλάδα",
    "a\u00a0b", "naïve", "Čaj",
)  # fmt: skip


def chosen(random: Random, things: Sequence[Thing]) -> Thing:
    """One of ``things``, found faster than by ``random.choice``."""
    return things[int(random.random() * len(things))]


def sentence(random: Random) -> str:
    """A neutral sentence without numbers, quotation marks, names or harm."""
    words = [chosen(random, some) for some in _IN_ORDER]
    if random.random() < 0.4:
        words.insert(chosen(random, (2, 5)), f"({chosen(random, _FOREIGN)})")
    return " ".join(words) + "."


def title(random: Random) -> str:
    """A headline without a full stop."""
    return sentence(random)[:-1]


_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = (
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
)  # fmt: skip


def in_words(number: int) -> str:
    """A number below a hundred in words.

    >>> in_words(21), in_words(40)
    ('twenty-one', 'forty')
    """
    if number < len(_ONES):
        return _ONES[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")


VALUES = {in_words(number): number for number in range(2, 100)}
"""Numbers by their words; not *one*, which is a pronoun too."""

_SEPARATORS = (",", ",", ",", ",", "\u00a0", "\u202f")


def written(number: int, random: Random) -> str:
    """A number as texts write it: in words, in digits, with thousands separators.

    >>> from random import Random
    >>> written(123, Random(0))
    '123'
    """
    if number < 100 and random.random() < 0.6:
        return in_words(number)
    if number < 1000:
        return str(number)
    return f"{number:,}".replace(",", chosen(random, _SEPARATORS))


def note(random: Random) -> str:
    """A remark of an annotator."""
    words = f"{chosen(random, _ADJECTIVES)} ({chosen(random, _FOREIGN)})"
    return f'Or as {words}: "{random.randrange(10**6)}".'
