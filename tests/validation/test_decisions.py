"""Lists of decisions and challenges are checked line by line, against the texts and gold."""

import json

import pytest

import warclaims

CHALLENGE = {
    "document": "one",
    "record": "c1",
    "words": "two civilians … killed",
    "reading": "three civilians",
    "basis": "sense",
    "rule": None,
    "verdict": "upheld",
    "reason": "The text says two.",
}


def found(mini, *challenges):
    path = mini / "annotations" / "challenges.jsonl"
    path.write_text("".join(json.dumps(CHALLENGE | one) + "\n" for one in challenges), "utf-8")
    findings = warclaims.validate(mini)
    return [(one.line, one.code, one.pointer) for one in findings if "challenges" in one.file]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, []),
        ({"record": None, "verdict": "open", "reason": None}, []),
        ({"document": "three"}, [("R403", "/document")]),
        ({"record": "c7"}, [("R412", "/record")]),
        ({"record": "c7", "verdict": "overturned"}, []),
        ({"words": "two civilians … wounded"}, [("R412", "/words")]),
        ({"reason": None}, [("R413", "/reason")]),
        ({"verdict": "alternative"}, [("R413", "/verdict")]),
        ({"record": None, "verdict": "alternative"}, [("R413", "/verdict")]),
        ({"verdict": "perhaps"}, [("S203", "/verdict")]),
        ({"basis": "taste"}, [("S203", "/basis")]),
    ],
)
def test_a_challenge_is_checked_against_its_text_and_record(mini, changed, expected):
    assert found(mini, {}, changed) == [(2, *one) for one in expected]


def test_a_challenge_of_a_document_without_gold_is_checked_as_far_as_possible(mini):
    (mini / "annotations/gold/one.json").unlink()
    assert found(mini, {"words": "elsewhere"}) == [(1, "R412", "/words")]


def test_a_line_that_is_no_record_hides_no_other(cli, mini):
    path = mini / "annotations" / "challenges.jsonl"
    path.write_text("nonsense\n" + json.dumps(CHALLENGE | {"record": "c7"}) + "\n", "utf-8")
    for names in ((), (path,)):
        run = cli("--corpus", mini, "validate", *names)
        assert run.returncode == 1
        assert "annotations/challenges.jsonl:1:1: error F103" in run.stdout
        assert "gold has no record 'c7' of one" in run.stdout
        assert "Traceback" not in run.stderr


def test_a_broken_decision_is_found(mini):
    path = mini / "annotations" / "adjudication.jsonl"
    path.write_text(json.dumps({"first": "a"}) + "\n")
    assert {(one.file, one.line, one.code) for one in warclaims.validate(mini)} == {
        ("annotations/adjudication.jsonl", 1, "S201")
    }


def test_challenges_are_read_in_python(mini):
    assert warclaims.open(mini).challenges() == []
    found(mini, {}, {"record": None, "verdict": "open", "reason": None})
    first, second = warclaims.open(mini).challenges()
    assert (first.record, second.record) == ("c1", None)
