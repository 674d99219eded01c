"""Where spans begin and end: never with white space, never inside a word."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from warclaims.validation.words import LETTERS, cuts_word

if TYPE_CHECKING:
    from collections.abc import Sequence


class Edges:
    """Decides edges by single characters where these settle it, and remembers those that do.

    >>> edges, text = Edges(), "Nona’s cafe"
    >>> edges.sound(text, [0, 0], [4, 6]), edges.sound(text, [1], [4]), edges.sound(text, [0], [7])
    (True, False, False)
    """

    def __init__(self) -> None:
        self._first: set[str] = set()  # neither white space nor a mark on the letter before
        self._last: set[str] = set()  # no white space
        self._before: set[str] = set()  # whatever follows, no word is cut between
        self._after: set[str] = set()  # whatever comes before, no word is cut between

    def sound(self, text: str, starts: Sequence[int], ends: Sequence[int]) -> bool:
        """True if no stretch, none of which is empty, has blank edges or cuts a word of ``text``.

        An ``end`` may not be past the end of the text.
        """
        framed = f"\n{text}\n"
        firsts = [text[start] for start in starts]
        lasts = [framed[end] for end in ends]
        if not (self._first.issuperset(firsts) and self._last.issuperset(lasts)):
            if any(map(str.isspace, {*firsts, *lasts})):
                return False
            if any([unicodedata.category(char)[0] == "M" for char in set(firsts)]):
                return not any([cuts_word(text, at) for at in {*starts, *ends}])
            self._first.update(firsts)
            self._last.update(lasts)
        before, after = self._before, self._after
        return (
            before.issuperset([framed[start] for start in starts])
            or all([self._begins(text, framed, at) for at in starts if framed[at] not in before])
        ) and (
            after.issuperset([framed[end + 1] for end in ends])
            or all([self._ends(text, framed, at) for at in ends if framed[at + 1] not in after])
        )

    def _begins(self, text: str, framed: str, start: int) -> bool:
        left = framed[start]
        if unicodedata.category(left)[0] not in "LMN" and left not in "’'":
            self._before.add(left)
            return True
        return not cuts_word(text, start)

    def _ends(self, text: str, framed: str, end: int) -> bool:
        right = framed[end + 1]
        kind = unicodedata.category(right)
        if kind not in LETTERS and kind[0] != "M":
            self._after.add(right)
            return True
        return not cuts_word(text, end)
