"""Columns of the tables, projected from the models: names, types, closed lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from warclaims.records import FieldKind, FieldShape, Record, shapes
from warclaims.records.fields import field_order

if TYPE_CHECKING:
    from datasets import Features
    from pydantic import BaseModel

    from warclaims.records.vocabulary import ClosedList

LEFT_OUT = frozenset({"extra", "schema_version"})
"""Fields that no table shows: the open slot, and what is the same in every row."""

_OFFSETS = frozenset({"start", "end", "length"})


def class_label(choices: type[ClosedList]) -> Any:
    """A closed list as a ClassLabel, in the order of the list."""
    from datasets import ClassLabel

    return ClassLabel(names=[member.value for member in choices])


def model_features(model: type[BaseModel]) -> dict[str, Any]:
    """The columns of a table whose rows are records of ``model``.

    A span ``span`` becomes ``text``, ``start``, ``end`` and ``fragments``; any other span ``cue``
    becomes ``cue``, ``cue_start``, ``cue_end`` and ``cue_fragments``. Records inside become
    structs, closed lists ClassLabel, ids strings.
    """
    columns: dict[str, Any] = {}
    for shape in shapes(model).values():
        if shape.name in LEFT_OUT:
            continue
        if shape.kind is FieldKind.SPAN:
            columns.update(_span_features(shape.name))
        else:
            columns[shape.name] = _feature(shape)
    return columns


def model_meanings(model: type[BaseModel]) -> dict[str, str]:
    """What each column of :func:`model_features` says; inside records by path: ``parent/id``."""
    found: dict[str, str] = {}
    for shape in shapes(model).values():
        if shape.name in LEFT_OUT:
            continue
        if shape.kind is FieldKind.SPAN:
            found.update(_span_meanings(shape))
            continue
        found[shape.name] = shape.description
        if shape.record is not None:
            inside = model_meanings(shape.record)
            found.update({f"{shape.name}/{name}": words for name, words in inside.items()})
    return found


def model_row(record: BaseModel) -> dict[str, Any]:
    """The row of ``record``, of the columns that :func:`model_features` gives."""
    row: dict[str, Any] = {}
    known = shapes(type(record))
    for name in field_order(type(record)):
        if name in LEFT_OUT:
            continue
        value = getattr(record, name)
        if known[name].kind is FieldKind.SPAN:
            row.update(_span_row(name, value))
        else:
            row[name] = _plain(value)
    return row


def _feature(shape: FieldShape) -> Any:
    from datasets import Value

    if shape.kind is FieldKind.CHOICE and shape.choices is not None:
        feature: Any = class_label(shape.choices)
    elif shape.kind is FieldKind.RECORD and shape.record is not None:
        feature = model_features(shape.record)
    else:
        feature = Value(_value_type(shape))
    return _listed(feature) if shape.many else feature


def _value_type(shape: FieldShape) -> str:
    if shape.kind is FieldKind.INTEGER:
        return "int32" if shape.name in _OFFSETS else "int64"
    return {FieldKind.NUMBER: "float64", FieldKind.FLAG: "bool"}.get(shape.kind, "string")


def _listed(feature: Any) -> Any:
    from datasets import List

    return List(feature)


def _span_columns(name: str) -> tuple[str, str, str, str]:
    if name == "span":
        return "text", "start", "end", "fragments"
    return name, f"{name}_start", f"{name}_end", f"{name}_fragments"


def _span_features(name: str) -> dict[str, Any]:
    from datasets import Value

    fragment = {"start": Value("int32"), "end": Value("int32"), "text": Value("string")}
    text, start, end, fragments = _span_columns(name)
    return {
        text: Value("string"),
        start: Value("int32"),
        end: Value("int32"),
        fragments: _listed(fragment),
    }


def _span_meanings(shape: FieldShape) -> dict[str, str]:
    text, start, end, fragments = _span_columns(shape.name)
    return {
        text: shape.description,
        start: f"Offset of the first code point of {text}.",
        end: f"Offset after the last code point of {text}.",
        fragments: f"The pieces of {text}, in text order: several if it is discontinuous.",
        f"{fragments}/start": "Offset of the piece's first code point.",
        f"{fragments}/end": "Offset after its last code point.",
        f"{fragments}/text": "Its words.",
    }


def _span_row(name: str, span: Any) -> dict[str, Any]:
    from warclaims.records import span_end, span_start, span_text

    text, start, end, fragments = _span_columns(name)
    if span is None:
        return {text: None, start: None, end: None, fragments: []}
    return {
        text: span_text(span),
        start: span_start(span),
        end: span_end(span),
        fragments: [
            {"start": fragment.start, "end": fragment.end, "text": fragment.text}
            for fragment in span
        ],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return model_row(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, str) else value


def as_features(columns: dict[str, Any]) -> Features:
    """``columns`` as the features of a table."""
    from datasets import Features

    return Features(columns)
