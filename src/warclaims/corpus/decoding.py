"""Fast records: types of msgspec made from the models, which refuse whatever the models refuse.

A fast record has the fields of its model under the same names, closed lists as their members and
lists as tuples, so whoever reads a record of a model can read a fast one.
"""

from __future__ import annotations

import re
from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

import msgspec
from annotated_types import Ge, Le, MinLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from warclaims.files.limits import MAX_VALUES
from warclaims.records import LAYERS, Bundle, shapes
from warclaims.records.fields import field_order
from warclaims.records.vocabulary import ClosedList

if TYPE_CHECKING:
    from collections.abc import Callable

_BLANK_BEFORE_COLON = re.compile(rb'"[ \t\n\r]+:')


@cache
def fast_type(model: type[BaseModel], *, ids: bool = True) -> type[msgspec.Struct]:
    """The fast type of ``model``, with its declarations of fields, so that ``shapes`` reads it.

    Without ``ids`` it lets pass whatever text references and the ids of layers are.

    >>> from warclaims.records import Fragment
    >>> msgspec.json.decode(b'{"start": 0, "end": 3, "text": "two"}', type=fast_type(Fragment)).end
    3
    """
    fields: list[Any] = []
    for name in field_order(model):
        field = model.model_fields[name]
        if name == "extra":
            continue
        is_id = shapes(model)[name].target or (name == "id" and model in LAYERS.values())
        kind = _type(field.annotation, field.metadata, _Options(ids, ids or not is_id))
        fields.append((name, kind) if field.is_required() else (name, kind, field.default))
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


class _Options(NamedTuple):
    """Whether the patterns of all ids are checked, and whether those of this field are."""

    ids: bool
    patterns: bool


def _type(annotation: Any, metadata: list[Any], options: _Options) -> Any:
    """The annotation as msgspec reads it, with the limits that ``metadata`` sets."""
    origin = get_origin(annotation)
    if origin is Annotated:
        annotation, *more = get_args(annotation)
        return _type(annotation, [*more, *metadata], options)
    if origin in (Union, UnionType):
        (inner,) = (kind for kind in get_args(annotation) if kind is not NoneType)
        return _type(inner, metadata, options) | None
    if origin is tuple:
        item = _type(get_args(annotation)[0], [], options)
        return _limited(tuple.__class_getitem__((item, ...)), metadata, options)
    if origin is Literal:
        return annotation
    if issubclass(annotation, BaseModel):
        return fast_type(annotation, ids=options.ids)
    if issubclass(annotation, ClosedList):
        return annotation
    return _limited(annotation, metadata, options)


def _limited(kind: Any, metadata: list[Any], options: _Options) -> Any:
    limits: dict[str, Any] = {}
    for item in metadata:
        if isinstance(item, FieldInfo):
            metadata = [*metadata, *item.metadata]
    for item in metadata:
        if isinstance(item, Ge):
            limits["ge"] = item.ge
        elif isinstance(item, Le):
            limits["le"] = item.le
        elif isinstance(item, MinLen) or getattr(item, "min_length", None):
            limits["min_length"] = item.min_length
        elif pattern := getattr(item, "pattern", None):
            if options.patterns:
                limits["pattern"] = pattern.removesuffix("$") + r"\Z"
        elif not isinstance(item, FieldInfo) and type(item).__name__ not in _NO_LIMITS:
            raise TypeError(f"no limit of msgspec is known for {item!r}")
    return Annotated[kind, msgspec.Meta(**limits)] if limits else kind


_NO_LIMITS = ("RefersTo", "StringConstraints", "_PydanticGeneralMetadata")


def decoder(model: type[BaseModel], *, ids: bool = True) -> Callable[[bytes], Any]:
    """A function from JSON to the fast record of a ``model``, or to null where it is unsure.

    Null for all that :func:`warclaims.corpus.parse` refuses, and for what it may take otherwise
    than msgspec: integers written ``5.0``, anything in ``extra``.

    Duplicate keys, of which parsers keep one, are found by writing the record again: bytes that
    come back the same hide nothing. Where the layout is another one, the keys are counted, unless
    an escape may hide a colon from the count.
    """
    decode = msgspec.json.Decoder(fast_type(model, ids=ids)).decode
    encode = msgspec.json.Encoder().encode

    def decoded(data: bytes) -> Any:
        if len(data) > MAX_VALUES:  # may hold more values than are read
            return None
        try:
            record = decode(data)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return None
        again = encode(record)
        if again == data:
            return record
        told = b"\\u" not in data and keys_written(again) == keys_written(data) >= 0
        return record if told else None

    return decoded


def keys_written(data: bytes) -> int:
    """How many keys stand in the JSON ``data``, or -1 if that is not certain.

    Each ends in ``":`` where no blank stands before the colon; in words the mark is escaped.
    """
    if _BLANK_BEFORE_COLON.search(data):
        return -1
    return data.count(b'":') - data.count(b'\\":')


decode_bundle = decoder(Bundle)
decode_bundle_but_ids = decoder(Bundle, ids=False)
"""Decode a bundle; references and the ids of layers have still to be checked."""
