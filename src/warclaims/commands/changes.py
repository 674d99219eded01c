"""Changes of records as lines for people."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.labelstudio import ImportedDocument

_SIGNS = {"added": "+", "removed": "-", "changed": "~"}


def lines_of_change(imported: ImportedDocument) -> Iterator[str]:
    """What changed in a document: a line per record, and one per field of it."""
    changes = list(imported.changes())
    for change in changes:
        record: Any = change.record
        span = record.content if hasattr(record, "content") else record.span
        yield f"{_SIGNS[change.kind]} {change.layer} {record.id} {_shown(span)}"
        for field in change.fields:
            before, after = (_shown(getattr(r, field)) for r in (change.before, change.after))
            yield f"    {field}: {before} → {after}"
    if not changes:
        yield "the same records, in another order"


def _shown(value: Any) -> str:
    from warclaims.records import Fragment, span_end, span_start, span_text

    if isinstance(value, tuple) and value and isinstance(value[0], Fragment):
        return f"{span_start(value)}–{span_end(value)} “{span_text(value)}”"
    return json.dumps(value, ensure_ascii=False)
