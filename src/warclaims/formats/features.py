"""The features of annotated documents that a format keeps or loses, and where they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.records import Bundle, FieldShape, Fragment, Layer

FEATURES = {
    "texts": "the words of the whole document",
    "records": "mentions, casualties and attributions with their words",
    "nested spans": "a record inside the words of another one of its layer, or overlapping them",
    "discontinuous spans": "spans of several fragments",
    "identical spans": "several records of a layer on the same words",
    "cues and triggers": "the words that attribute, or state a harm",
    "links": "references between records",
    "attributes": "values of closed lists, numbers, groups, fractions, days",
    "registries": "ids of registry entries",
    "alternatives": "other readings of a record",
    "notes": "remarks for people",
    "scores": "how sure a system is",
    "extra fields": "what a corpus keeps in `extra` of a record",
    "foreign labels": "labels that no layer has a place for",
    "annotators": "who annotated, by which guidelines or system, and `extra` of the file",
    "several annotators": "annotations of the same documents in other sets",
    "waivers": "warnings that are not to be reported",
    "metadata": "title, outlet, date, segments and all else about a document",
}
"""What each feature is, by its name, in the order of tables."""

SEVERAL_SETS = "several annotators"
"""The feature that no single document has."""

EVERY_FEATURE = tuple(name for name in FEATURES if name != SEVERAL_SETS)
"""The names of the features that a document may have."""

_OF_FIELDS = {
    "alternatives": "alternatives",
    "note": "notes",
    "score": "scores",
    "extra": "extra fields",
}


class Occurrence(NamedTuple):
    """A feature that a document has once; record and field are empty if it is no record's."""

    feature: str
    record: str = ""
    field: str = ""


def feature_of(model: type[Layer], shape: FieldShape) -> str:
    """The feature that a record has by a value in a field; the id is part of the record itself."""
    if shape.name in ("id", model.main_span):
        return "records"
    if shape.kind == "span":
        return "cues and triggers"
    if shape.target is not None:
        return "registries" if shape.target.in_registry else "links"
    return _OF_FIELDS.get(shape.name, "attributes")


def occurrences(bundle: Bundle) -> Iterator[Occurrence]:
    """Every feature that a document has, as often as it has it.

    Fields at their default are none. A list of references is as many as it has members.
    """
    from warclaims.records import LAYERS  # pydantic is slow to import

    annotations = bundle.annotations
    for name in ("texts", "annotators", "metadata"):
        yield Occurrence(name)
    yield from [Occurrence("foreign labels")] * len(annotations.foreign)
    yield from [Occurrence("waivers")] * len(annotations.waivers)
    for layer, model in LAYERS.items():
        records = getattr(annotations, layer)
        for record in records:
            yield from _of_record(record)
        yield from _overlapping(records, model.main_span)


def _of_record(record: Layer) -> Iterator[Occurrence]:
    from warclaims.records import shapes
    from warclaims.records.fields import defaults

    default = defaults(type(record))
    for name, shape in shapes(type(record)).items():
        value = getattr(record, name)
        if name == "id" or value in (None, (), {}) or value == default.get(name):
            continue
        feature = feature_of(type(record), shape)
        is_list = shape.many and shape.target is not None
        yield from [Occurrence(feature, record.id, name)] * (len(value) if is_list else 1)
        if shape.kind == "span" and len(value) > 1:
            yield Occurrence("discontinuous spans", record.id, name)


def _overlapping(records: tuple[Layer, ...], field: str) -> Iterator[Occurrence]:
    """The records of a layer whose words others have, too."""
    owners: dict[tuple[Fragment, ...], str] = {}
    for record in records:
        if owners.setdefault(getattr(record, field), record.id) != record.id:
            yield Occurrence("identical spans", record.id, field)
    fragments = sorted(
        (fragment.start, -fragment.end, name) for span, name in owners.items() for fragment in span
    )
    nested: set[str] = set()
    last = 0
    for start, minus_end, name in fragments:
        if start < last:
            nested.add(name)
        last = max(last, -minus_end)
    yield from (Occurrence("nested spans", name, field) for name in sorted(nested))
