"""Read files: only regular files, and never more than a limit."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from warclaims.errors import WarclaimsError
from warclaims.files.edits import remember
from warclaims.files.limits import MAX_FILE, MIB

if TYPE_CHECKING:
    from io import FileIO
    from pathlib import Path

_NOT_A_FILE = (
    (stat.S_ISFIFO, "it is a pipe"),
    (stat.S_ISSOCK, "it is a socket"),
    (stat.S_ISCHR, "it is a device"),
    (stat.S_ISBLK, "it is a device"),
    (stat.S_ISDIR, "it is a folder"),
)


def what_it_is(mode: int) -> str:
    """What a path with this mode is, if not a file: ``it is a pipe``."""
    return next((what for test, what in _NOT_A_FILE if test(mode)), "it is not a file")


class FileTooLarge(WarclaimsError, OSError):
    """A file is larger than the limit for its kind."""

    def __init__(self, path: Path, limit: int) -> None:
        size = f"{limit // MIB} MiB" if limit >= MIB else f"{limit:,} bytes"
        super().__init__(None, f"it is larger than {size}", str(path))

    def __str__(self) -> str:
        return f"{self.filename} cannot be read: {self.strerror}"


def open_file(path: Path) -> FileIO:
    """Open the regular file at ``path``, unbuffered. Never waits, as opening a pipe would.

    Raises:
        OSError: it cannot be opened or is not a regular file.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    number = os.open(path, flags)
    try:
        mode = os.fstat(number).st_mode
        if not stat.S_ISREG(mode):
            raise OSError(None, what_it_is(mode), str(path))
    except BaseException:
        os.close(number)
        raise
    return os.fdopen(number, "rb", buffering=0)


_PIECE = 2**20
"""Bytes read at a time: files of the kernel cannot be read with large buffers."""


def read_file(path: Path, limit: int = MAX_FILE) -> bytes:
    """Return the bytes of the regular file at ``path``, at most ``limit`` of them.

    Raises:
        FileTooLarge: it is larger.
        OSError: it cannot be read or is not a regular file.
    """
    with open_file(path) as file:
        data = bytearray()
        while len(data) <= limit and (piece := file.read(min(_PIECE, limit + 1 - len(data)))):
            data += piece
    if len(data) > limit:
        raise FileTooLarge(path, limit)
    remember(path, data)
    return bytes(data)


def read_words(path: Path, limit: int = MAX_FILE) -> str:
    """Return the text of the UTF-8 file at ``path`` with its line ends as they are.

    Raises:
        FileTooLarge: it is larger than ``limit`` bytes.
        OSError: it cannot be read or is not a regular file.
        WarclaimsError: it is not UTF-8.
    """
    try:
        return read_file(path, limit).decode()
    except UnicodeDecodeError as error:
        raise WarclaimsError(
            f"{path} is not UTF-8: byte {error.start:,} is 0x{error.object[error.start]:02x}. "
            "Save it as UTF-8."
        ) from None


def reason(error: OSError) -> str:
    """The message of the system, as a clause: ``permission denied``."""
    words = error.strerror or str(error) or "unreadable"
    return words[0].lower() + words[1:]
