"""Where a span begins and ends: never with white space, never inside a word."""

from __future__ import annotations

import unicodedata

from warclaims.validation.words import LETTERS, cuts_word


class Edges:
    """Decides edges by the two characters that meet there, and remembers those that settle it.

    >>> edges = Edges()
    >>> edges.sound("Nona’s cafe", 0, 4), edges.sound("Nona’s cafe", 0, 5)
    (True, True)
    >>> edges.sound("Nona’s cafe", 1, 4), edges.sound("Nona’s cafe", 0, 7)
    (False, False)
    """

    def __init__(self) -> None:
        self.openings: set[str] = set()
        self.closings: set[str] = set()

    def sound(self, text: str, start: int, end: int) -> bool:
        """True if ``text[start:end]``, which is not empty, neither has blank edges nor cuts words.

        What two characters settle by themselves is added to ``openings`` (the one before the
        span, its first) or ``closings`` (its last, the one after).
        """
        if text[start].isspace() or text[end - 1].isspace():
            return False
        if cuts_word(text, start) or cuts_word(text, end):
            return False
        if start and _settled(text[start - 1], text[start]):
            self.openings.add(text[start - 1 : start + 1])
        if end < len(text) and _settled(text[end - 1], text[end]):
            self.closings.add(text[end - 1 : end + 1])
        return True


def _settled(left: str, right: str) -> bool:
    """True if no word is cut between the two, whatever stands around them."""
    if left.isspace() or right.isspace():
        return True
    kind = unicodedata.category(right)
    if kind[0] == "M":
        return False
    if kind not in LETTERS:
        return True
    return left not in "’'" and unicodedata.category(left)[0] != "M"
