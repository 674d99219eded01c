"""The four layers of annotation, and the file that holds them for one document."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from warclaims.records.base import MAX_COUNT, Id, Record, Sha256, Span, Words
from warclaims.records.fields import (
    ActorId,
    ActorMentionId,
    AnnotatorId,
    CasualtyId,
    DocumentId,
    EventId,
    PlaceId,
    SideId,
    described,
)
from warclaims.records.vocabulary import (
    Act,
    Cause,
    Commitment,
    Level,
    Mode,
    Outcome,
    PlaceLevel,
    Quantifier,
    VictimAge,
    VictimStatus,
)
from warclaims.records.waivers import File, TextWaiver


class Layer(Record):
    """The fields of the records of all four layers."""

    id: Id = Field(description="Id of the record, unique in its file.")
    uncertain: bool = Field(
        default=False,
        description="True only where an attribute was chosen between two readings; the note names "
        "the other.",
    )
    note: Words | None = Field(default=None, description="A remark for people, in plain words.")


class ActorMention(Layer):
    """A mention of somebody who speaks, acts, is addressed, blamed or credited, or fights."""

    span: Span = Field(description="The full noun phrase.")
    entity: ActorId | None = Field(
        description="The actor in the registry; null for groups of several actors and where the "
        "referent is unclear."
    )
    level: Level = described(Level, "How the actor is mentioned.")


class LocationMention(Layer):
    """A mention of a place as territory."""

    span: Span = Field(description="The place name, or the definite noun phrase.")
    place: PlaceId | None = Field(
        description="The place in the registry; null where the referent is unclear."
    )
    level: PlaceLevel = described(PlaceLevel, "How the place is mentioned.")


class Casualty(Layer):
    """One stated quantity (or explicit indefinite) of human victims with one outcome."""

    span: Span = Field(description="The victim phrase with its quantity.")
    trigger: Span | None = Field(
        description="The words that state the harm, inside or outside the span; null if none."
    )
    outcome: Outcome = described(Outcome, "What happened to the victims.")
    quantifier: Quantifier = described(Quantifier, "How the number is meant.")
    value: int | None = Field(
        ge=0,
        le=MAX_COUNT,
        description="The number that the words give; null exactly where the quantifier is "
        "indefinite.",
    )
    status: VictimStatus = described(VictimStatus, "Who the victims are said to be.")
    age: VictimAge = described(VictimAge, "How old the victims are said to be.")
    side: SideId | None = Field(
        description="The side that this text gives the victims; null if it gives none, or several."
    )
    cause: Cause = described(Cause, "What this text says harmed them.")
    perpetrator: ActorMentionId | None = Field(
        description="The actor named in the same clause as having caused the harm, or null."
    )
    events: tuple[EventId, ...] = Field(description="The events whose victims these are.")
    subset_of: tuple[CasualtyId, ...] = Field(
        description="Casualties of the same file that include these; a list means their union."
    )


class Attribution(Layer):
    """A cue, its source and the content it reports (PARC 3.0, PolNeAR)."""

    source: tuple[ActorMentionId, ...] = Field(
        description="The mentions of those whose word it is; empty if impersonal."
    )
    inferred_source: ActorId | None = Field(
        description="The source by a demonym adjective or the directly preceding clause; only if "
        "source is empty."
    )
    cue: Span | None = Field(
        description="The words that attribute; null for a free-standing quotation."
    )
    content: Span = Field(description="What is reported; several fragments if a quote is split.")
    mode: Mode = described(Mode, "How the content is given.")
    act: Act = described(Act, "What the source does by it.")
    commitment: Commitment = described(Commitment, "Where the narrator stands.")
    blames: tuple[ActorMentionId, ...] = Field(
        description="The mentions of those whom the words hold responsible."
    )
    regarding: tuple[EventId, ...] = Field(
        description="The registry events that an accusation, condemnation or denial is about."
    )


class Annotations(File):
    """The annotations of one document by one annotator: a file of ``annotations/``."""

    document: DocumentId = Field(description="Id of the document in the index of seeds.")
    sha256: Sha256 = Field(description="SHA-256 of the seed's bytes that the offsets refer to.")
    annotator: AnnotatorId = Field(description="Who made these annotations (registry).")
    guidelines: Words = Field(description="Version of the guidelines that were followed.")
    actors: tuple[ActorMention, ...] = Field(description="Mentions of actors, in text order.")
    locations: tuple[LocationMention, ...] = Field(description="Mentions of places, in text order.")
    casualties: tuple[Casualty, ...] = Field(description="Casualty records, in text order.")
    attributions: tuple[Attribution, ...] = Field(description="Attributions, in text order.")
    waivers: tuple[TextWaiver, ...] = Field(
        default=(), description="Warnings about this file that are not to be reported."
    )


LayerName = Literal["actors", "locations", "casualties", "attributions"]
LAYERS: dict[LayerName, type[Layer]] = {
    "actors": ActorMention,
    "locations": LocationMention,
    "casualties": Casualty,
    "attributions": Attribution,
}
"""The layers by the name of their list in a file, in the order of files."""
