"""Leave out words that the guidelines quote: annotators who read these have seen the answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from warclaims.agreement.items import Item

_CODE = re.compile(r"`([^`\n]+)`")


LONG = 15
"""A quoted phrase of more than this many characters gives away a longer span that holds it."""


def not_quoted(guidelines: str) -> Callable[[Item], bool]:
    """A function that is false for items that the guidelines give away.

    They give an item away if one of its fragments is part of a quoted phrase, or contains a long
    one, whatever text the phrase is from. The other items are a lower bound of what annotators
    decided without an example of the same words.
    """
    words = set(_CODE.findall(guidelines))
    together = "\n".join(words)
    long_ones = [phrase for phrase in words if len(phrase) > LONG]

    def keep(item: Item) -> bool:
        return not any(
            fragment.text in together or any(phrase in fragment.text for phrase in long_ones)
            for fragment in item.span
        )

    return keep
