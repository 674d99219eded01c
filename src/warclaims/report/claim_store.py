"""Claims by event, kept on disk until the pages of the events are written.

Texts are read one at a time; their claims of an event come together only here, and only one event
is in memory at once.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from warclaims.accounts.event_views import is_denied
from warclaims.records import Claim

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from warclaims.derive.events import EventTree


NO_EVENT = ""
"""The key of claims without an event."""


class ClaimStore:
    """A table of claims in a file that exists only while a report is written.

    Attributes:
        denied: The claims that somebody denies or does not confirm, in memory.
    """

    def __init__(self, path: Path) -> None:
        self._table = sqlite3.connect(path, isolation_level=None)
        self._table.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"  # no need to survive a crash
            "CREATE TABLE claims (record TEXT, event TEXT, direct INTEGER, claim BLOB);"
            "CREATE INDEX of_event ON claims (event, direct);"
            "CREATE INDEX of_record ON claims (record)"
        )
        self.close = self._table.close
        self.denied: list[Claim] = []

    def add(self, claims: Collection[Claim], tree: EventTree) -> None:
        """Add claims under their events and all that these are part of."""
        self.denied += filter(is_denied, claims)
        rows = [
            (claim.record, name, name in claim.events, claim.model_dump_json())
            for claim in claims
            for name in dict.fromkeys(up for event in claim.events for up in tree.ancestors(event))
            or (NO_EVENT,)
        ]
        self._table.executemany("INSERT INTO claims VALUES (?, ?, ?, ?)", rows)

    def count(self, event: str) -> int:
        """The number of claims of an event and its parts."""
        found = self._table.execute("SELECT count(*) FROM claims WHERE event = ?", (event,))
        return int(found.fetchone()[0])

    def get(self, record: str) -> Claim | None:
        """The claim of a casualty record: ``004:c2``."""
        found = self._table.execute("SELECT claim FROM claims WHERE record = ? LIMIT 1", (record,))
        row = found.fetchone()
        return Claim.model_validate_json(row[0]) if row else None

    def claims(self, event: str, limit: int, *, direct: bool = False) -> list[Claim]:
        """At most ``limit`` claims of an event, in the order of the texts.

        With ``direct``, those of its parts are left out.
        """
        rows = self._table.execute(
            "SELECT claim FROM claims WHERE event = ? AND direct >= ? ORDER BY rowid LIMIT ?",
            (event, direct, limit),
        )
        return [Claim.model_validate_json(row[0]) for row in rows]
