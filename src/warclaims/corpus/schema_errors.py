"""List how a JSON value differs from a model, one record at a time."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic_core import CoreConfig, SchemaValidator, ValidationError, core_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

_WRAPPERS = ("default", "nullable", "function-after")


class _RecordCheck(NamedTuple):
    """A validator for a value without the items of its lists, and checks for these items.

    ``items`` has the keys that lead to each list.
    """

    validator: SchemaValidator
    items: tuple[tuple[tuple[str, ...], _RecordCheck], ...]


def schema_errors(model: type[BaseModel], value: Any, most: int) -> tuple[list[Any], int]:
    """The first errors in ``value``, ``most`` or fewer, and the number of the others.

    The errors are as pydantic describes them, without those of the model's own validators.
    Pydantic keeps all errors of a value, each with a copy of the input. Here the items of lists
    are checked one by one, so many errors take no memory.

    >>> from warclaims.records import DocumentIndex
    >>> errors, more = schema_errors(DocumentIndex, {"documents": [5]}, 1000)
    >>> [error["loc"] for error in errors]
    [('schema_version',), ('documents', 0)]
    """
    errors: list[Any] = []
    total = 0
    for path, failure in _failures(_check_for(model), value, ()):
        total += failure.error_count()
        if len(errors) < most:
            errors += (
                {**one, "loc": path + one["loc"]} for one in failure.errors(include_url=False)
            )
    return errors[:most], max(0, total - most)


def _failures(
    check: _RecordCheck, value: Any, path: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], ValidationError]]:
    """The path of each value that is wrong, with its errors."""
    try:
        check.validator.validate_python(value)
    except ValidationError as error:
        yield path, error
    for keys, item_check in check.items:
        items = value
        for key in keys:
            items = items.get(key) if isinstance(items, dict) else None
        if isinstance(items, list):
            for position, item in enumerate(items):
                yield from _failures(item_check, item, (*path, *keys, position))


@cache
def _check_for(model: type[BaseModel]) -> _RecordCheck:
    model.model_rebuild()
    schema: Any = model.__pydantic_core_schema__
    definitions = {}
    if schema["type"] == "definitions":
        definitions = {one["ref"]: one for one in schema["definitions"]}
        schema = schema["schema"]
    return _record_check(schema, definitions)


def _record_check(schema: Any, definitions: dict[str, Any]) -> _RecordCheck:
    shallow = core_schema.definitions_schema(
        _shallow(schema), [_shallow(one) for one in definitions.values()]
    )
    return _RecordCheck(
        SchemaValidator(shallow, CoreConfig(strict=True)),
        tuple(
            (keys, _record_check(item, definitions))
            for keys, item in _lists(schema, definitions, ())
        ),
    )


def _shallow(schema: Any) -> Any:
    """The schema for values that a JSON parser returns, with any items in lists of one type."""
    if isinstance(schema, list):
        return [_shallow(inner) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    kind = schema.get("type")
    if kind == "model" or (kind == "function-after" and schema["schema"]["type"] == "model"):
        return _fields(schema)
    changed = {key: _shallow(inner) for key, inner in schema.items() if key != "metadata"}
    if kind in ("tuple", "enum", "date"):  # JSON has lists and strings for these
        changed["strict"] = False
    if _is_list(schema):
        changed["items_schema"] = [core_schema.any_schema()]
    return changed


def _fields(schema: Any) -> Any:
    """The fields of a model, so that no instance is made and its validators are not run."""
    name = {"ref": schema["ref"]} if "ref" in schema else {}
    if schema["type"] == "function-after":
        return {**_fields(schema["schema"]), **name}
    fields = _shallow(schema["schema"])
    if fields["type"] == "model-fields":
        fields["extra_behavior"] = schema["config"].get("extra_fields_behavior", "ignore")
    return {**fields, **name}


def _lists(
    schema: Any, definitions: dict[str, Any], keys: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The keys that lead to each list in a record, with the schema of its items."""
    kind = schema["type"]
    if kind == "definition-ref":
        yield from _lists(definitions[schema["schema_ref"]], definitions, keys)
    elif kind == "model-fields":
        for key, field in schema["fields"].items():
            yield from _lists(field["schema"], definitions, (*keys, key))
    elif kind == "model" or kind in _WRAPPERS:
        yield from _lists(schema["schema"], definitions, keys)
    elif _is_list(schema):
        yield keys, schema["items_schema"][0]


def _is_list(schema: Any) -> bool:
    """True for ``tuple[X, ...]``."""
    return bool(schema.get("type") == "tuple" and schema.get("variadic_item_index") == 0)
