"""For each code of broken or harmful input the smallest file that shows it, and its finding."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import warclaims
from warclaims.corpus.canonical import to_plain
from warclaims.files.limits import FREE_EXPANSION, MAX_BUNDLE, MAX_VALUES, MIB

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from warclaims.findings import Finding


@dataclass(frozen=True)
class Input:
    """A file made by ``make`` out of the lines of good bundles, and what is found in it.

    ``meanwhile`` is done to the file when the first of it has been checked.
    """

    code: str
    name: str
    make: Callable[[Path, list[bytes]], object]
    message: str
    line: int | None = None
    meanwhile: Callable[[Path], object] | None = None


def lines_of(mini: Path) -> list[bytes]:
    """The bundles of the small corpus, each as a line of JSON with its line break."""
    return [
        json.dumps(to_plain(bundle), ensure_ascii=False).encode() + b"\n"
        for bundle in warclaims.open(mini).bundles()
    ]


def but_twice(found: Iterable[Finding]) -> list[Finding]:
    """The findings without those of documents that a test repeats to have many."""
    return [finding for finding in found if finding.code not in ("F114", "W615")]


def _cut_gzip(path: Path, lines: list[bytes]) -> None:
    path.write_bytes(gzip.compress(b"".join(lines))[:-9])


def _bomb(path: Path, lines: list[bytes]) -> None:
    from warclaims.corpus.shards.reading import zstd_module

    with zstd_module().ZstdFile(path, "w", level=1) as file:
        file.write(lines[0])
        for _ in range(FREE_EXPANSION // MIB + 1):
            file.write(b"x" * MIB)


def _other_table(path: Path, lines: list[bytes]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"document": ["one"], "text": ["x"]}), path)


def _many_wrong(path: Path, lines: list[bytes]) -> None:
    bundle = json.loads(lines[0])
    bundle["annotations"]["actors"] = [0] * 1_005
    path.write_bytes(json.dumps(bundle).encode())


INPUTS = (
    Input(
        "F107",
        "long.jsonl",
        lambda path, lines: path.write_bytes(lines[0] + b"x" * (MAX_BUNDLE + 1) + b"\n" + lines[1]),
        "is a bundle of 16,777,217 bytes; more than 16 MiB are not read",
        line=2,
    ),
    Input(
        "F107",
        "values.jsonl",
        lambda path, lines: path.write_bytes(b"[" + b"0," * MAX_VALUES + b"0]\n" + lines[1]),
        "has about 500,001 values; more than 500,000 are not read",
        line=1,
    ),
    Input("F108", "empty.jsonl", lambda path, _: path.write_bytes(b""), "holds no bundle"),
    Input(
        "F108", "blank.ndjson", lambda path, _: path.write_bytes(b"\n \r\n\n"), "holds no bundle"
    ),
    Input(
        "F109",
        "many.jsonl",
        _many_wrong,
        "5 more findings in this file are not shown",
        line=1,
    ),
    Input("F110", "cut", _cut_gzip, "the gzip data ends before its end", line=3),
    Input(
        "F111",
        "bomb",
        _bomb,
        "bytes of zstd data expand to",
        line=2,
    ),
    Input(
        "F112",
        "other.parquet",
        _other_table,
        "has no column 'bundle', and not document, text and annotations; there are: document, text",
        line=1,
    ),
    Input(
        "F113",
        "growing.jsonl",
        lambda path, lines: path.write_bytes(b"".join(lines)),
        "was changed, replaced or removed while it was read",
        line=3,
        meanwhile=lambda path: path.write_bytes(b""),
    ),
    Input(
        "F114",
        "twice.jsonl",
        lambda path, lines: path.write_bytes(b"".join(lines) + lines[0]),
        "document 'one' is already in ",
        line=3,
    ),
)
