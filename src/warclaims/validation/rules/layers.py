"""Levels 5 and 6: records of all layers, and links between them."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from warclaims.folding import fold
from warclaims.records import LAYERS, Target, shapes, span_end, span_start, span_text
from warclaims.records.vocabulary import Level, PlaceLevel
from warclaims.validation.mistakes import SpanOf
from warclaims.validation.rule import Example, Fault, Need, Scope, rule
from warclaims.validation.words import quoted, surface

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.records import Span
    from warclaims.validation.views import AnnotationView

_NAMES = (Level.NAME, PlaceLevel.NAME)
_LINKS = tuple(
    (layer, shape.name, shape.target)
    for layer, model in LAYERS.items()
    for shape in shapes(model).values()
    if shape.target in (Target.ACTOR, Target.PLACE) and "level" in shapes(model)
)
"""Layer, field and registry of the mentions that have a level and a link."""


@rule(
    "W602",
    Scope.ANNOTATIONS,
    title="one name for two entries",
    why="Within one text a name usually means one actor or place. A link to another one is often a "
    "slip, unless the registry lists the name for that entry, too.",
    fix="Correct the wrong link. If both are right, add the name to the entry in the registry, or "
    "explain it in the note of the mention.",
    example=Example(
        "[Dorn] linked to the town, later [Dorn] linked to Avaria",
        "[Dorn] linked to the town both times",
    ),
    mistake={"/locations/2/place": "avaria-land"},
)
def two_entries(view: AnnotationView) -> Iterator[Fault]:
    """A name is linked to another entry than the first mention of the same words."""
    for layer, field, target in _LINKS:
        first: dict[str, tuple[int, str, str]] = {}
        for index, mention in enumerate(getattr(view.record, layer)):
            link = getattr(mention, field)
            if link is None or mention.level not in _NAMES:
                continue
            words = surface(mention.span)
            at, name, before = first.setdefault(words, (index, mention.id, link))
            if before != link and not mention.note and not _goes_by(view, target, link, words):
                message = f"is {link!r}, {name} is {before!r}"
                yield view.fault(layer, index, field, message, (view.related(layer, at),))


def _goes_by(view: AnnotationView, target: Target, entry: str, words: str) -> bool:
    """True if the registry lists ``words`` among the names of the entry, or is not known."""
    registry = view.known.registries.get(target.collection)
    if registry is None:
        return True
    listed = registry.get(entry)
    return any(fold(name.name) == words for name in getattr(listed, "names", ()))


@rule(
    "W608",
    Scope.ANNOTATIONS,
    title="link to another paragraph",
    why="A trigger is in the sentence of its victims, a perpetrator in their clause, a source in "
    "the clause of its cue. A link to another paragraph is usually a link to the wrong one of two "
    "equal words.",
    fix="Link the words nearby, or none.",
    example=Example(
        "[two civilians] of the first paragraph, their trigger [killed] in the last",
        "[two civilians] and [killed] of one sentence",
    ),
    needs=Need.DOCUMENT,
    mistake={"/casualties/0/trigger": SpanOf("hits")},
)
def far_apart(view: AnnotationView) -> Iterator[Fault]:
    """The linked words share no segment with the words that they are linked to."""
    if view.document is None or len(view.document.segments) < 2:
        return
    starts = [segment.start for segment in view.document.segments]
    for layer, index, field, words, linked in _linked(view):
        first = bisect_right(starts, words[0].start)
        last = bisect_right(starts, words[-1].end - 1)
        if first <= bisect_right(starts, linked[0].start) <= last:
            continue  # as nearly always
        if not any(first <= bisect_right(starts, part.start) <= last for part in linked):
            message = (
                f"the {field} {quoted(span_text(linked))} is not in the paragraph of "
                f"{quoted(span_text(words))}"
            )
            pointer = f"/{layer}/{index}/{field}"
            yield Fault(pointer, message, span_start(linked), span_end(linked))


def _linked(view: AnnotationView) -> Iterator[tuple[str, int, str, Span, Span]]:
    """Layer, row and field of each link that should be near, the words, and the linked words."""
    for index, casualty in enumerate(view.record.casualties):
        if casualty.trigger is not None:
            yield "casualties", index, "trigger", casualty.span, casualty.trigger
        mention = view.actors.get(casualty.perpetrator or "")
        if mention is not None:
            yield "casualties", index, "perpetrator", casualty.span, mention.span
    for index, attribution in enumerate(view.record.attributions):
        cue = attribution.cue
        for name in attribution.source:
            mention = view.actors.get(name)
            if cue is not None and mention is not None:
                yield "attributions", index, "source", cue, mention.span
