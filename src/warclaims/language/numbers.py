"""Read how many a phrase says, in any language that has a table of number words.

A phrase becomes tokens, tokens become items with a code of one letter, and patterns over the codes
join items until one count is left. If a number-like or qualifying word is left over, or a second
count, the phrase is unread: it is never read in part.

The codes: ``n`` number, ``m`` magnitude (*hundreds*), ``v`` vague quantity (*several*), ``z`` zero,
``f`` fraction, ``s`` scale without a number, ``h`` half, ``k`` denominator, ``p`` percent,
``b``, ``a``, ``c`` qualifier before, after, on either side of a number, ``F`` *from*, ``T`` *to*,
``t`` *between*, ``o`` *or*, ``&`` *and*, ``-`` dash, ``i`` *in* of *one in five*, ``O`` *of*,
``A`` indefinite and ``D`` definite determiner, ``C`` collective noun, ``u`` unit, ``U`` year, ``j``
adjective of a unit, ``M`` month, ``Y`` preposition of time, ``g`` word before an age, ``G`` age,
``q`` and ``Q`` noun with a number before or after it as its name, ``e`` filler, ``,`` punctuation,
``?`` what keeps the phrase unread, ``x`` number that counts nobody, ``w`` any other word.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from math import prod
from typing import TYPE_CHECKING, NamedTuple

from warclaims.language.cardinals import digits_value
from warclaims.language.number_items import items_of, span
from warclaims.language.number_words import (
    APPROXIMATE,
    EXACT,
    INDEFINITE,
    ORDER_OF_MAGNITUDE,
    RANGE,
    UNCLEAR,
    NumberItem,
)
from warclaims.records.base import MAX_COUNT

if TYPE_CHECKING:
    from warclaims.language.number_words import Fits, NumberWords


class NumberReading(NamedTuple):
    """What a phrase says about a number.

    ``value_max`` is given with a range, ``fraction`` (numerator, denominator) if only a share is
    said. ``minimum`` is the least that an indefinite phrase implies. ``also_fits`` are
    quantifiers that an annotator may choose as well.
    """

    quantifier: str
    value: int | None
    value_max: int | None = None
    fraction: tuple[int, int] | None = None
    minimum: int | None = None
    also_fits: tuple[str, ...] = ()

    def fits(self, quantifier: str) -> bool:
        """True if the words allow this quantifier."""
        return quantifier == self.quantifier or quantifier in self.also_fits


def read(phrase: str, words: NumberWords) -> NumberReading | None:
    """The number that a folded phrase says, or ``None`` if it is not understood completely."""
    simple = _SIMPLE.fullmatch(phrase) if words.split is None else None
    if simple:
        fits = words.all_before.get(words.normal(simple[1].lower())) if simple[1] else (EXACT,)
        if fits and words.known.isdisjoint(words.normal(simple[3].lower()).split()):
            value = digits_value(simple[2], words, has_scale=False)
            return (
                None
                if value is None
                else _reading(NumberItem("n", low=value, fits=fits), "w", words)
            )
    items, codes = _with_codes(items_of(words.tokens(phrase), words))
    if _PLAIN.fullmatch(codes):  # as most phrases are
        count = items[0] if codes[0] == "n" else _with_qualifier(items[1], items[0].fits)
        return _reading(count, codes, words)
    if _WITHOUT_NUMBER.fullmatch(codes):
        return _uncounted(items, codes, words)
    return _conclude([_settled(item) for item in _joined(items, codes, words)], words)


# Joins: each replaces some stretches of items by fewer ones.

NumberItems = list[NumberItem]
Join = Callable[[NumberItems, "NumberWords"], "NumberItems | None"]

_OLDEST = 110
_LARGEST_SHARE = 1000
_UNREAD = [NumberItem("?")]
_NOBODY = [NumberItem("x")]


def _joined(items: NumberItems, codes: str, words: NumberWords) -> NumberItems:
    """What is left after all joins; a stretch stays if its join returns ``None``."""
    for find, join in _JOINS:
        found: NumberItems = []
        done = 0
        for match in find(codes):
            replaced = join(items[match.start() : match.end()], words)
            if replaced is not None:
                found += [*items[done : match.start()], *replaced]
                done = match.end()
        if done:
            items, codes = _with_codes(found + items[done:])
    return items


def _with_codes(items: NumberItems) -> tuple[NumberItems, str]:
    return items, "".join([item.code for item in items])


def _masked(_: NumberItems, __: NumberWords) -> NumberItems:
    return _NOBODY


def _same_number(items: NumberItems, _: NumberWords) -> NumberItems | None:
    """*Twelve (12)*."""
    numbers = [item for item in items if item.code == "n"]
    return [numbers[0]] if numbers[0].low == numbers[1].low else None


def _maybe_fraction(items: NumberItems, words: NumberWords) -> NumberItems | None:
    return _UNREAD if items[0].word in words.maybe_fractions else None


def _range(items: NumberItems, _: NumberWords) -> NumberItems:
    first, last = (item for item in items if item.code == "n")
    joined = span(first, last)
    return _UNREAD if joined is None else [joined]


def _half_of_scale(items: NumberItems, _: NumberWords) -> NumberItems | None:
    """*Half a million*, *half a dozen*."""
    scale = items[-1]
    if scale.low is None or (scale.code == "n" and scale.low != scale.scale):
        return None
    fits = (EXACT, APPROXIMATE) if scale.low <= 100 else (APPROXIMATE, EXACT)
    return [NumberItem("n", low=Fraction(scale.low, 2), fits=fits)]


def _recoded(code: str) -> Join:
    return lambda items, _: [items[0]._replace(code=code)]


def _date(items: NumberItems, _: NumberWords) -> NumberItems | None:
    days = [item.low for item in items if item.code == "n" and item.low is not None]
    return _NOBODY if days[0] <= 31 or items[-1].is_year else None


def _year(items: NumberItems, _: NumberWords) -> NumberItems | None:
    return [items[0], *_NOBODY] if items[1].is_year else None


def _people_of_year(items: NumberItems, _: NumberWords) -> NumberItems | None:
    """*The 2020 dead*: a year or a count."""
    return _UNREAD if items[1].is_year else None


def _numbered(items: NumberItems, _: NumberWords) -> NumberItems:
    """*44 Brigade*; in *five brigade members* the number is another."""
    return _UNREAD if items[-1].code == "w" else _NOBODY


def _numbered_unit(items: NumberItems, words: NumberWords) -> NumberItems | None:
    """*Battalion 44*."""
    unit, number = items
    is_name = unit.word in words.numbering and number.is_digits
    return [unit, *_NOBODY] if is_name else None


def _hyphenated(items: NumberItems, words: NumberWords) -> NumberItems | None:
    """*A 12-member crew*; in *a five-star hotel* the number counts something else."""
    noun = items[-1].word.lower()
    return None if noun in words.hyphenated or noun.endswith(words.hyphenated) else _UNREAD


def _named(items: NumberItems, _: NumberWords) -> NumberItems | None:
    """*Passengers of Boeing 737*."""
    is_name = items[1].word[:1].isupper() and items[2].is_digits
    return [*items[:2], *_NOBODY, *_UNREAD] if is_name else None


def _same_group(items: NumberItems, _: NumberWords) -> NumberItems | None:
    """*Members of one family*."""
    return [*_NOBODY, items[1]] if items[0].low == 1 else None


def _counted_group(items: NumberItems, words: NumberWords) -> NumberItems | None:
    """*One family*: it does not say how many people."""
    return None if items[1].word in words.mass_nouns else _UNREAD


def _modifier(items: NumberItems, words: NumberWords) -> NumberItems | None:
    """*Six helicopter crew*: the number counts the noun that follows."""
    return [items[0]._replace(code="w")] if items[0].word in words.modifiers else None


def _age_limit(items: NumberItems, words: NumberWords) -> NumberItems | None:
    """*Children under five*."""
    noun, limit, age = items
    is_age = noun.word.lower() in words.minors and limit.word in words.age_limits
    return [noun, *_NOBODY] if is_age and (age.low or 0) <= _OLDEST else None


def _children(items: NumberItems, words: NumberWords) -> NumberItems | None:
    """*A mother of four*; not *a mother with two children*."""
    if items[0].word.lower() not in words.parents:
        return None
    is_from = items[1].word in words.range_from and items[1].word not in words.of
    return _UNREAD if is_from else [items[0], *_NOBODY]


def _group_noun(items: NumberItems, _: NumberWords) -> NumberItems | None:
    """*An elderly couple*."""
    noun = next(item for item in items if item.code == "C")
    return None if noun.low is None else [noun._replace(code="n", fits=(EXACT, APPROXIMATE))]


def _share(items: NumberItems, _: NumberWords) -> NumberItems:
    """*Two thirds*, *a third*, *half*, *20 percent*."""
    last = items[-1]
    above = next((item for item in items if item.code == "n"), None)
    numerator = 1 if above is None else above.low
    denominator = {"p": 100, "h": 2}.get(last.code, last.low)
    is_plain = above is None or (above.high is None and not above.fits)
    is_plain = is_plain and (last.code != "h" or numerator == 1)  # two half-brothers
    if numerator is None or denominator is None or not is_plain or numerator > denominator:
        return _UNREAD
    return [NumberItem("f", low=numerator, high=denominator)]


def _share_with_genitive(items: NumberItems, words: NumberWords) -> NumberItems | None:
    return _share(items, words) if words.shares_take_genitive else None


def _one_in(items: NumberItems, words: NumberWords) -> NumberItems | None:
    above, preposition, below = items
    if above.low is None or below.low is None or above.high or below.high:
        return None
    if preposition.word in words.maybe_shares:
        if below.low > 10 or above.word in words.counts_of_people:
            return [above, *_NOBODY] if above.low <= below.low else None
        is_share = below.low == 10 and above.low == 9
        return [NumberItem("f", low=above.low, high=below.low)] if is_share else _UNREAD
    if below.is_year:
        return [above, *_NOBODY]
    is_share = above.low < below.low <= _LARGEST_SHARE and above.low <= 10
    return [NumberItem("f", low=above.low, high=below.low)] if is_share else None


def _slashed(items: NumberItems, _: NumberWords) -> NumberItems | None:
    """*5/6 people* are five or six; *2/3 of them* are a share."""
    return _UNREAD if "/" in items[0].word else None


def _product(items: NumberItems, _: NumberWords) -> NumberItems | None:
    """*85 % of 2.3 million people*."""
    share, base = items[0], items[-1]
    if share.low is None or share.high is None or base.low is None or base.high is not None:
        return None
    value = round(Fraction(base.low * share.low, share.high))
    return [NumberItem("n", low=value, fits=(APPROXIMATE,), is_qualified=True)]


def _magnitude(items: NumberItems, _: NumberWords) -> NumberItems:
    """*Several hundred*, *tens of thousands*."""
    factors = [item.low for item in items if item.code in "sm" and item.low is not None]
    return [NumberItem("m", low=prod(factors))]


def _noun_first(items: NumberItems, words: NumberWords) -> NumberItems | None:
    """*Человек двадцать*."""
    noun, number = items
    if noun.word.lower() not in words.noun_first_is_approximate or number.fits:
        return None
    return [number._replace(fits=(APPROXIMATE,), is_qualified=True), noun]


def _qualified(items: NumberItems, words: NumberWords) -> NumberItems | None:
    """A count with the qualifiers before or after it."""
    if items[-1].word in words.adjacent and len(items) > 2:
        return None
    count = next(item for item in items if item.code in "nmf")
    for item in items:
        if item.code in "bca":
            count = _with_qualifier(count, item.fits)
    return [count, *(item for item in items if item.code not in "bcanmf")]


def _with_qualifier(count: NumberItem, fits: Fits) -> NumberItem:
    """A count with one more qualifier; unread if two do not go together."""
    is_fixed = count.is_qualified or count.code == "m" or count.fits[:1] == (RANGE,)
    if is_fixed:
        agrees = fits[0] == APPROXIMATE or (count.code != "m" and fits[:1] == count.fits[:1])
        return count if agrees else _UNREAD[0]
    return count._replace(fits=fits, is_qualified=True)


def _base(items: NumberItems, _: NumberWords) -> NumberItems | None:
    """*Eight of the 11*: the second number is what the first is part of."""
    first, last = items[0], items[-1]
    is_exact = last.high is None and last.fits in ((), (EXACT, APPROXIMATE))
    is_part = first.code != "n" or (first.low or 0) <= (last.low or 0)
    return [first, *_NOBODY] if is_exact and is_part else None


def _of_collective(items: NumberItems, _: NumberWords) -> NumberItems:
    """*A group of five*."""
    return items[-1:]


_JOINS = tuple(
    (re.compile(pattern).finditer, join)
    for pattern, join in (
        (r"n,n,|nn", _same_number),
        (r"nD", _maybe_fraction),
        (r"F?n(?:-|-?[To]-?)n", _range),
        (r"A?h-?A?s|A?hn", _half_of_scale),
        (r"gn(?:[,&]+n)*", _masked),
        (r"F", _recoded("O")),
        (r"[bc]*n-?U-?g|(?<=[,OD])[bc]*(?:n[,&-]+)*nU|(?:n&)+nU", _recoded("G")),
        (r"U", _recoded("u")),
        (r"nO?M(?:O?n)?|Mn(?:,?n)?", _date),
        (r"Cn", _numbered_unit),
        (r"(?<=n)u(?=-?[wC])", _modifier),
        (r"[bc]*n-?j*-?u", _masked),
        (r"Qn", _masked),
        (r"n-w", _hyphenated),
        (r"[wODAC&]wn", _named),
        (r"n-?q-?w?", _numbered),
        (r"Yn|[OTD]n(?![wD])", _year),
        (r"Dnw", _people_of_year),
        (r"(?<=[wO])nC", _same_group),
        (r"nC(?![wC])", _counted_group),
        (r"wbn", _age_limit),
        (r"wO?n", _children),
        (r"[AD]w{0,2}CO?", _group_noun),
        (r"n(?:p|-?[kh])|Ak(?=$|[ODx,])|k(?=O)|A?h(?=$|[OD,])", _share),
        (r"[hk](?=[wCD]|$)", _share_with_genitive),
        (r"nin", _one_in),
        (r"fOD*n", _product),
        (r"fw", _slashed),
        (r"v(?:O?[sm])+|m(?:[OD]*[sm])*", _magnitude),
        (r"wn", _noun_first),
        (r"[bc]+[AD]?[nmf]", _qualified),
        (r"[nmf][wDOCjxGgY&,]*[ac]", _qualified),
        (r"[nvz][OD]D*n", _base),
        (r"[AD]w?w?CO[vnm]", _of_collective),
    )
)
"""In this order: what takes a number for something else comes before what counts with it."""


_SIMPLE = re.compile(
    r"(?:([^\W\d_]+(?: [^\W\d_]+){0,3}) )?"
    r"([0-9]{1,3}(?: [0-9]{3})+|[0-9]+(?:[.,][0-9]+)*)((?: [^\W\d_]+)+)"
)
"""A qualifier, digits and words, which need no parsing if the words are no known ones."""

_PLAIN = re.compile(r"[bc]?nw*(?:OD?w+)*")
_WITHOUT_NUMBER = re.compile(r"[ADwO&,]+")
"""Phrases in which no other join finds anything."""


def _settled(item: NumberItem) -> NumberItem:
    """A qualifier that qualifies nothing, as the word or quantity that it is then."""
    if item.code not in "bc" or not item.plain:
        return item
    return item._replace(code=item.plain, low=2 if item.plain == "v" else None)


_UNCLEAR = frozenset("?bacshkp")


def _conclude(items: NumberItems, words: NumberWords) -> NumberReading | None:
    """The reading of what is left: one count, or words that imply one."""
    codes = "".join(item.code for item in items)
    counts = [row for row, code in enumerate(codes) if code in "nmvfz"]
    if not _UNCLEAR.isdisjoint(codes):
        return None
    if "C" in codes and any(item.code == "C" and item.low is not None for item in items):
        return None
    if not counts:
        return _uncounted(items, codes, words)
    if len(counts) > 1:
        return _reading(items[0], codes[1:], words) if _has_ages(items, codes) else None
    return _counted(items, codes, counts[0], words)


def _counted(items: NumberItems, codes: str, at: int, words: NumberWords) -> NumberReading | None:
    """The reading of a phrase with one count."""
    if codes[at] == "z" and 0 < at < len(codes) - 1:
        return None  # people without homes
    is_age = _is_age(items, codes, at, words)
    if is_age is not False:
        return NumberReading(EXACT, 1) if is_age else None
    if not _is_led_by_known(items, codes, at, words) or not _is_alone(items, codes, at, words):
        return None
    return _reading(items[at], codes[at + 1 :], words)


def _is_led_by_known(items: NumberItems, codes: str, at: int, words: NumberWords) -> bool:
    """False if unknown words are before the number: they may qualify it."""
    if (
        words.number_after_noun
        and re.fullmatch(r"[AD]?w[AD]?", codes[:at])
        and "w" not in codes[at:]
    ):
        return True
    unknown = (item.word for item, code in zip(items[:at], codes, strict=False) if code == "w")
    return all(words.normal(word.lower()) in words.leads for word in unknown)


def _uncounted(items: NumberItems, codes: str, words: NumberWords) -> NumberReading | None:
    """The reading of a phrase without a number."""
    if re.fullmatch(r"w{1,4},O?G,?", codes) and items[0].word[:1].isupper():
        return NumberReading(EXACT, 1)
    number = words.noun_number([item.word for item in items], codes, False)
    if number == "one":
        return None if re.search(r"[&o]", codes) else NumberReading(EXACT, 1)
    return NumberReading(INDEFINITE, None, minimum=2) if number == "many" else None


def _reading(count: NumberItem, rest: str, words: NumberWords) -> NumberReading | None:
    """The reading of a count; ``rest`` are the codes after it."""
    low, high = count.low or 0, count.high
    if count.code == "z":
        return NumberReading(EXACT, 0)
    if count.code == "v":
        return NumberReading(INDEFINITE, None, minimum=int(low))
    if count.code == "m":
        return NumberReading(ORDER_OF_MAGNITUDE, int(low))
    quantifier, *also_fits = count.fits or (EXACT,)
    if count.code == "f":
        factor = low.denominator  # 99.5 of 100 is 995 of 1000
        share = int(low * factor), int((high or 1) * factor)
        return NumberReading(quantifier, None, fraction=share, also_fits=tuple(also_fits))
    is_whole = low.denominator == 1 and (high is None or high.denominator == 1)
    is_bare_year = count.is_year and not count.fits and "w" not in rest
    is_unclear = is_bare_year or quantifier == UNCLEAR
    if not is_whole or is_unclear or max(low, high or 0) > MAX_COUNT:
        return None
    value_max = None if high is None else int(high)
    return NumberReading(quantifier, int(low), value_max, also_fits=tuple(also_fits))


def _is_age(items: NumberItems, codes: str, at: int, words: NumberWords) -> bool | None:
    """True for *Jean, 12*, *a boy, 12* and *Jean Kasera (12)*; ``None`` for *Jean (12)*."""
    number = items[at]
    is_small = number.is_digits and not number.fits and 0 < (number.low or 0) <= _OLDEST
    if not at or not is_small or not re.fullmatch(r"A?[wG-]{1,4},n,?", codes):
        return False
    said = [item.word for item in items[:at]]
    noun = words.noun_number(said, codes[:at], False)
    if noun == "many":
        return False
    if said[-1] == ",":
        return noun == "one" or codes[0] == "A" or said[0][:1].isupper()
    if said[-1] != "(" or not (noun or all(word[:1].isupper() for word in said[:-1])):
        return False
    return True if noun or at > 2 else None


def _has_ages(items: NumberItems, codes: str) -> bool:
    """True for *two brothers, 8 and 11*: as many ages as victims."""
    if re.fullmatch(r"n[w-]*,n(?:(?:,|&|,&)n)*,?", codes) is None:
        return False
    count, *ages = (item for item in items if item.code == "n")
    return count.low == len(ages) and all(
        age.is_digits and age.high is None and (age.low or 0) <= _OLDEST for age in ages
    )


def _is_alone(items: NumberItems, codes: str, at: int, words: NumberWords) -> bool:
    """False if other people are named beside those counted: *three soldiers and a medic*."""
    said = [item.word for item in items]
    if "O" in codes[:at] and words.noun_number(said[:at], codes[:at], False) == "one":
        return False  # the driver of the five soldiers
    return all(
        _adds_nobody(said, codes, at, edge.start(), words) for edge in re.finditer(r"[&,o]", codes)
    )


def _adds_nobody(said: list[str], codes: str, at: int, edge: int, words: NumberWords) -> bool:
    """True if what *and*, *or* or punctuation join to the count is part of it."""
    if edge < at:
        is_list = codes[edge] in "&o" and codes[at] != "z"
        return not is_list or words.noun_number(said[:edge], codes[:edge], False) == "many"
    rest = codes[edge + 1 :]
    if not rest or rest[0] in "&,o":
        return True
    if rest[0] in "AG" or not set(words.others).isdisjoint(said[edge + 1 :]):
        return False
    number = words.noun_number(said[edge + 1 :], rest, True)
    if codes[edge] == "," or not set(words.cuts).isdisjoint(said[at:edge]):
        return number != "one"
    is_definite = rest[0] == "D" and not re.match("O?D", codes[at + 1 :])
    return number == "many" and rest[0] != "C" and not is_definite
