"""Comparisons that appear, change or vanish between two versions, whatever the ids."""

import json
from dataclasses import replace

import pytest
from cases import CASES, RAID, text
from further_cases import FURTHER
from made_corpora import MadeCorpus, rec

from warclaims.versions import changed_comparisons

EVERY = CASES | FURTHER
# Either of the two readings may be shown, and which one depends on ids.
del EVERY["each of two readings disagrees, both together do not"]


def police(number, name="A", **more):
    return text(
        name, "Post", "01-01", f"{number} people died, police said.",
        rec("A1", f"{number} people", number, "police", **more),
    )  # fmt: skip


def mayor(number, name="B", **more):
    return text(
        name, "Wire", "01-01", f"{number} people died, the mayor said.",
        rec("B1", f"{number} people", number, "the mayor", **more),
    )  # fmt: skip


@pytest.fixture
def changes(tmp_path):
    def between(*both):
        events = {"raid": RAID, "second-raid": RAID}
        corpora = [
            MadeCorpus(events, texts).write(tmp_path / name)
            for name, texts in zip(("old", "new"), both, strict=True)
        ]
        return changed_comparisons(*corpora)

    return between


def shown(found):
    return [(one.kinds[0].value, one.collection, one.record, one.fields) for one in found]


def test_a_comparison_that_appears_vanishes_or_changes(changes):
    agreed, disputed = [police(6), mayor(6)], [police(6), mayor(8)]
    (changed,) = changes(agreed, disputed)
    assert shown([changed]) == [("changed", "total", "raid killed", ("kind", "positions"))]
    assert (changed.before["kind"], changed.after["kind"]) == ("agreement", "disagreement")
    assert changed.after["positions"] == ["6 (police in A)", "8 (mayor in B)"]
    one = ("total", "raid killed", ("kind", "positions"))
    assert shown(changes([police(6)], disputed)) == [("added", *one)]
    (gone,) = changes(disputed, [police(6)])
    assert shown([gone]) == [("removed", *one)]
    assert gone.before["positions"] == ["6 (police in A)", "8 (mayor in B)"]
    assert changes(disputed, disputed) == []


def test_neither_a_renamed_document_nor_a_renumbered_record_changes_a_comparison(changes):
    words = "Two men fled. 8 people died, the mayor said."
    reading = {"alternatives": [{"value": 6}], "note": "Or six."}
    died = rec("B1", "8 people", 8, "the mayor", **reading)
    fled = rec("B0", "Two men", 2, outcome="displaced", event=())
    old = [police(6), text("B", "Wire", "01-01", words, died)]
    new = [police(6), text("renamed", "Wire", "01-01", words, fled, died)]
    assert changes(old, new) == []
    changed = changes(old, [police(6), text("renamed", "Wire", "01-01", words, fled)])
    assert [one.kinds[0].value for one in changed] == ["removed"]
    assert changed[0].before["depends_on"] == ["renamed"]


@pytest.mark.parametrize("case", EVERY)
def test_no_comparison_changes_if_all_documents_have_other_ids(case, tmp_path):
    made = EVERY[case].corpus
    texts = [replace(one, name=f"{99 - n}") for n, one in enumerate(made.texts)]
    corpora = [
        corpus.write(tmp_path / name)
        for name, corpus in (("old", made), ("new", replace(made, texts=texts)))
    ]
    assert changed_comparisons(*corpora) == []


def test_of_two_comparisons_of_one_event_and_respect_only_the_other_changes(changes):
    def groups(name, soldiers, policemen):
        source = f"a man of {name}"
        return text(
            name, None, "01-01", f"{soldiers} soldiers and {policemen} police died, {source} said.",
            rec(f"{name}1", f"{soldiers} soldiers", soldiers, source, status="military"),
            rec(f"{name}2", f"{policemen} police", policemen, source, status="police"),
        )  # fmt: skip

    first, others = groups("A", 6, 2), [groups("C", 6, 3), groups("D", 7, 3)]
    (one,) = changes([first, groups("B", 7, 3), *others], [first, groups("B", 7, 4), *others])
    assert shown([one]) == [("changed", "who", "raid killed", ("positions",))]
    assert any("4 police" in position for position in one.after["positions"])


def test_the_command_lists_them_after_the_records(cli, tmp_path):
    events = {"raid": RAID, "second-raid": RAID}
    old, new = tmp_path / "old", tmp_path / "new"
    later = [police(3, "C", event="second-raid"), mayor(3, "D", event="second-raid")]
    MadeCorpus(events, [police(6), mayor(6), *later]).write(old)
    MadeCorpus(events, [police(6), mayor(8)]).write(new)
    lines = cli("--corpus", new, "diff", old, new).stdout.splitlines()
    assert lines[lines.index("~ comparisons: total raid killed (changed)") + 2] == (
        "    positions: 6 (mayor in B, police in A) → 6 (police in A) | 8 (mayor in B)"
    )
    assert lines[lines.index("- comparisons: total second-raid killed") + 1 :][:2] == [
        '    kind: "agreement"',
        "    positions: 3 (mayor in D, police in C)",
    ]
    assert "comparisons total: 1 changed, 1 removed" in lines
    plain = json.loads(cli("--corpus", new, "diff", old, new, "--format", "json").stdout)
    assert [one["kinds"] for one in plain["comparisons"]] == [["changed"], ["removed"]]
    assert all(one["where"] != "comparisons" for one in plain["changes"])


def test_a_version_without_a_text_is_compared_but_for_its_comparisons(cli, tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    for root in (old, new):
        MadeCorpus({"raid": RAID}, [police(6), mayor(6)]).write(root)
    next((new / "seeds").glob("B*.txt")).unlink()
    run = cli("--corpus", new, "diff", old, new, "--format", "json")
    plain = json.loads(run.stdout)
    assert (run.returncode, plain["step"], plain["comparisons"]) == (0, "major", None)
    assert "note: comparisons of accounts are left out: the seed of document B is" in run.stderr
