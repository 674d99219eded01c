"""Refuse to replace a file that an export did not write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.corpus.shards.reading import (
    ExpansionLimit,
    UnreadableBundles,
    content,
    open_stream,
)
from warclaims.errors import WarclaimsError
from warclaims.files import is_there, open_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


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
