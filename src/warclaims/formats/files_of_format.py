"""Find the files to import at a path."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from warclaims.errors import WarclaimsError
from warclaims.files import files_below, is_there
from warclaims.formats.overwrite_guard import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from warclaims.formats.problems import FormatProblems

_MOST = 3
"""Files that a message names."""


def files_of_format(
    path: Path, problems: FormatProblems, *endings: str, beside: tuple[str, ...] = ()
) -> list[Path]:
    """The file at ``path``, or the files with one of ``endings`` in the folder and below it.

    Endings are in lower case; that of names is ignored. Other files are reported, except those with
    an ending in ``beside``.

    Raises:
        WarclaimsError: there is nothing at ``path``, or the folder has none.
    """
    if not is_there(path):
        raise WarclaimsError(f"{path}: no such file or folder")
    if not path.is_dir():
        return [path]
    found, others = [], []
    for file in files_below(path):
        if file.name.lower().endswith(endings):
            found.append(file)
        elif file.name != MANIFEST and not file.name.lower().endswith(beside):
            others.append(file)
    if not found:
        there = f". It has {_listed(path, others)}" if others else ""
        raise WarclaimsError(f"{path} has no file ending in {', '.join(endings)}{there}")
    if others:
        message = f"{_listed(path, others)}: left out, since no name ends in {', '.join(endings)}"
        problems.add(str(path), None, "X603", message)
    return found


def document_names(stems: Sequence[Path], top: Path) -> dict[Path, str]:
    """The name of each document: that of its file, with its folders if another has it, too.

    ``stems`` are the paths of the files, without their endings, in the folder ``top`` or below it.
    """
    often = Counter(stem.name.lower() for stem in stems)
    return {
        stem: stem.name if often[stem.name.lower()] == 1 else "-".join(stem.relative_to(top).parts)
        for stem in stems
    }


def _listed(folder: Path, files: Sequence[Path]) -> str:
    names = [str(file.relative_to(folder)) for file in files[:_MOST]]
    more = [f"{len(files) - _MOST:,} more"] if len(files) > _MOST else []
    return ", ".join([*names, *more])
