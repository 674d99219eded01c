"""What a command has read of the corpus that it holds the lock of."""

from __future__ import annotations

import os
from contextvars import ContextVar
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeAlias

    Data: TypeAlias = bytes | bytearray


@dataclass
class Edit:
    """A read–change–write of the corpus at ``root``: the digests of the files read so far."""

    root: Path
    seen: dict[Path, bytes] = field(default_factory=dict)


CURRENT: ContextVar[tuple[Edit, ...]] = ContextVar("CURRENT", default=())
"""The edits under way in this thread, outermost first."""


def absolute(path: Path) -> Path:
    """``path`` from the root of the file system, links left as they are."""
    return Path(os.path.abspath(path))  # noqa: PTH100 (Path.resolve would follow links)


def edit_of(paths: Iterable[Path]) -> Edit | None:
    """The edit under way of the corpus that holds all ``paths``, if there is one."""
    places = [absolute(path) for path in paths]
    for edit in reversed(CURRENT.get()):
        if all(place.is_relative_to(edit.root) for place in places):
            return edit
    return None


def remember(path: Path, data: Data) -> None:
    """Note what was first read of a file in a corpus under edit."""
    if CURRENT.get() and (edit := edit_of([path])):
        edit.seen.setdefault(absolute(path), digest(data))


def digest(data: Data) -> bytes:
    """A hash that tells whether a file is still what it was."""
    return blake2b(data, digest_size=16).digest()
