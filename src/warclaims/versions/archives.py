"""Unpack the texts, annotations and schemas of a corpus in a wheel, zip or tar, or nothing.

An archive can come from anywhere, so names that lead elsewhere, links, more than :data:`LIMIT`
bytes, very many or very long names, and headers that fill the memory are refused. The filters of
``tarfile`` are not enough: they know neither limits nor wheels nor revisions of git.
"""

from __future__ import annotations

import gzip
import tarfile
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Any, BinaryIO, NamedTuple

from warclaims.errors import WarclaimsError
from warclaims.files import open_file
from warclaims.files.limits import MAX_FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

KEPT = ("seeds", "annotations", "schema")
"""The folders by which versions are compared: everything else is made from them."""

LIMIT = 256 << 20
"""Most bytes of texts and annotations that are unpacked; a file counts as a block at least."""

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
"""The start of each entry in the list of a zip."""

_INDEX = ("seeds", "index.json")
_TARS = (".tar", ".tar.gz", ".tgz")
_ZIPS = (".whl", ".zip")
_BLOCK = 512
_BROKEN = (
    *(OSError, EOFError, ValueError, RuntimeError, NotImplementedError),
    *(tarfile.TarError, zipfile.BadZipFile, zlib.error),
)
"""What the readers of archives raise for broken, encrypted or unknown contents."""


class ArchiveMember(NamedTuple):
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
        WarclaimsError: it is broken, has no corpus, or what it holds is not safe to unpack.
    """
    try:
        with open_file(path) as file:
            if path.name.lower().endswith(_TARS):
                is_compressed = file.read(len(_GZIP)) == _GZIP
                file.seek(0)
                content: Any = _BoundedTar(gzip.GzipFile(fileobj=file) if is_compressed else file)
                with tarfile.open(fileobj=content, mode="r:") as tar:
                    write_members(_in_tar(tar), target, str(path))
            else:
                _require_few(_number_of_entries(file))
                with zipfile.ZipFile(file) as archive:
                    write_members(_in_zip(archive), target, str(path))
    except _BROKEN as error:
        what = error or type(error).__name__
        raise WarclaimsError(f"{path} cannot be unpacked: {what}") from None


class _BoundedTar:
    """The bytes of a tar, of which no more than the limits are read."""

    def __init__(self, content: BinaryIO | gzip.GzipFile) -> None:
        self._content = content
        self.tell = content.tell

    def seek(self, offset: int) -> int:
        if offset > MAX_CONTENT + _PIECE:
            raise tarfile.ReadError(f"it holds more than {MAX_CONTENT >> 20} MiB")
        return self._content.seek(offset)

    def read(self, size: int) -> bytes:
        if not 0 <= size <= _PIECE:
            raise tarfile.ReadError("it has a header of more than 1 MiB")
        return self._content.read(size)


def _number_of_entries(file: BinaryIO) -> int:
    """At least as many entries as a zip has, counted without reading all of them into memory."""
    count, last = 0, b""
    while piece := file.read(_PIECE):
        count += (last + piece).count(_ENTRY)
        last = piece[-len(_ENTRY) + 1 :]
    file.seek(0)
    return count


def _require_few(count: int) -> None:
    if count > MAX_MEMBERS:
        raise tarfile.ReadError(f"it holds more than {MAX_MEMBERS:,} files")


def _in_zip(archive: zipfile.ZipFile) -> Iterator[ArchiveMember]:
    for info in archive.infolist():
        if not info.is_dir():
            # The upper half holds the mode of Unix: 0o12 in its first digits is a link.
            is_link = info.external_attr >> 28 == 0o12

            def read(info: zipfile.ZipInfo = info) -> bytes:
                if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                    raise zipfile.BadZipFile(
                        f"{info.filename} is compressed in a way that is not supported"
                    )
                return _content(archive.open(info), info.filename, info.file_size)

            yield ArchiveMember(PurePosixPath(info.filename), is_link, info.file_size, read)


def _in_tar(archive: tarfile.TarFile) -> Iterator[ArchiveMember]:
    for count, info in enumerate(archive, 1):
        _require_few(count)
        if not info.isdir():

            def read(info: tarfile.TarInfo = info) -> bytes:
                return _content(archive.extractfile(info), info.name, info.size)

            yield ArchiveMember(PurePosixPath(info.name), not info.isreg(), info.size, read)
    # A header after the first that is cut off or broken ends the reading without an error; a whole
    # archive ends in a block of zeros.
    file: Any = archive.fileobj
    file.seek(archive.offset)
    if file.read(_BLOCK) != bytes(_BLOCK):
        raise tarfile.ReadError("it breaks off")


def _content(file: IO[bytes] | None, name: str, size: int) -> bytes:
    """The content of a member, read in pieces: a reader that is asked for all expands it all."""
    data = bytearray()
    while file is not None and len(data) <= size and (piece := file.read(_PIECE)):
        data += piece
    if len(data) != size:
        raise tarfile.ReadError(f"{name} breaks off")
    return bytes(data)


def write_members(found: Iterator[ArchiveMember], target: Path, name: str) -> None:
    """Put the corpus among members into the folder ``target``; ``name`` is what holds them.

    Raises:
        WarclaimsError: there is none, or what it holds is not safe to unpack.
    """
    members = list(found)
    if any(len(str(member.path)) > MAX_NAME for member in members):
        raise WarclaimsError(f"{name} holds a file whose name has more than {MAX_NAME} characters")
    root = _root_of(members, name)
    kept: dict[PurePosixPath, ArchiveMember] = {}
    for member in members:
        path = PurePosixPath(*member.path.parts[len(root) :])
        if member.path.parts[: len(root)] != root or path.parts[:1] not in {(one,) for one in KEPT}:
            continue
        if member.is_link:
            raise WarclaimsError(f"{name} holds {member.path}, which is a link and no file")
        if any(part == ".." or set(part) & set(":\\\0") for part in path.parts):
            raise WarclaimsError(f"{name} holds {member.path}, which leads out of its folder")
        if path in kept:
            raise WarclaimsError(f"{name} holds {member.path} twice")
        if member.size > MAX_FILE:
            raise WarclaimsError(f"{name} holds {member.path}, of more than {MAX_FILE >> 20} MiB")
        kept[path] = member
    if sum(max(member.size, _BLOCK) for member in kept.values()) > LIMIT:
        raise WarclaimsError(f"{name} holds more than {LIMIT >> 20} MiB of texts and annotations")
    for path, member in kept.items():
        file = target.joinpath(*path.parts)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(member.read())


def _root_of(members: list[ArchiveMember], name: str) -> tuple[str, ...]:
    """The corpus in an archive: at its top, or where a wheel or source archive has it."""
    paths = [member.path.parts for member in members]
    roots = {parts[:-2] for parts in paths if parts[-2:] == _INDEX}
    annotated = {
        parts[:place]
        for parts in paths
        for place, part in enumerate(parts)
        if part == "annotations" and parts[:place] in roots
    }
    if not annotated:
        raise WarclaimsError(f"{name} has no corpus: there is no seeds/index.json in it")
    return min(annotated, key=lambda root: (len(root), root))
