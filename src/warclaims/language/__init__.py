"""Read what words say: numbers, quotations, harm and speech. One module per language.

To add a language, write one module with one or more of these constants; :mod:`.es` is a plain
example.

- ``NUMBERS``, a :class:`~.number_words.NumberWords`: how numbers are said. It needs the cardinals,
  the scales, and ``noun_number``, a function that tells one person from many in phrases without a
  number. The other tables may be added later: what a module has no words for stays unread. The
  parser (:mod:`.numbers`) is shared and knows no words.
- ``COVERAGE``, a :class:`~.coverage_words.CoverageWords`: words of harm and of speech.
- ``COMPARISON``, a :class:`~.comparison_words.ComparisonWords`: *several* and *earlier*.
- ``SUGGESTIONS``, a :class:`~.suggestion_words.SuggestionWords`: words by which the rules suggest.

A module of the package is listed in ``_MODULES``. Another package registers its own with
:func:`register`, or with an entry point in the group ``warclaims.languages`` whose name is the
language, as its shortest code in ISO 639, and whose value is the module.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any, Literal

from warclaims.folding import fold
from warclaims.language.comparison_words import FURTHER, ComparisonWords
from warclaims.language.context import qualifiers_around
from warclaims.language.numbers import NumberReading, read

__all__ = [
    "LONGEST",
    "NumberReading",
    "primary",
    "read_number",
    "register",
    "says_earlier",
    "says_several",
    "table_of",
]

LONGEST = 400
"""Longer phrases are unread, in code points: a victim phrase is never that long."""

TableName = Literal["NUMBERS", "COVERAGE", "COMPARISON", "SUGGESTIONS"]
"""A constant of the module of a language."""

_UNCLEAR = re.compile(r"\d\s[mMkK]\b|\b[IVXLC]{2,}\b|(?:№|\bN[or]\.)\s?\d")
"""*3 m people*, *XII soldiers*, *No. 5 soldiers*: such phrases are unread."""

_REMEMBERED = 200
"""The readings of longer phrases are not remembered, so that memory stays bounded."""

_MODULES = {language: f"warclaims.language.{language}" for language in ("ar", "en", "es", "ru")}

_SHORTEST = {"ara": "ar", "eng": "en", "rus": "ru", "spa": "es"}
"""Codes of ISO 639-2 that are also written; tags should have the shortest code."""


def primary(tag: str) -> str:
    """The language of a tag of BCP 47 without script and region, by its shortest code.

    >>> [primary(tag) for tag in ("en-GB", "eng", "enm", "NL")]
    ['en', 'en', 'enm', 'nl']
    """
    code = tag.split("-", maxsplit=1)[0].lower()
    return _SHORTEST.get(code, code)


def register(language: str, module: str) -> None:
    """Read ``language``, a shortest code of ISO 639, with the words of ``module``."""
    _MODULES[language] = module
    table_of.cache_clear()
    _read.cache_clear()
    says_several.cache_clear()


@lru_cache(maxsize=1 << 10)
def table_of(language: str, name: TableName) -> Any:
    """A constant of the module of a language, by its shortest code; ``None`` if there is none."""
    if language not in _MODULES:
        found = entry_points(group="warclaims.languages", name=language)
        _MODULES.update({point.name: point.value for point in found})
    return getattr(import_module(_MODULES[language]), name, None) if language in _MODULES else None


@lru_cache(maxsize=1 << 12)
def says_several(phrase: str, language: str) -> bool:
    """True if a phrase in the language of a tag says *several*: at least three.

    >>> says_several("several soldiers", "en"), says_several("soldiers", "en")
    (True, False)
    """
    return _comparison_words(language).says_several(fold(phrase))


def says_earlier(phrase: str, language: str) -> bool:
    """True if words in the language of a tag put a count before another one.

    >>> says_earlier("Earlier, the mayor spoke of two dead", "en")
    True
    >>> says_earlier("Earlier in the day two died", "en")
    False
    """
    return _comparison_words(language).says_earlier(fold(phrase))


_NO_WORDS = ComparisonWords()


def _comparison_words(tag: str) -> ComparisonWords:
    language = primary(tag)
    found: ComparisonWords | None = table_of(language, "COMPARISON")
    return found or FURTHER.get(language, _NO_WORDS)


def read_number(
    phrase: str, language: str, before: str = "", after: str = ""
) -> NumberReading | None:
    """How many ``phrase`` says, in the language of a tag; ``None`` if it is unread.

    A phrase is read completely or not at all. ``before`` and ``after`` are the text around it: a
    qualifier right before or after the phrase counts as part of it.

    >>> read_number("at least twenty-one people", "en")[:2]
    ('at_least', 21)
    >>> read_number("two of the three soldiers and a medic", "en")
    """
    if len(phrase) > LONGEST or _UNCLEAR.search(phrase):
        return None
    language = primary(language)
    words = table_of(language, "NUMBERS")
    if words is None:
        return None
    remembered = _read if len(phrase) <= _REMEMBERED else _read.__wrapped__
    phrase = fold(phrase)
    left, right = qualifiers_around(fold(before), fold(after), words)
    if left or right:
        reading = remembered(f"{left} {phrase} {right}", language)
        if reading is not None:
            return reading
    return remembered(phrase, language)


@lru_cache(maxsize=1 << 12)
def _read(phrase: str, language: str) -> NumberReading | None:
    return read(phrase, table_of(language, "NUMBERS"))
