"""Contents of many files, kept on the disk until all are written."""

from __future__ import annotations

from collections.abc import MutableMapping
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class FilesOnDisk(MutableMapping["Path", bytes]):
    """Contents by path for :func:`.write_all`; they are kept in ``folder``, not in memory."""

    def __init__(self, folder: Path) -> None:
        self._kept: dict[Path, Path] = {}
        self._names = (folder / str(number) for number in count())

    def __getitem__(self, path: Path) -> bytes:
        return self._kept[path].read_bytes()

    def __setitem__(self, path: Path, data: bytes) -> None:
        self._kept[path] = kept = self._kept.get(path) or next(self._names)
        kept.write_bytes(data)

    def __delitem__(self, path: Path) -> None:
        self._kept.pop(path).unlink()

    def __iter__(self) -> Iterator[Path]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)
