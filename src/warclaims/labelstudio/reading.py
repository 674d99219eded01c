"""Read an export of Label Studio task by task, each under the limits of one document."""

from __future__ import annotations

import mmap
import os
import re
from dataclasses import replace
from typing import IO, TYPE_CHECKING, Any

import msgspec

from warclaims.corpus.reading import parse
from warclaims.errors import InvalidFile
from warclaims.files.limits import MAX_BUNDLE, MAX_FILE, MIB
from warclaims.findings import Finding, FindingLevel
from warclaims.labelstudio.exported import FORMAT_1, ExportedProject, Task, is_of_format_1

if TYPE_CHECKING:
    from collections.abc import Iterator

_DOCUMENT = re.compile(rb'"document"\s*:\s*"([A-Za-z0-9_-]{1,100})"')


def read_tasks(data: bytes | IO[bytes], file: str) -> Iterator[Task | list[Finding]]:
    """The tasks of an export in order; for one that cannot be read, the findings about it.

    ``data`` is the JSON list, or an open file with it, which may be of any size: no more than one
    task is decoded at a time. ``file`` names it in findings.
    """
    buffer = data if isinstance(data, bytes) else _mapped(data)
    try:
        tasks = msgspec.json.decode(buffer, type=list[msgspec.Raw])
    except (msgspec.DecodeError, RecursionError) as error:
        yield _unreadable(buffer, file, error)
        return
    for position, task in enumerate(tasks):
        yield _read_task(task, f"/{position}", file)


def _mapped(file: IO[bytes]) -> bytes | mmap.mmap:
    """The content of a file, mapped into memory."""
    number = file.fileno()
    if not os.fstat(number).st_size:  # an empty file cannot be mapped
        return b""
    return mmap.mmap(number, 0, access=mmap.ACCESS_READ)


def _unreadable(data: bytes | mmap.mmap, file: str, error: Exception) -> list[Finding]:
    """The findings about a file that is not a JSON list."""
    if len(data) <= MAX_FILE:
        try:
            parse(bytes(data), ExportedProject, file)
        except InvalidFile as invalid:
            return list(invalid.findings)
    return [Finding(file, "", "F103", f"is not a list of tasks in JSON: {error}")]


def _read_task(raw: msgspec.Raw, pointer: str, file: str) -> Task | list[Finding]:
    size = memoryview(raw).nbytes
    named = _DOCUMENT.search(raw)
    document = named[1].decode() if named else None
    if size > MAX_BUNDLE:
        message = f"is a task of {size:,} bytes; more than {MAX_BUNDLE // MIB} MiB are not read"
        return [Finding(file, pointer, "F107", _of(document, message), document)]
    data = bytes(raw)
    try:
        return parse(data, Task, file)
    except InvalidFile as error:
        try:
            task = msgspec.json.decode(data)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            task = None
        if isinstance(task, dict) and is_of_format_1(task.get("data")):
            return [Finding(file, f"{pointer}/data/exported", "L107", FORMAT_1, document)]
        return [_placed(finding, task, document, pointer) for finding in error.findings]


def _of(document: str | None, message: str) -> str:
    return f"document {document!r}: {message}" if document else message


def _placed(finding: Finding, task: Any, document: str | None, pointer: str) -> Finding:
    """A finding about a task with its pointer in the file, and document and offsets if known."""
    start = end = None
    for node in _nodes(task, finding.pointer):
        value = node.get("value")
        if isinstance(value, dict):
            start, end = value.get("start"), value.get("end")
    message = finding.message
    if finding.level is FindingLevel.FILE:
        message = _of(document, message)
    finding = replace(finding, document=document, message=message)
    if isinstance(start, int) and isinstance(end, int):
        finding = replace(finding, start=start, end=end)
    # The line would be one of the task, not of the file.
    return replace(finding, pointer=pointer + finding.pointer, line=None, column=None)


def _nodes(node: Any, pointer: str) -> Iterator[dict[str, Any]]:
    """The objects along ``pointer``, from ``node`` on."""
    for key in pointer.split("/")[1:]:
        if isinstance(node, dict):
            yield node
        try:
            node = node[int(key)] if isinstance(node, list) else node[key]
        except (LookupError, TypeError, ValueError):
            return
    if isinstance(node, dict):
        yield node
