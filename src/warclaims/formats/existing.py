"""Refuse to replace a file that an export did not write."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any

from warclaims.errors import WarclaimsError
from warclaims.files import is_there, open_file
from warclaims.validation.bundles.reading import ZSTD, zstd_module

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_HEAD = 4096


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
    with open_file(path) as file:
        if not file.read(1):
            return b""
        file.seek(0)
        opened: Any = file
        name = path.name.lower()
        try:
            if name.endswith(".parquet"):
                import pyarrow.parquet as pq

                return b"columns: " + " ".join(pq.read_schema(file).names).encode()
            if name.endswith(".gz"):
                opened = gzip.GzipFile(fileobj=file)
            elif name.endswith(ZSTD):
                opened = zstd_module().ZstdFile(file)
            found: bytes = opened.read(_HEAD)
        except (OSError, EOFError, ValueError, zstd_module().ZstdError):
            return b"another form"
    return found
