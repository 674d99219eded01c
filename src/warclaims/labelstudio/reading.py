"""Read an export of Label Studio task by task, each under the limits of one document."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from itertools import chain
from typing import IO, TYPE_CHECKING, Any

import msgspec

from warclaims.corpus.reading import parse_foreign
from warclaims.errors import InvalidFile
from warclaims.files.limits import MAX_BUNDLE, MAX_FILE, MIB
from warclaims.findings import Finding, Level
from warclaims.labelstudio.array_items import SPACE, ArrayItems
from warclaims.labelstudio.exported import Export, Task

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.labelstudio.array_items import Item

PIECE = MIB
"""Bytes that are read at once."""

_DOCUMENT = re.compile(rb'"document"\s*:\s*"([A-Za-z0-9_-]{1,100})"')
_CUT_OFF = "ends in the middle: it is cut off, or was not saved whole"


def read_tasks(data: bytes | IO[bytes], file: str) -> Iterator[Task | list[Finding]]:
    """The tasks of an export in their order; for each that cannot be read, what is wrong with it.

    ``data`` is the JSON list, or an open file with it, which may be of any size: no more than one
    task is in memory. ``file`` names it in findings.
    """
    stream = io.BytesIO(data) if isinstance(data, bytes) else data
    pieces = iter(lambda: stream.read(PIECE), b"")
    items = ArrayItems(MAX_BUNDLE, _DOCUMENT)
    for head in pieces:
        if head.lstrip(SPACE):
            break
        items.advance(head)
    else:
        head = b""
    if not head.lstrip(SPACE).startswith(b"["):
        found = _no_list(head, pieces, file)
        yield [_from(finding, items.line, items.column) for finding in found]
        return
    for position, item in enumerate(items.split(chain((head,), pieces))):
        if not item.is_whole:
            document = _named(item.data) if item.data is not None else _decoded(item.found)
            line, column = items.line, items.column
            pointer = f"/{position}"
            yield [Finding(file, pointer, "F103", _CUT_OFF, document, line=line, column=column)]
            return
        yield _task(item, position, file)
    if items.rest:
        words = "is not JSON: more follows after the end of the list"
        yield [Finding(file, "", "F103", words, line=items.line, column=items.column)]


def _no_list(head: bytes, pieces: Iterator[bytes], file: str) -> list[Finding]:
    """What is wrong with a file that is not a JSON list."""
    data = bytearray(head)
    for piece in pieces:
        data += piece
        if len(data) > MAX_FILE:
            message = f"is not a list of tasks, and larger than {MAX_FILE // MIB} MiB"
            return [Finding(file, "", "F107", message)]
    try:
        parse_foreign(bytes(data), Export, file)
    except InvalidFile as error:
        return list(error.findings)
    raise AssertionError("a list begins with a bracket")


def _task(item: Item, position: int, file: str) -> Task | list[Finding]:
    pointer = f"/{position}"
    if item.data is None:
        message = (
            f"is a task of {item.size:,} bytes; more than {MAX_BUNDLE // MIB} MiB are not read"
        )
        document = _decoded(item.found)
        words = _of(document, message)
        return [Finding(file, pointer, "F107", words, document, line=item.line)]
    if not item.data:
        words = "is not JSON: there is a comma too many"
        return [Finding(file, pointer, "F103", words, line=item.line, column=item.column)]
    try:
        return parse_foreign(item.data, Task, file)
    except InvalidFile as error:
        try:
            task = msgspec.json.decode(item.data)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            task = None
        document = _named(item.data)
        return [_placed(finding, task, document, item, pointer) for finding in error.findings]


def _named(data: bytes) -> str | None:
    """The document of a task that cannot be parsed."""
    match = _DOCUMENT.search(data)
    return _decoded(match[1]) if match else None


def _of(document: str | None, message: str) -> str:
    return f"document {document!r}: {message}" if document else message


def _decoded(name: bytes | None) -> str | None:
    return name.decode() if name is not None else None


def _placed(finding: Finding, task: Any, document: str | None, item: Item, pointer: str) -> Finding:
    """A finding about a task with its place in the file, its document and offsets if legible."""
    found: dict[str, Any] = {"document": document}
    for node in _nodes(task, finding.pointer):
        for part, keys in (("data", ("document",)), ("value", ("start", "end"))):
            inner = node.get(part)
            if isinstance(inner, dict):
                found |= {key: inner[key] for key in keys if key in inner}
    document, start, end = (found.get(key) for key in ("document", "start", "end"))
    if isinstance(document, str):
        message = finding.message
        if finding.level is Level.FILE:
            message = _of(document, message)
        finding = replace(finding, document=document, message=message)
    if isinstance(start, int) and isinstance(end, int):
        finding = replace(finding, start=start, end=end)
    finding = _from(finding, item.line, item.column)
    return replace(finding, pointer=pointer + finding.pointer)


def _from(finding: Finding, line: int, column: int) -> Finding:
    """A finding about what begins at a place in the file, with its own place in the file."""
    if finding.line is None:
        return finding
    before = column - 1 if finding.line == 1 else 0
    return replace(finding, line=finding.line + line - 1, column=(finding.column or 1) + before)


def _nodes(node: Any, pointer: str) -> Iterator[dict[str, Any]]:
    """The objects on the way that ``pointer`` leads from ``node``."""
    for step in pointer.split("/")[1:]:
        if isinstance(node, dict):
            yield node
        try:
            node = node[int(step)] if isinstance(node, list) else node[step]
        except (LookupError, TypeError, ValueError):
            return
    if isinstance(node, dict):
        yield node
