"""``warclaims compare`` on three made-up texts: it answers a researcher without the texts."""

import pytest
from cases import text
from made_corpora import NAMELESS, MadeCorpus, rec

MINISTRY = f"{NAMELESS}the ministry"


@pytest.fixture
def shown(cli, tmp_path):
    corpus = MadeCorpus(
        texts=[
            text("A", "Halden Post", "05-06",
                 "Nine people were killed by Norland when a missile hit the market, the mayor "
                 "said. Norland denied it.",
                 rec("A1", "Nine people", 9, "the mayor", cause="missile",
                     inferred_perpetrator="norland"),
                 said=[{"source": "Norland", "cue": "denied", "act": "deny", "content": "it",
                        "regarding": ["market"]}]),
            text("B", "Northern Wire", "05-06",
                 "Seven people, five soldiers and four policemen, died in a car bomb, the ministry "
                 "said. The army denied that 40 guards had died.",
                 rec("B1", "Seven people", 7, MINISTRY, cause="vehicle_bomb"),
                 rec("B2", "five soldiers", 5, MINISTRY, status="military", subset_of="B1"),
                 rec("B3", "four policemen", 4, MINISTRY, status="police", subset_of="B1"),
                 rec("B4", "40 guards", 40),
                 said=[{"source": "The army", "cue": "denied", "act": "deny",
                        "content": "that 40 guards had died"}]),
            text("C", "Ostrel Courier", "05-08",
                 "Eleven people were killed, the mayor said. Two bodies were found in the river.",
                 rec("C1", "Eleven people", 11, "the mayor"),
                 rec("C2", "Two bodies", 2, event=())),
        ],
        events={"market": "explosion"},
        entities={"norland": {"label": "Norland"}},
    )  # fmt: skip
    return cli("--corpus", corpus.write(tmp_path / "made").root, "compare").stdout


def test_it_says_how_many_died_who_disagrees_and_on_what(shown):
    summary = " ".join(shown.split("\n\n")[0].split())
    assert "Dead: 7 (the ministry); 11 (the mayor)." in summary
    assert "Updated number of dead: 9 → 11 (the mayor)." in summary
    assert "on the cause: missile (the mayor) or vehicle bomb (the ministry)" in summary
    assert "on the number of dead: 7 (the ministry) or 11 (the mayor)" in summary


def test_it_says_what_is_wrong_with_an_account_and_who_denies_what(shown):
    assert "Note: the ministry (Northern Wire" in shown
    assert "the parts exceed their whole." in shown
    assert "The army denies “40 guards”; nobody is said to claim it." in " ".join(shown.split())
    assert "Note: denied by Norland." in shown


def test_what_is_not_linked_is_at_the_end(shown):
    _, last = shown.split("1 count has no event and is compared with nothing.")
    assert "“Two bodies”: 2 killed" in last
