"""The corpus in a wheel, zip or tar unpacked: just its texts and annotations, whole or not at all.

An archive can come from anywhere, so names that lead elsewhere, links and more than :data:`LIMIT`
bytes are refused.
"""

from __future__ import annotations

import lzma
import tarfile
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from warclaims.errors import WarclaimsError
from warclaims.files import open_file

if TYPE_CHECKING:
    from collections.abc import Callable

KEPT = ("seeds", "annotations")
"""The folders that a version is compared by: everything else is made from them."""

LIMIT = 256 << 20
"""Bytes of texts and annotations that are unpacked at most; a file counts as a block at least."""

_INDEX = PurePosixPath("seeds/index.json")
_TARS = (".tar", ".tar.gz", ".tgz")
_ZIPS = (".whl", ".zip")
_BLOCK = 512
_BROKEN = (
    *(OSError, EOFError, ValueError, RuntimeError, NotImplementedError),
    *(tarfile.TarError, zipfile.BadZipFile, zlib.error, lzma.LZMAError),
)
"""What the readers of archives raise for broken, encrypted or unknown contents."""


class _Member(NamedTuple):
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
                unpack_tar(file, target, str(path))
                return
            with zipfile.ZipFile(file) as archive:
                _write(_in_zip(archive), target, str(path))
    except _BROKEN as error:
        raise _broken(str(path), error) from None


def unpack_tar(file: BinaryIO, target: Path, name: str) -> None:
    """The same from an open tar, plain or compressed; ``name`` is for what goes wrong."""
    try:
        with tarfile.open(fileobj=file) as archive:
            _write(_in_tar(archive), target, name)
    except _BROKEN as error:
        raise _broken(name, error) from None


def _broken(name: str, error: Exception) -> WarclaimsError:
    return WarclaimsError(f"{name} cannot be unpacked: {error or type(error).__name__}")


def _in_zip(archive: zipfile.ZipFile) -> list[_Member]:
    return [
        _Member(
            PurePosixPath(info.filename),
            # The upper half holds the mode of Unix: 0o12 in its first digits is a link.
            info.external_attr >> 28 == 0o12,
            info.file_size,
            lambda info=info: archive.read(info),  # type: ignore[misc]
        )
        for info in archive.infolist()
        if not info.is_dir()
    ]


def _in_tar(archive: tarfile.TarFile) -> list[_Member]:
    members = [
        _Member(
            PurePosixPath(info.name),
            not info.isreg(),
            info.size,
            lambda info=info: _content(archive, info),  # type: ignore[misc]
        )
        for info in archive
        if not info.isdir()
    ]
    # Reading ends without a word where a header after the first is cut off or broken; a whole
    # archive ends in a block of zeros.
    assert archive.fileobj is not None
    archive.fileobj.seek(archive.offset)
    if archive.fileobj.read(_BLOCK) != bytes(_BLOCK):
        raise tarfile.ReadError("it breaks off")
    return members


def _content(archive: tarfile.TarFile, info: tarfile.TarInfo) -> bytes:
    file = archive.extractfile(info)
    data = file.read() if file is not None else b""
    if len(data) != info.size:
        raise tarfile.ReadError(f"{info.name} breaks off")
    return data


def _write(members: list[_Member], target: Path, name: str) -> None:
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
    for path, member in kept.items():
        file = target.joinpath(*path.parts)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(member.read())


def _root_of(members: list[_Member], name: str) -> PurePosixPath:
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
