"""Files in one canonical form, written whole or not at all.

Keys stand in the order of the models, one record a line, fields at their default left out:
a diff shows what an annotator changed, and equal content means equal bytes.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from warclaims.errors import WarclaimsError
from warclaims.records import DocumentIndex
from warclaims.records.fields import field_order

if TYPE_CHECKING:
    from collections.abc import Mapping

_LEFTOVER = re.compile(r"\.{1,2}[^.]+(\.conflict)?\.json\.[a-z0-9_]{8}")
_AT_WORK = 60.0


def canonical_bytes(record: BaseModel) -> bytes:
    """The canonical JSON of a file's record, ending in a newline.

    A list of records is written one record a line; in the index of documents, whose records hold
    segments, a document gets a line for each field and each segment.
    """
    lines: list[bytes] = []
    depth = 4 if isinstance(record, DocumentIndex) else 2
    _write(to_plain(record), lines, indent=0, depth=depth)
    return b"".join(lines) + b"\n"


def to_plain(record: BaseModel) -> dict[str, Any]:
    """``record`` as dictionaries and lists in the order of files, without fields at default."""
    model = type(record)
    plain: dict[str, Any] = {}
    for name in field_order(model):
        value = getattr(record, name)
        if value or model.model_fields[name].is_required():
            plain[name] = _plain_value(value)
    return plain


def _plain_value(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return to_plain(value)
    if isinstance(value, tuple):
        return [_plain_value(item) for item in value]
    return value


def _write(value: Any, out: list[bytes], *, indent: int, depth: int) -> None:
    expandable = isinstance(value, dict) or (
        isinstance(value, list) and any(isinstance(item, dict) for item in value)
    )
    if depth == 0 or not expandable or not value:
        out.append(_one_line(value))
        return
    inner = b"\n" + b" " * (indent + 1)
    opening, closing = (b"{", b"}") if isinstance(value, dict) else (b"[", b"]")
    out.append(opening)
    items = value.items() if isinstance(value, dict) else ((None, item) for item in value)
    for position, (key, item) in enumerate(items):
        out.append((b"," if position else b"") + inner)
        if key is not None:
            out.append(_one_line(key) + b": ")
        _write(item, out, indent=indent + 1, depth=depth - 1)
    out.append(b"\n" + b" " * indent + closing)


def _one_line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False).encode()


def write_bytes(path: Path, data: bytes) -> bool:
    """Write ``data`` to ``path`` whole or not at all; false if it already held just that.

    Raises:
        OSError: the file could not be written; ``path`` is as it was.
    """
    return bool(write_all({path: data}))


def write_all(files: Mapping[Path, bytes]) -> list[Path]:
    """Write several files, each whole, all or none; those that did not hold their bytes already.

    All data goes to temporary files beside their places and is flushed to the disk before the
    first is renamed. Only between two renames can a failure leave some files new and others old.

    Raises:
        OSError: a file could not be written; all are as they were.
        WarclaimsError: a file could not be renamed after others were; the message names both.
    """
    staged: dict[Path, Path] = {}
    done: list[Path] = []
    try:
        for path, data in files.items():
            if not _holds(path, data):
                _stage(path, data, staged)
        for path, temporary in staged.items():
            temporary.replace(path)
            done.append(path)
    except OSError as error:
        if not done:
            if error.filename is None:  # as when the disk is full
                error.filename = str(path)
            raise
        left = ", ".join(str(path) for path in staged if path not in done)
        raise WarclaimsError(
            f"only some files could be written: {error.strerror or error}. "
            f"Written: {', '.join(map(str, done))}. As before: {left}. Mend the cause and try again"
        ) from error
    finally:
        for temporary in staged.values():
            temporary.unlink(missing_ok=True)
    return done


def clear_leftovers(folder: Path) -> None:
    """Remove temporary files that a process left under ``folder`` when it was killed.

    Those of the last minute may be of one that is at work; they stay.
    """
    for path in folder.rglob(".*.json.*"):
        if _LEFTOVER.fullmatch(path.name) and time.time() - path.stat().st_mtime > _AT_WORK:
            path.unlink(missing_ok=True)


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except FileNotFoundError:
        return False


def _stage(path: Path, data: bytes, staged: dict[Path, Path]) -> None:
    """Write ``data`` to a new temporary file beside ``path``, noted in ``staged`` at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    staged[path] = Path(name)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    staged[path].chmod(0o644)
