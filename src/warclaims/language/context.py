"""Qualifiers that are beside a phrase instead of in it: killed *at least* [40 soldiers]."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from warclaims.language.number_words import NumberWords

_PUNCTUATION = ".,;:!?…)”»\"'"


def qualifiers_around(before: str, after: str, words: NumberWords) -> tuple[str, str]:
    """The qualifiers at the end of ``before`` and at the start of ``after``, both folded.

    >>> from warclaims.language.en import NUMBERS
    >>> qualifiers_around("It killed at least", "or more, he said", NUMBERS)
    ('at least', 'or more')
    """
    left = right = ""
    said = before.lower().split()[-words.longest_qualifier :]
    if said and words.normal(said[-1]) in words.last_of_qualifiers:
        endings = (" ".join(said[start:]) for start in range(len(said)))
        left = next((ending for ending in endings if words.normal(ending) in words.all_before), "")
    said = after.lower().split(maxsplit=words.longest_qualifier)[: words.longest_qualifier]
    if said and words.normal(said[0].rstrip(_PUNCTUATION)) in words.first_of_qualifiers:
        starts = (" ".join(said[:end]).rstrip(_PUNCTUATION) for end in range(len(said), 0, -1))
        right = next((start for start in starts if words.normal(start) in words.all_after), "")
    return left, right
