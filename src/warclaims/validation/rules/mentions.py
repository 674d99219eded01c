"""Level 5: mentions of actors and places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.records import Target
from warclaims.records.vocabulary import Level, PlaceLevel
from warclaims.validation.mistakes import CopyOf, SpanOf
from warclaims.validation.rule import Example, Fault, Scope, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.validation.views import AnnotationView


@rule(
    "C511",
    Scope.ANNOTATIONS,
    title="pronoun without a role",
    why="A pronoun is a mention only if it is a source, blamed, or a perpetrator.",
    fix="Link the pronoun from that record, or remove it.",
    example=Example(
        "[We] live in Dorn: an actor that no record refers to", "We live in Dorn: no actor"
    ),
    mistake={
        "/actors/-": CopyOf(
            "/actors/3", id="a5", span=SpanOf("we", after="and "), entity=None, level="pronoun"
        )
    },
    only_warns=True,
)
def idle_pronoun(view: AnnotationView) -> Iterator[Fault]:
    """A pronoun that no attribution and no casualty refers to."""
    pronoun = Level.PRONOUN
    for index, mention in enumerate(view.record.actors):
        if mention.level is pronoun and mention.id not in view.referred[Target.ACTOR_MENTION]:
            yield view.fault("actors", index, "", "is a pronoun to which no record refers")


@rule(
    "C512",
    Scope.ANNOTATIONS,
    title="name both actor and place",
    why="The name of a country or capital means either an actor or a territory. As both, its "
    "claims would count twice.",
    fix="Keep the actor if it speaks, decides or fights, the place if it is territory.",
    example=Example(
        "[Borland] denied it: both an actor and a location", "[Borland] denied it: an actor"
    ),
    mistake={"/locations/-": CopyOf("/locations/2", id="l4", span=SpanOf("Borland"), place=None)},
    only_warns=True,
)
def actor_and_place(view: AnnotationView) -> Iterator[Fault]:
    """The same fragments are a name in both layers."""
    name, place_name = Level.NAME, PlaceLevel.NAME
    places = {
        (mention.span[0].start, mention.span[-1].end): index
        for index, mention in enumerate(view.record.locations)
        if mention.level is place_name
    }
    for index, mention in enumerate(view.record.actors):
        if mention.level is not name:
            continue
        number = places.get((mention.span[0].start, mention.span[-1].end))
        if number is not None and view.record.locations[number].span == mention.span:
            related = view.related("locations", number)
            message = f"is an actor, and also the location {related.what}"
            yield view.fault("actors", index, "", message, (related,))
