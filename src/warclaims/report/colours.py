"""Colours of sides, distinguishable with any colour vision, on light and dark backgrounds.

Both sets are Okabe and Ito's (*Color Universal Design*, 2008); the darker tones for text and
lines have a contrast of at least 4.5 : 1 with white, the lighter ones with the dark background.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Tone(NamedTuple):
    """A colour on a light and on a dark background."""

    light: str
    dark: str


NO_SIDE = Tone("#595959", "#b8b8b8")
_TONES = (
    Tone("#0062a3", "#56b4e9"),  # blue
    Tone("#b34700", "#e69f00"),  # vermilion, orange
    Tone("#00694d", "#2bc79a"),  # bluish green
    Tone("#9c3d78", "#e79cc6"),  # reddish purple
    Tone("#6b5d00", "#f0e442"),  # yellow
    Tone("#333333", "#ededed"),  # black
)


def side_tones(sides: Iterable[str]) -> dict[str, Tone]:
    """A tone for each side, in the order of the registry; they repeat after six."""
    return {name: _TONES[number % len(_TONES)] for number, name in enumerate(sides)}
