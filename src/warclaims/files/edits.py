"""Track what a command has read of the corpus whose lock it holds."""

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
    """A read–change–write of the corpus at ``root``, a path without links.

    ``names`` are the paths that it was opened by, and ``seen`` the digests of the files read so
    far, by the path that :meth:`inside` gives.
    """

    root: Path
    names: set[Path]
    seen: dict[Path, bytes] = field(default_factory=dict)

    def inside(self, path: Path) -> Path | None:
        """``path`` below ``root``; ``None`` if it is elsewhere.

        A link within the corpus stays one: only what leads to the corpus is resolved.
        """
        here = unresolved(path)
        for name in self.names:
            if here.is_relative_to(name):
                return self.root / here.relative_to(name)
        real = Path(os.path.realpath(path.parent)) / path.name
        return real if real.is_relative_to(self.root) else None


CURRENT: ContextVar[tuple[Edit, ...]] = ContextVar("CURRENT", default=())
"""The current edits in this thread, outermost first."""


def unresolved(path: Path) -> Path:
    """``path`` from the root of the file system, with its links and ``..`` as they are."""
    return Path.cwd() / path


def edit_of(paths: Iterable[Path]) -> Edit | None:
    """The current edit of the corpus that holds all ``paths``, if there is one."""
    wanted = list(paths)
    for edit in reversed(CURRENT.get()):
        if all(edit.inside(path) is not None for path in wanted):
            return edit
    return None


def remember(path: Path, data: Data) -> None:
    """Remember the content of a file when it was first read under the lock of its corpus."""
    for edit in CURRENT.get():
        if (place := edit.inside(path)) is not None:
            edit.seen.setdefault(place, digest(data))


def digest(data: Data) -> bytes:
    """A hash by which a changed file is detected."""
    return blake2b(data, digest_size=16).digest()
