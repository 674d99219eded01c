"""What pages need of all texts, kept on disk until they are written.

Texts are read one at a time, and compared one group of events at a time. The claims of an event
come together only here, and so do the events of a text; only one page is in memory at once.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from warclaims.accounts.event_views import is_denied
from warclaims.files.database import run_database
from warclaims.records import Claim

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

    from warclaims.derive.events import EventTree


NO_EVENT = ""
"""The key of claims without an event."""

CACHE = 2 * 2**10
"""KiB of the database in memory."""

_CACHED = 512
"""So many claims are in memory: those of one page are asked for several times."""


class ComparisonLink(NamedTuple):
    """A comparison in which a record takes part: its address, and what it compares."""

    address: str
    what: str
    is_disagreement: bool


class ToldEvent(NamedTuple):
    """What a text says of an event, or of several counted together.

    Attributes:
        name: The name of the events in the comparison.
        numbers: The total of each account in words, and its source; the dead first.
        disputed: What it disagrees with others on.
    """

    name: str
    numbers: list[tuple[str, str]]
    disputed: list[str]


class TextNotes(NamedTuple):
    """What a text says event by event, and the comparisons by the record that is in them."""

    events: list[ToldEvent]
    links: dict[str, list[ComparisonLink]]


class PageStore:
    """Claims by event, and what each text says of events, in a file while pages need it."""

    def __init__(self, path: Path) -> None:
        self._table = run_database(
            "CREATE TABLE claims (record TEXT PRIMARY KEY, claim BLOB)",
            "CREATE TABLE counted (event TEXT, direct INTEGER, record TEXT)",
            "CREATE TABLE denied (event TEXT, record TEXT)",
            "CREATE TABLE notes (document TEXT, notes BLOB)",
            "CREATE INDEX of_event ON counted (event, direct)",
            "CREATE INDEX denied_of ON denied (event)",
            "CREATE INDEX of_document ON notes (document)",
            kibibytes=CACHE,
            path=path,
        )
        self.close = self._table.close
        self.get = lru_cache(maxsize=_CACHED)(self._get)

    def add(self, claims: Collection[Claim], tree: EventTree) -> None:
        """Add claims under their events and all that these are part of."""
        self._table.executemany(
            "INSERT OR REPLACE INTO claims VALUES (?, ?)",
            ((claim.record, claim.model_dump_json()) for claim in claims),
        )
        rows = [
            (name, name in claim.events, claim.record)
            for claim in claims
            for name in dict.fromkeys(up for event in claim.events for up in tree.ancestors(event))
            or (NO_EVENT,)
        ]
        self._table.executemany("INSERT INTO counted VALUES (?, ?, ?)", rows)

        self._table.executemany(
            "INSERT INTO denied VALUES (?, ?)",
            ((name, one.record) for one in claims if is_denied(one) for name in one.events),
        )

    def denied(self, events: Iterable[str]) -> list[Claim]:
        """The claims of some events that somebody denies or does not confirm."""
        query = "SELECT record FROM denied WHERE event = ?"
        names = {name for event in events for (name,) in self._table.execute(query, (event,))}
        return [claim for name in sorted(names) if (claim := self.get(name))]

    def count(self, event: str) -> int:
        """The number of claims of an event and its parts."""
        found = self._table.execute("SELECT count(*) FROM counted WHERE event = ?", (event,))
        return int(found.fetchone()[0])

    def _get(self, record: str) -> Claim | None:
        """The claim of a casualty record: ``004:c2``."""
        found = self._table.execute("SELECT claim FROM claims WHERE record = ?", (record,))
        row = found.fetchone()
        return Claim.model_validate_json(row[0]) if row else None

    def claims(self, event: str, limit: int, *, direct: bool = False) -> list[Claim]:
        """At most ``limit`` claims of an event, in the order of the texts.

        With ``direct``, those of its parts are left out.
        """
        rows = self._table.execute(
            "SELECT record FROM counted WHERE event = ? AND direct >= ? ORDER BY rowid LIMIT ?",
            (event, direct, limit),
        )
        return [claim for (record,) in rows.fetchall() if (claim := self.get(record))]

    def add_notes(self, notes: Mapping[str, TextNotes]) -> None:
        """Add what texts, by id, say of some events."""
        rows = ((document, msgspec.json.encode(one)) for document, one in notes.items())
        self._table.executemany("INSERT INTO notes VALUES (?, ?)", rows)

    def notes(self, document: str) -> TextNotes:
        """What a text says of all events."""
        found = TextNotes([], {})
        query = "SELECT notes FROM notes WHERE document = ? ORDER BY rowid"
        for (data,) in self._table.execute(query, (document,)):
            more = msgspec.json.decode(data, type=TextNotes)
            found.events.extend(more.events)
            for record, links in more.links.items():
                found.links.setdefault(record, []).extend(links)
        return found
