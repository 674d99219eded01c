"""Figures within the sentences of a page: ``<!-- figure: documents -->five<!-- end figure -->``.

Numbers up to twelve are written as words; a name with a capital letter gives a word with one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from warclaims.build.tables import TABLES, TableInput
from warclaims.errors import WarclaimsError
from warclaims.layout import GOLD
from warclaims.validation import RULES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FIGURES: dict[str, Callable[[TableInput], int]] = {
    "days": lambda source: len({one.date.value for one in source.corpus.documents.values()}),
    "documents": lambda source: len(source.corpus.documents),
    "passes": lambda source: len(set(source.corpus.layout.set_names()) - {GOLD}),
    "rules": lambda source: len(RULES),
    "tables": lambda source: len(TABLES),
}
"""What can be counted, by name."""

_WORDS = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve"),
)
_BEGIN, _END = "<!-- figure: ", "<!-- end figure -->"
_FIGURE = re.compile(rf"({_BEGIN}(?P<name>\w+) -->)[^<\n]*({_END})")


def with_figures(page: str, path: Path, source: TableInput) -> str:
    """The page with each marked figure made anew.

    Raises:
        WarclaimsError: a figure has no end on its line, or a name that nothing counts.
    """
    filled, count = _FIGURE.subn(
        lambda found: found[1] + _figure(found["name"], path, source) + found[3], page
    )
    if not count == page.count(_BEGIN) == page.count(_END):
        raise WarclaimsError(
            f"{path} has a figure without its end: {_BEGIN}NAME -->…{_END} stands on one line"
        )
    return filled


def _figure(name: str, path: Path, source: TableInput) -> str:
    count = FIGURES.get(name.lower())
    if count is None:
        raise WarclaimsError(
            f"{path} marks a figure {name!r}, which nothing counts; there are: {', '.join(FIGURES)}"
        )
    words = in_words(count(source))
    return words.capitalize() if name[0].isupper() else words


def in_words(number: int) -> str:
    """A number as prose has it.

    >>> in_words(5), in_words(92), in_words(1200)
    ('five', '92', '1,200')
    """
    return _WORDS[number] if number < len(_WORDS) else f"{number:,}"
