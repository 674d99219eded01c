"""Casualties in a text, from its number phrases and words of harm."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from warclaims.records.vocabulary import Outcome, Quantifier, SegmentKind, VictimCertainty
from warclaims.systems.rules.harm import HarmFinder, words_of_harm
from warclaims.systems.rules.victim_phrases import VictimPhraseFinder, tables_of

if TYPE_CHECKING:
    from warclaims.systems.rules.harm import HarmedVictims, WordOfHarm
    from warclaims.systems.rules.reading import Range, ReadText
    from warclaims.systems.rules.tokens import WordToken
    from warclaims.systems.rules.victim_phrases import LanguageTables, VictimPhrase


_HEADLINES = (SegmentKind.TITLE, SegmentKind.HEADING)
"""Segments in which only numbers are casualties, and repeat those in the text."""


class FoundCasualty(NamedTuple):
    """A casualty by ranges of the folded text; ``whole`` is the row of what it is part of."""

    span: tuple[Range, ...]
    trigger: Range
    fields: dict[str, Any]
    whole: int | None
    in_title: bool


def casualties(text: ReadText) -> list[FoundCasualty]:
    """The casualties of a text, in text order; none if the words of its language are not listed."""
    tables = tables_of(text.language)
    if tables is None or text.hits is None:
        return []
    found: list[FoundCasualty] = []
    further = _further(text.language)
    for sentence in text.sentences:
        ranges = sentence.of(text.hits.near)
        if ranges or further.search(text.text, sentence.start, sentence.end):
            tokens = text.tokens(sentence)
            harms = words_of_harm(
                tokens, ranges, _no_harm(text.language), tables.words.further_phrases
            )
            said = {start for start, _ in sentence.of(text.hits.speech)}
            speech = frozenset(n for n, token in enumerate(tokens) if token.start in said)
            harmed = _harmed(text.text, tokens, harms, speech, tables) if harms else []
            words = text.text[sentence.start : sentence.end].lower()
            in_title = sentence.kind in _HEADLINES
            if in_title:
                harmed = [one for one in harmed if one.phrase.reading.value is not None]
            for one, whole in _rows(harmed, len(found)):
                found.append(_casualty(tokens, one, whole, words, tables, in_title=in_title))
    return found


def _rows(harmed: list[HarmedVictims], first: int) -> list[tuple[HarmedVictims, int | None]]:
    """The victims of a sentence, the row of the first given, and the row of the whole of each.

    A share of a count that is not in the sentence is that of the last one before it, if any.
    """
    if not first:
        harmed = [one for one in harmed if one.phrase.reading.fraction is None or one.whole]
    rows = {one.phrase: first + number for number, one in enumerate(harmed)}
    return [(one, _whole(one, rows, first)) for one in harmed]


@lru_cache(maxsize=16)
def _further(language: str) -> re.Pattern[str]:
    """Finds the first words of further phrases of harm."""
    tables = tables_of(language)
    first = tables.words.further_phrases if tables else ()
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, first))})\b" if first else r"(?!)", re.I)


@lru_cache(maxsize=16)
def _no_harm(language: str) -> frozenset[str]:
    """Words that are listed as harm because a count is often beside them: *of them*."""
    tables = tables_of(language)
    return frozenset((*tables.coverage.of, *tables.words.including)) if tables else frozenset()


def _harmed(
    text: str,
    tokens: list[WordToken],
    harms: list[WordOfHarm],
    speech: frozenset[int],
    tables: LanguageTables,
) -> list[HarmedVictims]:
    inside = frozenset(at for harm in harms for at in range(harm.first, harm.last + 1))
    phrases = VictimPhraseFinder(text, tokens, tables, inside).phrases()
    return HarmFinder(tokens, harms, speech, tables).harmed(phrases)


def _whole(one: HarmedVictims, rows: dict[VictimPhrase, int], first: int) -> int | None:
    """The row of what a count is part of: in its sentence, else the last one before it."""
    if one.whole is not None:
        return rows.get(one.whole)
    is_part = one.phrase.of_them or one.phrase.reading.fraction is not None
    return first - 1 if is_part and first else None


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
        "quantifier": Quantifier(reading.quantifier),  # type: ignore[call-arg]
        "value": reading.value,
        "value_max": reading.value_max,
        "certainty": _certainty(tokens, one, tables),
        "cause": _causes(sentence, tables.language),
        **_who(tokens, phrase, tables),
    }
    if reading.fraction is not None:
        fields["fraction"] = reading.fraction
    trigger = tokens[harm.first].start, tokens[harm.last].end
    return FoundCasualty(span, trigger, fields, whole, in_title)


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
    pairs = (" ".join(pair) for pair in pairwise(said))
    words = tables.words
    nouns = [word for word in (*said, *pairs) if word in words.all_people]
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
