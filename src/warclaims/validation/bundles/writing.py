"""Documents with texts and annotations as one file of bundles, to be checked or used elsewhere."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

from warclaims.corpus.canonical import to_plain
from warclaims.errors import InvalidFile, WarclaimsError
from warclaims.files import replacing
from warclaims.output import echo_data
from warclaims.validation.bundles.compression import zstd_module
from warclaims.validation.bundles.sources import LINES
from warclaims.validation.bundles.table import COLUMN
from warclaims.validation.run import check_annotations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from warclaims.corpus import Corpus
    from warclaims.findings import Finding
    from warclaims.records import Bundle

DEFAULT_FILE = "bundles.jsonl"
"""Where bundles are written unless told otherwise."""

_ENDINGS = (
    *(f"{lines}{packed}" for lines in LINES for packed in ("", ".gz", ".zst", ".zstd")),
    ".parquet",
)
"""How the name of a file may end."""

_ROWS = 256
"""Bundles in a row group of a table."""


def bundle_line(bundle: Bundle) -> bytes:
    """``bundle`` as a line of JSON Lines: equal bundles give equal bytes."""
    plain = json.dumps(to_plain(bundle), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return plain.encode() + b"\n"


def export_file(corpus: Corpus, set_name: str, documents: Sequence[str], path: Path | None) -> int:
    """Write the bundles of ``documents``, or all of the set, to ``path``; how many there are.

    The name says how: ``.jsonl``, with ``.gz`` or ``.zst`` after it, or ``.parquet``. The file is
    written whole or not at all. Null stands for standard output, plain.

    Raises:
        InvalidFile: annotations have errors, or a file is not valid.
        WarclaimsError: there is no such set or document, or the name of the file ends otherwise.
        OSError: the file cannot be written; it is as it was.
    """
    if path is not None and not path.name.lower().endswith(_ENDINGS):
        raise WarclaimsError(
            f"{path} does not say how bundles are to be written: its name must end in one of "
            f"{', '.join(_ENDINGS)}"
        )
    corpus.require_set(set_name)
    _require_sound(corpus, set_name, documents)
    lines = map(bundle_line, _chosen(corpus, set_name, documents))
    count = 0
    if path is None:
        for line in lines:
            count += 1
            echo_data(line)
        return count
    with replacing(path) as file, _writer(path.name.lower(), file) as write:
        for line in lines:
            write(line)
            count += 1
    return count


def _chosen(corpus: Corpus, set_name: str, documents: Sequence[str]) -> Iterator[Bundle]:
    if not documents:
        return corpus.bundles(set_name)
    return (corpus.bundle(name, set_name) for name in dict.fromkeys(documents))


def _require_sound(corpus: Corpus, set_name: str, documents: Sequence[str]) -> None:
    findings: list[Finding] = []
    for bundle in _chosen(corpus, set_name, documents):
        path = corpus.layout.annotation_file(set_name, bundle.document.id)
        found = check_annotations(
            bundle.annotations,
            bundle.document,
            bundle.text,
            corpus.registries,
            corpus.layout.relative(path),
        )
        findings += (finding for finding in found if not finding.is_warning)
    if findings:
        raise InvalidFile(sorted(findings))


@contextmanager
def _writer(name: str, file: IO[bytes]) -> Iterator[Callable[[bytes], Any]]:
    """What writes a line to ``file`` in the form that its ``name`` asks for."""
    if name.endswith(".gz"):
        from isal import igzip

        compressed: Any = igzip.IGzipFile
        with compressed(filename="", mode="wb", fileobj=file, mtime=0) as lines:
            yield lines.write
    elif name.endswith((".zst", ".zstd")):
        with zstd_module().ZstdFile(file, "wb") as lines:
            yield lines.write
    elif name.endswith(".parquet"):
        with _table(file) as write:
            yield write
    else:
        yield file.write


@contextmanager
def _table(file: IO[bytes]) -> Iterator[Callable[[bytes], Any]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([pa.field(COLUMN, pa.string(), nullable=False)])
    held: list[str] = []
    with pq.ParquetWriter(file, schema, compression="zstd") as table:

        def flush() -> None:
            table.write_table(pa.table({COLUMN: held}, schema))
            held.clear()

        def write(line: bytes) -> None:
            held.append(line.decode().rstrip("\n"))
            if len(held) == _ROWS:
                flush()

        yield write
        if held:
            flush()
