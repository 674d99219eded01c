"""Limits on what is read and shown.

Every limit is far above what an annotated text needs. They keep broken or malicious input from
using up memory or time.
"""

from __future__ import annotations

MIB = 2**20

MAX_FILE = 64 * MIB
"""Bytes of a file that is read whole: annotations, a registry, the index, a seed."""

MAX_TABLE = 4096 * MIB
"""Bytes of a generated table, or of another file that the program itself has made."""

MAX_BUNDLE = 16 * MIB
"""Bytes of one bundle: a line of JSON Lines, a row of a table, or a file."""

MAX_DESCRIPTION = 64 * 1024
"""Bytes of ``corpus.toml`` and of the front matter of a page; each takes some kilobytes."""

MAX_VALUES = 500_000
"""Values (numbers, texts, lists, objects …) in the JSON of one bundle or file."""

MANY_VALUES = 5_000
"""Values in JSON whose records are checked one by one: with each error, pydantic keeps a copy of
the input."""

MAX_KEYS = 10_000
"""Keys of one JSON object."""

MAX_FINDINGS = 1_000
"""Findings that are shown per document; the others are counted only."""

MAX_SHOWN = 10_000
"""Findings that a run shows; the others are counted only."""

MAX_SHOWN_WORDS = 4 * MIB
"""Code points of the messages, pointers and quoted text of all findings that a run shows."""

MAX_QUOTED = 300
"""Code points of a text that a finding quotes; more are cut."""

MAX_RELATED = 20
"""Other places that a finding names; more are cut."""

MAX_RATIO = 1_000
"""How many times larger than the compressed data its content may be."""

FREE_EXPANSION = 16 * MIB
"""Bytes of content that the compressed data of one run may have whatever the ratio."""

ITEM_COST = 1024
"""Bytes that each line, row and finding of compressed data counts as, since each takes time."""
