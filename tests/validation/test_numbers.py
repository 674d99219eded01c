"""Numbers in victim phrases, and what the words around them mean."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warclaims.records.base import MAX_COUNT
from warclaims.records.vocabulary import Quantifier
from warclaims.validation.numbers import LONGEST, numbers

Q = Quantifier

PHRASES = {
    "five people": (5, Q.EXACT),
    "Fifteen of them": (15, Q.EXACT),
    "eighty people": (80, Q.EXACT),
    "a child": (1, Q.EXACT),
    "an Azerbaijani citizen": (1, Q.EXACT),
    "another soldier": (1, Q.EXACT),
    "one of the officers": (1, Q.EXACT),
    "both drivers": (2, Q.EXACT),
    "32,000 people": (32_000, Q.EXACT),
    "30,000 lives": (30_000, Q.EXACT),
    "twenty-one soldiers": (21, Q.EXACT),
    "two hundred and five soldiers": (205, Q.EXACT),
    "three thousand four hundred people": (3400, Q.EXACT),
    "2.5 million people": (2_500_000, Q.EXACT),
    "two dozen men": (24, Q.EXACT),
    "eight of the 11": (8, Q.EXACT),
    "a million displaced": (10**6, Q.APPROXIMATE),
    "about a million displaced": (10**6, Q.APPROXIMATE),
    "half a million people": (500_000, Q.APPROXIMATE),
    "some 3,000": (3000, Q.APPROXIMATE),
    "approximately 32,000 people": (32_000, Q.APPROXIMATE),
    "around 120,000 Armenians": (120_000, Q.APPROXIMATE),
    "about 800,000 Azerbaijanis": (800_000, Q.APPROXIMATE),
    "an estimated 40 people": (40, Q.APPROXIMATE),
    "40 or so soldiers": (40, Q.APPROXIMATE),
    "at least two deaths": (2, Q.AT_LEAST),
    "At least seven people": (7, Q.AT_LEAST),
    "no fewer than six": (6, Q.AT_LEAST),
    "ten people or more": (10, Q.AT_LEAST),
    "more than 7,000 dead on both sides": (7000, Q.MORE_THAN),
    "over 200 wounded": (200, Q.MORE_THAN),
    "up to 40 wounded": (40, Q.AT_MOST),
    "no more than three": (3, Q.AT_MOST),
    "fewer than ten victims": (10, Q.LESS_THAN),
    "thousands of people": (1000, Q.ORDER_OF_MAGNITUDE),
    "missing persons in the thousands": (1000, Q.ORDER_OF_MAGNITUDE),
    "tens of thousands": (10_000, Q.ORDER_OF_MAGNITUDE),
    "hundreds": (100, Q.ORDER_OF_MAGNITUDE),
}


@pytest.mark.parametrize("words", PHRASES)
def test_the_number_and_its_quantifier(words):
    value, quantifier = PHRASES[words]
    found = numbers(words)
    assert [number.value for number in found] == [value]
    assert quantifier in found[0].fits


@pytest.mark.parametrize(
    "words",
    [
        "several other children",
        "the wounded",
        "the Azeri population",
        "dead and wounded",
        "civilian lives",
        "a group of soldiers",
        "several thousand people",
        "his 12-year-old daughter",
        "soldiers of the 44th brigade",
        "dead on both sides",
    ],
)
def test_no_number(words):
    assert numbers(words) == []


def test_qualifiers_may_stand_outside_the_phrase():
    (number,) = numbers("40 soldiers", before="that killed at least ")
    assert set(number.fits) == {Q.AT_LEAST}
    (number,) = numbers("40 soldiers", after=" or more")
    assert set(number.fits) == {Q.AT_LEAST}
    (number,) = numbers("two soldiers", after=". One or more died")
    assert set(number.fits) == {Q.EXACT}
    (number,) = numbers("40 soldiers", before="of at least ten. Then ")
    assert set(number.fits) == {Q.EXACT}


def test_leading_numbers():
    assert numbers("the two of them")[0].leads
    assert not numbers("dead of the 2020 war")[0].leads


@pytest.mark.parametrize(
    "words",
    [
        "9" * 390 + " men",
        "9" * 16 + " men",
        "1" + ",000" * 6 + " men",
        "2 million million men",
        "1000000000001 men",
        "half of 999999 billion men",
        "billion " * 40,
        "9" * 6000 + " men",
        "1" + ",000" * 2000 + " men",
        "one " * 20_000,
    ],
)
def test_no_number_is_larger_than_a_count_and_no_phrase_is_read_without_end(words):
    assert all(number.value <= MAX_COUNT for number in numbers(words))
    assert len(words) <= LONGEST or numbers(words) == []


def test_the_largest_count_is_a_number():
    assert [number.value for number in numbers("1,000,000,000,000 men")] == [MAX_COUNT]
    assert [number.value for number in numbers("1000 billion men")] == [MAX_COUNT]


PIECES = "two hundred billion and a half dozen first no point zero 1.5 1,000 ² ٣ -"


@settings(derandomize=True, max_examples=500, deadline=None)
@given(
    st.lists(st.sampled_from([*PIECES.split(), "9" * 20, "tens of thousands", " "])).map(" ".join)
)
def test_any_words_are_read(words):
    assert all(0 <= number.value <= MAX_COUNT for number in numbers(words))
