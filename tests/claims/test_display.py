"""``warclaims compare`` on three made-up texts: it answers a researcher without the texts."""

import json

import pytest
from cases import BLAST, RAID, one, text
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
    assert "The army denies “40 guards”; nobody is said to claim it." in shown
    shown = " ".join(shown.split())
    assert "“Nine people” [A:c1]; denied by Norland [A:t2]" in shown
    assert "The army (denied), Northern Wire, 2031-05-06: “40 guards” [B:c4]" in shown


def test_what_is_not_linked_is_at_the_end(shown):
    _, last = shown.split("1 count has no event and is compared with nothing.")
    assert "“Two bodies”: 2 killed" in last


def compared(cli, corpus, tmp_path, *options):
    run = cli("--corpus", corpus.write(tmp_path / "made").root, "compare", *options)
    assert run.returncode == 0, run.stderr
    return " ".join(run.stdout.split())


def of_the_attack(name, day, number, source):
    words = f"{number} people"
    return text(name, f"Post {name}", day, f"Then {words} died, {source} said.",
                rec(f"{name}1", words, number, source, event="attack"))  # fmt: skip


@pytest.fixture
def war():
    return MadeCorpus(
        {"attack": {"type": RAID, "parent": "war"}, "war": "war"},
        [
            of_the_attack("A", "05-06", 29, "the mayor"),
            of_the_attack("B", "05-06", 41, "police"),
            text("C", "Post C", "05-09", "At least 500 people died in the war, monks said.",
                 rec("C1", "At least 500 people", 500, "monks", quantifier="at_least",
                     event="war")),
        ],
    )  # fmt: skip


def test_accounts_of_a_part_are_shown_as_such_at_the_whole(cli, war, tmp_path):
    shown = compared(cli, war, tmp_path)
    whole = shown[shown.index("war (war) Dead: at least 500 (monks).") :]
    assert "of attack: at least 29 – the mayor (Post A, 2031-05-06)" in whole
    assert "of attack: at least 41 – police (Post B, 2031-05-06)" in whole
    assert "at least 500 – monks (Post C, 2031-05-09)" in whole
    assert "Sources disagree on the number of dead of attack; see there." in whole


def test_nothing_is_compared_at_a_whole_with_accounts_of_parts_only(cli, war, tmp_path):
    war.texts.pop()
    shown = compared(cli, war, tmp_path)
    assert "on the number of dead: 29 (the mayor) or 41 (police)" in shown
    assert "war (war)" not in shown


def test_children_counted_as_civilians_are_said_to_be(cli, tmp_path):
    corpus = one(
        RAID,
        text("A", "Post", "01-01", "Eleven people, two of them children, died, the hospital said.",
             rec("A1", "Eleven people", 11, "the hospital"),
             rec("A2", "two of them", 2, "the hospital", age="child", subset_of="A1")),
        text("B", "Wire", "01-01", "One civilian and ten soldiers died, the mayor said. Two "
             "children died in the fire, police said.",
             rec("B1", "One civilian", 1, "the mayor", status="civilian"),
             rec("B2", "ten soldiers", 10, "the mayor", status="military"),
             rec("B3", "Two children", 2, "police", age="child")),
    )  # fmt: skip
    shown = compared(cli, corpus, tmp_path)
    assert "civilians (computed: children count as civilians) – the hospital" in shown
    assert "1 civilian and 10 soldiers – the mayor" in shown
    assert "2 children (police)" in shown


def test_the_word_of_another_source_and_a_headline_are_marked(cli, tmp_path):
    corpus = one(
        RAID,
        text("A", "Post", "01-01", "60 people died, the ministry said. Two medics were among "
             "them, said a nurse.",
             rec("A1", "60 people", 60, "the ministry"),
             rec("A2", "Two medics", 2, "a nurse", status="medic", subset_of="A1")),
        text("B", "Harbour Post", "01-01", "Forty dead in raid\n\nThe town was calm on Monday.",
             rec("B1", "Forty", 40), title="Forty dead in raid"),
    )  # fmt: skip
    shown = compared(cli, corpus, tmp_path)
    assert "the ministry (Post, 2031-01-01): “60 people”, “Two medics” (word of a nurse)" in shown
    assert "Harbour Post, 2031-01-01, in its headline: “Forty” [B:c1]" in shown
    assert "Dead: 40 (the headline of Harbour Post); 60 (the ministry)." in shown


def test_a_source_named_like_the_outlet_is_no_voice_of_the_text(cli, tmp_path):
    corpus = one(
        RAID,
        text("A", "Post", "01-01", "60 people died, Post said. Nine soldiers were hurt.",
             rec("A1", "60 people", 60, "Post"),
             rec("A2", "Nine soldiers", 9, outcome="injured")),
    )  # fmt: skip
    found = json.loads(compared(cli, corpus, tmp_path, "--format", "json"))
    assert [one["voice"] for one in found["accounts"]] == ["own", "source"]


def test_equal_bounds_of_different_people_are_not_called_the_same(cli, tmp_path):
    corpus = one(
        BLAST,
        text("A", "Post", "01-01", "Civilians died, the mayor said.",
             rec("A1", "Civilians", None, "the mayor", status="civilian")),
        text("B", "Wire", "01-01", "People died, police said.",
             rec("B1", "People", None, "police")),
    )  # fmt: skip
    shown = compared(cli, corpus, tmp_path)
    assert "= Number of dead: all can be true" in shown
    assert "all say the same" not in shown


def test_a_computed_sum_names_its_records(cli, tmp_path):
    corpus = one(
        RAID,
        text("A", "Post", "01-01", "Five died and eighty were hurt, the mayor said. Fifteen of "
             "them are said to be civilians.",
             rec("A1", "Five", 5, "the mayor"),
             rec("A2", "eighty", 80, "the mayor", outcome="injured"),
             rec("A3", "Fifteen of them", 15, "the mayor", outcome="killed_or_injured",
                 status="civilian", subset_of=["A1", "A2"])),
        text("B", "Wire", "01-01", "90 were killed or hurt, police said.",
             rec("B1", "90", 90, "police", outcome="killed_or_injured")),
    )  # fmt: skip
    shown = compared(cli, corpus, tmp_path)
    assert "Dead or injured: 85 (the mayor, computed from A:c1 and A:c2); 90 (police)." in shown
    assert "“Fifteen of them” [A:c3], computed from A:c1 and A:c2" in shown


def test_csv_has_counts_without_an_event(cli, tmp_path):
    corpus = one(
        RAID,
        text("A", "Post", "01-01", "Five died, the mayor said.",
             rec("A1", "Five", 5, "the mayor", event=())),
    )  # fmt: skip
    shown = compared(cli, corpus, tmp_path, "--format", "csv")
    assert "killed,,not_comparable,,5,the mayor,mayor,Post,A,Five,A:c1,,,,has no event" in shown


def test_who_answers_a_number_by_a_denial_is_named_with_the_record(cli, tmp_path):
    corpus = one(
        RAID,
        text("A", "Post", "01-01", "Six people died, the mayor said. The army denied it. Police "
             "could not confirm it.",
             rec("A1", "Six people", 6, "the mayor"),
             said=[
                 {"id": "count", "source": "the mayor", "cue": "said", "own": True,
                  "content": "Six people died"},
                 {"source": "The army", "cue": "denied", "act": "deny", "answers": "count",
                  "content": "it"},
                 {"source": "Police", "act": "doubt", "answers": "count",
                  "content": ("it", 2)},
             ]),
        text("B", "Wire", "01-01", "Nine people died, monks said.",
             rec("B1", "Nine people", 9, "monks")),
    )  # fmt: skip
    shown = compared(cli, corpus, tmp_path)
    assert (
        "the mayor (Post, 2031-01-01): “Six people” [A:c1]; denied by The army [A:t2]; "
        "not confirmed by Police [A:t3]"
    ) in shown
    assert "somebody denies it" not in shown
