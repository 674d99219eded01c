"""Read bundles from a Parquet table: one per row, as typed columns or as JSON text."""

from __future__ import annotations

import os
import subprocess
import sys
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from warclaims.corpus.shards import table_process
from warclaims.corpus.shards.reading import PARQUET, UnreadableBundles, read_lines
from warclaims.corpus.shards.typed import open_fields
from warclaims.files.limits import MAX_BUNDLE, MIB

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.corpus.shards.reading import (
        BundleStream,
        ExpansionLimit,
        NumberedBundle,
    )

COLUMN = "bundle"
"""The column that holds bundles as JSON text."""


def read_rows(stream: BundleStream, expansion: ExpansionLimit) -> Iterator[bytes | int]:
    """The rows of a table: the JSON of a bundle, or its size if it is too large.

    Another process (:mod:`.table_process`) reads them: a file that makes the reader allocate
    without limit ends that process, not this one.

    Raises:
        UnreadableBundles: the file is damaged, comes from a pipe, has no column of bundles, or
            expands too far.
    """
    if stream.path is None:
        message = "is a Parquet table, which cannot be read from a pipe: name the file instead of -"
        raise UnreadableBundles("F112", message)
    expansion.add(PARQUET, packed=stream.path.stat().st_size)
    process = subprocess.Popen(
        [sys.executable, "-P", table_process.__file__, COLUMN, str(MAX_BUNDLE), *open_fields()],
        stdin=stream.reader,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "ARROW_DEFAULT_MEMORY_POOL": "system", "OMP_NUM_THREADS": "1"},
    )
    assert process.stdout is not None
    messages = Connection(os.dup(process.stdout.fileno()), writable=False)
    try:
        while (row := _row(messages)) is not None:
            size = row if isinstance(row, int) else len(row)
            expansion.add(PARQUET, size=size, items=1)
            yield row
    finally:
        process.kill()
        messages.close()
        process.stdout.close()
        process.wait()


def _row(messages: Connection) -> bytes | int | None:
    """The next row; ``None`` after the last one.

    Raises:
        UnreadableBundles: the process says so, or was killed.
    """
    try:
        message = messages.recv_bytes()
    except (EOFError, OSError):
        message = b"Ecannot be read as Parquet: the process that read it was killed"
    kind, content = message[:1], message[1:]
    if kind == b"M":
        room = f"{table_process.ROOM // MIB} MiB"
        raise UnreadableBundles("F111", f"a page of the table takes more than {room} to read")
    if kind == b"E":
        raise UnreadableBundles("F112", content.decode(errors="replace"))
    if kind == b"L":
        return int(content)
    return content if kind == b"R" else None


def read_bundles(
    stream: BundleStream, expansion: ExpansionLimit, line: int = 1
) -> Iterator[NumberedBundle]:
    """The bundles in ``stream``, a table or lines from number ``line`` on.

    Raises:
        UnreadableBundles: what comes next cannot be read, or expands too far.
    """
    if stream.is_table:
        return enumerate(read_rows(stream, expansion), 1)
    return read_lines(stream, expansion, line)
