"""Shards: where they are, local or at an address, and the bundles in them."""

from __future__ import annotations

import re
import shutil
from contextlib import closing, contextmanager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from warclaims.corpus.directory import file_hash
from warclaims.corpus.shards.reading import (
    ExpansionLimit,
    UnreadableBundles,
    open_stream,
)
from warclaims.corpus.shards.table import read_bundles
from warclaims.errors import InvalidFile
from warclaims.files import workspace
from warclaims.files.limits import MAX_BUNDLE, MIB
from warclaims.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from warclaims.layout import Layout

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
"""How an address begins; anything else is a path."""

_WILD = re.compile(r"[*?\[]")


@dataclass(frozen=True)
class Shard:
    """A file of bundles.

    Attributes:
        name: What findings call it: its path in the corpus directory, or its address.
        path: Where it is, if it is a local file.
        version: Of a remote file, what changes when it is replaced: its size and time.
    """

    name: str
    path: Path | None
    version: str = ""

    @contextmanager
    def local(self) -> Iterator[Path]:
        """The file; one at an address is copied and the copy removed at the end.

        Raises:
            InvalidFile: the address cannot be read.
        """
        if self.path is not None:
            yield self.path
            return
        with workspace() as folder:
            copy = folder / self.name.rpartition("/")[2]
            _copy(self.name, copy)
            yield copy

    def hash(self) -> str:
        """What changes when the content does: the SHA-256; of a remote file size and time."""
        return self.version if self.path is None else file_hash(self.path)

    def rows(self) -> Generator[tuple[int, bytes]]:
        """The number and the JSON of each bundle, from 1; empty lines are left out.

        Raises:
            InvalidFile: the file, or a bundle, cannot be read.
        """
        number = 0
        try:
            with self.local() as path, closing(open_stream(path, self.name)) as stream:
                for line, data in read_bundles(stream, ExpansionLimit()):
                    if isinstance(data, int):
                        limit = f"more than {MAX_BUNDLE // MIB} MiB are not read"
                        raise UnreadableBundles("F107", f"has {data:,} bytes; {limit}")
                    number = line or 1
                    if data and not data.isspace():
                        yield number, data
        except UnreadableBundles as error:
            raise InvalidFile([error.finding(self.name, number + 1)]) from None


def find_shards(patterns: Iterable[str], layout: Layout) -> list[Shard]:
    """The shards that ``patterns`` name, in the order of the patterns and then by name, each once.

    A pattern is a path from the corpus directory, or an address that the file systems of pyarrow
    open, in which ``*`` stands for any characters.

    Raises:
        InvalidFile: a pattern matches no file, or an address cannot be opened.
    """
    found: dict[str, Shard] = {}
    for pattern in patterns:
        some = _at_address(pattern) if _ADDRESS.match(pattern) else _in_folder(pattern, layout)
        if not some:
            file = layout.relative(layout.description)
            raise InvalidFile([Finding(file, "/shards", "F100", f"no file matches {pattern!r}")])
        found |= {shard.name: shard for shard in some}
    return list(found.values())


def _in_folder(pattern: str, layout: Layout) -> list[Shard]:
    anchor = Path(pattern).anchor
    folder = Path(anchor) if anchor else layout.root
    places = folder.glob(pattern.removeprefix(anchor))
    files = sorted(path for path in places if path.is_file())
    return [Shard(layout.relative(path), path) for path in files]


def _at_address(pattern: str) -> list[Shard]:
    import pyarrow as pa
    from pyarrow import fs

    wild = _WILD.search(pattern)
    folder = pattern[: pattern.rindex("/", 0, wild.start())] if wild else pattern
    try:
        system, place = fs.FileSystem.from_uri(folder)
        wanted = fs.FileSelector(place, recursive=True) if wild else [place]
        files = [one for one in system.get_file_info(wanted) if one.type == fs.FileType.File]
    except (pa.ArrowException, OSError, ValueError) as error:
        raise _not_read(pattern, error) from None
    named = {folder + one.path.removeprefix(place): one for one in files}
    return [
        Shard(name, None, f"{one.size} bytes of {one.mtime_ns}")
        for name, one in sorted(named.items())
        if fnmatchcase(name, pattern)
    ]


def _copy(address: str, path: Path) -> None:
    import pyarrow as pa
    from pyarrow import fs

    try:
        system, place = fs.FileSystem.from_uri(address)
        with system.open_input_stream(place, compression=None) as source, path.open("wb") as copy:
            shutil.copyfileobj(source, copy, MIB)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise _not_read(address, error) from None


def _not_read(address: str, error: Exception) -> InvalidFile:
    message = f"cannot be read: {str(error).splitlines()[0]}"
    return InvalidFile([Finding(address, "", "F100", message)])
