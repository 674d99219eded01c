"""Levels 5 and 6: attributions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.language.quotations import begins_quoted, has_mark
from warclaims.records import span_end, span_start, span_text
from warclaims.records.vocabulary import Act, Mode
from warclaims.validation.geometry import innermost
from warclaims.validation.guards import spans_are_sound
from warclaims.validation.mistakes import CopyOf, SpanOf
from warclaims.validation.overlaps import crossings
from warclaims.validation.rule import Example, Fault, Need, Scope, rule
from warclaims.validation.scanning import uncovered
from warclaims.validation.words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.records import Fragment
    from warclaims.validation.views import AnnotationView

_ACCUSE = Act.ACCUSE  # a look-up in the list takes longer than the rest of a check
_DIRECT, _MIXED, _INDIRECT = Mode.DIRECT, Mode.MIXED, Mode.INDIRECT
_REGARDING = (Act.ACCUSE, Act.CONDEMN, Act.DENY)


@rule(
    "C505",
    Scope.ANNOTATIONS,
    title="inferred source beside a source",
    why="inferred_source is only for attributions whose source is not mentioned.",
    fix="Keep the mention and set inferred_source to null.",
    example=Example(
        '"source": ["a1"], "inferred_source": "borland"',
        '"source": ["a1"], "inferred_source": null',
    ),
    mistake={"/attributions/0/inferred_source": "borland"},
)
def two_sources(view: AnnotationView) -> Iterator[Fault]:
    """Both source and inferred_source are set."""
    for index, attribution in enumerate(view.record.attributions):
        if attribution.inferred_source is not None and attribution.source:
            sources = ", ".join(attribution.source)
            message = f"has the source {sources}, but also infers {attribution.inferred_source!r}"
            yield view.fault("attributions", index, "inferred_source", message)


@rule(
    "C506",
    Scope.ANNOTATIONS,
    title="cue overlaps its own content",
    why="The cue attributes the content, so it is not part of it.",
    fix="Remove the cue's words from the content. If they are inside it, make two fragments.",
    example=Example(
        "Borland’s army [denied it], where [it] is the content",
        "Borland’s army [denied] it, where [it] is the content",
    ),
    mistake={"/attributions/1/cue": SpanOf("denied it")},
    only_warns=True,
)
def cue_in_content(view: AnnotationView) -> Iterator[Fault]:
    """A cue shares text with the content that it attributes."""
    for index, attribution in enumerate(view.record.attributions):
        cue, content = attribution.cue, attribution.content
        if cue is None or cue[0].start >= content[-1].end or cue[-1].end <= content[0].start:
            continue
        both = shared(cue, content)
        if both is not None:
            message = f"{attribution.id}: the cue {quoted(span_text(cue))} overlaps its content"
            yield Fault(f"/attributions/{index}/cue", message, *both)


def shared(one: tuple[Fragment, ...], other: tuple[Fragment, ...]) -> tuple[int, int] | None:
    """The first range that two spans share."""
    left = right = 0
    while left < len(one) and right < len(other):
        start = max(one[left].start, other[right].start)
        end = min(one[left].end, other[right].end)
        if start < end:
            return start, end
        if one[left].end < other[right].end:
            left += 1
        else:
            right += 1
    return None


@rule(
    "C507",
    Scope.ANNOTATIONS,
    title="mode does not fit the quotation marks",
    why="A direct content is quoted (in quotation marks or after a dialogue dash), a mixed one "
    "contains quoted words, an indirect one contains none. Unpaired marks are ignored, and so are "
    "those around a name or around the content of another attribution.",
    fix="Correct the mode, or where the content begins and ends.",
    example=Example(
        'Officials said [two died in Dorn], with "mode": "direct"',
        'Officials said [two died in Dorn], with "mode": "indirect"',
    ),
    only_warns=True,
    needs=Need.TEXT,
    mistake={"/attributions/0/mode": "direct"},
)
def other_mode(view: AnnotationView) -> Iterator[Fault]:
    """A direct content outside quotation marks, a mixed one without, or an indirect one with."""
    text = view.text
    if text is None:
        return
    holders = _holders(view, text)
    for index, attribution in enumerate(view.record.attributions):
        start, end = span_start(attribution.content), span_end(attribution.content)
        if end > len(text):
            continue
        message = ""
        if attribution.mode is _DIRECT:
            if not begins_quoted(text, start):
                message = "is direct, but begins outside quotation marks"
        elif attribution.mode is _MIXED:
            if not has_mark(text[max(0, start - 1) : end + 1]):
                message = "is mixed, but contains no quotation mark"
        elif index in holders:
            message = f"is indirect, but quotes {quoted(holders[index])}"
        if message:
            yield view.fault("attributions", index, "mode", message)


def _holders(view: AnnotationView, text: str) -> dict[int, str]:
    """The indirect attributions that are innermost around a quotation: row and quotation."""
    found: dict[int, str] = {}
    covers = view.covers
    ranges = uncovered(view.quotations, covers.actors, covers.locations, whole=True)
    indirect = [a.content for a in view.record.attributions if a.mode is _INDIRECT]
    contents = sorted((part.start, part.end) for content in indirect for part in content)
    if uncovered(ranges, contents, whole=True) == ranges:
        return found
    for (start, end), piece in innermost(view.main("attributions"), ranges):
        if piece and piece.end >= end and piece.record.mode is _INDIRECT:
            found.setdefault(piece.row, text[start:end])
    return found


@rule(
    "C508",
    Scope.ANNOTATIONS,
    title="regarding without blame",
    why="regarding is for the acts accuse, condemn and deny, and for contents that blame somebody. "
    "Elsewhere it says nothing about the source's position.",
    fix="Empty regarding, or correct act or blames.",
    example=Example(
        '"act": "assert", "blames": [], "regarding": ["shelling-of-dorn"]',
        '"act": "assert", "blames": [], "regarding": []',
    ),
    mistake={"/attributions/0/regarding": ["shelling-of-dorn"]},
    only_warns=True,
)
def regarding(view: AnnotationView) -> Iterator[Fault]:
    """Regarding is set, but the act is none of accuse, condemn, deny, and nobody is blamed."""
    for index, attribution in enumerate(view.record.attributions):
        blames = attribution.blames or attribution.inferred_blames
        if attribution.regarding and attribution.act not in _REGARDING and not blames:
            events = ", ".join(attribution.regarding)
            message = f"regards {events}, but the act is {attribution.act} and nobody is blamed"
            yield view.fault("attributions", index, "regarding", message)


@rule(
    "C509",
    Scope.ANNOTATIONS,
    title="source blames itself",
    why="If the only source is also blamed, a link is nearly always wrong. Several sources may "
    "blame each other.",
    fix="Correct the entity of the mention, or blames.",
    example=Example(
        "Borland said Avaria had shelled Dorn: source Borland, blames Borland",
        "Borland said Avaria had shelled Dorn: source Borland, blames Avaria",
    ),
    mistake={"/attributions/1/blames": ["a2"]},
    only_warns=True,
)
def self_blame(view: AnnotationView) -> Iterator[Fault]:
    """The only actor among the sources is also blamed."""
    for index, attribution in enumerate(view.record.attributions):
        if not (attribution.blames or attribution.inferred_blames):
            continue
        blamed = {view.actors[name].entity for name in attribution.blames if name in view.actors}
        blamed.update(attribution.inferred_blames)
        sources = {view.actors[name].entity for name in attribution.source if name in view.actors}
        sources |= {attribution.inferred_source} if attribution.inferred_source else set()
        if len(sources) == 1 and None not in sources and sources <= blamed:
            (source,) = sources
            field = "inferred_blames" if source in attribution.inferred_blames else "blames"
            yield view.fault("attributions", index, field, f"blames its own source, {source!r}")


@rule(
    "C510",
    Scope.ANNOTATIONS,
    title="contents overlap in part",
    why="Contents nest: one is completely inside another, or they share nothing. Otherwise it is "
    "unclear who said the shared words.",
    fix="Widen the outer content or shorten the inner one.",
    example=Example(
        "two contents: [two civilians, {including a child,] were killed}",
        "two contents: [two civilians, {including a child,} were killed]",
    ),
    guard=spans_are_sound,
    mistake={
        "/attributions/0/content": SpanOf("two civilians, including a child, were"),
        "/attributions/1": CopyOf(
            "/attributions/0",
            id="t4",
            source=[],
            inferred_source="borland",
            cue=None,
            content=SpanOf("including a child, were killed"),
        ),
        "/attributions/2": CopyOf("/attributions/1"),
        "/attributions/-": CopyOf("/attributions/2"),
    },
    only_warns=True,
)
def overlapping_contents(view: AnnotationView) -> Iterator[Fault]:
    """Two contents share text, but neither contains the other."""
    yield from crossings(view, "attributions")


@rule(
    "W603",
    Scope.ANNOTATIONS,
    title="accusation without an accused",
    why="An accusation blames a named adversary of its source, so blames has a mention, or "
    "inferred_blames an actor if only an adjective such as Avarian names it. Without a source "
    "there is no adversary.",
    fix="Link the blamed, or choose another act. If the words name no actor, explain it in the "
    "note.",
    example=Example(
        'Borland accused Avaria of shelling Dorn: "blames": []',
        'Borland accused [Avaria] of shelling Dorn: "blames": ["a2"], its id',
    ),
    mistake={"/attributions/0/act": "accuse"},
)
def accuses_nobody(view: AnnotationView) -> Iterator[Fault]:
    """The act is accuse and both blames and inferred_blames are empty."""
    for index, attribution in enumerate(view.record.attributions):
        named = attribution.source or attribution.inferred_source
        blamed = attribution.blames or attribution.inferred_blames
        if attribution.act is _ACCUSE and named and not (blamed or attribution.note):
            yield view.fault("attributions", index, "blames", "is an accusation, but blames nobody")


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
        "/attributions/-": CopyOf(
            "/attributions/2", id="t4", source=[], cue=None, content=SpanOf("we never will")
        )
    },
)
def unattributed(view: AnnotationView) -> Iterator[Fault]:
    """An attribution without cue, source and inferred source."""
    for index, attribution in enumerate(view.record.attributions):
        if attribution.cue is None and not (attribution.source or attribution.inferred_source):
            yield view.fault("attributions", index, "source", "has neither source nor cue")
