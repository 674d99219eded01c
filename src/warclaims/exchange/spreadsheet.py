"""Claims as CSV that a spreadsheet can open: one line a claim, lists joined, nothing executed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from warclaims.wording import worded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TextIO

Row = dict[str, Any]

_BEGINS = ("\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What may begin a formula, too, and the library lets pass (OWASP, *CSV Injection*)."""

SEPARATOR = "; "
"""Between the members of a list; a member that holds it can not be told apart any more."""


def write_csv(rows: Iterable[Row], out: TextIO, columns: Sequence[str] = ()) -> None:
    """Write ``rows``, which all have the same keys, with a heading, as RFC 4180 has it.

    ``columns`` are the heading if there is no row.

    ``out`` may not translate line ends (``newline=""``).

    A cell that a spreadsheet would take for a formula (it begins with ``=``, ``+``, ``-``, ``@``, a
    tab …) is led by an apostrophe, and a ``|`` in it by a backslash. Lost: the limits of lists, the
    reasons of relations, and of a chain everything but sources and cues; ``--format json`` has it.
    """
    from defusedcsv import csv

    writer: Any = None
    for row in rows:
        cells = {name: _cell(name, value) for name, value in row.items()}
        if writer is None:
            writer = csv.DictWriter(out, list(cells))
            writer.writeheader()
        writer.writerow(cells)
    if writer is None and columns:
        csv.DictWriter(out, list(columns)).writeheader()


def _cell(name: str, value: Any) -> Any:
    """A value as text or number: lists joined, steps and relations in short words."""
    if isinstance(value, list):
        value = _joined(name, value)
    if isinstance(value, str) and value.startswith(_BEGINS):
        return f"'{value}"
    return value


def _joined(name: str, values: list[Any]) -> str:
    if name == "chain":
        return " → ".join(map(worded, values))
    if name == "relations":
        return SEPARATOR.join(f"{relation['kind']} {relation['claim']}" for relation in values)
    return SEPARATOR.join(map(str, values))
