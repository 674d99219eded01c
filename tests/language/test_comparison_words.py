"""Words for *several* and *earlier*, by the language of a text."""

import pytest

from warclaims import language
from warclaims.language import says_earlier, says_several


@pytest.mark.parametrize(
    ("phrase", "tag"),
    [
        ("Several soldiers", "en-GB"),
        ("a few people", "eng"),
        ("unos cuantos civiles", "es"),
        ("несколько человек", "ru"),
        ("بضعة جنود", "ar"),
        ("plusieurs civils", "fr"),
        ("數十名士兵", "zh-Hant"),
    ],
)
def test_several_is_read_in_the_language_of_the_text(phrase, tag):
    assert says_several(phrase, tag)
    assert not says_several(phrase, "fi")
    assert not says_several(phrase, "und")


@pytest.mark.parametrize(
    ("phrase", "tag"),
    [
        ("soldiers", "en"),
        ("severally", "en"),
        ("some soldiers", "en"),
        ("algunos soldados", "es"),
        ("عدد من الجنود", "ar"),
        ("einige Soldaten", "de"),
        ("eerder", "nl"),
    ],
)
def test_other_words_are_not_several(phrase, tag):
    assert not says_several(phrase, tag)


@pytest.mark.parametrize(
    ("words", "tag", "is_earlier"),
    [
        ("Earlier, two had died", "en", True),
        ("Earlier in the day two had died", "en", False),
        ("Earlier today, up from two", "en", True),
        ("antes habían muerto dos", "es", True),
        ("прежние двое", "ru", True),
        ("попередня цифра", "uk", True),
        ("zuvor waren es zwei", "de", True),
        ("zuvor", "en", False),
    ],
)
def test_an_order_is_read_in_the_language_of_the_text(words, tag, is_earlier):
    assert says_earlier(words, tag) is is_earlier


def test_another_package_adds_the_words_of_a_language(tmp_path, monkeypatch):
    (tmp_path / "comparing_fi.py").write_text(
        "from warclaims.language.comparison_words import ComparisonWords\n"
        "COMPARISON = ComparisonWords(several=('muutama',))\n",
        "utf-8",
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(language, "_MODULES", dict(language._MODULES))
    language.register("fi", "comparing_fi")
    assert says_several("muutama ihminen", "fi")
    language.table_of.cache_clear()
    says_several.cache_clear()


@pytest.mark.parametrize("tag", ["en", "es", "ru", "ar"])
def test_a_phrase_has_the_same_minimum_in_comparisons_as_for_the_reader_of_numbers(tag):
    for phrase, least in language.table_of(tag, "NUMBERS").vague.items():
        assert says_several(phrase, tag) is (least >= 3), phrase
