"""Bundles as typed rows of a table: document, text and annotations, made from the models."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from warclaims.records import Bundle, FieldKind, shapes
from warclaims.records.base import Fragment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyarrow as pa
    from pydantic import BaseModel

    from warclaims.records.fields import FieldShape

_TYPES = {FieldKind.INTEGER: "int64", FieldKind.NUMBER: "float64", FieldKind.FLAG: "bool"}


@cache
def open_fields() -> frozenset[str]:
    """The fields without a fixed form (``extra`` …), which a typed table holds as JSON text."""
    return frozenset(_open_fields(Bundle))


def _open_fields(model: type[BaseModel]) -> Iterator[str]:
    for shape in shapes(model).values():
        if shape.kind is FieldKind.OPEN:
            yield shape.name
        elif shape.record is not None:
            yield from _open_fields(shape.record)


def bundle_schema() -> pa.Schema:
    """The schema of a typed table: structs and lists as the models nest them."""
    import pyarrow as pa

    return pa.schema(_struct(Bundle))


def bundle_rows(bundles: Iterable[Bundle]) -> Iterator[dict[str, Any]]:
    """The rows of ``bundles``, with every field, also where it has its default."""
    return (_row(bundle.model_dump(mode="json")) for bundle in bundles)


def _struct(model: type[BaseModel]) -> Any:
    import pyarrow as pa

    return pa.struct([(shape.name, _type(shape)) for shape in shapes(model).values()])


def _type(shape: FieldShape) -> Any:
    import pyarrow as pa

    if shape.kind is FieldKind.SPAN:
        kind: Any = pa.list_(_struct(Fragment))
    elif shape.record is not None:
        kind = _struct(shape.record)
    else:
        kind = pa.type_for_alias(_TYPES.get(shape.kind, "string"))
    return pa.list_(kind) if shape.many and shape.kind is not FieldKind.OPEN else kind


def _row(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: _open_text(one) if name in open_fields() else _row(one)
            for name, one in value.items()
        }
    return [_row(one) for one in value] if isinstance(value, list) else value


def _open_text(value: Any) -> str | None:
    """An open field as JSON text; ``None`` if it is empty."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False) if value else None
