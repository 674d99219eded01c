"""Reading one file: bytes to a record, or findings that say what is wrong with it."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any, TypeVar

import orjson
from pydantic import BaseModel, ValidationError

from warclaims.errors import InvalidFile, SeedChanged
from warclaims.findings import Finding, Level

if TYPE_CHECKING:
    from pathlib import Path

    from warclaims.records import Document

R = TypeVar("R", bound=BaseModel)


def parse(data: bytes, model: type[R], file: str) -> R:
    """The record in the JSON ``data``; ``file`` names it in findings.

    A number that is integral (``5.0``) is an integer, as in JSON Schema. Duplicate keys, of which
    parsers silently keep the last, are refused.

    Raises:
        InvalidFile: not UTF-8, not JSON, a duplicate key, or not of the model's shape.
    """
    if data.startswith(b"\xef\xbb\xbf"):
        raise InvalidFile(
            [_file_finding(file, "F101", "starts with a byte-order mark; save as plain UTF-8")]
        )
    try:
        record = model.model_validate_json(data)
    except ValidationError:
        record = _parse_with_care(data, model, file)
    if _may_repeat_keys(data):
        _refuse_duplicate_keys(data, file)
    return record


def _parse_with_care(data: bytes, model: type[R], file: str) -> R:
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        try:
            data.decode()
        except UnicodeDecodeError as wrong:
            message = f"is not UTF-8: byte {wrong.start} is 0x{data[wrong.start]:02x}"
            raise InvalidFile([_file_finding(file, "F102", message)]) from None
        message = f"is not JSON: {error.msg} at line {error.lineno}, column {error.colno}"
        raise InvalidFile([_file_finding(file, "F103", message)]) from None
    _refuse_duplicate_keys(data, file)
    try:
        return model.model_validate_json(orjson.dumps(_integral(value)))
    except ValidationError as error:
        raise InvalidFile([_schema_finding(file, entry) for entry in error.errors()]) from None


def _integral(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [_integral(item) for item in value]
    if isinstance(value, dict):
        return {k: (v if k == "extra" else _integral(v)) for k, v in value.items()}
    return value


_BLANK_BEFORE_COLON = re.compile(rb'"\s+:')


def _may_repeat_keys(data: bytes) -> bool:
    """A quick test that never says no wrongly.

    A parser keeps the last of two equal keys, so writing the parsed value again gives fewer
    ``":`` than the data has, unless the data writes quotes or colons in an unusual way.
    """
    if rb"\u0022" in data or _BLANK_BEFORE_COLON.search(data):
        return True
    return data.count(b'":') != orjson.dumps(orjson.loads(data)).count(b'":')


def _refuse_duplicate_keys(data: bytes, file: str) -> None:
    twice: list[str] = []

    def check(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        seen: dict[str, Any] = {}
        for key, value in pairs:
            if key in seen:
                where = f" in the record {seen['id']!r}" if "id" in seen else ""
                twice.append(f"the key {key!r} stands twice in one object{where}")
            seen[key] = value
        return seen

    json.loads(data, object_pairs_hook=check)
    if twice:
        raise InvalidFile([_file_finding(file, "F104", message) for message in twice])


def _file_finding(file: str, code: str, message: str) -> Finding:
    return Finding(file=file, pointer="", code=code, message=message, level=Level.FILE)


_SCHEMA_CODES = {"missing": "S201", "extra_forbidden": "S202", "enum": "S203"}


def _schema_finding(file: str, entry: Any) -> Finding:
    pointer = "".join(
        "/" + str(step).replace("~", "~0").replace("/", "~1") for step in entry["loc"]
    )
    given = orjson.dumps(entry["input"], default=str).decode()
    shown = given if len(given) <= 60 else given[:57] + "…"
    message = entry["msg"][0].lower() + entry["msg"][1:]
    if entry["type"] not in ("missing", "extra_forbidden"):
        message += f"; found {shown}"
    return Finding(
        file=file,
        pointer=pointer,
        code=_SCHEMA_CODES.get(entry["type"], "S204"),
        message=message,
        level=Level.SCHEMA,
    )


def read_record(path: Path, model: type[R], file: str) -> R:
    """The record in the file at ``path``.

    Raises:
        InvalidFile: see :func:`parse`; also if there is no such file.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "unreadable"
        raise InvalidFile([_file_finding(file, "F100", f"cannot be read: {reason}")]) from None
    return parse(data, model, file)


def read_text(path: Path, document: Document) -> str:
    """The text of a seed, every code point as it stands in the file.

    Raises:
        SeedChanged: the file is missing, or a byte of it is not the one that was indexed.
    """
    try:
        data = path.read_bytes()
    except OSError:
        raise SeedChanged(
            f"the seed of document {document.id} is missing: {path.name} is not in seeds/. "
            "Restore the file; seeds are never edited."
        ) from None
    found = hashlib.sha256(data).hexdigest()
    if found != document.sha256:
        raise SeedChanged(
            f"the seed {path.name} of document {document.id} has been changed: its SHA-256 is "
            f"{found[:12]}…, the index has {document.sha256[:12]}…. Restore the original file; "
            "the offsets of all its annotations refer to it."
        )
    return data.decode("utf-8")
