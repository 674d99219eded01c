"""Bundles in a Parquet table: one a row, as JSON text in the column ``bundle``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from warclaims.files.limits import MAX_BUNDLE, MIB
from warclaims.validation.bundles.blocks import TooLong
from warclaims.validation.bundles.compression import Broken
from warclaims.validation.bundles.jobs import Rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.validation.bundles.sources import Source

COLUMN = "bundle"
"""The column that holds the bundles."""

BATCH_ROWS = 16
"""Rows that are decoded at once."""

BUFFER = MIB
"""Bytes of a column that are read at once."""


def rows(source: Source) -> Iterator[Rows]:
    """The rows of the table, some at a time; never a row group as a whole.

    Raises:
        Broken: the file is damaged, is a pipe, or has no column of bundles.
    """
    if source.path is None:
        message = "is a Parquet table, which cannot be read from a pipe: name the file instead of -"
        raise Broken("F112", message)
    import pyarrow as pa
    import pyarrow.parquet as pq

    damage = (pa.ArrowException, OSError, ValueError, MemoryError)
    try:
        table = pq.ParquetFile(source.stream, buffer_size=BUFFER, pre_buffer=False)
        _require_column(table, pa)
        batches = table.iter_batches(BATCH_ROWS, columns=[COLUMN], use_threads=False)
        for batch in batches:
            column = batch.column(0)
            yield Rows([_row(column[at]) for at in range(len(column))])
    except damage as error:
        said = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise Broken("F112", f"cannot be read as Parquet: {said}") from None


def _require_column(table: Any, pa: Any) -> None:
    schema = table.schema_arrow
    if COLUMN not in schema.names:
        there = ", ".join(schema.names[:20])
        raise Broken("F112", f"has no column {COLUMN!r}; there are: {there}")
    kind = schema.field(COLUMN).type
    texts = (pa.types.is_string, pa.types.is_large_string, pa.types.is_binary)
    if not any(test(kind) for test in texts):
        raise Broken("F112", f"the column {COLUMN!r} holds {kind}, not JSON text")


def _row(value: Any) -> bytes | TooLong:
    buffer = value.as_buffer()
    if buffer is None:
        return b"null"
    return TooLong(buffer.size) if buffer.size > MAX_BUNDLE else bytes(buffer)
