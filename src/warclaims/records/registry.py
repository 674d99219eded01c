"""Registries: what is known beyond one text, each fact with its evidence."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from warclaims.records.base import Id, Record, Words
from warclaims.records.documents import PartialDate
from warclaims.records.fields import ActorId, EventId, OpenTo, PlaceId, SideId, described
from warclaims.records.vocabulary import (
    ActorType,
    AnnotatorKind,
    EventType,
    Evidence,
    PlaceType,
)
from warclaims.records.waivers import File

ActorTypeValue = Annotated[str, OpenTo(ActorType)]
PlaceTypeValue = Annotated[str, OpenTo(PlaceType)]
EventTypeValue = Annotated[str, OpenTo(EventType)]


class Evidenced(Record):
    """A fact with its evidence."""

    evidence: Evidence = described(Evidence, "What kind of evidence.")
    basis: Words = Field(description="The words of a text with its document id, or the source.")


class Name(Evidenced):
    """A name in use, and by whom."""

    name: Words = Field(description="The name as written.")
    used_by: tuple[ActorId, ...] = Field(
        description="Actors said to use it, where a text or a source says so. Which texts use it "
        "is computed from the mentions."
    )


class ExternalId(Record):
    """An identifier that was looked up."""

    scheme: Words = Field(description="The scheme: wikidata, geonames, iso3166-1 …")
    value: Words = Field(description="The identifier in that scheme.")
    source: Words = Field(description="Where it was looked up, with version.")


class RegistryLink(Evidenced):
    """A reference to another registry entry, with its evidence."""

    id: Id = Field(description="Id of the entry referred to.")


class SideLink(RegistryLink):
    """A reference to a side."""

    id: SideId = Field(description="Id of the side.")


class ActorLink(RegistryLink):
    """A reference to an actor."""

    id: ActorId = Field(description="Id of the actor.")


class PlaceLink(RegistryLink):
    """A reference to a place."""

    id: PlaceId = Field(description="Id of the place.")


class EventLink(RegistryLink):
    """A reference to an event."""

    id: EventId = Field(description="Id of the event.")


class Coordinates(Record):
    """A point for a place, with its precision."""

    latitude: float = Field(ge=-90, le=90, description="Degrees north, WGS 84.")
    longitude: float = Field(ge=-180, le=180, description="Degrees east, WGS 84.")
    precision: int = Field(
        ge=1, le=7, description="UCDP where_prec: 1 exact location … 7 international waters or air."
    )
    source: Words = Field(description="Where it was looked up, with version.")


class Actor(Evidenced):
    """An actor: who speaks, acts, is blamed, fights or mediates."""

    id: Id = Field(description="Id of the actor.")
    label: Words = Field(description="Name shown by default: the one most used in the corpus.")
    type: ActorTypeValue = described(ActorType, "What kind of actor.")
    side: SideLink | None = Field(description="The side the actor belongs to; null if it has none.")
    affiliation: ActorLink | None = Field(
        description="The actor this one is part of; null if there is none."
    )
    names: tuple[Name, ...] = Field(description="Names in use.")
    external_ids: tuple[ExternalId, ...] = Field(description="Identifiers that were looked up.")


class Place(Evidenced):
    """A place, under all its names."""

    id: Id = Field(description="Id of the place.")
    label: Words = Field(description="Name shown by default: the one most used in the corpus.")
    type: PlaceTypeValue = described(PlaceType, "What kind of place.")
    parent: PlaceLink | None = Field(
        description="The place this one lies in; null if there is none."
    )
    coordinates: Coordinates | None = Field(
        description="A point that was looked up; null if none was."
    )
    names: tuple[Name, ...] = Field(description="Names in use.")
    external_ids: tuple[ExternalId, ...] = Field(description="Identifiers that were looked up.")


class Event(Evidenced):
    """Something that happened, by which claims of several texts are compared."""

    id: Id = Field(description="Id of the event.")
    label: Words = Field(description="A neutral name.")
    description: Words = Field(description="What is meant, so that annotators link the same way.")
    type: EventTypeValue | None = described(
        EventType, "What kind of event; null if unknown.", default=None
    )
    start: PartialDate | None = Field(description="When it began; null if unknown.")
    end: PartialDate | None = Field(description="When it ended; null if it goes on or is unknown.")
    places: tuple[PlaceId, ...] = Field(description="Where it happened.")
    parent: EventLink | None = Field(
        description="The event this one is part of; null if there is none."
    )


class Side(Record):
    """A side of the conflict, as the texts give it to victims and actors."""

    id: Id = Field(description="Id of the side.")
    label: Words = Field(description="Name shown.")
    description: Words = Field(description="What belongs to it.")
    may_be: tuple[SideId, ...] = Field(
        default=(),
        description="The sides of which it may be one, where the texts leave open which.",
    )


class Annotator(Record):
    """Who made annotations."""

    id: Id = Field(description="Id of the annotator; a pseudonym for a person.")
    label: Words = Field(description="Name shown.")
    kind: AnnotatorKind = described(AnnotatorKind, "A person, a model or another program.")
    description: Words = Field(description="What made the annotations, from what, and how.")


class ActorRegistry(File):
    """``annotations/registry/actors.json``."""

    actors: tuple[Actor, ...] = Field(description="The actors, in order of id.")


class PlaceRegistry(File):
    """``annotations/registry/places.json``."""

    places: tuple[Place, ...] = Field(description="The places, in order of id.")


class EventRegistry(File):
    """``annotations/registry/events.json``."""

    events: tuple[Event, ...] = Field(description="The events, in order of id.")


class SideRegistry(File):
    """``annotations/registry/sides.json``."""

    sides: tuple[Side, ...] = Field(description="The sides, in order of id.")


class AnnotatorRegistry(File):
    """``annotations/registry/annotators.json``."""

    annotators: tuple[Annotator, ...] = Field(description="The annotators, in order of id.")


REGISTRIES: dict[str, type[BaseModel]] = {
    "actors": ActorRegistry,
    "places": PlaceRegistry,
    "events": EventRegistry,
    "sides": SideRegistry,
    "annotators": AnnotatorRegistry,
}
"""The registry files by name: ``annotations/registry/<name>.json`` holds a list of that name."""
