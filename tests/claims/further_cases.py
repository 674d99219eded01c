"""Further cases of the model of accounts, each derived from a rule that no other case needs."""

from cases import BLAST, OPEN, RAID, SHELLING, STRIKE, TAKEN, Case, Expected, Told, one, text
from made_corpora import NAMELESS, TOGETHER, MadeCorpus, rec

FURTHER: dict[str, Case] = {}

FURTHER["less than, more than, at most"] = Case(
    one(
        STRIKE,
        text("A", "Gorse Post", "02-01", "Fewer than 20 people were killed, the mayor said.",
             rec("A1", "Fewer than 20 people", 20, "the mayor", quantifier="less_than")),
        text("B", "Gorse Wire", "02-01", "More than 20 people died, monks said.",
             rec("B1", "More than 20 people", 20, "monks", quantifier="more_than")),
        text("C", "Fell Radio", "02-01", "At most 20 people died, a clinic said.",
             rec("C1", "At most 20 people", 20, "a clinic", quantifier="at_most")),
        text("D", "Fell Times", "02-01", "Twenty people died, police said.",
             rec("D1", "Twenty people", 20, "police")),
    ),
    [
        Told("A1", True, (1, 19)),
        Told("B1", True, (21, OPEN)),
        Told("C1", True, (1, 20)),
        Told("D1", True, (20, 20)),
    ],
    [Expected("total", [{"A1", "C1"}, {"C1", "D1"}, {"B1"}])],
)  # fmt: skip

FURTHER["a fraction is rounded outwards"] = Case(
    one(
        TAKEN,
        text("A", "Marl Post", "02-01", "Rebels seized 50 villagers, a third of whom were freed, the parish said.",
             rec("A1", "50 villagers", 50, "the parish", outcome="abducted"),
             rec("A2", "a third of whom", None, "the parish", outcome="released", subset_of="A1",
                 fraction={"numerator": 1, "denominator": 3}, quantifier="exact")),
        text("B", "Marl Wire", "02-01", "Seventeen villagers were freed, monks said.",
             rec("B1", "Seventeen villagers", 17, "monks", outcome="released")),
        text("C", "Dell Radio", "02-01", "Fifteen villagers came home, a driver said.",
             rec("C1", "Fifteen villagers", 15, "a driver", outcome="released")),
    ),
    [
        Told("A1", True, (50, 50), {"still:held": (33, 34)}, outcome="held"),
        Told("A2", True, (16, 17), outcome="released"),
    ],
    [Expected("total", [{"A2", "B1"}, {"C1"}], outcome="released")],
)  # fmt: skip

FURTHER["a possible rounding meets both of two that exclude each other"] = Case(
    one(
        STRIKE,
        text("A", "Orr Post", "02-01", "1,200 people died, an institute said.",
             rec("A1", "1,200 people", 1200, "an institute")),
        text("B", "Orr Wire", "02-01", "1,310 people died, monks said.",
             rec("B1", "1,310 people", 1310, "monks")),
        text("C", "Orr Radio", "02-01", "1,250 people died, a clinic said.",
             rec("C1", "1,250 people", 1250, "a clinic")),
    ),
    [Told("A1", True, (1200, 1200))],
    [Expected("total", [{"B1"}, {"C1"}], everywhere={"A1"})],
)  # fmt: skip

FURTHER["a sum with a soft part is soft"] = Case(
    one(
        RAID,
        text("A", "Sedge Post", "02-01", "About 30 soldiers and five civilians were killed, the army said.",
             rec("A1", "About 30 soldiers", 30, "the army", quantifier="approximate", status="military"),
             rec("A2", "five civilians", 5, "the army", status="civilian")),
        text("B", "Sedge Wire", "02-01", "Twenty-five people died, monks said.",
             rec("B1", "Twenty-five people", 25, "monks")),
    ),
    [Told("A1", False, (32, 38), {"military": (27, 33), "civilian": (5, 5)}, soft=True)],
    [Expected("total", [{"A1"}, {"B1"}], soft=True)],
)  # fmt: skip

FURTHER["feared dead and nothing else"] = Case(
    one(
        STRIKE,
        text("A", "Teal Post", "02-01", "Twelve people are feared dead, rescuers said.",
             rec("A1", "Twelve people", 12, "rescuers", certainty="presumed")),
        text("B", "Teal Wire", "02-01", "Nine people died, police said.",
             rec("B1", "Nine people", 9, "police")),
    ),
    [Told("A1", True, (12, 12), marks={"presumed_only"})],
    [Expected("total", [{"A1"}, {"B1"}], marks={"presumed_only"})],
)  # fmt: skip

FURTHER["one kind is dead, another believed dead"] = Case(
    one(
        RAID,
        text("A", "Vale Post", "02-01", "Ten soldiers are dead and five civilians are believed dead, the army said.",
             rec("A1", "Ten soldiers", 10, "the army", status="military"),
             rec("A2", "five civilians", 5, "the army", status="civilian", certainty="presumed")),
        text("B", "Vale Wire", "02-01", "Twelve people were killed, two of them civilians, a clinic said.",
             rec("B1", "Twelve people", 12, "a clinic"),
             rec("B2", "two of them", 2, "a clinic", status="civilian", subset_of="B1")),
        text("C", "Vale Radio", "02-01", "Seven civilians died, monks said.",
             rec("C1", "Seven civilians", 7, "monks", status="civilian")),
    ),
    [Told("A1", False, (10, 15), {"military": (10, 10), "civilian": (0, 5)})],
    [Expected("who", [{"A1", "B1"}, {"C1"}])],
)  # fmt: skip

FURTHER["an unverified number that another source has too"] = Case(
    one(
        RAID,
        text("A", "Wick Post", "02-01", "A group said 20 people had died, a figure that could not be verified.",
             rec("A1", "20 people", 20, "A group", certainty="unverified")),
        text("B", "Wick Wire", "02-01", "Twenty people died, a clinic said.",
             rec("B1", "Twenty people", 20, "a clinic")),
        text("C", "Wick Radio", "02-01", "Ten people died, police said.",
             rec("C1", "Ten people", 10, "police")),
    ),
    [Told("A1", True, (20, 20), marks={"unverified_only"})],
    [Expected("total", [{"A1", "B1"}, {"C1"}])],
)  # fmt: skip

FURTHER["two sources together"] = Case(
    one(
        RAID,
        text("A", "Yarrow Post", "02-01", "Police and a hospital said nine people had been killed.",
             rec("A1", "nine people", 9, TOGETHER.join(("Police", "a hospital")))),
        text("B", "Yarrow Wire", "02-01", "Eleven people died, the mayor said.",
             rec("B1", "Eleven people", 11, "the mayor")),
    ),
    [Told("A1", True, (9, 9), sources=2), Told("B1", True, (11, 11), sources=1)],
    [Expected("total", [{"A1"}, {"B1"}])],
)  # fmt: skip

FURTHER["sources without entity are never the same elsewhere"] = Case(
    one(
        RAID,
        text("A", "Alder Post", "02-01", "A doctor counted nine dead.",
             rec("A1", "nine dead", 9, NAMELESS + "A doctor")),
        text("B", "Birch Wire", "02-01", "A doctor counted nine dead.",
             rec("B1", "nine dead", 9, NAMELESS + "A doctor")),
        text("C", "Alder Post", "02-02", "A doctor counted eleven dead.",
             rec("C1", "eleven dead", 11, NAMELESS + "A doctor")),
    ),
    [Told("A1", True, (9, 9)), Told("B1", True, (9, 9))],
    [Expected("total", [{"A1", "B1"}, {"C1"}], marks={"lower_is_older"})],
)  # fmt: skip

FURTHER["hearsay and the narrator are two sources of one text"] = Case(
    one(
        RAID,
        text("A", "Cairn Post", "02-01", "Nine people were reportedly killed. Ten graves were dug for ten dead men.",
             rec("A1", "Nine people", 9), rec("A2", "ten dead men", 10),
             said=[{"source": None, "cue": "reportedly", "content": "Nine people were … killed"}]),
        text("B", "Cairn Wire", "02-01", "Nine people died, police said.",
             rec("B1", "Nine people", 9, "police")),
    ),
    [Told("A1", True, (9, 9)), Told("A2", True, (10, 10)), Told("B1", True, (9, 9))],
    [Expected("total", [{"A1", "B1"}, {"A2"}])],
)  # fmt: skip

FURTHER["an outlet counts anew"] = Case(
    one(
        RAID,
        text("A", "Delph Post", "02-01", "Twelve people were killed.", rec("A1", "Twelve people", 12)),
        text("B", "Delph Post", "02-02", "Fifteen people were killed.", rec("B1", "Fifteen people", 15)),
    ),
    [],
    [Expected("total", [{"A1"}, {"B1"}], "update")],
)  # fmt: skip

FURTHER["unknown outlets are never the same"] = Case(
    one(
        RAID,
        text("A", None, "02-01", "Twelve people were killed.", rec("A1", "Twelve people", 12)),
        text("B", None, "02-02", "Fifteen people were killed.", rec("B1", "Fifteen people", 15)),
    ),
    [],
    [Expected("total", [{"A1"}, {"B1"}], marks={"lower_is_older"})],
)  # fmt: skip

FURTHER["the headline has the number"] = Case(
    one(
        RAID,
        text("A", "Esk Post", "02-01", "Three dead in Marn\n\nPeople were killed in Marn, officials said.",
             rec("A1", "Three dead", 3, same_as="A2"), rec("A2", "People", None, "officials"),
             title="Three dead in Marn"),
        text("B", "Esk Wire", "02-01", "Four people died, police said.",
             rec("B1", "Four people", 4, "police")),
    ),
    [Told("A2", True, (3, 3))],
    [Expected("total", [{"A2"}, {"B1"}])],
)  # fmt: skip

FURTHER["two places in one sentence"] = Case(
    one(
        SHELLING,
        text("A", "Fenn Post", "02-01", "Three people died at the mill and two at the bridge, the mayor said.",
             rec("A1", "Three people", 3, "the mayor"), rec("A2", "two", 2, "the mayor")),
        text("B", "Fenn Wire", "02-01", "Five people died, police said.",
             rec("B1", "Five people", 5, "police")),
    ),
    [Told("A1", True, (5, 5))],
)  # fmt: skip

FURTHER["two sources in one sentence"] = Case(
    one(
        SHELLING,
        text("A", "Garth Post", "02-01", "The army said five people died, while the rebels said seven had died.",
             rec("A1", "five people", 5, "The army"), rec("A2", "seven", 7, "the rebels")),
    ),
    [Told("A1", True, (5, 5)), Told("A2", True, (7, 7))],
    [Expected("total", [{"A1"}, {"A2"}])],
)  # fmt: skip

FURTHER["a group of the dead of another source"] = Case(
    one(
        RAID,
        text("A", "Hythe Post", "02-01", "60 people died, the committees said; 13 soldiers were among the dead, a military source said.",
             rec("A1", "60 people", 60, "the committees"),
             rec("A2", "13 soldiers", 13, "a military source", status="military", subset_of="A1")),
        text("B", "Hythe Wire", "02-01", "60 people died, 20 of them soldiers, a union said.",
             rec("B1", "60 people", 60, "a union"),
             rec("B2", "20 of them", 20, "a union", status="military", subset_of="B1")),
    ),
    [Told("A1", True, (60, 60), {"military": (13, 13)})],
    [Expected("who", [{"A1"}, {"B1"}])],
)  # fmt: skip

FURTHER["a part of the dead and injured together"] = Case(
    one(
        SHELLING,
        text("A", "Irt Post", "02-01", "Five people were killed and eighty injured, fifteen of them civilians, the governor said.",
             rec("A1", "Five people", 5, "the governor"),
             rec("A2", "eighty", 80, "the governor", outcome="injured"),
             rec("A3", "fifteen of them", 15, "the governor", outcome="killed_or_injured",
                 status="civilian", subset_of=["A1", "A2"])),
        text("B", "Irt Wire", "02-01", "Twenty civilians were killed or injured, monks said.",
             rec("B1", "Twenty civilians", 20, "monks", outcome="killed_or_injured", status="civilian")),
    ),
    [Told("A1", True, (5, 5)), Told("A2", True, (80, 80), outcome="injured")],
    [Expected("who", [{"A3"}, {"B1"}], outcome="killed_or_injured")],
)  # fmt: skip

FURTHER["others close a list"] = Case(
    one(
        RAID,
        text("A", "Jarrow Post", "02-01", "Two civilians and four others were killed, the mayor said.",
             rec("A1", "Two civilians", 2, "the mayor", status="civilian"),
             rec("A2", "four others", 4, "the mayor")),
        text("B", "Jarrow Wire", "02-01", "Six were killed, five of them soldiers, a union said.",
             rec("B1", "Six", 6, "a union"),
             rec("B2", "five of them", 5, "a union", status="military", subset_of="B1")),
    ),
    [Told("A1", True, (6, 6))],
    [Expected("who", [{"A1"}, {"B1"}])],
)  # fmt: skip

FURTHER["women among soldiers are a minimum for women"] = Case(
    one(
        RAID,
        text("A", "Kell Post", "02-01", "Seven soldiers, three of them women, were killed, the army said.",
             rec("A1", "Seven soldiers", 7, "the army", status="military"),
             rec("A2", "three of them women", 3, "the army", age="adult", sex="female", subset_of="A1")),
        text("B", "Kell Wire", "02-01", "Two women were killed, a clinic said.",
             rec("B1", "Two women", 2, "a clinic", age="adult", sex="female")),
    ),
    [Told("A1", False, (7, 7))],
    [Expected("age_sex", [{"A1"}, {"B1"}])],
)  # fmt: skip

FURTHER["more women than the women among soldiers"] = Case(
    one(
        RAID,
        text("A", "Kell Post", "02-01", "Seven soldiers, three of them women, were killed, the army said.",
             rec("A1", "Seven soldiers", 7, "the army", status="military"),
             rec("A2", "three of them women", 3, "the army", age="adult", sex="female", subset_of="A1")),
        text("B", "Kell Wire", "02-01", "Five women were killed, a clinic said.",
             rec("B1", "Five women", 5, "a clinic", age="adult", sex="female")),
    ),
)  # fmt: skip

FURTHER["parts overlap across fields and exclude each other within one"] = Case(
    one(
        RAID,
        text("A", "Lune Post", "02-01", "Twelve people died, ten of them civilians and four of them children, the mayor said.",
             rec("A1", "Twelve people", 12, "the mayor"),
             rec("A2", "ten of them", 10, "the mayor", status="civilian", subset_of="A1"),
             rec("A3", "four of them", 4, "the mayor", age="child", subset_of="A1")),
        text("B", "Lune Wire", "02-01", "Twelve died, three of them soldiers, a union said.",
             rec("B1", "Twelve", 12, "a union"),
             rec("B2", "three of them", 3, "a union", status="military", subset_of="B1")),
    ),
    [Told("A1", True, (12, 12), {"civilian": (10, 10), "child": (4, 4)})],
    [Expected("who", [{"A1"}, {"B1"}])],
)  # fmt: skip

FURTHER["nobody was killed"] = Case(
    one(
        SHELLING,
        text("A", "Mere Post", "02-01", "Nobody was killed, the army said.",
             rec("A1", "Nobody", 0, "the army")),
        text("B", "Mere Wire", "02-01", "Three soldiers were killed, a union said.",
             rec("B1", "Three soldiers", 3, "a union", status="military")),
    ),
    [Told("A1", True, (0, 0))],
    [Expected("total", [{"A1"}, {"B1"}])],
)  # fmt: skip

FURTHER["a number that could not be confirmed"] = Case(
    one(
        SHELLING,
        text("A", "Nidd Post", "02-01", "The army could not confirm a report by villagers that twelve people had died.",
             rec("A1", "twelve people", 12, "villagers"),
             said=[{"source": "The army", "cue": "could not confirm", "act": "doubt",
                    "content": "a report by villagers that twelve people had died"},
                   {"source": "villagers", "own": True, "cue": "a report by",
                    "content": "that twelve people had died"}]),
        text("B", "Nidd Wire", "02-01", "Ten people died, a clinic said.",
             rec("B1", "Ten people", 10, "a clinic")),
    ),
    [Told("A1", True, (12, 12), marks={"not_confirmed"})],
    [Expected("total", [{"A1"}, {"B1"}], marks={"not_confirmed"})],
)  # fmt: skip

FURTHER["some of the wounded died and the dead are counted"] = Case(
    one(
        SHELLING,
        text("A", "Ouse Post", "02-01", "Eight people were killed and 41 wounded, five of whom died later, the director said.",
             rec("A1", "Eight people", 8, "the director"),
             rec("A2", "41", 41, "the director", outcome="injured"),
             rec("A3", "five of whom", 5, "the director", subset_of="A2")),
        text("B", "Ouse Wire", "02-01", "Eight people died, police said.",
             rec("B1", "Eight people", 8, "police")),
    ),
    [Told("A1", True, (8, 8)), Told("A2", True, (41, 41), outcome="injured")],
)  # fmt: skip

FURTHER["a later count is not compared with those once held"] = Case(
    one(
        TAKEN,
        text("A", "Penk Post", "03-01", "Gunmen seized 60 passengers and freed 30 of them, the bus company said.",
             rec("A1", "60 passengers", 60, "the bus company", outcome="abducted"),
             rec("A2", "30 of them", 30, "the bus company", outcome="released", subset_of="A1")),
        text("B", "Penk Wire", "03-02", "31 passengers are held, police said.",
             rec("B1", "31 passengers", 31, "police", outcome="abducted")),
    ),
    [Told("A1", True, (60, 60), {"still:held": (30, 30)}, outcome="held")],
    [Expected("total", [{"A1"}, {"B1"}], "not_comparable", outcome="held")],
)  # fmt: skip

FURTHER["an earlier count is compared with those once held"] = Case(
    one(
        TAKEN,
        text("A", "Penk Post", "03-01", "Gunmen seized 60 passengers and freed 30 of them, the bus company said.",
             rec("A1", "60 passengers", 60, "the bus company", outcome="abducted"),
             rec("A2", "30 of them", 30, "the bus company", outcome="released", subset_of="A1")),
        text("B", "Penk Wire", "02-26", "31 passengers are held, police said.",
             rec("B1", "31 passengers", 31, "police", outcome="abducted")),
    ),
    [],
    [Expected("total", [{"A1"}, {"B1"}], outcome="held", marks={"lower_is_older"})],
)  # fmt: skip

FURTHER["some of the missing are found dead"] = Case(
    one(
        BLAST,
        text("A", "Rye Post", "02-01", "Twenty miners were missing, of whom four were found dead, the union said.",
             rec("A1", "Twenty miners", 20, "the union", outcome="missing", status="civilian"),
             rec("A2", "four", 4, "the union", status="civilian", subset_of="A1")),
        text("B", "Rye Wire", "02-01", "Nine miners died, the company said.",
             rec("B1", "Nine miners", 9, "the company", status="civilian")),
    ),
    [
        Told("A1", False, (20, 20), {"still:missing": (16, 16)}, outcome="missing"),
        Told("A2", None, (4, OPEN)),
    ],
)  # fmt: skip

FURTHER["an account in two positions"] = Case(
    one(
        RAID,
        text("A", "Stour Post", "02-01", "Ten people died, police said.",
             rec("A1", "Ten people", 10, "police")),
        text("B", "Stour Wire", "02-01", "Ten to 14 people died, the mayor said.",
             rec("B1", "Ten to 14 people", 10, "the mayor", value_max=14, quantifier="range")),
        text("C", "Stour Radio", "02-01", "Fourteen people died, monks said.",
             rec("C1", "Fourteen people", 14, "monks")),
        text("D", "Stour Times", "02-01", "Twenty people died, rebels said.",
             rec("D1", "Twenty people", 20, "rebels")),
    ),
    [],
    [Expected("total", [{"A1", "B1"}, {"B1", "C1"}, {"D1"}])],
)  # fmt: skip

FURTHER["the sum of a list is a minimum for a total"] = Case(
    one(
        RAID,
        text("A", "Trent Post", "02-01", "At least four soldiers and three policemen were killed, the army said.",
             rec("A1", "At least four soldiers", 4, "the army", quantifier="at_least", status="military"),
             rec("A2", "three policemen", 3, "the army", status="police")),
        text("B", "Trent Wire", "02-01", "Six people died, monks said.",
             rec("B1", "Six people", 6, "monks")),
        text("C", "Trent Radio", "02-01", "Nine people died, a clinic said.",
             rec("C1", "Nine people", 9, "a clinic")),
    ),
    [Told("A1", False, (7, OPEN))],
    [Expected("total", [{"B1"}, {"A1", "C1"}])],
)  # fmt: skip


def _lists(event, others):
    return MadeCorpus(
        event,
        [
            text("A", "Ure Post", "02-01", "Five soldiers and two farmers were killed, villagers said.",
                 rec("A1", "Five soldiers", 5, "villagers", status="military", event="happening"),
                 rec("A2", "two farmers", 2, "villagers", status="civilian", event="happening")),
            text("B", "Ure Wire", "02-01", f"Five soldiers and {others} policemen were killed, the army said.",
                 rec("B1", "Five soldiers", 5, "the army", status="military", event="happening"),
                 rec("B2", f"{others} policemen", {"two": 2, "nine": 9}[others], "the army",
                     status="police", event="happening")),
        ],
    )  # fmt: skip


FURTHER["rival lists with a kind in common"] = Case(
    _lists({"happening": RAID}, "two"), [], [Expected("who", [{"A1"}, {"B1"}])]
)
FURTHER["different kinds beside one in common"] = Case(
    _lists({"happening": RAID}, "nine"), [], [Expected("who", [{"A1"}, {"B1"}], "different_kinds")]
)
FURTHER["lists about a happening with parts are not rivals"] = Case(
    _lists({"happening": RAID, "second-raid": {"type": RAID, "parent": "happening"}}, "two")
)
FURTHER["lists about an event without a type are not rivals"] = Case(
    _lists({"happening": None}, "two")
)

FURTHER["one kind in lists and in a whole"] = Case(
    one(
        RAID,
        text("A", "Wye Post", "02-01", "Seven soldiers were killed, the army said.",
             rec("A1", "Seven soldiers", 7, "the army", status="military")),
        text("B", "Wye Wire", "02-01", "Nine soldiers were killed, rebels said.",
             rec("B1", "Nine soldiers", 9, "rebels", status="military")),
        text("C", "Wye Radio", "02-01", "Twelve people died, nine of them soldiers, a clinic said.",
             rec("C1", "Twelve people", 12, "a clinic"),
             rec("C2", "nine of them", 9, "a clinic", status="military", subset_of="C1")),
    ),
    [],
    [Expected("who", [{"A1"}, {"B1", "C1"}])],
)  # fmt: skip


def _causes(event, number, words):
    return one(
        event,
        text("A", "Axe Post", "02-01", "Snipers killed five soldiers, monks said.",
             rec("A1", "five soldiers", 5, "monks", status="military", cause="small_arms")),
        text("B", "Axe Wire", "02-01", f"Mortars killed {words} soldiers, a clinic said.",
             rec("B1", f"{words} soldiers", number, "a clinic", status="military", cause="artillery")),
    )  # fmt: skip


FURTHER["causes of equal counts in a battle"] = Case(
    _causes("battle", 5, "five"), [], [Expected("cause", [{"A1"}, {"B1"}], outcome=None)]
)
FURTHER["causes of unequal counts in a battle"] = Case(_causes("battle", 7, "seven"))

FURTHER["the causes of the dead and of the injured"] = Case(
    one(
        BLAST,
        text("A", "Brede Post", "02-01", "A mine killed five people, police said.",
             rec("A1", "five people", 5, "police", cause="landmine")),
        text("B", "Brede Wire", "02-01", "An air strike injured eight people, monks said.",
             rec("B1", "eight people", 8, "monks", outcome="injured", cause="air_strike")),
    ),
    [],
    [Expected("cause", [{"A1"}, {"B1"}], outcome=None)],
)  # fmt: skip

FURTHER["causes that contain each other or exclude nothing"] = Case(
    one(
        BLAST,
        text("A", "Cole Post", "02-01", "A drone killed five people, police said.",
             rec("A1", "five people", 5, "police", cause="drone_strike")),
        text("B", "Cole Wire", "02-01", "An air strike killed five people, monks said.",
             rec("B1", "five people", 5, "monks", cause="air_strike")),
        text("C", "Cole Radio", "02-01", "Five people died in the fire, a clinic said.",
             rec("C1", "Five people", 5, "a clinic", cause="fire")),
        text("D", "Cole Times", "02-01", "Strikes killed five people, the mayor said.",
             rec("D1", "five people", 5, "the mayor", cause="explosive")),
    ),
)  # fmt: skip

FURTHER["stabbed, shot or executed"] = Case(
    one(
        RAID,
        text("A", "Dove Post", "02-01", "Six people were stabbed to death, police said.",
             rec("A1", "Six people", 6, "police", cause="stabbing")),
        text("B", "Dove Wire", "02-01", "Six people were shot dead, monks said.",
             rec("B1", "Six people", 6, "monks", cause="small_arms")),
        text("C", "Dove Radio", "02-01", "Six people were executed, a clinic said.",
             rec("C1", "Six people", 6, "a clinic", cause="execution")),
    ),
    [],
    [Expected("cause", [{"A1"}, {"B1"}], outcome=None)],
)  # fmt: skip

FURTHER["a cause of only some of the dead"] = Case(
    one(
        BLAST,
        text("A", "Eden Post", "02-01", "A mine killed three people and two people died, the army said.",
             rec("A1", "three people", 3, "the army", cause="landmine"),
             rec("A2", "two people", 2, "the army")),
        text("B", "Eden Wire", "02-01", "An air strike killed five people, monks said.",
             rec("B1", "five people", 5, "monks", cause="air_strike")),
    ),
)  # fmt: skip

FURTHER["a brigade and its army are one perpetrator"] = Case(
    one(
        BLAST,
        text("A", "Frome Post", "02-01", "The Fourth Brigade killed six people, monks said.",
             rec("A1", "six people", 6, "monks", perp="The Fourth Brigade")),
        text("B", "Frome Wire", "02-01", "The army killed six people, a clinic said.",
             rec("B1", "six people", 6, "a clinic", perp="The army")),
        text("C", "Frome Radio", "02-01", "Rebels killed six people, police said.",
             rec("C1", "six people", 6, "police", perp="Rebels")),
        entities={"fourth-brigade": {"affiliation": "army"}},
    ),
    [],
    [Expected("perpetrator", [{"A1", "B1"}, {"C1"}], outcome=None)],
)  # fmt: skip

FURTHER["captured and abducted"] = Case(
    one(
        "battle",
        text("A", "Greta Post", "02-01", "Twelve soldiers were captured, the rebels said.",
             rec("A1", "Twelve soldiers", 12, "the rebels", outcome="captured", status="military")),
        text("B", "Greta Wire", "02-01", "Nine people were abducted, a union said.",
             rec("B1", "Nine people", 9, "a union", outcome="abducted")),
    ),
    [Told("A1", False, (12, 12), outcome="held"), Told("B1", True, (9, 9), outcome="held")],
    [Expected("total", [{"A1"}, {"B1"}], outcome="held")],
)  # fmt: skip

FURTHER["the dead of two sides"] = Case(
    one(
        RAID,
        text("A", "Hull Post", "02-01", "Five Veshi soldiers were killed, the rebels said.",
             rec("A1", "Five Veshi soldiers", 5, "the rebels", status="military", side="vesh")),
        text("B", "Hull Wire", "02-01", "Eight Korrani soldiers were killed, a union said.",
             rec("B1", "Eight Korrani soldiers", 8, "a union", status="military", side="korran")),
        sides=["korran", "vesh"],
    ),
)  # fmt: skip

FURTHER["the dead of one side are a minimum in a battle"] = Case(
    one(
        "battle",
        text("A", "Isis Post", "02-01", "Nine Veshi soldiers were killed, the rebels said.",
             rec("A1", "Nine Veshi soldiers", 9, "the rebels", status="military", side="vesh")),
        text("B", "Isis Wire", "02-01", "Six people were killed, monks said.",
             rec("B1", "Six people", 6, "monks")),
        text("C", "Isis Radio", "02-01", "Twelve people were killed, police said.",
             rec("C1", "Twelve people", 12, "police")),
        sides=["korran", "vesh"],
    ),
    [],
    [Expected("total", [{"B1"}, {"A1", "C1"}])],
)  # fmt: skip

FURTHER["more dead than dead and injured"] = Case(
    one(
        SHELLING,
        text("A", "Kent Post", "02-01", "Twenty people were killed, police said.",
             rec("A1", "Twenty people", 20, "police")),
        text("B", "Kent Wire", "02-01", "There were 15 casualties, the army said.",
             rec("B1", "15 casualties", 15, "the army", outcome="killed_or_injured")),
    ),
    [],
    [Expected("total", [{"A1"}, {"B1"}], outcome="killed_or_injured")],
)  # fmt: skip


def _war(first, second):
    return MadeCorpus(
        {
            "battle-a": {"type": "battle", "parent": "war"},
            "battle-b": {"type": "battle", "parent": "war"},
            "war": "war",
        },
        [
            text("A", "Lea Post", "02-01", "The war cost 100 lives, an institute said.",
                 rec("A1", "100 lives", 100, "an institute", event="war")),
            text("B", "Lea Wire", "02-01", f"{first} people died in the first battle and {second} people in the second, a union said.",
                 rec("B1", f"{first} people", first, "a union", event="battle-a"),
                 rec("B2", f"{second} people", second, "a union", event="battle-b")),
        ],
    )  # fmt: skip


FURTHER["battles that cost more than their war"] = Case(
    _war(70, 60),
    [],
    [Expected("total", [{"A1"}, {"B1", "B2"}], event="war", marks={"computed"})],
)
FURTHER["battles that cost less than their war"] = Case(
    _war(30, 40),
    [],
    [Expected("total", [{"A1", "B1", "B2"}], "compatible", event="war", marks={"computed"})],
)

FURTHER["a sum over two sources of one text"] = Case(
    MadeCorpus(
        {"blast": BLAST, "shooting": RAID},
        [
            text("A", "Nene Post", "02-01", "Nineteen people died in the blast and the shooting, police said.",
                 rec("A1", "Nineteen people", 19, "police", event=("blast", "shooting"))),
            text("B", "Nene Wire", "02-01", "Ten people died in the blast, a clinic said. Twelve were shot dead, the coroner said.",
                 rec("B1", "Ten people", 10, "a clinic", event="blast"),
                 rec("B2", "Twelve", 12, "the coroner", event="shooting")),
        ],
    ),
    [],
    [Expected("total", [{"A1"}, {"B1+B2"}], event="blast + shooting", marks={"computed"})],
)  # fmt: skip

FURTHER["a toll that goes down"] = Case(
    one(
        SHELLING,
        text("A", "Severn Post", "02-01", "The ministry counted 34 dead.",
             rec("A1", "34 dead", 34, "The ministry")),
        text("B", "Severn Wire", "02-03", "The ministry counted 30 dead.",
             rec("B1", "30 dead", 30, "The ministry")),
        text("C", "Severn Radio", "02-03", "Thirty people died, the hospital said.",
             rec("C1", "Thirty people", 30, "the hospital")),
    ),
    [],
    [Expected("total", [{"A1"}, {"B1"}], "update")],
)  # fmt: skip

FURTHER["the day a statement was made"] = Case(
    one(
        SHELLING,
        text("A", "Tamar Post", "02-05", "On 1 February the ministry counted 40 dead.",
             rec("A1", "40 dead", 40, "the ministry"),
             said=[{"source": "the ministry", "own": True, "cue": "counted", "content": "40 dead",
                    "said_on": "2031-02-01"}]),
        text("B", "Tamar Wire", "02-03", "The ministry counted 30 dead.",
             rec("B1", "30 dead", 30, "The ministry")),
    ),
    [],
    [Expected("total", [{"A1"}, {"B1"}], "update")],
)  # fmt: skip

FURTHER["two outlets print the copy of one agency"] = Case(
    one(
        SHELLING,
        text("A", "Usk Post", "02-01", "Twelve people died.", rec("A1", "Twelve people", 12), agency="Norwire"),
        text("B", "Usk Wire", "02-02", "Fifteen people died.", rec("B1", "Fifteen people", 15), agency="Norwire"),
    ),
    [],
    [Expected("total", [{"A1"}, {"B1"}], "update")],
)  # fmt: skip

_COPY = (
    "Fourteen people died when shells hit the ferry landing at Hollin on Tuesday morning. Residents carried "
    "the wounded across the frozen river by sledge, and the road to the south stayed closed until the evening. "
    "Schools will open again next week, and the council has asked for blankets, candles and dry wood."
)
FURTHER["two outlets print nearly the same text"] = Case(
    one(
        SHELLING,
        text("A", "Wear Post", "02-01", _COPY, rec("A1", "Fourteen people", 14)),
        text("B", "Wear Wire", "02-01", _COPY.replace("next week", "in a week"), rec("B1", "Fourteen people", 14)),
        text("C", "Wear Radio", "02-01", "Sixteen people died, police said.",
             rec("C1", "Sixteen people", 16, "police")),
    ),
    [],
    [Expected("total", [{"A1", "B1"}, {"C1"}], marks={"restatement"})],
)  # fmt: skip


def _near(words, number, quantifier, other):
    return one(
        SHELLING,
        text("A", "Yare Post", "02-01", f"{words} people died, monks said.",
             rec("A1", f"{words} people", number, "monks", quantifier=quantifier)),
        text("B", "Yare Wire", "02-01", f"{other} people died, a clinic said.",
             rec("B1", f"{other} people", other, "a clinic")),
    )  # fmt: skip


FURTHER["about 100 and 130"] = Case(
    _near("About 100", 100, "approximate", 130),
    [],
    [Expected("total", [{"A1"}, {"B1"}], soft=True)],
)
FURTHER["about 100 and 140"] = Case(
    _near("About 100", 100, "approximate", 140), [], [Expected("total", [{"A1"}, {"B1"}])]
)
FURTHER["1,000 and 1,175"] = Case(
    _near("1,000", 1000, "exact", 1175), [], [Expected("total", [{"A1"}, {"B1"}], soft=True)]
)
FURTHER["1,000 and 1,415"] = Case(
    _near("1,000", 1000, "exact", 1415), [], [Expected("total", [{"A1"}, {"B1"}])]
)

FURTHER["guards who may be police"] = Case(
    one(
        RAID,
        text("A", "Avon Post", "02-01", "Four guards were killed, the mayor said.",
             rec("A1", "Four guards", 4, "the mayor", status="military",
                 alternatives=[{"status": ["police"]}], note="Guards may be police.")),
        text("B", "Avon Wire", "02-01", "Four policemen were killed, a union said.",
             rec("B1", "Four policemen", 4, "a union", status="police")),
    ),
    [],
    [Expected("who", [{"A1"}, {"B1"}], depends_on=("A1",))],
)  # fmt: skip

FURTHER["a lower number that is not older throughout"] = Case(
    one(
        RAID,
        text("A", "Bure Post", "02-01", "Monks counted 21 dead.", rec("A1", "21 dead", 21, "Monks")),
        text("B", "Bure Wire", "02-03", "A clinic counted 21 dead.", rec("B1", "21 dead", 21, "A clinic")),
        text("C", "Bure Radio", "02-03", "Police counted 34 dead.", rec("C1", "34 dead", 34, "Police")),
    ),
    [],
    [Expected("total", [{"A1", "B1"}, {"C1"}])],
)  # fmt: skip

FURTHER["women in one list, men in the other"] = Case(
    one(
        RAID,
        text("A", "Camel Post", "02-01", "Three women were killed, monks said.",
             rec("A1", "Three women", 3, "monks", age="adult", sex="female")),
        text("B", "Camel Wire", "02-01", "Three men were killed, police said.",
             rec("B1", "Three men", 3, "police", age="adult", sex="male")),
    ),
    [],
    [Expected("age_sex", [{"A1"}, {"B1"}])],
)  # fmt: skip

FURTHER["no civilians, said twice"] = Case(
    one(
        STRIKE,
        text("A", "Dart Post", "02-01", "No civilians were killed, the army said.",
             rec("A1", "No civilians", 0, "the army", status="civilian")),
        text("B", "Dart Wire", "02-01", "No civilians died, police said.",
             rec("B1", "No civilians", 0, "police", status="civilian")),
        text("C", "Dart Radio", "02-01", "Four civilians died, a clinic said.",
             rec("C1", "Four civilians", 4, "a clinic", status="civilian")),
    ),
    [],
    [Expected("who", [{"A1", "B1"}, {"C1"}])],
)  # fmt: skip

FURTHER["the dead among the casualties"] = Case(
    one(
        SHELLING,
        text("A", "Exe Post", "02-01", "Forty people were killed or injured, 15 of them killed, the mayor said.",
             rec("A1", "Forty people", 40, "the mayor", outcome="killed_or_injured"),
             rec("A2", "15 of them", 15, "the mayor", subset_of="A1")),
        text("B", "Exe Wire", "02-01", "Eighteen people died, police said.",
             rec("B1", "Eighteen people", 18, "police")),
    ),
    [Told("A1", True, (40, 40), outcome="killed_or_injured")],
    [Expected("total", [{"A2"}, {"B1"}])],
)  # fmt: skip

FURTHER["each of two readings disagrees, both together do not"] = Case(
    one(
        RAID,
        text("A", "Fal Post", "02-01", "Six or seven people died, police said.",
             rec("A1", "Six or seven people", 6, "police", quantifier="exact", alternatives=[{"value": 7}], note="Or seven.")),
        text("B", "Fal Wire", "02-01", "Six or seven people died, monks said.",
             rec("B1", "Six or seven people", 6, "monks", quantifier="exact", alternatives=[{"value": 7}], note="Or seven.")),
    ),
    [],
    [Expected("total", [{"A1"}, {"B1"}], depends_on=("A1", "B1"))],
)  # fmt: skip

FURTHER["women and children leave no men"] = Case(
    one(
        RAID,
        text("A", "Gade Post", "02-01", "19 women and children were killed, monks said.",
             rec("A1", "19 women and children", 19, "monks",
                 groups=[{"age": "adult", "sex": "female"}, {"age": "child"}])),
        text("B", "Gade Wire", "02-01", "19 people were killed, five of them men, police said.",
             rec("B1", "19 people", 19, "police"),
             rec("B2", "five of them men", 5, "police", age="adult", sex="male", subset_of="B1")),
    ),
    [Told("A1", True, (19, 19), {"adult_female": (1, 18), "child": (1, 18)})],
    [Expected("age_sex", [{"A1"}, {"B1"}])],
)  # fmt: skip

FURTHER["six women leave four men"] = Case(
    one(
        RAID,
        text("A", "Hiz Post", "02-01", "Ten people were killed, six of them women, monks said.",
             rec("A1", "Ten people", 10, "monks"),
             rec("A2", "six of them women", 6, "monks", age="adult", sex="female", subset_of="A1")),
        text("B", "Hiz Wire", "02-01", "Ten people were killed, five of them men, police said.",
             rec("B1", "Ten people", 10, "police"),
             rec("B2", "five of them men", 5, "police", age="adult", sex="male", subset_of="B1")),
    ),
    [],
    [Expected("age_sex", [{"A1"}, {"B1"}])],
)  # fmt: skip

FURTHER["the sides of a whole"] = Case(
    one(
        "battle",
        text("A", "Ivel Post", "02-01", "Twelve people died, five Veshi and seven Korrani, monks said.",
             rec("A1", "Twelve people", 12, "monks"),
             rec("A2", "five Veshi", 5, "monks", side="vesh", subset_of="A1"),
             rec("A3", "seven Korrani", 7, "monks", side="korran", subset_of="A1")),
        text("B", "Ivel Wire", "02-01", "Twelve people died, six of them Korrani, police said.",
             rec("B1", "Twelve people", 12, "police"),
             rec("B2", "six of them Korrani", 6, "police", side="korran", subset_of="B1")),
        sides=["korran", "vesh"],
    ),
    [Told("A1", True, (12, 12), {"side:vesh": (5, 5), "side:korran": (7, 7)})],
    [Expected("side", [{"A1"}, {"B1"}])],
)  # fmt: skip

FURTHER["a count that may be of another event"] = Case(
    MadeCorpus(
        {"first-raid": RAID, "second-raid": RAID},
        [
            text("A", "Kyle Post", "02-01", "Twelve people died that night, monks said.",
                 rec("A1", "Twelve people", 12, "monks", event="first-raid",
                     alternatives=[{"events": ["second-raid"]}], note="Either raid.")),
            text("B", "Kyle Wire", "02-01", "Ten people died in the second raid, police said.",
                 rec("B1", "Ten people", 10, "police", event="second-raid")),
            text("C", "Kyle Radio", "02-01", "Fourteen people died in the first raid, a clinic said.",
                 rec("C1", "Fourteen people", 14, "a clinic", event="first-raid")),
        ],
    ),
    [],
    [
        Expected("total", [{"A1"}, {"C1"}], event="first-raid", depends_on=("A1",)),
        Expected("total", [{"A1"}, {"B1"}], event="second-raid", depends_on=("A1",)),
    ],
)  # fmt: skip

FURTHER["a minimum that rises"] = Case(
    one(
        RAID,
        text("A", "Lark Post", "02-01", "At least ten people died, police said.",
             rec("A1", "At least ten people", 10, "police", quantifier="at_least")),
        text("B", "Lark Wire", "02-02", "At least 15 people died, police said.",
             rec("B1", "At least 15 people", 15, "police", quantifier="at_least")),
    ),
    [],
    [Expected("total", [{"A1"}, {"B1"}], "update")],
)  # fmt: skip

FURTHER["one agency, one day, two numbers"] = Case(
    one(
        RAID,
        text("A", "Mole Post", "02-01", "Twelve people died.", rec("A1", "Twelve people", 12), agency="Norwire"),
        text("B", "Mole Wire", "02-01", "Fifteen people died.", rec("B1", "Fifteen people", 15), agency="Norwire"),
    ),
    [],
    [Expected("total", [{"A1"}, {"B1"}], marks={"same_source"})],
)  # fmt: skip

FURTHER["what is left of three events"] = Case(
    MadeCorpus(
        {"market": BLAST, "road": BLAST, "school": BLAST},
        [
            text("A", "Noe Post", "02-01", "At least 19 people died in three blasts, twelve of them at the market and three on the road, police said.",
                 rec("A1", "At least 19 people", 19, "police", quantifier="at_least", event=("market", "road", "school")),
                 rec("A2", "twelve of them", 12, "police", event="market", subset_of="A1"),
                 rec("A3", ("three", 2), 3, "police", event="road", subset_of="A1")),
            text("B", "Noe Wire", "02-01", "Three pupils died at the school, a clinic said.",
                 rec("B1", "Three pupils", 3, "a clinic", event="school")),
        ],
    ),
    [Told("A1+A2+A3", True, (4, OPEN), marks={"computed"})],
    [Expected("total", [{"A1+A2+A3", "A1"}, {"B1"}], event="school", marks={"computed"})],
)  # fmt: skip

FURTHER["others besides those of another source"] = Case(
    one(
        SHELLING,
        text("A", "Plym Post", "02-01", "Police said five people had died; three others were also killed, the army said.",
             rec("A1", "five people", 5, "Police"),
             rec("A2", "three others", 3, "the army", besides="A1")),
    ),
    [],
    [Expected("total", [{"A1", "A2"}], "compatible", marks={"computed"})],
)  # fmt: skip

FURTHER["an earlier number of another source"] = Case(
    one(
        SHELLING,
        text("A", "Rib Post", "02-02", "The mayor put the toll at 34, up from the 21 that police had counted.",
             rec("A1", "34", 34, "The mayor", revises="A2"), rec("A2", "the 21", 21, "police")),
    ),
    [],
    [Expected("total", [{"A2"}, {"A1"}], "update")],
)  # fmt: skip

FURTHER["others besides those of another source, of another kind"] = Case(
    one(
        SHELLING,
        text("A", "Plym Post", "02-01", "Five soldiers died, the army said; five farmers were also killed, monks said.",
             rec("A1", "Five soldiers", 5, "the army", status="military"),
             rec("A2", "five farmers", 5, "monks", status="civilian", besides="A1")),
    ),
    [],
    [Expected("total", [{"A1", "A2"}], "compatible", marks={"computed"})],
)  # fmt: skip

FURTHER["children of an open number open the civilians"] = Case(
    one(
        RAID,
        text("A", "Quair Post", "02-01", "Two teachers and at least three pupils were killed, monks said.",
             rec("A1", "Two teachers", 2, "monks", status="civilian"),
             rec("A2", "at least three pupils", 3, "monks", quantifier="at_least", age="child")),
        text("B", "Quair Wire", "02-01", "Seven civilians were killed, police said.",
             rec("B1", "Seven civilians", 7, "police", status="civilian")),
    ),
    [Told("A1", False, (5, OPEN), {"civilian": (5, OPEN), "child": (3, OPEN)})],
)  # fmt: skip

FURTHER["soldiers and police leave no children"] = Case(
    one(
        RAID,
        text("A", "Rase Post", "02-01", "Ten people were killed, six soldiers and four policemen, the army said.",
             rec("A1", "Ten people", 10, "the army"),
             rec("A2", "six soldiers", 6, "the army", status="military", subset_of="A1"),
             rec("A3", "four policemen", 4, "the army", status="police", subset_of="A1")),
        text("B", "Rase Wire", "02-01", "Two children were killed, monks said.",
             rec("B1", "Two children", 2, "monks", age="child")),
    ),
    [],
    [Expected("who", [{"A1"}, {"B1"}])],
)  # fmt: skip

FURTHER["three children and 40 soldiers are different people"] = Case(
    one(
        RAID,
        text("A", "Sence Post", "02-01", "Three children were killed, monks said.",
             rec("A1", "Three children", 3, "monks", age="child")),
        text("B", "Sence Wire", "02-01", "40 soldiers were killed, the army said.",
             rec("B1", "40 soldiers", 40, "the army", status="military")),
    ),
    [],
    [Expected("who", [{"A1"}, {"B1"}], "different_kinds")],
)  # fmt: skip

FURTHER["missing, feared dead, and still missing"] = Case(
    one(
        SHELLING,
        text("A", "Tees Post", "02-01", "Twenty people are missing, feared dead, monks said.",
             rec("A1", "Twenty people", 20, "monks", outcome="missing"),
             rec("A2", "Twenty people", 20, "monks", certainty="presumed", same_as="A1")),
        text("B", "Tees Wire", "02-02", "Twenty-six people are missing, police said.",
             rec("B1", "Twenty-six people", 26, "police", outcome="missing")),
    ),
    [Told("A2", True, (20, 20), marks={"presumed_only"})],
    [Expected("total", [{"A1"}, {"B1"}], outcome="missing", marks={"lower_is_older"})],
)  # fmt: skip

FURTHER["a part of two events that exceeds their whole"] = Case(
    MadeCorpus(
        {"blast": BLAST, "shooting": RAID},
        [
            text("A", "Ugie Post", "02-01", "Ten people died in the blast and the shooting, twelve of them in the blast, police said.",
                 rec("A1", "Ten people", 10, "police", event=("blast", "shooting")),
                 rec("A2", "twelve of them", 12, "police", event="blast", subset_of="A1")),
            text("B", "Ugie Wire", "02-01", "Six people were shot dead, a clinic said.",
                 rec("B1", "Six people", 6, "a clinic", event="shooting")),
        ],
    ),
    [Told("A1", True, (10, 10), marks={"does_not_add_up"})],
)  # fmt: skip

FURTHER["more freed than were held"] = Case(
    one(
        TAKEN,
        text("A", "Waver Post", "02-01", "Gunmen seized 60 passengers and freed 70 of them, the bus company said.",
             rec("A1", "60 passengers", 60, "the bus company", outcome="abducted"),
             rec("A2", "70 of them", 70, "the bus company", outcome="released", subset_of="A1")),
    ),
    [Told("A1", True, (60, 60), outcome="held", marks={"does_not_add_up"})],
)  # fmt: skip

FURTHER["others besides those of another source, and a whole"] = Case(
    one(
        SHELLING,
        text("A", "Plym Post", "02-01", "Police said five people had died; three others were also killed, the army said.",
             rec("A1", "five people", 5, "Police"),
             rec("A2", "three others", 3, "the army", besides="A1")),
        text("B", "Plym Wire", "02-01", "Eight people died, monks said.", rec("B1", "Eight people", 8, "monks")),
    ),
    [],
    [
        Expected("total", [{"A1", "A2"}], "compatible", marks={"computed"}),
        Expected("total", [{"A1"}, {"B1"}], everywhere={"A2"}),
    ],
)  # fmt: skip

FURTHER["others besides those of another source, and a smaller whole"] = Case(
    one(
        SHELLING,
        text("A", "Plym Post", "02-01", "Police said five people had died; 30 others were also killed, the army said.",
             rec("A1", "five people", 5, "Police"),
             rec("A2", "30 others", 30, "the army", besides="A1")),
        text("B", "Plym Wire", "02-01", "Five people died, monks said.", rec("B1", "Five people", 5, "monks")),
    ),
    [],
    [Expected("total", [{"A1", "A2"}], "compatible", marks={"computed"})],
)  # fmt: skip

FURTHER["fifteen missing, some of them feared dead"] = Case(
    one(
        SHELLING,
        text("A", "Tees Post", "02-01", "Fifteen people are missing, five of them feared dead, monks said.",
             rec("A1", "Fifteen people", 15, "monks", outcome="missing"),
             rec("A2", "five of them", 5, "monks", certainty="presumed", subset_of="A1")),
    ),
    [Told("A1", True, (15, 15), {"still:missing": (10, 15)}, outcome="missing")],
)  # fmt: skip

FURTHER["more wounded died than were wounded"] = Case(
    one(
        SHELLING,
        text("A", "Tees Post", "02-01", "Four people were wounded, five of whom died, monks said.",
             rec("A1", "Four people", 4, "monks", outcome="injured"),
             rec("A2", "five of whom", 5, "monks", subset_of="A1")),
    ),
    [Told("A1", True, (4, 4), outcome="injured", marks={"does_not_add_up"})],
)  # fmt: skip

FURTHER["a minimum out of the injured updates nothing"] = Case(
    one(
        SHELLING,
        text("A", "Usk Post", "03-12", "The hospital said ten people were killed.",
             rec("A1", "ten people", 10, "The hospital")),
        text("B", "Usk Post", "03-13", "Five of the 50 wounded had died, the hospital said.",
             rec("B1", "the 50 wounded", 50, "the hospital", outcome="injured"),
             rec("B2", "Five", 5, "the hospital", subset_of="B1")),
    ),
)  # fmt: skip

FURTHER["a minimum that falls lowers nothing"] = Case(
    one(
        RAID,
        text("A", "Lark Post", "02-01", "At least 15 people died, police said.",
             rec("A1", "At least 15 people", 15, "police", quantifier="at_least")),
        text("B", "Lark Wire", "02-02", "At least ten people died, police said.",
             rec("B1", "At least ten people", 10, "police", quantifier="at_least")),
    ),
)  # fmt: skip

FURTHER["a late repetition of a replaced number"] = Case(
    one(
        RAID,
        text("A", "Ure Post", "03-12", "The ministry counted 34 dead.", rec("A1", "34 dead", 34, "The ministry")),
        text("B", "Ure Wire", "03-13", "The ministry counted 40 dead.", rec("B1", "40 dead", 40, "The ministry")),
        text("C", "Ure Radio", "03-14", "The ministry counted 34 dead.", rec("C1", "34 dead", 34, "The ministry")),
        text("D", "Ure Sheet", "03-14", "Forty people died, monks said.", rec("D1", "Forty people", 40, "monks")),
    ),
    [
        Told("A1", True, (34, 34), marks={"restatement"}),
        Told("C1", True, (34, 34), marks={"restatement"}),
    ],
    [Expected("total", [{"A1", "C1"}, {"B1"}], "update", marks={"restatement"})],
)  # fmt: skip

FURTHER["a correction back to an earlier number"] = Case(
    one(
        RAID,
        text("A", "Ure Post", "03-12", "The ministry counted 34 dead.", rec("A1", "34 dead", 34, "The ministry")),
        text("B", "Ure Wire", "03-13", "The ministry counted 40 dead.", rec("B1", "40 dead", 40, "The ministry")),
        text("C", "Ure Radio", "03-14", "The ministry counted 34 dead, down from 40.",
             rec("C1", "34 dead", 34, "The ministry", revises="C2"), rec("C2", "40", 40, "The ministry")),
        text("D", "Ure Sheet", "03-15", "The ministry counted 34 dead.", rec("D1", "34 dead", 34, "The ministry")),
        text("E", "Ure Sheet", "03-14", "34 people died, monks said.", rec("E1", "34 people", 34, "monks")),
    ),
    [],
    [
        Expected("total", [{"A1"}, {"B1"}, {"C1"}], "update"),
        Expected("total", [{"C1", "D1", "E1"}], "agreement", marks={"restatement"}),
    ],
)  # fmt: skip

FURTHER["children rise with the dead"] = Case(
    one(
        RAID,
        text("A", "Wye Post", "03-12", "34 people, six of them children and two of them soldiers, died, the ministry said.",
             rec("A1", "34 people", 34, "the ministry"),
             rec("A2", "six of them", 6, "the ministry", age="child", subset_of="A1"),
             rec("A3", "two of them", 2, "the ministry", status="military", subset_of="A1")),
        text("B", "Wye Wire", "03-13", "41 people, eleven of them children and two of them soldiers, died, the ministry said.",
             rec("B1", "41 people", 41, "the ministry"),
             rec("B2", "eleven of them", 11, "the ministry", age="child", subset_of="B1"),
             rec("B3", "two of them", 2, "the ministry", status="military", subset_of="B1")),
    ),
    [],
    [
        Expected("total", [{"A1"}, {"B1"}], "update"),
        Expected("age_sex", [{"A1"}, {"B1"}], "update", values=["6 children", "11 children"]),
    ],
)  # fmt: skip

FURTHER["two texts of one day that reverse each other"] = Case(
    one(
        RAID,
        text("A", "Ore Post", "02-01", "The ministry put the toll at 34, up from 21.",
             rec("A1", "34", 34, "The ministry", revises="A2"), rec("A2", "21", 21, "The ministry")),
        text("B", "Ore Wire", "02-01", "The ministry put the toll at 21, down from 34.",
             rec("B1", "21", 21, "The ministry", revises="B2"), rec("B2", "34", 34, "The ministry")),
    ),
    [],
    [Expected("total", [{"B1"}, {"A1"}], marks={"same_source"})],
)  # fmt: skip

FURTHER["a later text that reverses an earlier one"] = Case(
    one(
        RAID,
        text("A", "Ore Post", "02-01", "The ministry put the toll at 34, up from 21.",
             rec("A1", "34", 34, "The ministry", revises="A2"), rec("A2", "21", 21, "The ministry")),
        text("B", "Ore Wire", "02-02", "The ministry put the toll at 21, down from 34.",
             rec("B1", "21", 21, "The ministry", revises="B2"), rec("B2", "34", 34, "The ministry")),
    ),
    [],
    [Expected("total", [{"A1"}, {"B1"}], "update")],
)  # fmt: skip

FURTHER["two named together, and one of them alone"] = Case(
    one(
        RAID,
        text("A", "Tay Post", "02-01", "Nine people were killed, police and a hospital said.",
             rec("A1", "Nine people", 9, f"police{TOGETHER}a hospital")),
        text("B", "Tay Wire", "02-01", "Eleven people were killed, police said.",
             rec("B1", "Eleven people", 11, "police")),
    ),
    [],
    [Expected("total", [{"A1"}, {"B1"}], marks={"same_source"})],
)  # fmt: skip

FURTHER["women among as many civilians"] = Case(
    one(
        RAID,
        text("A", "Dee Post", "02-01", "Five civilians, three of them women, were killed, monks said.",
             rec("A1", "Five civilians", 5, "monks", status="civilian"),
             rec("A2", "three of them", 3, "monks", age="adult", sex="female", subset_of="A1")),
        text("B", "Dee Wire", "02-01", "Five civilians, four of them women, were killed, police said.",
             rec("B1", "Five civilians", 5, "police", status="civilian"),
             rec("B2", "four of them", 4, "police", age="adult", sex="female", subset_of="B1")),
        text("C", "Dee Radio", "02-01", "Six civilians, two of them women, were killed, a clinic said.",
             rec("C1", "Six civilians", 6, "a clinic", status="civilian"),
             rec("C2", "two of them", 2, "a clinic", age="adult", sex="female", subset_of="C1")),
    ),
    [],
    [
        Expected("total", [{"A1", "B1"}, {"C1"}]),
        Expected("age_sex", [{"A1"}, {"B1"}]),
    ],
)  # fmt: skip

FURTHER["all soldiers, and more of them"] = Case(
    one(
        RAID,
        text("A", "Don Post", "02-01", "Six people, all of them soldiers, were killed, monks said.",
             rec("A1", "Six people", 6, "monks"),
             rec("A2", "all of them", 6, "monks", status="military", subset_of="A1")),
        text("B", "Don Wire", "02-01", "Eight people, all of them soldiers, were killed, police said.",
             rec("B1", "Eight people", 8, "police"),
             rec("B2", "all of them", 8, "police", status="military", subset_of="B1")),
    ),
    [],
    [Expected("total", [{"A1"}, {"B1"}])],
)  # fmt: skip

FURTHER["a kind that exceeds a mix"] = Case(
    one(
        RAID,
        text("A", "Esk Post", "02-01", "Eleven police and civilians were killed, monks said.",
             rec("A1", "Eleven police and civilians", 11, "monks", groups=[{"status": ["police"]}, {"status": ["civilian"]}])),
        text("B", "Esk Wire", "02-01", "Twelve civilians were killed, police said.",
             rec("B1", "Twelve civilians", 12, "police", status="civilian")),
    ),
    [],
    [Expected("total", [{"A1"}, {"B1"}])],
)  # fmt: skip

FURTHER["neither women nor children"] = Case(
    one(
        RAID,
        text("A", "Exe Post", "02-01", "No women or children were killed, monks said.",
             rec("A1", "No women or children", 0, "monks", groups=[{"age": "adult", "sex": "female"}, {"age": "child"}])),
        text("B", "Exe Wire", "02-01", "Four people, one of them a child, were killed, police said.",
             rec("B1", "Four people", 4, "police"),
             rec("B2", "one of them", 1, "police", age="child", subset_of="B1")),
    ),
    [],
    [Expected("age_sex", [{"A1"}, {"B1"}])],
)  # fmt: skip

FURTHER["three causes, two restated accounts"] = Case(
    one(
        RAID,
        text("A", "Fal Post", "02-01", "Six people were killed by a landmine, police said.",
             rec("A1", "Six people", 6, "police", cause="landmine")),
        text("B", "Fal Wire", "02-01", "Six people were killed, police said.", rec("B1", "Six people", 6, "police")),
        text("C", "Fal Radio", "02-01", "Six people were killed by an air strike, police said.",
             rec("C1", "Six people", 6, "police", cause="air_strike")),
    ),
    [],
    [
        Expected("cause", [{"A1"}, {"C1"}], outcome=None, marks={"same_source"}),
        Expected("total", [{"A1", "B1", "C1"}], "agreement", marks={"restatement"}),
    ],
)  # fmt: skip

FURTHER["more in one event than in two"] = Case(
    MadeCorpus(
        {"blast": BLAST, "shooting": RAID},
        [
            text("A", "Ugie Post", "02-01", "Ten people died in the blast and the shooting, police said.",
                 rec("A1", "Ten people", 10, "police", event=("blast", "shooting"))),
            text("B", "Ugie Wire", "02-01", "Twelve people died in the blast, a clinic said.",
                 rec("B1", "Twelve people", 12, "a clinic", event="blast")),
        ],
    ),
    [],
    [Expected("total", [{"A1"}, {"B1"}], event="blast + shooting", values=["10", "at least 12"])],
)  # fmt: skip

FURTHER["fewer in one event than in two"] = Case(
    MadeCorpus(
        {"blast": BLAST, "shooting": RAID},
        [
            text("A", "Ugie Post", "02-01", "Ten people died in the blast and the shooting, police said.",
                 rec("A1", "Ten people", 10, "police", event=("blast", "shooting"))),
            text("B", "Ugie Wire", "02-01", "Eight people died in the blast, a clinic said.",
                 rec("B1", "Eight people", 8, "a clinic", event="blast")),
        ],
    ),
)  # fmt: skip
