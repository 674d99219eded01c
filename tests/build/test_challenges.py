"""The table of challenges is made from their list, of the corpus and of its held-out texts."""

import json
import shutil
from pathlib import Path

import warclaims
from warclaims.build.challenges import challenges_block

FIXTURE = Path(__file__).parents[1] / "fixtures" / "mini"


def write(mini, *challenges):
    usual = {"document": "one", "words": "killed", "reading": "r", "rule": None, "reason": "so"}
    lines = [
        json.dumps(usual | {"record": record, "basis": basis, "verdict": verdict}) + "\n"
        for record, basis, verdict in challenges
    ]
    (mini / "annotations/challenges.jsonl").write_text("".join(lines))


def row(block, name):
    line = next(line for line in block.splitlines() if line.startswith(f"| {name} "))
    return [cell.strip() for cell in line.split("|")[2:-1]]


def test_challenges_are_counted_by_layer_and_by_what_came_of_them(mini):
    write(
        mini,
        ("c1", "guidelines", "overturned"),
        ("c1", "sense", "upheld"),
        ("c2", "sense", "overturned"),
        ("t1", "sense", "alternative"),
        (None, "guidelines", "open"),
    )
    block = challenges_block(warclaims.open(mini))
    annotations = [bundle.annotations for bundle in warclaims.open(mini).bundles()]
    casualties = sum(len(one.casualties) for one in annotations)
    assert row(block, "casualties") == [str(casualties), "2", "1", "1", "0", "1", "0"]
    assert row(block, "attributions")[1:] == ["1", "0", "0", "1", "0", "0"]
    assert row(block, "missing") == ["–", "1", "0", "0", "0", "0", "1"]
    assert row(block, "all")[1:] == ["4", "1", "1", "1", "1", "1"]
    assert "Overturned: 1 of " in block


def test_without_a_list_there_are_no_figures(mini):
    assert challenges_block(warclaims.open(mini)) == "No list of challenges yet."


def test_held_out_texts_have_a_table_of_their_own(mini):
    shutil.copytree(FIXTURE, mini / "examples/heldout")
    write(mini / "examples/heldout", ("c1", "sense", "upheld"))
    block = challenges_block(warclaims.open(mini))
    assert block.startswith("Challenges of records in the held-out texts.")
    assert row(block, "casualties")[1] == "1"
