"""The generated figures of agreement, and the sentence on who reviewed."""

import json
import re
import shutil
from pathlib import Path

import pytest

import warclaims
from warclaims.build.agreement import (
    agreement_rounds,
    details_block,
    review_block,
    summary_block,
)
from warclaims.build.builder import build

FIXTURE = Path(__file__).parents[1] / "fixtures" / "mini"


def add_pass(root, name, guidelines, *, kind="language_model", old="", new=""):
    """A copy of pass a that follows ``guidelines``, by a new annotator, with other words in it."""
    registry = root / "annotations/registry/annotators.json"
    record = json.loads(registry.read_text("utf-8"))
    who = {"id": name, "label": name, "kind": kind, "description": "Made up."}
    record["annotators"].append(who)
    registry.write_text(json.dumps(record), "utf-8")
    folder = shutil.copytree(FIXTURE / "annotations/passes/a", root / "annotations/passes" / name)
    for path in folder.iterdir():
        text = path.read_text("utf-8").replace('"annotator": "a"', f'"annotator": "{name}"')
        text = re.sub('"guidelines": "[^"]*"', f'"guidelines": "{guidelines}"', text)
        path.write_text(text.replace(old, new, 1) if old else text, "utf-8")


CHANGED = {"old": '"status": ["civilian"]', "new": '"status": ["police"]'}


def test_passes_that_follow_one_version_make_a_round(mini):
    add_pass(mini, "b", "2.0")
    add_pass(mini, "c", "2.0", **CHANGED)
    add_pass(mini, "anna", "2.0", kind="person")
    (found,) = agreement_rounds(warclaims.open(mini))
    assert (found.version, list(found.makers), found.texts) == ("2.0", ["b", "c"], 2)
    assert found.differences == {("b", "c"): 1}
    block = details_block([found], [])
    assert "### Guidelines 2.0: b and c" in block
    assert "`b` (language model) and `c` (language model)" in block
    assert re.search(r"\| casualties: status \| \d+ \| 0\.", block)
    assert "held-out" not in block.lower()


def test_held_out_texts_come_first(mini):
    held_out = shutil.copytree(FIXTURE, mini / "examples/heldout")
    for root in (mini, held_out):
        add_pass(root, "b", "2.0")
        add_pass(root, "c", "2.0")
    corpus = warclaims.open(mini)
    rounds = agreement_rounds(corpus), agreement_rounds(corpus.heldout)
    lines = summary_block(*rounds).splitlines()[2:]
    assert [line.split(" | ")[0] for line in lines] == ["| 2 held-out texts", "| 2 texts"]
    titles = re.findall("^## (.*)$", details_block(*rounds), re.M)
    assert titles == ["Held-out texts", "The texts of the corpus"]


def test_three_passes_of_a_round_are_compared_in_pairs_and_together(mini):
    for name in "bcd":
        add_pass(mini, name, "2.0")
    (found,) = agreement_rounds(warclaims.open(mini))
    assert list(found.spans) == [("b", "c"), ("b", "d"), ("c", "d")]
    assert "– (more than two raters)" in details_block([found], [])


def test_without_two_passes_there_is_no_table(mini):
    rounds = agreement_rounds(warclaims.open(mini)), []
    assert summary_block(*rounds) == details_block(*rounds)
    assert "No two passes" in summary_block(*rounds)


def test_a_review_by_a_person_is_said_without_a_change_by_hand(mini):
    before = review_block(warclaims.open(mini))
    assert "by language models" in before
    assert "no person has reviewed them yet" in before
    add_pass(mini, "anna", "2.0", kind="person", **CHANGED)
    (mini / "annotations/passes/anna/two.json").unlink()
    after = review_block(warclaims.open(mini))
    assert "no person" not in after
    assert "reviewed by a person: `anna`, 1 of 2 texts, 1 difference from gold" in after


@pytest.mark.parametrize("name", ["review", "agreement", "agreement.details", "agreement.gold.a"])
def test_the_blocks_are_filled(mini, name):
    card = mini / "README.md"
    marks = f"<!-- begin generated: {name} -->\n<!-- end generated: {name} -->\n"
    card.write_text(f"# Mine\n\n{marks}", "utf-8")
    build(warclaims.open(mini))
    assert len(card.read_text("utf-8").partition("# Mine")[2]) > len(marks) + 40
