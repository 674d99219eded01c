"""Writing for programs and terminals: JSON lists item by item, lines that do no harm."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

_DIRECTION = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
"""What turns the direction of text round, so that a line reads otherwise than it is."""

_SEPARATORS = (0x2028, 0x2029)

CONTROL = dict.fromkeys((*range(32), *range(127, 160), *_SEPARATORS, *_DIRECTION), "·")
"""A file's control characters must not reach a terminal; each keeps its place."""

_ESCAPED = {at: f"\\u{at:04x}" for at in (*range(127, 160), *_SEPARATORS, *_DIRECTION)}
"""The same in JSON, in which they can stand in texts only."""


def plain(line: str) -> str:
    r"""``line`` without what a terminal, or a runner that reads logs, would obey.

    >>> plain("  ::error::\x1b[2J")
    '  :·error::·[2J'
    """
    line = line.translate(CONTROL)
    if line.lstrip().startswith("::"):
        line = line.replace("::", ":·", 1)
    return line.replace("##[", "#·[").replace("##vso[", "#·vso[")


def json_text(value: Any) -> str:
    """``value`` as JSON over several lines, its texts readable but harmless."""
    return json.dumps(value, ensure_ascii=False, indent=2).translate(_ESCAPED)


def json_items(items: Iterable[Any], indent: int) -> Iterator[str]:
    """The items of a JSON list, each ``indent`` columns in, without the brackets; one at a time."""
    held = None
    for item in items:
        if held is not None:
            yield f"{held},"
        held = textwrap.indent(json_text(item), " " * indent)
    if held is not None:
        yield held
