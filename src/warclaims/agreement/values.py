"""The values that two paired records are compared by: attributes, links, second spans."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from warclaims.records import LAYERS, FieldKind, shapes

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    from warclaims.records import FieldShape, LayerName


class ValueKind(StrEnum):
    """What a compared field is: a choice of the annotator, a link, or a further span."""

    ATTRIBUTE = "attribute"
    LINK = "link"
    SPAN = "span"


_KINDS = {
    FieldKind.CHOICE: ValueKind.ATTRIBUTE,
    FieldKind.INTEGER: ValueKind.ATTRIBUTE,
    FieldKind.FLAG: ValueKind.ATTRIBUTE,
    FieldKind.REFERENCE: ValueKind.LINK,
    FieldKind.SPAN: ValueKind.SPAN,
}


def compared_fields(layer: LayerName) -> dict[str, ValueKind]:
    """The fields of a layer's records that are compared on paired records, with their kind.

    All but the id, the remarks, and the span that the records are paired by.
    """
    paired_by = "cue" if layer == "attributions" else "span"
    return {
        shape.name: _KINDS[shape.kind]
        for shape in shapes(LAYERS[layer]).values()
        if shape.kind in _KINDS and shape.name != paired_by
    }


def value_reader(
    layer: LayerName, field: str, names: Mapping[str, str]
) -> Callable[[Any], Hashable]:
    """A function from a record to its comparable value of ``field``.

    ``names`` translates ids of mentions and casualties so that paired records of the two files
    have one name.
    """
    shape: FieldShape = shapes(LAYERS[layer])[field]

    def read(record: Any) -> Hashable:
        value = getattr(record, field)
        if shape.kind is FieldKind.SPAN:
            return tuple((f.start, f.end) for f in value) if value else None
        if shape.kind is FieldKind.REFERENCE:
            ids = value if shape.many else ([value] if value else [])
            in_file = shape.target is not None and not shape.target.in_registry
            return frozenset(names.get(i, i) if in_file else i for i in ids)
        return value  # type: ignore[no-any-return]

    return read
