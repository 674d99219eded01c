"""Read one file as a record, or report what is wrong with it."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from warclaims.corpus.entries import split_entries
from warclaims.corpus.grammar import (
    broken_grammar,
    invalid,
    is_large,
    many_values,
    require_few_values,
    wide_encoding,
)
from warclaims.corpus.hashes import apart, how_changed
from warclaims.corpus.schema_check import (
    JsonSchema,
    escaped,
    first_of,
    old_schema,
    published_schema,
    schema_of,
)
from warclaims.corpus.upgrade import old_version, upgraded
from warclaims.errors import InvalidFile, SeedChanged
from warclaims.files import FileTooLarge, is_there, read_file, reason
from warclaims.files.limits import MAX_KEYS
from warclaims.findings import Finding
from warclaims.records import REGISTRIES, DocumentIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from warclaims.layout import Layout
    from warclaims.records import Document

R = TypeVar("R", bound=BaseModel)


def parse(data: bytes, model: type[R], file: str, published: JsonSchema | None = None) -> R:
    """The record in the JSON ``data``; ``file`` names it in findings.

    The data must also match the ``published`` schema, if it is given. As in JSON Schema, ``5.0``
    is an integer. Duplicate keys (parsers silently keep the last), numbers that are not finite and
    halves of a surrogate pair are refused.

    Raises:
        InvalidFile: not UTF-8, not JSON, a duplicate key, or not of the model's shape.
    """
    if data.startswith(b"\xef\xbb\xbf"):
        raise invalid(file, "F101", "starts with a byte-order mark", 1)
    if (name := _LISTS.get(model)) and many_values(data) and (parts := split_entries(data, name)):
        whole = _parse(parts[0], model, file, published)
        entries = _entries(parts[1], model, name, file, published)
        return whole.model_copy(update={name: tuple(entries)})
    return _parse(data, model, file, published)


def _parse(data: bytes, model: type[R], file: str, published: JsonSchema | None) -> R:
    plain = read_json(data, file)
    if old_version(plain) and (old := old_schema(model)) is not None:
        if found := old.findings(plain, file):
            raise InvalidFile(found)
        plain = upgraded(plain)
        data = json.dumps(plain).encode()
    if published is not None and (found := published.findings(plain, file)):
        raise InvalidFile(found)
    if is_large(data) and (found := schema_of(model).findings(plain, file)):
        raise InvalidFile(found)  # an error of pydantic for each mistake would take much memory
    try:
        return model.model_validate_json(data)
    except ValidationError as error:
        found = schema_of(model).findings(plain, file)
        places = {finding.pointer for finding in found}
        found += [other for other in _beyond_schema(error, file) if other.pointer not in places]
    if found:
        raise InvalidFile(found)
    try:
        return model.model_validate_json(json.dumps(plain))  # 5 where 5.0 was written
    except (ValidationError, RecursionError):
        raise invalid(file, "F103", _UNUSABLE) from None


_LISTS: dict[type[BaseModel], str] = {
    DocumentIndex: "documents",
    **{model: name for name, model in REGISTRIES.items()},
}
"""The lists in files of entries. A large file is read entry by entry, each under the limits of a
file."""


def _entries(
    files: Iterable[bytes], model: type[R], name: str, file: str, published: JsonSchema | None
) -> list[Any]:
    """The entries in ``files`` of one each.

    Raises:
        InvalidFile: some are not valid.
    """
    entries: list[Any] = []

    def findings() -> Iterator[Finding]:
        for number, data in enumerate(files):
            try:
                entries.extend(getattr(_parse(data, model, file, published), name))
            except InvalidFile as error:
                for finding in error.findings:
                    place = finding.pointer.removeprefix(f"/{name}/0")
                    pointer = f"/{name}/{number}{place}"
                    yield replace(finding, pointer=pointer, line=None, column=None)

    if found := first_of(findings()):
        raise InvalidFile(found)
    return entries


def _beyond_schema(refused: ValidationError, file: str) -> Iterator[Finding]:
    """What a model refuses and no JSON Schema can: dates, and what is checked by a function."""
    for error in refused.errors(include_url=False, include_input=False):
        kind, message = error["type"], error["msg"].removeprefix("Value error, ")
        if kind == "value_error" or kind.startswith("date"):
            pointer = "".join(f"/{escaped(step)}" for step in error["loc"])
            code = "S205" if kind == "value_error" else "S204"
            yield Finding(file, pointer, code, f"{message[0].lower()}{message[1:]}")


_UNUSABLE = "cannot be used: nested too deeply, or a number with thousands of digits"


def read_json(data: bytes, file: str) -> Any:
    """The plain JSON in ``data``, in which integral numbers are integers.

    Raises:
        InvalidFile: not UTF-8, not JSON, a duplicate key, a number that is not finite, half of a
            surrogate pair, or too many values.
    """
    require_few_values(data, file)
    seen = _ParserNotes()
    try:
        value = json.loads(
            data.decode(),
            object_pairs_hook=seen.pairs,
            parse_constant=seen.constant,
            parse_float=seen.float,
        )
        look = seen.unusual or _HALF_ESCAPE.search(data)
        strange = _unusual(value, "") if look else ()
        unusual = first_of(Finding(file, *found) for found in strange)
    except UnicodeDecodeError as error:
        message = f"is not UTF-8: byte {error.start} is 0x{data[error.start]:02x}"
        line = data.count(b"\n", 0, error.start) + 1
        wide = wide_encoding(data)
        raise invalid(file, "F102", wide or message, 1 if wide else line) from None
    except json.JSONDecodeError as error:
        wide = wide_encoding(data)
        code, message = ("F102", wide) if wide else ("F103", broken_grammar(error))
        raise invalid(file, code, message, error.lineno, error.colno) from None
    except (RecursionError, ValueError):
        raise invalid(file, "F103", _UNUSABLE) from None
    if seen.most_keys > MAX_KEYS:
        message = f"has an object with {seen.most_keys:,} keys; more than {MAX_KEYS:,} are not read"
        raise invalid(file, "F107", message)
    if unusual:
        raise InvalidFile(unusual)
    return _integral(value) if seen.integral else value


class _ObjectWithRepeats(dict[str, Any]):
    """A JSON object with its repeated keys."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        counted = Counter(key for key, _ in pairs)
        self.repeated = [key for key, times in counted.items() if times > 1]


class _NumberNotInJson(str):
    """A number that JSON does not have: ``NaN``, ``Infinity``, or one too large for any parser."""

    __slots__ = ()


class _ParserNotes:
    """Whether a parser found anything ``unusual``, or ``5.0`` and the like; the most keys."""

    def __init__(self) -> None:
        self.unusual = self.integral = False
        self.most_keys = 0

    def pairs(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        self.most_keys = max(self.most_keys, len(pairs))
        if len(found) == len(pairs):
            return found
        self.unusual = True
        return _ObjectWithRepeats(pairs)

    def constant(self, name: str) -> _NumberNotInJson:
        self.unusual = True
        return _NumberNotInJson(name)

    def float(self, digits: str) -> float | _NumberNotInJson:
        number = float(digits)
        self.integral |= number.is_integer()
        return number if math.isfinite(number) else self.constant(digits)


_HALF_ESCAPE = re.compile(rb"\\u[dD]")
_HALF = re.compile("[\ud800-\udfff]")
"""Half of a surrogate pair: JSON can escape it, but UTF-8 cannot encode it."""


def _unusual(value: Any, pointer: str) -> Iterator[tuple[str, str, str]]:
    """Pointer, code and message of every repeated key, number not finite and half a character.

    Keys with half a character are not part of any pointer, since they cannot be printed.
    """
    if isinstance(value, _NumberNotInJson):
        yield pointer, "F105", f"{value} is not a number that JSON has"
    elif isinstance(value, str):
        if half := _HALF.search(value):
            yield pointer, "F106", f"the text contains {_escape(half)}, half of a character"
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from _unusual(item, f"{pointer}/{position}")
    elif isinstance(value, dict):
        where = f" of {value['id']!r}" if isinstance(value.get("id"), str) else ""
        broken = {key: half for key in value if (half := _HALF.search(key))}
        for half in broken.values():
            yield pointer, "F106", f"a key{where} contains {_escape(half)}, half of a character"
        for key in getattr(value, "repeated", ()):
            if key not in broken:
                message = f"the key {key!r}{where} occurs twice in one object"
                yield f"{pointer}/{escaped(key)}", "F104", message
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


def read_lines(path: Path, file: str) -> list[bytes]:
    """The lines of the file at ``path``; none if there is no such file.

    Raises:
        InvalidFile: the file cannot be read.
    """
    return read_bytes(path, file).splitlines() if is_there(path) else []


def read_record(path: Path, model: type[R], file: str, published: JsonSchema | None = None) -> R:
    """The record in the file at ``path``; see :func:`parse`.

    Raises:
        InvalidFile: see :func:`parse`; also if the file is missing.
    """
    return parse(read_bytes(path, file), model, file, published)


def read_bytes(path: Path, file: str) -> bytes:
    """The bytes of the file at ``path``.

    Raises:
        InvalidFile: it is missing, too large, or cannot be read.
    """
    try:
        return read_file(path)
    except FileTooLarge as error:
        raise invalid(file, "F107", reason(error)) from None
    except OSError as error:
        raise invalid(file, "F100", f"cannot be read: {reason(error)}") from None


def read_registries(
    layout: Layout, *, by_published_schema: bool = False
) -> tuple[dict[str, dict[str, Any]], list[Finding]]:
    """The entries of each registry by id, and the findings in registries that cannot be read."""
    entries: dict[str, dict[str, Any]] = {}
    findings: list[Finding] = []
    for name, model in REGISTRIES.items():
        path = layout.registry(name)
        try:
            schema = published_schema(layout, model) if by_published_schema else None
            record = read_record(path, model, layout.relative(path), schema)
        except InvalidFile as error:
            findings += sorted(error.findings)
        else:
            entries[name] = {entry.id: entry for entry in getattr(record, name)}
    return entries, findings


def read_text(path: Path, document: Document) -> str:
    """The text of a seed, every code point as in the file.

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
