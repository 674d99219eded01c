"""Files of bundles, in every form in which they may be given."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any

from sizes import share
from warclaims.corpus.shards.reading import zstd_module

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path


def _table(path: Path, lines: list[bytes]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"bundle": [line.decode() for line in lines]}), path)


FORMS: dict[str, Callable[[Path, list[bytes]], object]] = {
    "a.jsonl": lambda path, lines: path.write_bytes(b"".join(lines)),
    "a.ndjson": lambda path, lines: path.write_bytes(b"".join(lines).rstrip()),
    "crlf.jsonl": lambda path, lines: path.write_bytes(
        b"".join(lines).replace(b"\n", b"\r\n") + b"\r\n"
    ),
    "a.jsonl.gz": lambda path, lines: path.write_bytes(gzip.compress(b"".join(lines))),
    "members.gz": lambda path, lines: path.write_bytes(b"".join(map(gzip.compress, lines))),
    "named-otherwise.txt": lambda path, lines: path.write_bytes(gzip.compress(b"".join(lines))),
    "no-name": lambda path, lines: path.write_bytes(b"".join(lines)),
    "a.jsonl.zst": lambda path, lines: path.write_bytes(zstd_module().compress(b"".join(lines))),
    "frames.zst": lambda path, lines: path.write_bytes(
        b"".join(map(zstd_module().compress, lines))
    ),
    "a.parquet": _table,
    "table": _table,
}
"""Name of a file → what writes lines into it."""


def alone_and_with_two(cases: Iterable[Any]) -> list[tuple[Any, int]]:
    """Each case with one process; all of them, or in the sample some, also with two."""
    every = list(cases)
    return [*((case, 1) for case in every), *((case, 2) for case in share(every, 0))]
