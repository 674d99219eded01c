"""Attributions in a text: words of speech with their sources and contents, and quotations."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from warclaims.folding import fold
from warclaims.language import primary
from warclaims.records.vocabulary import Act, Commitment, Mode
from warclaims.systems.rules.victim_phrases import tables_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.language.suggestion_words import SuggestionWords
    from warclaims.systems.rules.reading import Range, ReadSentence, ReadText
    from warclaims.systems.rules.tokens import WordToken
    from warclaims.systems.rules.victim_phrases import LanguageTables

_ENDS = frozenset(".!?…؟;")
_OPENING = frozenset("“«„‹‘")
_CLOSING = frozenset('”»“›’"')
_BREAKS = frozenset(",—–،-")
_LONGEST_SOURCE = 25
_LONGEST_RECIPIENT = 12
_SCARE_QUOTE = 3
"""Quotations of fewer words are not taken for what somebody says."""


class FoundAttribution(NamedTuple):
    """An attribution by ranges of the folded text."""

    source: Range | None
    cue: Range | None
    content: tuple[Range, ...]
    mode: Mode
    act: Act
    commitment: Commitment


class _Cue(NamedTuple):
    """A verb group by its first and last token, and its word of speech."""

    first: int
    last: int
    words: str


def attributions(text: ReadText) -> list[FoundAttribution]:
    """The attributions of a text in text order; none if its language has no words for them."""
    tables = tables_of(text.language)
    if tables is None or text.hits is None:
        return []
    found: list[FoundAttribution] = []
    for sentence in text.sentences:
        spoken = _SpokenSentence(text, sentence, sentence.of(text.hits.speech), tables)
        found += spoken.attributions()
    return [*found, *_free_quotations(text, found)]


def _free_quotations(text: ReadText, found: list[FoundAttribution]) -> Iterator[FoundAttribution]:
    """Quotations that no attribution holds, without source and cue."""
    covered = sorted(part for one in found for part in one.content)
    starts = [start for start, _ in covered]
    for start, end in text.quotations:
        at = bisect_right(starts, start) - 1
        near = [covered[n] for n in range(max(0, at - 2), min(len(covered), at + 2))]
        is_held = any(low < end and start < high for low, high in near)
        words = text.text[start:end].strip('“”"«» ').split()
        sentence = text.sentence_at(start)
        if is_held or len(words) < 2 * _SCARE_QUOTE or sentence is None:
            continue
        if text.sentence_at(end - 1) is None:
            continue
        yield FoundAttribution(
            None, None, ((start, end),), Mode.DIRECT, Act.ASSERT, Commitment.NEUTRAL
        )


class _SpokenSentence:
    """One sentence with the ranges of its words of speech."""

    def __init__(
        self, text: ReadText, sentence: ReadSentence, hits: list[Range], tables: LanguageTables
    ) -> None:
        self._text = text.text
        self._sentence = sentence
        self._quotations = text.quotations
        self._tables = tables
        self._words: SuggestionWords = tables.words
        self._tokens: list[WordToken] = text.tokens(sentence) if self._may_speak(hits) else []
        self._starts = [token.start for token in self._tokens]
        self._hits = hits
        self._has_harm = bool(text.hits and sentence.of(text.hits.near))

    def _may_speak(self, hits: list[Range]) -> bool:
        """True if the sentence has a word of speech, or a further cue."""
        words = self._text[self._sentence.start : self._sentence.end]
        return bool(hits) or not _cue_words(self._tables.language).isdisjoint(words.lower().split())

    def attributions(self) -> Iterator[FoundAttribution]:
        """The attributions whose cue is in the sentence."""
        done = -1
        last_source: Range | None = None
        for cue in self._cues():
            if cue.first <= done:
                continue
            found = self._attribution(cue, last_source)
            if found is not None:
                done = cue.last
                last_source = found.source or last_source
                yield found

    # Tokens.

    def _word(self, at: int) -> str:
        return self._tokens[at].word if 0 <= at < len(self._tokens) else ""

    def _raw(self, at: int) -> str:
        return self._tokens[at].raw if 0 <= at < len(self._tokens) else ""

    def _range(self, first: int, last: int) -> Range:
        return self._tokens[first].start, self._tokens[last].end

    def _quotation(self, offset: int) -> Range | None:
        """The outermost quotation around an offset."""
        at = bisect_right(self._quotations, (offset, 1 << 60)) - 1
        held = None
        while at >= 0 and at > bisect_right(self._quotations, (offset, 1 << 60)) - 6:
            start, end = self._quotations[at]
            if start <= offset < end:
                held = start, end
            at -= 1
        return held

    # Cues.

    def _cues(self) -> Iterator[_Cue]:
        words = self._words
        places: dict[int, int] = {}
        for start, end in self._hits:
            first = bisect_left(self._starts, start)
            if first < len(self._tokens) and self._starts[first] == start:
                places[first] = max(bisect_left(self._starts, end) - 1, first)
        cues = _cue_words(self._tables.language)
        if self._has_harm:
            cues = cues.union(words.counting)
        for at, token in enumerate(self._tokens):
            if token.word in cues:
                places.setdefault(at, at)
        for first, last in sorted(places.items()):
            said = " ".join(token.word for token in self._tokens[first : last + 1])
            if said not in words.no_cues and self._quotation(self._tokens[first].start) is None:
                yield self._group(first, last, said)

    def _group(self, first: int, last: int, said: str) -> _Cue:
        """The verb group around a cue: *has since said*, *could not verify*."""
        inner = self._words.inner_adverbs
        auxiliaries = self._tables.coverage.auxiliaries
        begin = first
        while self._word(begin - 1) in auxiliaries or self._word(begin - 1) in inner:
            begin -= 1
        while begin < first and self._word(begin) in inner and self._word(begin) != "not":
            if self._word(begin + 1) in auxiliaries or begin + 1 == first:
                break
            begin += 1
        return _Cue(begin, last, fold(said))

    # Attributions.

    def _attribution(self, cue: _Cue, last_source: Range | None) -> FoundAttribution | None:
        if cue.words in self._words.according:
            return self._according(cue)
        source = None if self._is_verb_first(cue) else self._source_before(cue)
        if source is not None:
            return self._made(cue, self._range(*source), self._content_of(cue, source))
        source = self._source_after(cue)
        if source is not None:
            return self._made(cue, self._range(*source), self._around(cue, source))
        is_participle = cue.words.endswith("ing") and cue.first == cue.last  # …, adding that …
        return self._made(cue, last_source, self._after(cue)) if is_participle else None

    def _around(self, cue: _Cue, source: tuple[int, int]) -> tuple[Range, ...]:
        """What a subject after its verb says: after it, or before both."""
        is_first = self._words.verb_first and self._raw(cue.first - 1) not in _BREAKS
        if is_first or self._word(source[1] + 1) in self._words.that:
            return self._clause(source[1] + 1)
        return (*self._before(cue.first), *self._quoted_after(source[1] + 1))

    def _is_verb_first(self, cue: _Cue) -> bool:
        """True if the subject is to be looked for after the verb."""
        before = self._raw(cue.first - 1)
        is_broken = before in _CLOSING or before in _BREAKS
        return self._words.verb_first or (self._words.follows_verb and is_broken)

    def _made(
        self, cue: _Cue, source: Range | None, content: tuple[Range, ...]
    ) -> FoundAttribution | None:
        if not content:
            return None
        words = self._words
        act = Act(words.act_of.get(cue.words, Act.ASSERT.value))  # type: ignore[call-arg]
        commitment = Commitment.NEUTRAL
        if cue.words in words.distancing:
            commitment = Commitment.DISTANCING
        elif cue.words in words.supporting:
            commitment = Commitment.SUPPORTING
        where = self._range(cue.first, cue.last)
        return FoundAttribution(source, where, content, self._mode(content), act, commitment)

    def _mode(self, content: tuple[Range, ...]) -> Mode:
        held = [self._quotation(start) for start, _ in content]
        is_direct = all(
            quoted is not None and quoted[0] == part[0] and part[1] <= quoted[1]
            for quoted, part in zip(held, content, strict=True)
        )
        if is_direct:
            return Mode.DIRECT
        low, high = content[0][0], content[-1][1]
        at = bisect_left(self._quotations, (low, 0))
        has_quotation = at < len(self._quotations) and self._quotations[at][0] < high
        return Mode.MIXED if has_quotation else Mode.INDIRECT

    def _according(self, cue: _Cue) -> FoundAttribution | None:
        """*According to X, …*; *…, according to X*."""
        last = self._noun_phrase_end(cue.last + 1)
        if last < cue.last + 1:
            return None
        source = self._range(cue.last + 1, last)
        before = self._before(cue.first)
        content = before or self._clause(last + 1)
        return self._made(cue, source, content)

    # Sources.

    def _source_before(self, cue: _Cue) -> tuple[int, int] | None:
        """The tokens of the subject before a verb group."""
        last = cue.first - 1
        if self._word(last) in self._words.relatives and last > 0:
            last -= 1 + (self._word(last - 1) == ",")
        elif self._word(last) == ",":
            return self._with_apposition(last)
        if last < 0 or not self._is_part_of_source(last):
            return None
        first = self._noun_phrase_start(last)
        if self._word(last) in {*self._words.determiners, *self._tables.numbers.articles}:
            return None
        return first, last

    def _with_apposition(self, comma: int) -> tuple[int, int] | None:
        """*Ana Ruiz, a baker from Dorn, said*: the tokens of name and apposition."""
        opening = next(
            (at for at in range(comma - 1, max(-1, comma - 18), -1) if self._word(at) == ","), None
        )
        if opening is None or opening < 1 or not self._is_part_of_source(opening - 1):
            return None
        first = self._noun_phrase_start(opening - 1)
        is_name = self._raw(first)[:1].isupper() or self._word(first) in self._words.determiners
        return (first, comma - 1) if is_name and opening - first <= 12 else None

    def _is_part_of_source(self, at: int) -> bool:
        token = self._tokens[at]
        if token.word in self._words.pronouns:
            return True
        is_word = token.raw[0].isalnum() or token.raw in ("'", "%", ")")
        return is_word and token.word not in self._words.source_stops

    def _noun_phrase_start(self, last: int) -> int:
        """The first token of the phrase that ends at ``last``."""
        if self._word(last) in self._words.pronouns:
            return last
        first = last
        while first > 0 and last - first < _LONGEST_SOURCE:
            token = self._tokens[first - 1]
            is_inside = self._is_part_of_source(first - 1) or token.raw in ("'", "(", "&", "/", "$")
            if token.word in self._words.pronouns or not is_inside:
                break
            first -= 1
        return first

    def _source_after(self, cue: _Cue) -> tuple[int, int] | None:
        """The tokens of the subject after its verb: *“…,” said the mayor*."""
        before = self._raw(cue.first - 1)
        is_inverted = (
            before in _CLOSING or before in _BREAKS or (cue.first == 0 and self._follows())
        )
        is_inverted = is_inverted or self._words.follows_verb
        if not is_inverted or not self._word(cue.last + 1)[:1].isalnum():
            return None
        last = self._noun_phrase_end(cue.last + 1)
        if self._word(cue.last + 1) in self._words.source_stops:
            return None
        return (cue.last + 1, last) if last > cue.last else None

    def _follows(self) -> bool:
        """True if a quotation ends right before the sentence."""
        before = self._text[: self._sentence.start].rstrip()
        return before[-1:] in _CLOSING

    def _noun_phrase_end(self, first: int) -> int:
        """The last token of the phrase that begins at ``first``."""
        last = first - 1
        for at in range(first, min(first + _LONGEST_SOURCE, len(self._tokens))):
            token = self._tokens[at]
            is_word = token.raw[0].isalnum() or token.raw in ("'", "&", "(", ")", "$")
            is_over = token.word in self._words.source_stops or (
                self._words.verb_first and token.word in self._words.harm_nouns
            )
            if not is_word or (at > first and is_over):
                break
            last = at
        return last

    # Contents.

    def _content_of(self, cue: _Cue, source: tuple[int, int]) -> tuple[Range, ...]:
        """What a subject before its verb says: before it, or after it."""
        mark = self._raw(source[0] - 1)
        is_after_content = mark in _CLOSING or mark == "," or (source[0] == 0 and self._follows())
        if is_after_content and self._is_over(cue.last + 1):
            before = self._before(source[0])
            return (*before, *self._quoted_after(cue.last + 1)) if before else ()
        return self._after(cue)

    def _is_over(self, at: int) -> bool:
        """True if nothing that is said can follow: the end, a comma, an adverbial."""
        word = self._word(at)
        if not word or word[0] in _ENDS or word in (",", ":") or word in _OPENING:
            return not (word == ":" or word in _OPENING)
        return word in self._words.source_stops and word not in self._words.that

    def _before(self, end: int) -> tuple[Range, ...]:
        """What is said before the token ``end``: a quotation, or the words of the sentence."""
        last = end - 1
        while last >= 0 and self._raw(last) in _BREAKS:
            last -= 1
        offset = self._tokens[last].end - 1 if last >= 0 else self._sentence.start - 1
        if last < 0:
            offset = len(self._text[: self._sentence.start].rstrip()) - 1
        quoted = self._quotation(offset) if offset >= 0 else None
        if quoted is not None:
            return (quoted,)
        return (self._range(0, last),) if last >= 0 else ()

    def _quoted_after(self, at: int) -> tuple[Range, ...]:
        """The quotation that goes on after the narrator: *“…,” he said, “…”*."""
        for position in range(at, min(at + 12, len(self._tokens))):
            start = self._tokens[position].start
            quoted = self._quotation(start)
            if quoted is not None and quoted[0] == start:
                return (quoted,)
        return ()

    def _after(self, cue: _Cue) -> tuple[Range, ...]:
        """What is said after the verb."""
        at = cue.last + 1
        ahead = range(at, min(at + _LONGEST_RECIPIENT, len(self._tokens)))
        for position in ahead:
            start = self._tokens[position].start
            quoted = self._quotation(start)
            is_quotation = quoted is not None and quoted[0] == start
            mark = self._raw(position - 1)
            if is_quotation and quoted and (mark in (",", ":") or position == at):
                if self._words_in(quoted) >= _SCARE_QUOTE:
                    return (quoted,)
                break
            if self._word(position) in self._words.that[:1]:
                at = position
                break
            if self._raw(position) in _ENDS:
                break
        while self._raw(at) in (",", ":"):
            at += 1
        return self._clause(at)

    def _words_in(self, quoted: Range) -> int:
        return self._text.count(" ", *quoted) + 1

    def _clause(self, first: int) -> tuple[Range, ...]:
        """The rest of the sentence from a token, without its full stop."""
        while self._raw(first) == ",":
            first += 1
        last = len(self._tokens) - 1
        while last >= first and self._raw(last) in _ENDS:
            last -= 1
        return (self._range(first, last),) if last >= first else ()


@lru_cache(maxsize=16)
def _cue_words(language: str) -> frozenset[str]:
    tables = tables_of(primary(language))
    return frozenset(map(fold, tables.words.cues)) if tables else frozenset()
