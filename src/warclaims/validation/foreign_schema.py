"""Check JSON and JSON Lines files against any JSON Schema."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from warclaims.corpus.reading import read_json
from warclaims.corpus.schema_check import read_schema
from warclaims.errors import InvalidFile
from warclaims.files import open_file, read_file, reason
from warclaims.files.limits import MAX_BUNDLE, MAX_FILE, MIB
from warclaims.findings import Finding
from warclaims.validation.locate import Locator

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from warclaims.corpus.schema_check import JsonSchema
    from warclaims.layout import Layout

LINES = (".jsonl", ".ndjson")
"""Name endings of files with one JSON value per line."""


def validate_against(schema: Path, paths: Iterable[Path], layout: Layout) -> Iterator[Finding]:
    """The findings in any JSON files at ``paths`` that do not match the JSON Schema ``schema``.

    Raises:
        WarclaimsError: the schema cannot be used.
    """
    judge = read_schema(schema)
    judge.require_keywords()
    for path in paths:
        name = layout.relative(path)
        try:
            if path.suffix in LINES:
                yield from _lines(judge, path, name)
            else:
                yield from _checked(judge, read_file(path, MAX_FILE), name, 1)
        except OSError as error:
            yield Finding(name, "", "F100", f"cannot be read: {reason(error)}")


def _lines(judge: JsonSchema, path: Path, name: str) -> Iterator[Finding]:
    with io.BufferedReader(open_file(path)) as stream:
        lines = iter(lambda: stream.readline(MAX_BUNDLE + 1), b"")
        for number, line in enumerate(lines, 1):
            if len(line) > MAX_BUNDLE:
                message = f"has a line of more than {MAX_BUNDLE // MIB} MiB; the rest is not read"
                yield Finding(name, "", "F107", message, line=number)
                return
            if line.strip():
                yield from _checked(judge, line.rstrip(b"\r\n"), name, number)


def _checked(judge: JsonSchema, data: bytes, name: str, line: int) -> Iterator[Finding]:
    """The findings in one JSON value, which starts in ``line``."""
    try:
        found = judge.findings(read_json(data, name), name)
    except InvalidFile as error:
        found = list(error.findings)
    except RecursionError:
        found = [Finding(name, "", "F107", "is nested too deeply to be checked")]
    locator = Locator(data)
    yield from (locator.placed(finding, line) for finding in found)
