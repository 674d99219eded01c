"""Noun phrases without a number: what languages share in telling one person from many."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

Words = list[tuple[str, str]]
"""Words with their codes."""


def conjuncts(said: Sequence[str], codes: str, cuts: Collection[str]) -> list[Words]:
    """The parts of the first noun phrase that *and* and *or* join, up to a word of ``cuts``.

    >>> conjuncts(["women", "and", "children", "in", "Dorn"], "w&www", {"in"})
    [[('women', 'w')], [('children', 'w')]]
    """
    parts: list[Words] = [[]]
    for word, code in zip(said, codes, strict=True):
        if code in ",O" or (code != "D" and word.lower() in cuts):
            break
        if code in "&o":
            parts.append([])
        elif code != "x":
            parts[-1].append((word, code))
    return [part for part in parts if part]
