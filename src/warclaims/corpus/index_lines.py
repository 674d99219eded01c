"""The index of seeds as lines, one per document: adding some leaves the others as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from warclaims.corpus.canonical import canonical_bytes
from warclaims.corpus.reading import parse
from warclaims.corpus.schema_check import schema_of
from warclaims.records import DocumentIndex
from warclaims.records.base import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warclaims.records import Document

_OPEN, _NEXT, _CLOSE = b'\n "documents": [\n  ', b",\n  ", b"\n ]"
"""What is before, between and after documents in the canonical form."""


class IndexLines:
    """The lines of an index. Records of 10,000 documents would take seconds to make.

    >>> index = IndexLines(b'{"schema_version": "2.0", "documents": []}', "index.json")
    >>> index.with_documents(())
    b'{\\n "schema_version": "2.0",\\n "documents": []\\n}\\n'

    Attributes:
        ids: The ids of the documents.
        same_text: The id of each document by the SHA-256 of its text.

    Raises:
        InvalidFile: the index is not valid; ``file`` names it.
    """

    def __init__(self, data: bytes, file: str) -> None:
        keys = _keys(data)
        if keys is None:
            data = canonical_bytes(parse(data, DocumentIndex, file))
            keys = _keys(data) or []
        self._data = data
        self.ids = [name for name, _ in keys]
        self.same_text = {sha256: name for name, sha256 in keys}

    def with_documents(self, documents: Sequence[Document]) -> bytes:
        """The index with more documents, all in the order of their ids."""
        if not documents:
            return self._data
        made = DocumentIndex(schema_version=SCHEMA_VERSION, documents=tuple(documents))
        before, lines, after = _parts(self._data, is_empty=not self.ids)
        new = _parts(canonical_bytes(made))[1]
        named = dict(zip([*self.ids, *(one.id for one in documents)], [*lines, *new], strict=True))
        return before + _OPEN + _NEXT.join(named[name] for name in sorted(named)) + _CLOSE + after


def _keys(data: bytes) -> list[tuple[str, str]] | None:
    """Id and hash of each document of an index; ``None`` if it is not canonical, or has errors."""
    try:
        index = msgspec.json.decode(data)
    except (ValueError, RecursionError):
        return None
    if not schema_of(DocumentIndex).is_valid(index):
        return None
    before, lines, after = _parts(data, is_empty=not index["documents"])
    is_canonical = before and after and all(line.startswith(b'{"id": "') for line in lines)
    if not is_canonical or len(lines) != len(index["documents"]):
        return None
    return [(one["id"], one["sha256"]) for one in index["documents"]]


def _parts(data: bytes, *, is_empty: bool = False) -> tuple[bytes, list[bytes], bytes]:
    """What is before the documents, their lines, and what is after them."""
    opening, closing = (b'\n "documents": [', b"]") if is_empty else (_OPEN, _CLOSE)
    before, _, rest = data.partition(opening)
    lines, _, after = rest.partition(closing)
    return before, [] if is_empty else lines.split(_NEXT), after
