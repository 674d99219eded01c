"""The id and the hash of a document, read from its bundle without the rest."""

from __future__ import annotations

from typing import Annotated

import msgspec

from warclaims.records.base import ID_PATTERN


class DocumentKey(msgspec.Struct, frozen=True):
    """The id of a document and the SHA-256 of its text."""

    id: Annotated[str, msgspec.Meta(pattern=ID_PATTERN.removesuffix("$") + r"\Z")]
    sha256: Annotated[str, msgspec.Meta(max_length=64)]


class _BundleWithKey(msgspec.Struct):
    document: DocumentKey


_decode = msgspec.json.Decoder(_BundleWithKey).decode


def document_key(data: bytes) -> DocumentKey | None:
    """The id and the hash of the document of the bundle in ``data``; ``None`` if unreadable."""
    try:
        return _decode(data).document
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
