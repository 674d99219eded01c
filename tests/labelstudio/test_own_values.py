"""Values that a corpus adds to the lists are offered, go out and come back like the core ones."""

from __future__ import annotations

import json

import pytest
from browser import Board, saved

import warclaims
from warclaims.labelstudio import read_results, task, tasks_bytes

OWN = [
    ("status", "miner", "civilian"),
    ("status", "elderly", "civilian"),  # also a core value of another list
    ("cause", "poisoned_well", "chemical"),
    ("outcome", "conscripted", "captured"),
    ("age", "infant", "child"),
    ("sex", "intersex", "unspecified"),
]


@pytest.fixture
def corpus(mini):
    """The small corpus with values of its own, which a casualty has."""
    values = [
        {"list": name, "value": value, "label": value, "meaning": f"is {value}", "kind_of": core}
        for name, value, core in sorted(OWN)
    ]
    lists = {"schema_version": "2.0", "values": values}
    (mini / "annotations" / "lists.json").write_text(json.dumps(lists))
    path = mini / "annotations" / "gold" / "one.json"
    plain = json.loads(path.read_bytes())
    plain["schema_version"] = "2.0"
    first, *others = plain["casualties"]
    plain["casualties"] = [
        {
            **first,
            "outcome": "conscripted",
            "status": ["miner", "medic"],
            "cause": ["poisoned_well", "fire"],
            "groups": [{"status": ["elderly"], "age": "infant"}, {"sex": "intersex"}],
            "alternatives": [{"status": ["elderly"], "cause": ["poisoned_well"]}],
            "note": "or so",
        },
        *others,
    ]
    path.write_text(json.dumps(plain, ensure_ascii=False))
    return warclaims.open(mini)


def test_they_come_back(corpus):
    sent = task(corpus.bundle("one"), corpus.registries)
    shown = {
        one["from_name"]: one["value"][one["type"] if one["type"] != "textarea" else "text"]
        for one in sent["annotations"][0]["result"]
        if one.get("id") == "casualty-1-c1"
    }
    assert shown["casualty_status"] == ["miner", "medic"]
    assert shown["casualty_groups"] == ["status: elderly age: infant\nsex: intersex"]
    assert shown["alternatives"] == ["status: elderly; cause: poisoned_well"]
    for returned in (sent, saved(sent)):
        found = read_results(tasks_bytes([returned]), "export.json", corpus)
        assert found.findings == ()
        assert not found.documents[0].is_changed


def test_they_can_be_chosen_and_written(corpus):
    board = Board(task(corpus.bundle("one"), corpus.registries))
    board.set("casualty-1-c2", "casualty_status", ["miner"])
    board.set("casualty-1-c2", "casualty_groups", ["infant\nintersex miner"])
    board.set("casualty-1-c2", "casualty_outcome", ["conscripted"])
    found = read_results(board.export(), "export.json", corpus)
    assert found.errors == ()
    second = found.documents[0].after.casualties[1]
    assert (second.outcome, second.status) == ("conscripted", ("miner",))
    assert [(one.age, one.sex, one.status) for one in second.groups] == [
        ("infant", "unspecified", ()),
        ("unspecified", "intersex", ("miner",)),
    ]


@pytest.mark.parametrize(
    ("region", "control", "value"),
    [
        ("casualty-1-c2", "casualty_status", ["baker"]),
        ("casualty-1-c1", "casualty_groups", ["baker"]),
        ("casualty-1-c1", "alternatives", ["status: baker"]),
    ],
)
def test_what_is_in_no_list_is_refused(corpus, region, control, value):
    board = Board(task(corpus.bundle("one"), corpus.registries))
    board.set(region, control, value)
    (finding,) = read_results(board.export(), "export.json", corpus).errors
    assert finding.code == "L204"
    assert "baker" in finding.message
