"""Find documents and texts that occur twice in the bundles of one run."""

from __future__ import annotations

import sqlite3
from hashlib import blake2b
from typing import Annotated, NamedTuple

import msgspec

from warclaims.errors import WarclaimsError
from warclaims.findings import Finding, Related
from warclaims.records.base import ID_PATTERN

CACHE = 32 * 2**10
"""KiB of the database that are kept in memory; the rest is in a temporary file."""


class Identity(NamedTuple):
    """The id of the document of a bundle and the SHA-256 of its text, at a ``line``."""

    line: int | None
    id: str
    sha256: str


class _Document(msgspec.Struct):
    id: Annotated[str, msgspec.Meta(pattern=ID_PATTERN.removesuffix("$") + r"\Z")]
    sha256: Annotated[str, msgspec.Meta(max_length=64)]


class _Bundle(msgspec.Struct):
    document: _Document


_decode = msgspec.json.Decoder(_Bundle).decode


def identity(data: bytes, line: int | None) -> Identity | None:
    """The identity of the bundle in ``data``; `None` if it has none that can be read."""
    try:
        document = _decode(data).document
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return Identity(line, document.id, document.sha256)


class SeenDocuments:
    """The documents of one run.

    They are kept in a temporary database, of which no more than :data:`CACHE` is in memory: about
    150 bytes on disk per document. The system removes it, however the process ends.
    """

    def __init__(self) -> None:
        self._files: list[str] = []
        self._base = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        for statement in (
            "PRAGMA journal_mode = OFF",
            "PRAGMA synchronous = OFF",
            f"PRAGMA cache_size = -{CACHE}",
            "CREATE TABLE seen (key BLOB PRIMARY KEY, file INT, line INT, id TEXT, sha256 TEXT)"
            " WITHOUT ROWID",
            "BEGIN",
        ):
            self._base.execute(statement)

    def note(self, file: str, found: Identity) -> Finding | None:
        """Add a document of ``file``; the finding if it, or its text, was there before.

        Raises:
            WarclaimsError: the temporary database cannot be written.
        """
        try:
            return self._note(file, found)
        except sqlite3.Error as error:
            raise WarclaimsError(
                f"the documents cannot be compared with each other: {error}. Is there room in the "
                "folder for temporary files?"
            ) from error

    def _note(self, file: str, found: Identity) -> Finding | None:
        first = self._first(b"id", found.id, file, found)
        same_text = self._first(b"text", found.sha256, file, found)
        if first is not None:
            what = "" if first.sha256 == found.sha256 else ", with another text"
            code, pointer = "F114", "/document/id"
            message = f"document {found.id!r} is already in {_place(first)}{what}"
        elif same_text is not None:
            first = same_text
            code, pointer = "W615", "/document/sha256"
            message = f"has the text of document {first.id!r} in {_place(first)}"
        else:
            return None
        return Finding(
            *(file, pointer, code, message, found.id),
            line=found.line or 1,
            related=_related(first, pointer),
        )

    def _first(self, kind: bytes, key: str, file: str, found: Identity) -> _Seen | None:
        """The document that had the key before; `None` if this is the first."""
        if not self._files or self._files[-1] != file:
            self._files.append(file)
        digest = blake2b(kind + key.encode(), digest_size=16).digest()
        number = len(self._files) - 1
        row = (digest, number, found.line, found.id, found.sha256)
        added = self._base.execute("INSERT OR IGNORE INTO seen VALUES (?, ?, ?, ?, ?)", row)
        if added.rowcount:
            return None
        query = "SELECT file, line, id, sha256 FROM seen WHERE key = ?"
        (number, *rest) = self._base.execute(query, (digest,)).fetchone()
        return _Seen(self._files[number], *rest)


class _Seen(NamedTuple):
    file: str
    line: int | None
    id: str
    sha256: str


def _place(seen: _Seen) -> str:
    return seen.file if seen.line is None else f"{seen.file}:{seen.line}"


def _related(first: _Seen, pointer: str) -> tuple[Related]:
    line = f" in line {first.line}" if first.line else ""
    return (Related(first.file, pointer, f"the first{line}"),)
