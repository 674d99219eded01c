"""Every rule finds its fault, says just that, and finds nothing where there is none."""

from __future__ import annotations

import json
import shutil

import pytest
from cases_of_inputs import INPUTS
from corrupt import ONE, edit
from expected import EXPECTED
from hypothesis import given, settings
from making_mistakes import make_mistake

import warclaims
from sizes import examples
from strategies import bundles
from warclaims.findings import Finding, FindingLevel
from warclaims.records import Annotations
from warclaims.validation import RULES, check_annotations, validate

MISTAKES = {code: rule.mistake for code, rule in RULES.items() if rule.mistake}
COMPANY = {"R409": ["T302", "W604"]}
"""The codes that cannot be alone, and what else is found."""


@pytest.mark.parametrize("code", MISTAKES)
def test_the_mistake_that_a_rule_declares_gives_its_finding_and_no_other(code, mini):
    make_mistake(MISTAKES[code], mini)
    found = list(validate(warclaims.open(mini)))
    assert sorted(finding.code for finding in found) == sorted([code, *COMPANY.get(code, [])])
    finding = next(finding for finding in found if finding.code == code)
    if code in EXPECTED:
        place = (finding.file, finding.pointer, finding.message, finding.start, finding.end)
        assert place == EXPECTED[code]


def test_every_rule_declares_a_mistake_or_is_about_other_files():
    others = {case.code for case in INPUTS} | {"S207"}
    assert {code for code, rule in RULES.items() if not rule.mistake} == others - set(MISTAKES)


def test_a_good_corpus_gives_no_finding(mini):
    assert list(validate(warclaims.open(mini))) == []


def test_the_shipped_corpus_has_no_error(shipped):
    found = [finding for finding in validate(warclaims.open(shipped)) if not finding.is_warning]
    assert found == []


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_a_rule_explains_itself(rule):
    assert rule.code[0] == "FSTRCW"[rule.level - 1]
    assert rule.code[1:].isdigit()
    assert len(rule.code) == 4
    assert rule.title[0].islower() or rule.title.startswith("UTF")
    assert not rule.title.endswith(".")
    assert rule.why.endswith(".")
    assert rule.fix.endswith(".")
    assert (rule.check is None) == (rule.level <= FindingLevel.SCHEMA)


def test_all_faults_at_once_are_found_in_one_run_in_a_stable_order(mini, tmp_path):
    """A file that cannot be read hides nothing of the others."""
    edit(mini, ONE, {"/casualties/0/value": "2", "/actors/0/level": "noun"})
    edit(mini, "annotations/gold/two.json", {"/casualties/0/value": 8})
    edit(mini, "annotations/passes/a/one.json", {"/actors/1/entity": "nobody"})
    edit(mini, "annotations/registry/sides.json", {"/sides": None})
    found = list(validate(warclaims.open(mini)))
    assert [(finding.file, finding.pointer, finding.code) for finding in found] == [
        ("annotations/registry/sides.json", "/sides", "S204"),
        (ONE, "/actors/0/level", "S203"),
        (ONE, "/casualties/0/value", "S204"),
        ("annotations/gold/two.json", "/casualties/0/value", "C502"),
        ("annotations/passes/a/one.json", "/actors/1/entity", "R401"),
    ]
    elsewhere = shutil.copytree(mini, tmp_path / "elsewhere")
    assert list(validate(warclaims.open(elsewhere))) == found


def test_an_unreadable_index_leaves_the_rest_checked(mini):
    (mini / "seeds/index.json").write_bytes(b"{")
    edit(mini, ONE, {"/attributions/0/source": ["a9"]})
    codes = [finding.code for finding in validate(warclaims.open(mini))]
    assert codes == ["F103", "R402"]


def test_a_changed_seed_silences_only_what_needs_the_text(mini):
    (mini / "seeds/one.txt").write_bytes(b"other words")
    edit(mini, ONE, {"/casualties/0/quantifier": "indefinite"})
    codes = [finding.code for finding in validate(warclaims.open(mini))]
    assert codes == ["T302", "C501"]


def test_findings_of_annotations_that_are_not_on_disk(mini):
    corpus = warclaims.open(mini)
    bundle = corpus.bundle("one")
    first, *rest = bundle.annotations.casualties
    wrong = bundle.annotations.model_copy(
        update={"casualties": (first.model_copy(update={"value": 3}), *rest)}
    )
    found = check_annotations(wrong, bundle.document, bundle.text, corpus.registries)
    assert [(f.code, f.pointer, f.document) for f in found] == [
        ("C502", "/casualties/0/value", "one")
    ]
    assert check_annotations(bundle.annotations, None, None) == []


def test_paths_choose_what_is_checked(mini):
    corpus = warclaims.open(mini)
    edit(mini, ONE, {"/casualties/0/value": 3})
    edit(mini, "annotations/registry/events.json", {"/events/0/end": "1999"})
    edit(mini, "seeds/index.json", {"/documents/0/length": 1})

    def codes(*names):
        return [finding.code for finding in validate(corpus, [mini / name for name in names])]

    assert codes(ONE) == ["C502"]
    assert codes("annotations/gold/two.json") == []
    assert codes("annotations/passes") == []
    assert codes("annotations/registry/events.json") == ["C514"]
    assert codes("annotations") == ["C514", "C502"]
    assert codes("seeds/one.txt") == ["T303"]
    assert codes(".") == ["T303", "C514", "C502"]


def test_what_prevents_a_check_is_told_though_not_asked_for(mini):
    corpus = warclaims.open(mini)
    (mini / "annotations/registry/sides.json").write_bytes(b"[]")
    (mini / "seeds/one.txt").unlink()
    codes = [finding.code for finding in validate(corpus, [mini / ONE])]
    assert codes == ["S204", "T301"]


def test_registries_of_which_the_use_cannot_be_told_have_no_unused_entries(mini):
    """An entry that only an unreadable file names is not said to be unused."""
    registry = mini / "annotations/registry"
    corpus = warclaims.open(mini)
    spare = {"id": "spare", "label": "Spare", "description": "Nobody."}
    edit(mini, "annotations/registry/sides.json", {"/sides/-": spare})
    good = {path.name: path.read_bytes() for path in registry.iterdir()}

    def codes():
        return [(finding.code, finding.file.split("/")[-1]) for finding in validate(corpus)]

    assert codes() == [("W601", "sides.json")]
    for name, data in good.items():
        (registry / name).write_bytes(b"{")
        told = name in ("places.json", "events.json", "annotators.json")  # these name no side
        assert codes() == [("F103", name), *([("W601", "sides.json")] if told else [])]
        (registry / name).write_bytes(data)
    (mini / ONE).write_bytes(b"{")
    assert codes() == [("F103", "one.json")]


def test_a_name_is_not_said_to_mean_two_where_the_registry_cannot_be_asked(mini):
    edit(mini, ONE, {"/locations/2/place": "avaria-land"})
    (mini / "annotations/registry/places.json").unlink()
    assert [finding.code for finding in validate(warclaims.open(mini))] == ["F100"]


GOLD = ("annotations/gold/one.json", "annotations/gold/two.json")


def lacking(root):
    return [f.file for f in validate(warclaims.open(root)) if f.code == "R410"]


def test_gold_that_is_gone_is_missed_for_each_document(mini):
    shutil.rmtree(mini / "annotations/gold")
    assert lacking(mini) == list(GOLD)
    (mini / "annotations/gold").mkdir()
    assert lacking(mini) == list(GOLD)


def test_a_corpus_in_which_nothing_is_annotated_yet_lacks_nothing(mini):
    shutil.rmtree(mini / "annotations/gold")
    shutil.rmtree(mini / "annotations/passes/a")
    assert lacking(mini) == []
    (mini / "annotations/passes/a").mkdir()
    (mini / "annotations/gold").mkdir()
    assert lacking(mini) == []
    shutil.rmtree(mini / "annotations")
    assert lacking(mini) == []


def test_a_pass_may_lack_documents_and_gold_that_is_unreadable_is_not_lacking(mini):
    (mini / "annotations/passes/a/one.json").unlink()
    (mini / GOLD[1]).write_bytes(b"{")
    assert [finding.code for finding in validate(warclaims.open(mini))] == ["F103"]


def test_what_is_lacking_or_left_over_is_told_of_the_whole_corpus_only(mini):
    (mini / GOLD[1]).unlink()
    (mini / "seeds/three.txt").write_text("A third.")
    corpus = warclaims.open(mini)
    for path in ("annotations/gold", "annotations", "seeds", "seeds/index.json", GOLD[0]):
        assert list(validate(corpus, [mini / path])) == []
    for paths in (None, [mini]):
        assert [finding.code for finding in validate(corpus, paths)] == ["R410", "W604"]


def test_files_that_are_never_read_are_told_wherever_they_lie(mini):
    for name in (
        "seeds/one.txt.bak",
        "seeds/old/one.txt",
        "seeds/.hidden",
        "seeds/.git/one.txt",
        "annotations/gold/one.json~",
        "annotations/gold/one.JSON",
        "annotations/gold/old/one.json",
        "annotations/passes/a/.one.json.x3f",
        "annotations/passes/a/two.txt",
    ):
        (mini / name).parent.mkdir(exist_ok=True)
        (mini / name).write_bytes(b"")
    found = list(validate(warclaims.open(mini)))
    assert {finding.code for finding in found} == {"W604"}
    assert [finding.file for finding in found] == [
        "annotations/gold/old/one.json",
        "annotations/gold/one.JSON",
        "annotations/gold/one.json~",
        "annotations/passes/a/two.txt",
        "seeds/old/one.txt",
        "seeds/one.txt.bak",
    ]
    (mini / "seeds/index.json").write_bytes(b"{")
    codes = [finding.code for finding in validate(warclaims.open(mini))]
    assert codes == ["F103", *["W604"] * 4], "no seed can be said to be left over"


@pytest.mark.parametrize("shift", [(-1, 0), (1, 0), (0, -1), (0, 1), (1, 1), (-1, -1)])
def test_no_moved_offset_goes_unnoticed(shift, mini):
    """Every fragment of the small corpus, at either edge or as a whole, one code point off."""
    corpus = warclaims.open(mini)
    for bundle in corpus.bundles():
        plain = json.loads(bundle.annotations.model_dump_json())
        for fragment in list(_fragments(plain)):
            before = dict(fragment)
            fragment["start"] += shift[0]
            fragment["end"] += shift[1]
            if fragment["start"] >= 0:
                annotations = Annotations.model_validate_json(json.dumps(plain))
                found = check_annotations(annotations, bundle.document, bundle.text)
                assert any(finding.code in ("T306", "T308") for finding in found)
            fragment.update(before)


def _fragments(value):
    if isinstance(value, dict) and set(value) == {"start", "end", "text"}:
        yield value
    elif isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _fragments(item)


@pytest.mark.soak
@settings(derandomize=True, max_examples=examples(25, 1000), deadline=None)
@given(bundles())
def test_random_annotations_are_checked_without_an_error_of_the_checks(bundle):
    found = check_annotations(bundle.annotations, bundle.document, bundle.text)
    assert all(finding.code in RULES for finding in found)
    assert found == sorted(found)


def test_findings_sort_whatever_the_keys_in_their_pointers_are():
    keys = ["²", "2", "10", "٣", "9" * 5000, "0" * 5000, "a", ""]
    found = sorted(Finding("a.json", f"/{key}", "S202", "") for key in keys)
    assert [finding.pointer[1:] for finding in found][:2] == ["2", "10"]
