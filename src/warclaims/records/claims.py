"""Claims: a casualty with all that a reader needs in one record. Computed, never edited."""

from __future__ import annotations

from pydantic import Field, JsonValue

from warclaims.records.annotations import (
    AgeValue,
    CauseValue,
    Fraction,
    OutcomeValue,
    SexValue,
    StatusValue,
    VictimGroup,
)
from warclaims.records.base import Record, Words
from warclaims.records.fields import ActorId, DocumentId, EventId, PlaceId, SideId, described
from warclaims.records.registry import ActorTypeValue
from warclaims.records.vocabulary import (
    Act,
    ActorType,
    Cause,
    Certainty,
    Commitment,
    Outcome,
    Quantifier,
    SegmentKind,
    VictimAge,
    VictimCertainty,
    VictimSex,
    VictimStatus,
)


class ChainStep(Record):
    """One step of the chain from the narrator to the innermost source."""

    attribution: Words = Field(description="Document and attribution: ``004:t2``.")
    source: tuple[Words, ...] = Field(
        description="The words that name the source; of a pronoun, its label in the registry."
    )
    entity: tuple[ActorId, ...] = Field(description="The registry actors behind these words.")
    cue: Words | None = Field(description="The words that attribute; null if there are none.")
    act: Act = described(Act, "What the source does by it.")
    commitment: Commitment = described(Commitment, "The stance of the enclosing voice.")


class Claim(Record):
    """What one text says one source said about the victims of some event."""

    record: Words = Field(description="Document and casualty: ``004:c1``.")
    document: DocumentId = Field(description="Id of the document.")
    outlet: Words | None = Field(description="Who published the text; null if unknown.")
    date: Words | None = Field(description="The date of the text; null if unknown.")
    date_certainty: Certainty = described(Certainty, "How certain the date is.")
    text: Words = Field(description="The victim phrase.")
    start: int = Field(description="Offset of its first code point.")
    end: int = Field(description="Offset after its last code point.")
    trigger: Words | None = Field(description="The words that state the harm; null if none do.")
    outcome: OutcomeValue = described(Outcome, "What happened to the victims.")
    quantifier: Quantifier = described(Quantifier, "How the number is meant.")
    value: int | None = Field(description="The number that the words give; null if they give none.")
    value_max: int | None = Field(
        description="The upper number of a range; null if it is not a range."
    )
    fraction: Fraction | None = Field(
        description="The part of another count that it is; null if it is none."
    )
    minimum: int | None = Field(description="Least count that the words allow; null if unbounded.")
    maximum: int | None = Field(description="Greatest count they allow; null if unbounded.")
    status: tuple[StatusValue, ...] = described(VictimStatus, "Who the victims are said to be.")
    age: AgeValue = described(VictimAge, "How old the victims are said to be.")
    sex: SexValue = described(VictimSex, "Which sex they are said to have.")
    groups: tuple[VictimGroup, ...] = Field(description="The groups that share the number.")
    side: SideId | None = Field(
        description="The side that the text gives the victims; null if it gives none, or several."
    )
    cause: tuple[CauseValue, ...] = described(Cause, "What the text says harmed them.")
    perpetrator: Words | None = Field(
        description="The words for who is said to have done it; null if there are none."
    )
    perpetrator_entity: ActorId | None = Field(
        description="The registry actor behind these words, or inferred without them; null if "
        "unknown."
    )
    certainty: VictimCertainty = described(VictimCertainty, "How certain the text says it is.")
    events: tuple[EventId, ...] = Field(description="The events whose victims these are.")
    event_labels: tuple[Words, ...] = Field(description="The labels of these events.")
    places: tuple[PlaceId, ...] = Field(description="The places of these events.")
    place_labels: tuple[Words, ...] = Field(description="The labels of these places.")
    subset_of: tuple[Words, ...] = Field(description="Claims of the same text that include these.")
    same_as: tuple[Words, ...] = Field(description="Claims that count the same people.")
    revises: tuple[Words, ...] = Field(description="Claims whose numbers it replaces.")
    besides: tuple[Words, ...] = Field(description="Claims to which its people are added.")
    narrator: bool = Field(
        description="True if the text says it in its own voice, without a source or cue."
    )
    source_text: Words | None = Field(
        description="The words that name the innermost source; its label in the registry if they "
        "are a pronoun or there are none; null if the text itself says it, or nobody is named."
    )
    source: tuple[ActorId, ...] = Field(description="This source in the registry.")
    source_side: SideId | None = Field(
        description="The side of the source; null if it has none, or several."
    )
    source_type: ActorTypeValue | None = described(
        ActorType, "What kind of actor the source is; null if unknown, or of several kinds."
    )
    cue: Words | None = Field(description="The words that attribute it; null if there are none.")
    commitment: Commitment | None = described(
        Commitment,
        "The stance towards the source of the voice that reports it; null if the text itself says "
        "it.",
    )
    chain: tuple[ChainStep, ...] = Field(
        description="The attributions around the words, outermost first."
    )
    sentence: Words = Field(description="The sentence.")
    sentence_number: int = Field(
        description="Number of the sentence in the text, from 0, as in the table sentences."
    )
    segment: SegmentKind = described(SegmentKind, "The kind of segment that it is in.")
    alternatives: tuple[dict[str, JsonValue], ...] = Field(
        description="Other readings of the casualty: each the fields that it changes."
    )
    note: Words | None = Field(description="The annotator's remark; null if there is none.")

    @property
    def id(self) -> str:
        """What names the claim: its record."""
        return self.record

    @property
    def casualty(self) -> str:
        """Id of the casualty within its document."""
        return self.record.partition(":")[2]
