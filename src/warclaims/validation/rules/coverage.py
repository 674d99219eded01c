"""Level 6, warnings: what an English text says and no record covers.

The words are found by :mod:`warclaims.validation.scanning`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.validation.mistakes import GONE
from warclaims.validation.rule import ENGLISH, Example, Fault, Need, Scope, rule
from warclaims.validation.words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from warclaims.validation.views import AnnotationView

MOST = 30
"""Findings of one rule that are reported per document, besides those that it waives."""


def _told(
    view: AnnotationView, code: str, layer: str, hits: Sequence[tuple[int, ...]], what: str
) -> Iterator[Fault]:
    """A fault for each of ``hits``; if they are many, the last one says how many more there are.

    That one is about no words, so that no waiver of some words hides the others.
    In ``what`` the words beside a hit stand for ``{beside}``.
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
        yield Fault(f"/{layer}", f"and {len(more)} more of these, {first}")


@rule(
    "W620",
    Scope.ANNOTATIONS,
    title="number beside a word of harm in no casualty",
    why="Every stated quantity of victims is a casualty. A number within a few words of killed, "
    "wounded, missing, fled and the like mostly is one (English texts only; years, times, dates, "
    "ages and numbers of things are passed over).",
    fix="Mark the victims with their number as a casualty, or waive the finding and say what the "
    "number counts.",
    example=Example(
        "[two civilians] died and three were wounded",
        "[two civilians] died and [three] were wounded",
    ),
    languages=ENGLISH,
    needs=Need.TEXT,
    mistake={"annotations/gold/two.json#/casualties/2": GONE},
)
def number_left_out(view: AnnotationView) -> Iterator[Fault]:
    """A number beside a word of harm that no span of a casualty holds."""
    what = "beside {beside} is in no casualty"
    yield from _told(view, "W620", "casualties", view.left_out.numbers, what)


@rule(
    "W621",
    Scope.ANNOTATIONS,
    title="word of harm in no casualty",
    why="Where a text says killed, died, dead, wounded, fled and the like of people, there is a "
    "victim phrase, if only an indefinite one (English texts only; denials such as no deaths are "
    "passed over, and headings carry no casualties).",
    fix="Mark the victims as a casualty with this word as the trigger, or waive the finding and "
    "say why there is no quantity of victims.",
    example=Example(
        "a child was killed: no casualty", "[a child] was killed: a casualty with trigger [killed]"
    ),
    languages=ENGLISH,
    needs=Need.TEXT,
    mistake={"/casualties/0/trigger": None, "/casualties/1/trigger": None},
)
def harm_left_out(view: AnnotationView) -> Iterator[Fault]:
    """A word of harm in no span and no trigger of a casualty."""
    what = "is neither in a casualty nor its trigger"
    yield from _told(view, "W621", "casualties", view.left_out.harms, what)


@rule(
    "W622",
    Scope.ANNOTATIONS,
    title="word of speech in no cue",
    why="Words such as said, told, accused, denied, claimed, announced or according to mostly "
    "attribute something to somebody, also inside a quotation (English texts only).",
    fix="Make the attribution whose cue it is, or waive the finding and say why the words "
    "attribute nothing.",
    example=Example(
        "Borland denied it: no attribution",
        "[Borland] {denied} [it]: source, cue and content",
    ),
    languages=ENGLISH,
    needs=Need.TEXT,
    mistake={"/attributions/1": GONE},
)
def speech_left_out(view: AnnotationView) -> Iterator[Fault]:
    """A word of speech in no cue, and in no trigger or mention either."""
    yield from _told(view, "W622", "attributions", view.left_out.speech, "is in no cue")


@rule(
    "W623",
    Scope.ANNOTATIONS,
    title="quotation in no content",
    why="Quoted words are somebody's, and the content of an attribution, if only of one without a "
    "cue (English texts only; one or two words in quotation marks are passed over, for they may be "
    "scare quotes, and so are quotations in mentions).",
    fix="Make the attribution, or widen the content over the whole quotation; or waive the "
    "finding and say whose words they are.",
    example=Example(
        "“We hit no town,” a spokesman said: no attribution",
        "[“We hit no town,”] a spokesman {said}: content and cue",
    ),
    languages=ENGLISH,
    needs=Need.TEXT,
    mistake={"/attributions/2/content/1": GONE},
)
def quotation_left_out(view: AnnotationView) -> Iterator[Fault]:
    """Quoted words that no content and no mention holds whole."""
    yield from _told(view, "W623", "attributions", view.left_out.quotations, "is in no content")


@rule(
    "W624",
    Scope.ANNOTATIONS,
    title="known name in no mention",
    why="Every proper name of an actor or a place is a mention. A name that the registries list "
    "and the text has word for word was mostly overlooked (English texts only; names of less than "
    "four letters are passed over).",
    fix="Mark the name as an actor or a location, or waive the finding and say what it is.",
    example=Example("Shelling hits Dorn: no location", "Shelling hits [Dorn]: a location"),
    languages=ENGLISH,
    needs=Need.TEXT,
    mistake={"/locations/0": GONE},
)
def name_left_out(view: AnnotationView) -> Iterator[Fault]:
    """A name of the registries that no actor, location or casualty holds."""
    what = "is a name in the registries, and no mention"
    yield from _told(view, "W624", "actors", view.left_out.names, what)
