"""Rules of the model that no case shows by itself."""

import pytest
from cases import BLAST, RAID, one, text
from made_corpora import MadeCorpus, rec

from warclaims.accounts import compare


def told(corpus, tmp_path):
    opened = corpus.write(tmp_path)
    return compare(opened.bundles(), opened.registries)


def rows(result, *kinds):
    """The rows of some kinds, by default all but those in which all can be true."""
    shown = kinds or ("disagreement", "different_kinds", "update", "not_comparable")
    return [
        (row.respect.value, row.kind.value, [one.value for one in row.positions])
        for row in result.comparisons
        if row.kind in shown
    ]


def marks(result):
    return {one.id: [mark.value for mark in one.marks] for one in result.accounts if one.marks}


def bounds(result):
    return {one.id: (one.minimum, one.maximum) for one in result.accounts}


def kinds(result, account):
    (found,) = [one for one in result.accounts if one.id == account]
    return {one.kind: (one.minimum, one.maximum) for one in found.breakdown}


def test_retracting_a_part_does_not_change_its_whole(tmp_path):
    result = told(
        one(
            RAID,
            text("A", "P", "01-01", "Ten people died, three of them children, the mayor said.",
                 rec("A1", "Ten people", 10, "the mayor"),
                 rec("A2", "three of them", 3, "the mayor", age="child", subset_of="A1")),
            text("B", "P", "01-03", "The mayor said the figure of three children was wrong. Five children died, a nurse said.",
                 rec("B1", "three children", 3, "The mayor", age="child", certainty="retracted"),
                 rec("B2", "Five children", 5, "a nurse", age="child")),
        ),
        tmp_path,
    )  # fmt: skip
    assert rows(result) == [("age_sex", "update", ["3 children", "withdrawn"])]
    assert bounds(result)["A:killed:c1"] == (10, 10)


@pytest.mark.parametrize(
    ("headline", "fields", "expected", "marked"),
    [
        ("At least three dead", {"value": 3, "quantifier": "at_least"}, (5, 5), False),
        ("Four dead", {"value": 4}, (5, 5), True),
    ],
)
def test_the_narrower_number_of_headline_and_text_counts(
    headline, fields, expected, marked, tmp_path
):
    result = told(
        one(
            RAID,
            text("A", "P", "01-01", f"{headline}\n\nFive people died, the mayor said.",
                 rec("A1", headline, same_as="A2", **fields),
                 rec("A2", "Five people", 5, "the mayor"), title=headline),
        ),
        tmp_path,
    )  # fmt: skip
    assert list(bounds(result).values()) == [expected]
    assert list(marks(result).values()) == ([["headline_differs"]] if marked else [])


def test_counts_in_different_sentences_may_overlap(tmp_path):
    result = told(
        one(
            RAID,
            text("A", "P", "01-01", "Three people died, the mayor said. Four people were killed at the bridge, the mayor said.",
                 rec("A1", "Three people", 3, "the mayor"), rec("A2", "Four people", 4, "the mayor")),
        ),
        tmp_path,
    )  # fmt: skip
    assert bounds(result) == {"A:killed:c1": (4, 7)}
    assert marks(result) == {"A:killed:c1": ["overlap_not_stated"]}


def test_an_indefinite_count_never_opens_the_maximum(tmp_path):
    result = told(
        one(
            RAID,
            text("A", "P", "01-01", "People were killed, the mayor said. Four people died, the mayor said.",
                 rec("A1", "People", None, "the mayor"), rec("A2", "Four people", 4, "the mayor")),
            text("B", "P", "01-01", "Several people died, monks said.",
                 rec("B1", "Several people", None, "monks")),
        ),
        tmp_path,
    )  # fmt: skip
    assert bounds(result) == {"A:killed:c1": (4, 4), "B:killed:c1": (3, None)}
    assert marks(result) == {}


def test_counts_of_different_sides_are_compared_with_silence_only_in_one_happening(tmp_path):
    texts = [
        text("A", "P", "01-01", "Five Veshi were killed, the army said.",
             rec("A1", "Five Veshi", 5, "the army", side="vesh")),
        text("B", "Q", "01-01", "Seven died, police said.", rec("B1", "Seven", 7, "police")),
        text("C", "R", "01-01", "Six Veshi died, monks said.",
             rec("C1", "Six Veshi", 6, "monks", side="vesh")),
    ]  # fmt: skip
    raid = told(one(RAID, *texts, sides=["vesh"]), tmp_path / "raid")
    assert rows(raid) == [("total", "disagreement", ["5", "6", "7"])]
    battle = told(one("battle", *texts, sides=["vesh"]), tmp_path / "battle")
    assert rows(battle) == [("total", "disagreement", ["5", "6"])]


def test_a_count_limited_to_a_cause_is_a_minimum_for_a_war(tmp_path):
    result = told(
        one(
            "war",
            text("A", "P", "01-01", "Snipers killed 200 in the war, monks said.",
                 rec("A1", "200", 200, "monks", cause="small_arms")),
            text("B", "Q", "01-01", "3,140 died in the war, an institute said.",
                 rec("B1", "3,140", 3140, "an institute")),
        ),
        tmp_path,
    )  # fmt: skip
    assert rows(result) == []


def test_killed_and_injured_together_meet_the_sum_of_both(tmp_path):
    result = told(
        one(
            RAID,
            text("A", "P", "01-01", "20 were killed and 30 injured, the army said.",
                 rec("A1", "20", 20, "the army"), rec("A2", "30", 30, "the army", outcome="injured")),
            text("B", "Q", "01-01", "60 casualties, police said.",
                 rec("B1", "60 casualties", 60, "police", outcome="killed_or_injured")),
        ),
        tmp_path,
    )  # fmt: skip
    assert rows(result) == [("total", "disagreement", ["50", "60"])]
    (row,) = [row for row in result.comparisons if row.kind == "disagreement"]
    assert row.positions[0].accounts == ("A:injured:c2", "A:killed:c1")


def test_updates_follow_the_order_that_texts_state_and_then_dates(tmp_path):
    ministry = "The ministry"
    result = told(
        one(
            RAID,
            text("A", "P", "01-03", "The ministry counts 34 dead, up from 21.",
                 rec("A1", "34 dead", 34, ministry, revises="A2"), rec("A2", "21", 21, ministry)),
            text("B", "Q", "01-02", "The ministry counts 21 dead, up from 12.",
                 rec("B1", "21 dead", 21, ministry, revises="B2"), rec("B2", "12", 12, ministry)),
            text("C", "R", "01-05", "The ministry said 12 had died.",
                 rec("C1", "12", 12, ministry)),
            text("D", "S", "01-04", "The ministry said 40 had died.",
                 rec("D1", "40", 40, ministry)),
        ),
        tmp_path,
    )  # fmt: skip
    assert rows(result) == [("total", "update", ["12", "21", "34", "40"])]


def test_one_source_without_an_order_is_in_two_positions(tmp_path):
    result = told(
        one(
            RAID,
            text("A", "P", "01-01", "The ministry counted 21 dead.",
                 rec("A1", "21 dead", 21, "The ministry")),
            text("B", "Q", "01-01", "The ministry said 34 died.", rec("B1", "34", 34, "The ministry")),
        ),
        tmp_path,
    )  # fmt: skip
    (row,) = [row for row in result.comparisons if row.kind == "disagreement"]
    assert row.marks == ("same_source",)


def test_a_lower_number_that_is_older_is_marked(tmp_path):
    result = told(
        one(
            RAID,
            text("A", "P", "01-01", "Monks counted 21 dead.", rec("A1", "21 dead", 21, "Monks")),
            text("B", "Q", "01-02", "Police said 34 died.", rec("B1", "34", 34, "Police")),
        ),
        tmp_path,
    )  # fmt: skip
    (row,) = [row for row in result.comparisons if row.kind == "disagreement"]
    assert row.marks == ("lower_is_older",)


def test_a_disagreement_about_a_part_is_not_repeated_at_the_whole(tmp_path):
    result = told(
        MadeCorpus(
            {"war": "war", "battle-a": {"type": "battle", "parent": "war"}},
            [
                text("A", "P", "01-01", "100 died in the war, 60 of them in the battle, an institute said.",
                     rec("A1", "100", 100, "an institute", event="war"),
                     rec("A2", "60 of them", 60, "an institute", event="battle-a", subset_of="A1")),
                text("B", "Q", "01-01", "In the battle 120 died, a union said.",
                     rec("B1", "120", 120, "a union", event="battle-a")),
            ],
        ),
        tmp_path,
    )  # fmt: skip
    (row,) = [row for row in result.comparisons if row.kind == "disagreement"]
    assert row.event == "battle-a"
    assert row.positions[0].accounts == ("A:killed:c2", "A:killed:c1")


def test_the_maximum_of_an_order_of_magnitude_is_always_soft(tmp_path):
    result = told(
        one(
            RAID,
            text("A", "P", "01-01", "Dozens were killed, the army said.",
                 rec("A1", "Dozens", 12, "the army", quantifier="order_of_magnitude")),
            text("B", "Q", "01-01", "950 died, police said.", rec("B1", "950", 950, "police")),
        ),
        tmp_path,
    )  # fmt: skip
    (row,) = [row for row in result.comparisons if row.kind == "disagreement"]
    assert row.soft


def test_women_among_soldiers_say_nothing_of_other_women(tmp_path):
    result = told(
        one(
            RAID,
            text("A", "P", "01-01", "Seven soldiers, three of them women, and four others died, the mayor said.",
                 rec("A1", "Seven soldiers", 7, "the mayor", status="military"),
                 rec("A2", "three of them women", 3, "the mayor", age="adult", sex="female", subset_of="A1"),
                 rec("A3", "four others", 4, "the mayor")),
        ),
        tmp_path,
    )  # fmt: skip
    assert kinds(result, "A:killed:c1") == {"military": (7, 7), "adult_female": (3, 7)}


def test_a_number_that_somebody_denies_elsewhere_is_marked(tmp_path):
    result = told(
        one(
            BLAST,
            text("A", "P", "01-01", "40 soldiers died, rebels said.",
                 rec("A1", "40 soldiers", 40, "rebels", status="military")),
            text("B", "Q", "01-01", "The army denied that 40 soldiers had died.",
                 rec("B1", "40 soldiers", 40, status="military"),
                 said=[{"source": "The army", "cue": "denied", "act": "deny",
                        "content": "that 40 soldiers had died"}]),
        ),
        tmp_path,
    )  # fmt: skip
    assert marks(result) == {"A:killed:c1": ["denied"]}
    assert rows(result) == []


def test_a_denial_of_guilt_that_names_somebody_else_is_a_position(tmp_path):
    result = told(
        one(
            BLAST,
            text("A", "P", "01-01", "The army shelled the clinic and killed nine, monks said. The army denied it and blamed the rebels.",
                 rec("A1", "nine", 9, "monks", perp="The army"),
                 said=[{"source": ("The army", 2), "cue": "denied", "act": "deny", "content": "it",
                        "regarding": ["happening"], "blames": ["the rebels"]}]),
        ),
        tmp_path,
    )  # fmt: skip
    assert rows(result) == [("perpetrator", "disagreement", ["The army", "the rebels"])]


def test_counts_without_an_event_are_listed_and_not_compared(tmp_path):
    result = told(
        one(RAID, text("A", "P", "01-01", "Four died, the mayor said.",
                       rec("A1", "Four", 4, "the mayor", event=()))),
        tmp_path,
    )  # fmt: skip
    assert result.unlinked == ("A:c1",)
    assert result.comparisons == ()


def test_a_disagreement_that_only_another_reading_has_depends_on_it(tmp_path):
    result = told(
        one(
            RAID,
            text("A", "P", "01-01", "Six died, police said.",
                 rec("A1", "Six", 6, "police", alternatives=[{"value": 7}], note="Or seven.")),
            text("B", "Q", "01-01", "Six died, monks said.", rec("B1", "Six", 6, "monks")),
        ),
        tmp_path,
    )  # fmt: skip
    (row,) = [row for row in result.comparisons if row.kind == "disagreement"]
    assert row.depends_on == ("A:c1",)
    assert row.positions[0].accounts == ("B:killed:c1",)


def test_no_id_decides_which_of_two_other_readings_is_shown(tmp_path):
    def shown(*names):
        texts = [
            text(name, outlet, "01-01", f"Six died, {source} said.",
                 rec(f"{outlet}1", "Six", 6, source, alternatives=[{"value": 7}], note="Or seven."))
            for name, outlet, source in zip(names, "PQ", ("police", "monks"), strict=True)
        ]  # fmt: skip
        result = told(one(RAID, *texts), tmp_path / names[0])
        sources = {one.id: one.source_text for one in result.accounts}
        (row,) = [row for row in result.comparisons if row.kind == "disagreement"]
        assert row.depends_on == ("A:c1", "B:c1")
        return [{sources[name] for name in position.accounts} for position in row.positions]

    assert shown("A", "B") == shown("B", "A")


def test_an_unknown_event_suggests_a_close_one(tmp_path):
    import warclaims

    corpus = one(RAID, text("A", "P", "01-01", "Four died.", rec("A1", "Four", 4))).write(tmp_path)
    with pytest.raises(warclaims.WarclaimsError, match="did you mean 'happening'"):
        warclaims.compare(corpus, event="happenings")
    assert len(warclaims.compare(corpus, event="happening").accounts) == 1


@pytest.mark.parametrize(
    ("labels", "start", "reason"),
    [
        (
            ("attack on the market of Ostrel", "blast at Ostrel market"),
            "2031-05-06",
            "market, ostrel",
        ),
        (("attack on the market of Ostrel", "clash at the ford"), "2031-05-06", None),
        (("attack on the market of Ostrel", "blast at Ostrel market"), "2031-05-07", None),
    ],
)
def test_events_of_one_day_with_like_labels_may_be_one(tmp_path, labels, start, reason):
    first, second = labels
    corpus = MadeCorpus(
        texts=[
            text("A", "P", "01-01", "Six died.", rec("A1", "Six", 6, event="first")),
            text("B", "P", "01-01", "Six died.", rec("B1", "Six", 6, event="second")),
        ],
        events={
            "first": {"type": "explosion", "label": first, "start": "2031-05-06"},
            "second": {"type": "explosion", "label": second, "start": start},
        },
    )
    found = told(corpus, tmp_path).similar_events
    assert [one.events for one in found] == ([("first", "second")] if reason else [])
    if reason:
        assert found[0].reason == f"both began on 2031-05-06 and are called {reason}"
