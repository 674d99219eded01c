"""The summary of an event, on made-up texts: how many, on whose word, who disagrees, on what."""

import pytest
from cases import BLAST, RAID, one, text
from made_corpora import NAMELESS, rec

from warclaims.accounts import compare
from warclaims.accounts.summary import event_summary


def summary(tmp_path, *texts, event=BLAST):
    corpus = one(event, *texts).write(tmp_path)
    found = compare(corpus.bundles(), corpus.registries)
    known = {account.id: account for account in found.accounts}
    return event_summary(found.comparisons, found.accounts, known, corpus.registries.sides)


def six(name, source="the mayor", **fields):
    return text(
        name,
        f"Post {name}",
        "01-01",
        f"Six people died, {source} said.",
        rec(f"{name}1", "Six people", 6, source, **fields),
    )


def test_equal_numbers_are_counted_by_texts_and_others_have_their_source(tmp_path):
    said = summary(
        tmp_path,
        six("A"),
        six("B", "police"),
        six("C", "monks"),
        text("D", "Wire", "01-01", "At least six people died.",
             rec("D1", "At least six people", 6, quantifier="at_least")),
    )  # fmt: skip
    assert said == "Three texts give 6 dead, Wire at least 6. No disagreement."


def test_one_statement_in_many_texts_is_one_source(tmp_path):
    said = summary(tmp_path, six("A"), six("B"), six("C"))
    assert said.startswith("Dead: 6 (the mayor, in three texts).")


def test_a_disagreement_names_who_takes_each_position(tmp_path):
    said = summary(tmp_path, six("A", cause="ied"), six("B", "police", cause="artillery"))
    assert said == (
        "Dead: 6 (the mayor and police). Sources disagree on the cause: artillery (police) or "
        "improvised bomb (the mayor)."
    )


@pytest.mark.parametrize(
    ("words", "fields", "expected"),
    [
        ("Four soldiers", {"value": 4, "status": "military"}, "4 soldiers"),
        ("A nurse", {"value": 1, "status": "medic"}, "1 medic"),
        ("Two women", {"value": 2, "age": "adult", "sex": "female"}, "2 women"),
        ("About 300 people", {"value": 300, "quantifier": "approximate"}, "about 300"),
        ("Dozens of people", {"value": 12, "quantifier": "order_of_magnitude"}, "12–99"),
        ("Up to nine people", {"value": 9, "quantifier": "at_most"}, "at most 9"),
        ("No children", {"value": 0, "age": "child"}, "0 children"),
        ("Six people", {"value": 6, "certainty": "presumed"}, "6 (the mayor, presumed)"),
    ],
)
def test_numbers_are_worded_as_people(tmp_path, words, fields, expected):
    said = summary(
        tmp_path,
        text("A", "Post", "01-01", f"{words} died, the mayor said.",
             rec("A1", words, source="the mayor", **fields)),
    )  # fmt: skip
    shown = expected if "(" in expected else f"{expected} (the mayor)"
    assert said == f"Dead: {shown}."


def test_a_number_that_was_replaced_is_only_named_as_updated(tmp_path):
    said = summary(
        tmp_path,
        text("A", "Post", "01-01", "Six people died, the mayor said.",
             rec("A1", "Six people", 6, "the mayor")),
        text("B", "Post", "01-03", "Nine people died, the mayor said.",
             rec("B1", "Nine people", 9, "the mayor")),
    )  # fmt: skip
    assert (
        said == "Dead: 9 (the mayor). Updated number of dead: 6 → 9 (the mayor). No disagreement."
    )


def test_what_only_one_reading_disputes_is_said_to_depend_on_it(tmp_path):
    said = summary(
        tmp_path,
        six("A", alternatives=[{"value": 7}], note="Or seven."),
        six("B", "police"),
    )
    assert said == (
        "Dead: 6 (the mayor and police). Depending on how words are read, they disagree on the "
        "number of dead: 6 (police) or 7 (the mayor)."
    )


def test_different_people_and_numbers_that_are_not_compared_are_said(tmp_path):
    said = summary(
        tmp_path,
        text("A", "Post", "01-01", "Four soldiers died, a mayor said.",
             rec("A1", "Four soldiers", 4, f"{NAMELESS}a mayor", status="military")),
        text("B", "Wire", "01-01", "40 policemen died, a union said.",
             rec("B1", "40 policemen", 40, f"{NAMELESS}a union", status="police")),
        event=RAID,
    )  # fmt: skip
    assert "4 soldiers and 40 police may be different people: 44 in all if so." in said


def test_many_numbers_are_shown_by_the_least_and_the_greatest(tmp_path):
    texts = [
        text(
            f"T{number}",
            f"Post {number}",
            "01-01",
            f"Then {number} people died, witness {number} said.",
            rec(f"A{number}", f"{number} people", number, f"{NAMELESS}witness {number}"),
        )
        for number in range(3, 12)
    ]
    assert summary(tmp_path, *texts) == (
        "Nine texts give 3 to 11 dead. Sources disagree on the number of dead: 3 (witness 3) or 4 "
        "(witness 4) or 5 (witness 5) or 5 others or 11 (witness 11)."
    )


def test_those_still_held_are_in_the_summary(tmp_path):
    said = summary(
        tmp_path,
        text(
            "A", "Post A", "01-01", "Half of the 60 hostages were freed, officials said.",
            rec("A1", "the 60 hostages", 60, "officials", outcome="abducted"),
            rec("A2", "Half", 30, "officials", outcome="released", subset_of="A1"),
        ),
    )  # fmt: skip
    assert "Held: 60 (officials, 30 of them still held)" in said


def test_no_middle_of_a_range_is_invented(tmp_path):
    dozens = rec("A1", "Dozens of soldiers", 12, "officials", quantifier="order_of_magnitude",
                 status="military")  # fmt: skip
    said = summary(
        tmp_path,
        text("A", "Post A", "01-01", "Dozens of soldiers and 900 others died, officials said.",
             dozens, rec("A2", "900 others", 900, "officials")),
    )  # fmt: skip
    assert "about" not in said
    assert "912–999" in said
