"""Reading one file: bytes to a record, or findings that say what is wrong with it."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections import Counter
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from warclaims.corpus.grammar import broken_grammar, wide_encoding
from warclaims.corpus.hashes import apart, how_changed
from warclaims.corpus.hints import did_you_mean
from warclaims.corpus.schema_errors import schema_errors
from warclaims.corpus.value_count import is_large, require_few_values
from warclaims.errors import InvalidFile, SeedChanged
from warclaims.files import FileTooLarge, read_file, reason
from warclaims.files.limits import MAX_FINDINGS, MAX_KEYS
from warclaims.findings import Finding
from warclaims.records import REGISTRIES, FieldKind, Fragment, shapes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from warclaims.layout import Layout
    from warclaims.records import Document

R = TypeVar("R", bound=BaseModel)


def parse(data: bytes, model: type[R], file: str) -> R:
    """The record in the JSON ``data``; ``file`` names it in findings.

    A number that is integral (``5.0``) is an integer, as in JSON Schema. Duplicate keys, of which
    parsers silently keep the last, numbers that are not finite and halves of a surrogate pair are
    refused.

    Raises:
        InvalidFile: not UTF-8, not JSON, a duplicate key, or not of the model's shape.
    """
    if data.startswith(b"\xef\xbb\xbf"):
        message = "starts with a byte-order mark"
        raise InvalidFile([Finding(file, "", "F101", message, line=1, column=1)])
    require_few_values(data, file)
    if not is_large(data):
        try:
            record = model.model_validate_json(data)
        except ValidationError:
            pass
        else:
            if _keys_written(data) == _key_count(record):
                return record
    return _parse_with_care(data, model, file)


def parse_foreign(data: bytes, model: type[R], file: str) -> R:
    """As :func:`parse`, for JSON of another program: ``model`` may ignore keys it does not know.

    Raises:
        InvalidFile: see :func:`parse`.
    """
    require_few_values(data, file)
    return _parse_with_care(data, model, file)


_BLANK_BEFORE_COLON = (b" :", b"\n:", b"\t:", b"\r:")
_UNTOLD = -(2**62)


def _keys_written(data: bytes) -> int:
    """How many keys stand in the JSON ``data``; -1 if a closer look is needed to tell.

    Each ends in ``":`` where no blank stands before the colon. An escaped mark before a colon is
    within words. (It could end a key in a backslash: only ``extra`` may hold such keys.)
    """
    if any(blank in data for blank in _BLANK_BEFORE_COLON):
        return -1
    return data.count(b'":') - data.count(b'\\":')


def _key_count(record: BaseModel) -> int:
    """How many keys the JSON of ``record`` had if none stood twice, of which parsers keep one.

    Negative if ``extra`` is used: what it holds always gets the closer look.
    """
    spans, others = _nested(type(record))
    fields = record.__dict__
    if fields.get("extra"):
        return _UNTOLD
    count = len(record.__pydantic_fields_set__)
    for name in spans:
        if span := fields[name]:
            count += 3 * len(span)
    for name, many in others:
        if value := fields[name]:
            count += sum(map(_key_count, value)) if many else _key_count(value)
    return count


@cache
def _nested(model: type[BaseModel]) -> tuple[tuple[str, ...], tuple[tuple[str, bool], ...]]:
    """The fields of ``model`` that hold spans, and those that hold records (many or one)."""
    found = shapes(model).values()
    return (
        tuple(shape.name for shape in found if shape.kind is FieldKind.SPAN),
        tuple((shape.name, shape.many) for shape in found if shape.kind is FieldKind.RECORD),
    )


def _parse_with_care(data: bytes, model: type[R], file: str) -> R:
    """As :func:`parse`, with a parser that sees repeated keys and says where things are."""
    seen = _Seen()
    try:
        value = json.loads(
            data.decode(),
            object_pairs_hook=seen.pairs,
            parse_constant=seen.constant,
            parse_float=seen.float,
        )
        look = seen.unusual or _HALF_ESCAPE.search(data)
        strange = iter(_unusual(value, "") if look else ())
        unusual = [
            Finding(file, pointer, code, message)
            for pointer, code, message in islice(strange, MAX_FINDINGS)
        ]
        more = sum(1 for _ in strange)
        if seen.floats and not unusual:
            value = _integral(value)
            data = json.dumps(value).encode()
    except UnicodeDecodeError as error:
        if wide := wide_encoding(data):
            raise InvalidFile([Finding(file, "", "F102", wide, line=1, column=1)]) from None
        line = data.count(b"\n", 0, error.start) + 1
        message = f"is not UTF-8: byte {error.start} is 0x{data[error.start]:02x}"
        raise InvalidFile([Finding(file, "", "F102", message, line=line, column=1)]) from None
    except json.JSONDecodeError as error:
        code, message = "F103", broken_grammar(error)
        if wide := wide_encoding(data):
            code, message = "F102", wide
        finding = Finding(file, "", code, message, line=error.lineno, column=error.colno)
        raise InvalidFile([finding]) from None
    except (RecursionError, ValueError):
        message = "is not JSON of use: nested too deeply, or a number of thousands of digits"
        raise InvalidFile([Finding(file, "", "F103", message)]) from None
    if seen.most_keys > MAX_KEYS:
        message = (
            f"holds an object with {seen.most_keys:,} keys; more than {MAX_KEYS:,} are not read"
        )
        raise InvalidFile([Finding(file, "", "F107", message)])
    if unusual:
        raise InvalidFile(_with_rest(unusual, more, file))
    errors, more = schema_errors(model, value, MAX_FINDINGS)
    if not errors:
        try:
            return model.model_validate_json(data)
        except ValidationError as error:  # of a validator of the model
            errors = error.errors(include_url=False)[:MAX_FINDINGS]
            more = error.error_count() - len(errors)
    findings = [_schema_finding(file, error, model) for error in errors]
    raise InvalidFile(_with_rest(findings, more, file))


def _with_rest(findings: list[Finding], more: int, file: str) -> list[Finding]:
    """``findings``, and one that stands for ``more`` errors, if there are any."""
    if not more:
        return findings
    message = f"{more:,} more findings in this file are not shown"
    return [*findings, Finding(file, "", "F109", message, left_out=(more, 0))]


class _Twice(dict[str, Any]):
    """A JSON object with the keys that it was given twice."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.keys_twice = [
            key for key, times in Counter(key for key, _ in pairs).items() if times > 1
        ]


class _NotFinite(str):
    """A number that JSON does not have: ``NaN``, ``Infinity``, or one too large for any parser."""

    __slots__ = ()


class _Seen:
    """What a parser met on its way: something ``unusual``, ``floats``, an object of many keys."""

    def __init__(self) -> None:
        self.unusual = self.floats = False
        self.most_keys = 0

    def pairs(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        self.most_keys = max(self.most_keys, len(pairs))
        if len(found) == len(pairs):
            return found
        self.unusual = True
        return _Twice(pairs)

    def constant(self, name: str) -> _NotFinite:
        self.unusual = True
        return _NotFinite(name)

    def float(self, digits: str) -> float | _NotFinite:
        self.floats = True
        number = float(digits)
        return number if math.isfinite(number) else self.constant(digits)


_HALF_ESCAPE = re.compile(rb"\\u[dD]")
_HALF = re.compile("[\ud800-\udfff]")
"""Half of a surrogate pair without the other: JSON can escape it, but no UTF-8 text can hold it."""


def _unusual(value: Any, pointer: str) -> Iterator[tuple[str, str, str]]:
    """Pointer, code and message of every repeated key, number not finite and half a character.

    No pointer goes through a key that holds half a character: it could not be printed.
    """
    if isinstance(value, _NotFinite):
        yield pointer, "F105", f"{value} is not a number that JSON has"
    elif isinstance(value, str):
        if half := _HALF.search(value):
            yield pointer, "F106", f"the text holds {_escape(half)}, half of a character"
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from _unusual(item, f"{pointer}/{position}")
    elif isinstance(value, dict):
        where = f" of {value['id']!r}" if isinstance(value.get("id"), str) else ""
        broken = {key: half for key in value if (half := _HALF.search(key))}
        for half in broken.values():
            yield pointer, "F106", f"a key{where} holds {_escape(half)}, half of a character"
        for key in getattr(value, "keys_twice", ()):
            if key in broken:
                continue
            yield (
                f"{pointer}/{escaped(key)}",
                "F104",
                f"the key {key!r}{where} stands twice in one object",
            )
        for key, item in value.items():
            if key not in broken:
                yield from _unusual(item, f"{pointer}/{escaped(key)}")


def _escape(half: re.Match[str]) -> str:
    return f"\\u{ord(half[0]):04x}"


def _integral(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [_integral(item) for item in value]
    if isinstance(value, dict):
        return {k: (v if k == "extra" else _integral(v)) for k, v in value.items()}
    return value


def escaped(step: object) -> str:
    """``step`` as one step of a JSON Pointer (RFC 6901)."""
    return str(step).replace("~", "~0").replace("/", "~1")


_SCHEMA_CODES = {
    "missing": "S201",
    "extra_forbidden": "S202",
    "enum": "S203",
    "string_pattern_mismatch": "S205",
    "string_too_short": "S205",
    "value_error": "S205",
    "too_short": "S205",
    "greater_than_equal": "S205",
    "less_than_equal": "S205",
    "literal_error": "S206",
    "json_invalid": "F103",
}
"""Codes by pydantic's type of error; every other type is S204, a wrong type."""

_JSON_TYPES = {
    "model_type": "input should be an object",
    "model_attributes_type": "input should be an object",
    "dict_type": "input should be an object",
    "tuple_type": "input should be a valid array",
}
"""Messages about types that have another name in JSON than in Python."""


def _schema_finding(file: str, entry: Any, model: type[BaseModel]) -> Finding:
    kind, steps = entry["type"], entry["loc"]
    field = str(steps[-1]) if steps else "file"
    message = entry["msg"].removeprefix("Value error, ")
    message = _JSON_TYPES.get(kind, message[0].lower() + message[1:])
    if kind == "missing":
        message = f"the field {field!r} is missing"
    elif kind == "extra_forbidden":
        hint = did_you_mean(field, _fields_at(model, steps[:-1]))
        message = f"there is no field {field!r} here{hint}"
    elif kind == "too_short":
        message = f"the list needs at least {entry['ctx']['min_length']} item"
    elif kind != "json_invalid" and "input" in entry:
        given = json.dumps(entry["input"], ensure_ascii=False, default=str)
        message += f"; found {given if len(given) <= 60 else given[:57] + '…'}"
    return Finding(
        file=file,
        pointer="".join(f"/{escaped(step)}" for step in steps),
        code=_SCHEMA_CODES.get(kind, "S204"),
        message=message,
    )


def _fields_at(model: type[BaseModel], steps: tuple[str | int, ...]) -> Iterable[str]:
    """The names of the fields of the record to which ``steps`` lead from ``model``."""
    for step in steps:
        shape = shapes(model).get(str(step))
        if shape is not None and shape.kind is FieldKind.SPAN:
            return Fragment.model_fields
        if shape is not None and shape.record is not None:
            model = shape.record
        elif not isinstance(step, int):
            return ()
    return model.model_fields


def read_record(path: Path, model: type[R], file: str) -> R:
    """The record in the file at ``path``.

    Raises:
        InvalidFile: see :func:`parse`; also if there is no such file.
    """
    try:
        data = read_file(path)
    except FileTooLarge as error:
        raise InvalidFile([Finding(file, "", "F107", reason(error))]) from None
    except OSError as error:
        message = f"cannot be read: {reason(error)}"
        raise InvalidFile([Finding(file, "", "F100", message)]) from None
    return parse(data, model, file)


def read_registries(layout: Layout) -> tuple[dict[str, dict[str, Any]], list[Finding]]:
    """The entries of each registry by id, and the findings in registries that cannot be read."""
    entries: dict[str, dict[str, Any]] = {}
    findings: list[Finding] = []
    for name, model in REGISTRIES.items():
        path = layout.registry(name)
        try:
            record = read_record(path, model, layout.relative(path))
        except InvalidFile as error:
            findings += sorted(error.findings)
        else:
            entries[name] = {entry.id: entry for entry in getattr(record, name)}
    return entries, findings


def read_text(path: Path, document: Document) -> str:
    """The text of a seed, every code point as it stands in the file.

    Raises:
        SeedChanged: the file is missing, or a byte of it is not the one that was indexed.
    """
    try:
        data = read_file(path)
    except FileNotFoundError:
        raise SeedChanged(
            f"the seed of document {document.id} is missing: {path.name} is not in seeds/. "
            "Restore the file; seeds are never edited."
        ) from None
    except OSError as error:
        raise SeedChanged(
            f"the seed of document {document.id}, seeds/{path.name}, cannot be read: "
            f"{reason(error)}. Restore the file; seeds are never edited."
        ) from None
    found = hashlib.sha256(data).hexdigest()
    if found != document.sha256:
        here, indexed = apart(found, document.sha256)
        how = how_changed(data, document.sha256)
        raise SeedChanged(
            f"the seed {path.name} of document {document.id} is not the one that was indexed: "
            f"{f'{how}; ' if how else ''}its SHA-256 is {here}, the index has {indexed}. Restore "
            "the original file, to which the offsets of all annotations refer; or, if the index "
            "is wrong, correct it."
        )
    return data.decode("utf-8")
