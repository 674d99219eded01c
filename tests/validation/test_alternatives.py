"""Other readings of a record: what is possible, and what a reading that fits looks like."""

from __future__ import annotations

from typing import Any

import pytest
from corrupt import ONE, edit
from pydantic import ValidationError

import warclaims
from warclaims.records import Casualty
from warclaims.validation import validate

CIVILIANS = {"start": 45, "end": 58, "text": "two civilians"}


def found(mini, layer: str, *readings: dict[str, Any], index: int = 0) -> list[tuple[str, str]]:
    place = f"/{layer}/{index}"
    edit(mini, ONE, {f"{place}/alternatives": list(readings), f"{place}/note": "or so"})
    return [
        (f.code, f.pointer.removeprefix(f"{place}/alternatives/"))
        for f in validate(warclaims.open(mini))
    ]


@pytest.mark.parametrize(
    ("layer", "reading"),
    [
        ("casualties", {"value": 3}),
        ("casualties", {"span": [{"start": 49, "end": 58, "text": "civilians"}]}),
        ("casualties", {"trigger": None}),
        ("casualties", {"trigger": [CIVILIANS]}),
        ("casualties", {"subset_of": ["c2"]}),
        ("casualties", {"perpetrator": "a2"}),
        ("casualties", {"inferred_perpetrator": "borland", "perpetrator": None}),
        ("casualties", {"events": []}),
        ("casualties", {"groups": [{"age": "child"}]}),
        ("casualties", {"cause": ["artillery", "fire"]}),
        ("casualties", {"outcome": "killed", "value": 3}),
        ("actors", {"entity": None}),
        ("locations", {"place": "avaria-land"}),
        ("attributions", {"source": ["a2"], "blames": ["a3"]}),
        ("attributions", {"answers": "t2", "act": "deny"}),
        ("attributions", {"cue": None}),
    ],
)
def test_a_possible_reading_gives_no_finding(layer, reading, mini):
    assert found(mini, layer, reading) == []


@pytest.mark.parametrize(
    ("layer", "reading", "field"),
    [
        ("casualties", {"span": [{**CIVILIANS, "text": "two citizens!"}]}, "span"),
        ("casualties", {"span": [{**CIVILIANS, "start": 44}]}, "span"),
        ("casualties", {"span": [{**CIVILIANS, "end": 59}]}, "span"),
        ("casualties", {"span": [CIVILIANS, {"start": 900, "end": 903, "text": "two"}]}, "span"),
        ("casualties", {"trigger": [{"start": 90, "end": 84, "text": "killed"}]}, "trigger"),
        ("attributions", {"content": [{"start": 0, "end": 3, "text": "xyz"}]}, "content"),
        ("attributions", {"cue": [{"start": 41, "end": 45, "text": "said"}]}, "cue"),
        ("casualties", {"subset_of": ["c2", "c9"]}, "subset_of"),
        ("casualties", {"same_as": ["t1"]}, "same_as"),
        ("casualties", {"perpetrator": "c2"}, "perpetrator"),
        ("casualties", {"inferred_perpetrator": "nobody"}, "inferred_perpetrator"),
        ("casualties", {"side": "avaria-land"}, "side"),
        ("casualties", {"events": ["shelling-of-dorn", "other"]}, "events"),
        ("actors", {"entity": "dorn"}, "entity"),
        ("locations", {"place": "borland"}, "place"),
        ("attributions", {"source": ["a9"]}, "source"),
        ("attributions", {"answers": "t9"}, "answers"),
        ("attributions", {"inferred_blames": ["a1"]}, "inferred_blames"),
        ("attributions", {"regarding": ["dorn"]}, "regarding"),
    ],
)
def test_words_and_references_of_a_reading_must_be_there(layer, reading, field, mini):
    assert found(mini, layer, reading) == [("C521", f"0/{field}")]


def test_words_at_the_very_end_of_the_text_are_not_longer_than_it(mini):
    text = warclaims.open(mini).text("one")
    start = len(text.rstrip()) - 4
    words = {"start": start, "end": len(text) + 9, "text": text[start:]}
    assert found(mini, "casualties", {"span": [words]}) == [("C521", "0/span")]


@pytest.mark.parametrize(
    ("layer", "reading"),
    [
        ("casualties", {"value": 2}),
        ("casualties", {"status": ["civilian"], "sex": "unspecified", "subset_of": []}),
        ("casualties", {"span": [CIVILIANS]}),
        ("casualties", {"fraction": None, "groups": []}),
        ("actors", {"entity": "avaria-officials", "level": "nominal"}),
        ("attributions", {"act": "assert", "answers": None}),
    ],
)
def test_a_reading_changes_something(layer, reading, mini):
    assert found(mini, layer, reading) == [("C521", "0")]


def test_parts_of_a_value_are_compared_with_what_they_leave_out(mini):
    groups = [{"age": "child", "sex": "female"}, {"status": ["medic"]}]
    edit(mini, ONE, {"/casualties/0/groups": groups})
    full = [
        {"sex": "female", "age": "child", "status": []},
        {"status": ["medic"], "age": "unspecified"},
    ]
    assert found(mini, "casualties", {"groups": full}) == [("C521", "0")]
    assert found(mini, "casualties", {"groups": [{"age": "child"}, {"status": ["medic"]}]}) == []


def test_each_wrong_value_of_each_reading_is_found(mini):
    readings = {"value": 3}, {"subset_of": ["c9"], "perpetrator": "a9"}, {"value": 2}
    expected = [("C521", "1/perpetrator"), ("C521", "1/subset_of"), ("C521", "2")]
    assert sorted(found(mini, "casualties", *readings)) == expected


def test_without_the_text_and_the_registries_nothing_is_said_of_them(mini):
    edit(mini, ONE, {"/casualties/0/note": "x"})
    reading = {"span": [{**CIVILIANS, "text": "two citizens!"}], "events": ["other"]}
    edit(mini, ONE, {"/casualties/0/alternatives": [reading]})
    annotations = warclaims.open(mini).annotations("one")
    assert warclaims.validation.check_annotations(annotations, None, None) == []


def test_readings_are_the_record_and_what_each_alternative_makes_of_it(mini):
    edit(
        mini,
        ONE,
        {"/casualties/0/alternatives": [{"value": 3.0}, {"status": [], "side": "avaria"}]},
    )
    casualty = warclaims.open(mini).annotations("one").casualties[0]
    own, more, other = casualty.readings()
    assert own == casualty
    assert (more.value, more.status, more.alternatives) == (3, ("civilian",), ())
    assert (other.value, other.status, other.side) == (2, (), "avaria")


@pytest.mark.parametrize(
    "reading", [{}, {"id": "c9"}, {"value": "3"}, {"valeu": 3}, {"value": float("nan")}]
)
def test_a_record_is_not_made_with_an_impossible_alternative(reading, mini):
    casualty = warclaims.open(mini).annotations("one").casualties[0]
    with pytest.raises(ValidationError, match="alternatives"):
        Casualty.model_validate({**dict(casualty), "alternatives": (reading,)})
