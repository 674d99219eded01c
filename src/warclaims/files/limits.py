"""How much is read of one thing before it is said to be too much.

Every limit is far above what an annotated text needs; each is there so that no input, broken or
made to do harm, takes the memory or the time of the machine.
"""

from __future__ import annotations

MIB = 2**20

MAX_FILE = 64 * MIB
"""Bytes of a file that is read whole: annotations, a registry, the index, a seed."""

MAX_TABLE = 4096 * MIB
"""Bytes of a generated table, or of another file that the program itself has made."""

MAX_BUNDLE = 16 * MIB
"""Bytes of one bundle: a line of JSON Lines, a row of a table, or a file of its own."""

MAX_VALUES = 500_000
"""Values (numbers, texts, lists, objects …) in the JSON of one bundle or file."""

MAX_FINDINGS = 1_000
"""Findings that are told of one bundle or of the parsing of one file; one more says how many are
left out."""

MAX_MESSAGE = 2_000
"""Code points of a message or of a pointer; a longer one is cut."""

MAX_RATIO = 1_000
"""How many times larger than the compressed data its content may be."""

FREE_EXPANSION = 256 * MIB
"""Bytes of content that compressed data may have whatever the ratio."""
