"""Make the mistakes that rules declare in a copy of the small corpus."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from corrupt import edit, replace, span

from warclaims.validation.mistakes import GONE, ONE, CopyOf, RenamedFile, ReplacedBytes, SpanOf

if TYPE_CHECKING:
    from pathlib import Path

    from warclaims.validation.mistakes import Mistake


def make_mistake(mistake: Mistake, root: Path) -> None:
    """Edit the files of the corpus at ``root``: whole files first, then the records in them."""
    inside: dict[str, dict[str, Any]] = {}
    for place, value in mistake.items():
        file, _, pointer = place.rpartition("#") if "#" in place else ("", "", place)
        if place.startswith("/") or pointer != place:
            inside.setdefault(file or ONE, {})[pointer] = value
        else:
            _change_file(root, place, value)
    for file, values in inside.items():
        content = json.loads((root / file).read_bytes())
        document = content.get("document", "")
        edit(
            root,
            file,
            {at: _resolved(value, root, document, content) for at, value in values.items()},
        )


def _change_file(root: Path, file: str, value: Any) -> None:
    if value is GONE:
        (root / file).unlink()
    elif isinstance(value, ReplacedBytes):
        replace(root, file, value.old, value.new)
    elif isinstance(value, RenamedFile):
        (root / file).rename(root / value.file)
    else:
        data = (root / value.original).read_bytes() if isinstance(value, CopyOf) else value
        (root / file).write_bytes(data)


def _resolved(value: Any, root: Path, document: str, content: Any) -> Any:
    if isinstance(value, SpanOf):
        return [span(root, document, words, value.after)[0] for words in value.fragments]
    if isinstance(value, CopyOf):
        record = content
        for step in value.original.split("/")[1:]:
            record = record[int(step)] if isinstance(record, list) else record[step]
        return record | {
            name: _resolved(field, root, document, content) for name, field in value.fields.items()
        }
    return value
