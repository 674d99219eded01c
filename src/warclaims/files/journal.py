"""Write several files of a corpus: all of them, or none, even if the process is killed.

New contents go to temporary files beside the old ones, listed in a journal before they are made. A
second, empty file marks that all of them are complete; only then are they renamed. The next command
that locks the corpus finishes a complete journal and undoes any other.
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
    """A file to replace or remove, by paths from the corpus directory and digests of its content.

    ``None`` for ``before`` if it is new; for ``temporary`` and ``after`` if it is to be removed.
    """

    target: str
    temporary: str | None
    before: str | None
    after: str | None


class _Journal(msgspec.Struct):
    changes: list[_Change]
    made: list[str]
    """Folders that were made for the files, outermost first."""


def commit(root: Path, files: Mapping[Path, bytes], remove: Iterable[Path] = ()) -> None:
    """Write ``files``, all below ``root``, whose lock is held, and ``remove`` others.

    Raises:
        OSError: a file could not be written; all are as they were.
        WarclaimsError: a file was changed by another program meanwhile, and all are as they were;
            or a file could not be renamed after others were. The message names it.
    """
    run = os.urandom(4).hex()
    changes: list[_Change] = []
    made: list[Path] = []
    for number, (path, data) in enumerate(files.items()):
        target = path.relative_to(root)
        made += [f for f in reversed(target.parents) if not (root / f).exists() and f not in made]
        temporary = target.with_name(f".warclaims-{run}-{number}").as_posix()
        after = digest(data).hex()
        changes.append(_Change(target.as_posix(), temporary, _digest_at(path), after))
    for path in remove:
        if (before := _digest_at(path)) is not None:
            changes.append(_Change(path.relative_to(root).as_posix(), None, before, None))
    journal = _Journal(changes, [folder.as_posix() for folder in made])
    if (leads_out := _leads_out(root, journal)) is not None:
        raise WarclaimsError(
            f"{leads_out} is in a folder that a link leads to, outside {root}. Nothing was "
            "written; put the folder itself there."
        )
    try:
        write_new(root / JOURNAL, msgspec.json.encode(journal))
        for folder in journal.made:
            (root / folder).mkdir(exist_ok=True)
        for change, (path, data) in zip(changes, files.items(), strict=False):
            write_new(root / (change.temporary or ""), data, like=path)
        write_new(root / COMPLETE, b"")
    except BaseException as error:
        recover(root)
        if isinstance(error, OSError) and error.filename == str(root / JOURNAL):
            error.filename = str(root / changes[0].target)
        raise
    if stale := recover(root):
        raise WarclaimsError(
            f"{stale} was changed by another program while this command was writing. Nothing was "
            "written. Run the command again."
        )


def recover(root: Path) -> Path | None:
    """Finish what a journal at ``root`` says is complete, undo what is not; then remove it.

    What was complete is undone, too, if a file that it would replace has been changed since: that
    file is returned.

    Raises:
        WarclaimsError: a file could not be replaced, or was changed after others had been
            replaced; it is tried again at the next call.
    """
    journal, complete = root / JOURNAL, root / COMPLETE
    if not os.path.lexists(journal):
        complete.unlink(missing_ok=True)
        return None
    found = _read_journal(journal)
    stale = None
    if found is not None:
        left = [change for change in found.changes if not _is_done(root, change)]
        changed = [root / change.target for change in left if _is_changed(root, change)]
        began = len(left) < len(found.changes)
        stale = changed[0] if changed and not began else None
        if complete.exists() and stale is None:
            _finish(root, left)
        else:
            _undo(root, found)
    complete.unlink(missing_ok=True)
    journal.unlink(missing_ok=True)
    return stale


def _is_done(root: Path, change: _Change) -> bool:
    """True if a file has its new content, or its temporary file was removed to keep the old."""
    if change.temporary is not None and not (root / change.temporary).exists():
        return True
    return _digest_at(root / change.target) == change.after


def _is_changed(root: Path, change: _Change) -> bool:
    return _digest_at(root / change.target) != change.before


def _finish(root: Path, left: list[_Change]) -> None:
    for change in left:
        target = root / change.target
        if change.temporary is None:
            if not _is_changed(root, change):
                target.unlink()
            continue
        temporary = root / change.temporary
        if _is_changed(root, change):
            raise WarclaimsError(
                f"{target} was changed after a command was killed that had begun to replace it. "
                f"The command's content is in {temporary}. Put into {target.name} what should be "
                f"there and remove {temporary.name}. The next command continues."
            )
        try:
            temporary.replace(target)
        except OSError as error:
            raise WarclaimsError(
                f"{target} could not be written: {error.strerror or error}. The new content is "
                f"kept in {temporary}. Remove the cause; the next command writes it."
            ) from None


def _undo(root: Path, found: _Journal) -> None:
    for change in found.changes:
        if change.temporary is not None:
            with suppress(OSError):
                (root / change.temporary).unlink(missing_ok=True)
    for folder in reversed(found.made):
        with suppress(OSError):
            (root / folder).rmdir()  # only if it is empty


def write_new(path: Path, data: bytes, like: Path | None = None) -> None:
    """Write a file that does not exist yet, flushed to the disk.

    Its mode is that of the file ``like``, which it is to replace; otherwise it follows the umask.

    Raises:
        OSError: it cannot be written; no file is left.
    """
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if like is not None:
            like_the_old(like, path)
    except BaseException as error:
        path.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.filename is None:  # as when the disk is full
            error.filename = str(like or path)
        raise


def like_the_old(old: Path, new: Path) -> None:
    """Give the file ``new`` the mode of the one it is to replace, if there is one."""
    if old.exists():
        new.chmod(old.stat().st_mode & 0o777)


def _digest_at(path: Path) -> str | None:
    """The digest of the file at ``path`` as hexadecimal digits; ``None`` if there is no file."""
    try:
        with open_file(path) as file:
            return digest(file.readall()).hex()
    except FileNotFoundError:
        return None


def _read_journal(path: Path) -> _Journal | None:
    """The journal; ``None`` if it is incomplete, in which case nothing else was written yet.

    A corpus can come from anywhere, so only names of our temporary files are accepted.
    """
    try:
        found = msgspec.json.decode(read_file(path), type=_Journal)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    if not all(map(_is_ours, found.changes)) or _leads_out(path.parent, found) is not None:
        raise WarclaimsError(f"{path} was not written by WarClaims. Remove it.")
    return found


def _is_ours(change: _Change) -> bool:
    if change.temporary is None:
        return change.after is None
    temporary = Path(change.temporary)
    is_beside = temporary.parent == Path(change.target).parent
    return is_beside and _TEMPORARY.fullmatch(temporary.name) is not None


def _leads_out(root: Path, journal: _Journal) -> str | None:
    """The first path of a journal that leads out of ``root``.

    Files are removed in folders of the corpus only, not behind links; they are replaced there,
    where a temporary file of ours has to be beside them.
    """
    inside = root.resolve()
    for change in journal.changes:
        named = [Path(name) for name in (change.target, change.temporary) if name is not None]
        if any(name.is_absolute() or ".." in name.parts for name in named):
            return change.target
        if change.temporary is None:
            folder = (inside / change.target).parent.resolve()
            if not folder.is_relative_to(inside):
                return change.target
    made = map(Path, journal.made)
    return next((f.as_posix() for f in made if f.is_absolute() or ".." in f.parts), None)
