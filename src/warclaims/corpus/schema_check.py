"""Apply a JSON Schema: jsonschema-rs decides, and jsonschema says what is wrong."""

from __future__ import annotations

import json
from contextlib import suppress
from functools import cache, cached_property, lru_cache
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from warclaims.corpus.model_schema import (
    FILE_KINDS,
    PATTERN_END,
    SCHEMA_FOLDER,
    model_schema,
    with_lists,
)
from warclaims.corpus.upgrade import OLD_SCHEMA_FOLDER
from warclaims.errors import WarclaimsError
from warclaims.files import is_there, read_file, reason
from warclaims.files.limits import MAX_FINDINGS
from warclaims.findings import Finding
from warclaims.hints import did_you_mean
from warclaims.layout import Layout, shipped_corpus
from warclaims.records import Bundle, Lists, OwnValues

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pydantic import BaseModel

_LONGEST_VALUE = 60
_MOST_VALUES = 20


class JsonSchema:
    """A JSON Schema, given as plain JSON; ``name`` is what messages call it.

    References to other files are not followed.

    Raises:
        WarclaimsError: ``content`` is not a JSON Schema.
    """

    def __init__(self, content: Any, name: str) -> None:
        import jsonschema_rs

        self._content, self._name = content, name
        # To jsonschema-rs both ends mean the same, but it matches `$` much faster.
        plain = json.loads(json.dumps(content).replace(json.dumps(PATTERN_END)[1:], '$"'))
        try:
            self.is_valid = jsonschema_rs.validator_for(plain, offline=True).is_valid
        except ValueError as error:
            why = getattr(error, "message", str(error))
            raise WarclaimsError(f"{name} is not a JSON Schema that can be used: {why}") from None

    def __reduce__(self) -> tuple[Any, ...]:
        """For other processes, which compile it again."""
        return JsonSchema, (self._content, self._name)

    def require_keywords(self) -> None:
        """Check that the schema, unless it is empty, has a keyword; if not, it is some other file.

        Raises:
            WarclaimsError: it has none.
        """
        from jsonschema.validators import Draft202012Validator

        keywords = {*Draft202012Validator.VALIDATORS, "$schema", "$id", "$defs", "definitions"}
        if isinstance(self._content, dict) and self._content and not keywords & {*self._content}:
            raise WarclaimsError(f"{self._name} is not a JSON Schema: it has no keyword of one")

    def findings(self, value: Any, file: str) -> list[Finding]:
        """What is wrong with the plain JSON ``value``, sorted; ``file`` names it in findings.

        If there is too much wrong, the last finding says that more is not shown.
        """
        if self.is_valid(value):
            return []
        errors = groupby(self._finder.iter_errors(value), lambda error: [*error.absolute_path])
        every = (finding for _, group in errors for finding in _at_one_place(group, file))
        return first_of(every) or [Finding(file, "", "S207", "does not match the schema")]

    @cached_property
    def _finder(self) -> Any:
        """A validator of jsonschema that skips list items without errors.

        It is a hundred times slower than jsonschema-rs, which therefore finds the wrong items.
        jsonschema-rs also matches the patterns, as it gives up on those that take too long.
        """
        import jsonschema_rs
        from jsonschema import Draft202012Validator, ValidationError
        from jsonschema.validators import SPECIFICATIONS, extend, validator_for

        base = validator_for(self._content, default=Draft202012Validator)
        every_item = base.VALIDATORS["items"]
        compiled = jsonschema_rs.validator_map_for(self._content, offline=True)

        def wrong_items(validator: Any, items: Any, instance: Any, schema: Any) -> Iterator[Any]:
            target = items.get("$ref") if isinstance(items, dict) else None
            judge = compiled.get(target) if target and "prefixItems" not in schema else None
            if judge is None or not isinstance(instance, list):
                yield from every_item(validator, items, instance, schema)
                return
            for position, item in enumerate(instance):
                if not judge.is_valid(item):
                    yield from validator.descend(item, items, path=position)

        def pattern(_validator: Any, pattern: str, instance: Any, _schema: Any) -> Iterator[Any]:
            if not _pattern(pattern)(instance):
                yield ValidationError("does not match the pattern")

        def pattern_properties(validator: Any, patterns: Any, value: Any, _: Any) -> Iterator[Any]:
            for each, schema in patterns.items() if isinstance(value, dict) else ():
                for field in filter(_pattern(each), value):
                    yield from validator.descend(value[field], schema, field, each)

        def other_fields(validator: Any, other: Any, value: Any, schema: Any) -> Iterator[Any]:
            if not isinstance(value, dict):
                return
            unknown = list(unknown_fields(value, schema))
            if isinstance(other, dict):
                for field in unknown:
                    yield from validator.descend(value[field], other, path=field)
            elif unknown and not other:
                yield ValidationError("has fields that the schema does not allow")

        def unique(_validator: Any, wanted: Any, value: Any, _schema: Any) -> Iterator[Any]:
            if wanted and not _has_unique_items()(value):
                yield ValidationError("has an item twice")

        own = {
            "items": wrong_items,
            "pattern": pattern,
            "patternProperties": pattern_properties,
            "additionalProperties": other_fields,
            "uniqueItems": unique,
        }
        finder = extend(base, own)
        return finder(self._content, registry=SPECIFICATIONS)


def first_of(found: Iterator[Finding]) -> list[Finding]:
    """The first errors ``found`` in a file, sorted, and a finding for those that are not shown."""
    first = sorted(islice(found, MAX_FINDINGS))
    if more := sum(1 for _ in islice(found, MAX_FINDINGS)):
        words = f"{more:,}" if more < MAX_FINDINGS else f"at least {more:,}"
        message = f"{words} more findings in this file are not shown"
        first.append(Finding(first[0].file, "", "F109", message, left_out=(more, 0)))
    return first


@cache
def _pattern(pattern: str) -> Any:
    import jsonschema_rs

    return jsonschema_rs.validator_for({"pattern": pattern}).is_valid


@cache
def _has_unique_items() -> Any:
    import jsonschema_rs

    return jsonschema_rs.validator_for({"uniqueItems": True}).is_valid


def unknown_fields(value: dict[str, Any], schema: dict[str, Any]) -> Iterator[str]:
    """The fields of ``value`` that are neither properties of ``schema`` nor match its patterns."""
    known, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
    for field in value:
        if field not in known and not any(_pattern(each)(field) for each in patterns):
            yield field


@cache
def schema_of(model: type[BaseModel]) -> JsonSchema:
    """The schema of ``model``, which need not be a file of the corpus."""
    return JsonSchema(model_schema(model), model.__name__)


def published_schema(layout: Layout, model: type[BaseModel]) -> JsonSchema:
    """The published schema for files of ``model``: that of the corpus, or else the shipped one.

    The values in ``annotations/lists.json`` count even if the schema was not built since they were
    added; if that file is not valid, it is left out (and reported where it is checked).

    Raises:
        WarclaimsError: a file cannot be read, or is not a JSON Schema.
    """
    name = f"{SCHEMA_FOLDER}/{_kind_of_file(model)}.schema.json"
    path = layout.schema / name
    own = read_file(layout.lists) if is_there(layout.lists) else b""
    return read_schema(path if is_there(path) else shipped_corpus() / "schema" / name, own)


def old_schema(model: type[BaseModel]) -> JsonSchema | None:
    """The schema of format 1 for files of ``model``; ``None`` for other models."""
    if model not in FILE_KINDS.values():
        return None
    name = f"{OLD_SCHEMA_FOLDER}/{_kind_of_file(model)}.schema.json"
    path = shipped_corpus() / "schema" / name
    return read_schema(path) if is_there(path) else None


def _kind_of_file(model: type[BaseModel]) -> str:
    return next(name for name, one in FILE_KINDS.items() if one is model)


@cache
def shipped_schema_of_bundles() -> JsonSchema:
    """The shipped schema of bundles."""
    return published_schema(Layout(shipped_corpus()), Bundle)


def read_schema(path: Path, own_values: bytes | None = None) -> JsonSchema:
    """The JSON Schema in the file at ``path``.

    If ``own_values`` is given, the content of a ``lists.json`` (which may be empty), the open lists
    in the schema have the core values and those.

    Raises:
        WarclaimsError: the file cannot be read, or is not a JSON Schema.
    """
    try:
        return _compiled(read_file(path), str(path), own_values)
    except (OSError, ValueError, RecursionError) as error:
        why = reason(error) if isinstance(error, OSError) else "it is not JSON"
        raise WarclaimsError(f"the schema {path} cannot be read: {why}") from None


@lru_cache(maxsize=32)
def _compiled(data: bytes, name: str, own_values: bytes | None) -> JsonSchema:
    content = json.loads(data)
    if own_values is not None:
        lists = Lists()
        if own_values:
            with suppress(ValidationError):
                lists = Lists(OwnValues.model_validate_json(own_values).values)
        content = with_lists(content, lists)
    return JsonSchema(content, name)


_VERSIONS = ("schema_version", "encoding")
"""Fields with the version of the format of a file."""

_CODES = {
    "required": "S201",
    "additionalProperties": "S202",
    "unevaluatedProperties": "S202",
    "propertyNames": "S202",
    "enum": "S203",
    "const": "S203",
    "type": "S204",
    "pattern": "S205",
    "format": "S205",
    "minLength": "S205",
    "maxLength": "S205",
    "minItems": "S205",
    "maxItems": "S205",
    "minProperties": "S205",
    "maxProperties": "S205",
    "minimum": "S205",
    "maximum": "S205",
    "exclusiveMinimum": "S205",
    "exclusiveMaximum": "S205",
    "multipleOf": "S205",
}
"""Codes by the keyword of the schema; what other keywords find is S207."""

_MESSAGES = {
    "minimum": "must be at least {limit}",
    "maximum": "must be at most {limit}",
    "minItems": "the list needs at least {limit} item",
    "minLength": "needs at least {limit} character",
    "pattern": "does not match the pattern {limit}",
}


def _at_one_place(errors: Iterable[Any], file: str) -> Iterator[Finding]:
    """The findings of one value: one per missing or unknown field, and one for all other errors.

    A value that is not in a closed list often has the wrong type as well.
    """
    fields: dict[tuple[str, str], str] = {}
    others = []
    for error in errors:
        if error.validator == "required":
            for field in error.validator_value:
                if field not in error.instance:
                    fields["S201", field] = f"the field {field!r} is missing"
        elif error.validator == "additionalProperties":
            for field in unknown_fields(error.instance, error.schema):
                hint = did_you_mean(field, error.schema.get("properties", {}))
                fields["S202", field] = f"there is no field {field!r} here{hint}"
        else:
            others.append(error)
    at = error.absolute_path
    for (code, field), message in fields.items():
        yield Finding(file, _pointer([*at, field]), code, message)
    for error in sorted(others, key=lambda error: error.validator not in ("enum", "const"))[:1]:
        code = _CODES.get(error.validator, "S207")
        if code == "S203" and at and at[-1] in _VERSIONS:
            code = "S206"
        yield Finding(file, _pointer(at), code, _message(error))


def _message(error: Any) -> str:
    keyword, limit = error.validator, error.validator_value
    if keyword in ("enum", "const"):
        choices = _listed(limit)
        values = [json.dumps(value, ensure_ascii=False) for value in choices[:_MOST_VALUES]]
        values += [f"or one of {len(choices) - _MOST_VALUES} more"] * (len(choices) > _MOST_VALUES)
        message = f"must be {'one of ' * (len(values) > 1)}{', '.join(values)}"
    elif keyword == "type":
        message = f"must be {' or '.join(_listed(limit))}"
        message += f", a {error.schema['format']}" if "format" in error.schema else ""
    elif keyword in _MESSAGES:
        shown = limit.replace(PATTERN_END, "$") if keyword == "pattern" else limit
        message = _MESSAGES[keyword].format(limit=shown)
    else:
        return str(error.message)
    given = json.dumps(error.instance, ensure_ascii=False)
    if len(given) > _LONGEST_VALUE:
        given = f"{given[: _LONGEST_VALUE - 3]}…"
    return f"{message}; found {given}"


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _pointer(steps: Iterable[Any]) -> str:
    return "".join(f"/{escaped(step)}" for step in steps)


def escaped(step: object) -> str:
    """``step`` as one step of a JSON Pointer (RFC 6901)."""
    return str(step).replace("~", "~0").replace("/", "~1")
