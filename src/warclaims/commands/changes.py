"""Changes of records as lines for people."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.labelstudio import ImportedDocument

SIGNS = {"added": "+", "removed": "-"}
"""The sign of a change; any other is ``~``."""

_LONGEST = 160


def lines_of_change(imported: ImportedDocument) -> Iterator[str]:
    """What changed in a document: a line per record, and one per field of it."""
    from warclaims.corpus.canonical import to_plain

    changes = list(imported.changes())
    for change in changes:
        record = to_plain(change.record)
        span = shown_value(record.get("content", record.get("span")))
        yield f"{SIGNS.get(change.kind, '~')} {change.layer} {record['id']} {span}"
        for field in change.fields:
            both = (one.model_dump(mode="json") for one in (change.before, change.after) if one)
            yield f"    {field}: {' → '.join(shown_value(one[field]) for one in both)}"
    if not changes:
        yield "the same records, in another order"


def shown_value(value: Any) -> str:
    """A plain value in a line: a span by its offsets and words, anything else as JSON."""
    if isinstance(value, list) and value and isinstance(value[0], dict) and "text" in value[0]:
        words = " … ".join(fragment["text"] for fragment in value)
        return f"{value[0]['start']}–{value[-1]['end']} “{words}”"
    words = json.dumps(value, ensure_ascii=False)
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
