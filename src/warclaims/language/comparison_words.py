"""Words that bear on how counts are compared: *several*, and *earlier*.

They are read in more languages than numbers are. In other languages *several* is a plural like any
other, and only links and dates give an order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from warclaims.language.lists import phrases, words

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, kw_only=True)
class ComparisonWords:
    """The words of a language, every form in small letters."""

    several: Sequence[str] = ()
    """Words for at least three."""
    earlier: Sequence[str] = ()
    """Words that put a count before the others of its text."""
    no_order: Sequence[str] = ()
    """Phrases with such a word that mean something else: *earlier today*."""
    is_joined: bool = False
    """True if other words may be written to them without a space."""

    def says_several(self, said: str) -> bool:
        """True if folded words say *several*."""
        return self._several.search(said) is not None

    def says_earlier(self, said: str) -> bool:
        """True if folded words put a count before another one."""
        return any(found[1] for found in self._earlier.finditer(said))

    @cached_property
    def _several(self) -> re.Pattern[str]:
        return self._finding(self.several)

    @cached_property
    def _earlier(self) -> re.Pattern[str]:
        return self._finding(self.earlier, self.no_order)

    def _finding(self, found: Sequence[str], passed: Sequence[str] = ()) -> re.Pattern[str]:
        """Finds ``passed``, and as a group ``found`` elsewhere; nothing if there is none."""
        edge = "" if self.is_joined else r"\b"
        listed = "|".join(map(re.escape, found)) or r"(?!)"
        skipped = "|".join(map(re.escape, passed)) or r"(?!)"
        return re.compile(rf"{edge}(?:(?:{skipped})|({listed})){edge}", re.IGNORECASE)


FURTHER = {
    "cs": ComparisonWords(several=("několik",)),
    "de": ComparisonWords(several=("mehrere",), earlier=words("früher zuvor")),
    "fr": ComparisonWords(
        several=words("plusieurs quelques"),
        earlier=phrases("auparavant, précédemment, plus tôt"),
    ),
    "it": ComparisonWords(several=words("diversi diverse parecchi parecchie")),
    "nl": ComparisonWords(earlier=("eerder",)),
    "pl": ComparisonWords(several=("kilka",), earlier=("wcześniej",)),
    "pt": ComparisonWords(
        several=words("vários várias varios varias"),
        earlier=words("antes anteriormente previamente"),
    ),
    "tr": ComparisonWords(several=("birkaç",)),
    "uk": ComparisonWords(
        several=words("кілька декілька"),
        earlier=words(
            """
            раніше попередній попередня попереднє попередні попередніх попереднього попередньої
            попередньому попередньою попередню попереднім попередніми попередньо
            """
        ),
    ),
    "zh": ComparisonWords(several=words("几 數 数名"), is_joined=True),
}
"""Languages of which nothing else is read."""
