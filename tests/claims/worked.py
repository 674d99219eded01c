"""The worked results on invented texts, as cases."""

from cases import BLAST, OPEN, RAID, STRIKE, TAKEN, Case, Expected, Told, one, text
from made_corpora import rec

WORKED: dict[str, Case] = {}

WORKED["1 two groups in one sentence"] = Case(
    one(
        RAID,
        text(
            "A", "Post", "01-01", "Two teachers and three nurses were killed in a raid, officials said.",
            rec("A1", "Two teachers", 2, "officials", status="civilian"),
            rec("A2", "three nurses", 3, "officials", status="medic"),
        ),
    ),
    [Told("A1", False, (5, 5), {"civilian": (5, 5), "medic": (3, 3)})],
)  # fmt: skip

WORKED["2 parts in different fields"] = Case(
    one(
        STRIKE,
        text(
            "A", "Post", "01-01",
            "At least 34 people, including nine children and two aid workers, were killed.",
            rec("A1", "At least 34 people", 34, quantifier="at_least"),
            rec("A2", "nine children", 9, age="child", subset_of="A1"),
            rec("A3", "two aid workers", 2, status="aid_worker", subset_of="A1"),
        ),
    ),
    [Told("A1", True, (34, OPEN), {"child": (9, 9), "aid_worker": (2, 2)})],
)  # fmt: skip

WORKED["3 a revised toll"] = Case(
    one(
        STRIKE,
        text("A", "Post", "01-02", "The ministry put the toll at 34, revising an earlier figure of 21.",
             rec("A1", "34", 34, "The ministry", revises="A2"),
             rec("A2", "an earlier figure of 21", 21, "The ministry")),
        text("B", "Wire", "01-01", "The ministry said 21 had been killed.",
             rec("B1", "21", 21, "The ministry")),
    ),
    [Told("A1", True, (34, 34))],
    [Expected("total", [{"B1"}, {"A1"}], "update", values=["21", "34"])],
)  # fmt: skip

WORKED["4 different kinds"] = Case(
    one(
        RAID,
        text("A", "Post", "01-01", "Four soldiers were killed, a mayor said.",
             rec("A1", "Four soldiers", 4, "a mayor", status="military")),
        text("B", "Wire", "01-01", "40 policemen were killed, a union said.",
             rec("B1", "40 policemen", 40, "a union", status="police")),
    ),
    [Told("A1", False, (4, 4)), Told("B1", False, (40, 40))],
    [Expected("who", [{"A1"}, {"B1"}], "different_kinds", values=["4 soldiers", "40 police"])],
)  # fmt: skip

WORKED["4 rival descriptions"] = Case(
    one(
        RAID,
        text("A", "Post", "01-01", "Four soldiers were killed, a mayor said.",
             rec("A1", "Four soldiers", 4, "a mayor", status="military")),
        text("B", "Wire", "01-01", "Four policemen were killed, a union said.",
             rec("B1", "Four policemen", 4, "a union", status="police")),
    ),
    [],
    [Expected("who", [{"A1"}, {"B1"}], values=["4 soldiers", "4 police"])],
)  # fmt: skip

WORKED["5 lists share a kind"] = Case(
    one(
        RAID,
        text("A", "Post", "01-01", "Between 12 and 15 soldiers and a peacekeeper were killed, a mayor said.",
             rec("A1", "Between 12 and 15 soldiers", 12, "a mayor", value_max=15, quantifier="range", status="military"),
             rec("A2", "a peacekeeper", 1, "a mayor", status="peacekeeper")),
        text("B", "Wire", "01-01", "14 soldiers died, a union said.",
             rec("B1", "14 soldiers", 14, "a union", status="military")),
    ),
    [Told("A1", False, (13, 16), {"military": (12, 15), "peacekeeper": (1, 1)})],
    without=[("total", "killed")],
)  # fmt: skip

WORKED["6 no children"] = Case(
    one(
        RAID,
        text("A", "Post", "01-01", "Six people died, two of them children, a mayor said.",
             rec("A1", "Six people", 6, "a mayor"),
             rec("A2", "two of them", 2, "a mayor", age="child", subset_of="A1")),
        text("B", "Wire", "01-01", "No children were among the dead, a union said.",
             rec("B1", "No children", 0, "a union", age="child")),
    ),
    [Told("A1", True, (6, 6), {"child": (2, 2)}), Told("B1", False, (0, OPEN), {"child": (0, 0)})],
    [Expected("age_sex", [{"B1"}, {"A1"}])],
    without=[("total", "killed")],
)  # fmt: skip

WORKED["7 a list and a whole"] = Case(
    one(
        RAID,
        text("A", "Post", "01-01", "Eleven fighters were killed, the army said.",
             rec("A1", "Eleven fighters", 11, "the army", status="fighter")),
        text("B", "Wire", "01-01", "At least 14 people were killed, residents said.",
             rec("B1", "At least 14 people", 14, "residents", quantifier="at_least")),
    ),
)  # fmt: skip

WORKED["8 a list of kinds leaves no soldiers"] = Case(
    one(
        RAID,
        text("A", "Post", "01-01", "Eleven police and civilians were killed, a mayor said.",
             rec("A1", "Eleven police and civilians", 11, "a mayor", status=["police", "civilian"])),
        text("B", "Wire", "01-01", "Eleven were killed, four of them soldiers, a union said.",
             rec("B1", "Eleven", 11, "a union"),
             rec("B2", "four of them", 4, "a union", status="military", subset_of="B1")),
    ),
    [Told("A1", True, (11, 11), {"police": (1, 10), "civilian": (1, 10)})],
    [Expected("who", [{"A1"}, {"B1"}], values=["0 soldiers", "4 soldiers"])],
)  # fmt: skip

WORKED["9 far apart"] = Case(
    one(
        STRIKE,
        text("A", "Post", "01-01", "About 300 were wounded, a mayor said.",
             rec("A1", "About 300", 300, "a mayor", outcome="injured", quantifier="approximate")),
        text("B", "Wire", "01-01", "More than 3,000 were wounded, a union said.",
             rec("B1", "More than 3,000", 3000, "a union", outcome="injured", quantifier="more_than")),
    ),
    [],
    [Expected("total", [{"A1"}, {"B1"}], outcome="injured")],
)  # fmt: skip

WORKED["10 dozens"] = Case(
    one(
        STRIKE,
        text("A", "Post", "01-01", "Dozens were killed, a mayor said.",
             rec("A1", "Dozens", 12, "a mayor", quantifier="order_of_magnitude")),
        text("B", "Wire", "01-01", "27 people were killed, a union said.",
             rec("B1", "27 people", 27, "a union")),
    ),
)  # fmt: skip

WORKED["11 half were freed"] = Case(
    one(
        TAKEN,
        text(
            "A", "Post", "01-01", "Half of the 60 hostages were freed; 30 remain in captivity.",
            rec("A1", "the 60 hostages", 60, outcome="abducted"),
            rec("A2", "Half of the 60 hostages", None, outcome="released", subset_of="A1",
                fraction={"numerator": 1, "denominator": 2}, quantifier="exact"),
            rec("A3", "30", 30, outcome="abducted", subset_of="A1"),
        ),
    ),
    [
        Told("A1", True, (60, 60), {"still:held": (30, 30)}, outcome="held"),
        Told("A2", True, (30, 30), outcome="released"),
    ],
)  # fmt: skip

WORKED["12 some of the wounded died"] = Case(
    one(
        STRIKE,
        text("A", "Post", "01-01", "41 wounded, five of whom later died, a mayor said.",
             rec("A1", "41 wounded", 41, "a mayor", outcome="injured"),
             rec("A2", "five of whom", 5, "a mayor", subset_of="A1")),
    ),
    [Told("A1", True, (41, 41), outcome="injured"), Told("A2", None, (5, OPEN))],
)  # fmt: skip


def _losses(alternatives):
    return one(
        "battle",
        text("A", "Ex Post", "01-01", "We killed 200 soldiers of Y, the ministry of X said.",
             rec("A1", "200 soldiers of Y", 200, "the ministry of X", status="military", side="y")),
        text("B", "Wye Wire", "01-01", "We lost 12 soldiers, the ministry of Y said.",
             rec("B1", "12 soldiers", 12, "the ministry of Y", status="military", side="y",
                 outcome="killed_or_injured", alternatives=alternatives, note="Lost may be killed.")),
        sides=["x", "y"],
        entities={"ministry-of-x": {"side": "x"}, "ministry-of-y": {"side": "y"}},
    )  # fmt: skip


WORKED["13 two belligerents on one loss"] = Case(
    _losses([{"outcome": "killed"}]),
    [],
    [Expected("total", [{"B1"}, {"A1"}], outcome="killed_or_injured")],
)

WORKED["14 the headline says it again"] = Case(
    one(
        STRIKE,
        text(
            "A", "Post", "01-01",
            "Three killed\n\nThree people were killed, officials said.",
            rec("A1", "Three killed", 3, same_as="A2"),
            rec("A2", "Three people", 3, "officials"),
            title="Three killed",
        ),
    ),
    [Told("A2", True, (3, 3))],
)  # fmt: skip

WORKED["15 parts exceed the whole"] = Case(
    one(
        RAID,
        text(
            "A", "Post", "01-01",
            "Ten people, among them seven soldiers and five civilians, were killed.",
            rec("A1", "Ten people", 10),
            rec("A2", "seven soldiers", 7, status="military", subset_of="A1"),
            rec("A3", "five civilians", 5, status="civilian", subset_of="A1"),
        ),
    ),
    [Told("A1", True, (10, 10), {"military": (7, 7), "civilian": (5, 5)}, marks={"does_not_add_up"})],
)  # fmt: skip

WORKED["16 a number that is only denied"] = Case(
    one(
        BLAST,
        text(
            "A", "Post", "01-01", "The army denied that 40 soldiers had been killed.",
            rec("A1", "40 soldiers", 40, status="military"),
            said=[{"source": "The army", "cue": "denied", "act": "deny",
                   "content": "that 40 soldiers had been killed"}],
        ),
    ),
    [],
    [],
)  # fmt: skip
