"""Sentences with tokens and typed BIO tags, for training; and what BIO loses."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any

from warclaims.records.vocabulary import ClosedList

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterator, Sequence

    from warclaims.derive import Placement
    from warclaims.derive.placement import Token
    from warclaims.records import Annotations, Fragment

Spans = list[tuple[str, tuple["Fragment", ...]]]
"""Spans with the label of their tags."""

Chunk = tuple[int, int, str]
"""Offsets of words that are tagged together, and their label."""


class BIO(ClosedList):
    """Whether a token is in a span, and what the span is."""

    OUTSIDE = "O", "in no span"
    BEGIN_ACTOR = "B-ACTOR", "begins a piece of a mention of an actor"
    INSIDE_ACTOR = "I-ACTOR", "goes on"
    BEGIN_LOCATION = "B-LOCATION", "begins a piece of a mention of a place"
    INSIDE_LOCATION = "I-LOCATION", "goes on"
    BEGIN_CASUALTY = "B-CASUALTY", "begins a piece of a victim phrase"
    INSIDE_CASUALTY = "I-CASUALTY", "goes on"
    BEGIN_TRIGGER = "B-TRIGGER", "begins a piece of the words that state a harm"
    INSIDE_TRIGGER = "I-TRIGGER", "goes on"
    BEGIN_SOURCE = "B-SOURCE", "begins a piece of a mention of a source"
    INSIDE_SOURCE = "I-SOURCE", "goes on"
    BEGIN_CUE = "B-CUE", "begins a piece of the words that attribute"
    INSIDE_CUE = "I-CUE", "goes on"
    BEGIN_CONTENT = "B-CONTENT", "begins a piece of what is attributed"
    INSIDE_CONTENT = "I-CONTENT", "goes on"


_BY_VALUE = {tag.value: tag for tag in BIO}

TAG_COLUMNS: dict[str, Callable[[Annotations], Spans]] = {
    "actors": lambda a: [("ACTOR", mention.span) for mention in a.actors],
    "locations": lambda a: [("LOCATION", mention.span) for mention in a.locations],
    "casualties": lambda a: [("CASUALTY", casualty.span) for casualty in a.casualties],
    "triggers": lambda a: [("TRIGGER", c.trigger) for c in a.casualties if c.trigger],
    "sources": lambda a: _source_spans(a),  # noqa: PLW0108 (defined below)
    "cues": lambda a: [("CUE", t.cue) for t in a.attributions if t.cue],
    "contents": lambda a: [("CONTENT", t.content) for t in a.attributions],
    "joint": lambda a: [
        span
        for name in ("actors", "locations", "casualties", "triggers", "cues")
        for span in TAG_COLUMNS[name](a)
    ],
}
"""The columns of tags and the spans that each holds."""

LOSSES = {
    "nested": "in or on another (not tagged)",
    "discontinuous": "discontinuous",
    "split": "over a sentence's end",
    "cut": "beginning or ending inside a token",
}
"""What BIO loses of spans, by the name under which it is counted, for people."""


def _source_spans(annotations: Annotations) -> Spans:
    sources = {name for attribution in annotations.attributions for name in attribution.source}
    return [("SOURCE", mention.span) for mention in annotations.actors if mention.id in sources]


def bio_tags(
    annotations: Annotations, placement: Placement, lost: Counter[str]
) -> Iterator[dict[str, Any]]:
    """For each sentence its tokens and the tags of every column.

    Only the outermost spans of a column are tagged: BIO cannot represent a span inside another.
    Each fragment of a discontinuous span, and each sentence's part of a long one, begins with B. A
    token that is larger than its span is tagged. In ``lost`` is counted what this loses:
    ``<column>/spans`` and for each of :data:`LOSSES` ``<column>/nested`` and so on.
    """
    outermost = {
        name: _outermost(spans(annotations), name, lost) for name, spans in TAG_COLUMNS.items()
    }
    seen: dict[str, set[int]] = {name: set() for name in TAG_COLUMNS}
    for sentence in placement.sentences:
        tokens = placement.tokens(sentence)
        row: dict[str, Any] = {
            "start": sentence.start,
            "end": sentence.end,
            "segment": sentence.segment.kind.value,
            "token_starts": [token.start for token in tokens],
            "token_ends": [token.end for token in tokens],
        }
        for name, chunks in outermost.items():
            tags = [BIO.OUTSIDE] * len(tokens)
            first = bisect_left(chunks, sentence.start + 1, key=lambda chunk: chunk[1])
            for number in range(first, len(chunks)):
                chunk = chunks[number]
                if chunk[0] >= sentence.end:
                    break
                if tagged := _tag(tags, tokens, chunk):
                    lost[f"{name}/split"] += number in seen[name]
                    lost[f"{name}/cut"] += _is_cut(tagged, chunk)
                seen[name].add(number)
            row[name] = tags
        yield row


def _tag(tags: list[BIO], tokens: Sequence[Token], chunk: Chunk) -> Sequence[Token]:
    """Tag the tokens that are at least partly in a chunk, and return them."""
    start, end, label = chunk
    first = bisect_left(tokens, start + 1, key=lambda token: token.end)
    last = bisect_left(tokens, end, key=lambda token: token.start)
    for at in range(first, last):
        tags[at] = _BY_VALUE[f"{'B' if at == first else 'I'}-{label}"]
    return tokens[first:last]


def _is_cut(tokens: Sequence[Token], chunk: Chunk) -> bool:
    return tokens[0].start < chunk[0] or tokens[-1].end > chunk[1]


def _outermost(spans: Spans, name: str, lost: Counter[str]) -> list[Chunk]:
    fragments = sorted(
        {(fragment.start, -fragment.end, label) for label, span in spans for fragment in span}
    )
    lost[f"{name}/spans"] += len(spans)
    lost[f"{name}/discontinuous"] += sum(len(span) > 1 for _, span in spans)
    kept: list[Chunk] = []
    for start, minus_end, label in fragments:
        if not kept or start >= kept[-1][1]:
            kept.append((start, -minus_end, label))
    outer = set(kept)
    for label, span in spans:
        held = {(fragment.start, fragment.end, label) for fragment in span}
        lost[f"{name}/nested"] += not held <= outer  # inside another, or on one that is held
        outer -= held
    return kept
