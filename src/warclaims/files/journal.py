"""Several files of a corpus written as one: all of them, or none, even if the process is killed.

New contents go to temporary files beside their places, listed in a journal before they are made. A
second, empty file marks that all of them are complete; only then are they renamed. Whoever next
locks the corpus removes what was not complete and finishes what was.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from warclaims.errors import WarclaimsError
from warclaims.files.edits import digest
from warclaims.files.reading import open_file, read_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

JOURNAL = ".warclaims-journal"
COMPLETE = ".warclaims-complete"
_TEMPORARY = re.compile(r"\.warclaims-[0-9a-f]{8}-[0-9]+")


class _Change(msgspec.Struct):
    """A file to replace, both paths from the corpus directory; ``before`` is its digest."""

    target: str
    temporary: str
    before: str | None


class _Removal(msgspec.Struct):
    """A file to remove, by its path from the corpus directory and its digest."""

    target: str
    before: str


class _Journal(msgspec.Struct):
    changes: list[_Change]
    made: list[str]
    """Folders that were made for the files, outermost first."""
    removals: list[_Removal] = []


def commit(root: Path, files: Mapping[Path, bytes], remove: Iterable[Path] = ()) -> None:
    """Write ``files``, all below ``root``, whose lock is held, and ``remove`` others.

    Raises:
        OSError: a file could not be written; all are as they were.
        WarclaimsError: a file could not be renamed after others were; the message names it.
    """
    journal = root / JOURNAL
    run = os.urandom(4).hex()
    changes, made = [], []
    for number, path in enumerate(files):
        target = path.relative_to(root)
        made += [f for f in reversed(target.parents) if not (root / f).exists() and f not in made]
        temporary = target.with_name(f".warclaims-{run}-{number}")
        changes.append(_Change(target.as_posix(), temporary.as_posix(), _digest_at(path)))
    folders = [folder.as_posix() for folder in made]
    removals = [
        _Removal(path.relative_to(root).as_posix(), before)
        for path in remove
        if (before := _digest_at(path)) is not None
    ]
    try:
        write_new(journal, msgspec.json.encode(_Journal(changes, folders, removals)))
        for folder in folders:
            (root / folder).mkdir(exist_ok=True)
        for change, (path, data) in zip(changes, files.items(), strict=True):
            write_new(root / change.temporary, data, like=path)
        write_new(root / COMPLETE, b"")
    except BaseException:
        recover(root)
        raise
    recover(root)


def recover(root: Path) -> None:
    """Finish what a journal at ``root`` says is complete, undo what is not; then remove it.

    A file that somebody changed since the journal was written is left as they have it.

    Raises:
        WarclaimsError: a file could not be replaced; it is tried again at the next call.
    """
    journal, complete = root / JOURNAL, root / COMPLETE
    if not os.path.lexists(journal):
        complete.unlink(missing_ok=True)
        return
    found = _read_journal(journal)
    finish = found is not None and complete.exists()
    for change in found.changes if found is not None else ():
        temporary, target = root / change.temporary, root / change.target
        try:
            if finish and temporary.exists() and _digest_at(target) == change.before:
                temporary.replace(target)
            else:
                temporary.unlink(missing_ok=True)
        except OSError as error:
            if not finish:
                continue
            raise WarclaimsError(
                f"{target} could not be written: {error.strerror or error}. The new content is "
                f"kept in {temporary}. Remove the cause; the next command writes it."
            ) from None
    for removal in found.removals if found is not None and finish else ():
        target = root / removal.target
        if _digest_at(target) == removal.before:
            target.unlink()
    if found is not None and not finish:
        for folder in reversed(found.made):
            with suppress(OSError):
                (root / folder).rmdir()  # only if it is empty
    complete.unlink(missing_ok=True)
    journal.unlink(missing_ok=True)


def write_new(path: Path, data: bytes, like: Path | None = None) -> None:
    """Write a file that does not exist yet, flushed to the disk.

    Its mode is that of the file ``like``, which it is to replace; otherwise it follows the umask.
    """
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if like is not None and like.exists():
            path.chmod(like.stat().st_mode & 0o777)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _digest_at(path: Path) -> str | None:
    """The digest of the file at ``path`` as hexadecimal digits; ``None`` if there is no file."""
    try:
        with open_file(path) as file:
            return digest(file.read()).hex()
    except FileNotFoundError:
        return None


def _read_journal(path: Path) -> _Journal | None:
    """The journal; ``None`` if it is not whole, so that nothing else was written yet.

    A corpus can come from anywhere, so that nothing but our own temporary files is accepted.
    """
    try:
        found = msgspec.json.decode(read_file(path), type=_Journal)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    pairs = [(Path(change.temporary), Path(change.target)) for change in found.changes]
    ours = all(
        _TEMPORARY.fullmatch(temporary.name) and temporary.parent == target.parent
        for temporary, target in pairs
    )
    removed = [Path(removal.target) for removal in found.removals]
    named = [*(path for pair in pairs for path in pair), *map(Path, found.made), *removed]
    inside = path.parent.resolve()
    ours = ours and all(
        (inside / target).parent.resolve().is_relative_to(inside) for target in removed
    )
    if not ours or any(name.is_absolute() or ".." in name.parts for name in named):
        raise WarclaimsError(f"{path} was not written by WarClaims. Remove it.")
    return found
