"""Find documents and texts that occur twice in the bundles of one run."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from warclaims.errors import WarclaimsError
from warclaims.files.database import run_database
from warclaims.findings import Finding, Related

if TYPE_CHECKING:
    from warclaims.corpus.shards.keys import DocumentKey

CACHE = 32 * 2**10
"""KiB of the database in memory; the rest is in a temporary file."""


class SeenDocuments:
    """The documents of one run, in a temporary database that the system removes.

    At most :data:`CACHE` KiB of it are in memory.
    """

    def __init__(self) -> None:
        self._base = run_database(
            "CREATE TABLE seen (key TEXT PRIMARY KEY, file TEXT, line INT, id TEXT, sha256 TEXT)"
            " WITHOUT ROWID",
            kibibytes=CACHE,
        )

    def note(self, file: str, line: int | None, document: DocumentKey) -> list[Finding]:
        """Add a document at ``line`` of ``file``; report it if its id or its text was seen before.

        Raises:
            WarclaimsError: the temporary database cannot be written.
        """
        try:
            same_id = self._first(f"id {document.id}", file, line, document)
            same_text = self._first(f"text {document.sha256}", file, line, document)
        except sqlite3.Error as error:
            raise WarclaimsError(
                f"The documents cannot be compared with each other: {error}. Check that there is "
                "space for temporary files."
            ) from error
        found = same_id or same_text
        if found is None:
            return []
        first_file, first_line, first_id, first_sha256 = found
        place = first_file if first_line is None else f"{first_file}:{first_line}"
        if same_id:
            what = "" if first_sha256 == document.sha256 else ", with another text"
            code, pointer = "F114", "/document/id"
            message = f"document {document.id!r} is already in {place}{what}"
        else:
            code, pointer = "W615", "/document/sha256"
            message = f"has the text of document {first_id!r} in {place}"
        where = f" in line {first_line}" if first_line else ""
        related = Related(first_file, pointer, f"the first{where}")
        return [
            Finding(file, pointer, code, message, document.id, line=line or 1, related=(related,))
        ]

    def _first(
        self, key: str, file: str, line: int | None, document: DocumentKey
    ) -> tuple[str, int | None, str, str] | None:
        """File, line, id and hash of the document that had the key before, if there is one."""
        row = (key, file, line, document.id, document.sha256)
        if self._base.execute("INSERT OR IGNORE INTO seen VALUES (?, ?, ?, ?, ?)", row).rowcount:
            return None
        query = "SELECT file, line, id, sha256 FROM seen WHERE key = ?"
        first: tuple[str, int | None, str, str] = self._base.execute(query, (key,)).fetchone()
        return first
