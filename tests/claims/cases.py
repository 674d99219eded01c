"""The thirty cases of comparisons: texts and records, accounts and comparisons expected."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from made_corpora import NAMELESS, MadeCorpus, MadeText, rec

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

OPEN = None


@dataclass
class Told:
    """An account expected: any of its records, closed or list, bounds, kinds, number of sources."""

    record: str
    closed: bool | None
    bounds: tuple[int | None, int | None]
    kinds: Mapping[str, tuple[int, int | None]] = field(default_factory=dict)
    outcome: str = "killed"
    marks: frozenset[str] | set[str] = frozenset()
    soft: bool = False
    sources: int | None = None


@dataclass
class Expected:
    """A row expected: its positions as sets of records, of which each names an account.

    ``a+b`` names the account that is computed from those of ``a`` and ``b``.
    """

    respect: str
    positions: Sequence[set[str]]
    kind: str = "disagreement"
    event: str | None = None
    outcome: str | None = "killed"
    everywhere: set[str] | None = None
    soft: bool = False
    marks: frozenset[str] | set[str] = frozenset()
    depends_on: tuple[str, ...] = ()
    values: Sequence[str] = ()


@dataclass
class Case:
    """One case."""

    corpus: MadeCorpus
    accounts: Sequence[Told] = ()
    rows: Sequence[Expected] = ()
    without: Sequence[tuple[str, str]] = ()


def text(
    name: str, outlet: str | None, date: str | None, words: str, *records: Any, **more: Any
) -> MadeText:
    return MadeText(name, outlet, date, words, records, **more)


def one(event_type: str | None, *texts: MadeText, **more: Any) -> MadeCorpus:
    return MadeCorpus({"happening": event_type}, texts, **more)


RAID, STRIKE, SHELLING, BLAST, TAKEN = (
    "attack_on_civilians",
    "air_or_drone_strike",
    "shelling",
    "explosion",
    "abduction",
)

CASES: dict[str, Case] = {}

CASES["K01"] = Case(
    one(
        RAID,
        text(
            "A", "Halden Post", "03-03",
            "Two teachers, three nurses and a bus driver were killed in a raid on Lower Tamsel, district officials said.",
            rec("A1", "Two teachers", 2, "district officials", status="civilian"),
            rec("A2", "three nurses", 3, "district officials", status="medic"),
            rec("A3", "a bus driver", 1, "district officials", status="civilian"),
        ),
    ),
    [Told("A1", False, (6, 6), {"civilian": (6, 6), "medic": (3, 3)})],
)  # fmt: skip

CASES["K02"] = Case(
    one(
        STRIKE,
        text(
            "A", "Issel Courier", "05-09",
            "At least 52 people, among them eleven children, 20 women and three medics, died when jets bombed Port Issel, the town council said.",
            rec("A1", "At least 52 people", 52, "the town council", quantifier="at_least", cause="air_strike"),
            rec("A2", "eleven children", 11, "the town council", age="child", subset_of="A1"),
            rec("A3", "20 women", 20, "the town council", age="adult", sex="female", subset_of="A1"),
            rec("A4", "three medics", 3, "the town council", status="medic", subset_of="A1"),
        ),
        text(
            "B", "Northern Wire", "05-09",
            "At least 60 people were killed in the bombing, 12 of them children, according to the hospital.",
            rec("B1", "At least 60 people", 60, "the hospital", quantifier="at_least", cause="air_strike"),
            rec("B2", "12 of them", 12, "the hospital", age="child", subset_of="B1"),
        ),
    ),
    [
        Told("A1", True, (52, OPEN), {"child": (11, 11), "adult_female": (20, 20), "medic": (3, 3), "civilian": (11, OPEN)}),
        Told("B1", True, (60, OPEN), {"child": (12, 12), "civilian": (12, OPEN)}),
    ],
    [Expected("age_sex", [{"A1"}, {"B1"}])],
)  # fmt: skip

CASES["K03"] = Case(
    one(
        RAID,
        text(
            "A", "Rhun Daily", "06-01",
            "Nine people died in the attack, six soldiers and three civilians, the army command said.",
            rec("A1", "Nine people", 9, "the army command"),
            rec("A2", "six soldiers", 6, "the army command", status="military", subset_of="A1"),
            rec("A3", "three civilians", 3, "the army command", status="civilian", subset_of="A1"),
        ),
        text(
            "B", "The Ledger", "06-01",
            "Among the nine dead were two policemen, a trade union said.",
            rec("B1", "the nine dead", 9, "a trade union"),
            rec("B2", "two policemen", 2, "a trade union", status="police", subset_of="B1"),
        ),
    ),
    [
        Told("A1", True, (9, 9), {"military": (6, 6), "civilian": (3, 3)}),
        Told("B1", True, (9, 9), {"police": (2, 2)}),
    ],
    [Expected("who", [{"A1"}, {"B1"}], values=["0 police", "2 police"])],
)  # fmt: skip

CASES["K04"] = Case(
    one(
        SHELLING,
        text("A", "Coast Radio", "07-12", "Four soldiers were killed at the checkpoint, the army said.",
             rec("A1", "Four soldiers", 4, "the army", status="military")),
        text("B", "Evening Sheet", "07-12", "A doctor counted six dead.",
             rec("B1", "six dead", 6, "A doctor")),
        text("C", "Dunmar Voice", "07-12", "Witnesses spoke of three dead.",
             rec("C1", "three dead", 3, "Witnesses")),
    ),
    [
        Told("A1", False, (4, 4), {"military": (4, 4)}),
        Told("B1", True, (6, 6)),
        Told("C1", True, (3, 3)),
    ],
    [Expected("total", [{"C1"}, {"A1", "B1"}])],
)  # fmt: skip

CASES["K05"] = Case(
    one(
        SHELLING,
        text(
            "A", "Velm Times", "04-02",
            "Three dead as shell hits bakery\n\nThree people were killed and a boy was hurt when a shell hit a bakery in Velm, the mayor said.",
            rec("A1", "Three dead", 3, cause="artillery", same_as="A2"),
            rec("A2", "Three people", 3, "the mayor", cause="artillery"),
            rec("A3", "a boy", 1, "the mayor", outcome="injured", age="child", sex="male", cause="artillery"),
            title="Three dead as shell hits bakery",
        ),
    ),
    [
        Told("A2", True, (3, 3)),
        Told("A3", False, (1, 1), {"child_male": (1, 1)}, outcome="injured"),
    ],
)  # fmt: skip

CASES["K06"] = Case(
    one(
        STRIKE,
        text(
            "A", "Arvo Tribune", "08-20",
            "The health ministry put the toll at 34, revising an earlier figure of 21.",
            rec("A1", "34", 34, "The health ministry", revises="A2"),
            rec("A2", "an earlier figure of 21", 21, "The health ministry"),
        ),
        text("B", "Lakeside News", "08-19", "The health ministry said 21 people had been killed.",
             rec("B1", "21 people", 21, "The health ministry")),
    ),
    [Told("A1", True, (34, 34)), Told("B1", True, (21, 21))],
    [Expected("total", [{"B1"}, {"A1"}], "update", values=["21", "34"])],
)  # fmt: skip

CASES["K07"] = Case(
    one(
        BLAST,
        text("A", "Sellin Observer", "05-04", "The health directorate counted 21 dead.",
             rec("A1", "21 dead", 21, "The health directorate")),
        text("B", "Plains Post", "05-06", "The health directorate gives the number of dead as 34.",
             rec("B1", "dead … 34", 34, "The health directorate")),
        text("C", "Harbour Mail", "05-06", "Thirty bodies have been brought in, the Sellin hospital said.",
             rec("C1", "Thirty bodies", 30, "the Sellin hospital")),
    ),
    [Told("A1", True, (21, 21)), Told("B1", True, (34, 34)), Told("C1", True, (30, 30))],
    [
        Expected("total", [{"A1"}, {"B1"}], "update", values=["21", "34"]),
        Expected("total", [{"C1"}, {"B1"}]),
    ],
)  # fmt: skip

CASES["K08"] = Case(
    one(
        BLAST,
        text("A", "Corrin Star", "01-07", "Seventeen people were killed, the governor's office said.",
             rec("A1", "Seventeen people", 17, "the governor's office")),
        text(
            "B", "Corrin Star", "01-09",
            "The governor's office withdrew its figure of 17 dead as an error and gave no other. Rescuers have recovered nine bodies, the fire brigade said.",
            rec("B1", "17 dead", 17, "The governor's office", certainty="retracted"),
            rec("B2", "nine bodies", 9, "the fire brigade"),
        ),
    ),
    [Told("A1", True, (17, 17)), Told("B2", True, (9, 9))],
    [Expected("total", [{"A1"}, set()], "update", values=["17", "withdrawn"])],
)  # fmt: skip

CASES["K09"] = Case(
    one(
        SHELLING,
        text("A", "Tarn Weekly", "10-03", "Between 40 and 60 miners are missing, the union said.",
             rec("A1", "Between 40 and 60 miners", 40, "the union", value_max=60, quantifier="range", outcome="missing", status="civilian")),
        text("B", "Hill Radio", "10-03", "Forty-five miners are missing, the company said.",
             rec("B1", "Forty-five miners", 45, "the company", outcome="missing", status="civilian")),
        text("C", "The Beacon", "10-03", "62 to 70 miners are missing, relatives said.",
             rec("C1", "62 to 70 miners", 62, "relatives", value_max=70, quantifier="range", outcome="missing", status="civilian")),
    ),
    [
        Told("A1", False, (40, 60), {"civilian": (40, 60)}, outcome="missing"),
        Told("B1", False, (45, 45), outcome="missing"),
        Told("C1", False, (62, 70), outcome="missing"),
    ],
    [Expected("total", [{"A1", "B1"}, {"C1"}], outcome="missing")],
)  # fmt: skip

CASES["K10"] = Case(
    one(
        TAKEN,
        text(
            "A", "Ostrel Gazette", "03-15",
            "Gunmen who seized 60 passengers freed half of them on Friday and killed a sixth, the bus company said; 20 are still held.",
            rec("A1", "60 passengers", 60, "the bus company", outcome="abducted", perp=NAMELESS + "Gunmen"),
            rec("A2", "half of them", None, "the bus company", outcome="released", subset_of="A1", fraction={"numerator": 1, "denominator": 2}, quantifier="exact"),
            rec("A3", "a sixth", None, "the bus company", subset_of="A1", fraction={"numerator": 1, "denominator": 6}, quantifier="exact", perp=NAMELESS + "Gunmen"),
            rec("A4", "20", 20, "the bus company", outcome="abducted", subset_of="A1", perp=NAMELESS + "Gunmen"),
        ),
        text("B", "Free Ostrel", "03-15", "Thirty-two passengers have been freed, police said.",
             rec("B1", "Thirty-two passengers", 32, "police", outcome="released")),
    ),
    [
        Told("A1", True, (60, 60), {"still:held": (20, 20)}, outcome="held"),
        Told("A2", True, (30, 30), outcome="released"),
        Told("A3", True, (10, OPEN)),
        Told("B1", True, (32, 32), outcome="released"),
    ],
    [Expected("total", [{"A2"}, {"B1"}], outcome="released")],
)  # fmt: skip

CASES["K11"] = Case(
    one(
        SHELLING,
        text("A", "Mesk Online", "06-08", "About 300 people were injured, the mayor said.",
             rec("A1", "About 300 people", 300, "the mayor", outcome="injured", quantifier="approximate")),
        text("B", "Border Wire", "06-08", "Some 320 people were injured, the Red Lamp Society said.",
             rec("B1", "Some 320 people", 320, "the Red Lamp Society", outcome="injured", quantifier="approximate")),
        text("C", "The Crossing", "06-08", "Nearly 1,000 people were injured, an opposition party said.",
             rec("C1", "Nearly 1,000 people", 1000, "an opposition party", outcome="injured", quantifier="approximate")),
    ),
    [
        Told("A1", True, (270, 330), outcome="injured", soft=True),
        Told("B1", True, (288, 352), outcome="injured", soft=True),
        Told("C1", True, (900, 1100), outcome="injured", soft=True),
    ],
    [Expected("total", [{"A1", "B1"}, {"C1"}], outcome="injured")],
)  # fmt: skip

CASES["K12"] = Case(
    one(
        "displacement",
        text("A", "Diario del Valle", "02-11", "Unas 500 personas huyeron del valle, dijo la alcaldía.",
             rec("A1", "Unas 500 personas", 500, "la alcaldía", outcome="displaced", quantifier="approximate"), language="es"),
        text("B", "Radio Cumbre", "02-11", "La iglesia registró a 620 desplazados.",
             rec("B1", "620 desplazados", 620, "La iglesia", outcome="displaced"), language="es"),
        text("C", "El Faro de Alba", "02-11", "Según el ejército, huyeron 5.000 personas.",
             rec("C1", "5.000 personas", 5000, "el ejército", outcome="displaced"), language="es"),
        text("D", "La Hoja", "02-11", "La universidad contó 5.310 desplazados.",
             rec("D1", "5.310 desplazados", 5310, "La universidad", outcome="displaced"), language="es"),
    ),
    [
        Told("A1", True, (450, 550), outcome="displaced", soft=True),
        Told("B1", True, (620, 620), outcome="displaced"),
        Told("C1", True, (5000, 5000), outcome="displaced"),
        Told("D1", True, (5310, 5310), outcome="displaced"),
    ],
    [Expected("total", [{"A1"}, {"B1"}, {"C1", "D1"}], outcome="displaced")],
)  # fmt: skip

CASES["K13"] = Case(
    one(
        SHELLING,
        text("A", "Quill Echo", "05-05", "Dozens were killed, residents said.",
             rec("A1", "Dozens", 12, "residents", quantifier="order_of_magnitude")),
        text("B", "Metro Sheet", "05-05", "Twenty-seven people were killed, the morgue said.",
             rec("B1", "Twenty-seven people", 27, "the morgue")),
        text("C", "State Bulletin", "05-05", "Nine people were killed, the governor said.",
             rec("C1", "Nine people", 9, "the governor")),
    ),
    [
        Told("A1", True, (12, 99), soft=True),
        Told("B1", True, (27, 27)),
        Told("C1", True, (9, 9)),
    ],
    [Expected("total", [{"C1"}, {"A1", "B1"}])],
)  # fmt: skip

CASES["K14"] = Case(
    one(
        STRIKE,
        text(
            "A", "Army Herald", "09-17",
            "No civilians were killed in the strike, the army said. It denied a report by the Oldane council that eleven people had died.",
            rec("A1", "No civilians", 0, "the army", status="civilian"),
            rec("A2", "eleven people", 11, "the Oldane council"),
            said=[
                {"source": "It", "cue": "denied", "act": "deny",
                 "content": "a report by the Oldane council that eleven people had died"},
                {"source": "the Oldane council", "own": True, "cue": "a report by",
                 "content": "that eleven people had died"},
            ],
        ),
        text(
            "B", "Oldane Post", "09-17",
            "Seven civilians, two of them girls, were killed, hospital staff said.",
            rec("B1", "Seven civilians", 7, "hospital staff", status="civilian"),
            rec("B2", "two of them", 2, "hospital staff", age="child", sex="female", subset_of="B1"),
        ),
        entities={"it": {"is": "army"}},
    ),
    [
        Told("A1", False, (0, OPEN), {"civilian": (0, 0)}),
        Told("A2", True, (11, 11), marks={"denied"}),
        Told("B1", False, (7, 7), {"civilian": (7, 7), "child_female": (2, 2)}),
    ],
    [Expected("who", [{"A1"}, {"B1"}], everywhere={"A2"}, marks={"denied"})],
)  # fmt: skip

CASES["K15"] = Case(
    one(
        BLAST,
        text("A", "Lorne Post", "05-21", "A roadside bomb killed five people in a truck, police said.",
             rec("A1", "five people", 5, "police", cause="ied")),
        text("B", "South Radio", "05-21", "Five people died when a rocket hit their truck, a drivers' union said.",
             rec("B1", "Five people", 5, "a drivers' union", cause="artillery")),
    ),
    [Told("A1", True, (5, 5)), Told("B1", True, (5, 5))],
    [Expected("cause", [{"A1"}, {"B1"}], outcome=None)],
)  # fmt: skip

CASES["K16"] = Case(
    one(
        BLAST,
        text("A", "Hask Today", "11-02", "Twelve people were killed by an air strike on the school, the rebels said.",
             rec("A1", "Twelve people", 12, "the rebels", cause="air_strike")),
        text("B", "The Capital", "11-02", "Rebel mortars killed 15 people at the school, the interior ministry said.",
             rec("B1", "15 people", 15, "the interior ministry", cause="artillery", inferred_perpetrator="hask-rebels")),
    ),
    [Told("A1", True, (12, 12)), Told("B1", True, (15, 15))],
    [
        Expected("total", [{"A1"}, {"B1"}]),
        Expected("cause", [{"A1"}, {"B1"}], outcome=None),
    ],
)  # fmt: skip

CASES["K17"] = Case(
    one(
        RAID,
        text("A", "Pell Messenger", "04-14", "Six farmers were shot dead at the ford, villagers said.",
             rec("A1", "Six farmers", 6, "villagers", status="civilian", cause="small_arms")),
        text("B", "Army Herald", "04-14", "Troops killed six rebels at the ford, the army said.",
             rec("B1", "six rebels", 6, "the army", status="fighter", perp="Troops")),
    ),
    [
        Told("A1", False, (6, 6), {"civilian": (6, 6)}),
        Told("B1", False, (6, 6), {"fighter": (6, 6)}),
    ],
    [Expected("who", [{"A1"}, {"B1"}])],
)  # fmt: skip

CASES["K18"] = Case(
    one(
        "battle",
        text(
            "A", "Вісник Веша", "06-30",
            "Міністерство оборони Веша заявило, що корранська армія втратила вбитими 200 солдатів, а Веш — 30.",
            rec("A1", "200 солдатів", 200, "Міністерство оборони Веша", status="military", side="korran"),
            rec("A2", "30", 30, "Міністерство оборони Веша", status="military", side="vesh"),
            language="uk",
        ),
        text(
            "B", "Korran Times", "06-30",
            "Twelve Korrani soldiers and 90 Veshi soldiers were killed at the dam, the Korrani general staff said.",
            rec("B1", "Twelve Korrani soldiers", 12, "the Korrani general staff", status="military", side="korran"),
            rec("B2", "90 Veshi soldiers", 90, "the Korrani general staff", status="military", side="vesh"),
        ),
        sides=["korran", "vesh"],
        entities={
            "korrani-general-staff": {"side": "korran"},
        },
    ),
    [
        Told("A1", False, (230, 230), {"side:korran": (200, 200), "side:vesh": (30, 30)}),
        Told("B1", False, (102, 102), {"side:korran": (12, 12), "side:vesh": (90, 90)}),
    ],
    [Expected("side", [{"A1"}, {"B1"}])],
)  # fmt: skip

CASES["K19"] = Case(
    one(
        SHELLING,
        text(
            "A", "Tessel Mail", "03-06",
            "Three people were killed in the morning and another four in the afternoon, the mayor said.",
            rec("A1", "Three people", 3, "the mayor"),
            rec("A2", "another four", 4, "the mayor", besides="A1"),
        ),
        text("B", "Inland Wire", "03-06", "Seven people were killed, police said.",
             rec("B1", "Seven people", 7, "police")),
    ),
    [Told("A1", True, (7, 7)), Told("B1", True, (7, 7))],
)  # fmt: skip

CASES["K20"] = Case(
    one(
        RAID,
        text(
            "A", "Ilm Post", "05-10",
            "The university clinic took in 41 wounded, five of whom later died, its director said.",
            rec("A1", "41 wounded", 41, "its director", outcome="injured"),
            rec("A2", "five of whom", 5, "its director", subset_of="A1"),
        ),
        text(
            "B", "Ilm Radio", "05-10",
            "Eleven people were killed and 41 injured, civil defence said. Two of the dead were children, a nurse added.",
            rec("B1", "Eleven people", 11, "civil defence"),
            rec("B2", "41", 41, "civil defence", outcome="injured"),
            rec("B3", "Two of the dead", 2, "a nurse", age="child", subset_of="B1"),
        ),
    ),
    [
        Told("A1", True, (41, 41), outcome="injured"),
        Told("A2", None, (5, OPEN)),
        Told("B1", True, (11, 11), {"child": (2, 2)}),
        Told("B2", True, (41, 41), outcome="injured"),
    ],
)  # fmt: skip

CASES["K21"] = Case(
    one(
        "other",
        text("A", "Quay News", "06-02", "Eight crew are missing, the coast guard said.",
             rec("A1", "Eight crew", 8, "the coast guard", outcome="missing")),
        text(
            "B", "Isles Daily", "06-03",
            "All eight crew who had been missing since Monday were found alive, the coast guard said.",
            rec("B1", "All eight crew who had been missing since Monday", 8, "the coast guard", outcome="missing"),
            rec("B2", "All eight crew who had been missing since Monday", 8, "the coast guard", outcome="released", same_as="B1"),
        ),
    ),
    [
        Told("A1", True, (8, 8), outcome="missing", marks={"restatement"}),
        Told("B1", True, (8, 8), {"still:missing": (0, 0)}, outcome="missing", marks={"restatement"}),
        Told("B2", True, (8, 8), outcome="released"),
    ],
    [Expected("total", [{"A1", "B1"}], "agreement", outcome="missing", marks={"restatement"})],
)  # fmt: skip

CASES["K22"] = Case(
    one(
        TAKEN,
        text(
            "A", "Brenn Courier", "01-25",
            "Gunmen abducted 23 pupils; 14 have been freed, two were killed and seven are still held, police said.",
            rec("A1", "23 pupils", 23, "police", outcome="abducted", age="child", perp=NAMELESS + "Gunmen"),
            rec("A2", "14", 14, "police", outcome="released", age="child", subset_of="A1"),
            rec("A3", "two", 2, "police", age="child", subset_of="A1"),
            rec("A4", "seven", 7, "police", outcome="abducted", age="child", subset_of="A1", perp=NAMELESS + "Gunmen"),
        ),
        text(
            "B", "Parents' Bulletin", "01-25",
            "Twenty-five pupils were taken and eleven are back home, the parents' association said.",
            rec("B1", "Twenty-five pupils", 25, "the parents' association", outcome="abducted", age="child"),
            rec("B2", "eleven", 11, "the parents' association", outcome="released", age="child", subset_of="B1"),
        ),
    ),
    [
        Told("A1", False, (23, 23), {"child": (23, 23), "still:held": (7, 7)}, outcome="held"),
        Told("A2", False, (14, 14), outcome="released"),
        Told("A3", False, (2, OPEN)),
        Told("B1", False, (25, 25), {"still:held": (14, 14)}, outcome="held"),
        Told("B2", False, (11, 11), outcome="released"),
    ],
    [
        Expected("total", [{"A1"}, {"B1"}], outcome="held"),
        Expected("total", [{"B2"}, {"A2"}], outcome="released"),
    ],
)  # fmt: skip

CASES["K23"] = Case(
    one(
        "displacement",
        text(
            "A", "Relief Dispatch", "08-18",
            "About 120,000 people, half of them children, have fled since May, the United Relief Office said.",
            rec("A1", "About 120,000 people", 120000, "the United Relief Office", outcome="displaced", quantifier="approximate"),
            rec("A2", "half of them", None, "the United Relief Office", outcome="displaced", age="child", subset_of="A1", fraction={"numerator": 1, "denominator": 2}, quantifier="exact"),
        ),
        text("B", "Mornay Gazette", "08-18", "Up to 80,000 people have left the province, the governor said.",
             rec("B1", "Up to 80,000 people", 80000, "the governor", outcome="displaced", quantifier="at_most")),
    ),
    [
        Told("A1", True, (108000, 132000), {"child": (54000, 66000)}, outcome="displaced", soft=True),
        Told("B1", True, (1, 80000), outcome="displaced"),
    ],
    [Expected("total", [{"B1"}, {"A1"}], outcome="displaced")],
)  # fmt: skip

CASES["K24"] = Case(
    one(
        SHELLING,
        text(
            "A", "صحيفة الوادي", "04-04",
            "قال مستشفى البلدة إن سبعة مدنيين، بينهم ثلاثة أطفال، قُتلوا في القصف.",
            rec("A1", "سبعة مدنيين", 7, "مستشفى البلدة", status="civilian", cause="artillery"),
            rec("A2", "ثلاثة أطفال", 3, "مستشفى البلدة", age="child", subset_of="A1"),
            language="ar",
        ),
        text("B", "Harbour Mail", "04-04", "Three children were killed, a teacher said.",
             rec("B1", "Three children", 3, "a teacher", age="child")),
        text(
            "C", "Sarm Voice", "04-04",
            "Four children and three adults were killed, the council said.",
            rec("C1", "Four children", 4, "the council", age="child"),
            rec("C2", "three adults", 3, "the council", age="adult"),
        ),
    ),
    [
        Told("A1", False, (7, 7), {"civilian": (7, 7), "child": (3, 3)}),
        Told("B1", False, (3, 3), {"child": (3, 3)}),
        Told("C1", False, (7, 7), {"child": (4, 4), "adult": (3, 3), "civilian": (4, 7)}),
    ],
    [Expected("age_sex", [{"A1", "B1"}, {"C1"}])],
)  # fmt: skip

CASES["K25"] = Case(
    MadeCorpus(
        {
            "offensive-2031": {"type": "war", "parent": "river-war"},
            "offensive-2033": {"type": "war", "parent": "river-war"},
            "river-war": "war",
        },
        [
            text("A", "Annual of Wars", "12-09", "In the two offensives 3,140 people were killed, the Peace Institute said.",
                 rec("A1", "3,140 people", 3140, "the Peace Institute", cause="fighting", event=("offensive-2031", "offensive-2033"))),
            text(
                "B", "Border Review", "12-09",
                "The first offensive cost 1,260 lives. In the second, 2,410 people died.",
                rec("B1", "1,260 lives", 1260, cause="fighting", event="offensive-2031"),
                rec("B2", "2,410 people", 2410, cause="fighting", event="offensive-2033"),
            ),
        ],
    ),
    [
        Told("A1", True, (3140, 3140)),
        Told("B1", True, (1260, 1260)),
        Told("B2", True, (2410, 2410)),
        Told("B1+B2", True, (3670, 3670), marks={"computed"}),
    ],
    [Expected("total", [{"A1"}, {"B1+B2"}], event="offensive-2031 + offensive-2033", marks={"computed"})],
)  # fmt: skip

CASES["K26"] = Case(
    MadeCorpus(
        {"blast": BLAST, "shooting": RAID},
        [
            text(
                "A", "Fenn Star", "08-01",
                "Nineteen people were killed in the market blast and in a shooting the same night, police said; twelve of them died at the market.",
                rec("A1", "Nineteen people", 19, "police", cause=["explosive", "small_arms"], event=("blast", "shooting")),
                rec("A2", "twelve of them", 12, "police", event="blast", subset_of="A1"),
            ),
            text("B", "Fenn Star", "08-01", "Eight people were shot dead that night, the families' lawyer said.",
                 rec("B1", "Eight people", 8, "the families' lawyer", cause="small_arms", event="shooting")),
        ],
    ),
    [
        Told("A1", True, (19, 19)),
        Told("A2", True, (12, 12)),
        Told("A1+A2", True, (7, 7), marks={"computed"}),
        Told("B1", True, (8, 8)),
    ],
    [Expected("total", [{"A1+A2", "A1"}, {"B1"}], event="shooting", marks={"computed"})],
)  # fmt: skip

CASES["K27"] = Case(
    one(
        RAID,
        text(
            "A", "Tolm News", "06-13",
            "At least four soldiers and six civilians were killed, a security source said.",
            rec("A1", "At least four soldiers", 4, "a security source", quantifier="at_least", status="military"),
            rec("A2", "six civilians", 6, "a security source", status="civilian", alternatives=[{"quantifier": "at_least"}], note="At least may hold for both."),
        ),
        text("B", "The Column", "06-13", "Seven civilians were killed, the mayor of Tolm said.",
             rec("B1", "Seven civilians", 7, "the mayor of Tolm", status="civilian")),
    ),
    [
        Told("A1", False, (10, OPEN), {"military": (4, OPEN), "civilian": (6, 6)}),
        Told("B1", False, (7, 7), {"civilian": (7, 7)}),
    ],
    [Expected("who", [{"A1"}, {"B1"}], depends_on=("A2",))],
)  # fmt: skip

CASES["K28"] = Case(
    one(
        STRIKE,
        text(
            "A", "Ganth Daily", "07-09",
            "Ten people are dead and five are feared dead, rescuers said.",
            rec("A1", "Ten people", 10, "rescuers"),
            rec("A2", "five", 5, "rescuers", certainty="presumed"),
        ),
        text("B", "Wire North", "07-09", "A rescue official put the number of dead at 13.",
             rec("B1", "dead … 13", 13, NAMELESS + "A rescue official")),
        text("C", "Free Channel", "07-09", "Two people familiar with the matter said 20 people had died, a figure that could not be verified.",
             rec("C1", "20 people", 20, NAMELESS + "Two people familiar with the matter", certainty="unverified")),
    ),
    [Told("A1", True, (10, 15)), Told("B1", True, (13, 13)), Told("C1", True, (20, 20), marks={"unverified_only"})],
    [Expected("total", [{"A1", "B1"}, {"C1"}], marks={"unverified_only"})],
)  # fmt: skip

CASES["K29"] = Case(
    one(
        BLAST,
        text("A", "Norland Today", "10-05", "Sund's army shelled the clinic and killed nine patients, the Norland defence ministry said.",
             rec("A1", "nine patients", 9, "the Norland defence ministry", cause="artillery", perp="Sund's army")),
        text(
            "B", "Sund Monitor", "10-05",
            "Nine patients were killed by Norland artillery, the Sund general staff said. It denied that its forces had fired on the town.",
            rec("B1", "Nine patients", 9, "the Sund general staff", cause="artillery", perp="Norland artillery"),
            said=[{"source": "It", "cue": "denied", "act": "deny", "regarding": ["happening"],
                   "content": "that its forces had fired on the town"}],
        ),
        text("C", "Lagoon Wire", "10-05", "Sund gunners killed nine patients at the clinic, a Norland officer said.",
             rec("C1", "nine patients", 9, "a Norland officer", perp="Sund gunners")),
        sides=["norland", "sund"],
        entities={
            "it": {"is": "sund-general-staff"},
            "sund-general-staff": {"side": "sund"},
            "sund-s-army": {"side": "sund"},
            "sund-gunners": {"side": "sund"},
            "norland-artillery": {"side": "norland"},
            "norland-defence-ministry": {"side": "norland"},
            "norland-officer": {"side": "norland"},
        },
    ),
    [Told("A1", True, (9, 9)), Told("B1", True, (9, 9)), Told("C1", True, (9, 9))],
    [Expected("perpetrator", [{"A1", "C1"}, {"B1"}], outcome=None, marks={"denied"})],
)  # fmt: skip

_OUTLETS = [f"Outlet {number}" for number in range(1, 18)]
CASES["K30"] = Case(
    one(
        RAID,
        text("A", "Hollin Sun", "03-22", "Fourteen people were killed, the coast guard said.",
             rec("A1", "Fourteen people", 14, "the coast guard")),
        *(
            text(f"B{number}", outlet, "03-22", "The coast guard said 14 people had been killed.",
                 rec("B1", "14 people", 14, "The coast guard"))
            for number, outlet in enumerate(_OUTLETS, 1)
        ),
        text("C", "Delta Post", "03-22", "Fourteen people were killed at the landing.",
             rec("C1", "Fourteen people", 14)),
        text("D", "Hollin Citizen", "03-22", "Sixteen people were killed, the fishermen's guild said.",
             rec("D1", "Sixteen people", 16, "the fishermen's guild")),
    ),
    [
        Told("A1", True, (14, 14), marks={"restatement"}),
        Told("C1", True, (14, 14), marks={"stated_as_fact"}),
        Told("D1", True, (16, 16)),
    ],
    [
        Expected(
            "total",
            [{"A1", "C1", *(f"B{n}/B1" for n in range(1, 18))}, {"D1"}],
            marks={"restatement", "stated_as_fact"},
        )
    ],
)  # fmt: skip
