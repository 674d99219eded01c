"""Level 5 for casualties: the count against its words and other counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.derive.counts import bounds
from warclaims.findings import Related
from warclaims.records import span_end, span_start, span_text
from warclaims.records.vocabulary import (
    Outcome,
    Quantifier,
    VictimAge,
    VictimSex,
    VictimStatus,
)
from warclaims.validation.mistakes import Copied, Words
from warclaims.validation.numbers import LONGEST
from warclaims.validation.rule import ENGLISH, Example, Fault, Scope, rule
from warclaims.validation.rules.doubts import has_other_reading
from warclaims.validation.words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.records import Casualty
    from warclaims.validation.views import AnnotationView


def _fault(index: int, field: str, casualty: Casualty, message: str) -> Fault:
    span = casualty.span
    pointer = f"/casualties/{index}/{field}"
    return Fault(pointer, f"{casualty.id}: {message}", span_start(span), span_end(span))


def _fits(casualty: Casualty) -> bool:
    """True if value, value_max, fraction and quantifier go together."""
    no_value = casualty.quantifier is Quantifier.INDEFINITE or casualty.fraction is not None
    return (casualty.value is None) == no_value and not _wrong_range(casualty)


def _wrong_range(casualty: Casualty) -> str:
    """What is wrong with the greater number of a range; empty if nothing is."""
    least, most = casualty.value, casualty.value_max
    if (most is None) == (casualty.quantifier is Quantifier.RANGE):
        return "a range has value_max, and only a range has it"
    if least is not None and most is not None and most < least:
        return f"value_max {most:,} is less than the value {least:,}"
    return ""


_PART = {
    "trigger": None,
    "status": ["military"],
    "quantifier": "indefinite",
    "value": None,
}


@rule(
    "C501",
    Scope.ANNOTATIONS,
    title="value and quantifier do not go together",
    why="The value is null exactly where the quantifier is indefinite or there is a fraction; "
    "value_max is the greater number of a range, and of nothing else.",
    fix="Write the number that the words give, or correct the quantifier, fraction or value_max.",
    example=Example(
        '[several civilians] with "quantifier": "indefinite", "value": 3',
        '[several civilians] with "quantifier": "indefinite", "value": null',
    ),
    mistake={"/casualties/0/quantifier": "indefinite"},
)
def value_or_not(view: AnnotationView) -> Iterator[Fault]:
    """A value with indefinite, or null without."""
    for index, casualty in enumerate(view.record.casualties):
        if wrong := _wrong_range(casualty):
            yield _fault(index, "value_max", casualty, wrong)
        elif not _fits(casualty):
            value = "null" if casualty.value is None else f"{casualty.value:,}"
            fraction = " and there is a fraction" if casualty.fraction else ""
            message = f"the value is {value}, the quantifier is {casualty.quantifier}{fraction}"
            yield _fault(index, "value", casualty, message)


@rule(
    "C502",
    Scope.ANNOTATIONS,
    title="value is not the number in the words",
    why="The value is the number that the victim phrase gives, in words or digits (English texts "
    f"only; phrases beyond {LONGEST} code points are not read). A child is 1, both are 2, "
    "thousands are 1,000.",
    fix="Correct the value or the span. If the number is elsewhere in the sentence, take it "
    "into the span.",
    example=Example('[two civilians] with "value": 3', '[two civilians] with "value": 2'),
    guesses=True,
    languages=ENGLISH,
    mistake={"/casualties/0/value": 3},
)
def other_number(view: AnnotationView) -> Iterator[Fault]:
    """The words of a casualty give another number than its value."""
    for index, casualty, found in view.numbers:
        value = casualty.value
        if not _fits(casualty) or value in [number.value for number in found]:
            continue
        phrase = span_text(casualty.span)
        words = quoted(phrase)
        if value is None:
            leading = [number.value for number in found if number.leads]
            if leading:
                message = f"{words} begins with the number {leading[0]:,}, the value is null"
                yield _fault(index, "value", casualty, message)
        elif found:
            said = " and ".join(f"{number.value:,}" for number in found)
            yield _fault(index, "value", casualty, f"{words} says {said}, the value is {value:,}")
        elif value > 1 and len(phrase) <= LONGEST:
            message = f"{words} has no number, the value is {value:,}"
            yield _fault(index, "value", casualty, message)


@rule(
    "C503",
    Scope.ANNOTATIONS,
    title="quantifier does not fit the words",
    why="At least, more than, up to, fewer than, around and the like before a number decide the "
    "quantifier; a bare number is exact, a bare million approximate, thousands an order of "
    "magnitude (English texts only).",
    fix="Choose the quantifier that the words state. Where the scope of a qualifier is open, give "
    "the other reading as an alternative.",
    example=Example(
        '[two civilians] with "quantifier": "at_least"',
        '[two civilians] with "quantifier": "exact"',
    ),
    guesses=True,
    languages=ENGLISH,
    mistake={"/casualties/0/quantifier": "at_least"},
)
def other_quantifier(view: AnnotationView) -> Iterator[Fault]:
    """The words before or after the number stand for another quantifier."""
    for index, casualty, found in view.numbers:
        meant = [number for number in found if number.value == casualty.value]
        if not meant or has_other_reading(casualty) or not _fits(casualty):
            continue
        fits = {quantifier for number in meant for quantifier in number.fits}
        if casualty.quantifier not in fits:
            words = quoted(span_text(casualty.span))
            message = (
                f"{words} states {' or '.join(sorted(fits))}, "
                f"the quantifier is {casualty.quantifier}"
            )
            yield _fault(index, "quantifier", casualty, message)


@rule(
    "C504",
    Scope.ANNOTATIONS,
    title="subset larger than its whole",
    why="Part of the victims cannot be more than all of them. A list of wholes means their union; "
    "only bounds that the words set are compared.",
    fix="Correct one of the values, or the subset_of. If the text does not add up, waive it.",
    guesses=True,
    example=Example(
        "[five civilians] as a subset of [three people]",
        "[three civilians] as a subset of [five people]",
    ),
    mistake={
        "/casualties/0/subset_of": ["c2"],
        "/casualties/0/age": "child",
        "/casualties/1/subset_of": [],
    },
)
def too_large(view: AnnotationView) -> Iterator[Fault]:
    """The least count of a subset exceeds the greatest of the union of its wholes."""
    for index, casualty in enumerate(view.record.casualties):
        if not casualty.subset_of:
            continue
        wholes = [view.casualties[name] for name in casualty.subset_of if name in view.casualties]
        if len(wholes) != len(casualty.subset_of):
            continue
        least = _bounds(casualty)[0]
        greatest = [_bounds(whole)[1] for whole in wholes]
        known = [number for number in greatest if number is not None]
        if least is None or len(known) < len(greatest) or least <= sum(known):
            continue
        message = (
            f"{quoted(span_text(casualty.span))} is at least {least:,}, but is said to be part of "
            f"{' and '.join(casualty.subset_of)}, at most {sum(known):,}"
        )
        related = _places(view, wholes)
        yield _fault(index, "subset_of", casualty, message)._replace(related=related)


def _places(view: AnnotationView, casualties: list[Casualty]) -> tuple[Related, ...]:
    rows = view.casualty_rows
    return tuple(
        Related(view.file, f"/casualties/{rows[c.id]}", c.id, span_start(c.span), span_end(c.span))
        for c in casualties
    )


def _bounds(casualty: Casualty) -> tuple[int | None, int | None]:
    """The bounds that the record states; its words are not read, for these are errors."""
    return bounds(casualty.quantifier, casualty.value, "", casualty.value_max)


_ALIVE = (Outcome.INJURED, Outcome.MISSING, Outcome.DISPLACED, Outcome.RELEASED)
"""Outcomes of people who are not said to have died."""

_APART = (
    ("outcome", frozenset({Outcome.KILLED, Outcome.INJURED, Outcome.MISSING})),
    ("status", frozenset({VictimStatus.CIVILIAN, VictimStatus.MILITARY, VictimStatus.POLICE})),
    ("sex", frozenset({VictimSex.FEMALE, VictimSex.MALE})),
    ("age", frozenset({VictimAge.CHILD, VictimAge.ADULT})),
)
"""The values of each attribute of which nobody has two. One captured may also be injured, one
displaced killed.
"""


@rule(
    "C517",
    Scope.ANNOTATIONS,
    title="parts that are more than their whole",
    why="Parts with other outcomes, or of soldiers and of civilians, of children and of adults, "
    "share nobody, so together they are no more than the whole. Parts that may overlap are not "
    "added up, nor those with another reading.",
    guesses=True,
    fix="Correct one of the values, or the subset_of. If the text does not add up, waive it.",
    example=Example(
        "[four police] and [three civilians] as subsets of [six people]",
        "[four police] and [two civilians] as subsets of [six people]",
    ),
    mistake={
        "/casualties/0/status": [],
        "/casualties/0/alternatives": [{"status": ["civilian"]}],
        "/casualties/0/note": "or civilian",
        "/casualties/2": Copied("/casualties/1", **_PART, id="c-army", span=Words("army")),
        "/casualties/3": Copied("/casualties/1", **_PART, id="c-town", span=Words("town")),
        "/casualties/3/status": ["police"],
    },
)
def too_many_parts(view: AnnotationView) -> Iterator[Fault]:
    """Of the parts that share nobody, the largest of each kind exceed their whole together."""
    groups: dict[tuple[str, ...], list[tuple[int, Casualty]]] = {}
    for index, casualty in enumerate(view.record.casualties):
        if casualty.subset_of and not has_other_reading(casualty):
            groups.setdefault(casualty.subset_of, []).append((index, casualty))
    for names, parts in groups.items():
        if len(parts) < 2 or any(name not in view.casualties for name in names):
            continue
        maxima = [_bounds(view.casualties[name])[1] for name in names]
        known = [number for number in maxima if number is not None]
        if len(known) == len(maxima):
            yield from _exceeding(view, names, parts, sum(known))


def _exceeding(
    view: AnnotationView, names: tuple[str, ...], parts: list[tuple[int, Casualty]], most: int
) -> Iterator[Fault]:
    for attribute, values in _APART:
        largest: dict[str, tuple[int, int]] = {}
        for index, part in parts:
            value, least = getattr(part, attribute), _bounds(part)[0] or 0
            if isinstance(value, tuple):
                value = value[0] if len(value) == 1 else None
            if value in values and largest.get(value, (0,))[0] < least <= most:
                largest[value] = (least, index)
        total = sum(least for least, _ in largest.values())
        if total > most:
            *others, last = (
                view.record.casualties[index] for index in sorted(i for _, i in largest.values())
            )
            words = " and ".join(quoted(span_text(part.span)) for part in (*others, last))
            message = (
                f"{words} are at least {total:,} together, but parts of {' and '.join(names)}, at "
                f"most {most:,}"
            )
            fault = _fault(view.casualty_rows[last.id], "subset_of", last, message)
            yield fault._replace(related=_places(view, others))
            return


@rule(
    "C519",
    Scope.ANNOTATIONS,
    title="part of the killed that did not die",
    why="A part of the killed was killed. Of the injured, missing, captured or displaced, some may "
    "have died.",
    guesses=True,
    fix="Correct the outcome of the part or of the whole, or the subset_of.",
    example=Example(
        "[a child] as injured, a subset of [two civilians] as killed",
        "[a child] as killed, a subset of [two civilians] as killed",
    ),
    mistake={"/casualties/1/outcome": "injured", "/casualties/1/trigger": None},
)
def undead(view: AnnotationView) -> Iterator[Fault]:
    """All wholes of a casualty are killed; it is injured, missing, displaced or released."""
    for index, casualty in enumerate(view.record.casualties):
        if not casualty.subset_of or casualty.outcome not in _ALIVE:
            continue
        wholes = [view.casualties.get(name) for name in casualty.subset_of]
        if all(whole is not None and whole.outcome == Outcome.KILLED for whole in wholes):
            message = (
                f"{quoted(span_text(casualty.span))} is {casualty.outcome}, but part of "
                f"{' and '.join(casualty.subset_of)}, killed"
            )
            yield _fault(index, "outcome", casualty, message)


@rule(
    "C520",
    Scope.ANNOTATIONS,
    title="inferred perpetrator beside a perpetrator",
    why="inferred_perpetrator is for harm whose author the sentence does not name by a mention; "
    "where one is named, it is the perpetrator.",
    fix="Keep the mention and set inferred_perpetrator to null.",
    example=Example(
        '"perpetrator": "a1", "inferred_perpetrator": "borland"',
        '"perpetrator": "a1", "inferred_perpetrator": null',
    ),
    mistake={"/casualties/0/perpetrator": "a1", "/casualties/0/inferred_perpetrator": "borland"},
)
def inferred_beside_named(view: AnnotationView) -> Iterator[Fault]:
    """Both perpetrator and inferred_perpetrator are filled."""
    for index, casualty in enumerate(view.record.casualties):
        if casualty.inferred_perpetrator is not None and casualty.perpetrator is not None:
            message = (
                f"the perpetrator is {casualty.perpetrator}, so {casualty.inferred_perpetrator!r} "
                "need not be inferred"
            )
            yield _fault(index, "inferred_perpetrator", casualty, message)
