"""Find the files to import at a path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.errors import WarclaimsError
from warclaims.files import files_below

if TYPE_CHECKING:
    from pathlib import Path


def files_of_format(path: Path, *endings: str) -> list[Path]:
    """The file at ``path``, or the files with one of ``endings`` in the folder and below it.

    Raises:
        WarclaimsError: the folder has none.
    """
    if not path.is_dir():
        return [path]
    if files := [file for file in files_below(path) if file.suffix in endings]:
        return files
    raise WarclaimsError(f"{path} has no file ending in {', '.join(endings)}")
