"""Words that show that something may have to be annotated: harm, numbers, speech."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


@dataclass(frozen=True, kw_only=True)
class CoverageWords:
    """The words of a language. Every form is listed as it is written, in small letters.

    Only the first three are needed; the others keep out what looks like victims and is not.
    """

    harm: Collection[str]
    """Words that say of people that they died, were hurt or fled, wherever they are."""
    harm_with_number: Collection[str]
    """Words that say so only beside a number: alone they are said of other things."""
    speech: Collection[str]
    """Words that attribute something to somebody. No word is in two of these three."""
    look_alikes: Collection[str] = ()
    """Phrases with a word of harm or speech that mean something else: *shot down*."""
    numbers: Collection[str] = ()
    """Numbers in words."""
    people: Collection[str] = ()
    """Nouns after a number like 2020 by which it is no year, besides words of harm."""
    things: Collection[str] = ()
    """Nouns after a number that counts no people."""
    months: Collection[str] = ()
    """Names of months, with capitals where they have them."""
    links: Collection[str] = ()
    """Words after a number behind which nothing is counted by it any more."""
    new_clause: Collection[str] = ()
    """Words between a number and a word of harm that show that they do not belong together."""
    no_count_before: Collection[str] = ()
    """Words before a number that counts nobody: *article 5*."""
    one: str = ""
    """The word for one, which is more often no count than other numbers."""
    no_one_before: Collection[str] = ()
    no_one_after: Collection[str] = ()
    """Words before and after a *one* that counts nobody."""
    year_before: Collection[str] = ()
    """Words before a number like 2020 by which it is a year even if people follow."""
    aged: Collection[str] = ()
    """Words before a number that is an age."""
    persons: Collection[str] = ()
    being: Collection[str] = ()
    """Words before a number that is an age if both are there: *she was 45*."""
    nobody: Collection[str] = ()
    """Subjects by which harm is denied: *nobody*."""
    none: Collection[str] = ()
    """Words by which harm is denied of the group that follows: *none of the 12*."""
    of: Collection[str] = ()
    """Words that may follow ``none``."""
    no: Collection[str] = ()
    """Words by which harm is denied of the noun that follows: *no civilians*."""
    no_denial: Collection[str] = ()
    """Words after ``no`` that deny no victims: *no fewer than five*."""
    auxiliaries: Collection[str] = ()
    """Words between a subject and its verb, ``passive`` among them."""
    passive: Collection[str] = ()
    prepositions: Collection[str] = ()
    """Words after which a noun is not the subject of what follows."""
    also_of_places: Collection[str] = ()
    """Harm that is also said of villages and the like for their people, and nouns."""
    transitive: Collection[str] = ()
    """Verbs of harm that may have a thing as object: *killed time*."""
    points: Collection[str] = ()
    """Words that make a time out of what is before them: *killed hours later*."""

    additional: Collection[str] = ()
    """Words of a count by which it adds to another one: *another two*."""
    no_addition: Collection[str] = ()
    """Phrases with such a word that mean something else: *more than*."""

    @cached_property
    def addition(self) -> re.Pattern[str]:
        """Finds ``no_addition``, and as a group ``additional`` elsewhere."""
        kept, words = ("|".join(map(re.escape, of)) for of in (self.no_addition, self.additional))
        return re.compile(rf"\b(?:(?:{kept})\b|({words})\b)" if kept else rf"\b({words})\b")

    def says_addition(self, words: str) -> bool:
        """True if a count, folded, says that its people are more than those of another."""
        found = self.addition.finditer(words.casefold()) if self.additional else ()
        return any(one[1] for one in found)

    @cached_property
    def counted_people(self) -> frozenset[str]:
        """Words after a number like 2020 by which it is no year."""
        return frozenset((*self.people, *self.harm, *self.harm_with_number))

    @cached_property
    def clause_break(self) -> re.Pattern[str]:
        """The end of a sentence or clause.

        A full stop after a capital and at most two letters is taken for an abbreviation.
        """
        return re.compile(self._break, re.VERBOSE)

    @cached_property
    def clause_edge(self) -> re.Pattern[str]:
        """What the subject of a verb does not extend over."""
        return re.compile(self._break + r"|[,:()“”„«»\"–—]", re.VERBOSE)

    @property
    def _break(self) -> str:
        starts = "|".join(map(re.escape, sorted(self.new_clause)))
        return r"""
            (?<![A-Z.]) (?<!\b[A-Z][a-z]) (?<!\b[A-Z][a-z]{2}) [.!?;؟؛]["”'’»)]*\s
            | \n
            """ + (rf"| \b(?:{starts})\b" if starts else "")


def prefixed(words: Iterable[str], prefixes: Iterable[str]) -> tuple[str, ...]:
    """The words, each also with every prefix.

    >>> prefixed(["killed"], ["un"])
    ('killed', 'unkilled')
    """
    return tuple(start + word for word in words for start in ("", *prefixes))
