"""Read bundles as annotated texts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from warclaims.corpus import parse
from warclaims.errors import InvalidFile
from warclaims.formats.annotated_text import annotated_text
from warclaims.formats.lines import numbered_records
from warclaims.records import Bundle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from warclaims.formats.annotated_text import AnnotatedText
    from warclaims.formats.problems import FormatProblems


def read_documents(path: Path, problems: FormatProblems) -> Iterator[AnnotatedText]:
    """The documents in a file of bundles, one at a time."""
    for number, data in numbered_records(path, problems):
        try:
            bundle = parse(data, Bundle, str(path))
        except InvalidFile as error:
            for one in error.findings:
                problems.add(str(path), number, "X201", f"{one.pointer} {one.message}".strip())
        else:
            yield replace(annotated_text(bundle), file=str(path), line=number)
