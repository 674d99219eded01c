"""Records of a document by layer and id."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, cast

from warclaims.records import (
    LAYERS,
    Annotations,
    FieldKind,
    Layer,
    LayerName,
    shapes,
    span_fields,
    span_ranges,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

RecordKey = tuple[LayerName, str]
"""Layer and id of a record."""


def by_key(annotations: Annotations | None) -> dict[RecordKey, Layer]:
    """The records by layer and id; empty for ``None``."""
    return {
        (layer, record.id): record for layer in LAYERS for record in getattr(annotations, layer, ())
    }


def with_records(annotations: Annotations, records: Mapping[RecordKey, Layer]) -> Annotations:
    """The annotations with all records replaced by these."""
    layers: dict[str, list[Layer]] = {layer: [] for layer in LAYERS}
    for (layer, _), record in records.items():
        layers[layer].append(record)
    return annotations.model_copy(update={layer: tuple(found) for layer, found in layers.items()})


def referenced(record: Layer, layer: LayerName) -> Iterator[RecordKey]:
    """The records of the same document that a record refers to."""
    for name, shape in shapes(LAYERS[layer]).items():
        if shape.kind is FieldKind.REFERENCE and shape.target and not shape.target.in_registry:
            value = getattr(record, name)
            ids = value if isinstance(value, tuple) else (value,) if value else ()
            yield from ((cast("LayerName", shape.target.collection), item) for item in ids)


def referrers(records: Mapping[RecordKey, Layer]) -> defaultdict[RecordKey, list[RecordKey]]:
    """The records that refer to each record, or to an id without a record."""
    found: defaultdict[RecordKey, list[RecordKey]] = defaultdict(list)
    for key, record in records.items():
        for target in referenced(record, key[0]):
            found[target].append(key)
    return found


def places(record: Layer, layer: LayerName) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Start and end of each fragment, per span field of a record."""
    fields = span_fields(LAYERS[layer])
    return tuple(span_ranges(getattr(record, name, None) or ()) for name in fields)
