"""Bundles in a Parquet table: one per row, as JSON text in the column ``bundle``."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import IO, TYPE_CHECKING

from warclaims.files.limits import MAX_BUNDLE, MIB
from warclaims.validation.bundles import table_process
from warclaims.validation.bundles.blocks import TooLong
from warclaims.validation.bundles.compression import Broken, Expansion
from warclaims.validation.bundles.jobs import Rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.validation.bundles.sources import Source

COLUMN = "bundle"
"""The column that holds the bundles."""

KIND = "Parquet"
"""What messages call such data."""

TOGETHER = 16
"""Rows that are handed on at once."""


def rows(source: Source, expansion: Expansion) -> Iterator[Rows]:
    """The rows of the table, some at a time.

    They are read by a process of its own (:mod:`.table_process`), so that a file that makes the
    reader allocate without limit ends that process and not this one.

    Raises:
        Broken: the file is damaged, is a pipe, has no column of bundles, or expands too far.
    """
    if source.path is None:
        message = "is a Parquet table, which cannot be read from a pipe: name the file instead of -"
        raise Broken("F112", message)
    expansion.add(KIND, packed=source.size or 0)
    command = [sys.executable, "-P", table_process.__file__, COLUMN, str(MAX_BUNDLE)]
    process = subprocess.Popen(
        command,
        stdin=source.stream,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "ARROW_DEFAULT_MEMORY_POOL": "system", "OMP_NUM_THREADS": "1"},
    )
    assert process.stdout is not None
    try:
        yield from _grouped(_messages(process.stdout, expansion))
    finally:
        process.kill()
        process.stdout.close()
        process.wait()


def _grouped(found: Iterator[bytes | TooLong]) -> Iterator[Rows]:
    """Rows in groups; those before an error are handed on first."""
    held: list[bytes | TooLong] = []
    try:
        for row in found:
            held.append(row)
            if len(held) == TOGETHER:
                yield Rows(held)
                held = []
    except Broken:
        yield Rows(held)
        raise
    if held:
        yield Rows(held)


def _messages(stream: IO[bytes], expansion: Expansion) -> Iterator[bytes | TooLong]:
    while True:
        head = stream.read(9)
        kind, size = head[:1], int.from_bytes(head[1:], "little")
        if kind == b"L":
            expansion.add(KIND, size=size, items=1)
            yield TooLong(size)
            continue
        if kind == b"R":
            expansion.add(KIND, size=size, items=1)
            content = stream.read(size)
            if len(content) == size:
                yield content
                continue
        if kind == b".":
            return
        if kind == b"E":
            raise Broken("F112", stream.read(size).decode(errors="replace"))
        if kind == b"M":
            message = f"a page of the table takes more than {table_process.ROOM // MIB} MiB to read"
            raise Broken("F111", message)
        raise Broken("F112", "cannot be read as Parquet: the process that read it was ended")
