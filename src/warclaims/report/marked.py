"""A text with its annotations as pieces for HTML: none crosses an edge of any span.

The text is cut wherever a span or a segment begins or ends, so that spans may nest, cross and
break off in any way while the pieces stay a flat list. The classes of a piece name the spans that
cover it; style sheets do the rest. Joined, the pieces are the text.
"""

from __future__ import annotations

from html import escape
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from warclaims.records.vocabulary import ANNOTATABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from markupsafe import Markup

    from warclaims.records import Annotations, Document, Segment

DEEPEST = 12
"""Limit of spans of one kind that a piece names, the innermost: the page stays in proportion to the
number of spans, however deep these nest."""

LINES = 5
"""Limit of lines under the contents of attributions."""

BLANK = " \t\n\r\f"
"""White space of HTML; at the edges of a segment it is kept, but takes no room."""

KINDS = {
    "T": ("attributions", "content", "k"),
    "Q": ("attributions", "cue", "q"),
    "C": ("casualties", "span", "v"),
    "G": ("casualties", "trigger", "g"),
    "A": ("actors", "span", "m"),
    "L": ("locations", "span", "m"),
}
"""The class of all spans of a kind → their layer, their field, and what comes before the id of a
record in the class of its span: ``v-c1``."""


class MarkedPiece(NamedTuple):
    """A stretch of text that no span begins or ends in.

    Attributes:
        words: The code points.
        classes: What covers it, as classes; empty where nothing does.
        handles: The fragments that begin with it and show a small letter or id: the id of the
            record if links to its words lead here, else ``None``; the class of its kind; the
            letter or id.
        link: The id of the casualty, or else the attribution, whose link it is.
        stop: Whether it is the first piece with this link, at which the tab key stops.
    """

    words: str
    classes: str
    handles: list[tuple[str | None, str, str]]
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


class _Sweep:
    """Goes through the edges of all fragments once."""

    def __init__(self, annotations: Annotations) -> None:
        self._fragments: list[tuple[str, str, bool]] = []  # kind, record, whether it is the first
        edges = []
        for kind, (layer, field, _) in KINDS.items():
            for record in getattr(annotations, layer):
                span = [one for one in getattr(record, field) or () if one.start < one.end]
                for place, fragment in enumerate(span):
                    number = len(self._fragments)
                    # At one offset ends come before beginnings, and longer fragments begin first.
                    edges.append((fragment.start, True, -fragment.end, number))
                    edges.append((fragment.end, False, 0, number))
                    self._fragments.append((kind, record.id, place == 0))
        self._edges = sorted(edges, reverse=True)
        # By kind the open fragments, the innermost last: a dict, to close any of them at once.
        self._open: dict[str, dict[int, None]] = {kind: {} for kind in KINDS}
        self._linked: set[str] = set()
        self._without_cue = {one.id for one in annotations.attributions if not one.cue}

    def pieces(self, text: str, start: int, end: int) -> Iterator[MarkedPiece]:
        """The pieces of ``text[start:end]``, to be called in text order."""
        handles: list[tuple[str | None, str, str]] = []
        while self._edges and self._edges[-1][0] < end:
            offset, begins, _, number = self._edges.pop()
            if offset > start:
                yield self._piece(text[start:offset], handles)
                start, handles = offset, []
            kind, name, is_first = self._fragments[number]
            if not begins:
                del self._open[kind][number]
                continue
            self._open[kind][number] = None
            is_bare = kind == "T" and name in self._without_cue
            if is_bare or kind not in "TG":
                tag = kind if kind in "AL" else name
                handles.append((name if is_first else None, "Q" if is_bare else kind, tag))
        if start < end:
            yield self._piece(text[start:end], handles)

    def _piece(self, words: str, handles: list[tuple[str | None, str, str]]) -> MarkedPiece:
        classes: list[str] = []
        for kind, covering in self._open.items():
            if covering:
                depth = min(len(covering), LINES)
                classes.append(kind)
                if depth > 1 or kind == "T":
                    classes.append(f"{kind}{depth}")
                for number in islice(reversed(covering), DEEPEST):
                    classes.append(f"{KINDS[kind][2]}-{self._fragments[number][1]}")
        link = self._link()
        stop = link is not None and link not in self._linked
        self._linked.update(filter(None, [link]))
        return MarkedPiece(words, " ".join(dict.fromkeys(classes)), handles, link, stop)

    def _link(self) -> str | None:
        """The innermost casualty here, else the innermost cue."""
        for kind in "CQ":
            if self._open[kind]:
                return self._fragments[next(reversed(self._open[kind]))][1]
        return None


def as_text(words: str) -> Markup:
    """Words as HTML that shows them as they are; it reads a bare carriage return as a line feed."""
    from markupsafe import Markup

    return Markup(_text(words))


def as_html(
    pieces: Iterable[MarkedPiece],
    links: Mapping[str, Mapping[str, str]] | None = None,
    alone: Mapping[str, Mapping[str, str]] | None = None,
) -> Markup:
    """Pieces as HTML. Nothing is added between the words, not even a line break.

    Args:
        pieces: The pieces.
        links: Where the words of a record lead, with a title; ``None``: the words have no links.
        alone: Likewise for records whose words lead elsewhere, so that their tag does.
    """
    from markupsafe import Markup

    return Markup("".join(_piece(one, links, alone or {}) for one in pieces))


def _text(words: str) -> str:
    return escape(words).replace("\r", "&#13;")


def _piece(
    one: MarkedPiece,
    links: Mapping[str, Mapping[str, str]] | None,
    alone: Mapping[str, Mapping[str, str]],
) -> str:
    words = _text(one.words)
    if not one.classes:
        return words
    handles = []
    for record, kind, tag in one.handles:
        link = alone.get(record) if record else None
        at = f' at-{record}" id="{record}' if record and links is not None else ""
        leads = (
            f' href="{escape(link["href"])}" aria-label="{escape(link["title"])}"' if link else ""
        )
        name = "a" if link else "span"
        handles.append(f'<{name} class="h h-{kind}{at}" data-tag="{tag}"{leads}></{name}>')
    if links and one.link and (link := links.get(one.link)):
        skipped = "" if one.stop else ' tabindex="-1"'
        words = (
            f'<a href="{escape(link["href"])}" title="{escape(link["title"])}"{skipped}>{words}</a>'
        )
    stop = ' tabindex="0"' if one.stop and not links else ""
    return f'<span class="w {one.classes}"{stop}>{"".join(handles)}{words}</span>'


_LIT = (
    "--lit:var(--HOW-ground);--lit-ink:var(--HOW-ink);"
    "--lit-line:var(--HOW-line);--lit-tints:var(--HOW-tints);"
)
"""The look of lit words, from variables of ``marked.css`` for sources, cues, contents and so on."""


_FOLLOWED = "--follow:sticky;--follow-ground:var(--panel,#f4f4f2);"
"""The look of the record of lit words in the list beside the text: it stays in view."""


def lighting(scope: str, annotations: Annotations) -> str:
    """Style rules for the text in the class ``scope`` that light up what belongs together.

    They need no script: ``:has()`` checks whether something is pointed at, focused, or the target
    of a link. Ids of records can be part of class names.

    A record is lit while its words (of an attribution: its cue) or its entry in the list (class
    ``is-ID``) are pointed at, focused, or the target of a link.
    """
    rules = []
    for one in annotations.attributions:
        content, cue = f"k-{one.id}", f"q-{one.id}"
        sources = [(f"m-{source}", "source") for source in one.source]
        lit = [(content, "content"), (cue, "cue"), *sources]
        rules.append(_rule(scope, one.id, [cue if one.cue else content], lit))
    for casualty in annotations.casualties:
        victims, trigger = f"v-{casualty.id}", f"g-{casualty.id}"
        lit = [(victims, "victims"), (trigger, "trigger")]
        if casualty.perpetrator:
            lit.append((f"m-{casualty.perpetrator}", "source"))
        rules.append(_rule(scope, casualty.id, [victims, trigger], lit))
    for mention in (*annotations.actors, *annotations.locations):
        rules.append(_rule(scope, mention.id, [], [(f"m-{mention.id}", "source")]))
    return "\n".join(rules)


def _rule(scope: str, name: str, words: Iterable[str], lit: Iterable[tuple[str, str]]) -> str:
    pointed = [f".{one}:is(:hover,:focus-within)" for one in words]
    pointed += [f".at-{name}:target", f".is-{name}:is(:hover,:focus-within,:target)"]
    inner = "".join(f".{one}{{{_LIT.replace('HOW', how)}}}" for one, how in lit)
    return f".{scope}:has({','.join(pointed)}){{{inner}.is-{name}{{{_FOLLOWED}}}}}"
