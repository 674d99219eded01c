"""Write files: each whole or not at all, several together under a lock."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from warclaims.errors import WarclaimsError
from warclaims.files.edits import CorpusEdit, digest, digest_of, edit_of, place_of
from warclaims.files.journal import commit, digest_at, write_content
from warclaims.files.reading import open_file
from warclaims.files.replacement import replacing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from warclaims.files.edits import Content


def write_bytes(path: Path, data: bytes) -> bool:
    """Write ``data`` to ``path`` whole or not at all; false if it has this content already.

    Raises:
        OSError: the file could not be written; ``path`` is as it was.
        WarclaimsError: see :func:`write_all`.
    """
    return bool(write_all({path: data}))


def write_all(files: Mapping[Path, Content], remove: Iterable[Path] = ()) -> list[Path]:
    """Write several files, each whole; return those whose content changed.

    Files of a corpus whose lock is held (:func:`.locked`) are written all or none, even if the
    process is killed. Modes follow the umask; a file that is replaced keeps its mode.

    Args:
        files: The contents by path; a path is a file that has the content.
        remove: Files of a corpus whose lock is held that are removed with the writing, as when one
            is renamed.

    Raises:
        OSError: a file could not be written; all are as they were.
        WarclaimsError: a file was changed by another program since it was read, and nothing was
            written; or a file could not be renamed after others were. The message names it.
    """
    changed = [path for path, data in files.items() if not _holds(path, data)]
    gone = list(remove)
    if not changed and not gone:
        return []
    places = {path: place_of(path) for path in [*changed, *gone]}
    edit = edit_of(places.values())
    for path in gone:
        if edit is None or not places[path].is_relative_to(edit.root):
            raise WarclaimsError(
                f"{path} is in a folder outside the corpus that a link leads to. Nothing was "
                "written; put the folder itself there."
            )
    if edit is not None:
        _refuse_stale(edit, places.values())
        contents = {places[path]: files[path] for path in changed}
        commit(edit.root, contents, [places[path] for path in gone])
        edit.seen.update((place, digest_of(one)) for place, one in contents.items())
        edit.seen.update((places[path], None) for path in gone)
    else:
        for path in changed:
            with replacing(path) as file:
                write_content(files[path], file)
    return changed


def _holds(path: Path, content: Content) -> bool:
    size = len(content) if isinstance(content, bytes) else content.stat().st_size
    try:
        with open_file(path) as file:
            return os.fstat(file.fileno()).st_size == size and digest(file) == digest_of(content)
    except FileNotFoundError:
        return False


def _refuse_stale(edit: CorpusEdit, files: Iterable[Path]) -> None:
    """Raise if a file has changed since it was read under the lock."""
    for path in files:
        if path in edit.seen and digest_at(path) != edit.seen[path]:
            raise WarclaimsError(
                f"{path} was changed by another program while this command was running. Nothing "
                "was written. Run the command again."
            )
