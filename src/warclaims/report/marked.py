"""A text with its annotations as pieces for HTML: none crosses an edge of any span.

The text is cut wherever a span or a segment begins or ends, so that spans may nest, cross and
break off in any way while the pieces stay a flat row. A piece names what covers it by its
classes; style sheets do the rest. Joined, the pieces are the text.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from warclaims.records.vocabulary import ANNOTATABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from warclaims.records import Annotations, Document, Fragment, Segment

DEEPEST = 12
"""A piece names so many of the spans of one kind that cover it, the innermost; so the pieces
grow with the spans, however deep these nest."""

LINES = 5
"""Contents of attributions get so many lines under them."""

BLANK = " \t\n\r\f"
"""White space of HTML; at the edges of a segment it is kept, but takes no room."""


class Kind(NamedTuple):
    """A span of the records of a layer, and its classes.

    Attributes:
        layer: The layer.
        field: The field of its records.
        style: The class of all such spans.
        stem: With the id of a record the class of its span: ``v-c1``.
        tagged: Whether a small letter or id stands before each fragment.
    """

    layer: str
    field: str
    style: str
    stem: str
    tagged: bool


CONTENT = Kind("attributions", "content", "T", "k", False)
CUE = Kind("attributions", "cue", "Q", "q", True)
VICTIMS = Kind("casualties", "span", "C", "v", True)
TRIGGER = Kind("casualties", "trigger", "G", "g", False)
ACTOR = Kind("actors", "span", "A", "m", True)
PLACE = Kind("locations", "span", "L", "m", True)
KINDS = (CONTENT, CUE, VICTIMS, TRIGGER, ACTOR, PLACE)


class Handle(NamedTuple):
    """Where a fragment begins.

    Attributes:
        record: The id of its record if links to the record's words lead here, else null.
        style: The class of its kind.
        tag: The letter or id to be seen; empty for none.
    """

    record: str | None
    style: str
    tag: str


class Piece(NamedTuple):
    """A stretch of text that no span begins or ends in.

    Attributes:
        words: The code points.
        classes: What covers it, as classes; empty where nothing does.
        handles: What begins with it.
        link: The id of the casualty, else attribution, as whose words it leads somewhere.
        stop: Whether it is the first of these words, at which the keyboard stops.
    """

    words: str
    classes: str
    handles: tuple[Handle, ...]
    link: str | None
    stop: bool


class Part(NamedTuple):
    """A segment.

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
    pieces: list[Piece]
    after: str


class _Edge(NamedTuple):
    """Where a fragment begins or ends; at one offset ends come first, then the longest first."""

    offset: int
    begins: bool
    minus_end: int
    kind: int
    record: int
    number: int


def marked(document: Document, text: str, annotations: Annotations) -> list[Part]:
    """The segments of a text in pieces, in order; the time is that of sorting the spans."""
    text = text.replace("\0", "\N{REPLACEMENT CHARACTER}")  # HTML has no NUL
    sweep = _Sweep(annotations)
    parts = []
    for segment in document.segments:
        words = text[segment.start : segment.end]
        start = segment.start + len(words) - len(words.lstrip(BLANK))
        end = max(start, segment.start + len(words.rstrip(BLANK)))
        parts.append(
            Part(
                segment,
                segment.kind in ANNOTATABLE,
                text[segment.start : start],
                list(sweep.pieces(text, start, end)),
                text[end : segment.end],
            )
        )
    return parts


class _Sweep:
    """Goes through the edges of all fragments once."""

    def __init__(self, annotations: Annotations) -> None:
        self._ids: list[list[str]] = []
        self._edges: list[_Edge] = []
        for at, kind in enumerate(KINDS):
            records = getattr(annotations, kind.layer)
            self._ids.append([record.id for record in records])
            for row, record in enumerate(records):
                self._add(at, row, getattr(record, kind.field) or ())
        self._edges.sort()
        self._next = 0
        # By kind the open fragments, the innermost last: a dict, to close any of them at once.
        self._open: list[dict[tuple[int, int], None]] = [{} for _ in KINDS]
        self._unlinked = {(c.layer, name) for c in (CUE, VICTIMS) for name in self._ids_of(c)}
        self._without_cue = {a.id for a in annotations.attributions if not a.cue}

    def _ids_of(self, kind: Kind) -> list[str]:
        return self._ids[KINDS.index(kind)]

    def _add(self, kind: int, row: int, span: Sequence[Fragment]) -> None:
        for number, fragment in enumerate(span):
            if fragment.start < fragment.end:
                start, end = fragment.start, fragment.end
                self._edges.append(_Edge(start, True, -end, kind, row, number))
                self._edges.append(_Edge(end, False, 0, kind, row, number))

    def pieces(self, text: str, start: int, end: int) -> Iterator[Piece]:
        """The pieces of ``text[start:end]``, to be asked for in text order."""
        at = start
        handles: list[Handle] = []
        while self._next < len(self._edges) and self._edges[self._next].offset < end:
            edge = self._edges[self._next]
            if edge.offset > at:
                yield self._piece(text[at : edge.offset], handles)
                at, handles = edge.offset, []
            self._next += 1
            handles += self._pass(edge)
        if at < end:
            yield self._piece(text[at:end], handles)

    def _pass(self, edge: _Edge) -> Iterable[Handle]:
        key = (edge.record, edge.number)
        if not edge.begins:
            self._open[edge.kind].pop(key, None)
            return
        self._open[edge.kind][key] = None
        kind, name = KINDS[edge.kind], self._ids[edge.kind][edge.record]
        bare = kind is CONTENT and name in self._without_cue
        if kind.tagged or bare:
            shown = name if kind.layer in ("attributions", "casualties") else kind.style
            style = CUE.style if bare else kind.style
            yield Handle(name if edge.number == 0 else None, style, shown)

    def _piece(self, words: str, handles: list[Handle]) -> Piece:
        classes: dict[str, None] = {}
        for at, (kind, covering) in enumerate(zip(KINDS, self._open, strict=True)):
            if covering:
                depth = min(len(covering), LINES)
                classes[kind.style] = None
                if depth > 1 or kind is CONTENT:
                    classes[f"{kind.style}{depth}"] = None
                for row, _ in islice(reversed(covering), DEEPEST):
                    classes[f"{kind.stem}-{self._ids[at][row]}"] = None
        link, stop = self._link()
        return Piece(words, " ".join(classes), tuple(handles), link, stop)

    def _link(self) -> tuple[str | None, bool]:
        """The innermost casualty here, else the innermost cue, and whether it was not met yet."""
        for kind in (VICTIMS, CUE):
            covering = self._open[KINDS.index(kind)]
            if covering:
                name = self._ids_of(kind)[next(reversed(covering))[0]]
                stop = (kind.layer, name) in self._unlinked
                self._unlinked.discard((kind.layer, name))
                return name, stop
        return None, False
