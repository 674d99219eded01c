"""Decide which phrases of a sentence count victims, and which word states their harm."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from warclaims.folding import fold
from warclaims.records.vocabulary import Outcome

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from warclaims.systems.rules.tokens import WordToken
    from warclaims.systems.rules.victim_phrases import LanguageTables, VictimPhrase

_FAR = 22
"""The most tokens between victims and a word of harm that is said of them."""

_NEAR = 9
"""The most tokens between victims and a word of harm that need not be said of them."""

_BETWEEN = 7
"""The most tokens between a noun of harm and its number."""

_RISING = 16
"""The most tokens between them if a verb says that the number rose or fell."""

_AFTER_RISING = 4
"""The most tokens between such a verb and the number."""

_OF_PERSONS = (Outcome.KILLED, Outcome.INJURED, Outcome.ABDUCTED)
"""Outcomes that a name alone may have; towns are captured and freed, too."""

_APART = frozenset((",", "-", "–", "—", ":", "(", "،"))

_PAUSES = frozenset(',-–—()"“”«»،')


class WordOfHarm(NamedTuple):
    """A word of harm by the numbers of its first and last token."""

    first: int
    last: int
    words: str


class HarmedVictims(NamedTuple):
    """Victims, the word that states their harm, and the phrase that they are part of.

    ``toll`` is the noun of harm if the number is away from it: *the death toll rose to 22*.
    """

    phrase: VictimPhrase
    harm: WordOfHarm
    whole: VictimPhrase | None = None
    toll: WordOfHarm | None = None
    is_either: bool = False
    """True for *killed or wounded* with one number."""


class HarmFinder:
    """Finds the harm of each phrase of one sentence."""

    def __init__(
        self,
        tokens: list[WordToken],
        harms: list[WordOfHarm],
        speech: frozenset[int],
        tables: LanguageTables,
    ) -> None:
        self._tokens = tokens
        self._harms = harms
        self._starts = [harm.first for harm in harms]
        self._at = {at: harm for harm in harms for at in range(harm.first, harm.last + 1)}
        self._speech = speech
        self._words = tables.words
        self._coverage = tables.coverage
        self._auxiliaries = frozenset(tables.coverage.auxiliaries)
        self._ors = {*tables.numbers.range_or, *tables.numbers.ands}
        self._phrases: list[VictimPhrase] = []
        self._phrase_at: dict[int, VictimPhrase] = {}

    def harmed(self, phrases: list[VictimPhrase]) -> list[HarmedVictims]:
        """The phrases that count victims, in text order."""
        self._phrases = phrases
        self._phrase_at = {
            at: phrase for phrase in phrases for at in range(phrase.first, phrase.last + 1)
        }
        found: dict[int, HarmedVictims] = {}
        for number, phrase in enumerate(phrases):
            if phrase.last + 1 in self._speech:
                continue  # a source
            if (direct := self._direct(phrase)) is not None:
                found[number] = direct
        for number, one in found.items():
            found[number] = one._replace(is_either=self._is_either(one.harm))
        self._pass_on(found, range(len(phrases) - 2, -1, -1), step=1)
        for number, phrase in enumerate(phrases):
            if number not in found and (far := self._far_after(phrase)) is not None:
                found[number] = HarmedVictims(phrase, far)
        self._pass_on(found, range(len(phrases) - 2, -1, -1), step=1)
        self._pass_on(found, range(1, len(phrases)), step=-1)
        for number, phrase in enumerate(phrases):
            if number not in found and (near := self._near(phrase)) is not None:
                found[number] = HarmedVictims(phrase, near)
        self._mark_parts(found)
        return [found[number] for number in sorted(found)]

    def _word(self, at: int) -> str:
        return self._tokens[at].word if 0 <= at < len(self._tokens) else ""

    def _direct(self, phrase: VictimPhrase) -> HarmedVictims | None:
        """The harm right after, right before, or in a phrase."""
        before = self._right_before(phrase)
        after = self._right_after(phrase)
        if after is not None and (before is None or not self._words.verb_first):
            return HarmedVictims(phrase, after)
        if before is not None:
            is_toll = before.last < phrase.first - 1 and self._is_noun(before) and not phrase.head
            return HarmedVictims(phrase, before, toll=before if is_toll else None)
        if (toll := self._toll(phrase)) is not None:
            return toll
        inside = [self._at[at] for at in range(phrase.first, phrase.last + 1) if at in self._at]
        return HarmedVictims(phrase, inside[-1]) if inside else None

    def _is_either(self, harm: WordOfHarm) -> bool:
        """True if another word of harm is joined to this one: *killed or wounded*."""
        for and_, other in (
            (harm.last + 1, self._at.get(harm.last + 2)),
            (harm.first - 1, self._at.get(harm.first - 2)),
        ):
            if other is None or self._word(and_) not in self._ors or self._has_object(other):
                continue
            if {self._outcome(harm), self._outcome(other)} == {Outcome.KILLED, Outcome.INJURED}:
                return (
                    not self._is_noun(other) and self._word(and_ + 1) not in self._coverage.passive
                )
        return False

    def _right_after(self, phrase: VictimPhrase) -> WordOfHarm | None:
        """*Two men were killed*, *two men who later died*; not *two men killed a guard*."""
        if phrase.is_plain and self._word(phrase.first - 1) in self._coverage.of:
            return None  # a coach of pilgrims was hit
        at = phrase.end + 1
        passive = False
        while at not in self._at and (
            self._word(at) in self._words.before_harm
            or self._word(at) in self._auxiliaries
            or self._word(at).endswith("ly")
        ):
            passive |= self._word(at) in self._coverage.passive
            at += 1
        harm = self._at.get(at)
        if harm is None or harm.first != at or self._is_noun(harm):
            return None
        if phrase.is_name and self._outcome(harm) not in _OF_PERSONS:
            return None
        if self._has_object(harm) and not passive and harm.words in self._words.active:
            return None
        if phrase.is_plain and not passive and harm.words in self._words.active:
            return None
        return harm

    def _outcome(self, harm: WordOfHarm) -> str:
        return self._words.outcome_of.get(harm.words, Outcome.KILLED.value)

    def _is_noun(self, harm: WordOfHarm) -> bool:
        return harm.words in self._words.harm_nouns and harm.words not in {
            *self._words.active,
            *self._words.harm_of_number,
        }

    def _has_object(self, harm: WordOfHarm) -> bool:
        at = harm.last + 1
        while self._word(at).endswith("ly"):
            at += 1
        return at in self._phrase_at or self._word(at) in self._words.determiners

    def _right_before(self, phrase: VictimPhrase) -> WordOfHarm | None:
        """*Killing two men*, *the deaths of two men*."""
        at = phrase.first - 1
        is_of = self._word(at) in self._coverage.of
        at -= is_of or self._word(at) in self._words.object_marks
        harm = self._at.get(at)
        if harm is None or at in self._phrase_at:
            return None
        if phrase.is_name and (
            phrase.first == phrase.last or self._outcome(harm) not in _OF_PERSONS
        ):
            return None
        if is_of:
            is_noun = harm.words in self._words.harm_nouns or harm.words in self._words.active
            return harm if is_noun else None
        is_passive = self._word(harm.first - 1) in self._coverage.passive
        if self._words.follows_verb:
            return harm
        return harm if harm.words in self._words.active and not is_passive else None

    def _toll(self, phrase: VictimPhrase) -> HarmedVictims | None:
        """*The death toll rose to 22*, *put deaths at 90*, *among the dead were two*."""
        harm = self._noun_before(phrase)
        if harm is None:
            return None
        gap = [self._word(at) for at in range(harm.last + 1, phrase.first)]
        is_near = len(gap) <= _BETWEEN and set(gap) <= set(self._words.between)
        is_toll = (is_near or self._rises(gap)) and (bool(gap) or not phrase.head)
        if not is_toll or phrase.is_name or harm.last in self._phrase_at:
            return None
        return HarmedVictims(phrase, harm, toll=None if phrase.head else harm)

    def _noun_before(self, phrase: VictimPhrase) -> WordOfHarm | None:
        """The nearest noun of harm before a phrase, whatever other harm is between."""
        for harm in reversed(self._harms[: bisect_left(self._starts, phrase.first)]):
            if phrase.first - harm.last > _RISING:
                return None
            if harm.words in self._words.harm_nouns:
                return harm
        return None

    def _rises(self, gap: list[str]) -> bool:
        """True for *from Saturday's attack climbed on Monday to*."""
        verbs = [at for at, word in enumerate(gap) if word in self._words.rising]
        if not verbs or any(word in self._coverage.new_clause or word == ";" for word in gap):
            return False
        after = gap[verbs[-1] + 1 :]
        return set(after[-1:]) <= set(self._words.between) and len(after) <= _AFTER_RISING

    def _far_after(self, phrase: VictimPhrase) -> WordOfHarm | None:
        """The next word of harm if it may be said of ``phrase``: *men from Dorn … were killed*."""
        is_known = not phrase.head[:1].islower() or phrase.head.lower() in self._words.all_people
        following = self._word(phrase.last + 1)
        if (
            phrase.is_plain
            or not is_known
            or (following.isalnum() and following not in self._words.stops)
        ):
            return None
        for at in range(phrase.last + 1, min(phrase.last + _FAR, len(self._tokens))):
            word = self._word(at)
            harm = self._at.get(at)
            if harm is not None and at not in self._phrase_at and not self._is_noun(harm):
                is_passive = self._word(harm.first - 1) in self._coverage.auxiliaries
                is_object = harm.words in self._words.active and not is_passive
                return None if is_object else harm
            if at in self._speech or word in (";", ":") or word in self._coverage.new_clause:
                return None
        return None

    def _near(self, phrase: VictimPhrase) -> WordOfHarm | None:
        """The word of harm within a few words of a number of people, in its clause."""
        is_one = phrase.reading.value == 1  # more often a source or somebody who acts
        if phrase.is_plain or is_one or not phrase.head or phrase.end + 1 in self._speech:
            return None
        following = range(phrase.end + 1, min(phrase.end + _NEAR, len(self._tokens)))
        preceding = range(phrase.first - 1, max(-1, phrase.first - _NEAR), -1)
        for places in (following, preceding):
            for at in places:
                if at in self._speech or self._word(at) in (";", ":", *self._coverage.new_clause):
                    break
                if at in self._at and at not in self._phrase_at:
                    return self._at[at]
        return None

    def _gap(self, first: VictimPhrase, second: VictimPhrase) -> str:
        """The folded words between two phrases."""
        said = (self._tokens[at] for at in range(first.last + 1, second.first))
        return " ".join(token.word for token in said if token.raw not in _PAUSES)

    def _pass_on(self, found: dict[int, HarmedVictims], order: range, step: int) -> None:
        """Give phrases without a word of harm that of the phrase to which they are joined."""
        joins = {"", *self._words.ands, *self._words.including}
        for number in order:
            other = number + step
            if number in found or other not in found:
                continue
            if self._phrases[number].last + 1 in self._speech:
                continue
            left, right = sorted((number, other))
            gap = self._gap(self._phrases[left], self._phrases[right])
            is_object = found[other].harm.first < self._phrases[other].first and step < 0
            is_listed = gap in self._words.ands or (is_object and not gap)  # …, his wife and …
            if self._phrases[number].is_plain and not is_listed:
                continue
            is_joined = gap in joins or any(
                gap == f"{and_} {more}"
                for and_ in self._words.ands
                for more in self._words.including
            )
            if is_joined or (step < 0 and self._is_list_after(number, other, found)):
                found[number] = HarmedVictims(self._phrases[number], found[other].harm)

    def _is_list_after(self, number: int, other: int, found: dict[int, HarmedVictims]) -> bool:
        """*Nine people died in the attack, six soldiers …*; *… died, two of them children*."""
        phrase, before = self._phrases[number], self._phrases[other]
        if phrase.of_them:
            return True
        gap = range(before.last + 1, phrase.first)
        is_apart = self._word(phrase.first - 1) in _APART or self._is_part(before, phrase)
        said = any(at in self._speech for at in gap)
        return (
            is_apart and not said and not phrase.is_plain and found[other].harm.first > before.last
        )

    def _is_part(self, before: VictimPhrase, phrase: VictimPhrase) -> bool:
        """True if *including* or the like is right before a phrase."""
        gap = f" {self._gap(before, phrase)}"
        return any(gap.endswith(f" {said}") for said in self._words.including)

    def _mark_parts(self, found: dict[int, HarmedVictims]) -> None:
        """Enter the whole of each part: after *including*, of *two of them*, of lists."""
        whole: VictimPhrase | None = None
        for number in sorted(found):
            one = found[number]
            before = self._phrases[number - 1] if number else None
            if before is None or number - 1 not in found:
                whole = None
                continue
            gap = self._gap(before, one.phrase)
            if one.phrase.of_them or self._is_part(before, one.phrase):
                whole = found[number - 1].whole or before
                if one.phrase.of_them and found[number - 1].whole is None:
                    whole = before
            elif not (whole is not None and gap in {"", *self._words.ands}):
                whole = None
            if whole is not None:
                found[number] = one._replace(whole=whole)


def words_of_harm(
    tokens: list[WordToken],
    ranges: list[tuple[int, int]],
    no_harm: Collection[str],
    further: Mapping[str, list[tuple[str, ...]]],
) -> list[WordOfHarm]:
    """The words of harm at ``ranges`` of the text in the tokens of their sentence.

    Words that begin with one of ``no_harm`` state none by themselves: *of them*. ``further`` are
    phrases of harm by their first word.
    """
    found: list[WordOfHarm] = []
    starts = [token.start for token in tokens]
    for start, stop in ranges:
        at = bisect_left(starts, start)
        if at < len(tokens) and tokens[at].start == start and tokens[at].word not in no_harm:
            last = max(bisect_left(starts, stop) - 1, at)
            words = " ".join(token.word for token in tokens[at : last + 1])
            found.append(WordOfHarm(at, last, fold(words)))
    taken = {at for one in found for at in range(one.first, one.last + 1)}
    for at, token in enumerate(tokens):
        for phrase in further.get(token.word, ()):
            last = at + len(phrase) - 1
            said = tuple(one.word for one in tokens[at : last + 1])
            if said == phrase and taken.isdisjoint(range(at, last + 1)):
                found.append(WordOfHarm(at, last, " ".join(phrase)))
                break
    return sorted(found)
