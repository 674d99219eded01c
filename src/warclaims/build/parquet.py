"""Rows as a Parquet file with the columns and types of a table."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from warclaims.build.features import as_features

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

BATCH_ROWS = 2000
"""Rows held in memory at once while a table is written."""


def write_rows(
    target: Path | IO[bytes], columns: dict[str, Any], rows: Iterable[dict[str, Any]]
) -> int:
    """Write ``rows`` with the features that ``columns`` gives by name; how many there were."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    features = as_features(columns)
    schema = features.arrow_schema
    count = 0
    with pq.ParquetWriter(target, schema) as writer:
        batch: list[dict[str, Any]] = []
        for row in rows:
            batch.append(features.encode_example(row))
            count += 1
            if len(batch) == BATCH_ROWS:
                writer.write_table(pa.Table.from_pylist(batch, schema=schema))
                batch.clear()
        if batch or not count:
            writer.write_table(pa.Table.from_pylist(batch, schema=schema))
    return count
