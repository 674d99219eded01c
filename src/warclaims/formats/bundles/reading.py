"""Read bundles as annotated texts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from warclaims.corpus import parse
from warclaims.corpus.shards.reading import BUNDLE_ENDINGS
from warclaims.errors import InvalidFile
from warclaims.formats.annotated_text import annotated_text
from warclaims.formats.files_of_format import files_of_format
from warclaims.formats.lines import numbered_records
from warclaims.records import Bundle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from warclaims.formats.annotated_text import AnnotatedText
    from warclaims.formats.problems import FormatProblems


def read_documents(path: Path, problems: FormatProblems) -> Iterator[AnnotatedText]:
    """The documents in a file of bundles, or in all of a folder, one at a time."""
    for file in files_of_format(path, problems, *BUNDLE_ENDINGS):
        for number, data in numbered_records(file, problems):
            try:
                bundle = parse(data, Bundle, str(file))
            except InvalidFile as error:
                for one in error.findings:
                    problems.add(str(file), number, "X201", f"{one.pointer} {one.message}".strip())
            else:
                yield replace(annotated_text(bundle), file=str(file), line=number)
