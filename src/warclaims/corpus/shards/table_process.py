"""Read the bundles of a Parquet table in a process with limited memory.

A row has the JSON of a bundle in one column, or the bundle itself as typed columns (:mod:`.typed`).

A Parquet file states the lengths of its pages, the reader allocates that much, and pages expand
without limit. So :mod:`.table` runs this file as a program: standard input is the table, standard
output gets one message per row, and the system refuses memory beyond :data:`ROOM`.

The first byte of a message says what follows: ``R`` a row, ``L`` the size of a row that is too
long, ``M`` nothing (too little memory), ``E`` an error in words, ``.`` nothing (the end). This file
imports nothing of ``warclaims``, which takes longer to load than the table takes to read.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

ROOM = 160 * 2**20
"""Bytes that reading may take beyond what the program takes itself: pages of up to 100 MB, as some
writers make them."""

MAX_ITEMS = 100_000
"""Columns, row groups and items of any other list in the footer."""


TYPED = ("document", "text", "annotations")
"""The columns of a table of typed bundles: the fields that every bundle has."""


def main(column: str, longest: int, *open_fields: str) -> None:
    """Send the rows as JSON; of those of more than ``longest`` bytes only the size.

    The JSON is in ``column``, or made of typed columns, in which ``open_fields`` are JSON text.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = Connection(sys.stdout.fileno(), readable=False)
    _limit_memory(ROOM)
    try:
        table = pq.ParquetFile(
            sys.stdin.buffer,
            buffer_size=2**20,
            pre_buffer=False,
            thrift_string_size_limit=longest,
            thrift_container_size_limit=MAX_ITEMS,
        )
        if problem := trouble(table.schema_arrow, column):
            out.send_bytes(b"E" + problem.encode())
            return
        columns = [column] if column in table.schema_arrow.names else None
        for batch in table.iter_batches(1, columns=columns, use_threads=False):
            for data in json_rows(batch, column, open_fields):
                size = len(data)
                out.send_bytes(b"L%d" % size if size > longest else b"R" + data)
        out.send_bytes(b".")
    except MemoryError:
        out.send_bytes(b"M")
    except (pa.ArrowException, OSError, ValueError) as error:
        said = str(error).splitlines()[0] if str(error) else type(error).__name__
        out.send_bytes(f"Ecannot be read as Parquet: {said}".encode())


def json_rows(
    table: Any, column: str, open_fields: Collection[str]
) -> Iterator[bytes | memoryview]:
    """The bundles in a table or a batch of one as JSON; see :func:`main` for the arguments."""
    if column in table.schema.names:
        for value in table.column(column):
            buffer = value.as_buffer()
            yield b"null" if buffer is None else memoryview(buffer)
        return
    for row in table.to_pylist():
        whole = _with_open_fields(row, open_fields)
        yield json.dumps(whole, ensure_ascii=False, default=str).encode()


def _with_open_fields(value: Any, names: Collection[str]) -> Any:
    """A typed value in which the fields of these names are what their JSON text says."""
    if isinstance(value, list):
        return [_with_open_fields(one, names) for one in value]
    if not isinstance(value, dict):
        return value
    made = {}
    for name, one in value.items():
        if name not in names:
            made[name] = _with_open_fields(one, names)
        elif one:
            try:
                made[name] = json.loads(one)
            except (ValueError, TypeError, RecursionError):
                made[name] = one  # what is wrong is reported at its place in the bundle
    return made


def _limit_memory(room: int) -> None:
    """Let this process take no more than ``room`` bytes on top of what it has; on Linux only."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        number = os.open("/proc/self/statm", os.O_RDONLY)
        pages = int(os.read(number, 1000).split()[5])
        os.close(number)
        limit = pages * os.sysconf("SC_PAGE_SIZE") + room
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def trouble(schema: Any, column: str) -> str | None:
    """Why the table has no bundles; ``None`` if it has."""
    if column not in schema.names:
        if set(TYPED).issubset(schema.names):
            return None
        typed = f"{', '.join(TYPED[:-1])} and {TYPED[-1]}"
        held = ", ".join(schema.names[:20])
        return f"has no column {column!r}, and not {typed}; there are: {held}"
    kind = str(schema.field(column).type)
    if kind not in ("string", "large_string", "binary", "large_binary"):
        return f"the column {column!r} holds {kind}, not JSON text"
    return None


if __name__ == "__main__":
    with suppress(BrokenPipeError):
        main(sys.argv[1], int(sys.argv[2]), *sys.argv[3:])
    os._exit(0)  # skip flushing: the reader may be gone
