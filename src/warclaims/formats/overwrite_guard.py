"""Refuse to replace files that an export did not write, and folders that were edited since."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from warclaims.corpus.shards.reading import (
    ExpansionLimit,
    UnreadableBundles,
    content,
    open_stream,
)
from warclaims.errors import WarclaimsError
from warclaims.files import is_there, open_file, paths_below, read_file

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

MANIFEST = "warclaims-export.json"
"""The file by which an exported folder is known: the SHA-256 of each other file."""

_MOST = 3
"""Files that a message names."""


def manifest(digests: Mapping[str, str]) -> bytes:
    """The content of the file ``MANIFEST``, from the digests of files by name."""
    return json.dumps(digests, indent=1).encode() + b"\n"


def require_unchanged(folder: Path) -> None:
    """Raise if files of an exported folder were edited or added since.

    Raises:
        WarclaimsError: names some of these files, and says how to replace them.
    """
    if not is_there(folder / MANIFEST):
        return
    try:
        known = json.loads(read_file(folder / MANIFEST))
    except ValueError:
        known = {}
    changed = []
    for path in paths_below(folder):
        name = path.relative_to(folder).as_posix()
        with open_file(path) as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if name != MANIFEST and not (isinstance(known, dict) and known.get(name) == found):
            changed.append(name)
    if changed:
        more = f" and {len(changed) - _MOST:,} more" if len(changed) > _MOST else ""
        raise WarclaimsError(
            f"{folder} has files that were edited or added since they were exported: "
            f"{', '.join(changed[:_MOST])}{more}. Import them, or name another folder with --out; "
            "--overwrite replaces them"
        )


def require_own_file(path: Path, beginnings: Sequence[bytes]) -> None:
    """Raise if there is a file at ``path`` whose content begins with none of ``beginnings``.

    Raises:
        WarclaimsError: the file is something else; the message says how to replace it.
    """
    if is_there(path) and (head := _head(path)) and not head.startswith(tuple(beginnings)):
        raise WarclaimsError(
            f"{path} exists and was not written by this export. Name another place with --out, or "
            "replace the file with --overwrite"
        )


def _head(path: Path) -> bytes:
    """The first bytes of the content of a file; of a Parquet file the names of its columns."""
    try:
        stream = open_stream(path, path.name)
        with stream.reader:
            if not stream.is_table:
                return next(content(stream, ExpansionLimit()), b"")
        import pyarrow.parquet as pq

        with open_file(path) as file:
            return b"columns: " + " ".join(pq.read_schema(file).names).encode()
    except (UnreadableBundles, OSError, ValueError):  # pyarrow raises ValueError
        return b"unreadable"
