"""JSON Schema (Draft 2020-12), generated from the models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic.json_schema import GenerateJsonSchema

from warclaims.docstrings import docstring
from warclaims.records import (
    REGISTRIES,
    Adjudication,
    Annotations,
    Bundle,
    Challenge,
    DocumentIndex,
    Lists,
    OwnValues,
)
from warclaims.records.annotations import FIXED_FIELDS
from warclaims.records.base import SCHEMA_VERSION
from warclaims.records.fields import LIST_MARK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import core_schema

SCHEMA_FOLDER = f"v{SCHEMA_VERSION.split('.', maxsplit=1)[0]}"
"""The folder of ``schema/`` for this version of the file formats."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"

FILE_KINDS: dict[str, type[BaseModel]] = {
    "annotations": Annotations,
    "documents": DocumentIndex,
    "lists": OwnValues,
    "adjudication": Adjudication,
    "challenges": Challenge,
    "bundle": Bundle,
    **{f"registry-{name}": model for name, model in REGISTRIES.items()},
}
"""The model of each file kind by the name of its schema."""

PATTERN_END = r"(?![\s\S])"
"""The end of a text in a pattern; in Python ``$`` also matches before a line break at the end."""


def _described(schema: JsonSchemaValue, cls: type) -> JsonSchemaValue:
    """``schema`` with the docstring of its class, also under ``python -OO``."""
    words = docstring(cls)
    return {**schema, "description": words} if words else schema


class _PointingSchema(GenerateJsonSchema):
    """Schemas whose errors point at the field that is wrong.

    A nullable value is written with a list of types, not with ``anyOf``, whose errors stop at the
    parent.
    """

    schema_dialect = DIALECT

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        return _described(super().model_schema(schema), schema["cls"])

    def enum_schema(self, schema: core_schema.EnumSchema) -> JsonSchemaValue:
        return _described(super().enum_schema(schema), schema["cls"])

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        inner = self.generate_inner(schema["schema"])
        if "$ref" in inner:
            return {"type": ["object", "null"], "if": {"type": "object"}, "then": inner}
        return {**inner, "type": [inner["type"], "null"]} if "type" in inner else inner


def model_schema(model: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema of any model."""
    schema = model.model_json_schema(schema_generator=_PointingSchema)
    _tidy(schema)
    for pointer, record in (("#", schema), *_definitions(schema)):
        if "alternatives" in (fields := record.get("properties", {})):
            fields["alternatives"]["items"] = _alternative(pointer, fields)
    return schema


def _definitions(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, definition in schema.get("$defs", {}).items():
        yield f"#/$defs/{name}", definition


def _alternative(pointer: str, fields: dict[str, Any]) -> dict[str, Any]:
    """The schema of an alternative: at least one field of the record, with a value it may have."""
    changed = [name for name in fields if name not in FIXED_FIELDS]
    return {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": False,
        "properties": {name: {"$ref": f"{pointer}/properties/{name}"} for name in changed},
    }


def with_lists(schema: Any, lists: Lists) -> Any:
    """``schema`` with the values of each open list where it names the list."""
    if isinstance(schema, list):
        return [with_lists(item, lists) for item in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: with_lists(value, lists) for key, value in schema.items()}
    name = found.get(LIST_MARK)
    if isinstance(name, str):
        null = [None] if "null" in found["type"] else []
        found["enum"] = [*lists.members(name), *null]
    return found


def json_schema(name: str, lists: Lists | None = None) -> dict[str, Any]:
    """The JSON Schema of the file kind ``name``, a key of :data:`FILE_KINDS`.

    ``lists`` are those of the corpus; by default the core lists.
    """
    schema = with_lists(model_schema(FILE_KINDS[name]), lists or Lists())
    return {
        "$schema": DIALECT,
        "$id": f"urn:warclaims:schema:{SCHEMA_VERSION}:{name}",
        "title": f"WarClaims {name.replace('-', ': ')}, version {SCHEMA_VERSION}",
        **{key: value for key, value in schema.items() if key != "title"},
    }


def _tidy(node: Any) -> None:
    """Drop pydantic's made-up titles and make ``$`` in patterns mean the very end everywhere.

    Python's ``re`` lets ``$`` match before a final line break, ECMA 262 and Rust do not.
    """
    if isinstance(node, dict):
        if isinstance(node.get("title"), str) and ("type" in node or "$ref" in node):
            del node["title"]
        pattern = node.get("pattern")
        if isinstance(pattern, str) and pattern.endswith("$"):
            node["pattern"] = pattern[:-1] + PATTERN_END
        for value in node.values():
            _tidy(value)
    elif isinstance(node, list):
        for value in node:
            _tidy(value)
