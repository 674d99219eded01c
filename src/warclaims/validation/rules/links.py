"""Level 6: links between records that are too far apart, and missing links."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from warclaims.records import span_end, span_start, span_text
from warclaims.validation.mistakes import Copied, Words
from warclaims.validation.rule import Example, Fault, Need, Scope, rule
from warclaims.validation.words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.records import Span
    from warclaims.validation.views import AnnotationView


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
    mistake={"/casualties/0/trigger": Words("hits")},
)
def far_apart(view: AnnotationView) -> Iterator[Fault]:
    """The linked words share no segment with the words that they are linked to."""
    if view.document is None or len(view.document.segments) < 2:
        return
    starts = [segment.start for segment in view.document.segments]
    for layer, index, field, words, linked in _linked(view):
        first, last = (bisect_right(starts, at) for at in (span_start(words), span_end(words) - 1))
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


@rule(
    "W612",
    Scope.ANNOTATIONS,
    title="attribution without source or cue",
    why="An attribution has a cue, or, if a quotation has none, a source. Otherwise nothing shows "
    "that somebody speaks.",
    fix="Mark the cue or link the source. If the clause before names the source, infer it. "
    "Otherwise remove the record.",
    example=Example(
        '“We hit no town”, with "source": [], "inferred_source": null, "cue": null',
        '“We hit no town”, with "source": ["a4"]',
    ),
    mistake={
        "/attributions/-": Copied(
            "/attributions/2", id="t4", source=[], cue=None, content=Words("we never will")
        )
    },
)
def unattributed(view: AnnotationView) -> Iterator[Fault]:
    """An attribution without cue, source and inferred source."""
    for index, attribution in enumerate(view.record.attributions):
        if attribution.cue is None and not (attribution.source or attribution.inferred_source):
            yield view.fault("attributions", index, "source", "has neither source nor cue")
