"""Decode JSON into fast records: msgspec structs made from the models.

A fast record has the same field names and values as a record of its model, so code that reads one
can read the other. Patterns of texts are left to the JSON Schema.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from operator import attrgetter
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

import msgspec
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from warclaims.files.limits import MAX_VALUES
from warclaims.records import LAYERS, Bundle
from warclaims.records.fields import defaults, field_order
from warclaims.records.vocabulary import ClosedList

if TYPE_CHECKING:
    from warclaims.corpus.schema_check import JsonSchema

_BLANK_BEFORE_COLON = re.compile(rb'"[ \t\n\r]+:')


@cache
def fast_type(model: type[BaseModel]) -> type[msgspec.Struct]:
    """The msgspec struct for ``model``. It keeps ``model_fields``, so ``shapes`` works on it.

    >>> from warclaims.records import Fragment
    >>> msgspec.json.decode(b'{"start": 0, "end": 3, "text": "two"}', type=fast_type(Fragment)).end
    3
    """
    optional = defaults(model)
    fields: list[Any] = []
    for name in field_order(model):
        field = model.model_fields[name]
        if name == "extra":
            continue
        kind = _type(field.annotation, field.metadata)
        fields.append((name, kind, optional[name]) if name in optional else (name, kind))
    return msgspec.defstruct(
        model.__name__,
        fields,
        namespace={"model_fields": model.model_fields},
        forbid_unknown_fields=True,
        omit_defaults=True,
        frozen=True,
        kw_only=True,
        gc=False,
    )


def _type(annotation: Any, metadata: list[Any]) -> Any:
    """The msgspec form of an annotation, with the limits in ``metadata``."""
    origin = get_origin(annotation)
    if origin is Annotated:
        annotation, *more = get_args(annotation)
        return _type(annotation, [*more, *metadata])
    if origin in (Union, UnionType):
        (inner,) = (kind for kind in get_args(annotation) if kind is not NoneType)
        return _type(inner, metadata) | None
    if origin is tuple:
        item = _type(get_args(annotation)[0], [])
        return _limited(tuple.__class_getitem__((item, ...)), metadata)
    if origin is dict:
        annotation = dict[str, Any]
    if origin in (Literal, dict) or issubclass(annotation, ClosedList):
        return annotation
    if issubclass(annotation, BaseModel):
        return fast_type(annotation)
    return _limited(annotation, metadata)


def _limited(kind: Any, metadata: list[Any]) -> Any:
    limits: dict[str, Any] = {}
    for item in metadata:
        if isinstance(item, FieldInfo):
            metadata = [*metadata, *item.metadata]
    for item in metadata:
        known = {name: getattr(item, name, None) for name in ("ge", "le", "min_length")}
        if any(value is not None for value in known.values()):
            limits |= {name: value for name, value in known.items() if value is not None}
        elif not isinstance(item, FieldInfo) and type(item).__name__ not in _NO_LIMITS:
            raise TypeError(f"msgspec has no limit for {item!r}")
    return Annotated[kind, msgspec.Meta(**limits)] if limits else kind


_NO_LIMITS = ("RefersTo", "OpenTo", "StringConstraints", "_PydanticGeneralMetadata")


def decode_bundle(data: bytes, schema: JsonSchema) -> Any:
    """Decode JSON that matches ``schema`` into a fast record of a bundle, or return ``None``.

    ``None`` means: use :func:`warclaims.corpus.parse`, which reads the bundle or reports what is
    wrong. This covers everything that `parse` rejects, and what it may read differently from
    msgspec: integers written as ``5.0`` and anything in ``extra``.

    JSON parsers keep one of several equal keys. To detect them, the record is encoded again: equal
    bytes hide no keys. If the layout differs, the keys are counted, unless an escape could hide a
    colon from the count.
    """
    if len(data) > MAX_VALUES:  # may have more values than `parse` reads
        return None
    try:
        plain = msgspec.json.decode(data)
        if not schema.is_valid(plain):
            return None
        record = msgspec.convert(plain, fast_type(Bundle))
        if b'"alternatives"' in data and _has_float_in_alternatives(record):
            return None
    except (ValueError, RecursionError):
        return None
    again = _encode(record)
    if again == data:
        return record
    is_complete = b"\\u" not in data and _count_keys(_encode(plain)) == _count_keys(data) >= 0
    return record if is_complete else None


_encode = msgspec.json.Encoder().encode


def _has_float_in_alternatives(bundle: Any) -> bool:
    records = chain.from_iterable(getattr(bundle.annotations, layer) for layer in LAYERS)
    return any(map(_has_float, filter(None, map(attrgetter("alternatives"), records))))


def _has_float(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_has_float, value.values()))
    if isinstance(value, list | tuple):
        return any(map(_has_float, value))
    return isinstance(value, float)


def _count_keys(data: bytes) -> int:
    """Count the keys in the JSON ``data``; -1 if the count is not certain.

    A key ends in ``":`` if no white space precedes the colon; in strings the quote is escaped.
    """
    if _BLANK_BEFORE_COLON.search(data):
        return -1
    return data.count(b'":') - data.count(b'\\":')
