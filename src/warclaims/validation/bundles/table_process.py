"""Read the bundles of a Parquet table in a process with little memory.

The lengths that a Parquet file states for its pages are what its reader allocates, and pages expand
without limit. So :mod:`.table` runs this file as a program: standard input is the table, standard
output gets one message per row, and the system refuses memory beyond :data:`ROOM`.

A message is a byte that says what it is, a length of 8 bytes (little-endian), and its content:
``R`` a row, ``L`` a row that is too long (the length is its own, without content), ``M`` too little
memory, ``E`` another error, ``.`` the end. This file imports nothing of ``warclaims``, which takes
longer to load than the table takes to read.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Any

ROOM = 160 * 2**20
"""Bytes that reading may take beyond what the program takes itself: pages of up to 100 MB, as some
writers make them."""

BUFFER = 2**20
"""Bytes of a column that are read at once."""

MAX_ITEMS = 100_000
"""Columns, row groups and items of any other list in the footer."""


def main(column: str, longest: int) -> None:
    """Write the rows of ``column``; of those of more than ``longest`` bytes only the length."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = sys.stdout.buffer

    def say(kind: bytes, content: bytes = b"", length: int | None = None) -> None:
        size = len(content) if length is None else length
        out.write(kind + size.to_bytes(8, "little"))
        out.write(content)

    _limit_memory(ROOM)
    try:
        table = pq.ParquetFile(
            sys.stdin.buffer,
            buffer_size=BUFFER,
            pre_buffer=False,
            thrift_string_size_limit=longest,
            thrift_container_size_limit=MAX_ITEMS,
        )
        if trouble := _trouble(table, column, pa):
            say(b"E", trouble.encode())
            return
        for batch in table.iter_batches(1, columns=[column], use_threads=False):
            for value in batch.column(0):
                buffer = value.as_buffer()
                if buffer is None:
                    say(b"R", b"null")
                elif buffer.size > longest:
                    say(b"L", length=buffer.size)
                else:
                    say(b"R", buffer)
        say(b".")
    except MemoryError:
        say(b"M")
    except (pa.ArrowException, OSError, ValueError) as error:
        said = str(error).splitlines()[0] if str(error) else type(error).__name__
        say(b"E", f"cannot be read as Parquet: {said}".encode())


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


def _trouble(table: Any, column: str, pa: Any) -> str | None:
    """Why the table has no bundles; `None` if it has."""
    schema = table.schema_arrow
    if column not in schema.names:
        return f"has no column {column!r}; there are: {', '.join(schema.names[:20])}"
    kind = schema.field(column).type
    if not any(test(kind) for test in (pa.types.is_string, pa.types.is_large_string)) and not any(
        test(kind) for test in (pa.types.is_binary, pa.types.is_large_binary)
    ):
        return f"the column {column!r} holds {kind}, not JSON text"
    return None


if __name__ == "__main__":
    with suppress(BrokenPipeError):
        main(sys.argv[1], int(sys.argv[2]))
        sys.stdout.flush()
    os._exit(0)  # whoever reads may be gone: nothing is left to say
