"""Agreement on accounts and on what sources disagree on."""

import json

import pytest
from cases import RAID, text
from made_corpora import MadeCorpus, rec

from warclaims.agreement import ComparedSets

POST = "Six people died, police said. Two children are missing, police said."
WIRE = "Six or eight people died, the mayor said."


def texts(dead=6, mayor=6, *, children=True):
    further = [rec("A2", "Two children", 2, "police", outcome="missing", age="child")] * children
    return [
        text("A", "Post", "01-01", POST, rec("A1", "Six people", dead, "police"), *further),
        text("B", "Wire", "01-01", WIRE,
             rec("B1", "Six or eight people", mayor, "the mayor", quantifier="exact")),
    ]  # fmt: skip


@pytest.fixture
def agreement(tmp_path):
    """The agreement of gold and a pass that has other records of the same texts."""

    def between(gold, other):
        corpus = MadeCorpus({"raid": RAID}, gold).write(tmp_path / "corpus")
        MadeCorpus({"raid": RAID}, other).write(tmp_path / "other")
        (tmp_path / "corpus/annotations/passes").mkdir()
        (tmp_path / "other/annotations/gold").rename(tmp_path / "corpus/annotations/passes/b")
        return ComparedSets(corpus, "gold", "b").compare_with_accounts(rounds=1)[1]

    return between


def scores(found):
    return {
        (one.unit, one.text): (one.first, one.second, one.found.f1, one.equal.f1)
        for one in found.scores
    }


def test_a_set_has_all_accounts_of_itself(agreement):
    found = agreement(texts(), texts())
    assert scores(found) == {
        ("accounts", "A"): (2, 2, 1, 1),
        ("accounts", "B"): (1, 1, 1, 1),
        ("accounts", "all"): (3, 3, 1, 1),
        ("disagreements", "all"): (0, 0, None, None),
    }
    assert found.differences == []


def test_an_account_with_other_bounds_is_found_but_not_equal(agreement):
    found = agreement(texts(mayor=8), texts(mayor=6, children=False))
    assert scores(found) == {
        ("accounts", "A"): (2, 1, 2 / 3, 2 / 3),
        ("accounts", "B"): (1, 1, 1, 0),
        ("accounts", "all"): (3, 2, 4 / 5, 2 / 5),
        ("disagreements", "all"): (1, 0, 0, 0),
    }
    assert [(one.unit, one.about, one.first, one.second) for one in found.differences] == [
        ("accounts", ("A", "police", "raid", "missing"), ("2",), ()),
        ("accounts", ("B", "mayor", "raid", "killed"), ("8",), ("6",)),
        (
            "disagreements",
            ("raid", "killed", "total"),
            ("6 (police in A) | 8 (mayor in B)",),
            (),
        ),
    ]


def test_a_disagreement_with_other_positions_is_found_but_not_equal(agreement):
    found = agreement(texts(mayor=8), texts(dead=7, mayor=8))
    assert scores(found)["disagreements", "all"] == (1, 1, 1, 0)


def test_the_command_shows_accounts_and_disagreements(cli, agreement, tmp_path):
    agreement(texts(mayor=8), texts())
    corpus = ("--corpus", tmp_path / "corpus", "agree", "gold", "b", "--rounds", "2")
    shown = cli(*corpus, "--differences", "--texts").stdout
    assert "Accounts, and what sources disagree on" in shown
    assert "accounts B, mayor, raid, killed: A 8 · B 6" in shown
    assert "disagreements raid, killed, total: A 6 (police in A) | 8 (mayor in B) · B –" in shown
    assert "2 differences in accounts and disagreements" in shown
    plain = json.loads(cli(*corpus, "--format", "json").stdout)
    assert [(one["unit"], one["text"], one["found"]["f1"]) for one in plain["accounts"]] == [
        ("accounts", "A", 1),
        ("accounts", "B", 1),
        ("accounts", "all", 1),
        ("disagreements", "all", 0),
    ]
    assert plain["account_differences"][0]["first"] == ["8"]
