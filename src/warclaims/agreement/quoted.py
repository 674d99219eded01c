"""The words that the guidelines quote: annotators who read them have seen the answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from warclaims.agreement.units import Item

_CODE = re.compile(r"`([^`\n]+)`")


def quoted_words(guidelines: str) -> frozenset[str]:
    """The phrases that ``guidelines`` (Markdown) set in code.

    >>> sorted(quoted_words("Mark `two civilians` and `a child`."))
    ['a child', 'two civilians']
    """
    return frozenset(_CODE.findall(guidelines))


def not_quoted(guidelines: str) -> Callable[[Item], bool]:
    """A choice of the items none of whose fragments the guidelines quote word for word.

    A phrase counts as quoted in every text, so the rest is what readers had to decide unaided.
    """
    words = quoted_words(guidelines)
    return lambda item: not any(fragment.text in words for fragment in item.span)
