"""Casualty records with what comparing needs of their text: source, date, denials, sentence."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from warclaims.accounts.sources import KnownEntries, source_of, voices_of
from warclaims.derive.attribution import AttributionTree
from warclaims.derive.placement import Placement
from warclaims.records import span_end, span_start, span_text
from warclaims.records.accounts import AccountMark
from warclaims.records.vocabulary import Act, Outcome, SegmentKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from warclaims.accounts.sources import AccountSource
    from warclaims.records import ActorMention, Annotations, Attribution, Bundle, Casualty, Document

HELD = "held"
"""The outcome as which captured and abducted people are compared."""

STATES = frozenset({HELD, Outcome.MISSING})
"""Outcomes that end: people are freed, found, or found dead."""

_CORE = frozenset(one.value for one in Outcome)
_HELD = frozenset({Outcome.CAPTURED.value, Outcome.ABDUCTED.value})
_MARKS = {Act.DENY: AccountMark.DENIED, Act.DOUBT: AccountMark.NOT_CONFIRMED}
_BODY = frozenset({SegmentKind.PARAGRAPH})


class GuiltDenial(NamedTuple):
    """A statement that somebody did not do it.

    Attributes:
        record: Document and attribution.
        entities: Registry ids of those who deny.
        events: The events that they deny it of.
        blames: Registry ids of those whom they name instead.
    """

    record: str
    entities: tuple[str, ...]
    events: tuple[str, ...]
    blames: tuple[str, ...]

    @property
    def document(self) -> str:
        """The id of its document."""
        return self.record.partition(":")[0]


class TextFacts:
    """What comparing needs of one text; places are looked up when first used.

    Without its narrator, a text is one that no other shares its voice with.
    """

    def __init__(self, bundle: Bundle) -> None:
        self.document: Document = bundle.document
        self.id = bundle.document.id
        self.language = bundle.document.language
        self.voices = voices_of(("text", self.id))
        self._text = bundle.text

    def __getstate__(self) -> dict[str, object]:
        """What is needed once the accounts of the text are made."""
        return {"id": self.id, "language": self.language, "voices": self.voices}

    @cached_property
    def _placement(self) -> Placement:
        return Placement(self.document, self._text)

    def sentence(self, offset: int) -> int:
        """The number of the sentence at an offset."""
        return self._placement.sentence_number(offset)

    def words_before(self, start: int, end: int) -> str:
        """The words of a sentence up to the end of a span."""
        return (
            self._placement.sentence(start, end).partition(self._text[start:end])[0]
            + (self._text[start:end])
        )

    def in_title(self, offset: int) -> bool:
        """True if the words are in the headline."""
        titles = (one for one in self.document.segments if one.kind is SegmentKind.TITLE)
        return any(one.start <= offset < one.end for one in titles)

    def in_body(self, offset: int) -> bool:
        """True if the words are in a paragraph and not in a headline or caption."""
        return self._placement.segment(offset).kind in _BODY


class Fact:
    """One casualty record in its text.

    Attributes:
        id: Document and record.
        outcome: The outcome as compared: a core value, or *held*.
        around: The attributions around it, outermost first.
        alternatives: Its other readings.
        is_denied_by_source: True if it is only the content of a denial or doubt.
        marks: Denials of the number.
    """

    __slots__ = (
        "alternatives", "around", "date", "events", "id", "is_denied_by_source", "marks", "outcome",
        "perpetrator", "record", "source", "start", "text", "words",
    )  # fmt: skip

    def __init__(
        self, record: Casualty, text: TextFacts, source: AccountSource, outcome: str
    ) -> None:
        self.record = record
        self.text = text
        self.source = source
        self.outcome = outcome
        self.id = f"{text.id}:{record.id}"
        self.alternatives = record.alternatives
        self.words = span_text(record.span)
        self.start = span_start(record.span)
        self.events: tuple[str, ...] = tuple(sorted(set(record.events)))
        self.date = text.document.date.value
        self.perpetrator: str | None = None
        self.around: tuple[str, ...] = ()
        self.is_denied_by_source = False
        self.marks: set[AccountMark] = set()

    def __getstate__(self) -> tuple[None, dict[str, object]]:
        """What is needed once the accounts of the text are made: of most records only the id."""
        state = {name: getattr(self, name) for name in self.__slots__}
        if not self.is_denied_by_source:
            del state["record"]
        return None, state

    def is_same(self, other: Fact) -> bool:
        """True if another reading of the text around a record changes nothing of it."""
        return (
            self.source == other.source
            and self.date == other.date
            and self.perpetrator == other.perpetrator
            and self.is_denied_by_source == other.is_denied_by_source
            and self.marks == other.marks
        )

    @property
    def language(self) -> str:
        """The tag of the language of its text."""
        return self.text.language

    @property
    def sentence(self) -> int:
        """The number of its sentence."""
        return self.text.sentence(self.start)

    @property
    def end(self) -> int:
        """Where its words end."""
        return span_end(self.record.span)


class Chains:
    """The attributions of a text by what they contain and what they answer."""

    def __init__(self, annotations: Annotations) -> None:
        self.mentions: Mapping[str, ActorMention] = {one.id: one for one in annotations.actors}
        self._tree = AttributionTree(annotations.attributions)
        self._answers: dict[str, list[Attribution]] = {}
        for attribution in annotations.attributions:
            if attribution.answers and attribution.act in _MARKS:
                self._answers.setdefault(attribution.answers, []).append(attribution)

    def around(self, casualties: Sequence[Casualty]) -> dict[str, list[Attribution]]:
        """For each casualty the attributions around it, outermost first."""
        return self._tree.chains({one.id: one.span for one in casualties})

    def marks(self, chain: list[Attribution]) -> set[AccountMark]:
        """The denials of what a chain reports: around it, or answers to it."""
        found = [step for step in chain if step.act in _MARKS]
        found += (answer for step in chain for answer in self._answers.get(step.id, ()))
        return {_MARKS[step.act] for step in found}


def text_facts(
    annotations: Annotations, text: TextFacts, known: KnownEntries, chains: Chains | None = None
) -> list[Fact]:
    """The facts of one text, in the order of its records."""
    chains = chains or Chains(annotations)
    around = chains.around(annotations.casualties)
    return [fact_of(one, around[one.id], text, known, chains) for one in annotations.casualties]


def fact_of(
    record: Casualty,
    chain: list[Attribution],
    text: TextFacts,
    known: KnownEntries,
    chains: Chains,
) -> Fact:
    """A casualty record with its source; ``chain`` are the attributions around it."""
    source = source_of(chain, chains.mentions, text.document, text.voices, known.actors)
    fact = Fact(record, text, source, compared_outcome(record.outcome, known))
    if chain:
        fact.around = tuple(step.id for step in chain)
        fact.is_denied_by_source = chain[-1].act in _MARKS
        fact.marks = chains.marks(chain)
        fact.date = chain[-1].said_on or fact.date
    mention = chains.mentions.get(record.perpetrator or "")
    fact.perpetrator = (mention.entity if mention else None) or record.inferred_perpetrator
    return fact


def compared_outcome(outcome: str, known: KnownEntries) -> str:
    """The core outcome that an outcome is a kind of; *held* for captured and abducted people."""
    if outcome in _HELD:
        return HELD
    if outcome in _CORE:
        return outcome
    found = next(
        (one for one in known.lists.ancestors("outcome", outcome) if one in _CORE), outcome
    )
    return HELD if found in _HELD else found


def guilt_denials(document: str, annotations: Annotations) -> list[GuiltDenial]:
    """The denials of a text that say which events they are about."""
    denials = [one for one in annotations.attributions if one.act is Act.DENY]
    by_id = {one.id: one for one in annotations.attributions if denials}
    mentions = {one.id: one.entity for one in annotations.actors if one.entity and denials}
    found = []
    for one in denials:
        answered = by_id.get(one.answers or "")
        about = one.regarding or (answered.regarding if answered else ())
        entities = [mentions[name] for name in one.source if name in mentions]
        entities += [one.inferred_source] if one.inferred_source else []
        blames = [mentions[name] for name in one.blames if name in mentions]
        blames += one.inferred_blames
        if about:
            names = tuple(dict.fromkeys(entities)), tuple(dict.fromkeys(blames))
            found.append(GuiltDenial(f"{document}:{one.id}", names[0], about, names[1]))
    return found
