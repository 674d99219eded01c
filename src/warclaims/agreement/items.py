"""What is compared: spans by unit, and the fields of paired records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from warclaims.records import (
    LAYERS,
    FieldKind,
    Fraction,
    VictimGroup,
    shapes,
    span_ranges,
    span_start,
    span_text,
)
from warclaims.records.annotations import FIXED_FIELDS
from warclaims.records.fields import defaults
from warclaims.wording import group_in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    from warclaims.records import Annotations, FieldShape, Fragment, LayerName


@dataclass(frozen=True)
class Item:
    """A span to be paired, with the record it belongs to.

    ``other`` is a second span that tells records apart whose first spans are equal: the content
    beside a cue.
    """

    span: tuple[Fragment, ...]
    record: Any
    other: tuple[Fragment, ...] = ()

    @property
    def start(self) -> int:
        """Where the span starts."""
        return span_start(self.span)

    @property
    def words(self) -> str:
        """The words of the span."""
        return span_text(self.span)

    @property
    def key(self) -> tuple[tuple[int, int], ...]:
        """The offsets of the span: equal for equal spans."""
        return span_ranges(self.span)


def _mentions(layer: LayerName) -> Callable[[Annotations], list[Item]]:
    return lambda a: [
        *(Item(record.span, record) for record in getattr(a, layer)),
        *_flat(a, LAYERS[layer].noun),
    ]


def _flat(annotations: Annotations, label: str) -> list[Item]:
    """The labels of other programs, such as tags, that mark spans of a unit without a record."""
    return [Item(one.span, one) for one in annotations.foreign if one.label.lower() == label]


def _sources(annotations: Annotations) -> list[Item]:
    sources = {name for attribution in annotations.attributions for name in attribution.source}
    mentions = [one for one in annotations.actors if one.id in sources]
    return [*(Item(one.span, one) for one in mentions), *_flat(annotations, "source")]


UNITS: dict[str, Callable[[Annotations], list[Item]]] = {
    "actors": _mentions("actors"),
    "locations": _mentions("locations"),
    "casualties": _mentions("casualties"),
    "sources": _sources,
    "cues": lambda a: [
        *(Item(t.cue, t, t.content) for t in a.attributions if t.cue),
        *_flat(a, "cue"),
    ],
    "contents": lambda a: [
        *(Item(t.content, t, t.cue or ()) for t in a.attributions),
        *_flat(a, "content"),
    ],
}
"""The spans that are scored, by unit. A source is a mention that an attribution names.

Foreign labels that are named after a unit, such as ``CUE`` of a tagger, are spans of it, too.
"""


_KINDS = {
    FieldKind.CHOICE: "attribute",
    FieldKind.INTEGER: "attribute",
    FieldKind.FLAG: "attribute",
    FieldKind.TEXT: "attribute",
    FieldKind.RECORD: "attribute",
    FieldKind.REFERENCE: "link",
    FieldKind.SPAN: "span",
}


def compared_fields(layer: LayerName) -> dict[str, str]:
    """The fields that are compared on paired records of a layer: *attribute*, *link* or *span*.

    All but the id, the other readings, the remarks, and the span that the records are paired by.
    """
    paired_by = "cue" if layer == "attributions" else "span"
    return {
        shape.name: _KINDS[shape.kind]
        for shape in shapes(LAYERS[layer]).values()
        if shape.kind in _KINDS and shape.name not in (paired_by, *FIXED_FIELDS)
    }


OF_ONE_TEXT: dict[str, set[str]] = {
    layer: {
        shape.name
        for shape in shapes(model).values()
        if shape.kind is FieldKind.SPAN or (shape.target and not shape.target.in_registry)
    }
    for layer, model in LAYERS.items()
}
"""The fields of each layer whose values, spans or records, are of one text only."""


def may_be_empty(layer: LayerName, name: str) -> bool:
    """True for fields of which a record may say nothing."""
    shape = shapes(LAYERS[layer])[name]
    return shape.nullable or shape.many or not shape.required


def is_stated(layer: LayerName, name: str, value: Hashable) -> bool:
    """False for a value, as :func:`comparable` gives it, that says nothing: none or the default."""
    return value not in (None, frozenset(), defaults(LAYERS[layer]).get(name))


def comparable(record: Any, shape: FieldShape, names: Mapping[str, str]) -> Hashable:
    """The value of a field, equal for equal decisions.

    ``names`` translates ids of mentions and casualties, so that paired records have one name.
    """
    value = getattr(record, shape.name)
    if shape.kind is FieldKind.SPAN:
        return span_ranges(value) if value else None
    if shape.kind is FieldKind.REFERENCE:
        ids = value if shape.many else ([value] if value else [])
        in_registry = shape.target is None or shape.target.in_registry
        return frozenset(ids if in_registry else (names.get(name, name) for name in ids))
    if shape.many:
        return frozenset(map(_in_words, value))
    return None if value is None else _in_words(value)


def _in_words(value: Any) -> Hashable:
    """A value, or the words for a small record: equal for equal records."""
    if isinstance(value, VictimGroup):
        return group_in_words(value)
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    return value  # type: ignore[no-any-return]
