"""Count the values in JSON without parsing it."""

from __future__ import annotations

import re

from warclaims.errors import invalid
from warclaims.files.limits import MANY_VALUES, MAX_VALUES

STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"?+', re.DOTALL)
"""A JSON string. One without an end goes on to the end of the data, so a search is linear."""


def require_few_values(data: bytes, file: str) -> None:
    """Refuse JSON with so many values that reporting its errors would take all memory.

    Raises:
        InvalidFile: more values than the limit.
    """
    if len(data) <= 2 * MAX_VALUES or _marks(data) <= MAX_VALUES:  # a value takes two bytes
        return
    values = _marks(STRING.sub(b"", data))
    if values > MAX_VALUES:
        message = f"has about {values:,} values; more than {MAX_VALUES:,} are not read"
        raise invalid(file, "F107", message)


def is_large(data: bytes) -> bool:
    """True for JSON with so many values that one error per value would take much memory."""
    return len(data) > 2 * MANY_VALUES and _marks(data) > MANY_VALUES


def _marks(data: bytes) -> int:
    return data.count(b",") + data.count(b"[") + data.count(b"{")
