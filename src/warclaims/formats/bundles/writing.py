"""Write documents with texts and annotations as one file of bundles, or as several shards."""

from __future__ import annotations

import json
import re
from contextlib import nullcontext
from gzip import GzipFile
from itertools import count, islice
from typing import IO, TYPE_CHECKING, Any

from warclaims.corpus.canonical import to_plain
from warclaims.corpus.shards.keys import document_key
from warclaims.corpus.shards.reading import BUNDLE_ENDINGS, ZSTD, zstd_module
from warclaims.corpus.shards.shard import Shard
from warclaims.corpus.shards.typed import bundle_rows, bundle_schema
from warclaims.errors import InvalidFile, WarclaimsError
from warclaims.files import is_there, replacing
from warclaims.output import echo_data

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from warclaims.corpus import Corpus
    from warclaims.findings import Finding
    from warclaims.records import Bundle

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
    number = count()
    counted = (bundle for bundle, _ in zip(bundles, number, strict=False))
    if path is None:
        for bundle in counted:
            echo_data(bundle_line(bundle))
    else:
        _ending(path)
        with replacing(path) as file:
            _write(counted, path.name.lower(), file)
    return next(number)


def export_shards(
    ids: Sequence[str],
    bundles: Callable[[Sequence[str]], Iterable[Bundle]],
    path: Path,
    size: int,
    *,
    overwrite: bool = False,
    resume: bool = False,
) -> Iterator[tuple[Path, int]]:
    """Write shards of ``size`` documents, each whole or not at all: yields each and its documents.

    Args:
        ids: The documents in their order.
        bundles: Returns the documents of some of the ids.
        path: ``DIR/NAME.ENDING`` gives ``DIR/NAME-00001-of-00012.ENDING`` and so on, in the form
            that :func:`export_file` writes.
        size: Documents per shard.
        overwrite: Replace the shards of an earlier export.
        resume: Keep shards that have their documents, as an interrupted export left them.

    Raises:
        WarclaimsError: the ending is another, or there are shards of this name.
        InvalidFile: annotations have errors; all of them, after the other shards are written.
        OSError: a shard cannot be written; those before it are there.
    """
    ending = _ending(path)
    groups = [ids[start : start + size] for start in range(0, len(ids), size)]
    stem, end = path.name[: -len(ending)], path.name[-len(ending) :]
    shards = [
        path.with_name(f"{stem}-{number:05}-of-{len(groups):05}{end}")
        for number in range(1, len(groups) + 1)
    ]
    others = _others(path, stem, end, shards if overwrite or resume else ())
    if others and not overwrite:
        raise WarclaimsError(
            f"{others[0]} is of another export. Replace all its shards with --overwrite, name "
            "another place with --out, or continue an interrupted export with the same "
            "--shard-size and --resume"
        )
    wrong: list[Finding] = []
    for shard, some in zip(shards, groups, strict=True):
        if not (resume and _has_documents(shard, some)):
            try:
                with replacing(shard) as file:
                    _write(iter(bundles(some)), ending, file)
            except InvalidFile as error:
                wrong += error.findings
                continue
        yield shard, len(some)
    if wrong:
        raise InvalidFile(wrong)
    for one in others:
        one.unlink()


def _others(path: Path, stem: str, end: str, shards: Sequence[Path]) -> list[Path]:
    """Files with the names of shards of an export to ``path`` that are not those of this one."""
    numbered = re.compile(rf"{re.escape(stem)}-\d{{5,}}-of-\d{{5,}}{re.escape(end)}")
    found = sorted(path.parent.iterdir()) if is_there(path.parent) else []
    return [one for one in found if numbered.fullmatch(one.name) and one not in shards]


def _ending(path: Path) -> str:
    """The ending of the name of a file of bundles, in lower case.

    Raises:
        WarclaimsError: it says no form.
    """
    for ending in sorted(BUNDLE_ENDINGS, key=len, reverse=True):
        if path.name.lower().endswith(ending):
            return ending
    raise WarclaimsError(
        f"{path} does not say how to write bundles. Its name must end in one of "
        f"{', '.join(BUNDLE_ENDINGS)}"
    )


def _has_documents(shard: Path, ids: Sequence[str]) -> bool:
    """True if ``shard`` is whole and has these documents."""
    if not is_there(shard):
        return False
    try:
        keys = [document_key(data) for _, data in Shard(shard.name, shard).rows()]
    except InvalidFile:
        return False
    return [key and key.id for key in keys] == list(ids)


def _write(bundles: Iterator[Bundle], name: str, file: IO[bytes]) -> None:
    """Write ``bundles`` to ``file`` in the form that its ``name`` asks for."""
    if name.endswith(".parquet"):
        _write_table(bundles, file)
        return
    packed: Any = nullcontext(file)
    if name.endswith(".gz"):
        packed = GzipFile("", "wb", fileobj=file, mtime=0)
    elif name.endswith(ZSTD):
        packed = zstd_module().ZstdFile(file, "wb")
    with packed as out:
        out.writelines(map(bundle_line, bundles))


def _write_table(bundles: Iterator[Bundle], file: IO[bytes]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = bundle_schema()
    with pq.ParquetWriter(file, schema, compression="zstd") as table:
        while rows := list(bundle_rows(islice(bundles, _ROW_GROUP))):
            table.write_table(pa.Table.from_pylist(rows, schema))
