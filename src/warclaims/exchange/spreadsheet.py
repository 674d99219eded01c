"""Claims as CSV that a spreadsheet can open: one line a claim, lists joined, nothing executed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

Row = dict[str, Any]

SEPARATOR = "; "
"""Between the members of a list; a member that holds it can not be told apart any more."""


def write_csv(rows: Iterable[Row], out: TextIO) -> None:
    """Write ``rows``, which all have the same keys, with a heading, as RFC 4180 has it.

    ``out`` may not translate line ends (``newline=""``).

    A cell that a spreadsheet would take for a formula (it begins with ``=``, ``+``, ``-``, ``@`` …)
    is led by an apostrophe. Lost: the limits of lists, and everything of a chain but its words,
    sources and cues; ``--format json`` has all of it.
    """
    from defusedcsv import csv

    writer: Any = None
    for row in rows:
        cells = {name: _cell(name, value) for name, value in row.items()}
        if writer is None:
            writer = csv.DictWriter(out, list(cells))
            writer.writeheader()
        writer.writerow(cells)


def _cell(name: str, value: Any) -> Any:
    """A value as text or number: lists joined, steps and relations in short words."""
    if not isinstance(value, list):
        return value
    if name == "chain":
        return SEPARATOR.join(map(_step, value))
    if name == "relations":
        return SEPARATOR.join(f"{relation['kind']} {relation['claim']}" for relation in value)
    return SEPARATOR.join(map(str, value))


def _step(step: Row) -> str:
    who = " and ".join(step["source"]) or " and ".join(step["entity"]) or "nobody named"
    return f"{who} ({step['cue']})" if step["cue"] else who
