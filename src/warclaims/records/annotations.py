"""The four layers of annotation, and the file that holds them for one document."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, Field, JsonValue, ValidationError, create_model, field_validator
from pydantic_core import PydanticCustomError

from warclaims.records.base import MAX_COUNT, Id, Parcel, Record, Sha256, Span, Words
from warclaims.records.documents import PartialDate
from warclaims.records.fields import (
    ActorId,
    ActorMentionId,
    AnnotatorId,
    AttributionId,
    CasualtyId,
    DocumentId,
    EventId,
    OpenTo,
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
    VictimCertainty,
    VictimSex,
    VictimStatus,
)
from warclaims.records.waivers import File, TextWaiver

if TYPE_CHECKING:
    from typing import Self

OutcomeValue = Annotated[str, OpenTo(Outcome)]
StatusValue = Annotated[str, OpenTo(VictimStatus)]
AgeValue = Annotated[str, OpenTo(VictimAge)]
SexValue = Annotated[str, OpenTo(VictimSex)]
CauseValue = Annotated[str, OpenTo(Cause)]


FIXED_FIELDS = ("id", "score", "alternatives", "note", "extra")
"""The fields of a record that an alternative reading does not change."""


class Layer(Record):
    """The fields of the records of all four layers.

    Attributes:
        noun: The noun for one record.
        id_prefix: The first letter of the ids that new records get.
        main_span: The field with the span that places a record in the text.
    """

    noun: ClassVar[str]
    id_prefix: ClassVar[str]
    main_span: ClassVar[str] = "span"

    id: Id = Field(description="Id of the record, unique in its file.")
    score: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="How sure the system is that made this record; null if it does not say, or a "
        "person made it.",
    )
    alternatives: tuple[dict[str, JsonValue], ...] = Field(
        default=(),
        description="Other readings of this record: each the fields that it changes, with their "
        "values. The note says why.",
    )
    note: Words | None = Field(
        default=None, description="A remark for people, in plain words; null if there is none."
    )

    @field_validator("alternatives")
    @classmethod
    def _may_be_read_so(
        cls, alternatives: tuple[dict[str, JsonValue], ...]
    ) -> tuple[dict[str, JsonValue], ...]:
        """Refuse an alternative that is empty, or has a field or value that no record has."""
        for alternative in alternatives:
            try:
                changed = _changes(cls).model_validate_json(json.dumps(alternative))
            except ValidationError:
                changed = None
            if not (changed and changed.model_fields_set):
                raise PydanticCustomError("alternative", "has a field or value that no record has")
        return alternatives

    def readings(self) -> tuple[Self, ...]:
        """The record as it is, then each alternative as a record of its own.

        Raises:
            pydantic.ValidationError: an alternative has a field or value that records cannot have.
        """
        if not self.alternatives:
            return (self,)
        plain = self.model_dump(mode="json", exclude={"alternatives"})
        others = ({**plain, **alternative} for alternative in self.alternatives)
        return (self, *(self.model_validate_json(json.dumps(other)) for other in others))


def has_other_reading(record: Layer) -> bool:
    """True if the record has alternatives, or was uncertain in format 1."""
    extra: dict[str, Any] = getattr(record, "extra", {})
    return bool(record.alternatives) or extra.get("uncertain") is True


@cache
def _changes(model: type[Layer]) -> type[BaseModel]:
    """The fields of ``model`` that an alternative may change, all of them optional."""
    fields: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        if name not in FIXED_FIELDS:
            kind: Any = field.annotation
            fields[name] = (Annotated[(kind, *field.metadata)] if field.metadata else kind, None)
    return create_model(f"{model.__name__}Changes", __config__=Parcel.model_config, **fields)


class ActorMention(Layer):
    """A mention of somebody who speaks, acts, is addressed, blamed or credited, or fights."""

    noun = "actor"
    id_prefix = "a"

    span: Span = Field(description="The full noun phrase.")
    entity: ActorId | None = Field(
        description="The actor in the registry; null for groups of several actors and where the "
        "referent is unclear."
    )
    level: Level = described(Level, "How the actor is mentioned.")


class LocationMention(Layer):
    """A mention of a place as territory."""

    noun = "location"
    id_prefix = "l"

    span: Span = Field(description="The place name, or the definite noun phrase.")
    place: PlaceId | None = Field(
        description="The place in the registry; null where the referent is unclear."
    )
    level: PlaceLevel = described(PlaceLevel, "How the place is mentioned.")


class Fraction(Parcel):
    """A part of a count, such as a half: numerator and denominator."""

    numerator: int = Field(ge=0, le=MAX_COUNT, description="How many parts.")
    denominator: int = Field(ge=1, le=MAX_COUNT, description="Of how many.")


class VictimGroup(Parcel):
    """One of several groups of victims that share one number."""

    status: tuple[StatusValue, ...] = described(
        VictimStatus, "Who this group is said to be.", default=()
    )
    age: AgeValue = described(
        VictimAge, "How old this group is said to be.", default=VictimAge.UNSPECIFIED.value
    )
    sex: SexValue = described(
        VictimSex, "Which sex this group is said to have.", default=VictimSex.UNSPECIFIED.value
    )


class Casualty(Layer):
    """One stated quantity (or explicit indefinite) of human victims with one outcome."""

    noun = "casualty"
    id_prefix = "c"

    span: Span = Field(description="The victim phrase with its quantity.")
    trigger: Span | None = Field(
        description="The words that state the harm, inside or outside the span; null if none."
    )
    outcome: OutcomeValue = described(Outcome, "What happened to the victims.")
    quantifier: Quantifier = described(Quantifier, "How the number is meant.")
    value: int | None = Field(
        ge=0,
        le=MAX_COUNT,
        description="The number that the words give, the lower one of a range; null where the "
        "quantifier is indefinite or there is a fraction.",
    )
    value_max: int | None = Field(
        default=None,
        ge=0,
        le=MAX_COUNT,
        description="The upper number of a range; null if it is not a range.",
    )
    fraction: Fraction | None = Field(
        default=None,
        description="The part of the count in subset_of: half of them; null if it is not a part.",
    )
    status: tuple[StatusValue, ...] = described(
        VictimStatus,
        "Who the victims are said to be; empty if this text does not say it of the whole quantity.",
        default=(),
    )
    age: AgeValue = described(
        VictimAge, "How old the victims are said to be.", default=VictimAge.UNSPECIFIED.value
    )
    sex: SexValue = described(
        VictimSex, "Which sex they are said to have.", default=VictimSex.UNSPECIFIED.value
    )
    groups: tuple[VictimGroup, ...] = Field(
        default=(),
        description="The groups of one number over several: 19 women and children. Age, sex and "
        "status of the record then hold only what is common to all.",
    )
    side: SideId | None = Field(
        default=None,
        description="The side that this text gives the victims; null if it gives none, or several.",
    )
    cause: tuple[CauseValue, ...] = described(
        Cause, "What this text says harmed them; empty if it does not say.", default=()
    )
    perpetrator: ActorMentionId | None = Field(
        default=None,
        description="The actor that this sentence names as having caused the harm; null if it "
        "names none.",
    )
    inferred_perpetrator: ActorId | None = Field(
        default=None,
        description="The perpetrator by a demonym, the directly preceding clause or the sentence "
        "before; null if there is none, or perpetrator is given.",
    )
    certainty: VictimCertainty = described(
        VictimCertainty, "How certain the text says it is.", default=VictimCertainty.ASSERTED
    )
    events: tuple[EventId, ...] = Field(description="The events whose victims these are.")
    subset_of: tuple[CasualtyId, ...] = Field(
        default=(),
        description="Casualties of the same file that include these; a list means their union.",
    )
    same_as: tuple[CasualtyId, ...] = Field(
        default=(), description="Casualties of the same file that count the same people again."
    )
    revises: tuple[CasualtyId, ...] = Field(
        default=(), description="Casualties of the same file whose numbers this one replaces."
    )
    besides: tuple[CasualtyId, ...] = Field(
        default=(), description="Casualties of the same file to which these people are added."
    )


class Attribution(Layer):
    """A cue, its source and the content it reports (PARC 3.0, PolNeAR)."""

    noun = "attribution"
    id_prefix = "t"
    main_span = "content"

    source: tuple[ActorMentionId, ...] = Field(
        description="The mentions of those whose word it is; empty if impersonal."
    )
    inferred_source: ActorId | None = Field(
        default=None,
        description="The source by a demonym adjective or the directly preceding clause; null if "
        "there is none, or source is given.",
    )
    cue: Span | None = Field(
        description="The words that attribute; null for a free-standing quotation."
    )
    content: Span = Field(description="What is reported; several fragments if a quote is split.")
    mode: Mode = described(Mode, "How the content is given.")
    act: Act = described(Act, "What the source does by it.")
    commitment: Commitment = described(Commitment, "The stance of the enclosing voice.")
    said_on: PartialDate | None = Field(
        default=None, description="The day the statement was made; null if the text gives none."
    )
    answers: AttributionId | None = Field(
        default=None,
        description="The attribution of the same text to which a denial, counter-accusation or "
        "comment replies; null if it replies to none.",
    )
    blames: tuple[ActorMentionId, ...] = Field(
        default=(), description="The mentions of those whom the words hold responsible."
    )
    inferred_blames: tuple[ActorId, ...] = Field(
        default=(), description="Those whom the words hold responsible by a demonym adjective."
    )
    regarding: tuple[EventId, ...] = Field(
        default=(),
        description="The registry events that an accusation, condemnation or denial is about.",
    )


class ForeignLabel(Record):
    """A label of another program that no layer has a place for; kept as it came."""

    id: Id = Field(description="Id of the label, unique in its file.")
    span: Span = Field(description="The words that bear the label.")
    label: Words = Field(description="The label.")
    scheme: Words = Field(description="The program or annotation scheme that it comes from.")
    attributes: dict[str, JsonValue] = Field(
        default_factory=dict, description="Its attributes and relations, as they came."
    )


class SystemRun(Record):
    """The system that made predictions."""

    name: Words = Field(description="Name of the system.")
    version: Words = Field(description="Its version.")
    made: Words = Field(description="When the predictions were made (ISO 8601).")


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
    system: SystemRun | None = Field(
        default=None, description="The system, if these are predictions."
    )
    foreign: tuple[ForeignLabel, ...] = Field(
        default=(), description="Labels of other programs that no layer has a place for."
    )
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
