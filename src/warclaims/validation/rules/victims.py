"""Level 6: who the victims of a casualty are and what happened to them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from warclaims.language.en import COVERAGE
from warclaims.records import span_start, span_text
from warclaims.records.annotations import has_other_reading
from warclaims.records.vocabulary import Outcome, VictimAge, VictimSex, VictimStatus
from warclaims.validation.rule import ENGLISH, Example, Fault, Scope, rule
from warclaims.validation.words import SHORT, quoted, surface

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.records import Lists
    from warclaims.validation.views import AnnotationView


_SHARED = {"status": (), "age": VictimAge.UNSPECIFIED, "sex": VictimSex.UNSPECIFIED, "side": None}
"""What applies to all victims of a whole applies to its parts; with the value that says nothing."""


@rule(
    "W606",
    Scope.ANNOTATIONS,
    title="part unlike its whole",
    why="What is true of all victims is true of a part of them. A soldier among two civilians, or "
    "someone of another side, is mostly a slip.",
    fix="Correct the status, age, sex or side of the part or of the whole, or subset_of.",
    example=Example(
        '[a child] with "status": ["military"] as a subset of [two civilians]',
        '[a child] with "status": [] as a subset of [two civilians]',
    ),
    mistake={"/casualties/1/status": ["military"]},
)
def unlike_its_whole(view: AnnotationView) -> Iterator[Fault]:
    """All wholes of a casualty have one status, age, sex or side, and the casualty has another."""
    for index, casualty in enumerate(view.record.casualties):
        wholes = [view.casualties.get(name) for name in casualty.subset_of]
        if not wholes or None in wholes:
            continue
        for field, unsaid in _SHARED.items():
            found = {getattr(whole, field) for whole in wholes}
            said = found.pop()
            value = getattr(casualty, field)
            if found or unsaid in (said, value) or _may_be_of(field, value, said, view.known.lists):
                continue
            message = (
                f"is part of {' and '.join(casualty.subset_of)}, whose {field} is {_listed(said)}; "
                f"its own is {_listed(value)}"
            )
            yield view.fault("casualties", index, field, message)


def _may_be_of(field: str, part: Any, whole: Any, lists: Lists) -> bool:
    """True if what is said of the part may be said of some of the whole."""
    if field == "side":
        return bool(part == whole)
    parts = set(part if isinstance(part, tuple) else (part,))
    wholes = set(whole if isinstance(whole, tuple) else (whole,))
    free = VictimStatus.PRISONER.value
    return all(
        one == free or free in wholes or any(lists.is_kind(field, one, of) for of in wholes)
        for one in parts
    )


def _listed(value: str | tuple[str, ...] | None) -> str:
    return " and ".join(value) if isinstance(value, tuple) else value or "null"


@rule(
    "W607",
    Scope.ANNOTATIONS,
    title="perpetrator on the side of the victims",
    why="Harm to one's own side is rare. Usually the side or a link is wrong.",
    fix="Correct the side of the victims, the perpetrator, or the entity of its mention.",
    example=Example(
        "[an Avarian citizen] of the side avaria, killed by [Avaria’s army]",
        "[an Avarian citizen] of the side avaria, killed by [Borland’s army]",
    ),
    mistake={
        "annotations/gold/two.json#/casualties/1/side": "borland",
        "annotations/gold/two.json#/casualties/1/perpetrator": "a1",
    },
)
def own_side(view: AnnotationView) -> Iterator[Fault]:
    """The actor whom the perpetrator names is on the side of the victims."""
    registry = view.known.registries.get("actors", {})
    for index, casualty in enumerate(view.record.casualties):
        mention = view.actors.get(casualty.perpetrator or "")
        if casualty.side is None or mention is None:
            continue
        link = getattr(registry.get(mention.entity or ""), "side", None)
        if link is not None and link.id == casualty.side:
            message = f"is on the side {casualty.side}, as is the perpetrator {mention.entity!r}"
            yield view.fault("casualties", index, "perpetrator", message)


_HARM = {
    Outcome.KILLED: "kill kills killed killing dead death deaths die died dies dying slain "
    "fatalities fatality",
    Outcome.INJURED: "injured injuries injury wounded wounds",
    Outcome.MISSING: "missing disappeared",
    Outcome.CAPTURED: "captured prisoner prisoners",
    Outcome.DISPLACED: "displaced fled flee refugees expelled",
}
_OUTCOMES = {word: outcome for outcome, words in _HARM.items() for word in words.split()}
"""The outcome that a word of harm states, if only one."""

_PHRASES = {
    phrase: Outcome.DISPLACED if "flee" in phrase else Outcome.KILLED
    for phrase in COVERAGE.harm
    if {"flee", "lives", "life"}.intersection(phrase.split())
}
_PHRASE = re.compile("|".join(rf"\b{phrase}\b".replace(" ", r"\s+") for phrase in _PHRASES))
"""Phrases that state an outcome, such as *claimed the lives*."""

_WORD = re.compile(r"[^\W\d_]+")
_FATAL = re.compile(r"\b(?:fatally|mortally)\s+$", re.IGNORECASE)
_FATAL_LENGTH = 12


@rule(
    "W613",
    Scope.ANNOTATIONS,
    title="outcome differs from the trigger",
    why="In two killed and five wounded the outcomes are easily swapped. The trigger is the word "
    "that states the harm, so it agrees with the outcome. Only English texts are checked.",
    fix="Correct the outcome, or the trigger.",
    example=Example(
        'two civilians were [killed] with "outcome": "injured"',
        'two civilians were [killed] with "outcome": "killed"',
    ),
    languages=ENGLISH,
    mistake={"/casualties/0/outcome": "injured"},
)
def other_outcome(view: AnnotationView) -> Iterator[Fault]:
    """The trigger states other outcomes."""
    for index, casualty in enumerate(view.record.casualties):
        if casualty.trigger is None or has_other_reading(casualty):
            continue
        outcomes = _stated(surface(casualty.trigger)[:SHORT])
        if casualty.outcome in outcomes or not outcomes:
            continue
        start = span_start(casualty.trigger)
        before = (view.text or "")[max(0, start - _FATAL_LENGTH) : start]
        both = outcomes >= {Outcome.KILLED, Outcome.INJURED}
        fits = both and casualty.outcome == Outcome.KILLED_OR_INJURED
        if not fits and not _FATAL.search(before):
            listed = " or ".join(sorted(outcomes))
            words = quoted(span_text(casualty.trigger))
            message = f"is {casualty.outcome}, the trigger {words} states {listed}"
            yield view.fault("casualties", index, "outcome", message)


@lru_cache(maxsize=4096)
def _stated(words: str) -> frozenset[Outcome]:
    """The outcomes that the words of a trigger state."""
    small = words.lower()
    found = {_OUTCOMES[word] for word in _WORD.findall(small) if word in _OUTCOMES}
    if " " in small:
        found.update(_PHRASES[" ".join(phrase.split())] for phrase in _PHRASE.findall(small))
    return frozenset(found)


_PEOPLE: dict[str, tuple[str, VictimStatus | VictimAge]] = {
    **dict.fromkeys(("civilian", "civilians"), ("status", VictimStatus.CIVILIAN)),
    **dict.fromkeys(
        ("soldier", "soldiers", "serviceman", "servicemen", "troops"),
        ("status", VictimStatus.MILITARY),
    ),
    **dict.fromkeys(
        ("police", "policeman", "policemen", "policewoman", "policewomen"),
        ("status", VictimStatus.POLICE),
    ),
    **dict.fromkeys(("child", "children", "minor", "minors"), ("age", VictimAge.CHILD)),
}
"""Nouns that describe all victims if the victim phrase ends in them."""

_SEVERAL_KINDS = re.compile(r"\b(?:and|or)\b|,")


@rule(
    "W614",
    Scope.ANNOTATIONS,
    title="status or age in the words only",
    why="A victim phrase that ends in civilians, soldiers, police or children gives the status or "
    "age of all its victims. Only English texts are checked.",
    fix="Correct the status or the age, or the span if the noun is not about the victims.",
    example=Example(
        '[two civilians] with "status": []',
        '[two civilians] with "status": ["civilian"]',
    ),
    languages=ENGLISH,
    mistake={"/casualties/0/status": []},
)
def undescribed(view: AnnotationView) -> Iterator[Fault]:
    """The last word of the victim phrase gives another status or age than the record."""
    for index, casualty in enumerate(view.record.casualties):
        field, value = _description(surface(casualty.span)[-SHORT:])
        if not field or has_other_reading(casualty):
            continue
        own = getattr(casualty, field)
        lists = view.known.lists
        kinds = own if isinstance(own, tuple) else (own,)
        if not any(lists.is_kind(field, one, str(value)) for one in kinds):
            message = f"has the {field} {_listed(own) or 'unspecified'}, its words say {value}"
            yield view.fault("casualties", index, field, message)


@lru_cache(maxsize=4096)
def _description(words: str) -> tuple[str, VictimStatus | VictimAge | None]:
    """The field and the value that the last word gives; no field if the words name several."""
    found = _WORD.findall(words.lower())
    if not found or _SEVERAL_KINDS.search(words.lower()):
        return "", None
    return _PEOPLE.get(found[-1], ("", None))
