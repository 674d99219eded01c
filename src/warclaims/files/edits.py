"""Track what a command has read while it holds the lock of a corpus."""

from __future__ import annotations

import os
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b, file_digest
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeAlias

    Data: TypeAlias = bytes | bytearray
    Content: TypeAlias = bytes | Path


@dataclass
class CorpusEdit:
    """A read–change–write of the corpus at ``root``, a path without links.

    ``seen`` are the digests of the files read or written so far, by the path that :func:`place_of`
    gives; ``None`` for those that were removed.
    """

    root: Path
    seen: dict[Path, str | None] = field(default_factory=dict)


CURRENT: ContextVar[tuple[CorpusEdit, ...]] = ContextVar("CURRENT", default=())
"""The current edits in this thread, outermost first."""


def place_of(path: Path) -> Path:
    """``path`` without links to folders; a file that is a link stays one."""
    return Path(os.path.realpath(path.parent), path.name)


def edit_of(places: Iterable[Path]) -> CorpusEdit | None:
    """The current edit of the corpus that holds any of ``places``, if there is one."""
    wanted = list(places)
    for edit in reversed(CURRENT.get()):
        if any(place.is_relative_to(edit.root) for place in wanted):
            return edit
    return None


def remember(path: Path, data: Data) -> None:
    """Remember the content of a file when it was first read under a lock."""
    for edit in CURRENT.get():
        edit.seen.setdefault(place_of(path), digest(data))


def digest(data: Data | FileIO) -> str:
    """A hash by which a changed file is detected, of its content or of the open file."""
    if isinstance(data, bytes | bytearray):
        return blake2b(data, digest_size=16).hexdigest()
    return file_digest(data, partial(blake2b, digest_size=16)).hexdigest()


def digest_of(content: Content) -> str:
    """The hash of what is to be written."""
    if isinstance(content, bytes):
        return digest(content)
    with FileIO(content) as file:
        return digest(file)
