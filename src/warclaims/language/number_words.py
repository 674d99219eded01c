"""What a language says how many with: tables of words, and the tokens of a phrase."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from warclaims.records.base import MAX_COUNT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

EXACT = "exact"
AT_LEAST = "at_least"
MORE_THAN = "more_than"
AT_MOST = "at_most"
LESS_THAN = "less_than"
APPROXIMATE = "approximate"
RANGE = "range"
ORDER_OF_MAGNITUDE = "order_of_magnitude"
INDEFINITE = "indefinite"
UNCLEAR = "unclear"
"""The quantifier of words that are exact or approximate; with no qualifier they are unread."""


Value = int | Fraction

Fits = tuple[str, ...]
"""The quantifier that words stand for, and others that fit them as well."""

NounNumber = Literal["one", "many"]

TokenKind = Literal["word", "number", "masked", "fraction", "sign"]


class NumberToken(NamedTuple):
    """A word, number or sign: normal form, as written, and whether no space is before it.

    A ``masked`` token is a time, a date or a name with digits, which counts nobody.
    """

    word: str
    raw: str
    kind: TokenKind
    glued: bool


class NumberItem(NamedTuple):
    """Tokens that were understood together; the codes are listed in :mod:`.numbers`.

    ``low`` is the value, ``high`` the upper end of a range or the denominator of a fraction.
    ``plain`` is the code of a qualifier that turns out to qualify nothing.
    """

    code: str
    word: str = ""
    low: Value | None = None
    high: Value | None = None
    fits: Fits = ()
    scale: int = 1
    is_year: bool = False
    is_digits: bool = False
    is_qualified: bool = False
    plain: str = ""


@dataclass(frozen=True, kw_only=True)
class NumberWords:
    """The words of a language that say how many. Phrases are written as in running text.

    ``noun_number`` gets words with their codes, and says whether they are one person or many, or
    ``None`` if it cannot be told. Its third argument is true for what follows a number and *and*.
    """

    # Numbers.
    cardinals: Mapping[str, Value]
    scales: Mapping[str, int]
    noun_number: Callable[[Sequence[str], str, bool], NounNumber | None]
    bare_scales: Mapping[str, str] = field(default_factory=dict)
    """Scales that are a number without one before, with the quantifier that they then have."""
    article_scales: Mapping[str, str] = field(default_factory=dict)
    """The quantifier of a scale after an article; *a million* is approximate unless given here."""
    singular_scales: Mapping[str, int] = field(default_factory=dict)
    """Scales that are one after a qualifier: *более тысячи*."""
    joiner: str = ""
    """The word for *and* in a number."""
    joins_above: int = 10
    """The joiner may follow a part of this size or more."""
    joins_below: int = MAX_COUNT
    """The joiner may follow a part of this size or less."""
    units_first: bool = False
    """True if *five and twenty* is 25."""
    teens: Sequence[str] = ()
    """Words that add ten to the unit before them."""
    and_a_half: Sequence[str] = ()
    suffixes: Mapping[str, int] = field(default_factory=dict)
    """Scales that are written to a number: *50k*."""
    ordinal_suffixes: Sequence[str] = ()
    age_suffixes: Sequence[str] = ()
    """Beginnings of words of age that are written to a number: *12-летний*."""
    case_suffixes: Sequence[str] = ()
    """Endings that are written to a number and change nothing: *5-ти*."""
    decimal: str = "."
    thousands: str = ","
    is_strict: bool = False
    """True if the decimal mark never parts thousands, so that *1.234 people* is unread."""

    # Other quantities.
    magnitudes: Mapping[str, int] = field(default_factory=dict)
    groups: Mapping[str, int] = field(default_factory=dict)
    """Phrases that are a number: *both*."""
    approximate_groups: Mapping[str, int] = field(default_factory=dict)
    group_nouns: Mapping[str, int] = field(default_factory=dict)
    """Nouns such as *couple* and *trio*, which an article and adjectives precede."""
    vague: Mapping[str, int] = field(default_factory=dict)
    """Quantities without a number, with their least: *several*."""
    zero: Sequence[str] = ()
    half: Sequence[str] = ()
    denominators: Mapping[str, int] = field(default_factory=dict)
    percent: Sequence[str] = ("%", "٪")
    shares: Mapping[str, Fraction] = field(default_factory=dict)
    """Phrases such as *every fifth*."""
    shares_take_genitive: bool = False
    """True if no *of* is needed after half and third."""
    one_in: Sequence[str] = ()
    """*In* of *one in five*."""
    maybe_shares: Sequence[str] = ()
    """Those of ``one_in`` that may also mean *one of the five*."""
    maybe_fractions: Sequence[str] = ()
    """Number words that are a fraction before a definite noun."""
    counts_of_people: Sequence[str] = ()
    """Number words that only count people: *двое*."""

    leading: Sequence[str] = ()
    """Words that may be before a number and do not qualify it: *death toll of 45*."""
    number_after_noun: bool = False
    """True if a number may follow its noun: *رجال ثلاثة*."""

    # Qualifiers.
    before: dict[str, Fits] = field(default_factory=dict)
    after: Mapping[str, Fits] = field(default_factory=dict)
    around: dict[str, Fits] = field(default_factory=dict)
    """Qualifiers before or after a number."""
    adjacent: Sequence[str] = ()
    """Qualifiers after a number that follow it at once: *50 plus*."""
    plain: Mapping[str, str] = field(default_factory=dict)
    """Codes of qualifiers that are something else where no number follows."""
    fillers: Sequence[str] = ()
    """What does not change a number: *a total of*, *only*."""
    between: Sequence[str] = ()
    range_from: Sequence[str] = ()
    range_to: Sequence[str] = ()
    range_or: Sequence[str] = ()
    noun_first_is_approximate: Sequence[str] = ()
    """Nouns that make a number after them approximate: *человек двадцать*."""

    # Words around a number.
    ands: Sequence[str] = ()
    of: Sequence[str] = ()
    articles: Sequence[str] = ()
    definites: Sequence[str] = ()
    cuts: Sequence[str] = ()
    """Prepositions and verbs that end a noun phrase."""
    collectives: Sequence[str] = ()
    mass_nouns: Sequence[str] = ()
    """Collective nouns whose people are counted: *six crew*."""
    plural_groups: Sequence[str] = ()
    """Nouns such as *families*: a number before them does not count people."""
    parents: Sequence[str] = ()
    """Persons after whom a number is that of their children, or their age: *a mother of two*."""
    others: Sequence[str] = ()
    """Words for further people: *12 dead, others wounded*."""

    # Numbers that count nobody.
    hyphenated: tuple[str, ...] = ()
    """Nouns that may be joined to a number that counts people: *a 12-member crew*."""
    units: Sequence[str] = ()
    modifiers: Sequence[str] = ()
    """Units that are part of the noun that follows them at once: *six helicopter crew*."""
    unit_adjectives: Sequence[str] = ()
    years: Sequence[str] = ()
    """Units that are also those of an age."""
    months: Sequence[str] = ()
    times: Sequence[str] = ()
    """Prepositions after which a number like 2020 is a year."""
    ages: Sequence[str] = ()
    age_limits: Sequence[str] = ()
    minors: Sequence[str] = ()
    """Nouns after which ``age_limits`` are about an age: *children under five*."""
    numbered: Sequence[str] = ()
    """What has a number before it as a name: *44 Brigade*."""
    numbering: Sequence[str] = ()
    """What has a number after it as a name: *Flight 752*."""
    unclear: Sequence[str] = ()
    """Words that say how many in a way that is not read: *twice*, *most*, *including*."""

    # Spelling.
    abbreviations: Sequence[str] = ()
    """Words that a full stop may follow."""
    clean: Callable[[str], str] = str
    """Takes signs out of a phrase."""
    normal: Callable[[str], str] = str
    """One spelling of a word."""
    split: Callable[[str], Sequence[str]] | None = None
    """The parts of a word, where a language writes several words as one."""

    @cached_property
    def phrases(self) -> dict[str, list[tuple[tuple[str, ...], NumberItem]]]:
        """The fixed phrases by first word, the longest first."""
        found: dict[str, list[tuple[tuple[str, ...], NumberItem]]] = {}
        for item in self._entries():
            said = tuple(token.word for token in self.tokens(item.word))
            found.setdefault(said[0], []).append((said, item))
        for entries in found.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        return found

    @cached_property
    def several(self) -> tuple[str, ...]:
        """The vague quantities of at least three."""
        return tuple(phrase for phrase, least in self.vague.items() if least > 2)

    @cached_property
    def known(self) -> frozenset[str]:
        """The words that may say something about a number."""
        return self.in_numbers.union(self.phrases, self.singular_scales)

    @cached_property
    def leads(self) -> frozenset[str]:
        """The words that may be before a number, in normal form."""
        return frozenset(map(self.normal, self.leading))

    @cached_property
    def in_numbers(self) -> frozenset[str]:
        """The words in which a number may begin."""
        return frozenset((*self.cardinals, *self.scales, *self.articles))

    @cached_property
    def all_before(self) -> dict[str, Fits]:
        """The qualifiers before a number, in normal form."""
        return {self.normal(said): fits for said, fits in (self.before | self.around).items()}

    @cached_property
    def all_after(self) -> frozenset[str]:
        """The qualifiers after a number, in normal form."""
        return frozenset(map(self.normal, (*self.after, *self.around)))

    @cached_property
    def last_of_qualifiers(self) -> frozenset[str]:
        """The words in which qualifiers before a number end."""
        return frozenset(phrase.split()[-1] for phrase in self.all_before)

    @cached_property
    def first_of_qualifiers(self) -> frozenset[str]:
        """The words in which qualifiers after a number begin."""
        return frozenset(phrase.split()[0] for phrase in self.all_after)

    @cached_property
    def longest_qualifier(self) -> int:
        """Words of the longest qualifier."""
        return max(
            (len(phrase.split()) for phrase in (*self.all_before, *self.all_after)), default=1
        )

    @cached_property
    def halves(self) -> list[list[str]]:
        """The words of each phrase for *and a half*, the longest first."""
        said = [[token.word for token in self.tokens(phrase)] for phrase in self.and_a_half]
        return sorted(said, key=len, reverse=True)

    @cached_property
    def starts_of_halves(self) -> frozenset[str]:
        """The first words of the phrases for *and a half*."""
        return frozenset(said[0] for said in self.halves)

    @cached_property
    def inside_numbers(self) -> frozenset[str]:
        """The words that may go on with a number."""
        words = (*self.scales, *self.suffixes, *self.starts_of_halves, *self.cardinals)
        return frozenset((*words, *self.teens, self.joiner, "-"))

    def _entries(self) -> list[NumberItem]:
        """The fixed phrases; of two for the same words the first one is found."""
        plain, values, codes = self.plain, self._values(), self._codes()
        qualifiers = {"c": self.around, "b": self.before, "a": self.after}
        return [
            *(NumberItem("T", phrase) for phrase in self.range_to),
            *(
                NumberItem(code, phrase, fits=fits, plain=plain.get(phrase, ""))
                for code, table in qualifiers.items()
                for phrase, fits in table.items()
            ),
            *(
                NumberItem(code, phrase, value, fits=fits)
                for code, table, fits in values
                for phrase, value in table.items()
            ),
            *(
                NumberItem("f", phrase, share.numerator, share.denominator)
                for phrase, share in self.shares.items()
            ),
            *(NumberItem(code, phrase) for code, table in codes for phrase in table),
        ]

    def _values(self) -> tuple[tuple[str, Mapping[str, int], Fits], ...]:
        return (
            ("k", self.denominators, ()),
            ("v", self.vague, ()),
            ("m", self.magnitudes, ()),
            ("C", self.group_nouns, ()),
            ("n", self.groups, (EXACT, APPROXIMATE)),
            ("n", self.approximate_groups, (APPROXIMATE, EXACT)),
        )

    def _codes(self) -> tuple[tuple[str, Sequence[str]], ...]:
        return (
            ("z", self.zero),
            ("h", self.half),
            ("p", self.percent),
            ("e", self.fillers),
            ("F", self.range_from),
            ("o", self.range_or),
            ("&", self.ands),
            ("A", self.articles),
            ("D", self.definites),
            ("i", self.one_in),
            ("O", self.of),
            ("C", self.collectives),
            ("U", self.years),
            ("u", self.units),
            ("j", self.unit_adjectives),
            ("M", self.months),
            ("Y", self.times),
            ("g", self.ages),
            ("q", self.numbered),
            ("Q", self.numbering),
            ("t", self.between),
            ("?", (*self.unclear, *self.plural_groups)),
        )

    def tokens(self, phrase: str) -> list[NumberToken]:
        """The tokens of a folded phrase."""
        found: list[NumberToken] = []
        end = 0
        normal, split = self.normal, self.split
        for match in _TOKEN.finditer(self.clean(phrase)):
            raw = match[0]
            glued = match.start() == end and end > 0
            end = match.end()
            kind: TokenKind = match.lastgroup  # type: ignore[assignment]
            if raw == "." and found and found[-1].word in self.abbreviations:
                continue
            if split is None or kind != "word":
                found.append(NumberToken(normal(raw.lower()), raw, kind, glued))
                continue
            for part in split(raw.lower()):
                found.append(NumberToken(normal(part), part, kind, glued))
                glued = True
        return found


_TOKEN = re.compile(
    r"""
    (?P<masked> [0-9]{1,2}:[0-9]{2}(?![0-9])            # a time
      | [0-9]{1,4}([./-])[0-9]{1,2}\2[0-9]{2,4}(?![0-9])  # a date
      | [A-ZА-Я][A-Za-zА-Яа-я]{0,9}-?[0-9][0-9A-Za-zА-Яа-я]*(?![,.]?[0-9])  # T-72, Covid-19
      | (?:mid|pre|post)-[0-9]{4}(?![0-9]) )
    | (?P<fraction> [0-9]{1,3}/[0-9]{1,3}(?![0-9/]) | [¼-¾⅐-⅞] )
    | (?P<number> [0-9]{1,3}(?:[ '][0-9]{3})+(?![0-9]) | [0-9]+(?:[.,][0-9]+)* )
    | (?P<word> [^\W\d_]+(?:'[^\W\d_]+)* )
    | (?P<sign> [^\s] )
    """,
    re.VERBOSE,
)
