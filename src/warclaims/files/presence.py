"""Tell missing files and folders from unreadable ones.

``Path.is_file`` is false for a pipe, a device, a folder and a broken link, so code that uses it
for "exists" silently skips these.
"""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

from warclaims.errors import WarclaimsError
from warclaims.files.reading import reason, what_it_is

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ABSENT = (errno.ENOENT, errno.ENOTDIR)


def is_there(path: Path) -> bool:
    """True if anything is at ``path``, of any kind. Reading it shows whether it is a file.

    Raises:
        WarclaimsError: a folder above it cannot be read, or is not a folder.
    """
    try:
        path.lstat()
    except OSError as error:
        if error.errno not in _ABSENT:
            raise _unreadable(path, error) from None
        above = next((folder for folder in path.parents if os.path.lexists(folder)), None)
        if above is not None and not above.is_dir():
            raise _unreadable(above) from None
        return False
    return True


def is_folder(path: Path) -> bool:
    """True if ``path`` is a folder, false if nothing is there.

    Raises:
        WarclaimsError: it is something else, such as a file, a pipe or a broken link.
    """
    if not is_there(path):
        return False
    if not path.is_dir():
        raise _unreadable(path)
    return True


def files_below(folder: Path) -> Iterator[Path]:
    """Every regular file in ``folder`` and its subfolders, sorted; hidden ones are left out.

    Raises:
        WarclaimsError: something there is neither a file nor a folder, or cannot be read. Links to
            folders are not followed but refused.
    """
    if not is_folder(folder):
        return
    try:
        paths = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        raise _unreadable(folder, error) from None
    for path in paths:
        if path.is_file():
            yield path
        elif path.is_dir() and not path.is_symlink():
            yield from files_below(path)
        else:
            raise _unreadable(path)


def paths_below(folder: Path) -> list[Path]:
    """What is in ``folder`` and its subfolders, of any kind but folders, sorted, without hidden
    ones. Nothing is refused, as in :func:`files_below`."""
    return sorted(
        path
        for path in folder.rglob("*")
        if (path.is_symlink() or not path.is_dir())
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def _unreadable(path: Path, error: OSError | None = None) -> WarclaimsError:
    if path.is_symlink():
        what = "it is a link to a folder" if path.is_dir() else "it is a broken link"
    elif error is not None:
        what = reason(error)
    else:
        what = "it is not a folder" if path.is_file() else what_it_is(path.lstat().st_mode)
    return WarclaimsError(f"{path} cannot be read: {what}. Remove it, or restore what was there")
