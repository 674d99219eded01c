"""Rules that were not applied are reported: for which texts, how many rules, and why."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from cases_of_inputs import lines_of
from corrupt import INDEX, ONE, edit
from corrupt import replace as replace_bytes
from making_mistakes import make_mistake

import warclaims
from warclaims.commands import main
from warclaims.records import Annotations
from warclaims.validation import RULES, check_annotations, validate, validate_bundles
from warclaims.validation.not_applied import MOST_LINES, Reason
from warclaims.validation.rule import ENGLISH, Need, Scope

OF_LANGUAGE = [code for code, rule in RULES.items() if rule.languages is not None]
OF_TEXT = [code for code, rule in RULES.items() if rule.needs is Need.TEXT]


def in_languages(root, *tags):
    edit(root, INDEX, {f"/documents/{row}/language": tag for row, tag in enumerate(tags)})


def entries(root, *paths):
    validation = validate(warclaims.open(root), [root / path for path in paths] or None)
    list(validation)
    return {
        (entry.reason, entry.subject): (entry.count, list(entry.rules))
        for entry in validation.not_applied
    }


@pytest.mark.parametrize(
    ("tags", "line"),
    [
        (("nl", "nl-BE"), f"2 texts in nl: {len(OF_LANGUAGE)} language rules not applied"),
        (("en", "zh-Hant"), f"1 text in zh: {len(OF_LANGUAGE)} language rules not applied"),
        (
            ("und", "en"),
            f"1 text: language unknown (und), {len(OF_LANGUAGE)} language rules not applied. "
            'State it with warclaims set ID --language TAG, or "language" in the bundle',
        ),
    ],
)
def test_texts_whose_language_is_not_read_are_reported_and_are_no_finding(run, mini, tags, line):
    in_languages(mini, *tags)
    edit(mini, ONE, {"/casualties/0/value": 94} if tags[0] != "en" else {})
    status, out, _ = run()
    assert status == 0
    assert out.startswith("no findings\n")
    assert line in out.splitlines()
    assert f"::notice title=Rules not applied::{line}\n" in run("--format", "github")[1]
    report = json.loads(run("--format", "json")[1])
    (entry,) = [one for one in report["not_applied"] if one["reason"] == "language"]
    assert (entry["rules"], entry["message"]) == (OF_LANGUAGE, line)
    log = json.loads(run("--format", "sarif")[1])
    (invocation,) = log["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is True
    notes = invocation["toolExecutionNotifications"]
    assert line in [note["message"]["text"] for note in notes]


@pytest.mark.parametrize("language", ["ar", "es", "ru"])
def test_languages_with_lists_miss_only_what_reads_english(mini, language):
    in_languages(mini, language, "en")
    english = [code for code, rule in RULES.items() if rule.languages is ENGLISH]
    assert entries(mini)[Reason.LANGUAGE, language] == (1, english)
    assert not {"C502", "C503", "W620", "W624"} & set(english)


def test_english_texts_are_not_reported(mini):
    in_languages(mini, "en-GB", "eng")
    assert {reason for reason, _ in entries(mini)} == {Reason.PASS}


@pytest.mark.parametrize(
    ("name", "processes"), [("b.jsonl", 1), ("b.jsonl.gz", 2), ("b.parquet", 1), ("b.parquet", 2)]
)
def test_bundles_are_counted_by_language_whoever_checks_them(run, mini, tmp_path, name, processes):
    in_languages(mini, "nl", "und")
    with pytest.raises(SystemExit):
        main(["--corpus", str(mini), "export", "bundles", "--out", str(tmp_path / name)])
    status, out, _ = run("--processes", processes, tmp_path / name)
    assert status == 0
    assert f"1 text in nl: {len(OF_LANGUAGE)} language rules not applied\n" in out
    assert "1 text: language unknown (und), " in out


def test_a_bundle_is_counted_once_also_where_a_rule_objects(mini, tmp_path):
    in_languages(mini, "nl", "nl")
    edit(mini, ONE, {"/attributions/0/act": "accuse"})
    path = tmp_path / "b.jsonl"
    path.write_bytes(b"".join(lines_of(mini)) + b'{"document": 1}\n')
    validation = validate_bundles(path, warclaims.open(mini))
    assert "W603" in {finding.code for finding in validation}
    counts = {(one.reason, one.subject): one.count for one in validation.not_applied}
    assert counts == {(Reason.LANGUAGE, "nl"): 2, (Reason.UNREADABLE, "bundle"): 1}


def test_a_text_of_two_sets_is_counted_once(mini, tmp_path):
    in_languages(mini, "nl", "en")
    other = tmp_path / "one.json"
    other.write_bytes((mini / ONE).read_bytes())
    validation = validate(warclaims.open(mini), [mini / ONE, other])
    list(validation)
    assert [e.count for e in validation.not_applied if e.reason is Reason.LANGUAGE] == [1]


def test_many_languages_share_a_line_and_are_all_in_the_json(mini, tmp_path, run):
    (line, _) = lines_of(mini)
    tags = [f"{a}{b}" for a in "fgh" for b in "abcdefghijk"]
    path = tmp_path / "b.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number, tag in enumerate(tags):
            bundle = json.loads(line)
            bundle["document"] |= {"id": f"t{number}", "language": tag}
            bundle["annotations"]["document"] = f"t{number}"
            file.write(json.dumps(bundle) + "\n")
    told = [one for one in run(path)[1].splitlines() if "language rules" in one]
    assert len(told) == MOST_LINES + 1
    assert told[-1].startswith(f"{len(tags) - MOST_LINES} texts in {len(tags) - MOST_LINES} other")
    report = json.loads(run("--format", "json", path)[1])
    assert len(report["not_applied"]) == len(tags)


UNTOLD = {
    "an annotation file that is not read": (
        lambda root: edit(root, ONE, {"/casualties/0/outcome": "dead"}),
        (Reason.UNREADABLE, "file"),
    ),
    "a registry that is not read": (
        lambda root: edit(root, "annotations/registry/places.json", {"/places": None}),
        (Reason.REGISTRY, "places"),
    ),
    "an index that is not read": (
        lambda root: replace_bytes(root, INDEX, b'"documents":', b'"documents"'),
        (Reason.INDEX, ""),
    ),
    "a seed that is missing": (
        lambda root: (root / "seeds/one.txt").unlink(),
        (Reason.TEXT, ""),
    ),
    "a document that is unknown": (
        lambda root: edit(root, ONE, {"/document": "three"}),
        (Reason.DOCUMENT, ""),
    ),
}


@pytest.mark.parametrize("damage", UNTOLD)
def test_what_cannot_be_checked_for_another_fault_is_reported(damage, mini, run):
    change, key = UNTOLD[damage]
    before = entries(mini)
    change(mini)
    assert key not in before
    assert key in entries(mini)
    status, out, _ = run()
    assert status == 1
    assert " not applied" in out.splitlines()[-1] or "not checked" in out.splitlines()[-1]


def test_passes_and_a_selection_of_files_are_reported(mini):
    warning = [c for c, r in RULES.items() if r.warns and Scope.ANNOTATIONS in r.scopes]
    assert entries(mini) == {(Reason.PASS, ""): (2, warning)}
    whole = [code for code, rule in RULES.items() if Scope.CORPUS in rule.scopes]
    assert entries(mini, ONE) == {(Reason.SELECTION, ""): (1, whole)}


@pytest.mark.parametrize(
    "rule",
    [
        rule
        for rule in RULES.values()
        if Scope.ANNOTATIONS in rule.scopes
        and all(place.startswith(("/", "annotations/registry")) for place in rule.mistake)
    ],
    ids=str,
)
def test_a_rule_reads_the_languages_and_needs_what_it_declares(rule, mini):
    """Each rule finds its mistake in an unknown language, or without text, unless it says so."""
    make_mistake(rule.mistake, mini)
    corpus = warclaims.open(mini)
    document = corpus.documents["one"]
    record = Annotations.model_validate_json((mini / ONE).read_bytes())

    def found(document, text):
        checked = check_annotations(record, document, text, corpus.registries, "one.json")
        return rule.code in [finding.code for finding in checked]

    foreign = document.model_copy(update={"language": "qaa"})
    assert found(document, corpus.text("one"))
    assert found(foreign, corpus.text("one")) is (rule.languages is None)
    assert found(document, None) is (rule.needs is not Need.TEXT)
    if rule.needs is not None or rule.languages is not None:
        assert not found(None, None)


@pytest.mark.parametrize("code", ["C502", "C503", "C507"])
def test_a_reading_of_words_is_a_warning_that_can_be_waived(code, mini, run):
    make_mistake(RULES[code].mistake, mini)
    (finding,) = validate(warclaims.open(mini))
    assert (finding.code, finding.severity) == (code, "warning")
    assert f"warning {code}: " in run()[1]
    assert run("--errors-only")[0] == 0
    reason = {
        "code": code,
        "record": None,
        "span": None,
        "reason": "The words mean something else.",
    }
    edit(mini, ONE, {"/waivers": [reason]})
    assert list(validate(warclaims.open(mini))) == []
    assert replace(finding, declared=None).severity == "error", (
        "the rule declares it, not the digit"
    )


@pytest.mark.parametrize("command", [("build",), ("claims",), ("show", "one")])
def test_a_reading_of_words_blocks_no_command(command, mini, capsys):
    edit(mini, ONE, {"/casualties/0/value": 94, "/attributions/0/mode": "direct"})
    with pytest.raises(SystemExit) as done:
        main(["--corpus", str(mini), *command])
    assert done.value.code == 0, capsys.readouterr().err
