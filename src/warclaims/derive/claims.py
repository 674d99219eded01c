"""Claims: every casualty with its bounds, its chain of sources and its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from warclaims.derive.attribution import AttributionTree, mention_name
from warclaims.derive.counts import bounds
from warclaims.derive.placement import Placement
from warclaims.derive.sides import common_side
from warclaims.records import ChainStep, Claim, span_end, span_start, span_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from warclaims.corpus import Registries
    from warclaims.records import Actor, ActorMention, Attribution, Bundle, Casualty, Document


def claims(bundles: Iterable[Bundle], registries: Registries) -> list[Claim]:
    """The claims of all documents."""
    return [claim for bundle in bundles for claim in document_claims(bundle, registries)]


def document_claims(bundle: Bundle, registries: Registries) -> list[Claim]:
    """The claims of one document, in the order of its casualties."""
    document, annotations = bundle.document, bundle.annotations
    placement = Placement(document, bundle.text)
    mentions = {mention.id: mention for mention in annotations.actors}
    tree = AttributionTree(annotations.attributions)
    chains = tree.chains({casualty.id: casualty.span for casualty in annotations.casualties})
    return [
        _claim(document, casualty, chains[casualty.id], mentions, placement, registries=registries)
        for casualty in annotations.casualties
    ]


def _claim(
    document: Document,
    casualty: Casualty,
    chain: list[Attribution],
    mentions: dict[str, ActorMention],
    placement: Placement,
    *,
    registries: Registries,
) -> Claim:
    start, end = span_start(casualty.span), span_end(casualty.span)
    words = span_text(casualty.span)
    count = bounds(casualty.quantifier, casualty.value, words, casualty.value_max)
    perpetrator = mentions[casualty.perpetrator] if casualty.perpetrator else None
    by_mention = perpetrator.entity if perpetrator else None

    steps = tuple(
        _step(document.id, attribution, mentions, registries.actors) for attribution in chain
    )
    events = [registries.events[n] for n in casualty.events if n in registries.events]
    places = tuple(dict.fromkeys(place for event in events for place in event.places))
    known = registries.places

    def within(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(f"{document.id}:{other}" for other in ids)

    return Claim(
        record=f"{document.id}:{casualty.id}",
        document=document.id,
        outlet=document.outlet.value,
        date=document.date.value,
        date_certainty=document.date.certainty,
        text=words,
        start=start,
        end=end,
        trigger=span_text(casualty.trigger) if casualty.trigger else None,
        outcome=casualty.outcome,
        quantifier=casualty.quantifier,
        value=casualty.value,
        value_max=casualty.value_max,
        fraction=casualty.fraction,
        minimum=count.minimum,
        maximum=count.maximum,
        status=casualty.status,
        age=casualty.age,
        sex=casualty.sex,
        groups=casualty.groups,
        side=casualty.side,
        cause=casualty.cause,
        perpetrator=span_text(perpetrator.span) if perpetrator else None,
        perpetrator_entity=by_mention or casualty.inferred_perpetrator,
        certainty=casualty.certainty,
        events=casualty.events,
        event_labels=tuple(event.label for event in events),
        places=places,
        place_labels=tuple(known[name].label for name in places if name in known),
        subset_of=within(casualty.subset_of),
        same_as=within(casualty.same_as),
        revises=within(casualty.revises),
        besides=within(casualty.besides),
        narrator=not chain,
        **_innermost(steps, registries.actors),
        chain=steps,
        sentence=placement.sentence(start, end),
        sentence_number=placement.sentence_number(start),
        segment=placement.segment(start).kind,
        alternatives=casualty.alternatives,
        note=casualty.note,
    )


def _innermost(steps: tuple[ChainStep, ...], actors: Mapping[str, Actor]) -> dict[str, Any]:
    """The fields of a claim that say whose word it is."""
    if not steps:
        names = ("source_text", "source_side", "source_type", "cue", "commitment")
        return {"source": (), **dict.fromkeys(names)}
    step = steps[-1]
    entries = [actors[name] for name in step.entity if name in actors]
    labels = [entry.label for entry in entries]
    types = {entry.type for entry in entries}
    return {
        "source_text": " and ".join(step.source or labels) or None,
        "source": step.entity,
        "source_side": common_side(step.entity, actors),
        "source_type": types.pop() if len(types) == 1 else None,
        "cue": step.cue,
        "commitment": step.commitment,
    }


def _step(
    document: str,
    attribution: Attribution,
    mentions: dict[str, ActorMention],
    actors: Mapping[str, Actor],
) -> ChainStep:
    sources = [mentions[name] for name in attribution.source]
    entities = [mention.entity for mention in sources if mention.entity]
    if attribution.inferred_source:
        entities.append(attribution.inferred_source)
    return ChainStep(
        attribution=f"{document}:{attribution.id}",
        source=tuple(mention_name(mention, actors) for mention in sources),
        entity=tuple(dict.fromkeys(entities)),
        cue=span_text(attribution.cue) if attribution.cue else None,
        act=attribution.act,
        commitment=attribution.commitment,
    )
