"""Read an export of Label Studio task by task, each under the limits of one document."""

from __future__ import annotations

import mmap
import os
import re
from dataclasses import dataclass, replace
from typing import IO, TYPE_CHECKING, Any

import msgspec

from warclaims.corpus.reading import parse_foreign
from warclaims.errors import InvalidFile
from warclaims.files.limits import MAX_BUNDLE, MAX_FILE, MIB
from warclaims.findings import Finding, FindingLevel
from warclaims.labelstudio.exported import ExportedProject, Task

if TYPE_CHECKING:
    from collections.abc import Iterator

_DOCUMENT = re.compile(rb'"document"\s*:\s*"([A-Za-z0-9_-]{1,100})"')
_SPACE = re.compile(rb"[ \t\r\n]*+")
_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+"?+|[\[\]{},]', re.DOTALL)
_CONTINUED = bytes(range(0x80, 0xC0))
"""Bytes of UTF-8 that continue a character."""


def read_tasks(data: bytes | IO[bytes], file: str) -> Iterator[Task | list[Finding]]:
    """The tasks of an export in their order; for each that cannot be read, what is wrong with it.

    ``data`` is the JSON list, or an open file with it, which may be of any size: no more than one
    task is in memory. ``file`` names it in findings.
    """
    buffer = data if isinstance(data, bytes) else _mapped(data)
    start = _end_of_space(buffer, 0)
    if buffer[start : start + 1] != b"[":
        yield _no_list(buffer, file)
        return
    place = _FilePlace(buffer)
    end = start + 1
    for position, item in enumerate(array_items(buffer, start)):
        pointer, end = f"/{position}", item.end
        if not item.is_closed:
            place.move(end)
            message = "ends in the middle: it is cut off, or was not saved whole"
            finding = Finding(file, pointer, "F103", message, _named(buffer, item))
            yield [replace(finding, line=place.line, column=place.column)]
            return
        place.move(item.start)
        yield _task(buffer, item, pointer, place, file)
    # After the last item comes the bracket, and nothing else.
    end = _end_of_space(buffer, _end_of_space(buffer, end) + 1)
    if end < len(buffer):
        place.move(end)
        message = "is not JSON: more follows after the end of the list"
        yield [Finding(file, "", "F103", message, line=place.line, column=place.column)]


def _mapped(file: IO[bytes]) -> bytes | mmap.mmap:
    """The content of a file, of which the system reads only what is looked at."""
    number = file.fileno()
    if not os.fstat(number).st_size:  # an empty file cannot be mapped
        return b""
    return mmap.mmap(number, 0, access=mmap.ACCESS_READ)


@dataclass(frozen=True, slots=True)
class ArrayItem:
    """Where an item of a JSON array is; ``is_closed`` is false if the array breaks off in it."""

    start: int
    end: int
    is_closed: bool = True


def array_items(data: bytes | mmap.mmap, start: int = 0) -> Iterator[ArrayItem]:
    """Find the items of the JSON array that begins at ``start``, without parsing them.

    Items are not checked: their parser sees the bytes as they are, so
    duplicate keys, large numbers and the place of a mistake are not lost on the way.

    >>> data = b'[1,{"a": "],["}, "x"]'
    >>> [data[item.start : item.end] for item in array_items(data)]
    [b'1', b'{"a": "],["}', b'"x"']
    """
    depth = number = 0
    begin = start
    for token in _TOKEN.finditer(data, start):
        at, char = token.start(), data[token.start()]
        if char in b"[{":
            depth += 1
            if depth == 1:
                begin = _end_of_space(data, at + 1)
        elif char == ord(",") and depth == 1:
            yield ArrayItem(begin, at)
            number += 1
            begin = _end_of_space(data, at + 1)
        elif char in b"]}":
            depth -= 1
            if depth == 0:
                end = at + (char == ord("}"))  # which no parser takes
                if end > begin or number:
                    yield ArrayItem(begin, end)
                return
    yield ArrayItem(begin, len(data), is_closed=False)


def _end_of_space(data: bytes | mmap.mmap, at: int) -> int:
    found = _SPACE.match(data, at)
    assert found is not None
    return found.end()


class _FilePlace:
    """Line and column of a place that moves through a file, both from 1."""

    def __init__(self, data: bytes | mmap.mmap) -> None:
        self.line = self.column = 1
        self._data = data
        self._at = 0

    def move(self, to: int) -> None:
        """Move on to a byte."""
        while self._at < to:
            piece = self._data[self._at : min(to, self._at + MIB)]
            self._at += len(piece)
            if breaks := piece.count(b"\n"):
                self.line += breaks
                self.column = 1
                piece = piece[piece.rfind(b"\n") + 1 :]
            self.column += len(piece.translate(None, _CONTINUED))


def _no_list(data: bytes | mmap.mmap, file: str) -> list[Finding]:
    """What is wrong with a file that is not a JSON list."""
    if len(data) > MAX_FILE:
        message = f"is not a list of tasks, and larger than {MAX_FILE // MIB} MiB"
        return [Finding(file, "", "F107", message)]
    try:
        parse_foreign(bytes(data), ExportedProject, file)
    except InvalidFile as error:
        return list(error.findings)
    raise AssertionError("a list begins with a bracket")


def _task(
    buffer: bytes | mmap.mmap, item: ArrayItem, pointer: str, place: _FilePlace, file: str
) -> Task | list[Finding]:
    size = item.end - item.start
    if size > MAX_BUNDLE:
        document = _named(buffer, item)
        message = _of(
            document, f"is a task of {size:,} bytes; more than {MAX_BUNDLE // MIB} MiB are not read"
        )
        return [Finding(file, pointer, "F107", message, document, line=place.line)]
    if not size:
        message = "is not JSON: there is a comma too many"
        return [Finding(file, pointer, "F103", message, line=place.line, column=place.column)]
    data = buffer[item.start : item.end]
    try:
        return parse_foreign(data, Task, file)
    except InvalidFile as error:
        try:
            task = msgspec.json.decode(data)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            task = None
        document = _named(buffer, item)
        return [_placed(finding, task, document, place, pointer) for finding in error.findings]


def _named(data: bytes | mmap.mmap, item: ArrayItem) -> str | None:
    """The document of a task that cannot be parsed."""
    match = _DOCUMENT.search(data, item.start, item.end)
    return match[1].decode() if match else None


def _of(document: str | None, message: str) -> str:
    return f"document {document!r}: {message}" if document else message


def _placed(
    finding: Finding, task: Any, document: str | None, place: _FilePlace, pointer: str
) -> Finding:
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
        if finding.level is FindingLevel.FILE:
            message = _of(document, message)
        finding = replace(finding, document=document, message=message)
    if isinstance(start, int) and isinstance(end, int):
        finding = replace(finding, start=start, end=end)
    if finding.line is not None:
        column = (finding.column or 1) + (place.column - 1 if finding.line == 1 else 0)
        finding = replace(finding, line=finding.line + place.line - 1, column=column)
    return replace(finding, pointer=pointer + finding.pointer)


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
