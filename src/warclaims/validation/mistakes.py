"""The mistakes that rules declare: edits of a small corpus, each found by one rule.

A mistake maps places to new values. A place is a file, or a file, ``#`` and a JSON Pointer. Without
a file it is in :data:`ONE`. A last step ``-``, or the index after the last item, appends.
"""

from __future__ import annotations

from typing import Any, NamedTuple

ONE = "annotations/gold/one.json"
"""The annotations in which most mistakes are made."""

GONE = object()
"""The new value of a place that is removed."""

Mistake = dict[str, Any]


class SpanOf:
    """The span of some words of the document's text: the first after ``after``."""

    def __init__(self, *fragments: str, after: str = "") -> None:
        self.fragments = fragments
        self.after = after


class CopyOf:
    """A copy of the file, or of the record at the pointer, with other values in ``fields``."""

    def __init__(self, original: str, /, **fields: Any) -> None:
        self.original = original
        self.fields = fields


class ReplacedBytes(NamedTuple):
    """Bytes of a file that are replaced."""

    old: bytes
    new: bytes


class RenamedFile(NamedTuple):
    """The new name of a file."""

    file: str
