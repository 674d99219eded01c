"""Level 5 for attributions."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from warclaims.records import span_end, span_start, span_text
from warclaims.records.vocabulary import Act, Mode
from warclaims.validation.geometry import innermost
from warclaims.validation.guards import spans_are_sound
from warclaims.validation.mistakes import Copied, Words
from warclaims.validation.overlaps import crossings
from warclaims.validation.quotes import begins_quoted, has_mark
from warclaims.validation.rule import Example, Fault, Need, Scope, rule
from warclaims.validation.words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.records import Attribution, Fragment
    from warclaims.validation.views import AnnotationView

_REGARDING = (Act.ACCUSE, Act.CONDEMN, Act.DENY)


def _fault(index: int, field: str, attribution: Attribution, message: str) -> Fault:
    content = attribution.content
    return Fault(
        f"/attributions/{index}/{field}",
        f"{attribution.id}: {message}",
        span_start(content),
        span_end(content),
    )


@rule(
    "C505",
    Scope.ANNOTATIONS,
    title="inferred source beside a source",
    why="inferred_source is for attributions whose source is not mentioned; where one is, it is "
    "the source.",
    fix="Keep the mention and set inferred_source to null.",
    example=Example(
        '"source": ["a1"], "inferred_source": "borland"',
        '"source": ["a1"], "inferred_source": null',
    ),
    mistake={"/attributions/0/inferred_source": "borland"},
)
def two_sources(view: AnnotationView) -> Iterator[Fault]:
    """Both source and inferred_source are filled."""
    for index, attribution in enumerate(view.record.attributions):
        if attribution.inferred_source is not None and attribution.source:
            message = (
                f"the source is {', '.join(attribution.source)}, so {attribution.inferred_source!r}"
                " need not be inferred"
            )
            yield _fault(index, "inferred_source", attribution, message)


@rule(
    "C506",
    Scope.ANNOTATIONS,
    title="cue overlaps its own content",
    why="The cue attributes the content, so it is not part of it.",
    fix="Take the cue's words out of the content, as two fragments if they are inside it.",
    example=Example(
        "Borland’s army [denied it], where [it] is the content",
        "Borland’s army [denied] it, where [it] is the content",
    ),
    mistake={"/attributions/1/cue": Words("denied it")},
)
def cue_in_content(view: AnnotationView) -> Iterator[Fault]:
    """A cue shares text with the content that it attributes."""
    for index, attribution in enumerate(view.record.attributions):
        cue, content = attribution.cue, attribution.content
        if cue is None or cue[0].start >= content[-1].end or cue[-1].end <= content[0].start:
            continue
        both = shared(cue, content)
        if both is not None:
            message = f"the cue {quoted(span_text(cue))} overlaps its content"
            pointer = f"/attributions/{index}/cue"
            yield Fault(pointer, f"{attribution.id}: {message}", *both)


def shared(one: tuple[Fragment, ...], other: tuple[Fragment, ...]) -> tuple[int, int] | None:
    """The first stretch that two spans share."""
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
    why="Direct contents are quoted (in marks or after a dialogue dash), indirect ones hold no "
    "quoted words of their own, mixed ones some. Marks that stray or never close decide nothing, "
    "nor do those of a name or of a content inside.",
    fix="Change the mode, or the edges of the content.",
    example=Example(
        'Officials said [two died in Dorn], with "mode": "direct"',
        'Officials said [two died in Dorn], with "mode": "indirect"',
    ),
    guesses=True,
    needs=Need.TEXT,
    mistake={"/attributions/0/mode": "direct"},
)
def other_mode(view: AnnotationView) -> Iterator[Fault]:
    """A direct content outside quotation marks, a mixed one without, an indirect one with."""
    text = view.text
    if text is None:
        return
    holders = _holders(view, text)
    for index, attribution in enumerate(view.record.attributions):
        start, end = span_start(attribution.content), span_end(attribution.content)
        if end > len(text):
            continue
        message = ""
        if attribution.mode is Mode.DIRECT:
            if not begins_quoted(text, start):
                message = "is direct, but begins outside quotation marks"
        elif attribution.mode is Mode.MIXED:
            if not has_mark(text[max(0, start - 1) : end + 1]):
                message = "is mixed, but holds no quotation mark"
        elif index in holders:
            message = f"is indirect, but quotes {quoted(holders[index])}"
        if message:
            words = quoted(span_text(attribution.content))
            yield _fault(index, "mode", attribution, f"{words} {message}")


def _holders(view: AnnotationView, text: str) -> dict[int, str]:
    """By row the indirect attributions that hold a quotation directly, and its words."""
    found: dict[int, str] = {}
    contents = view.geometry.main("attributions")
    for (start, end), piece in innermost(contents, view.quotations):
        if not piece or piece.end < end or piece.record.mode is not Mode.INDIRECT:
            continue
        if not in_mention(view, start, end):
            found.setdefault(piece.row, text[start:end])
    return found


def in_mention(view: AnnotationView, start: int, end: int) -> bool:
    """True if an actor or a place covers ``[start, end)``: the marks are part of its name."""
    for layer in ("actors", "locations"):
        starts, reach = view.reach[layer]
        at = bisect_right(starts, start) - 1
        if at >= 0 and reach[at] >= end:
            return True
    return False


@rule(
    "C508",
    Scope.ANNOTATIONS,
    title="regarding without blame",
    why="regarding is for accusing, condemning and denying, and for contents that blame somebody; "
    "elsewhere it says nothing about the source's position.",
    fix="Empty regarding, or correct the act or blames.",
    example=Example(
        '"act": "assert", "blames": [], "regarding": ["shelling-of-dorn"]',
        '"act": "assert", "blames": [], "regarding": []',
    ),
    mistake={"/attributions/0/regarding": ["shelling-of-dorn"]},
)
def regarding(view: AnnotationView) -> Iterator[Fault]:
    """Regarding is filled although the act does not ask for it and nobody is blamed."""
    for index, attribution in enumerate(view.record.attributions):
        if attribution.regarding and attribution.act not in _REGARDING and not attribution.blames:
            message = (
                f"names {', '.join(attribution.regarding)}, but the act is {attribution.act} and "
                "nobody is blamed"
            )
            yield _fault(index, "regarding", attribution, message)


@rule(
    "C509",
    Scope.ANNOTATIONS,
    title="source blames itself",
    why="An actor that is the only source and is also blamed is nearly always a wrong link; "
    "several sources may blame each other.",
    fix="Correct the link of the mention, or blames.",
    example=Example(
        "Borland said Avaria had shelled Dorn: source Borland, blames Borland",
        "Borland said Avaria had shelled Dorn: source Borland, blames Avaria",
    ),
    mistake={"/attributions/1/blames": ["a2"]},
)
def self_blame(view: AnnotationView) -> Iterator[Fault]:
    """The one actor that is the source is among the blamed."""
    for index, attribution in enumerate(view.record.attributions):
        if not attribution.blames:
            continue
        sources = {view.actors[name].entity for name in attribution.source if name in view.actors}
        sources |= {attribution.inferred_source} if attribution.inferred_source else set()
        blamed = {view.actors[name].entity for name in attribution.blames if name in view.actors}
        if len(sources) == 1 and None not in sources and sources <= blamed:
            message = f"the source {sources.pop()!r} is itself blamed"
            yield _fault(index, "blames", attribution, message)


@rule(
    "C510",
    Scope.ANNOTATIONS,
    title="contents overlap in part",
    why="Attributions nest: the content of one lies wholly in that of another, or shares nothing "
    "with it. Otherwise nobody can say who said the shared part.",
    fix="Widen the outer content or shorten the inner one.",
    example=Example(
        "two contents: [two civilians, {including a child,] were killed}",
        "two contents: [two civilians, {including a child,} were killed]",
    ),
    guard=spans_are_sound,
    mistake={
        "/attributions/0/content": Words("two civilians, including a child, were"),
        "/attributions/1": Copied(
            "/attributions/0",
            id="t4",
            source=[],
            inferred_source="borland",
            cue=None,
            content=Words("including a child, were killed"),
        ),
        "/attributions/2": Copied("/attributions/1"),
        "/attributions/-": Copied("/attributions/2"),
    },
)
def overlapping_contents(view: AnnotationView) -> Iterator[Fault]:
    """Two contents share text while neither holds the other."""
    yield from crossings(view.file, view.geometry.main("attributions"))
