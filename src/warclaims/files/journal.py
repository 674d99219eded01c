"""Write several files of a corpus all or none, even if the process is killed.

The new files are first written to the folder :data:`STAGED`, with a list of what they replace.
Renaming that folder to :data:`PENDING` decides: only then are the files put in their places. The
next command that locks the corpus goes on with a pending folder, and removes a staged one.
"""

from __future__ import annotations

import errno
import os
from shutil import copyfileobj, rmtree
from typing import IO, TYPE_CHECKING

import msgspec

from warclaims.errors import WarclaimsError
from warclaims.files.edits import digest, place_of
from warclaims.files.reading import open_file, read_file
from warclaims.files.replacement import copy_mode, new_file, replacing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from warclaims.files.edits import Content

STAGED = ".warclaims-staged"
PENDING = ".warclaims-pending"
LIST = "list.json"
"""The file in both folders that lists the changes; the others have the number of their change."""


class _Change(msgspec.Struct):
    """A file to replace or remove: its path in the corpus, and the digest of its content before.

    ``before`` is ``None`` if the file is new.
    """

    target: str
    before: str | None
    removed: bool = False


def commit(root: Path, files: Mapping[Path, Content], remove: Iterable[Path] = ()) -> None:
    """Write ``files`` of the corpus at ``root``, whose lock is held, and ``remove`` others.

    Args:
        root: The corpus directory, without links.
        files: The contents, or files that have them, by path without links to folders. Those
            outside ``root``, to which a link leads, are written one by one, after the others.
        remove: Files to remove.

    Raises:
        OSError: a file could not be written; all are as they were.
        WarclaimsError: a file was changed by another program meanwhile, and all are as they were;
            or a file could not be renamed after others were. The message names it.
    """
    inside = [path for path in files if path.is_relative_to(root)]
    changes = [_change(root, path) for path in inside]
    removals = [_change(root, path, removed=True) for path in remove]
    changes += [change for change in removals if change.before is not None]
    staged = root / STAGED
    path = root / changes[0].target if changes else root
    try:
        staged.mkdir()
        for number, path in enumerate(inside):
            _require_writable(path)
            with new_file(staged / str(number)) as file:
                write_content(files[path], file)
            copy_mode(path, staged / str(number))
        with new_file(staged / LIST) as file:
            file.write(msgspec.json.encode(changes))
        staged.rename(root / PENDING)
    except BaseException as error:
        rmtree(staged, ignore_errors=True)
        if isinstance(error, OSError):
            error.filename, error.filename2 = str(path), None  # not that of a staged file
        raise
    if changed := recover(root):
        raise WarclaimsError(
            f"{changed} was changed by another program while this command was writing. Nothing was "
            "written. Run the command again."
        )
    for path in files.keys() - inside:
        with replacing(path) as file:
            write_content(files[path], file)


def write_content(content: Content, file: IO[bytes]) -> None:
    """Write a content to an open file."""
    if isinstance(content, bytes):
        file.write(content)
    else:
        with open_file(content) as source:
            copyfileobj(source, file)


def recover(root: Path) -> Path | None:
    """Finish the pending changes at ``root``, remove staged ones.

    If a file was changed since, and no other was replaced yet, the changes are dropped and that
    file is returned.

    Raises:
        WarclaimsError: a file could not be replaced, or was changed after others had been
            replaced; it is tried again at the next call.
    """
    staged, pending = root / STAGED, root / PENDING
    rmtree(staged, ignore_errors=True)
    if not os.path.lexists(pending):
        return None
    changes = {pending / str(number): change for number, change in enumerate(_listed(pending))}
    left = {new: one for new, one in changes.items() if not _is_done(root, new, one)}
    changed = next((new for new, one in left.items() if _is_changed(root, new, one)), None)
    if changed is None or len(left) < len(changes):
        for new, change in left.items():
            _finish(root, new, change)
        changed = None
    pending.rename(staged)
    rmtree(staged, ignore_errors=True)
    return root / changes[changed].target if changed else None


def _change(root: Path, path: Path, *, removed: bool = False) -> _Change:
    return _Change(path.relative_to(root).as_posix(), digest_at(path), removed)


def _require_writable(path: Path) -> None:
    folder = next(folder for folder in path.parents if folder.exists())
    if not os.access(folder, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))


def _is_done(root: Path, new: Path, change: _Change) -> bool:
    """True if the file has been removed, or if ``new`` has been put in place or removed."""
    return not (root / change.target if change.removed else new).exists()


def _is_changed(root: Path, new: Path, change: _Change) -> bool:
    """True if the file has neither its old nor its new content."""
    return digest_at(root / change.target) not in (change.before, digest_at(new))


def _finish(root: Path, new: Path, change: _Change) -> None:
    """Put the file ``new`` in place, or remove the file of a removal if it is unchanged."""
    target = root / change.target
    is_changed = _is_changed(root, new, change)
    if change.removed:
        if not is_changed:
            target.unlink()
        return
    if is_changed:
        raise WarclaimsError(
            f"{target} was changed after a command was killed that had begun to replace it. "
            f"The command's content is in {new}. Put into {target.name} what should be "
            f"there and remove {new}. The next command continues."
        )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _move(new, target)
    except OSError as error:
        raise WarclaimsError(
            f"{target} could not be written: {error.strerror or error}. The new content is "
            f"kept in {new}. Remove the cause; the next command writes it."
        ) from None


def _move(new: Path, target: Path) -> None:
    try:
        new.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        with replacing(target) as file:  # it is on another disk
            write_content(new, file)
        new.unlink()


def digest_at(path: Path) -> str | None:
    """The digest of the file at ``path``; ``None`` if there is no file."""
    try:
        with open_file(path) as file:
            return digest(file)
    except FileNotFoundError:
        return None


def _listed(pending: Path) -> list[_Change]:
    """The pending changes. A corpus can come from anywhere, so they may not lead out of it."""
    try:
        changes = msgspec.json.decode(read_file(pending / LIST), type=list[_Change])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        changes = None
    root = place_of(pending).parent
    if changes is None or not all(_leads_into(root, change.target) for change in changes):
        raise WarclaimsError(f"{pending} was not written by WarClaims. Remove it.")
    return changes


def _leads_into(root: Path, target: str) -> bool:
    """True for a path below ``root``, not behind a link that leads out of it."""
    path = root / target
    return ".." not in path.parts and place_of(path).is_relative_to(root)
