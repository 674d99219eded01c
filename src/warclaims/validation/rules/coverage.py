"""Level 6: words of a text that no record covers, although one probably should.

The words are found by :mod:`warclaims.validation.scanning` in the languages whose words are listed.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from warclaims.validation.mistakes import GONE
from warclaims.validation.rule import WORDS_LISTED, Example, Fault, Need, Rule, Scope, rule
from warclaims.validation.words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from warclaims.validation.views import AnnotationView

MOST = 30
"""Findings of each rule that are reported per document, besides waived ones."""


def _left_out(code: str, layer: str, kind: str, what: str, **declared: Any) -> Rule:
    """A rule that finds the words of a ``kind`` of :class:`~.scanning.UncoveredWords`."""
    check = partial(_uncovered, code=code, layer=layer, kind=kind, what=what)
    declared |= {"languages": WORDS_LISTED, "needs": Need.TEXT}
    return rule(code, Scope.ANNOTATIONS, **declared)(check)


def _uncovered(
    view: AnnotationView, *, code: str, layer: str, kind: str, what: str
) -> Iterator[Fault]:
    """A fault for each word that is left out; if there are too many, the last says how many more.

    The last has no span, so that it is not waived with its words. ``{beside}`` in ``what`` is
    replaced by the words beside the hit.
    """
    hits: Sequence[tuple[int, ...]] = getattr(view.left_out, kind)
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


number_left_out = _left_out(
    "W620",
    "casualties",
    "numbers",
    "beside {beside} is in no casualty",
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
    mistake={"annotations/gold/two.json#/casualties/2": GONE},
)
"""A number beside a word of harm that is in no casualty."""


harm_left_out = _left_out(
    "W621",
    "casualties",
    "harms",
    "is in no casualty and no trigger",
    title="word of harm, but no casualty",
    why="Words such as killed, died, dead, wounded or fled usually come with a victim phrase, if "
    "only an indefinite one. Denials such as no deaths are ignored, and so are headings.",
    fix="Mark the victims as a casualty with this word as the trigger, or waive the finding and "
    "explain why there are no victims.",
    example=Example(
        "a child was killed: no casualty", "[a child] was killed: a casualty with trigger [killed]"
    ),
    mistake={"/casualties/0/trigger": None, "/casualties/1/trigger": None},
)
"""A word of harm that is in no casualty and no trigger."""


speech_left_out = _left_out(
    "W622",
    "attributions",
    "speech",
    "is in no cue",
    title="word of speech, but no cue",
    why="Words such as said, told, accused, denied, claimed, announced or according to usually "
    "attribute something to somebody, also inside a quotation.",
    fix="Add the attribution with this cue, or waive the finding and explain why the words "
    "attribute nothing.",
    example=Example(
        "Borland denied it: no attribution",
        "[Borland] {denied} [it]: source, cue and content",
    ),
    mistake={"/attributions/1": GONE},
)
"""A word of speech that is in no cue, trigger or mention."""


quotation_left_out = _left_out(
    "W623",
    "attributions",
    "quotations",
    "is in no content",
    title="quotation, but no content",
    why="Quoted words are the content of an attribution, even without a cue. Quotations of one or "
    "two words are ignored, because they may be scare quotes, and so are quotations in mentions.",
    fix="Add the attribution, or extend the content to the whole quotation. Or waive the finding "
    "and give whose words they are.",
    example=Example(
        "“We hit no town,” a spokesman said: no attribution",
        "[“We hit no town,”] a spokesman {said}: content and cue",
    ),
    mistake={"/attributions/2/content/1": GONE},
)
"""Quoted words that are not completely in a content or a mention."""


name_left_out = _left_out(
    "W624",
    "actors",
    "names",
    "is a name in the registries, but not a mention",
    title="known name, but no mention",
    why="Every proper name of an actor or a place is a mention. A name in the text that the "
    "registries list was probably overlooked. Names of less than four letters are ignored.",
    fix="Mark the name as an actor or a location, or waive the finding and give what it is.",
    example=Example("Shelling hits Dorn: no location", "Shelling hits [Dorn]: a location"),
    mistake={"/locations/0": GONE},
)
"""A name of the registries that is in no actor, location or casualty."""
