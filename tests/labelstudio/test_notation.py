"""Groups, fractions and alternatives as text: whatever a file may hold comes back from it."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sizes import examples
from warclaims.corpus.model_schema import FIXED_FIELDS, model_schema, with_lists
from warclaims.corpus.schema_check import JsonSchema
from warclaims.labelstudio.notation import read, written
from warclaims.records import (
    LAYERS,
    Casualty,
    FieldKind,
    FieldShape,
    Fraction,
    Lists,
    OwnValue,
    VictimGroup,
    shapes,
)

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

FIELDS = shapes(Casualty)
LISTS = Lists(
    OwnValue(list=name, value=value, label=value, meaning=value, kind_of=core)
    for name, value, core in (
        ("status", "miner", "civilian"),
        ("status", "elderly", "civilian"),  # also an age
        ("status", "unspecified", "civilian"),  # also an age and a sex
        ("age", "miner", "adult"),
        ("sex", "none", "female"),
        ("cause", "none", "fire"),
    )
)

thorough = settings(derandomize=True, max_examples=examples(150, 5000), deadline=None)

ids = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,5}", fullmatch=True) | st.sampled_from(
    ("none", "null", "true", "1", "07", "1e5", "2023-09-19", "NaN")
)
words = st.text(min_size=1, max_size=8) | st.sampled_from(
    ("none", "a; value: 7", 'a "b" \\', "[", "{}", "1/2", " x ", "\u2028", "\x85\r\n", "שָׁלוֹם, ok")
)


@st.composite
def span(draw: DrawFn) -> list[dict[str, Any]]:
    return draw(
        st.lists(
            st.fixed_dictionaries(
                {"start": st.integers(0, 9), "end": st.integers(1, 9), "text": words}
            ),
            min_size=1,
            max_size=2,
        )
    )


def value_of(shape: FieldShape) -> SearchStrategy[Any]:
    """Any value that the JSON Schema allows in a field."""
    count = st.integers(0, 10**12)
    one: SearchStrategy[Any]
    if shape.kind is FieldKind.SPAN:
        one = span()
    elif shape.choices:
        one = st.sampled_from([member.value for member in LISTS.of(shape.choices)])
    elif shape.kind is FieldKind.REFERENCE:
        one = ids
    elif shape.kind is FieldKind.INTEGER:
        one = count | count.map(float)
    elif shape.name == "fraction":
        one = st.fixed_dictionaries({"numerator": count, "denominator": st.integers(1, 10**12)})
    elif shape.name == "groups":
        one = st.fixed_dictionaries(
            {},
            optional={
                "status": st.lists(st.sampled_from(["medic", "miner"])),
                "age": st.sampled_from(["child", "unspecified", "miner"]),
                "sex": st.sampled_from(["male", "unspecified", "none"]),
            },
        )
    else:
        assert shape.name == "said_on"
        one = st.sampled_from(("2023", "2023-09", "2023-09-19"))
    if shape.many:
        one = st.lists(one, max_size=3)
    return st.none() | one if shape.nullable else one


@st.composite
def alternatives(draw: DrawFn) -> tuple[str, list[dict[str, Any]]]:
    """A layer, and other readings of one of its records."""
    layer = draw(st.sampled_from(sorted(LAYERS)))
    fields = {
        name: value_of(shape)
        for name, shape in shapes(LAYERS[layer]).items()  # type: ignore[index]
        if name not in FIXED_FIELDS
    }
    one = st.fixed_dictionaries({}, optional=fields).filter(bool)
    return layer, draw(st.lists(one, min_size=1, max_size=3))


@cache
def alternatives_schema(layer: str) -> JsonSchema:
    content = with_lists(model_schema(LAYERS[layer]), LISTS)  # type: ignore[index]
    return JsonSchema({**content, "required": []}, layer)


@pytest.mark.soak
@thorough
@given(alternatives())
def test_alternatives_come_back(drawn):
    layer, given_ones = drawn
    assert alternatives_schema(layer).findings({"alternatives": given_ones}, "") == []
    fields = shapes(LAYERS[layer])
    text = written(fields["alternatives"], given_ones)
    assert len(text.split("\n")) == len(given_ones), "a line each"
    back = read(fields["alternatives"], text, fields, LISTS)
    assert [list(one) for one in back] == [list(one) for one in given_ones], "in that order"
    same = [json.dumps(ones, sort_keys=True) for ones in (back, given_ones)]
    assert same[0] == same[1], "also 7 and 7.0 are two things"
    loose = "\r\n \n".join(f"  {line} ;" for line in text.split("\n"))
    assert read(fields["alternatives"], loose, fields, LISTS) == given_ones


def values(name: str) -> list[str]:
    return list(LISTS.members(name))


groups = st.builds(
    VictimGroup,
    status=st.lists(st.sampled_from(values("status")), unique=True, max_size=3).map(tuple),
    age=st.sampled_from(values("age")),
    sex=st.sampled_from(values("sex")),
)


@pytest.mark.soak
@thorough
@given(st.lists(groups, min_size=1, max_size=3))
@example([VictimGroup()])
def test_groups_come_back(drawn):
    text = written(FIELDS["groups"], drawn)
    back = read(FIELDS["groups"], text, FIELDS, LISTS)
    assert [VictimGroup.model_validate_json(json.dumps(group)) for group in back] == drawn
    assert not any("unspecified" in (group.get("age"), group.get("sex")) for group in back)


def test_core_values_are_written_without_their_list():
    drawn = [VictimGroup(status=("medic", "miner"), age="adult", sex="female"), VictimGroup()]
    assert written(FIELDS["groups"], drawn) == "medic status: miner adult female\nunspecified"
    typed = "female, adult; medic ,status :miner\n\n age: unspecified"
    back = read(FIELDS["groups"], typed, FIELDS, LISTS)
    assert back == [{"sex": "female", "age": "adult", "status": ["medic", "miner"]}, {}]


@pytest.mark.soak
@thorough
@given(st.integers(0, 10**12), st.integers(1, 10**12))
def test_fractions_come_back(above, below):
    text = written(FIELDS["fraction"], Fraction(numerator=above, denominator=below))
    expected = {"numerator": above, "denominator": below}
    assert read(FIELDS["fraction"], f" {text}\n", FIELDS, LISTS) == expected


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("fraction", "half", "is 'half'; a fraction is written: 1/2"),
        ("fraction", "1/2/3", "a fraction is written: 1/2"),
        ("fraction", "-1/2", "a fraction is written: 1/2"),
        ("fraction", "½", "a fraction is written: 1/2"),
        ("groups", "adult women", "has 'women' in a group; a group is values of status, age and"),
        ("groups", "sex: adult", "has 'sex:adult' in a group; a group is"),
        ("groups", "adult child", "two values of age, 'adult child'; a group is"),
        ("groups", "miner", "Say of which list: status: miner or age: miner"),
        ("groups", ":", "a group is values"),
        ("alternatives", "killed", "has 'killed'; an alternative is written: outcome: killed"),
        ("alternatives", "outcome killed", "an alternative is written"),
        ("alternatives", "outcomes: killed", "has 'outcomes: killed'; an alternative is written"),
        ("alternatives", "note: why", "has 'note: why'; an alternative is written"),
        ("alternatives", "outcome: killed; outcome: injured", "has outcome twice"),
        ("alternatives", "value: seven", "has 'seven' as value; a number is written: 7"),
        ("alternatives", "value: 1,000", "a number is written: 7"),
        ("alternatives", "value: ٧", "a number is written: 7"),
        ("alternatives", "fraction: half", "a fraction is written: 1/2"),
        ("alternatives", "span: two men", "has 'two men' as span; that is written as JSON"),
        ("alternatives", "groups: [1", "which is not JSON; an alternative is written"),
        ("alternatives", 'cause: "fire" smoke', "has 'smoke' after JSON; an alternative"),
        ("alternatives", "cause: " + "[" * 100_000, "which is not JSON"),
    ],
)
def test_words_that_cannot_be_read_are_answered_with_how_it_is_written(field, typed, said):
    with pytest.raises(ValueError, match=r"written|a group is") as caught:
        read(FIELDS[field], typed, FIELDS, LISTS)
    assert said in str(caught.value)


@pytest.mark.soak
@thorough
@given(st.sampled_from(("fraction", "groups", "alternatives")), st.text(max_size=30) | words)
def test_any_words_are_read_or_answered(field, typed):
    try:
        read(FIELDS[field], typed, FIELDS, LISTS)
    except ValueError as error:
        said = str(error)
    else:
        return
    assert "written" in said or "a group is" in said


def test_what_an_annotator_types_by_hand():
    typed = "outcome: killed;value:7 ; cause: fire,collapse; status: none\nfraction: 1/3; age:"
    assert read(FIELDS["alternatives"], typed, FIELDS, LISTS) == [
        {"outcome": "killed", "value": 7, "cause": ["fire", "collapse"], "status": []},
        {"fraction": {"numerator": 1, "denominator": 3}, "age": None},
    ]
