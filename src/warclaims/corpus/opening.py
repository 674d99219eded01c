"""Opening files that somebody named: regular ones only, and no more of them than can be needed."""

from __future__ import annotations

import os
import stat
from typing import IO, TYPE_CHECKING

from warclaims.corpus.limits import MAX_FILE

if TYPE_CHECKING:
    from pathlib import Path

_NOT_A_FILE = (
    (stat.S_ISFIFO, "it is a pipe"),
    (stat.S_ISSOCK, "it is a socket"),
    (stat.S_ISCHR, "it is a device"),
    (stat.S_ISBLK, "it is a device"),
    (stat.S_ISDIR, "it is a folder"),
)


def open_file(path: Path) -> IO[bytes]:
    """The regular file at ``path``, unbuffered. Never waits, as opening a pipe would.

    Raises:
        OSError: it cannot be opened or is no regular file.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    number = os.open(path, flags)
    mode = os.fstat(number).st_mode
    if not stat.S_ISREG(mode):
        os.close(number)
        raise OSError(next((what for test, what in _NOT_A_FILE if test(mode)), "it is no file"))
    return os.fdopen(number, "rb", buffering=0)


def read_file(path: Path, limit: int = MAX_FILE) -> bytes:
    """The bytes of the regular file at ``path``; of a larger one ``limit`` bytes and one more.

    Raises:
        OSError: it cannot be read or is no regular file.
    """
    with open_file(path) as file:
        data = bytearray()
        while len(data) <= limit and (piece := file.read(limit + 1 - len(data))):
            data += piece
    return bytes(data)


def reason(error: OSError) -> str:
    """What the system says, as part of a sentence."""
    words = error.strerror or str(error) or "unreadable"
    return words[0].lower() + words[1:]
