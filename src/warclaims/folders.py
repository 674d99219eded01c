"""Write a folder as a whole: it is complete, or as it was before."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from warclaims.errors import WarclaimsError
from warclaims.files import is_there, replace_folder, workspace
from warclaims.layout import real_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def folder_for(out: Path, what: str, *marks: str) -> Iterator[Path]:
    """A new folder that replaces ``out`` when the block ends without an error.

    Only an empty folder is replaced, or one with a file named in ``marks`` and without hidden
    files, such as the history of git. ``what`` names the folder in messages.

    Raises:
        WarclaimsError: ``out`` has other content.
    """
    require_replaceable(out, what, *marks)
    place = real_path(out)
    place.parent.mkdir(parents=True, exist_ok=True)
    with workspace(place.parent) as work:
        made = work / "made"
        made.mkdir()
        yield made
        replace_folder(made, place)


def require_replaceable(out: Path, what: str, *marks: str) -> None:
    """Raise if a folder may not be replaced: see :func:`folder_for`."""
    if not is_there(out) or (out.is_dir() and not any(out.iterdir())):
        return
    if not out.is_dir() or not any((out / mark).is_file() for mark in marks):
        raise WarclaimsError(
            f"{out} is not empty and is not {what}. Name a new folder, or empty it first."
        )
    if hidden := [path.name for path in sorted(out.iterdir()) if path.name.startswith(".")]:
        raise WarclaimsError(
            f"{out} has {hidden[0]}, which would be lost. Name a new folder, or move that away."
        )
