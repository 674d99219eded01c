"""Other copies of a text, and where its words went in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from warclaims.textfree.words import normal, words

if TYPE_CHECKING:
    from random import Random

QUOTES = str.maketrans({"“": '"', "”": '"', "«": "„", "»": "”", "’": "'"})


class Copy(NamedTuple):
    """Another copy: its text, which words were changed, where each word stands now."""

    text: str
    changed: set[int]
    places: list[tuple[int, int]]


def other_copy(
    text: str,
    random: Random,
    *,
    share: float = 0.01,
    row: int = 1,
    wrap: bool = True,
    frame: bool = True,
) -> Copy:
    """``text`` re-wrapped, re-quoted, framed, with a share of its words changed, ``row`` in a row
    at a time.
    """
    found = words(text)
    vocabulary = [text[w.start : w.end] for w in found]
    number = max(1, int(len(found) * share / row)) if share else 0
    firsts = random.sample(range(len(found) - row + 1), number)
    changed = {first + more for first in firsts for more in range(row)}
    lines = [" ".join(random.choices(vocabulary, k=random.randint(3, 12))) for _ in range(6)]
    out = "\n".join(["Menu", *lines[:3], "", ""]) if frame else ""
    places: list[tuple[int, int]] = []
    at = 0
    for number, word in enumerate(found):
        gap = text[at : word.start].translate(QUOTES)
        if wrap:
            gap = re.sub(r"(?<! ) (?! )", lambda _: random.choice([" ", " ", "\n", "  "]), gap)
        out += gap
        written = text[word.start : word.end]
        if number in changed:
            others = [w for w in random.choices(vocabulary, k=20) if normal(w) != normal(written)]
            written = random.choice([*others, "elsewhere"])
        places.append((len(out), len(out) + len(written)))
        out += written
        at = word.end
    out += text[at:].translate(QUOTES)
    if frame:
        out += "\n\nShare this\n" + "\n".join(lines[3:])
    return Copy(out, changed, places)
