"""A text with its annotations as pieces for HTML: none crosses an edge of any span.

The text is cut wherever a span or a segment begins or ends, so that spans may nest, cross and
break off in any way while the pieces stay a flat list. The classes of a piece name the spans that
cover it; style sheets do the rest. Joined, the pieces are the text.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from warclaims.records.vocabulary import ANNOTATABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from warclaims.records import Annotations, Document, Fragment, Segment

DEEPEST = 12
"""Limit of spans of one kind that a piece names, the innermost: the page stays in proportion to the
number of spans, however deep these nest."""

LINES = 5
"""Limit of lines under the contents of attributions."""

BLANK = " \t\n\r\f"
"""White space of HTML; at the edges of a segment it is kept, but takes no room."""


class SpanKind(NamedTuple):
    """A span of the records of a layer, and its classes.

    Attributes:
        layer: The layer.
        field: The field of its records.
        style: The class of all such spans.
        stem: With the id of a record the class of its span: ``v-c1``.
        tagged: Whether each fragment begins with a small letter or id.
    """

    layer: str
    field: str
    style: str
    stem: str
    tagged: bool


CONTENT = SpanKind("attributions", "content", "T", "k", False)
CUE = SpanKind("attributions", "cue", "Q", "q", True)
VICTIMS = SpanKind("casualties", "span", "C", "v", True)
TRIGGER = SpanKind("casualties", "trigger", "G", "g", False)
ACTOR = SpanKind("actors", "span", "A", "m", True)
PLACE = SpanKind("locations", "span", "L", "m", True)
KINDS = (CONTENT, CUE, VICTIMS, TRIGGER, ACTOR, PLACE)


class SpanHandle(NamedTuple):
    """The beginning of a fragment.

    Attributes:
        record: The id of its record if links to the record's words lead here, else ``None``.
        style: The class of its kind.
        tag: The letter or id shown; may be empty.
    """

    record: str | None
    style: str
    tag: str


class MarkedPiece(NamedTuple):
    """A stretch of text that no span begins or ends in.

    Attributes:
        words: The code points.
        classes: What covers it, as classes; empty where nothing does.
        handles: What begins with it.
        link: The id of the casualty, or else the attribution, whose link it is.
        stop: Whether it is the first piece with this link, at which the tab key stops.
    """

    words: str
    classes: str
    handles: tuple[SpanHandle, ...]
    link: str | None
    stop: bool


class MarkedSegment(NamedTuple):
    """A segment in pieces.

    Attributes:
        segment: The segment.
        annotatable: Whether segments of its kind are annotated.
        before: White space before its words.
        pieces: Its words.
        after: White space after them.
    """

    segment: Segment
    annotatable: bool
    before: str
    pieces: list[MarkedPiece]
    after: str


def marked(document: Document, text: str, annotations: Annotations) -> list[MarkedSegment]:
    """The segments of a text in pieces, in order; the time is that of sorting the spans."""
    text = text.replace("\0", "\N{REPLACEMENT CHARACTER}")  # HTML has no NUL
    sweep = _Sweep(annotations)
    found = []
    for segment in document.segments:
        words = text[segment.start : segment.end]
        start = segment.start + len(words) - len(words.lstrip(BLANK))
        end = max(start, segment.start + len(words.rstrip(BLANK)))
        pieces = list(sweep.pieces(text, start, end))
        before, after = text[segment.start : start], text[end : segment.end]
        annotatable = segment.kind in ANNOTATABLE
        found.append(MarkedSegment(segment, annotatable, before, pieces, after))
    return found


_Edge = tuple[int, bool, int, int, int, int]
"""Offset, whether a fragment begins there, minus its end, kind, record, fragment: all by number.

In this order ends come before beginnings at the same offset, and longer fragments begin first.
"""


class _Sweep:
    """Goes through the edges of all fragments once."""

    def __init__(self, annotations: Annotations) -> None:
        self._ids = [[one.id for one in getattr(annotations, kind.layer)] for kind in KINDS]
        edges: list[_Edge] = []
        for at, kind in enumerate(KINDS):
            for number, record in enumerate(getattr(annotations, kind.layer)):
                for piece, (start, end) in enumerate(_stretches(getattr(record, kind.field))):
                    edges.append((start, True, -end, at, number, piece))
                    edges.append((end, False, 0, at, number, piece))
        self._edges = sorted(edges)
        self._next = 0
        # By kind the open fragments, the innermost last: a dict, to close any of them at once.
        self._open: list[dict[tuple[int, int], None]] = [{} for _ in KINDS]
        self._linked: set[tuple[str, str]] = set()
        self._without_cue = {one.id for one in annotations.attributions if not one.cue}

    def pieces(self, text: str, start: int, end: int) -> Iterator[MarkedPiece]:
        """The pieces of ``text[start:end]``, to be called in text order."""
        at = start
        handles: list[SpanHandle] = []
        while self._next < len(self._edges) and self._edges[self._next][0] < end:
            edge = self._edges[self._next]
            if edge[0] > at:
                yield self._piece(text[at : edge[0]], handles)
                at, handles = edge[0], []
            self._next += 1
            handles += self._pass(edge)
        if at < end:
            yield self._piece(text[at:end], handles)

    def _pass(self, edge: _Edge) -> Iterable[SpanHandle]:
        _, begins, _, at, number, piece = edge
        if not begins:
            self._open[at].pop((number, piece), None)
            return
        self._open[at][number, piece] = None
        kind, name = KINDS[at], self._ids[at][number]
        bare = kind is CONTENT and name in self._without_cue
        if kind.tagged or bare:
            tag = name if kind.layer in ("attributions", "casualties") else kind.style
            style = CUE.style if bare else kind.style
            yield SpanHandle(name if piece == 0 else None, style, tag)

    def _piece(self, words: str, handles: list[SpanHandle]) -> MarkedPiece:
        classes: dict[str, None] = {}
        for kind, ids, covering in zip(KINDS, self._ids, self._open, strict=True):
            if covering:
                depth = min(len(covering), LINES)
                classes[kind.style] = None
                if depth > 1 or kind is CONTENT:
                    classes[f"{kind.style}{depth}"] = None
                for number, _ in islice(reversed(covering), DEEPEST):
                    classes[f"{kind.stem}-{ids[number]}"] = None
        link, stop = self._link()
        return MarkedPiece(words, " ".join(classes), tuple(handles), link, stop)

    def _link(self) -> tuple[str | None, bool]:
        """The innermost casualty here, else the innermost cue, and whether it is new."""
        for kind in (VICTIMS, CUE):
            at = KINDS.index(kind)
            if self._open[at]:
                name = self._ids[at][next(reversed(self._open[at]))[0]]
                is_new = (kind.layer, name) not in self._linked
                self._linked.add((kind.layer, name))
                return name, is_new
        return None, False


def _stretches(span: Sequence[Fragment] | None) -> Iterator[tuple[int, int]]:
    """The fragments of a span that are not empty."""
    for fragment in span or ():
        if fragment.start < fragment.end:
            yield fragment.start, fragment.end


_LIT = (
    "--lit:var(--HOW-ground);--lit-ink:var(--HOW-ink);"
    "--lit-line:var(--HOW-line);--lit-tints:var(--HOW-tints);"
)
"""The look of lit words, from variables of ``marked.css`` for sources, cues, contents and so on."""


def lighting(scope: str, annotations: Annotations) -> str:
    """Style rules for the text in the class ``scope`` that light up what belongs together.

    They need no script: ``:has()`` checks whether something is pointed at, focused, or the target
    of a link. Ids of records can be part of class names.

    A record is lit while its words (of an attribution: its cue) or its entry in the list (class
    ``is-ID``) are pointed at, focused, or the target of a link.
    """
    return "\n".join(_rules(scope, annotations))


def _rules(scope: str, annotations: Annotations) -> Iterator[str]:
    for attribution in annotations.attributions:
        name = attribution.id
        pointed = CUE if attribution.cue else CONTENT
        lit = [(f"{CONTENT.stem}-{name}", "content"), (f"{CUE.stem}-{name}", "cue")]
        sources = [(f"{ACTOR.stem}-{source}", "source") for source in attribution.source]
        yield _rule(scope, name, [f"{pointed.stem}-{name}"], [*lit, *sources])
    for casualty in annotations.casualties:
        name = casualty.id
        own = [f"{VICTIMS.stem}-{name}", f"{TRIGGER.stem}-{name}"]
        lit = [(own[0], "victims"), (own[1], "trigger")]
        if casualty.perpetrator:
            lit.append((f"{ACTOR.stem}-{casualty.perpetrator}", "source"))
        yield _rule(scope, name, own, lit)
    for layer, kind in ((annotations.actors, ACTOR), (annotations.locations, PLACE)):
        for mention in layer:
            yield _rule(scope, mention.id, [], [(f"{kind.stem}-{mention.id}", "source")])


def _rule(scope: str, name: str, words: Iterable[str], lit: Iterable[tuple[str, str]]) -> str:
    pointed = [f".{one}:is(:hover,:focus-within)" for one in words]
    pointed += [f".at-{name}:target", f".is-{name}:is(:hover,:focus-within,:target)"]
    inner = "".join(f".{one}{{{_LIT.replace('HOW', how)}}}" for one, how in lit)
    return f".{scope}:has({','.join(pointed)}){{{inner}}}"
