"""Level 5 for mentions of actors and places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.findings import Related
from warclaims.records import Target, span_end, span_start, span_text
from warclaims.records.vocabulary import Level, PlaceLevel
from warclaims.validation.mistakes import Copied, Words
from warclaims.validation.rule import Example, Fault, Scope, rule
from warclaims.validation.words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.validation.views import AnnotationView


@rule(
    "C511",
    Scope.ANNOTATIONS,
    title="pronoun without a role",
    why="Pronouns are mentions only where they are a source, are blamed, or are a perpetrator.",
    fix="Link the pronoun from the record whose slot it fills, or drop it.",
    example=Example(
        "[We] live in Dorn: an actor that no record refers to", "We live in Dorn: no actor"
    ),
    mistake={
        "/actors/-": Copied(
            "/actors/3", id="a5", span=Words("we", after="and "), entity=None, level="pronoun"
        )
    },
)
def idle_pronoun(view: AnnotationView) -> Iterator[Fault]:
    """A pronoun that no attribution and no casualty refers to."""
    pronoun = Level.PRONOUN
    pronouns = [
        (index, mention)
        for index, mention in enumerate(view.record.actors)
        if mention.level is pronoun
    ]
    if not pronouns:
        return
    needed = view.referred[Target.ACTOR_MENTION]
    for index, mention in pronouns:
        if mention.id not in needed:
            message = f"the pronoun {mention.id} {quoted(span_text(mention.span))} fills no slot"
            start, end = span_start(mention.span), span_end(mention.span)
            yield Fault(f"/actors/{index}", message, start, end)


@rule(
    "C512",
    Scope.ANNOTATIONS,
    title="name both actor and place",
    why="A country or capital acts or is territory: one token of a name is one of the two, or its "
    "claims would count twice.",
    fix="Keep the actor where it speaks, decides or fights; the place where it is territory.",
    example=Example(
        "[Borland] denied it: both an actor and a location", "[Borland] denied it: an actor"
    ),
    mistake={"/locations/-": Copied("/locations/2", id="l4", span=Words("Borland"), place=None)},
)
def actor_and_place(view: AnnotationView) -> Iterator[Fault]:
    """The same fragments are a name in both layers."""
    name, place_name = Level.NAME, PlaceLevel.NAME
    places = {
        (mention.span[0].start, mention.span[-1].end): (index, mention)
        for index, mention in enumerate(view.record.locations)
        if mention.level is place_name
    }
    for index, mention in enumerate(view.record.actors):
        if mention.level is not name:
            continue
        start, end = mention.span[0].start, mention.span[-1].end
        number, place = places.get((start, end), (0, None))
        if place is not None and place.span == mention.span:
            message = (
                f"{quoted(span_text(mention.span))} is the actor {mention.id} and the place "
                f"{place.id}"
            )
            related = Related(view.file, f"/locations/{number}", place.id, start, end)
            yield Fault(f"/actors/{index}", message, start, end, (related,))
