"""Write documents with texts and annotations as one file of bundles."""

from __future__ import annotations

import json
from contextlib import nullcontext
from gzip import GzipFile
from itertools import count, islice
from typing import IO, TYPE_CHECKING, Any

from warclaims.corpus.canonical import to_plain
from warclaims.corpus.shards.reading import JSON_LINES, ZSTD, zstd_module
from warclaims.corpus.shards.table import COLUMN
from warclaims.errors import WarclaimsError
from warclaims.files import replacing
from warclaims.output import echo_data

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from warclaims.corpus import Corpus
    from warclaims.records import Bundle

_ENDINGS = (
    *(f"{lines}{packed}" for lines in JSON_LINES for packed in ("", ".gz", *ZSTD)),
    ".parquet",
)
"""How the name of a file may end."""

_ROW_GROUP = 256
"""Bundles in a row group of a table."""


def bundle_line(bundle: Bundle) -> bytes:
    """``bundle`` as a line of JSON Lines: equal bundles give equal bytes."""
    plain = json.dumps(to_plain(bundle), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return plain.encode() + b"\n"


def export_file(bundles: Iterable[Bundle], _corpus: Corpus, path: Path | None) -> int:
    """Write ``bundles``; return their number.

    The name of ``path`` decides the form: ``.jsonl``, with ``.gz`` or ``.zst`` after it, or
    ``.parquet``. The file is written whole or not at all. ``None`` is standard output, not
    compressed.

    Raises:
        WarclaimsError: the name of the file has another ending.
        OSError: the file cannot be written; it is as it was.
    """
    if path is not None and not path.name.lower().endswith(_ENDINGS):
        raise WarclaimsError(
            f"{path} does not say how to write bundles. Its name must end in one of "
            f"{', '.join(_ENDINGS)}"
        )
    number = count()
    lines = (bundle_line(bundle) for bundle, _ in zip(bundles, number, strict=False))
    if path is None:
        for line in lines:
            echo_data(line)
    else:
        with replacing(path) as file:
            _write(lines, path.name.lower(), file)
    return next(number)


def _write(lines: Iterator[bytes], name: str, file: IO[bytes]) -> None:
    """Write ``lines`` to ``file`` in the form that its ``name`` asks for."""
    if name.endswith(".parquet"):
        _write_table(lines, file)
        return
    packed: Any = nullcontext(file)
    if name.endswith(".gz"):
        packed = GzipFile("", "wb", fileobj=file, mtime=0)
    elif name.endswith(ZSTD):
        packed = zstd_module().ZstdFile(file, "wb")
    with packed as out:
        out.writelines(lines)


def _write_table(lines: Iterator[bytes], file: IO[bytes]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([pa.field(COLUMN, pa.string(), nullable=False)])
    with pq.ParquetWriter(file, schema, compression="zstd") as table:
        while group := [line.decode().rstrip("\n") for line in islice(lines, _ROW_GROUP)]:
            table.write_table(pa.table({COLUMN: group}, schema))
