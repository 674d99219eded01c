"""The records of a text as lists to read beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from warclaims.derive import AttributionTree
from warclaims.records import span_text
from warclaims.report.colours import NO_SIDE, side_label, side_of
from warclaims.report.shown import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from warclaims.records import (
        ActorMention,
        Annotations,
        Attribution,
        Bundle,
        Casualty,
        Claim,
        Event,
        LocationMention,
    )
    from warclaims.report.colours import Tone
    from warclaims.report.part import Context
    from warclaims.report.shown import Shown

LONGEST = 160
"""Of longer words a list shows the beginning, in code points; the text itself is beside it."""


class Words(NamedTuple):
    """Words of the text with the id of the record whose they are."""

    id: str
    text: str


class Said(NamedTuple):
    """An attribution.

    Attributes:
        record: The attribution.
        who: The mentions of its source.
        inferred: The label of the source, where the text only implies it.
        tone: The colour of the side of the source.
        cue: The cue; empty if there is none.
        content: The content, shortened.
        blames: The mentions of whom it blames.
        regarding: The events it is about.
        inside: The id of the attribution in whose content it stands.
    """

    record: Attribution
    who: list[Words]
    inferred: str | None
    tone: Tone
    cue: str
    content: str
    blames: list[Words]
    regarding: list[Event]
    inside: str | None


class Counted(NamedTuple):
    """A casualty with its claim in words.

    Attributes:
        record: The casualty.
        claim: The claim.
        events: Its events.
        perpetrator: The mention of who is said to have done it.
    """

    record: Casualty
    claim: Shown
    events: list[Event]
    perpetrator: Words | None


class Named(NamedTuple):
    """An entry of a registry, or null, with its mentions in the text.

    Attributes:
        label: The label of the entry; null for mentions without one.
        about: What kind it is, and of which side.
        tone: The colour of its side.
        mentions: The mentions, in text order.
    """

    label: str | None
    about: str
    tone: Tone
    mentions: list[tuple[Words, ActorMention | LocationMention]]


class Listed(NamedTuple):
    """The records of a text."""

    casualties: list[Counted]
    attributions: list[Said]
    actors: list[Named]
    locations: list[Named]


def listed(bundle: Bundle, claims: Iterable[Claim], context: Context) -> Listed:
    """The records of a text, with labels from the registries; ``claims`` are those of the text."""
    annotations = bundle.annotations
    mentions = {mention.id: mention for mention in annotations.actors}
    return Listed(
        _casualties(annotations, claims, mentions, context),
        _attributions(annotations, mentions, context),
        _actors(annotations, context),
        _locations(annotations, context),
    )


def clipped(words: str) -> str:
    """The beginning of long words, in one line.

    >>> clipped("so  many\\nwords"), len(clipped("word " * 99))
    ('so many words', 155)
    """
    words = " ".join(words.split())
    if len(words) <= LONGEST:
        return words
    cut = words[: LONGEST - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut) + "…"


def _casualties(
    annotations: Annotations,
    claims: Iterable[Claim],
    mentions: Mapping[str, ActorMention],
    context: Context,
) -> list[Counted]:
    wordings = {one.claim.casualty: one for one in shown(claims, context)}
    return [
        Counted(
            casualty,
            wordings[casualty.id],
            _events(casualty.events, context),
            _words(mentions[casualty.perpetrator]) if casualty.perpetrator else None,
        )
        for casualty in annotations.casualties
    ]


def _attributions(
    annotations: Annotations, mentions: Mapping[str, ActorMention], context: Context
) -> list[Said]:
    actors = context.registries.actors
    parents = AttributionTree(annotations.attributions).parents
    found = []
    for one in annotations.attributions:
        entities = [entity for name in one.source if (entity := mentions[name].entity)]
        if one.inferred_source:
            entities.append(one.inferred_source)
        inferred = actors.get(one.inferred_source or "")
        found.append(
            Said(
                one,
                [_words(mentions[name]) for name in one.source],
                inferred.label if inferred else None,
                context.tones.get(side_of(entities, actors) or "", NO_SIDE),
                span_text(one.cue) if one.cue else "",
                clipped(span_text(one.content)),
                [_words(mentions[name]) for name in one.blames],
                _events(one.regarding, context),
                parents[one.id],
            )
        )
    return found


def _actors(annotations: Annotations, context: Context) -> list[Named]:
    registries = context.registries
    groups: dict[str | None, Named] = {}
    for mention in annotations.actors:
        if mention.entity not in groups:
            entry = registries.actors.get(mention.entity or "")
            side = side_of([entry.id], registries.actors) if entry else None
            kind = entry.type.value.replace("_", " ") if entry else ""
            about = f"{kind}, {side_label(side, registries.sides)}" if entry else ""
            tone = context.tones.get(side or "", NO_SIDE)
            groups[mention.entity] = Named(entry.label if entry else None, about, tone, [])
        groups[mention.entity].mentions.append((_words(mention), mention))
    return _labelled_first(groups)


def _locations(annotations: Annotations, context: Context) -> list[Named]:
    groups: dict[str | None, Named] = {}
    for mention in annotations.locations:
        if mention.place not in groups:
            entry = context.registries.places.get(mention.place or "")
            about = entry.type.value.replace("_", " ") if entry else ""
            groups[mention.place] = Named(entry.label if entry else None, about, NO_SIDE, [])
        groups[mention.place].mentions.append((_words(mention), mention))
    return _labelled_first(groups)


def _labelled_first(groups: Mapping[str | None, Named]) -> list[Named]:
    return sorted(groups.values(), key=lambda group: group.label is None)


def _words(mention: ActorMention | LocationMention) -> Words:
    return Words(mention.id, clipped(span_text(mention.span)))


def _events(names: Iterable[str], context: Context) -> list[Event]:
    events = context.registries.events
    return [events[name] for name in names if name in events]
