"""The corpus in a wheel, zip or tar unpacked: texts, annotations and schemas, whole or not at all.

An archive can come from anywhere, so names that lead elsewhere, links, more than :data:`LIMIT`
bytes, very many or very long names, and headers that fill the memory are refused.
"""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, BinaryIO, NamedTuple

from warclaims.errors import WarclaimsError
from warclaims.files import open_file
from warclaims.files.limits import MAX_FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

KEPT = ("seeds", "annotations", "schema")
"""The folders that a version is compared by: everything else is made from them."""

LIMIT = 256 << 20
"""Bytes of texts and annotations that are unpacked at most; a file counts as a block at least."""

MAX_CONTENT = 4 * LIMIT
"""Bytes of a whole tar, decompressed."""

MAX_MEMBERS = 50_000
"""Files and folders in an archive."""

MAX_NAME = 4096
"""Characters of a name."""

_PIECE = 1 << 20
"""Bytes that are read at once; a longer header is refused."""

_GZIP = b"\x1f\x8b"
_ENTRY = b"PK\x01\x02"
"""How each entry in the list of a zip begins."""

_INDEX = PurePosixPath("seeds/index.json")
_TARS = (".tar", ".tar.gz", ".tgz")
_ZIPS = (".whl", ".zip")
_BLOCK = 512
_BROKEN = (
    *(OSError, EOFError, ValueError, RuntimeError, NotImplementedError),
    *(tarfile.TarError, zipfile.BadZipFile, zlib.error),
)
"""What the readers of archives raise for broken, encrypted or unknown contents."""


class Member(NamedTuple):
    """A file in an archive or in a revision of git."""

    path: PurePosixPath
    is_link: bool
    size: int
    read: Callable[[], bytes]


def is_archive(path: Path) -> bool:
    """True if the name is that of a wheel or archive."""
    return path.name.lower().endswith((*_TARS, *_ZIPS))


def unpack(path: Path, target: Path) -> None:
    """Put ``seeds`` and ``annotations`` of a wheel or archive into the folder ``target``.

    Raises:
        WarclaimsError: it is broken, holds no corpus, or what it holds is not safe to unpack.
    """
    try:
        with open_file(path) as file:
            if path.name.lower().endswith(_TARS):
                _unpack_tar(file, target, str(path))
                return
            _count_entries(file)
            with zipfile.ZipFile(file) as archive:
                write_members(_in_zip(archive), target, str(path))
    except _BROKEN as error:
        raise _broken(str(path), error) from None


def _unpack_tar(file: BinaryIO, target: Path, name: str) -> None:
    """The same from an open tar, plain or compressed; ``name`` is for what goes wrong."""
    try:
        head = file.read(len(_GZIP))
        file.seek(0)
        content = gzip.GzipFile(fileobj=file) if head == _GZIP else file
        with tarfile.open(fileobj=_Bounded(content), mode="r:") as archive:
            write_members(_in_tar(archive), target, name)
    except _BROKEN as error:
        raise _broken(name, error) from None


def _broken(name: str, error: Exception) -> WarclaimsError:
    return WarclaimsError(f"{name} cannot be unpacked: {error or type(error).__name__}")


class _Bounded(io.RawIOBase):
    """The bytes of a tar, of which no more than the limits are read."""

    def __init__(self, content: BinaryIO | gzip.GzipFile) -> None:
        super().__init__()
        self._content = content

    def tell(self) -> int:
        return self._content.tell()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._require(offset)
        return self._content.seek(offset, whence)

    def read(self, size: int | None = -1) -> bytes:
        if size is None or not 0 <= size <= _PIECE:
            raise tarfile.ReadError("it has a header of more than 1 MiB")
        self._require(self.tell() + size)
        return self._content.read(size)

    def _require(self, end: int) -> None:
        if end > MAX_CONTENT + _PIECE:
            raise tarfile.ReadError(f"it holds more than {MAX_CONTENT >> 20} MiB")


def _count_entries(file: BinaryIO) -> None:
    """Raise if a zip has too many entries, before all of them are read into memory."""
    count, last = 0, b""
    while piece := file.read(_PIECE):
        count += (last + piece).count(_ENTRY)
        last = piece[-len(_ENTRY) + 1 :]
    _require_few(count)
    file.seek(0)


def _require_few(count: int) -> None:
    if count > MAX_MEMBERS:
        raise tarfile.ReadError(f"it holds more than {MAX_MEMBERS:,} files")


def _in_zip(archive: zipfile.ZipFile) -> list[Member]:
    return [
        Member(
            PurePosixPath(info.filename),
            # The upper half holds the mode of Unix: 0o12 in its first digits is a link.
            info.external_attr >> 28 == 0o12,
            info.file_size,
            lambda info=info: _unzipped(archive, info),  # type: ignore[misc]
        )
        for info in archive.infolist()
        if not info.is_dir()
    ]


def _unzipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise zipfile.BadZipFile(f"{info.filename} is compressed in a way that is not supported")
    with archive.open(info) as file:
        return _whole(file, info.filename, info.file_size)


def _whole(file: IO[bytes], name: str, size: int) -> bytes:
    """The content of a member, read in pieces: a reader that is asked for all expands it all."""
    data = bytearray()
    while len(data) <= size and (piece := file.read(_PIECE)):
        data += piece
    if len(data) != size:
        raise tarfile.ReadError(f"{name} breaks off")
    return bytes(data)


def _in_tar(archive: tarfile.TarFile) -> list[Member]:
    members = [
        Member(
            PurePosixPath(info.name),
            not info.isreg(),
            info.size,
            lambda info=info: _content(archive, info),  # type: ignore[misc]
        )
        for info in _few(archive)
        if not info.isdir()
    ]
    # Reading ends without a word where a header after the first is cut off or broken; a whole
    # archive ends in a block of zeros.
    assert archive.fileobj is not None
    archive.fileobj.seek(archive.offset)
    if archive.fileobj.read(_BLOCK) != bytes(_BLOCK):
        raise tarfile.ReadError("it breaks off")
    return members


def _few(archive: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    for count, info in enumerate(archive, 1):
        _require_few(count)
        yield info


def _content(archive: tarfile.TarFile, info: tarfile.TarInfo) -> bytes:
    file = archive.extractfile(info)
    return _whole(file, info.name, info.size) if file is not None else b""


def write_members(members: list[Member], target: Path, name: str) -> None:
    """Put the corpus among ``members`` into the folder ``target``; ``name`` is what holds them.

    Raises:
        WarclaimsError: there is none, or what it holds is not safe to unpack.
    """
    if any(len(str(member.path)) > MAX_NAME for member in members):
        raise WarclaimsError(f"{name} holds a file whose name has more than {MAX_NAME} characters")
    root = _root_of(members, name)
    kept = {}
    for member in members:
        path = _inside(member.path, root)
        if path is None:
            continue
        if member.is_link:
            raise WarclaimsError(f"{name} holds {member.path}, which is a link and no file")
        if any(part == ".." or set(part) & set(":\\\0") for part in path.parts):
            raise WarclaimsError(f"{name} holds {member.path}, which leads out of its folder")
        if path in kept:
            raise WarclaimsError(f"{name} holds {member.path} twice")
        kept[path] = member
    if sum(max(member.size, _BLOCK) for member in kept.values()) > LIMIT:
        raise WarclaimsError(f"{name} holds more than {LIMIT >> 20} MiB of texts and annotations")
    for member in kept.values():
        if member.size > MAX_FILE:
            raise WarclaimsError(f"{name} holds {member.path}, of more than {MAX_FILE >> 20} MiB")
    for path, member in kept.items():
        file = target.joinpath(*path.parts)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(member.read())


def _root_of(members: list[Member], name: str) -> PurePosixPath:
    """The corpus in an archive: at its top, or where a wheel or source archive has it."""
    roots = {
        member.path.parents[1]
        for member in members
        if PurePosixPath(*member.path.parts[-2:]) == _INDEX
    }
    annotated = {
        PurePosixPath(*member.path.parts[:place])
        for member in members
        for place, part in enumerate(member.path.parts)
        if part == "annotations"
    }
    found = sorted(roots & annotated, key=lambda root: (len(root.parts), root))
    if not found:
        raise WarclaimsError(f"{name} holds no corpus: there is no seeds/index.json in it")
    return found[0]


def _inside(path: PurePosixPath, root: PurePosixPath) -> PurePosixPath | None:
    """The path from ``root`` if it is in one of the folders that are kept."""
    if not path.is_relative_to(root):
        return None
    inside = path.relative_to(root)
    return inside if inside.parts and inside.parts[0] in KEPT else None
