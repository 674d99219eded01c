"""Temporary folders; the next run removes them if the process is killed."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PREFIX = ".warclaims-tmp-"
_cleared: set[Path] = set()
"""Folders in which this process has looked for leftovers."""


@contextmanager
def workspace(parent: Path | None = None) -> Iterator[Path]:
    """Make a temporary folder in ``parent``, by default the system's; it is removed at the end.

    Folders of processes that were killed are removed as well: they are no longer locked. (Where
    folders cannot be locked, as on Windows, they stay.)

    Raises:
        OSError: it cannot be made.
    """
    place = parent if parent is not None else Path(tempfile.gettempdir())
    _clear(place)
    folder, number = _make(place)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if number is not None:
            os.close(number)


def _make(place: Path) -> tuple[Path, int | None]:
    """A new folder and the file descriptor that holds its lock."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=place))
        with suppress(FileNotFoundError, BlockingIOError):  # just removed by another process
            number = lock_folder(folder)
            if number is None or os.fstat(number).st_ino == folder.stat().st_ino:
                return folder, number


def _clear(place: Path) -> None:
    if place in _cleared or not hasattr(os, "getuid"):
        return
    _cleared.add(place)
    for folder in place.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if folder.is_symlink() or folder.stat().st_uid != os.getuid():
                continue
            if (number := lock_folder(folder)) is not None:
                shutil.rmtree(folder, ignore_errors=True)
                os.close(number)


def lock_folder(folder: Path) -> int | None:
    """A descriptor that holds the lock of a folder; ``None`` where folders cannot be locked.

    Raises:
        BlockingIOError: another process holds it.
        OSError: the folder cannot be opened, as when it is gone.
    """
    try:
        import fcntl
    except ImportError:
        return None
    number = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(number)
        raise
    except OSError:  # a disk that locks files only
        os.close(number)
        return None
    return number
