"""What a text says that asks for a record: found in tricky texts, held by spans, and fast."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warclaims.language.en import COVERAGE
from warclaims.validation.scanning import CoveredRanges, left_out, scanner, uncovered

NAMES = frozenset({"Armenia", "Nagorno-Karabakh", "Dead Sea", "Said Nursi", "EU", "the town"})
EMPTY = CoveredRanges(*([] for _ in CoveredRanges._fields))


def told(text: str, **covers: list[tuple[int, int]]) -> dict[str, list[str]]:
    """The words of ``text`` that are left out where only ``covers`` hold some."""
    left = left_out(text, scanner(NAMES).hits(text), EMPTY._replace(**covers), COVERAGE)
    return {
        kind: [text[hit[0] : hit[1]] for hit in hits]
        for kind, hits in left._asdict().items()
        if hits
    }


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("two Azerbaijani tanks destroyed and five soldiers killed", ["five"]),
        ("two combat helicopters and three drones down, six dead", ["six"]),
        ("after three years, more than 30,000 dead and a million displaced", ["30,000", "million"]),
        ("twenty-one dead", ["twenty-one"]),
        ("1.5 million were displaced", ["1.5 million"]),
        ("20–30 killed, 20-30 wounded", ["20–30", "20-30"]),
        ("Killed: 3,000.", ["3,000"]),
        ("one person was killed", ["one"]),
        ("TWO DEAD", ["TWO"]),
        ("Fifteen of them are said to be civilians", ["Fifteen"]),
        ("hundreds of thousands fled", ["hundreds", "thousands"]),
        ("U.S. forces lost their lives: 4 of the U.S. soldiers", ["4"]),
        ("Lt. Col. Dorn and 3 men died", ["3"]),
        ("2000 people were killed", ["2000"]),
        ("captured 12 fighters", ["12"]),
        ("😀 seven die 😀", ["seven"]),
        ("3 killed, 5 hurt", ["3", "5"]),
        ("lost 50 soldiers and 12 tanks", ["50"]),
        ("14 people, including 4 children, have been killed", ["14", "4"]),
        ("arrested 12 people after three soldiers were shot dead", ["three"]),
        ("120,000 live where hundreds died", ["hundreds"]),
        ("The 44-day war in 2020 killed 6,500", ["6,500"]),
        ("In 2020 soldiers were killed", []),
        ("A 42-year-old was killed", []),
        ("Ivan, 42, was killed", []),
        ("killed, aged 42", []),
        ("killed in 2020 and 1992-94", []),
        ("killed at 14:00, at 5 p.m., at 5 o'clock", []),
        ("20% of the wounded, 20 % and 20 percent", []),
        ("killed on 19 September, on September 19", []),
        ("no one was killed", []),
        ("said that two soldiers and 3 women died", ["two", "3"]),
        ("one of the regions where most died", []),
        ("killed 5 times", []),
        ("captured two villages", []),
        ("crews of a T-72 and an F-16 died", []),
        ("damage of $5 million, nobody killed", []),
        ("the seventh was killed, 2nd killed", []),
        ("5kg killed", []),
        ("Five tanks burned. They fled", []),
        ("Five tanks burned\nThey fled", []),
        ("four " + "long words " * 5 + "killed", []),
        ("two weddings", []),
        ("often wounded", []),
    ],
)
def test_numbers_beside_words_of_harm(text, counted):
    assert told(text).get("numbers", []) == counted


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A child was killed.", ["killed"]),
        ("He lost his life", ["lost his life"]),
        ("civilian lives have been lost", ["lives have been lost"]),
        ("the deadline, deathly, the undead, dead-end", []),
        ("on the Dead Sea", []),
        ("no casualties, no one died", []),
        ("They captured the town; they lost the war", []),
    ],
)
def test_words_of_harm(text, words):
    assert told(text).get("harms", []) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He said it. He SAID it. Said he.", ["said", "SAID", "Said"]),
        ("According to him, he’d told us", ["According to", "told"]),
        ("the so-called saidx unsaid said-so “said”", ["said"]),
        ("Said Nursi", []),
        ("“We deny that,” he said", ["deny", "said"]),
        ("said's", ["said"]),
        ("sai\u0301d, said\u0301", []),
    ],
)
def test_words_of_speech(text, words):
    assert told(text).get("speech", []) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“We will win,” he thought", ["We will win"]),
        (
            '"We will win", ‘we will go’, «we will stay.»',
            ["We will win", "we will go", "we will stay"],
        ),
        ("“anti-terrorist activities” and “calm”", []),
        ('"never closed here', []),
        ("“never closed here", []),
        ("“never closed\nhere so”", []),
        ("“ “physically destroy” them all", []),
        ("It's the soldiers' job, isn't it?", []),
        ("Yes\n– We ask them to stop, he thought", ["We ask them to stop"]),
        (
            "Yes\n“We will win. We will stay.\n“And never leave here”",
            ["We will win", "And never leave here"],
        ),
        ("Yes\n«We will win.«", []),
        ("Yes\n- We ask them to stop", []),
        ("a – we ask them to stop", []),
    ],
)
def test_quotations(text, words):
    assert told(text).get("quotations", []) == words


def test_names_of_the_registries_stand_whole_and_as_they_are_written():
    text = (
        "Armenia’s army, the Armenian army, Armenia-backed, ARMENIA, EU, the town, Nagorno-Karabakh"
    )
    assert told(text)["names"] == ["Armenia", "Nagorno-Karabakh"]


def test_what_holds_words_and_what_does_not():
    text = "“We deny that two were killed,” Armenia said"
    at = {word: (text.index(word), text.index(word) + len(word)) for word in text.split()}
    quote = (0, text.index(" Armenia"))
    assert told(text) == {
        "numbers": ["two"],
        "speech": ["deny", "said"],
        "quotations": ["We deny that two were killed"],
        "names": ["Armenia"],
    }
    assert "numbers" not in told(text, casualties=[at["two"]])
    assert told(text, casualties=[at["two"]])["harms"] == ["killed"]
    killed = (text.index("killed"), text.index(","))
    assert "harms" not in told(text, casualties=[at["two"]], triggers=[killed])
    assert told(text, cues=[at["deny"]])["speech"] == ["said"]
    assert "quotations" not in told(text, contents=[quote])
    assert "quotations" not in told(text, contents=[(1, quote[1] - 2)])
    assert "quotations" in told(text, contents=[(1, quote[1] - 5)])
    assert "names" not in told(text, actors=[at["Armenia"]])
    assert "names" not in told(text, locations=[at["Armenia"]])
    assert set(told(text, headings=[(0, len(text))])) == {"speech", "quotations", "names"}
    assert told(text, closed=[(0, len(text))]) == {}


@pytest.mark.parametrize("number", ["1,234", "12,345,678", "20–30"])
def test_no_number_is_cut_where_the_search_begins(number):
    words = " ".join(["abcdefghijk"] * 8)
    for pad in range(8):
        text = f"{number} {words[pad:]} killed"
        assert told(text).get("numbers", [number]) == [number]
        assert "numbers" in told(text) or pad < 3


RANGES = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 6)), max_size=8).map(
    lambda pairs: sorted((start, start + size) for start, size in pairs)
)
APART = RANGES.map(
    lambda found: [r for i, r in enumerate(found) if all(r[0] >= other[1] for other in found[:i])]
)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(APART, RANGES, RANGES)
def test_the_sweep_leaves_what_nothing_holds(hits, one, two):
    covers = one + two
    assert uncovered(hits, one, two) == [
        (start, end) for start, end in hits if not any(a < end and start < b for a, b in covers)
    ]
    assert uncovered(hits, one, two, whole=True) == [
        (start, end) for start, end in hits if not any(a <= start and end <= b for a, b in covers)
    ]


PIECES = st.sampled_from(
    [
        "killed",
        "two",
        "3,000",
        " ",
        "“",
        "”",
        '"',
        "\n",
        "– ",
        ". ",
        "said",
        "Armenia",
        "é",
        "😀",
        "-",
    ]
)


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.lists(PIECES).map("".join))
def test_hits_are_in_order_and_in_the_text(text):
    hits = scanner(NAMES).hits(text)
    for found in (*hits, *left_out(text, hits, EMPTY, COVERAGE)):
        assert found == sorted(found)
        assert all(0 <= hit[0] < hit[1] <= len(text) for hit in found)


@pytest.mark.parametrize(
    "unit", ["killed 5 ", "two ", "“", "“ ”", '"', "“a b c d” ", "said ", "5,", "\n– a", "‘a’ "]
)
def test_long_texts_take_no_longer_than_their_length_asks(unit):
    text = unit * (300_000 // len(unit))
    left_out(text, scanner().hits(text), EMPTY, COVERAGE)  # quadratic work would not end
