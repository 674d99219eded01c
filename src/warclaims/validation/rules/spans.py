"""Level 3: spans compared with the text, its segments and each other."""

from __future__ import annotations

from itertools import chain, pairwise
from typing import TYPE_CHECKING

from warclaims.corpus.hashes import apart
from warclaims.records import LAYERS
from warclaims.records.vocabulary import ANNOTATABLE
from warclaims.validation.geometry import text_order
from warclaims.validation.guards import spans_are_sound
from warclaims.validation.mistakes import CopyOf, SpanOf
from warclaims.validation.overlaps import crossings, repetitions
from warclaims.validation.rule import Example, Fault, Need, Scope, rule
from warclaims.validation.words import cuts_word, difference, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.validation.geometry import Piece
    from warclaims.validation.views import AnnotationView

NEARBY = 300
"""How far around a span its words are searched for, in code points."""

WORD_LENGTH = 20
"""How much of a cut word is shown on either side of the cut, in code points."""


@rule(
    "T305",
    Scope.ANNOTATIONS,
    title="annotations of another text",
    why="sha256 identifies the text to which the offsets refer. The index has another text for "
    "this document.",
    fix="Restore the text that was annotated. Or check every span, then enter the hash from the "
    "index.",
    example=Example(
        '"sha256": "0000…" in the annotations, "147b…" in the index', '"sha256": "147b…" in both'
    ),
    needs=Need.DOCUMENT,
    mistake={"/sha256": "0" * 64},
)
def other_text(view: AnnotationView) -> Iterator[Fault]:
    """The hash in the annotations is not the one in the index."""
    document = view.document
    if document is not None and view.record.sha256 != document.sha256:
        made_for, indexed = apart(view.record.sha256, document.sha256)
        message = (
            f"the annotations are for a text with the SHA-256 {made_for}, document "
            f"{document.id!r} has {indexed}"
        )
        yield Fault("/sha256", message)


@rule(
    "T306",
    Scope.ANNOTATIONS,
    title="span empty or beyond the text",
    why="A fragment is a half-open range [start, end) of at least one code point of the text.",
    fix="Correct the offsets, which count code points from 0.",
    example=Example('"start": 167, "end": 167', '"start": 167, "end": 178'),
    guard=spans_are_sound,
    mistake={"/actors/3/span/0/end": 167},
)
def outside(view: AnnotationView) -> Iterator[Fault]:
    """A fragment is empty, or ends after the text."""
    for field in view.spans.values():
        for piece in chain.from_iterable(field.impossible):
            if not field.is_in_text(piece):
                where = (
                    f"ends at {piece.end}, after the end of the text"
                    if piece.start < piece.end
                    else f"ends at {piece.end}, not after its start at {piece.start}"
                )
                yield piece.fault(where)._replace(start=None, end=None)


@rule(
    "T307",
    Scope.ANNOTATIONS,
    title="fragments out of order",
    why="The fragments of a discontinuous span are in text order, with other text between them.",
    fix="Sort them. Join those that touch or overlap.",
    example=Example("fragments 185–205, 149–166", "fragments 149–166, 185–205"),
    guard=spans_are_sound,
    mistake={"/attributions/2/content": SpanOf("“and we never will.”", "“We hit no town,”")},
)
def disordered(view: AnnotationView) -> Iterator[Fault]:
    """A fragment starts before the one before it ends, or right there."""
    for field in view.spans.values():
        for pieces in field.impossible:
            if all(map(field.is_in_text, pieces)):
                for before, piece in pairwise(pieces):
                    if piece.start <= before.end:
                        words = quoted(piece.span[piece.position].text)
                        where = f"starts at {piece.start}, the one before it ends at {before.end}"
                        yield piece.fault(f"has its fragments out of order: {words} {where}")


@rule(
    "T308",
    Scope.ANNOTATIONS,
    title="words differ from the text",
    why="Every span has its words, which are the text at its offsets. So a shifted offset or a "
    "changed text does not go unnoticed.",
    fix="Decide whether the words or the offsets are right, and correct the other.",
    example=Example(
        '{"start": 44, "end": 58, "text": "two civilians"}, which are at 45–58',
        '{"start": 45, "end": 58, "text": "two civilians"}',
    ),
    needs=Need.TEXT,
    guard=spans_are_sound,
    mistake={"/casualties/0/span/0/start": 44},
)
def other_words(view: AnnotationView) -> Iterator[Fault]:
    """The text at a fragment's offsets is not its words."""
    text = view.text
    if text is None:
        return
    for piece in view.pieces:
        start, end, words = piece.start, piece.end, piece.span[piece.position].text
        if text[start:end] != words:
            there = text[start:end]
            why = _found_nearby(text, words, start) or difference(words, there)
            at = f"{start}–{end}, {quoted(there)}"
            yield piece.fault(f"does not match the text at {at}; {why}")


def _own(view: AnnotationView) -> Iterator[Piece]:
    """The fragments except those of labels of other programs, which are kept as they came."""
    return (piece for piece in view.pieces if piece.layer != "foreign")


def _found_nearby(text: str, words: str, start: int) -> str:
    """Where the words are instead, at the nearest place; empty if they are not nearby."""
    low, high = max(0, start - NEARBY), start + NEARBY + len(words)
    before = text.rfind(words, low, start + len(words))
    after = text.find(words, start, high)
    found = [at for at in (before, after) if at >= 0]
    if not found:
        return ""
    at = min(found, key=lambda at: abs(at - start))
    return f"the words are at {at}–{at + len(words)}"


@rule(
    "T309",
    Scope.ANNOTATIONS,
    title="white space at the start or end of a span",
    why="Spaces and line breaks around words are never part of a span. Otherwise two annotators "
    "would differ because of them.",
    fix="Remove the space from the span and its words.",
    example=Example('"text": "a spokesman "', '"text": "a spokesman"'),
    guard=spans_are_sound,
    mistake={"/actors/3/span": SpanOf("a spokesman ")},
)
def blank_edge(view: AnnotationView) -> Iterator[Fault]:
    """A fragment starts or ends with white space."""
    for piece in _own(view):
        words = piece.span[piece.position].text
        blank = [
            verb for verb, char in (("starts", words[:1]), ("ends", words[-1:])) if char.isspace()
        ]
        if blank:
            yield piece.fault(f"{' and '.join(blank)} with white space")


@rule(
    "T310",
    Scope.ANNOTATIONS,
    title="span in a segment that is not annotated",
    why="Credits, links to other articles and boilerplate are not part of the report.",
    fix="Remove the record, or correct the kind of the segment in the index.",
    example=Example(
        "boilerplate: Sign up for [our] newsletter", "boilerplate: Sign up for our newsletter"
    ),
    needs=Need.DOCUMENT,
    guard=spans_are_sound,
    mistake={
        "/actors/-": CopyOf("/actors/3", id="a5", span=SpanOf("our"), entity=None, level="nominal")
    },
)
def not_annotatable(view: AnnotationView) -> Iterator[Fault]:
    """A fragment starts in a segment that is not annotated."""
    for piece in _own(view):
        segment = view.segment_at(piece.start)
        if segment is not None and segment.kind not in ANNOTATABLE:
            yield piece.fault("is in a segment that is not annotated")


@rule(
    "T311",
    Scope.ANNOTATIONS,
    title="fragment in two segments",
    why="A mention is in one paragraph. Only a content may continue in the next segment, with "
    "another fragment.",
    fix="End the fragment with its segment. Give a content one fragment per segment.",
    example=Example(
        "[Seven died in Dorn. ¶ Borland denied it.] with ¶ where a segment ends",
        "[Seven died in Dorn.] ¶ [Borland denied it.] as two fragments of a content",
    ),
    needs=Need.DOCUMENT,
    guard=spans_are_sound,
    mistake={
        "/attributions/2/content": SpanOf("“We hit no town,”", "“and we never will.”\n\nSign up")
    },
)
def over_segments(view: AnnotationView) -> Iterator[Fault]:
    """A fragment ends in a later segment."""
    for piece in _own(view):
        segment = view.segment_at(piece.start)
        if segment is not None and piece.end > segment.end:
            yield piece.fault("continues after the end of its segment")


@rule(
    "T312",
    Scope.ANNOTATIONS,
    title="spans of a layer cross",
    why="Two spans of one layer may nest, but never cross: one contains the other, or they share "
    "nothing.",
    fix="Correct the start or end that is wrong.",
    example=Example(
        "two actors: [Borland’s {army] denied} it", "one actor: [Borland’s army] denied it"
    ),
    guard=spans_are_sound,
    mistake={"/actors/2/span": SpanOf("army denied")},
)
def crossing(view: AnnotationView) -> Iterator[Fault]:
    """Two spans of actors, locations or casualties cross."""
    for layer in LAYERS:
        if layer != "attributions":
            yield from crossings(view, layer)


@rule(
    "T313",
    Scope.ANNOTATIONS,
    title="duplicate record",
    why="Two equal records of the same words count one statement twice.",
    fix="Remove one, and let its references name the other.",
    example=Example("a4 and a5, both [a spokesman] at 167–178 with the same values", "a4 alone"),
    guard=spans_are_sound,
    mistake={"/actors/-": CopyOf("/actors/3", id="a5")},
)
def twice(view: AnnotationView) -> Iterator[Fault]:
    """Two records of a layer are equal except for their ids and remarks."""
    for layer in LAYERS:
        yield from repetitions(view, layer)


@rule(
    "T314",
    Scope.ANNOTATIONS,
    title="records out of text order",
    why="Records are in text order, so that equal annotations are equal files, and a diff shows "
    "what changed.",
    fix="Sort the records of the layer by where their words start, the longer first. The words of "
    "an attribution are its source, cue and content together.",
    example=Example("locations l2 at 33, l1 at 14", "locations l1 at 14, l2 at 33"),
    guard=spans_are_sound,
    mistake={"/locations/0": CopyOf("/locations/1"), "/locations/1": CopyOf("/locations/0")},
)
def out_of_order(view: AnnotationView) -> Iterator[Fault]:
    """A record comes after one whose words start later."""
    for layer in LAYERS:
        before = (-1, 0)
        for index, record in enumerate(getattr(view.record, layer)):
            key = text_order(record, view.actors)
            if key < before:
                message = (
                    f"{layer} {record.id} starts at {key[0]} in the text, a record before it at "
                    f"{before[0]}"
                )
                yield Fault(f"/{layer}/{index}", message, key[0], -key[1])
            else:
                before = key


@rule(
    "T316",
    Scope.ANNOTATIONS,
    title="word cut in two",
    why="Spans contain whole words. If a span starts or ends inside a word, the mouse slipped, or "
    "the offsets count something other than code points.",
    fix="Include or exclude the whole word. A possessive ’s may be outside.",
    example=Example("a [spokesma]n", "a [spokesman]"),
    needs=Need.TEXT,
    guard=spans_are_sound,
    mistake={"/actors/3/span": SpanOf("spokesma")},
)
def cut_word(view: AnnotationView) -> Iterator[Fault]:
    """A fragment starts or ends inside a word, and its words are those of the text."""
    text = view.text
    if text is None:
        return
    for piece in _own(view):
        start, end = piece.start, piece.end
        cuts = [at for at in (start, end) if cuts_word(text, at)]
        if cuts and text[start:end] == piece.span[piece.position].text:
            inside = " and ".join(quoted(_word_around(text, at)) for at in cuts)
            edges = "starts and ends" if len(cuts) > 1 else "starts" if cuts == [start] else "ends"
            yield piece.fault(f"{edges} inside {inside}")


def _word_around(text: str, at: int) -> str:
    """The text around ``at`` up to white space, or up to a limit."""
    before = text[max(0, at - WORD_LENGTH) : at].split()
    after = text[at : at + WORD_LENGTH].split()
    return f"{before[-1]}{after[0]}"
