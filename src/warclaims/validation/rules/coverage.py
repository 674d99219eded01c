"""Level 6: words of a text that no record covers, although one probably should.

The words are found by :mod:`warclaims.validation.scanning` in the languages whose words are listed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.validation.mistakes import GONE
from warclaims.validation.rule import WORDS_LISTED, Example, Fault, Need, Scope, rule
from warclaims.validation.words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from warclaims.validation.views import AnnotationView

MOST = 30
"""Findings of each rule that are reported per document, besides waived ones."""


def _uncovered(
    view: AnnotationView, code: str, layer: str, hits: Sequence[tuple[int, ...]], what: str
) -> Iterator[Fault]:
    """A fault for each of ``hits``; if there are too many, the last says how many more.

    The last has no span, so that it is not waived with its words. ``{beside}`` in ``what`` is
    replaced by the words beside the hit.
    """
    if not hits:
        return
    text = view.text or ""
    waived = {
        (waiver.span[0].start, waiver.span[-1].end)
        for waiver in view.record.waivers
        if waiver.code == code and waiver.span
    }
    left = MOST
    more: list[tuple[int, int]] = []
    for start, end, *beside in hits:
        if (start, end) not in waived:
            left -= 1
            if left < 0:
                more.append((start, end))
                continue
        message = what.format(beside=quoted(text[beside[0] : beside[1]])) if beside else what
        yield Fault(f"/{layer}", f"{quoted(text[start:end])} {message}", start, end)
    if more:
        start, end = more[0]
        first = f"the first at {start:,}: {quoted(text[start:end])}"
        yield Fault(f"/{layer}", f"{len(more)} more findings of this rule, {first}")


@rule(
    "W620",
    Scope.ANNOTATIONS,
    title="number beside a word of harm, but no casualty",
    why="Every stated quantity of victims is a casualty. A number within a few words of killed, "
    "wounded, missing, fled and the like usually is one. Years, times, dates, ages and numbers of "
    "things are ignored.",
    fix="Mark the victims with their number as a casualty, or waive the finding and give what the "
    "number counts.",
    example=Example(
        "[two civilians] died and three were wounded",
        "[two civilians] died and [three] were wounded",
    ),
    languages=WORDS_LISTED,
    needs=Need.TEXT,
    mistake={"annotations/gold/two.json#/casualties/2": GONE},
)
def number_left_out(view: AnnotationView) -> Iterator[Fault]:
    """A number beside a word of harm that is in no casualty."""
    what = "beside {beside} is in no casualty"
    yield from _uncovered(view, "W620", "casualties", view.left_out.numbers, what)


@rule(
    "W621",
    Scope.ANNOTATIONS,
    title="word of harm, but no casualty",
    why="Words such as killed, died, dead, wounded or fled usually come with a victim phrase, if "
    "only an indefinite one. Denials such as no deaths are ignored, and so are headings.",
    fix="Mark the victims as a casualty with this word as the trigger, or waive the finding and "
    "explain why there are no victims.",
    example=Example(
        "a child was killed: no casualty", "[a child] was killed: a casualty with trigger [killed]"
    ),
    languages=WORDS_LISTED,
    needs=Need.TEXT,
    mistake={"/casualties/0/trigger": None, "/casualties/1/trigger": None},
)
def harm_left_out(view: AnnotationView) -> Iterator[Fault]:
    """A word of harm that is in no casualty and no trigger."""
    what = "is in no casualty and no trigger"
    yield from _uncovered(view, "W621", "casualties", view.left_out.harms, what)


@rule(
    "W622",
    Scope.ANNOTATIONS,
    title="word of speech, but no cue",
    why="Words such as said, told, accused, denied, claimed, announced or according to usually "
    "attribute something to somebody, also inside a quotation.",
    fix="Add the attribution with this cue, or waive the finding and explain why the words "
    "attribute nothing.",
    example=Example(
        "Borland denied it: no attribution",
        "[Borland] {denied} [it]: source, cue and content",
    ),
    languages=WORDS_LISTED,
    needs=Need.TEXT,
    mistake={"/attributions/1": GONE},
)
def speech_left_out(view: AnnotationView) -> Iterator[Fault]:
    """A word of speech that is in no cue, trigger or mention."""
    yield from _uncovered(view, "W622", "attributions", view.left_out.speech, "is in no cue")


@rule(
    "W623",
    Scope.ANNOTATIONS,
    title="quotation, but no content",
    why="Quoted words are the content of an attribution, even without a cue. Quotations of one or "
    "two words are ignored, because they may be scare quotes, and so are quotations in mentions.",
    fix="Add the attribution, or extend the content to the whole quotation. Or waive the finding "
    "and give whose words they are.",
    example=Example(
        "“We hit no town,” a spokesman said: no attribution",
        "[“We hit no town,”] a spokesman {said}: content and cue",
    ),
    languages=WORDS_LISTED,
    needs=Need.TEXT,
    mistake={"/attributions/2/content/1": GONE},
)
def quotation_left_out(view: AnnotationView) -> Iterator[Fault]:
    """Quoted words that are not completely in a content or a mention."""
    what = "is in no content"
    yield from _uncovered(view, "W623", "attributions", view.left_out.quotations, what)


@rule(
    "W624",
    Scope.ANNOTATIONS,
    title="known name, but no mention",
    why="Every proper name of an actor or a place is a mention. A name in the text that the "
    "registries list was probably overlooked. Names of less than four letters are ignored.",
    fix="Mark the name as an actor or a location, or waive the finding and give what it is.",
    example=Example("Shelling hits Dorn: no location", "Shelling hits [Dorn]: a location"),
    languages=WORDS_LISTED,
    needs=Need.TEXT,
    mistake={"/locations/0": GONE},
)
def name_left_out(view: AnnotationView) -> Iterator[Fault]:
    """A name of the registries that is in no actor, location or casualty."""
    what = "is a name in the registries, but not a mention"
    yield from _uncovered(view, "W624", "actors", view.left_out.names, what)
