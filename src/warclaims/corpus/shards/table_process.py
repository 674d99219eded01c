"""Read the bundles of a Parquet table in a process with limited memory.

A Parquet file states the lengths of its pages, the reader allocates that much, and pages expand
without limit. So :mod:`.table` runs this file as a program: standard input is the table, standard
output gets one message per row, and the system refuses memory beyond :data:`ROOM`.

The first byte of a message says what follows: ``R`` a row, ``L`` the size of a row that is too
long, ``M`` nothing (too little memory), ``E`` an error in words, ``.`` nothing (the end). This file
imports nothing of ``warclaims``, which takes longer to load than the table takes to read.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

ROOM = 160 * 2**20
"""Bytes that reading may take beyond what the program takes itself: pages of up to 100 MB, as some
writers make them."""

MAX_ITEMS = 100_000
"""Columns, row groups and items of any other list in the footer."""


def main(column: str, longest: int) -> None:
    """Send the rows of ``column``; of those of more than ``longest`` bytes only the size."""
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
        for batch in table.iter_batches(1, columns=[column], use_threads=False):
            for value in batch.column(0):
                buffer = value.as_buffer()
                if buffer is not None and buffer.size > longest:
                    out.send_bytes(b"L%d" % buffer.size)
                else:
                    out.send_bytes(b"R" + (b"null" if buffer is None else buffer))
        out.send_bytes(b".")
    except MemoryError:
        out.send_bytes(b"M")
    except (pa.ArrowException, OSError, ValueError) as error:
        said = str(error).splitlines()[0] if str(error) else type(error).__name__
        out.send_bytes(f"Ecannot be read as Parquet: {said}".encode())


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
        return f"has no column {column!r}; there are: {', '.join(schema.names[:20])}"
    kind = str(schema.field(column).type)
    if kind not in ("string", "large_string", "binary", "large_binary"):
        return f"the column {column!r} holds {kind}, not JSON text"
    return None


if __name__ == "__main__":
    with suppress(BrokenPipeError):
        main(sys.argv[1], int(sys.argv[2]))
    os._exit(0)  # skip flushing: the reader may be gone
