"""How many the words say: numbers in an English victim phrase, and how they are meant."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from math import prod
from typing import NamedTuple

from warclaims.folding import fold
from warclaims.records.base import MAX_COUNT
from warclaims.records.vocabulary import Quantifier
from warclaims.validation.words import SHORT

Q = Quantifier

LONGEST = 400
"""No numbers are looked for in longer words, in code points: a victim phrase is never that long,
and number words take time that grows with its square."""

_MOST_DIGITS = 15
"""Numbers in more digits than this are passed over; a double holds no more."""


class Number(NamedTuple):
    """A number that the words give, the quantifiers that fit it, and whether it leads them."""

    value: int
    fits: tuple[Quantifier, ...]
    leads: bool


_BEFORE: dict[str, tuple[Quantifier, ...]] = {
    "at least": (Q.AT_LEAST,),
    "no fewer than": (Q.AT_LEAST,),
    "no less than": (Q.AT_LEAST,),
    "not fewer than": (Q.AT_LEAST,),
    "not less than": (Q.AT_LEAST,),
    "a minimum of": (Q.AT_LEAST,),
    "more than": (Q.MORE_THAN,),
    "over": (Q.MORE_THAN,),
    "above": (Q.MORE_THAN,),
    "in excess of": (Q.MORE_THAN,),
    "upwards of": (Q.MORE_THAN,),
    "up to": (Q.AT_MOST,),
    "at most": (Q.AT_MOST,),
    "as many as": (Q.AT_MOST,),
    "no more than": (Q.AT_MOST,),
    "not more than": (Q.AT_MOST,),
    "a maximum of": (Q.AT_MOST,),
    "fewer than": (Q.LESS_THAN,),
    "less than": (Q.LESS_THAN,),
    "under": (Q.LESS_THAN,),
    "below": (Q.LESS_THAN,),
    "nearly": (Q.APPROXIMATE, Q.LESS_THAN),
    "almost": (Q.APPROXIMATE, Q.LESS_THAN),
    "close to": (Q.APPROXIMATE, Q.LESS_THAN),
    "approximately": (Q.APPROXIMATE,),
    "around": (Q.APPROXIMATE,),
    "about": (Q.APPROXIMATE,),
    "roughly": (Q.APPROXIMATE,),
    "some": (Q.APPROXIMATE,),
    "circa": (Q.APPROXIMATE,),
    "an estimated": (Q.APPROXIMATE,),
    "estimated": (Q.APPROXIMATE,),
    "perhaps": (Q.APPROXIMATE,),
}
"""What stands right before a number, and the quantifiers that it stands for."""

_AFTER: dict[str, tuple[Quantifier, ...]] = {
    "or more": (Q.AT_LEAST,),
    "or fewer": (Q.AT_MOST,),
    "or less": (Q.AT_MOST,),
    "or so": (Q.APPROXIMATE,),
}
"""What stands after a number, at most three words later."""

_CLAUSE_END = re.compile(r"[.,;:!?\n“”\"]")
_WORDS = 3
"""No qualifier has more words."""

_VAGUE = frozenset({"several", "many", "few", "between", "from"})
_QUALIFYING = _VAGUE.union({"a", "an"}, *map(str.split, _BEFORE))
"""A word that is none of these ends what may qualify a number after it."""

_DEFINITE = frozenset({"the", "these", "those", "all", "his", "her", "its", "their", "our"})
_NAMED = {"dozen": 12, "couple": 2, "pair": 2, "both": 2}
MAGNITUDES = {
    "tens": 10,
    "dozens": 12,
    "scores": 20,
    "hundreds": 100,
    "thousands": 1000,
    "millions": 10**6,
}
_PLURAL = "|".join(MAGNITUDES)
_PLURALS = re.compile(rf"\b((?:{_PLURAL})\b(?:\s+of\s+(?:{_PLURAL})\b)?)", re.IGNORECASE)
"""Plurals mean something else than the number, so they are kept as words."""

_SCALES = (100, 1000, 10**6, 10**9)
_NUMBER = re.compile(
    rf"""(?<![\w.,-]) (?:
      (?P<plural>(?:{_PLURAL})(?:\s+of\s+(?:{_PLURAL}))?)
    | (?P<digits>\d{{1,3}}(?:[,.\u00a0\u202f ]\d{{3}})+ | \d+(?:[.,]\d+)?)
      (?:\s+(?P<scale>{"|".join(str(scale) for scale in _SCALES)})\b)?
      (?:\s+(?P<dozen>dozen)\b)?
    | (?P<half>half\s+an?\s+(?:100|1000|1000000))
    | (?:an?\s+)?(?P<pair>dozen|couple|pair)
    | (?P<both>both)
    ) (?![\w%-]|[.,]\d)""",
    re.IGNORECASE | re.VERBOSE,
)
_ARTICLE = re.compile(
    r"^(?:an?|another)\s+(?!(?:group|number|handful|few|lot|series|family|crowd|crew|great)\b)",
    re.IGNORECASE,
)


def numbers(words: str, before: str = "", after: str = "") -> list[Number]:
    """The numbers in ``words`` of English; ``before`` and ``after`` is the text around them.

    A number that leads the phrase is the count; others are given only where none leads. A number
    that is too large for a count is none, and words beyond :data:`LONGEST` have none.

    >>> [(n.value, *n.fits) for n in numbers("At least twenty-one people")]
    [(21, <Quantifier.AT_LEAST: 'at_least'>)]
    >>> [(n.value, *n.fits) for n in numbers("a child")]
    [(1, <Quantifier.EXACT: 'exact'>)]
    """
    if len(words) > LONGEST:
        return []
    words, before, after = fold(words), fold(before), fold(after)
    # What surely does not qualify a number is left out, so that phrases are remembered.
    last = before.rsplit(maxsplit=1)
    if last and last[-1].lower() not in _QUALIFYING:
        before = ""
    if after and " or " not in after and " or" not in words:
        after = ""
    remembered = _numbers if len(words) <= SHORT else _numbers.__wrapped__
    return list(remembered(words, before, after))


@lru_cache(maxsize=1 << 12)
def _numbers(words: str, before: str, after: str) -> tuple[Number, ...]:
    pieces = _PLURALS.split(words)
    plain = "".join(
        piece if position % 2 else _digits(piece) for position, piece in enumerate(pieces)
    )
    found = [n for match in _NUMBER.finditer(plain) for n in _read(match, before, after)]
    found = [number for number in found if number.leads] or found
    if not found and _ARTICLE.match(plain):
        found.append(Number(1, (Q.EXACT,), leads=False))
    return tuple(found)


def _digits(words: str) -> str:
    """``words`` with digits for number words, its outer white space kept."""
    from text_to_num import alpha2digit

    core = words.strip()
    if not core:
        return words
    before, after = words.split(core, 1)
    return f"{before}{alpha2digit(core, 'en', 0)}{after}"


def _read(match: re.Match[str], before: str, after: str) -> list[Number]:
    own = match.string[: match.start()].lower().split()
    around = before.lower().split()[-2 * _WORDS :]
    front = [*around, *own]
    article = front[-1:] in (["a"], ["an"])
    if article:
        front.pop()
    if (front and front[-1] in _VAGUE) or (match["both"] and own):  # *both sides*: no victims
        return []
    fits, left = _qualified(front, match.string[match.end() :] + after)
    if match["plural"]:
        value = prod(MAGNITUDES[name] for name in re.split(r"\s+of\s+", match["plural"].lower()))
        return [Number(value, (*fits, Q.ORDER_OF_MAGNITUDE), leads=False)]
    if match["half"]:
        value = int(match["half"].split()[-1]) // 2
        return [Number(value, fits or (Q.APPROXIMATE,), leads=False)]
    if match["pair"] or match["both"]:
        value = _NAMED[(match["pair"] or match["both"]).lower()]
        return [Number(value, fits or (Q.EXACT, Q.APPROXIMATE), leads=False)]
    count = _count(match["digits"], match["scale"], match["dozen"])
    if count is None:
        return []
    # *A million* names a magnitude: no exact number is meant.
    bare = Q.APPROXIMATE if article and count in _SCALES else Q.EXACT
    return [Number(count, fits or (bare,), leads=_DEFINITE.issuperset(left[len(around) :]))]


def _count(digits: str, scale: str | None, dozen: str | None) -> int | None:
    """The number, null if it is too large; a point or comma before three digits parts thousands."""
    bare = re.sub(r"\D", "", digits)
    if len(bare) > _MOST_DIGITS:
        return None
    factor = int(scale or 1) * (12 if dozen else 1)
    if re.fullmatch(r"\d{1,3}(?:[,.\u00a0\u202f ]\d{3})+", digits):
        count = int(bare) * factor
    else:
        count = round(float(digits.replace(",", ".")) * factor)
    return count if count <= MAX_COUNT else None


def _qualified(front: list[str], rest: str) -> tuple[tuple[Quantifier, ...], list[str]]:
    """What the words right before and after a number stand for, and the words before those."""
    fits: tuple[Quantifier, ...] = ()
    size = _WORDS
    while size:
        meaning = _BEFORE.get(" ".join(front[-size:])) if size <= len(front) else None
        if meaning:
            fits += meaning
            front = front[:-size]
            size = _WORDS
        else:
            size -= 1
    clause = _CLAUSE_END.split(rest, 1)[0]
    if " or " in clause:
        for pair in pairwise(clause.lower().split(maxsplit=5)[:5]):
            fits += _AFTER.get(" ".join(pair), ())
    return fits, front
