"""The word lists of each language: each word is in one list, and written in small letters."""

from __future__ import annotations

import pytest

from warclaims.folding import fold
from warclaims.language import read_number, table_of

LANGUAGES = ("ar", "en", "es", "ru")


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_listed_once_in_small_letters(language):
    words = table_of(language, "COVERAGE")
    kinds = [words.harm, words.harm_with_number, words.speech, words.numbers, words.look_alikes]
    listed = [fold(word) for kind in kinds for word in set(kind)]
    assert len(set(listed)) == len(listed)
    assert all(word == word.lower().strip() for word in listed)


@pytest.mark.parametrize("word", sorted(set(table_of("en", "COVERAGE").numbers) - {"score"}))
def test_number_words_are_read_as_numbers(word):
    article = "a " if word in ("dozen", "hundred", "thousand", "million", "billion") else ""
    article = article or ("one " if word in ("lakh", "crore") else "")
    assert read_number(f"{article}{word} people", "en") is not None
