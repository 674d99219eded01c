"""Claims by event, kept on disk until the pages of the events are written.

Texts are read one at a time; what they claim of an event comes together only here, and only one
event is in memory at once.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from warclaims.records import Claim

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from warclaims.derive.events import EventTree


NO_EVENT = ""
"""Where claims are kept that are of no event."""


class Spool:
    """A table of claims in a file that is only needed while a report is written."""

    def __init__(self, path: Path) -> None:
        # Nothing has to outlive a crash: the report is begun anew then.
        self._table = sqlite3.connect(path, isolation_level=None)
        self._table.execute("PRAGMA journal_mode = OFF")
        self._table.execute("PRAGMA synchronous = OFF")
        self._table.execute("CREATE TABLE claims (event TEXT, direct INTEGER, claim BLOB)")
        self._table.execute("CREATE INDEX of_event ON claims (event, direct)")

    def add(self, claims: Iterable[Claim], tree: EventTree) -> None:
        """Keep claims under their events and all that these are part of."""
        rows = [
            (name, name in claim.events, claim.model_dump_json())
            for claim in claims
            for name in dict.fromkeys(up for event in claim.events for up in tree.ancestors(event))
            or (NO_EVENT,)
        ]
        self._table.executemany("INSERT INTO claims VALUES (?, ?, ?)", rows)

    def count(self, event: str, *, direct: bool = False) -> int:
        """How many claims are of an event or its parts, or of just this event."""
        where = "event = ? AND direct" if direct else "event = ?"
        (number,) = self._table.execute(
            f"SELECT count(*) FROM claims WHERE {where}", (event,)
        ).fetchone()
        return int(number)

    def claims(self, event: str, limit: int, *, direct: bool = False) -> list[Claim]:
        """At most ``limit`` claims of an event (and of its parts), in the order of the texts."""
        where = "event = ? AND direct" if direct else "event = ?"
        rows = self._table.execute(
            f"SELECT claim FROM claims WHERE {where} ORDER BY rowid LIMIT ?", (event, limit)
        )
        return [Claim.model_validate_json(row[0]) for row in rows]

    def close(self) -> None:
        """Let go of the file."""
        self._table.close()
