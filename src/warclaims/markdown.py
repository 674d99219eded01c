"""Write Markdown: tables, and escaped text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Markdown(str):
    """A string that is Markdown already; any other string is escaped."""

    __slots__ = ()


_SPECIAL = re.compile(r"[\\`*\[\]|~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_BREAK = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")


def escape(text: object) -> Markdown:
    r"""``text`` in one line of Markdown that shows it as it is.

    It cannot end a cell, or begin a code span, an HTML tag, a comment or a link.

    >>> escape("<!-- end --> a|b *c*")
    '&lt;!-- end --&gt; a\\|b \\*c\\*'
    """
    if isinstance(text, Markdown):
        return text
    line = _BREAK.sub(" ", str(text)).strip()
    for mark, entity in _ENTITIES.items():
        line = line.replace(mark, entity)
    return Markdown(_SPECIAL.sub(r"\\\g<0>", line))


def code(text: str) -> Markdown:
    """An id or a fixed word as a code span."""
    return Markdown(f"`{text}`")


def markdown_table(header: Sequence[str], lines: Iterable[Sequence[object]]) -> str:
    """A table in Markdown; cells that are not :class:`Markdown` are escaped.

    >>> print(markdown_table(["a"], [["1|2"], [Markdown("`b`")]]))
    | a |
    | --- |
    | 1\\|2 |
    | `b` |
    """
    rows = [header, [Markdown("---")] * len(header), *lines]
    return "\n".join(f"| {' | '.join(map(escape, row))} |" for row in rows)
