"""Lists of words, written as running text."""

from __future__ import annotations


def words(text: str) -> tuple[str, ...]:
    """The words of ``text``.

    >>> words("two three")
    ('two', 'three')
    """
    return tuple(text.split())


def phrases(text: str) -> tuple[str, ...]:
    """The phrases of ``text``, which commas part.

    >>> phrases("at least, no fewer than")
    ('at least', 'no fewer than')
    """
    return tuple(" ".join(phrase.split()) for phrase in text.split(","))


def meaning(quantifiers: tuple[str, ...], text: str) -> dict[str, tuple[str, ...]]:
    """The phrases of ``text``, each with the quantifiers that fit it.

    >>> meaning(("at_least",), "at least, no fewer than")
    {'at least': ('at_least',), 'no fewer than': ('at_least',)}
    """
    return dict.fromkeys(phrases(text), quantifiers)
