"""Replace one file or one folder: it is new as a whole, or as it was."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from warclaims.files.temporary import workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def replacing(path: Path, mode: int | None = None) -> Iterator[IO[bytes]]:
    """Open a new file that replaces ``path`` if the block ends without an error.

    Its mode is ``mode``; by default that of the file it replaces, or as the umask has it.

    Raises:
        OSError: it cannot be written; ``path`` is as it was.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with workspace(path.parent) as folder:
            new = folder / "new"
            with new_file(new) as file:
                yield file
            if mode is None:
                copy_mode(path, new)
            else:
                new.chmod(mode)
            new.replace(path)
    except OSError as error:
        error.filename, error.filename2 = str(path), None  # not that of a temporary file
        raise


@contextmanager
def new_file(path: Path) -> Iterator[IO[bytes]]:
    """Open a file that does not exist yet; at the end it is flushed to the disk."""
    with path.open("xb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def copy_mode(old: Path, new: Path) -> None:
    """Give the file ``new`` the mode of the one it is to replace, if there is one."""
    if old.exists():
        new.chmod(old.stat().st_mode & 0o777)


def replace_folder(new: Path, path: Path) -> None:
    """Put the folder ``new`` in the place of ``path``; what was there is removed.

    ``path`` exists at every moment where the system can exchange two folders (Linux, macOS).

    Raises:
        OSError: it could not be put there; ``path`` is as it was.
    """
    if not path.exists():
        new.rename(path)
        return
    if not _exchange(new, path):
        old = new.with_name(f"{new.name}-old")
        path.rename(old)
        try:
            new.rename(path)
        except BaseException:
            old.rename(path)
            raise
        new = old
    shutil.rmtree(new, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; false where the system cannot."""
    import ctypes

    names = os.fsencode(one), os.fsencode(other)
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            failed = library.renamex_np(*names, 2)  # RENAME_SWAP
        else:
            here = -100  # AT_FDCWD
            failed = library.renameat2(here, names[0], here, names[1], 2)  # RENAME_EXCHANGE
    except (AttributeError, OSError, TypeError):
        return False
    return not failed
