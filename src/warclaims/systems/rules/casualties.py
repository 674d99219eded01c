"""Casualties in a text, from its number phrases and words of harm."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from warclaims.records.vocabulary import Outcome, Quantifier, SegmentKind, VictimCertainty
from warclaims.systems.rules.harm import HarmFinder, words_of_harm
from warclaims.systems.rules.victim_phrases import VictimPhraseFinder, begins_with_number, tables_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.language import NumberReading
    from warclaims.systems.rules.harm import HarmedVictims, WordOfHarm
    from warclaims.systems.rules.reading import Range, ReadSentence, ReadText
    from warclaims.systems.rules.tokens import WordToken
    from warclaims.systems.rules.victim_phrases import LanguageTables, VictimPhrase


_HEADLINES = (SegmentKind.TITLE, SegmentKind.HEADING)
"""Segments in which only numbers are casualties, and repeat those in the text."""


_RECENT = 2
"""The most sentences between a count and a number alone that counts the same."""

_FIGHTING = ("military", "fighter", "combatant", "peacekeeper")
_NOT_FIGHTING = ("civilian", "medic", "aid_worker", "journalist", "official")


class FoundCasualty(NamedTuple):
    """A casualty by ranges of the folded text; ``whole`` is the row of what it is part of."""

    span: tuple[Range, ...]
    trigger: Range | None
    fields: dict[str, Any]
    whole: int | None
    in_title: bool


def casualties(text: ReadText) -> list[FoundCasualty]:
    """The casualties of a text, in text order; none if the words of its language are not listed."""
    tables = tables_of(text.language)
    if tables is None or text.hits is None:
        return []
    found: list[FoundCasualty] = []
    further, figures = _further(text.language), _figures(text.language)
    recent = 0
    for number, sentence in enumerate(text.sentences):
        ranges = sentence.of(text.hits.near)
        place = sentence.start, sentence.end
        is_recent = bool(recent) and number - recent <= _RECENT
        if is_recent and not begins_with_number(text.text, *place, tables):
            is_recent = figures.search(text.text, *place) is not None
        if not (ranges or is_recent or further.search(text.text, *place)):
            continue
        read = _ReadVictims(text, sentence, ranges, tables)
        before = len(found)
        found += read.casualties(before)
        if sentence.kind not in _HEADLINES:
            last = found[-1].fields["outcome"] if found and is_recent else None
            outcome = found[before].fields["outcome"] if before < len(found) else last
            found += list(read.figures(outcome, len(found) - 1))
            recent = number if before < len(found) else recent
    return found


class _ReadVictims:
    """One sentence with its phrases for victims, and those that a word of harm is said of."""

    def __init__(
        self, text: ReadText, sentence: ReadSentence, ranges: list[Range], tables: LanguageTables
    ) -> None:
        self._tables = tables
        self._tokens = tokens = text.tokens(sentence)
        self._sentence = text.text[sentence.start : sentence.end].lower()
        self._in_title = sentence.kind in _HEADLINES
        harms = words_of_harm(
            tokens, ranges, _no_harm(tables.language), tables.words.further_phrases
        )
        said = {start for start, _ in sentence.of(text.hits.speech)} if text.hits else set()
        speech = frozenset(n for n, token in enumerate(tokens) if token.start in said)
        inside = frozenset(at for harm in harms for at in range(harm.first, harm.last + 1))
        self._phrases = VictimPhraseFinder(text.text, tokens, tables, inside).phrases()
        self._harmed = HarmFinder(tokens, harms, speech, tables).harmed(self._phrases)
        if self._in_title:
            self._harmed = [one for one in self._harmed if one.phrase.reading.value is not None]

    def casualties(self, first: int) -> Iterator[FoundCasualty]:
        """The casualties with a word of harm, of which the ``first`` is the row of the first."""
        for one, whole in _rows(self._harmed, first):
            yield _casualty(
                self._tokens, one, whole, self._sentence, self._tables, in_title=self._in_title
            )

    def figures(self, outcome: str | None, whole: int) -> Iterator[FoundCasualty]:
        """Numbers alone that count what was counted before: *doctors spoke of 24*.

        Shares are of the count in the row ``whole``.
        """
        taken = {one.phrase for one in self._harmed}
        for phrase in self._phrases if outcome else ():
            if phrase not in taken and self._is_figure(phrase):
                place = self._tokens[phrase.first].start, self._tokens[phrase.last].end
                fields = {"outcome": outcome, **_number(phrase.reading)}
                is_share = phrase.reading.fraction is not None
                yield FoundCasualty((place,), None, fields, whole if is_share else None, False)

    def _is_figure(self, phrase: VictimPhrase) -> bool:
        """True for a number alone after *counted*, *put it at* and the like, or as a subject."""
        words = self._tables.words
        following = self._tokens[phrase.last + 1 : phrase.last + 2]
        reading = phrase.reading
        is_number = bool(reading.fraction or (reading.value or 0) > 1)
        if phrase.head or phrase.is_plain or phrase.of_them or not is_number:
            return False
        at = phrase.first - 1
        if at < 0 or self._tokens[at].raw == ";":
            return bool(following) and following[0].word.isalpha()
        if reading.fraction and following and following[0].word in self._tables.coverage.passive:
            return True
        if following and following[0].raw[0].isalnum() and following[0].word not in words.stops:
            return False
        while at >= max(0, phrase.first - 3) and self._tokens[at].word in words.between:
            at -= 1
        return at >= 0 and (self._tokens[at].word in words.figures or self._tokens[at].raw == ":")


def _rows(harmed: list[HarmedVictims], first: int) -> Iterator[tuple[HarmedVictims, int | None]]:
    """The victims of a sentence, the row of the first given, and the row of the whole of each.

    A part or a share without a whole in its phrase is one of the count before it, if there is any.
    """
    rows: dict[VictimPhrase, int] = {}
    for one in harmed:
        row = first + len(rows)
        is_share = one.phrase.reading.fraction is not None
        whole = rows.get(one.whole) if one.whole else None
        if whole is None and row and (is_share or (one.whole is None and one.phrase.of_them)):
            whole = row - 1
        if whole is not None or not is_share:
            rows[one.phrase] = row
            yield one, whole


@lru_cache(maxsize=16)
def _further(language: str) -> re.Pattern[str]:
    """Finds the first words of further phrases of harm."""
    tables = tables_of(language)
    first = tables.words.further_phrases if tables else ()
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, first))})\b" if first else r"(?!)", re.I)


@lru_cache(maxsize=16)
def _figures(language: str) -> re.Pattern[str]:
    """Finds words before numbers that count what was counted before."""
    tables = tables_of(language)
    words = tables.words.figures if tables else ()
    return re.compile(
        rf"\b(?:{'|'.join(map(re.escape, words))})\b|[:;]" if words else r"(?!)", re.I
    )


@lru_cache(maxsize=16)
def _no_harm(language: str) -> frozenset[str]:
    """Words that are listed as harm because a count is often beside them: *of them*."""
    tables = tables_of(language)
    return frozenset((*tables.coverage.of, *tables.words.including)) if tables else frozenset()


def _casualty(
    tokens: list[WordToken],
    one: HarmedVictims,
    whole: int | None,
    sentence: str,
    tables: LanguageTables,
    *,
    in_title: bool,
) -> FoundCasualty:
    phrase, harm = one.phrase, one.harm
    span: tuple[Range, ...] = ((tokens[phrase.first].start, tokens[phrase.last].end),)
    if one.toll is not None:
        span = _with_toll(tokens, one.toll, phrase, tables)
    reading = phrase.reading
    fields: dict[str, Any] = {
        "outcome": Outcome.KILLED_OR_INJURED.value
        if one.is_either
        else tables.words.outcome_of.get(harm.words, Outcome.KILLED.value),
        **_number(reading),
        "certainty": _certainty(tokens, one, tables),
        "cause": _causes(sentence, tables.language),
        **_who(tokens, phrase, tables),
    }
    fields["outcome"] = _held(fields["outcome"], fields.get("status", ()))
    trigger = tokens[harm.first].start, tokens[harm.last].end
    return FoundCasualty(span, trigger, fields, whole, in_title)


def _held(outcome: str, statuses: tuple[str, ...]) -> str:
    """*Captured* for those who fight, *abducted* for those who do not, as far as they are named."""
    if outcome not in (Outcome.CAPTURED, Outcome.ABDUCTED) or len(statuses) != 1:
        return outcome
    if statuses[0] in _FIGHTING:
        return Outcome.CAPTURED.value
    return Outcome.ABDUCTED.value if statuses[0] in _NOT_FIGHTING else outcome


def _number(reading: NumberReading) -> dict[str, Any]:
    return {
        "quantifier": Quantifier(reading.quantifier),  # type: ignore[call-arg]
        "value": reading.value,
        "value_max": reading.value_max,
        **({"fraction": reading.fraction} if reading.fraction is not None else {}),
    }


def _with_toll(
    tokens: list[WordToken], toll: WordOfHarm, phrase: VictimPhrase, tables: LanguageTables
) -> tuple[Range, ...]:
    """*A previous toll of 16* as one range, *death toll* and *22* as two."""
    last = tokens[phrase.last].end
    if toll.last + 2 < phrase.first or tokens[toll.last + 1].word not in tables.numbers.of:
        return (tokens[toll.first].start, tokens[toll.last].end), (tokens[phrase.first].start, last)
    known = {*tables.words.determiners, *tables.numbers.articles, *tables.words.possessives}
    before = range(toll.first - 1, max(-1, toll.first - 4), -1)
    first = next((at for at in before if tokens[at].word in known), toll.first)
    return ((tokens[first].start, last),)


def _certainty(
    tokens: list[WordToken], one: HarmedVictims, tables: LanguageTables
) -> VictimCertainty:
    """*Presumed* if the words right before the harm say that it is feared or believed."""
    before = {token.word for token in tokens[max(0, one.harm.first - 4) : one.harm.last]}
    is_presumed = not before.isdisjoint(tables.words.presumed)
    return VictimCertainty.PRESUMED if is_presumed else VictimCertainty.ASSERTED


def _who(tokens: list[WordToken], phrase: VictimPhrase, tables: LanguageTables) -> dict[str, Any]:
    """Status, age and sex by the nouns of the phrase, each only if no noun says otherwise."""
    said = [token.word for token in tokens[phrase.first : phrase.last + 1]]
    words = tables.words
    pairs = [" ".join(pair) for pair in pairwise(said)]
    pairs = [pair for pair in pairs if pair in words.all_people]
    in_pairs = {word for pair in pairs for word in pair.split()}
    nouns = [word for word in said if word in words.all_people and word not in in_pairs] + pairs
    found: dict[str, Any] = {}
    statuses = [words.status_of[noun] for noun in nouns if noun in words.status_of]
    if statuses:
        found["status"] = tuple(dict.fromkeys(statuses))
    is_joined = any(word in tables.numbers.ands for word in said)
    for name, values in (("age", words.age_of), ("sex", words.sex_of)):
        said_of = {values.get(noun) for noun in nouns if is_joined or noun in values}
        if len(said_of) == 1 and None not in said_of:
            found[name] = said_of.pop()
    return found


@lru_cache(maxsize=16)
def _cause_pattern(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    tables = tables_of(language)
    causes = {
        word: cause
        for cause, words in (tables.words.causes if tables else {}).items()
        for word in words
    }
    longest_first = sorted(causes, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)"), causes


def _causes(sentence: str, language: str) -> tuple[str, ...]:
    """The causes that a sentence names, in small letters: of several kinds only the first."""
    pattern, causes = _cause_pattern(language)
    if not causes:
        return ()
    match = pattern.search(sentence)
    return (causes[match[0]],) if match else ()
