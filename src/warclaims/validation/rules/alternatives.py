"""Level 5, all layers: other readings of a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from warclaims.records import LAYERS, FieldKind, FieldShape, shapes
from warclaims.records.fields import defaults
from warclaims.validation.rule import Example, Fault, Scope, rule
from warclaims.validation.words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.validation.views import AnnotationView


@rule(
    "C515",
    Scope.ANNOTATIONS,
    title="alternative without a note",
    why="The alternatives give the other readings of a record, and the note says why there are "
    "several. Without it the choice cannot be reviewed.",
    fix="Say in the note why there are several readings, or remove the alternatives.",
    only_warns=True,
    example=Example(
        '[two casualties] with "alternatives": [{"outcome": "killed"}]',
        'the same with "note": "casualties may mean the dead only"',
    ),
    mistake={"/casualties/0/alternatives": [{"value": 3, "quantifier": "at_least"}]},
)
def no_reason(view: AnnotationView) -> Iterator[Fault]:
    """A record has alternatives, and its note is missing or blank."""
    for layer, index, record in view.with_alternatives:
        if not (record.note and record.note.strip()):
            message = "has another reading, but no note says why"
            yield view.fault(layer, index, "alternatives", message)


@rule(
    "C521",
    Scope.ANNOTATIONS,
    title="impossible alternative",
    why="An alternative is a reading of the same record: its spans are words of the text, what it "
    "refers to exists, and it differs from the record.",
    fix="Correct the value, or remove the alternative.",
    example=Example(
        '[two civilians] with "alternatives": [{"subset_of": ["c9"]}] and no c9',
        '[two civilians] with "alternatives": [{"subset_of": ["c2"]}]',
    ),
    mistake={
        "/casualties/0/alternatives": [{"subset_of": ["c99"]}],
        "/casualties/0/note": "or part of those",
    },
)
def no_reading(view: AnnotationView) -> Iterator[Fault]:
    """A value of an alternative is not of this text or file, or is that of the record."""
    for layer, index, record in view.with_alternatives:
        fields = shapes(LAYERS[layer])
        for number, alternative in enumerate(record.alternatives):
            if alternative in record.alternatives[:number]:
                message = "has an alternative twice"
                yield view.fault(layer, index, f"alternatives/{number}", message)
            for name, value in alternative.items():
                if message := _wrong(view, fields[name], value, record.id):
                    field = f"alternatives/{number}/{name}"
                    yield view.fault(layer, index, field, f"has an alternative that {message}")
            if all(_is_same(getattr(record, name), value) for name, value in alternative.items()):
                message = "has an alternative that changes nothing"
                yield view.fault(layer, index, f"alternatives/{number}", message)


def _is_same(own: Any, value: Any) -> bool:
    """True if the plain JSON ``value`` is ``own``, the value of a record."""
    if isinstance(value, list):
        return isinstance(own, tuple) and len(own) == len(value) and all(map(_is_same, own, value))
    if isinstance(value, dict) and own is not None:
        model: Any = type(own)
        given = {**defaults(model), **value}
        return all(_is_same(getattr(own, name), one) for name, one in given.items())
    return bool(own == value)


def _wrong(view: AnnotationView, shape: FieldShape, value: Any, own_id: str) -> str:
    if value is None:
        return ""
    if shape.kind is FieldKind.SPAN:
        for piece in value:
            start, end, words = piece["start"], piece["end"], piece["text"]
            fits = end - start == len(words) and (view.text or "").startswith(words, start)
            if view.text is not None and not fits:
                return f"has {quoted(words)} at {start}–{end}, where the text has other words"
    elif shape.target is not None:
        known = view.ids(shape.target)
        for name in value if shape.many else [value]:
            if name == own_id and not shape.target.in_registry:
                return f"names the record itself in {shape.name}"
            if known is not None and name not in known:
                return f"names {name!r} in {shape.name}, which does not exist"
    return ""
