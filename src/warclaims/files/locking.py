"""The lock of a corpus directory. A process that dies releases it."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from warclaims.errors import WarclaimsError
from warclaims.files.edits import CURRENT, CorpusEdit
from warclaims.files.journal import PENDING, STAGED, recover
from warclaims.files.temporary import lock_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

WAIT = 60.0
"""Seconds to wait for another command."""

_PAUSE = 0.02
_LOCK_FILE = ".warclaims-lock"
"""Used only where a folder itself cannot be locked: on Windows and some network disks."""


@contextmanager
def locked(root: Path, wait: float = WAIT) -> Iterator[None]:
    """Hold the corpus at ``root`` for a read–change–write; other commands wait until it ends.

    The folder is made if there is none. What a killed command left half done is finished or
    undone first. Within, :func:`.write_all` refuses to replace a file that was changed after it
    was read. A lock inside a lock of the same corpus does nothing.

    Args:
        root: The corpus directory.
        wait: Seconds to wait for another command.

    Raises:
        WarclaimsError: another command still holds the corpus after ``wait`` seconds.
        OSError: the folder cannot be made or locked.
    """
    root.mkdir(parents=True, exist_ok=True)
    place = Path(os.path.realpath(root))
    edits = CURRENT.get()
    if any(edit.root == place for edit in edits):
        yield
        return
    with _exclusive(place, wait):
        recover(place)
        token = CURRENT.set((*edits, CorpusEdit(place)))
        try:
            yield
        finally:
            CURRENT.reset(token)


def settle(root: Path) -> None:
    """Finish or undo what a killed command left at ``root``, before it is read.

    Nothing is done while another command is writing there.

    Raises:
        WarclaimsError: it cannot be finished; the message says why.
    """
    if not any(os.path.lexists(root / name) for name in (STAGED, PENDING)):
        return
    try:
        with locked(root, wait=0):
            pass
    except _InUseError:
        pass
    except OSError as error:
        raise WarclaimsError(
            f"a command was killed while it wrote to {root}, and what it left cannot be finished "
            f"or undone: {error.strerror or error}. Run a command where {root} can be written to."
        ) from None


class _InUseError(WarclaimsError):
    """Another command holds the lock."""


@contextmanager
def _exclusive(root: Path, wait: float) -> Iterator[None]:
    end = time.monotonic() + wait
    busy = _InUseError(
        f"another warclaims command is writing to {root}. Wait until it has ended, then run this "
        "again."
    )
    while True:
        try:
            number = lock_folder(root)
            break
        except BlockingIOError:
            if time.monotonic() > end:
                raise busy from None
            time.sleep(_PAUSE)
    if number is None:
        with _lock_file(root, wait, busy):
            yield
        return
    try:
        yield
    finally:
        os.close(number)


@contextmanager
def _lock_file(root: Path, wait: float, busy: WarclaimsError) -> Iterator[None]:
    import filelock

    try:
        with filelock.FileLock(root / _LOCK_FILE, timeout=wait):
            yield
    except filelock.Timeout:
        raise busy from None
