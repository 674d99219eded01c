"""Sentences with tokens and one BIO column per layer, for training; and what BIO loses."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any

from warclaims.records.vocabulary import ClosedList

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterator, Sequence

    from warclaims.derive import Placement
    from warclaims.records import Annotations, Fragment

Spans = list[tuple["Fragment", ...]]


class BIO(ClosedList):
    """Whether a token is in a span of a layer."""

    OUTSIDE = "O", "outside"
    BEGIN = "B", "begins a piece of a span"
    INSIDE = "I", "goes on"


LAYER_SPANS: dict[str, Callable[[Annotations], Spans]] = {
    "actors": lambda a: [mention.span for mention in a.actors],
    "locations": lambda a: [mention.span for mention in a.locations],
    "casualties": lambda a: [casualty.span for casualty in a.casualties],
    "sources": lambda a: _source_spans(a),  # noqa: PLW0108 (defined below)
    "cues": lambda a: [t.cue for t in a.attributions if t.cue],
    "contents": lambda a: [t.content for t in a.attributions],
}
"""The BIO columns and the spans that each holds."""


def _source_spans(annotations: Annotations) -> Spans:
    sources = {name for attribution in annotations.attributions for name in attribution.source}
    return [mention.span for mention in annotations.actors if mention.id in sources]


def bio_tags(
    annotations: Annotations, placement: Placement, lost: Counter[str]
) -> Iterator[dict[str, Any]]:
    """For each sentence its tokens and the tags of every layer.

    Only the outermost spans of a layer are tagged: BIO cannot represent a span inside another. Each
    fragment of a discontinuous span, and each sentence's part of a long one, begins with B. In
    ``lost`` is counted what this loses: ``<layer>/spans``, ``/nested``, ``/discontinuous``,
    ``/split``.
    """
    outermost = {
        name: _outermost(spans(annotations), name, lost) for name, spans in LAYER_SPANS.items()
    }
    seen: dict[str, set[int]] = {name: set() for name in LAYER_SPANS}
    for sentence in placement.sentences:
        tokens = placement.tokens(sentence)
        row: dict[str, Any] = {
            "start": sentence.start,
            "end": sentence.end,
            "segment": sentence.segment.kind.value,
            "token_starts": [token.start for token in tokens],
            "token_ends": [token.end for token in tokens],
        }
        for name, fragments in outermost.items():
            tags = [BIO.OUTSIDE] * len(tokens)
            first = bisect_left(fragments, sentence.start + 1, key=lambda fragment: fragment[1])
            for number in range(first, len(fragments)):
                start, end = fragments[number]
                if start >= sentence.end:
                    break
                at = bisect_left(tokens, start, key=lambda token: token.end - 1)
                if _mark(tags, tokens, at, end) and number in seen[name]:
                    lost[f"{name}/split"] += 1
                seen[name].add(number)
            row[name] = tags
        yield row


def _mark(tags: list[BIO], tokens: Sequence[Any], at: int, end: int) -> bool:
    begun = False
    while at < len(tokens) and tokens[at].start < end:
        tags[at] = BIO.INSIDE if begun else BIO.BEGIN
        begun = True
        at += 1
    return begun


def _outermost(spans: Spans, name: str, lost: Counter[str]) -> list[tuple[int, int]]:
    fragments = sorted({(fragment.start, -fragment.end) for span in spans for fragment in span})
    lost[f"{name}/spans"] += len(spans)
    lost[f"{name}/discontinuous"] += sum(len(span) > 1 for span in spans)
    kept: list[tuple[int, int]] = []
    for start, minus_end in fragments:
        if not kept or start >= kept[-1][1]:
            kept.append((start, -minus_end))
    outer = set(kept)
    for span in spans:
        held = {(fragment.start, fragment.end) for fragment in span}
        lost[f"{name}/nested"] += not held <= outer  # inside another, or on one that is held
        outer -= held
    return kept
