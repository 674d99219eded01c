"""Explain why data cannot be read as JSON."""

from __future__ import annotations

import json
import re

from warclaims.errors import InvalidFile
from warclaims.files.limits import MANY_VALUES, MAX_VALUES
from warclaims.findings import Finding

_WORDS = ("true", "false", "null", "-")

STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"?+', re.DOTALL)
"""A JSON string. One without an end goes on to the end of the data, so a search is linear."""


def broken_grammar(error: json.JSONDecodeError) -> str:
    """What is wrong with a text that is not JSON; if that is not certain, what the parser says.

    >>> try:
    ...     _ = json.loads('{"a": [1, ]}')
    ... except json.JSONDecodeError as error:
    ...     print(broken_grammar(error))
    is not JSON: one comma too many
    """
    text = error.doc
    before, rest = text[: error.pos].rstrip(), text[error.pos :].strip()
    if not text.strip():
        return "is empty" + (": it has only white space" if text else "")
    if error.msg.startswith("Unterminated string"):
        return (
            "ends in the middle of the string that begins here: it is cut off, was not saved "
            "whole, or a quotation mark is missing"
        )
    if not rest or rest in _prefixes():
        return "ends in the middle: it is cut off, or was not saved whole"
    if _has_comma_too_many(before, rest):
        return "is not JSON: one comma too many"
    return f"is not JSON: {error.msg[0].lower()}{error.msg[1:]}"


def _prefixes() -> set[str]:
    return {word[:length] for word in _WORDS for length in range(1, len(word) + 1)}


def _has_comma_too_many(before: str, rest: str) -> bool:
    if rest.startswith(","):
        return before[-1:] in "[{," or rest[1:].lstrip()[:1] in ("]", "}")
    return before.endswith(",") and rest[0] in "]}"


def wide_encoding(data: bytes) -> str | None:
    """The message for data that is UTF-16 or UTF-32; ``None`` for other data.

    >>> wide_encoding("{}".encode("utf-16"))
    'is UTF-16, not UTF-8'
    >>> wide_encoding(b"{}")
    """
    name = json.detect_encoding(data[:4])
    return None if name.startswith("utf-8") else f"is {name[:6].upper()}, not UTF-8"


def invalid(
    file: str, code: str, message: str, line: int | None = None, column: int = 1
) -> InvalidFile:
    """The error for a file with one thing wrong, at ``line`` and ``column`` if they are known."""
    at = None if line is None else column
    return InvalidFile([Finding(file, "", code, message, line=line, column=at)])


def require_few_values(data: bytes, file: str) -> None:
    """Refuse JSON with so many values that reporting its errors would take all memory.

    Raises:
        InvalidFile: more values than the limit.
    """
    if (values := many_values(data)) is not None:
        message = f"has about {values:,} values; more than {MAX_VALUES:,} are not read"
        raise invalid(file, "F107", message)


def many_values(data: bytes) -> int | None:
    """About how many values JSON has, if they are more than the limit."""
    if len(data) <= 2 * MAX_VALUES or _marks(data) <= MAX_VALUES:  # a value takes two bytes
        return None
    values = _marks(STRING.sub(b"", data))
    return values if values > MAX_VALUES else None


def is_large(data: bytes) -> bool:
    """True for JSON with so many values that one error per value would take much memory."""
    return len(data) > 2 * MANY_VALUES and _marks(data) > MANY_VALUES


def _marks(data: bytes) -> int:
    return data.count(b",") + data.count(b"[") + data.count(b"{")
