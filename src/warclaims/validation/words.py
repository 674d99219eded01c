"""Words in messages: quoted and short."""

from __future__ import annotations

LONGEST = 60


def quoted(words: str) -> str:
    """``words`` in angle quotes, which texts seldom have, cut in the middle if they are long.

    >>> quoted("two dead")
    '‹two dead›'
    """
    if len(words) > LONGEST:
        half = LONGEST // 2 - 1
        words = f"{words[:half]} … {words[-half:]}"
    return f"‹{words}›"
