"""The worked examples of ``docs/comparisons.md``, as corpora, by their heading on the page."""

from cases import BLAST, RAID, SHELLING, STRIKE, TAKEN, one, text
from made_corpora import MadeCorpus, rec

EXAMPLES = {
    "One position": one(
        STRIKE,
        text("A", "Post", "01-01", "About 20 people were killed, the mayor said.",
             rec("A1", "About 20 people", 20, "the mayor", quantifier="approximate")),
        text("B", "Wire", "01-01", "At least 14 people were killed, a hospital said.",
             rec("B1", "At least 14 people", 14, "a hospital", quantifier="at_least")),
        text("C", "Radio", "01-01", "Twelve fighters were killed, the army said.",
             rec("C1", "Twelve fighters", 12, "the army", status="fighter")),
    ),
    "Two numbers, three outlets": one(
        STRIKE,
        text("A", "Post", "01-01", "Nine people were killed, the mayor said.",
             rec("A1", "Nine people", 9, "the mayor")),
        text("B", "Wire", "01-01", "The mayor put the dead at nine.",
             rec("B1", "nine", 9, "The mayor")),
        text("C", "Radio", "01-01", "Fourteen people were killed, a hospital said.",
             rec("C1", "Fourteen people", 14, "a hospital")),
    ),
    "What a whole leaves over": one(
        RAID,
        text("A", "Post", "01-01",
             "Eight people were killed, five soldiers and three civilians, the army said.",
             rec("A1", "Eight people", 8, "the army"),
             rec("A2", "five soldiers", 5, "the army", status="military", subset_of="A1"),
             rec("A3", "three civilians", 3, "the army", status="civilian", subset_of="A1")),
        text("B", "Wire", "01-01", "Two of the eight dead were police officers, a union said.",
             rec("B1", "the eight dead", 8, "a union"),
             rec("B2", "Two", 2, "a union", status="police", subset_of="B1")),
    ),
    "Rival descriptions": one(
        STRIKE,
        text("A", "Post", "01-01", "Five fighters were killed, the army said.",
             rec("A1", "Five fighters", 5, "the army", status="fighter")),
        text("B", "Wire", "01-01", "Five farmers were killed, villagers said.",
             rec("B1", "Five farmers", 5, "villagers", status="civilian")),
    ),
    "Different kinds": one(
        STRIKE,
        text("A", "Post", "01-01", "Five fighters were killed, the army said.",
             rec("A1", "Five fighters", 5, "the army", status="fighter")),
        text("B", "Wire", "01-01", "Thirty farmers were killed, villagers said.",
             rec("B1", "Thirty farmers", 30, "villagers", status="civilian")),
    ),
    "An update": one(
        BLAST,
        text("A", "Post", "01-01", "Seventeen people were killed, the ministry said.",
             rec("A1", "Seventeen people", 17, "the ministry")),
        text("B", "Wire", "01-03", "The ministry now counts 26 dead.",
             rec("B1", "26 dead", 26, "The ministry")),
    ),
    "Freed, and still held": one(
        TAKEN,
        text("A", "Post", "01-01",
             "Gunmen seized 30 miners; eighteen of them were freed, police said.",
             rec("A1", "30 miners", 30, "police", outcome="abducted"),
             rec("A2", "eighteen of them", 18, "police", outcome="released", subset_of="A1")),
        text("B", "Wire", "01-05", "Gunmen hold 12 miners, a union said.",
             rec("B1", "12 miners", 12, "a union", outcome="abducted")),
    ),
    "Cause, and who is blamed": one(
        BLAST,
        text("A", "Post", "01-01",
             "A shell fired by Norland killed six people, the mayor said. "
             "Norland denied that it had shelled the town.",
             rec("A1", "six people", 6, "the mayor", cause="artillery", perp="Norland"),
             said=[{"source": "Norland", "cue": "denied", "act": "deny",
                    "content": "that it had shelled the town", "regarding": ["happening"]}]),
        text("B", "Wire", "01-01", "Six people were killed by a car bomb, Norland said.",
             rec("B1", "Six people", 6, "Norland", cause="vehicle_bomb")),
    ),
    "Part of a war": one(
        "war",
        text("A", "Post", "01-01", "Snipers have killed 40 people in the war, a relief group said.",
             rec("A1", "40 people", 40, "a relief group", cause="small_arms")),
        text("B", "Wire", "01-01", "The war has cost 300 lives, the council said.",
             rec("B1", "300 lives", 300, "the council")),
    ),
    "Two events counted together": MadeCorpus(
        {"market": BLAST, "station": BLAST},
        [
            text("A", "Post", "01-01",
                 "Bombs killed 19 people at the market and the station; "
                 "twelve people died at the market, police said.",
                 rec("A1", "19 people", 19, "police", event=("market", "station")),
                 rec("A2", "twelve people", 12, "police", event="market")),
            text("B", "Wire", "01-01", "Nine people died at the station, a medic said.",
                 rec("B1", "Nine people", 9, "a medic", event="station")),
        ],
    ),
    "Soft": one(
        SHELLING,
        text("A", "Post", "01-01", "About 100 people were injured, the mayor said.",
             rec("A1", "About 100 people", 100, "the mayor", quantifier="approximate",
                 outcome="injured")),
        text("B", "Wire", "01-01", "A hospital treated 120 injured.",
             rec("B1", "120 injured", 120, "A hospital", outcome="injured")),
    ),
    "Depends on a reading": one(
        STRIKE,
        text("A", "Post", "01-01", "The strike cost the village seven, a teacher said.",
             rec("A1", "seven", 7, "a teacher",
                 alternatives=[{"outcome": "killed_or_injured"}],
                 note="Dead, or dead and injured")),
        text("B", "Wire", "01-01", "Four people were killed, the mayor said.",
             rec("B1", "Four people", 4, "the mayor")),
    ),
    "A number that is only denied": one(
        RAID,
        text("A", "Post", "01-01", "The army denied that 40 soldiers had been killed.",
             rec("A1", "40 soldiers", 40, status="military"),
             said=[{"source": "The army", "cue": "denied", "act": "deny",
                    "content": "that 40 soldiers had been killed"}]),
    ),
}  # fmt: skip

_RANGES = (
    ("six", {"value": 6}),
    ("at least six", {"value": 6, "quantifier": "at_least"}),
    ("more than six", {"value": 6, "quantifier": "more_than"}),
    ("up to six", {"value": 6, "quantifier": "at_most"}),
    ("fewer than six", {"value": 6, "quantifier": "less_than"}),
    ("six to nine", {"value": 6, "value_max": 9, "quantifier": "range"}),
    ("about 100", {"value": 100, "quantifier": "approximate"}),
    ("dozens", {"value": 12, "quantifier": "order_of_magnitude"}),
    ("scores", {"value": 20, "quantifier": "order_of_magnitude"}),
    ("hundreds", {"value": 100, "quantifier": "order_of_magnitude"}),
    ("thousands", {"value": 1000, "quantifier": "order_of_magnitude"}),
    ("soldiers", {"quantifier": "indefinite"}),
    ("several", {"quantifier": "indefinite"}),
    ("a few", {"quantifier": "indefinite"}),
    ("32,000", {"value": 32000}),
)
_HALF = {"fraction": {"numerator": 1, "denominator": 2}, "age": "adult", "sex": "female"}

RANGES = one(
    RAID,
    *(
        text(f"t{number}", f"Post {number}", "01-01", f"They counted {words} dead.",
             rec("A", words, **fields))
        for number, (words, fields) in enumerate(_RANGES)
    ),
    text("half", "Wire", "01-01", "Of 61 dead, half of 61 were women.",
         rec("A", "61 dead", 61), rec("B", "half of 61", **_HALF, subset_of="A")),
)  # fmt: skip
"""A text for each of the words whose range the page gives."""
