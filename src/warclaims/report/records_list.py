"""The records of a text as lists to read beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from warclaims.derive import AttributionTree
from warclaims.records import span_text
from warclaims.report.colours import NO_SIDE
from warclaims.wording import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warclaims.records import ActorMention, Annotations, Bundle, Claim, LocationMention
    from warclaims.report.context import ReportContext

LONGEST = 160
"""Longer words are cut, in code points; the text itself is beside the list."""

Item = dict[str, Any]


def listed_records(
    bundle: Bundle, claims: Iterable[Claim], context: ReportContext
) -> dict[str, list[Item]]:
    """The records of a text by layer, with labels of the registries, for ``templates/text.html``.

    The claims are those of the text.
    """
    annotations = bundle.annotations
    mentions = {mention.id: _words(mention) for mention in annotations.actors}
    return {
        "casualties": _casualties(annotations, claims, mentions, context),
        "attributions": _attributions(annotations, mentions, context),
        "actors": _actors(annotations, context),
        "locations": _locations(annotations, context),
    }


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
    mentions: dict[str, Item],
    context: ReportContext,
) -> list[Item]:
    """The casualties with their claims in words, their events and the perpetrator's mention."""
    wordings = {one.claim.casualty: one for one in context.worded(claims)}
    return [
        {
            "record": casualty,
            "claim": wordings[casualty.id],
            "events": context.events(casualty.events),
            "perpetrator": mentions.get(casualty.perpetrator or ""),
        }
        for casualty in annotations.casualties
    ]


def _attributions(
    annotations: Annotations, mentions: dict[str, Item], context: ReportContext
) -> list[Item]:
    """The attributions with the words of sources, cue and content, and what they are inside."""
    parents = AttributionTree(annotations.attributions).parents
    entities = {mention.id: mention.entity for mention in annotations.actors}
    found = []
    for one in annotations.attributions:
        sources = [*(entities[name] for name in one.source), one.inferred_source]
        inferred = context.registries.actors.get(one.inferred_source or "")
        found.append(
            {
                "record": one,
                "who": [mentions[name] for name in one.source],
                "inferred": inferred.label if inferred else None,
                "tone": context.side(filter(None, sources))[1],
                "cue": span_text(one.cue) if one.cue else "",
                "content": clipped(span_text(one.content)),
                "blames": [mentions[name] for name in one.blames],
                "regarding": context.events(one.regarding),
                "inside": parents[one.id],
            }
        )
    return found


def _actors(annotations: Annotations, context: ReportContext) -> list[Item]:
    groups: dict[str | None, Item] = {}
    for mention in annotations.actors:
        entry = context.registries.actors.get(mention.entity or "")
        side, tone = context.side([mention.entity or ""])
        about = f"{plain(entry.type)}, {side}" if entry else ""
        label = entry.label if entry else None
        group: Item = {"label": label, "about": about, "tone": tone, "mentions": []}
        groups.setdefault(mention.entity, group)["mentions"].append((_words(mention), mention))
    return _labelled_first(groups.values())


def _locations(annotations: Annotations, context: ReportContext) -> list[Item]:
    groups: dict[str | None, Item] = {}
    for mention in annotations.locations:
        entry = context.registries.places.get(mention.place or "")
        about = plain(entry.type) if entry else ""
        label = entry.label if entry else None
        group: Item = {"label": label, "about": about, "tone": NO_SIDE, "mentions": []}
        groups.setdefault(mention.place, group)["mentions"].append((_words(mention), mention))
    return _labelled_first(groups.values())


def _labelled_first(groups: Iterable[Item]) -> list[Item]:
    return sorted(groups, key=lambda group: group["label"] is None)


def _words(mention: ActorMention | LocationMention) -> Item:
    """The words of a mention, to link to it."""
    return {"id": mention.id, "text": clipped(span_text(mention.span))}
