"""Qualifiers that are beside a phrase instead of in it: killed *at least* [40 soldiers]."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from warclaims.language.number_words import NumberWords

_START = re.compile(r"\s*(?:\w+|[^\w\s])")
_NEAR = 40
"""How much of the text around a phrase is examined, in code points."""


def qualifiers_around(before: str, after: str, words: NumberWords) -> tuple[str, str]:
    """The qualifiers at the end of ``before`` and at the start of ``after``, both folded."""
    return _last(before[-_NEAR:], words), _first(after[:_NEAR], words)


def _last(before: str, words: NumberWords) -> str:
    end = before.rsplit(maxsplit=1)[-1:]
    if not end or words.normal(end[0].lower()) not in words.last_of_qualifiers:
        return ""
    ending = " ".join(before.rsplit(maxsplit=words.longest_qualifier)[-words.longest_qualifier :])
    said = [token.word for token in words.tokens(ending)]
    for start in range(max(0, len(said) - words.longest_qualifier), len(said)):
        for phrase, item in words.phrases.get(said[start], ()):
            if item.code in "bc" and phrase == tuple(said[start:]):
                return " ".join(phrase)
    return ""


def _first(after: str, words: NumberWords) -> str:
    start = _START.match(after)
    if start is None or words.normal(start[0].strip().lower()) not in words.first_of_qualifiers:
        return ""
    said = [token.word for token in words.tokens(after)]
    for phrase, item in words.phrases.get(said[0], ()) if said else ():
        if item.code in "ac" and phrase == tuple(said[: len(phrase)]):
            return " ".join(phrase)
    return ""
