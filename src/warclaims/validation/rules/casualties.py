"""Level 5: the counts of casualties, compared with their words and with each other."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

from warclaims.derive.counts import bounds
from warclaims.records.annotations import has_other_reading
from warclaims.records.vocabulary import (
    Outcome,
    Quantifier,
    VictimAge,
    VictimSex,
    VictimStatus,
)
from warclaims.validation.mistakes import CopyOf, SpanOf
from warclaims.validation.rule import NUMBERS_READ, Example, Fault, Scope, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.language import NumberReading
    from warclaims.records import Casualty
    from warclaims.validation.views import AnnotationView


_INDEFINITE, _RANGE = Quantifier.INDEFINITE, Quantifier.RANGE


def _fits(casualty: Any) -> bool:
    """True if value, value_max, fraction and quantifier go together."""
    no_value = casualty.quantifier == _INDEFINITE or casualty.fraction is not None
    return (casualty.value is None) == no_value and not _wrong_range(casualty)


_COUNT = frozenset({"value", "value_max", "quantifier", "fraction"})


def _wrong_range(casualty: Any) -> str:
    """What is wrong with the greater number of a range; empty if nothing is."""
    least, most = casualty.value, casualty.value_max
    if (most is None) == (casualty.quantifier == _RANGE):
        return "is a range without value_max, or has value_max without being a range"
    if least is not None and most is not None and most < least:
        return f"has value_max {most:,}, which is less than the value {least:,}"
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
    "value_max is the upper number of a range, and of nothing else.",
    fix="Enter the number that the words give, or correct the quantifier, fraction or value_max.",
    example=Example(
        '[several civilians] with "quantifier": "indefinite", "value": 3',
        '[several civilians] with "quantifier": "indefinite", "value": null',
    ),
    mistake={"/casualties/0/quantifier": "indefinite"},
)
def value_or_not(view: AnnotationView) -> Iterator[Fault]:
    """A value with the quantifier indefinite, or no value with another one."""
    for index, casualty in enumerate(view.record.casualties):
        part = casualty.fraction
        for number, alternative in enumerate(casualty.alternatives):
            changed = {name: getattr(casualty, name) for name in _COUNT} | alternative
            if alternative.keys() & _COUNT and not _fits(SimpleNamespace(**changed)):
                message = "has an alternative whose value, quantifier and fraction do not fit"
                yield view.fault("casualties", index, f"alternatives/{number}", message)
        if part is not None and part.numerator > part.denominator:
            message = f"has the fraction {part.numerator}/{part.denominator}, more than the whole"
            yield view.fault("casualties", index, "fraction", message)
        if wrong := _wrong_range(casualty):
            yield view.fault("casualties", index, "value_max", wrong)
        elif not _fits(casualty):
            value = "null" if casualty.value is None else f"{casualty.value:,}"
            fraction = " and a fraction" if casualty.fraction else ""
            message = f"has the value {value} and the quantifier {casualty.quantifier}{fraction}"
            yield view.fault("casualties", index, "value", message)


@rule(
    "C502",
    Scope.ANNOTATIONS,
    title="value is not the number in the words",
    why="The value is the number that the victim phrase gives, in words or digits: a child is 1, "
    "half a dozen is 6, thousands is 1,000. Phrases that are not understood completely are not "
    "checked.",
    fix="Correct the value or the span. If the number is elsewhere in the sentence, include it in "
    "the span.",
    example=Example('[two civilians] with "value": 3', '[two civilians] with "value": 2'),
    only_warns=True,
    languages=NUMBERS_READ,
    mistake={"/casualties/0/value": 3},
)
def other_number(view: AnnotationView) -> Iterator[Fault]:
    """The words of a casualty give another number than it and its alternatives have."""
    for index, casualty, reading in view.numbers:
        numbers = _numbers_of(casualty)
        if not _fits(casualty) or any(_agrees(one, reading) for one in numbers):
            continue
        said = _StatedNumber(reading.value, reading.value_max, reading.fraction)
        message = f"says {_in_words(said)}, the record has {_in_words(numbers[0])}"
        yield view.fault("casualties", index, "value", message)


class _StatedNumber(NamedTuple):
    """The number that a record or a phrase states."""

    value: int | None
    value_max: int | None
    fraction: tuple[int, int] | None


def _numbers_of(casualty: Casualty) -> list[_StatedNumber]:
    """The number of a casualty, then those of its alternatives."""
    part = casualty.fraction
    fraction = (part.numerator, part.denominator) if part else None
    own = _StatedNumber(casualty.value, casualty.value_max, fraction)
    found = [own]
    for alternative in casualty.alternatives:
        changed: dict[str, Any] = {k: v for k, v in alternative.items() if k in own._fields}
        if plain := changed.get("fraction"):
            changed["fraction"] = (plain["numerator"], plain["denominator"])
        found.append(own._replace(**changed))
    return found


def _agrees(number: _StatedNumber, reading: NumberReading) -> bool:
    """True if a record's number is that of its words; one inside a range is left to C503."""
    if reading.fraction is not None and number.fraction is not None:
        (a, b), (c, d) = reading.fraction, number.fraction
        return a * d == b * c
    if reading.fraction is not None or number.fraction is not None:
        return False
    if reading.value is None or number.value is None:
        return reading.value is number.value
    if number.value_max is None:
        return reading.value <= number.value <= (reading.value_max or reading.value)
    return (number.value, number.value_max) == (reading.value, reading.value_max)


def _in_words(number: _StatedNumber) -> str:
    if number.fraction is not None:
        return f"{number.fraction[0]}/{number.fraction[1]}"
    if number.value is None:
        return "no number"
    most = "" if number.value_max is None else f" to {number.value_max:,}"
    return f"{number.value:,}{most}"


@rule(
    "C503",
    Scope.ANNOTATIONS,
    title="quantifier does not fit the words",
    why="Words such as at least, more than, up to, fewer than or around before a number determine "
    "the quantifier. A number alone is exact, a million alone approximate, thousands an order of "
    "magnitude. Phrases that are not understood completely are not checked.",
    fix="Choose the quantifier that the words state. If it is unclear what a qualifier applies to, "
    "give the other reading as an alternative.",
    example=Example(
        '[two civilians] with "quantifier": "at_least"',
        '[two civilians] with "quantifier": "exact"',
    ),
    only_warns=True,
    languages=NUMBERS_READ,
    mistake={"/casualties/0/quantifier": "at_least"},
)
def other_quantifier(view: AnnotationView) -> Iterator[Fault]:
    """The words before or after the number state another quantifier."""
    for index, casualty, reading in view.numbers:
        if has_other_reading(casualty) or not _agrees(_numbers_of(casualty)[0], reading):
            continue
        if _fits(casualty) and not reading.fits(casualty.quantifier):
            stated = " or ".join(sorted((reading.quantifier, *reading.also_fits)))
            message = f"states {stated}, the quantifier is {casualty.quantifier}"
            yield view.fault("casualties", index, "quantifier", message)


@rule(
    "C504",
    Scope.ANNOTATIONS,
    title="subset larger than its whole",
    why="Part of the victims cannot be more than all of them. A list of wholes means their union. "
    "Only limits given by value and quantifier are compared.",
    fix="Correct one of the values, or subset_of. If the text does not add up, waive the finding.",
    only_warns=True,
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
    """The minimum of a subset is above the maximum of the union of its wholes."""
    for index, casualty in enumerate(view.record.casualties):
        if not casualty.subset_of:
            continue
        least, most = _bounds(casualty)[0], _most(view, casualty.subset_of)
        if least is None or most is None or least <= most:
            continue
        message = (
            f"is at least {least:,}, but part of {' and '.join(casualty.subset_of)}, at most "
            f"{most:,}"
        )
        rows = {one.id: row for row, one in enumerate(view.record.casualties)}
        related = tuple(view.related("casualties", rows[name]) for name in casualty.subset_of)
        yield view.fault("casualties", index, "subset_of", message, related)


def _bounds(casualty: Casualty) -> tuple[int | None, int | None]:
    """The limits in the record alone, without those of its words."""
    return bounds(casualty.quantifier, casualty.value, "", casualty.value_max)


def _most(view: AnnotationView, names: tuple[str, ...]) -> int | None:
    """The maximum of the casualties ``names`` together; ``None`` if unknown."""
    total = 0
    for name in names:
        most = _bounds(view.casualties[name])[1] if name in view.casualties else None
        if most is None:
            return None
        total += most
    return total


_ALIVE = (Outcome.INJURED, Outcome.MISSING, Outcome.DISPLACED, Outcome.RELEASED)
"""Outcomes of people who are not said to have died."""


_APART = (
    ("outcome", frozenset({Outcome.KILLED, Outcome.INJURED, Outcome.MISSING})),
    ("status", frozenset({VictimStatus.CIVILIAN, VictimStatus.MILITARY, VictimStatus.POLICE})),
    ("sex", frozenset({VictimSex.FEMALE, VictimSex.MALE})),
    ("age", frozenset({VictimAge.CHILD, VictimAge.ADULT})),
)
"""Values of each attribute that exclude each other. A captive may also be injured, a displaced
person killed.
"""


@rule(
    "C517",
    Scope.ANNOTATIONS,
    title="parts that are together more than their whole",
    why="Parts that cannot share a victim, such as soldiers and civilians, or children and adults, "
    "are together no more than the whole. Parts that may overlap are not added up, and those with "
    "another reading are ignored.",
    fix="Correct one of the values, or subset_of. If the text does not add up, waive the finding.",
    only_warns=True,
    example=Example(
        "[four police] and [three civilians] as subsets of [six people]",
        "[four police] and [two civilians] as subsets of [six people]",
    ),
    mistake={
        "/casualties/0/status": [],
        "/casualties/0/alternatives": [{"status": ["civilian"]}],
        "/casualties/0/note": "or civilian",
        "/casualties/2": CopyOf("/casualties/1", **_PART, id="c-army", span=SpanOf("army")),
        "/casualties/3": CopyOf("/casualties/1", **_PART, id="c-town", span=SpanOf("town")),
        "/casualties/3/status": ["police"],
    },
)
def too_many_parts(view: AnnotationView) -> Iterator[Fault]:
    """The largest parts that exclude each other are together more than their whole."""
    groups: dict[tuple[str, ...], list[tuple[int, Casualty]]] = {}
    for index, casualty in enumerate(view.record.casualties):
        if casualty.subset_of and not has_other_reading(casualty):
            groups.setdefault(casualty.subset_of, []).append((index, casualty))
    for names, parts in groups.items():
        most = _most(view, names)
        if len(parts) > 1 and most is not None:
            yield from _exceeding(view, names, parts, most)


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
            *others, last = sorted(index for _, index in largest.values())
            related = tuple(view.related("casualties", index) for index in others)
            words = " and ".join(other.what for other in related)
            message = (
                f"and {words} are together at least {total:,}, but parts of {' and '.join(names)}, "
                f"at most {most:,}"
            )
            yield view.fault("casualties", last, "subset_of", message, related)
            return


@rule(
    "C519",
    Scope.ANNOTATIONS,
    title="part of the killed that did not die",
    why="Part of the killed was also killed. Of the injured, missing, captured or displaced, some "
    "may have died.",
    fix="Correct the outcome of the part or of the whole, or subset_of.",
    only_warns=True,
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
        outcomes = {getattr(view.casualties.get(n), "outcome", None) for n in casualty.subset_of}
        if outcomes == {Outcome.KILLED}:
            whole = " and ".join(casualty.subset_of)
            message = f"is {casualty.outcome}, but part of {whole}, killed"
            yield view.fault("casualties", index, "outcome", message)


@rule(
    "C520",
    Scope.ANNOTATIONS,
    title="inferred perpetrator beside a perpetrator",
    why="inferred_perpetrator is for harm whose author no mention in the sentence names. If a "
    "mention names it, that is the perpetrator.",
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
                f"has the perpetrator {casualty.perpetrator}, so "
                f"{casualty.inferred_perpetrator!r} need not be inferred"
            )
            yield view.fault("casualties", index, "inferred_perpetrator", message)
