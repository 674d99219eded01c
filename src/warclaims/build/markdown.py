"""Tables in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def markdown_table(header: Sequence[str], lines: Iterable[Sequence[object]]) -> str:
    """A table in Markdown; a ``|`` in a cell is escaped.

    >>> print(markdown_table(["a"], [["1|2"]]))
    | a |
    | --- |
    | 1\\|2 |
    """
    rows = [[str(cell).replace("|", "\\|").replace("\n", " ") for cell in line] for line in lines]
    return "\n".join(
        "| " + " | ".join(row) + " |" for row in [list(header), ["---"] * len(header), *rows]
    )
