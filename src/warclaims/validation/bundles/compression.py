"""Compressed streams, read piece by piece; what is broken or a bomb ends in a finding."""

from __future__ import annotations

import io
import sys
from functools import partial
from typing import IO, TYPE_CHECKING, Any

from warclaims.files.limits import FREE_EXPANSION, ITEM_COST, MAX_RATIO
from warclaims.validation.bundles.blocks import PIECE

if TYPE_CHECKING:
    from collections.abc import Iterator

_INPUT = 2**16
"""Compressed bytes that are read at once."""

GZIP = b"\x1f\x8b"
ZSTD = b"\x28\xb5\x2f\xfd"
_SKIPPABLE = b"\x2a\x4d\x18"
"""A frame of zstd to be passed over begins with one of sixteen bytes and these three."""


class Broken(Exception):
    """What comes next cannot be read: ``code`` of the rule and the message of the finding."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message


def compression(head: bytes) -> str | None:
    """``gzip`` or ``zstd`` by the first bytes, whatever the name; null for anything else."""
    if head.startswith(GZIP):
        return "gzip"
    if head.startswith(ZSTD) or (head[1:4] == _SKIPPABLE and 0x50 <= head[0] <= 0x5F):
        return "zstd"
    return None


class Counted(io.RawIOBase):
    """A binary stream to be read once, which counts what was read of it."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__()
        self._read = getattr(stream, "read1", stream.read)  # what is there, without waiting
        self.count = 0

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read the next bytes into ``buffer``; how many, 0 at the end."""
        data = self._read(len(buffer))
        buffer[: len(data)] = data
        self.count += len(data)
        return len(data)


class Expansion:
    """How far the compressed data of one run has expanded; all its files count together.

    A line or row, and a finding in one, counts as at least ``ITEM_COST`` bytes: a few bytes can
    hold millions of lines, and each of them can be wrong in many ways.
    """

    def __init__(self) -> None:
        self._packed = 0
        self._size = 0

    def add(self, kind: str, *, packed: int = 0, size: int = 0, items: int = 0) -> None:
        """Count ``packed`` bytes of ``kind`` data, and ``size`` bytes and ``items`` out of them.

        Raises:
            Broken: the content is too large for the compressed data.
        """
        self._packed += packed
        self._size += size + ITEM_COST * items
        if self._size > FREE_EXPANSION and self._size > MAX_RATIO * self._packed:
            message = (
                f"{self._packed:,} bytes of {kind} data give {self._size:,} bytes or more (each "
                f"line or finding counts as {ITEM_COST:,}): above {MAX_RATIO:,} for one"
            )
            raise Broken("F111", message)


def pieces(
    stream: Counted, kind: str | None, expansion: Expansion | None = None
) -> Iterator[bytes]:
    """What ``stream`` holds, decompressed if it is of a ``kind``.

    Raises:
        Broken: the data is cut off or damaged, or expands too far.
    """
    if kind is None:
        while piece := stream.read(PIECE):
            yield piece
        return
    expansion = expansion or Expansion()
    held = bytearray()
    packed = 0
    try:
        for piece in _decompressed(stream, kind):
            more, packed = stream.count - packed, stream.count
            expansion.add(kind, packed=more, size=len(piece), items=piece.count(b"\n"))
            held += piece
            if len(held) >= PIECE:
                yield bytes(held)
                held.clear()
    except Broken:
        yield bytes(held)  # what came before is checked
        raise
    if held:
        yield bytes(held)


def _decompressed(stream: Counted, kind: str) -> Iterator[bytes]:
    """What ``stream`` holds, as soon as it has been decompressed, of one member after the other.

    Raises:
        Broken: the data is cut off or damaged.
    """
    decompressor, damage = _decompressors(kind)
    data = stream.read(_INPUT)
    while data:
        member = decompressor()
        while not member.eof:
            if member.needs_input and not data:
                data = stream.read(_INPUT)
                if not data:
                    raise Broken("F110", f"the {kind} data ends before its end")
            try:
                piece = member.decompress(data, PIECE)
            except damage as error:
                raise Broken("F110", f"the {kind} data is damaged: {error}") from None
            data = b""
            if piece:
                yield piece
        data = member.unused_data
        while not (data := data.lstrip(b"\0")):  # which fills up blocks of tapes
            data = stream.read(_INPUT)
            if not data:
                return


def _decompressors(kind: str) -> tuple[Any, tuple[type[Exception], ...]]:
    """What makes a decompressor of one member, and the errors that it raises."""
    if kind == "gzip":
        from isal import igzip_lib

        gzip: Any = igzip_lib
        member = partial(gzip.IgzipDecompressor, flag=gzip.DECOMP_GZIP)
        return member, (gzip.error, OSError, ValueError)
    zstd = zstd_module()
    return zstd.ZstdDecompressor, (zstd.ZstdError, OSError, ValueError)


def zstd_module() -> Any:
    """The module for zstd: of the standard library since Python 3.14, else its backport."""
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return zstd
