"""Read files of JSON Lines or tables of bundles line by line, also compressed ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.corpus.shards.reading import (
    ExpansionLimit,
    UnreadableBundles,
    open_stream,
)
from warclaims.corpus.shards.table import read_bundles

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from warclaims.formats.problems import FormatProblems

_COMPRESSED = ("", ".gz", ".zst")


def also_compressed(*endings: str) -> tuple[str, ...]:
    """``endings`` of names, each with those of compressed files, too.

    >>> also_compressed(".jsonl")
    ('.jsonl', '.jsonl.gz', '.jsonl.zst')
    """
    return tuple(f"{ending}{packed}" for ending in endings for packed in _COMPRESSED)


def numbered_records(path: Path, problems: FormatProblems) -> Iterator[tuple[int, bytes]]:
    """The lines of the file at ``path`` with their numbers, or the rows of a table of bundles.

    Empty lines are left out. What cannot be read is added to ``problems``.
    """
    try:
        stream = open_stream(path, str(path))
        with stream.reader:
            for number, data in read_bundles(stream, ExpansionLimit()):
                if isinstance(data, int):
                    message = f"is too large: {data:,} bytes"
                    problems.add(str(path), number, "X201", message)
                elif data.strip():
                    yield number or 1, data
    except UnreadableBundles as error:
        problems.add(str(path), None, "X101", error.message)
