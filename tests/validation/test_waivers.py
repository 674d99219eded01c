"""Waivers: what a file says is right is not reported, and nothing else is hidden by it."""

from __future__ import annotations

import json

import pytest
from corrupt import INDEX, ONE, TWO, edit, replace, span

import warclaims
from warclaims.corpus import canonical_bytes
from warclaims.records import Annotations
from warclaims.validation import check_annotations, validate

SIDES = "annotations/registry/sides.json"
PASS = "annotations/passes/a/one.json"
REASON = "Only an adjective names the blamed."


def waiver(code, record=None, words=None, **more):
    return {"code": code, "record": record, "span": words, "reason": REASON, **more}


def found(root, *paths, **options):
    asked = [root / path for path in paths] or None
    return [(f.code, f.pointer) for f in validate(warclaims.open(root), asked, **options)]


@pytest.fixture
def accusing(mini):
    """The small corpus with one warning: an accusation of nobody (W603) in ``t1``."""
    edit(mini, ONE, {"/attributions/0/act": "accuse"})
    assert found(mini) == [("W603", "/attributions/0/blames")]
    return mini


def contents(root):
    return span(
        root, "one", "two civilians, including a child, were killed by shelling in Dorn on Monday"
    )


@pytest.mark.parametrize("record", [None, "t1"])
@pytest.mark.parametrize("by_words", [False, True])
def test_a_waived_warning_is_not_reported(accusing, record, by_words):
    words = contents(accusing) if by_words else None
    edit(accusing, ONE, {"/waivers": [waiver("W603", record, words)]})
    assert found(accusing) == []
    waived = list(validate(warclaims.open(accusing), waived=True))
    assert [(f.code, f.waived) for f in waived] == [("W603", REASON)]
    bundle = warclaims.open(accusing).bundle("one")
    assert check_annotations(bundle.annotations, bundle.document, bundle.text) == []


@pytest.mark.parametrize(
    ("record", "words"), [("t2", None), ("c1", None), ("nothing", None), (None, "killed")]
)
def test_a_waiver_for_something_else_hides_nothing(accusing, record, words):
    place = words and span(accusing, "one", words)
    edit(accusing, ONE, {"/waivers": [waiver("W603", record, place)]})
    assert found(accusing) == [("W603", "/attributions/0/blames"), ("W699", "/waivers/0")]


def test_the_words_of_a_waiver_are_held_against_the_text(accusing):
    words = contents(accusing)
    moved = [{**words[0], "start": words[0]["start"] + 1, "end": words[0]["end"] + 1}]
    edit(accusing, ONE, {"/waivers": [waiver("W603", "t1", moved)]})
    codes = [code for code, _ in found(accusing)]
    assert codes == ["W603", "T308"]
    beyond = [{**words[0], "end": 1000}]
    edit(accusing, ONE, {"/waivers": [waiver("W603", "t1", beyond)]})
    assert "T306" in [code for code, _ in found(accusing)]


def test_of_two_waivers_for_one_finding_the_second_is_idle(accusing):
    edit(accusing, ONE, {"/waivers": [waiver("W603"), waiver("W603", "t1"), waiver("W603", "t1")]})
    assert found(accusing) == [("W699", "/waivers/0"), ("W699", "/waivers/2")]


def test_errors_are_not_waived(mini):
    edit(mini, ONE, {"/waivers": [waiver("W600")]})
    assert found(mini) == [("R411", "/waivers/0/code")]
    edit(mini, ONE, {"/waivers": [waiver("C501", "c1")], "/casualties/0/value": None})
    assert found(mini) == [("C501", "/casualties/0/value"), ("R411", "/waivers/0/code")]
    assert "errors must be fixed" in list(validate(warclaims.open(mini)))[1].message
    edit(mini, ONE, {"/waivers": [waiver("w603")], "/casualties/0/value": 2})
    assert [f.message for f in validate(warclaims.open(mini))] == [
        "w603 is not a warning that can be waived; write the code in capitals: W603"
    ]
    edit(mini, ONE, {"/waivers": [waiver("W6O3")]})
    assert found(mini) == [("S205", "/waivers/0/code")]
    edit(mini, ONE, {"/waivers": [waiver("W699")]})
    assert found(mini) == [("R411", "/waivers/0/code")]


def test_a_blank_reason_waives_nothing(accusing):
    edit(accusing, ONE, {"/waivers": [waiver("W603", "t1", reason=" \n")]})
    assert found(accusing) == [("W603", "/attributions/0/blames"), ("R411", "/waivers/0/reason")]


def test_nor_does_one_for_what_shows_only_in_the_whole_corpus(mini):
    edit(mini, SIDES, {"/waivers": [{"code": "W601", "record": "third", "reason": " "}]})
    assert found(mini) == found(mini, SIDES) == [("R411", "/waivers/0/reason")]


UNSURE = {
    "the seed is changed": lambda root: replace(root, "seeds/one.txt", b"Monday", b"Sunday"),
    "the seed is missing": lambda root: (root / "seeds/one.txt").unlink(),
    "the index is broken": lambda root: edit(root, INDEX, {"/documents/1/length": 0}),
    "the index is no JSON": lambda root: replace(root, INDEX, b'"documents":', b'"documents"'),
    "a registry is broken": lambda root: edit(root, SIDES, {"/sides/0/label": ""}),
    "the document is not in the index": lambda root: edit(root, INDEX, {"/documents/0/id": "x"}),
    "the document stands there twice": lambda root: edit(root, INDEX, {"/documents/1/id": "one"}),
    "its segments leave a gap": lambda root: edit(root, INDEX, {"/documents/0/segments/0/end": 5}),
    "its length is wrong": lambda root: edit(root, INDEX, {"/documents/0/length": 5}),
    "it is in another language": lambda root: edit(root, INDEX, {"/documents/0/language": "nl"}),
    "a span is beyond the text": lambda root: edit(
        root, ONE, {"/locations/0/span/0/start": 9000, "/locations/0/span/0/end": 9001}
    ),
    "a reference is lost": lambda root: edit(root, ONE, {"/casualties/0/events": ["shelling"]}),
    "a value is missing": lambda root: edit(root, ONE, {"/casualties/0/value": None}),
}


@pytest.mark.parametrize("damage", UNSURE)
def test_a_waiver_is_idle_only_where_every_rule_could_look(damage, mini):
    edit(mini, ONE, {"/waivers": [waiver("W621", words=span(mini, "one", "Officials"))]})
    assert found(mini) == [("W699", "/waivers/0")]
    UNSURE[damage](mini)
    codes = [code for code, _ in found(mini)]
    assert "W699" not in codes
    assert "W699" not in [code for code, _ in found(mini, ONE)]


def test_no_registry_waiver_is_idle_while_a_file_cannot_be_read(mini):
    edit(mini, SIDES, {"/waivers": [{"code": "W601", "record": "east", "reason": REASON}]})
    assert found(mini) == [("W699", "/waivers/0")]
    edit(mini, ONE, {"/casualties/0/outcome": "dead"})
    assert found(mini) == [("S203", "/casualties/0/outcome")]


def test_a_registry_waives_what_shows_only_in_the_whole_corpus(mini):
    spare = {"id": "third", "label": "Third", "description": "Nobody."}
    reason = {"code": "W601", "record": "third", "reason": "For a text to come."}
    edit(mini, SIDES, {"/sides/-": spare, "/waivers": [reason]})
    assert found(mini) == []
    assert found(mini, waived=True) == [("W601", "/sides/2")]
    assert found(mini, SIDES) == [], "of one file alone nobody can tell"
    edit(mini, SIDES, {"/waivers/0/record": "east"})
    assert found(mini) == [("W601", "/sides/2"), ("W699", "/waivers/0")]
    assert found(mini, SIDES) == []


def test_registries_have_no_text_to_waive_words_of(mini):
    edit(mini, SIDES, {"/waivers": [waiver("W601")]})
    assert found(mini) == [("S202", "/waivers/0/span")]


def test_of_a_pass_no_warnings_are_told_nor_waivers_missed(mini):
    edit(mini, PASS, {"/attributions/0/act": "accuse", "/waivers": [waiver("W603", "t2")]})
    assert found(mini) == []
    edit(mini, PASS, {"/waivers": [waiver("W604")]})
    assert found(mini) == [("R411", "/waivers/0/code")]


def test_waivers_stand_last_one_a_line_and_are_left_out_where_there_are_none(accusing):
    path = accusing / ONE
    before = canonical_bytes(Annotations.model_validate_json(path.read_bytes()))
    assert b"waivers" not in before
    edit(accusing, ONE, {"/waivers": [waiver("W603", "t1", extra={"by": "x"})], "/extra": {"k": 1}})
    lines = canonical_bytes(Annotations.model_validate_json(path.read_bytes())).splitlines()
    assert lines[-7:] == [
        b' "waivers": [',
        b'  {"code": "W603", "record": "t1", "span": null, "reason": "%s", "extra": {"by": "x"}}'
        % REASON.encode(),
        b" ],",
        b' "extra": {',
        b'  "k": 1',
        b" }",
        b"}",
    ]


def test_the_command_says_how_many_were_waived(accusing, cli):
    edit(accusing, ONE, {"/waivers": [waiver("W603", "t1")]})
    done = cli("--corpus", accusing, "validate")
    assert done.returncode == 0
    assert done.stdout.startswith("no findings (1 waived)\n")
    edit(accusing, TWO, {"/casualties/0/value": None})
    done = cli("--corpus", accusing, "validate")
    assert done.returncode == 1
    assert "\n1 error in 1 file (1 waived): C501 × 1\n" in done.stdout
    assert "W603" not in cli("--corpus", accusing, "validate", "--format", "github").stdout
    report = json.loads(cli("--corpus", accusing, "validate", "--format", "json").stdout)
    assert (report["errors"], report["warnings"]) == (1, 0)
    assert [(f["code"], f["reason"]) for f in report["waived"]] == [("W603", REASON)]
    log = json.loads(cli("--corpus", accusing, "validate", "--format", "sarif").stdout)
    kept = [r.get("suppressions") for r in log["runs"][0]["results"]]
    assert kept == [[{"kind": "inSource", "justification": REASON}], None]
