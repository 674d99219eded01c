"""Databases for what one run cannot hold in memory."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def run_database(*statements: str, kibibytes: int, path: Path | None = None) -> sqlite3.Connection:
    """A new database in which the ``statements`` made tables, with a transaction begun.

    At most ``kibibytes`` of it are in memory. Without ``path`` it is in a temporary file that the
    system removes. Nothing in it survives a crash.
    """
    found = sqlite3.connect(path or "", isolation_level=None, check_same_thread=False)
    for statement in (
        "PRAGMA journal_mode = OFF",
        "PRAGMA synchronous = OFF",
        f"PRAGMA cache_size = -{kibibytes}",
        *statements,
        "BEGIN",
    ):
        found.execute(statement)
    return found
