"""Find phrases that may count victims: a number with its noun, one person, or people in general."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from warclaims.language import NumberReading, read_number, table_of
from warclaims.language.number_words import EXACT, INDEFINITE
from warclaims.validation.counted import counts_people

if TYPE_CHECKING:
    from warclaims.language.coverage_words import CoverageWords
    from warclaims.language.number_words import NumberWords
    from warclaims.language.suggestion_words import SuggestionWords
    from warclaims.systems.rules.tokens import WordToken

_MARKS = frozenset('“”"«»')
_NOUNS = 6
"""The most words after a number among which its noun is looked for."""
_LONGEST_QUALIFIER = 5


_AGE = re.compile(r"[0-9]{1,3}-[^\W\d_].*")
"""A word that gives an age: *70-year-old*."""

_ONE = NumberReading(EXACT, 1)
_SOME = NumberReading(INDEFINITE, None, minimum=2)


class VictimPhrase(NamedTuple):
    """A phrase by the numbers of its first and last token, what it counts, and its noun."""

    first: int
    last: int
    reading: NumberReading
    head: str
    is_plain: bool = False
    """True if it has neither a number nor an article."""
    of_them: bool = False
    """True for *two of them*: it counts part of people named before."""
    reach: int = 0
    """The last token of what follows a name: *Omar, 9,*."""
    is_name: bool = False

    @property
    def end(self) -> int:
        """The last token of the phrase with what belongs to it."""
        return max(self.last, self.reach)


class LanguageTables(NamedTuple):
    """The tables of one language."""

    language: str
    numbers: NumberWords
    coverage: CoverageWords
    words: SuggestionWords


@lru_cache(maxsize=16)
def tables_of(language: str) -> LanguageTables | None:
    """The tables of a language by its shortest code; ``None`` if it lacks one."""
    names = ("NUMBERS", "COVERAGE", "SUGGESTIONS")
    found = [table_of(language, name) for name in names]
    return None if None in found else LanguageTables(language, *found)


@lru_cache(maxsize=16)
def _number_words(language: str) -> frozenset[str]:
    tables = tables_of(language)
    if tables is None:
        return frozenset()
    numbers = tables.numbers
    said = (
        *tables.coverage.numbers,
        *numbers.cardinals,
        *numbers.scales,
        *numbers.magnitudes,
        *numbers.vague,
        *numbers.zero,
        *numbers.half,
        *numbers.denominators,
        *numbers.teens,
        *numbers.groups,
        *numbers.group_nouns,
    )
    return frozenset(word.lower() for word in said if " " not in word)


def begins_with_number(text: str, start: int, end: int, tables: LanguageTables) -> bool:
    """True if a number is among the first words of ``text[start:end]``: *Nearly 5,000 …*."""
    words = text[start : min(end, start + 30)].lower().split()[:3]
    return any(word[0].isdigit() or word in _number_words(tables.language) for word in words)


@lru_cache(maxsize=1 << 14)
def _is_plural(word: str, language: str) -> bool:
    tables = tables_of(language)
    return tables is not None and tables.numbers.noun_number([word], "w", True) == "many"


class VictimPhraseFinder:
    """Finds the phrases of one sentence; ``harms`` are the numbers of tokens of harm in it."""

    def __init__(
        self, text: str, tokens: list[WordToken], tables: LanguageTables, harms: frozenset[int]
    ) -> None:
        self._text = text
        self._tokens = tokens
        self._tables = tables
        self._words = tables.words
        self._harms = harms
        self._numbers = _number_words(tables.language)

    def phrases(self) -> list[VictimPhrase]:
        """The phrases in text order; none overlaps another one."""
        found: list[VictimPhrase] = []
        at = 0
        while at < len(self._tokens):
            low = found[-1].last + 1 if found else 0
            phrase = self._phrase_at(at, low)
            if phrase is not None:
                found.append(phrase)
                at = max(at, phrase.last)
            at += 1
        return found

    def _phrase_at(self, at: int, low: int) -> VictimPhrase | None:
        """The phrase whose number, article or noun is the token ``at``."""
        token = self._tokens[at]
        if self._is_number(at):
            return self._counted(at, low)
        if token.word in self._tables.numbers.articles and (found := self._single(at)):
            return found
        if token.word in self._words.some_first and (found := self._some(at)):
            return found
        if token.word in self._words.determiners or token.word in self._words.possessives:
            return self._definite(at)
        if token.word in self._words.all_people and at not in self._harms:
            is_title = token.raw[0].isupper() and self._is_name(at + 1)
            return self._named(at) if is_title else self._plain(at)
        return self._named(at) if token.raw[0].isupper() else None

    def _some(self, at: int) -> VictimPhrase | None:
        """*Others*, *the rest*."""
        if self._is_in_qualifier(at):
            return None
        for last in (at + 2, at + 1, at):
            following = self._word(last + 1)
            goes_on = following[:1].isalnum() and following not in self._words.stops
            is_free = not goes_on or last + 1 in self._harms
            said = self._said(at, last + 1)
            if is_free and said in self._words.some:
                return VictimPhrase(at, last, _SOME, "", is_plain=True)
            is_subject = last + 1 in self._harms or following in self._tables.coverage.auxiliaries
            if is_subject and said in self._words.singles:
                return VictimPhrase(at, last, _ONE, "", is_plain=True)
        return None

    def _definite(self, at: int) -> VictimPhrase | None:
        """*The driver of the bus*, *his wife*."""
        head = self._head(at, at + 4)
        if not head or any(self._is_number(inside) for inside in range(at, head)):
            return None
        reading = self._of_one(at, head)
        if reading is None or reading.value not in (None, 1):
            return None
        last = self._with_genitive(self._with_conjunct(head))
        reach = self._aside(last)
        return VictimPhrase(at, last, reading, self._raw(head), is_plain=True, reach=reach)

    def _named(self, at: int) -> VictimPhrase | None:
        """*General Ana Ruiz*, *Omar, 9,*; not a place, such as one after *from*."""
        coverage = self._tables.coverage
        before = self._word(at - 1)
        if not coverage.prepositions or before in coverage.prepositions or before in coverage.of:
            return None
        last = at
        while self._is_name(last) and last - at < _NOUNS:
            last += 1
        last -= 1
        following = self._word(last + 1)
        is_noun = following[:1].isalpha() and following not in self._words.stops
        is_harm = last + 1 in self._harms or following in self._tables.coverage.auxiliaries
        age = self._tokens[last + 1 : last + 4]
        has_age = len(age) == 3 and [age[0].raw, age[2].raw] == [",", ","] and age[1].raw.isdigit()
        is_unsure = at == last == 0 and not (is_harm or has_age)
        if last < at or (is_noun and not is_harm) or is_unsure:
            return None
        reach = last + 3 if has_age else self._aside(last)
        return VictimPhrase(at, last, _ONE, "", is_plain=True, reach=reach, is_name=True)

    def _is_name(self, at: int) -> bool:
        if at >= len(self._tokens) or at in self._harms:
            return False
        token = self._tokens[at]
        is_other = token.word in self._words.source_stops or token.word in self._words.stops
        is_other = is_other or token.raw in self._tables.coverage.months
        return token.raw[0].isupper() and not is_other

    def _is_number(self, at: int) -> bool:
        token = self._tokens[at]
        if token.word[0].isdigit():
            return not _AGE.fullmatch(token.word)
        return token.word in self._numbers and not self._is_in_qualifier(at)

    def _is_in_qualifier(self, at: int) -> bool:
        """True for *many* in *as many as*."""
        return self._said(max(0, at - 1), at + 2) in self._tables.numbers.all_before

    def _word(self, at: int) -> str:
        return self._tokens[at].word if 0 <= at < len(self._tokens) else ""

    def _raw(self, at: int) -> str:
        return self._tokens[at].raw

    def _counted(self, at: int, low: int) -> VictimPhrase | None:
        """A phrase with a number."""
        end = self._number_end(at)
        start, stop = self._tokens[at].start, self._tokens[end].end
        last, head, of_them = self._noun(end)
        is_counted = of_them or self._is_share(at, end)
        if not (is_counted or counts_people(self._text, start, stop, self._tables.coverage)):
            return None
        if not head and (self._is_nothing(at) or self._is_age(at, end)):
            return None
        first = self._first(at, low)
        if self._is_predicate(first, end, last):
            last = end
        return self._read(first, at, self._closed(first, last), head, of_them)

    def _is_share(self, at: int, end: int) -> bool:
        """True for *half*, *two thirds*, *one in five*."""
        numbers = self._tables.numbers
        said = {self._word(inside) for inside in range(at, end + 1)}
        return not said.isdisjoint({*numbers.half, *numbers.denominators, *numbers.one_in})

    def _is_nothing(self, at: int) -> bool:
        """True for *no* without a noun."""
        return self._word(at) in self._tables.coverage.no

    def _is_age(self, at: int, end: int) -> bool:
        """True for *Ana Ruiz, 12.*"""
        before = self._tokens[max(0, at - 2) : at]
        is_named = len(before) == 2 and before[1].raw == "," and before[0].raw[0].isupper()
        return is_named and not self._word(end + 1).isalnum()

    def _is_predicate(self, first: int, end: int, last: int) -> bool:
        """True for *… were killed and* [eighty] *injured*."""
        is_joined = self._word(first - 1) in (",", *self._tables.numbers.ands)
        is_one = last == end + 1 and self._word(last) in self._words.active
        return is_joined and is_one and first - 2 in self._harms

    def _closed(self, first: int, last: int) -> int:
        """The end of a phrase with the mark that closes a quotation in it."""
        marks = sum(token.raw in _MARKS for token in self._tokens[first : last + 1])
        return last + 1 if marks % 2 and self._word(last + 1) in _MARKS else last

    def _read(
        self, first: int, at: int, last: int, head: str, of_them: bool
    ) -> VictimPhrase | None:
        """The phrase from ``first``, or from ``at`` if the words before it leave it unread."""
        lasts = [at_ for at_ in range(at, last) if of_them and self._word(at_) in self._words.them]
        for begin, end in [(first, last), (at, last), *((first, shorter) for shorter in lasts)]:
            words = self._text[self._tokens[begin].start : self._tokens[end].end]
            plain = "".join(char for char in words if char not in _MARKS)
            reading = read_number(plain, self._tables.language)
            if reading is not None:
                return VictimPhrase(begin, end, reading, head, of_them=of_them)
        return None

    def _number_end(self, at: int) -> int:
        """The last token of the number that begins at ``at``: *two or three*, *2.3 million*."""
        end = at
        numbers = self._tables.numbers
        joins = {*numbers.range_to, *numbers.range_or, "-", "–", numbers.joiner, *numbers.ands}
        while True:
            after, second = self._word(end + 1), self._word(end + 2)
            if not after:
                return end
            if after in self._numbers or after in numbers.scales:
                end += 1
            elif second and self._is_number(end + 2) and self._joins(at, end, after, joins):
                end += 2
            else:
                return end

    def _joins(self, at: int, end: int, word: str, joins: set[str]) -> bool:
        """True if ``word`` joins two numbers to one."""
        numbers = self._tables.numbers
        if word in numbers.one_in:
            return at == end
        if word in numbers.of or word in numbers.definites:
            return self._word(end) in numbers.magnitudes
        if word in numbers.ands or word == numbers.joiner:
            is_range = self._word(at - 1) in numbers.between
            return is_range or self._word(end) in numbers.scales
        return word in joins

    def _noun(self, end: int) -> tuple[int, str, bool]:
        """The last token of the phrase whose number ends at ``end``, its noun, and *of them*."""
        words = self._words
        if self._word(end + 1) in self._tables.numbers.of:
            return self._part(end + 1)
        if self._word(end + 1) in self._tables.coverage.additional:
            end += 1
        if self._word(end + 1) in words.harm_of_number:
            last = self._head(end + 1, end + 4) or end + 1
            return last, self._raw(last), False
        head = self._head(end, end + _NOUNS)
        if head:
            last = self._with_conjunct(head)
            return self._with_genitive(last), self._raw(head), False
        return end, "", False

    def _part(self, of: int) -> tuple[int, str, bool]:
        """As :meth:`_noun` for *two of them girls*, *two of the dead*, *dozens of people*."""
        words = self._words
        if self._word(of + 1) in words.them:
            who = of + 2 + (self._word(of + 2) in self._tables.numbers.articles)
            if self._word(who) in words.all_people:
                last = self._with_conjunct(self._last_of_compound(who))
                return last, self._raw(last), True
            return of + 1, self._raw(of + 1), True
        if head := self._head(of, of + _NOUNS):
            return self._with_conjunct(head), self._raw(head), False
        last = of + 1 + (self._word(of + 1) in words.determiners)
        if self._word(last) in words.harm_of_number:
            return last, self._raw(last), True
        return of - 1, "", False

    def _head(self, before: int, limit: int) -> int:
        """The noun for people after a token; 0 if there is none."""
        words = self._words
        for at in range(before + 1, min(limit + 1, len(self._tokens))):
            token = self._tokens[at]
            if token.word in words.all_people:
                return self._last_of_compound(at)
            if at in self._harms and token.word not in words.harm_of_number:
                return 0
            if token.word in words.stops or not (token.raw[0].isalnum() or token.raw in _MARKS):
                return 0
            if at > before + 1 and token.word in self._tables.numbers.definites:
                return 0
            if token.word not in words.harm_of_number and self._is_noun_here(at, before):
                return at
        return 0

    def _is_noun_here(self, at: int, before: int) -> bool:
        """True for another plural, or a name right after the number: *five Oskani*."""
        token, following = self._tokens[at], self._word(at + 1)
        if following in self._words.all_people:
            return False
        if token.raw[0].isupper():
            is_last = following in self._words.stops or not following[:1].isalnum()
            return is_last and at == before + 1
        return _is_plural(token.raw, self._tables.language)

    def _last_of_compound(self, at: int) -> int:
        """The last noun of *police officers*, *a child soldier*."""
        while self._word(at + 1) in self._words.all_people and at + 1 not in self._harms:
            at += 1
        return at

    def _with_conjunct(self, head: int) -> int:
        """The end of *women and children* if ``head`` is its first noun."""
        and_, second = self._word(head + 1), self._word(head + 2)
        is_joined = and_ in self._tables.numbers.ands and second in self._words.all_people
        return head + 2 if is_joined else head

    def _with_genitive(self, last: int) -> int:
        """The end of *members of the security forces* if ``last`` is its first noun."""
        numbers, words = self._tables.numbers, self._words
        if words.adjectives_follow:
            last = self._with_adjectives(last)
        if self._word(last + 1) not in numbers.of:
            return last
        end = last
        for at in range(last + 2, min(last + 2 + _NOUNS, len(self._tokens))):
            token = self._tokens[at]
            is_word = token.raw[0].isalnum() and token.word not in words.stops
            if at in self._harms or not (is_word or token.word in words.determiners):
                break
            if token.word not in words.determiners:
                end = at
        return end

    def _with_adjectives(self, last: int) -> int:
        """The end of *soldados armenios* if ``last`` is the noun."""
        for at in (last + 1, last + 2):
            word = self._word(at)
            is_known = word in self._words.stops or word in self._tables.numbers.of
            is_known = is_known or word in self._words.linking
            if not word[:1].isalpha() or is_known or at in self._harms or self._is_number(at):
                return at - 1
        return last + 2

    def _first(self, at: int, low: int) -> int:
        """The first token of the phrase whose number begins at ``at``: qualifiers, determiners."""
        numbers = self._tables.numbers
        first = at
        while first > low:
            longer = next(
                (
                    begin
                    for begin in range(max(low, first - _LONGEST_QUALIFIER), first)
                    if self._said(begin, first) in numbers.all_before
                    or self._said(begin, first) in numbers.fillers
                    or self._said(begin, first) in numbers.between
                ),
                None,
            )
            if longer is None and self._word(first - 1) in self._words.determiners:
                longer = first - 1
            if longer is None:
                return first
            first = longer
        return first

    def _said(self, first: int, end: int) -> str:
        said = " ".join(token.word for token in self._tokens[first:end])
        return self._tables.numbers.normal(said)

    def _single(self, at: int) -> VictimPhrase | None:
        """*A child*, *an Oskan soldier*, *a third man*, *a married couple*."""
        is_ordinal = self._word(at + 1) in self._tables.numbers.denominators
        head = self._head(at + is_ordinal, at + 4)
        if is_ordinal and (not head or self._word(at + 2) in self._tables.numbers.of):
            return self._counted(at, at)
        head = head or self._harmed_noun(at)
        if not head:
            return None
        reading = _ONE if is_ordinal else self._of_one(at, head)
        if reading is None or reading.value not in (1, 2):
            return None
        last = self._with_genitive(head)
        return VictimPhrase(at, last, reading, self._raw(head), reach=self._aside(last))

    def _of_one(self, at: int, head: int) -> NumberReading | None:
        """What a phrase without a number says; one person if only its noun is unknown."""
        words = self._text[self._tokens[at].start : self._tokens[head].end]
        reading = read_number(words, self._tables.language)
        if reading is None and not _is_plural(self._raw(head), self._tables.language):
            return _ONE
        return reading

    def _harmed_noun(self, article: int) -> int:
        """The noun after an article if harm is said of it right there: *a welder was killed*."""
        for head in (article + 1, article + 2):
            word = self._word(head)
            if not word.isalpha() or word in self._words.stops or head in self._harms:
                return 0
            at = head + 1 + (self._word(head + 1) in self._tables.coverage.passive)
            if at in self._harms and self._word(at) not in self._words.further_phrases:
                return head
        return 0

    def _aside(self, last: int) -> int:
        """The comma after *, aged six,* or *, Jon Reyes,* behind a phrase; 0 if there is none."""
        if self._word(last + 1) != ",":
            return 0
        for at in range(last + 2, min(last + 2 + _NOUNS, len(self._tokens))):
            token = self._tokens[at]
            if token.raw == "," and at > last + 2:
                return at
            is_age = token.word in self._tables.numbers.ages or self._is_number(at)
            is_noun = self._word(last + 2) in self._tables.numbers.articles
            if not (is_age or is_noun or token.raw[0].isupper()):
                return 0
        return 0

    def _plain(self, at: int) -> VictimPhrase | None:
        """*Civilians*, *government soldiers*."""
        head = self._last_of_compound(at)
        last = self._with_conjunct(head)
        first = at - bool(at and _AGE.fullmatch(self._word(at - 1)))
        words = self._text[self._tokens[first].start : self._tokens[last].end]
        reading = read_number(words, self._tables.language)
        wanted = (None,) if self._tables.numbers.articles else (None, 1)
        if reading is None or reading.value not in wanted or self._word(at - 1) == "'":
            return None
        return VictimPhrase(first, last, reading, self._raw(head), is_plain=True)
