"""Phrases that say how many, in every language that has number words."""

from __future__ import annotations

import re
import sys
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from phrases import LANGUAGES, cases, shown

from sizes import examples
from warclaims import language
from warclaims.language import LONGEST, en, read_number, register
from warclaims.language.number_words import NumberWords
from warclaims.language.numbers import read
from warclaims.records.base import MAX_COUNT

CASES = [(tag, *case) for tag in LANGUAGES for case in cases(tag)]


@pytest.mark.parametrize(("tag", "phrase", "expected"), CASES)
def test_how_many_a_phrase_says(tag, phrase, expected):
    assert shown(read_number(phrase, tag)) == expected


@pytest.mark.parametrize(
    ("phrase", "also"),
    [
        ("nearly 50 people", ("less_than",)),
        ("a dozen men", ("approximate",)),
        ("a million people", ("exact",)),
        ("12 people", ()),
    ],
)
def test_quantifiers_that_fit_as_well(phrase, also):
    reading = read_number(phrase, "en")
    assert reading.also_fits == also
    assert all(map(reading.fits, (reading.quantifier, *also)))
    assert not reading.fits("at_most")


@pytest.mark.parametrize(
    ("phrase", "minimum"), [("several people", 3), ("a few soldiers", 3), ("soldiers", 2)]
)
def test_the_least_that_an_indefinite_phrase_implies(phrase, minimum):
    assert read_number(phrase, "en").minimum == minimum


@pytest.mark.parametrize(
    ("before", "phrase", "after", "expected"),
    [
        ("that killed at least ", "40 soldiers", "", "at_least 40"),
        ("", "40 soldiers", " or more", "at_least 40"),
        ("", "two soldiers", ". One or more died", "exact 2"),
        ("of at least ten. Then ", "40 soldiers", "", "exact 40"),
        ("killed more than", "at least 40 soldiers", "", "at_least 40"),
        ("he wrote about ", "the wounded", "", "indefinite"),
    ],
)
def test_qualifiers_beside_the_phrase(before, phrase, after, expected):
    assert shown(read_number(phrase, "en", before, after)) == expected


@pytest.mark.parametrize("tag", ["en", "en-GB", "EN", "eng"])
def test_every_tag_of_a_language(tag):
    assert read_number("two soldiers", tag).value == 2


@pytest.mark.parametrize("tag", ["und", "nl", "enm", "", "zh-Hant"])
def test_other_languages_are_unread(tag):
    assert read_number("12", tag) is None


def test_a_language_of_another_package(monkeypatch):
    module = ModuleType("kolonian")
    module.NUMBERS = NumberWords(
        cardinals={"tin": 2}, scales={"tok": 100}, noun_number=lambda *_: None
    )
    monkeypatch.setitem(sys.modules, "kolonian", module)
    monkeypatch.setattr(language, "_MODULES", dict(language._MODULES))
    register("qtz", "kolonian")
    assert read_number("tin tok", "qtz").value == 200
    assert read_number("soldiers", "qtz") is None


@pytest.mark.parametrize(
    "phrase",
    [
        "9" * 390 + " men",
        "1" + ",000" * 6 + " men",
        "2 million million men",
        "1000000000001 men",
        "billion " * 40,
        "9" * 6000 + " men",
        "one " * 20_000,
        "5 and " * 60,
        "between 5 and " * 28,
        "a hundred and " * 28,
        "of the " * 57,
        "1/" * 190,
        "- " * 190,
        "two-" * 99,
    ],
)
def test_no_number_is_larger_than_a_count_and_no_phrase_is_read_without_end(phrase):
    assert read_number(phrase, "en") is None


def test_the_largest_count_is_a_number():
    assert read_number("1,000,000,000,000 men", "en").value == MAX_COUNT
    assert read_number("1000 billion men", "en").value == MAX_COUNT


WORDS = sorted({word for said in en.NUMBERS.phrases for word in (said, *en.NUMBERS.cardinals)})
PIECES = [
    *WORDS,
    "1.5",
    "1,000",
    "2020",
    "²",
    "٣",
    "½",
    "-",
    ",",
    "soldiers",
    "man",
    "9" * 20,
    "T-72",
]


@pytest.mark.soak
@settings(derandomize=True, max_examples=examples(100, 2000), deadline=None)
@given(st.sampled_from(LANGUAGES), st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join))
def test_any_words_are_read_or_unread(tag, phrase):
    reading = read_number(phrase, tag)
    if reading is not None and len(phrase) <= LONGEST:
        assert 0 <= (reading.value or 0) <= MAX_COUNT
        assert reading.value_max is None or reading.value < reading.value_max <= MAX_COUNT
        assert reading.fraction is None or 0 < reading.fraction[0] <= reading.fraction[1]


BEFORE = ["", "at least ", "about ", "over ", "some ", "the ", "just "]
DIGITS = ["5", "1,234", "2020", "12 000", "1.5", "007"]


@pytest.mark.soak
@settings(derandomize=True, max_examples=examples(100, 2000), deadline=None)
@given(
    st.sampled_from(BEFORE),
    st.sampled_from(DIGITS),
    st.lists(st.sampled_from([*WORDS, *["men", "dead"] * 40]), min_size=1, max_size=3),
)
def test_the_fast_way_reads_the_same(before, digits, words):
    phrase = f"{before}{digits} {' '.join(words)}"
    reading = read(phrase, en.NUMBERS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("warclaims.language.numbers._SIMPLE", re.compile("(?!)"))
        assert read(phrase, en.NUMBERS) == reading
