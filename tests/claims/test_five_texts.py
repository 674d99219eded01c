"""The worked results on the five texts, on a frozen copy of their annotations."""

from pathlib import Path

import pytest

import warclaims
from warclaims.accounts import compare

FIVE_TEXTS = Path(__file__).parents[1] / "fixtures" / "five-texts"
DISPUTED = {"disagreement", "different_kinds"}


@pytest.fixture(scope="module")
def result():
    corpus = warclaims.open(FIVE_TEXTS)
    return compare(corpus.bundles(), corpus.registries)


def rows(result, event, respect, outcome="killed", kinds=DISPUTED):
    return [
        row
        for row in result.comparisons
        if (row.event, row.respect, row.outcome) == (event, respect, outcome) and row.kind in kinds
    ]


def documents(position):
    return {account.partition(":")[0] for account in position.accounts}


def account(result, *records):
    found = [
        one
        for one in result.accounts
        if set(records) <= set(one.records) and ("computed" in one.marks) == (len(records) > 1)
    ]
    assert len(found) == 1
    return found[0]


def test_the_explosions_have_six_dead_in_three_texts_and_at_least_six_in_the_fourth(result):
    bounds = {
        name: (account(result, name).minimum, account(result, name).maximum)
        for name in ("000:c6", "001:c1", "004:c6", "002:c1")
    }
    assert bounds == {"000:c6": (6, 6), "001:c1": (6, 6), "004:c6": (6, 6), "002:c1": (6, None)}
    (total,) = rows(result, "mine-explosions-2023", "total", kinds={"compatible"})
    assert documents(total.positions[0]) == {"000", "001", "002", "004"}


def test_the_explosions_have_two_disagreements_and_no_other(result):
    found = [
        row
        for row in result.comparisons
        if row.event == "mine-explosions-2023" and row.kind in DISPUTED
    ]
    assert [row.respect for row in found] == ["cause", "who"]
    cause, who = found
    assert [(one.value, documents(one)) for one in cause.positions] == [
        ("landmine", {"000", "002", "004"}),
        ("vehicle bomb", {"001"}),
    ]
    assert [(one.value, documents(one)) for one in who.positions] == [
        ("4 soldiers", {"000"}),
        ("4 police", {"001", "002", "004"}),
    ]
    assert who.depends_on == ("002:c2",)
    assert "position" in who.reason


def test_five_are_left_for_the_other_incident_and_only_shown(result):
    left = account(result, "004:c1", "004:c6")
    assert (left.events, left.minimum, left.maximum) == (("another-incident-2023",), 5, 5)
    assert "computed" in left.marks
    assert rows(result, "another-incident-2023", "total", kinds=DISPUTED | {"compatible"}) == []


def test_nothing_about_the_dead_of_the_offensive_is_a_disagreement_in_number(result):
    found = [
        row
        for row in result.comparisons
        if row.event == "offensive-2023" and row.outcome == "killed" and row.kind in DISPUTED
    ]
    assert found == []
    assert any(
        "000 as a whole has at least 6" in row.reason and row.marks == ("computed",)
        for row in result.comparisons
    )


def test_the_count_of_the_ombudsman_depends_on_a_reading_and_its_cause_does_not(result):
    (who,) = rows(result, "offensive-2023", "who", "killed_or_injured")
    assert [documents(one) for one in who.positions] == [{"000"}, {"000", "002", "004"}]
    assert who.positions[0].accounts == (account(result, "000:c4").id,)
    assert account(result, "000:c3").id in who.positions[1].accounts
    assert "at least 9" in who.positions[1].value
    assert "at least 5" in who.positions[1].value
    assert who.depends_on == ("000:c4",)
    assert "same_source" in who.marks
    (cause,) = rows(result, "offensive-2023", "cause", None)
    assert [(one.value, documents(one)) for one in cause.positions] == [
        ("air strike", {"000"}),
        ("artillery", {"002"}),
    ]
    assert "same_source" in cause.marks
    assert cause.depends_on == ()


def test_eighty_injured_against_eleven_depends_on_a_reading(result):
    (row,) = rows(result, "offensive-2023", "total", "injured")
    assert [one.value for one in row.positions] == ["11", "80"]
    assert row.depends_on == ("002:c5",)


def test_the_fifteen_civilians_and_the_earlier_two_are_earlier_and_later(result):
    (row,) = rows(result, "offensive-2023", "who", "killed_or_injured", {"update"})
    assert [one.value for one in row.positions] == ["2 civilians", "15 civilians"]


def test_both_wars_disagree_softly(result):
    (row,) = rows(result, "first-war + war-2020", "total")
    assert row.soft
    assert [one.value for one in row.positions] == ["about 32,000", "at least 37,002"]
    assert row.marks == ("computed",)


def test_the_first_war_is_compatible_softly(result):
    assert rows(result, "first-war", "total") == []
    (row,) = rows(result, "first-war", "total", kinds={"compatible"})
    assert row.soft
    assert documents(row.positions[0]) == {"002", "003"}


def test_no_other_disagreement_is_reported(result):
    assert [
        (row.event, row.outcome, row.respect) for row in result.comparisons if row.kind in DISPUTED
    ] == [
        ("first-war + war-2020", "killed", "total"),
        ("mine-explosions-2023", None, "cause"),
        ("mine-explosions-2023", "killed", "who"),
        ("offensive-2023", None, "cause"),
        ("offensive-2023", "injured", "total"),
        ("offensive-2023", "killed_or_injured", "who"),
    ]
