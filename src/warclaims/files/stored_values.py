"""Values on disk: as they came, or in order of their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.files.database import run_database

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CACHE = 16 * 2**10
"""KiB of a database in memory; the rest is in a temporary file."""


class StoredValues:
    """Values with keys in a temporary database that the system removes.

    >>> values = StoredValues()
    >>> values.add([("b", b"2"), ("a", b"1")])
    >>> [*values], [*values.in_order()], values.get("b")
    ([b'2', b'1'], [b'1', b'2'], b'2')
    """

    def __init__(self) -> None:
        self._base = run_database("CREATE TABLE stored (key TEXT, value BLOB)", kibibytes=CACHE)

    def add(self, pairs: Iterable[tuple[str, bytes]]) -> None:
        """Add values, each after its key."""
        self._base.executemany("INSERT INTO stored VALUES (?, ?)", pairs)

    def __iter__(self) -> Iterator[bytes]:
        """The values in the order in which they were added."""
        return self._values("ORDER BY rowid")

    def in_order(self) -> Iterator[bytes]:
        """The values by key; those of one key in the order in which they were added."""
        self._base.execute("CREATE INDEX IF NOT EXISTS by_key ON stored (key)")
        return self._values("ORDER BY key, rowid")

    def get(self, key: str) -> bytes | None:
        """The first value with a key."""
        self._base.execute("CREATE INDEX IF NOT EXISTS by_key ON stored (key)")
        return next(self._values("WHERE key = ? ORDER BY rowid LIMIT 1", key), None)

    def _values(self, which: str, *arguments: str) -> Iterator[bytes]:
        rows = self._base.execute(f"SELECT value FROM stored {which}", arguments)
        return (value for (value,) in rows)
