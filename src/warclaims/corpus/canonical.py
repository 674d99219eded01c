"""The one canonical form of files.

Keys are in the order of the models, one record per line, without fields at their default: a diff
shows what an annotator changed, and equal content means equal bytes.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel

from warclaims.records.fields import defaults, field_order


def canonical_bytes(record: BaseModel) -> bytes:
    """The canonical JSON of a file's record, ending in a newline.

    A list of records has one record per line.
    """
    lines: list[bytes] = []
    _write(to_plain(record), lines, indent=0, depth=2)
    return b"".join(lines) + b"\n"


def to_plain(record: BaseModel) -> dict[str, Any]:
    """``record`` as dictionaries and lists in the order of files, without fields at default."""
    model = type(record)
    optional = defaults(model)
    plain: dict[str, Any] = {}
    for name in field_order(model):
        value = getattr(record, name)
        if name not in optional or value != optional[name]:
            plain[name] = _plain_value(value)
    return plain


def _plain_value(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return to_plain(value)
    if isinstance(value, tuple):
        return [_plain_value(item) for item in value]
    return value


def _write(value: Any, out: list[bytes], *, indent: int, depth: int) -> None:
    expandable = isinstance(value, dict) or (
        isinstance(value, list) and any(isinstance(item, dict) for item in value)
    )
    if depth == 0 or not expandable or not value:
        out.append(_one_line(value))
        return
    inner = b"\n" + b" " * (indent + 1)
    opening, closing = (b"{", b"}") if isinstance(value, dict) else (b"[", b"]")
    out.append(opening)
    items = value.items() if isinstance(value, dict) else ((None, item) for item in value)
    for position, (key, item) in enumerate(items):
        out.append((b"," if position else b"") + inner)
        if key is not None:
            out.append(_one_line(key) + b": ")
        _write(item, out, indent=indent + 1, depth=depth - 1)
    out.append(b"\n" + b" " * indent + closing)


def _one_line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
