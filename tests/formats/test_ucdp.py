"""Rows for UCDP GED: what fills them, what is left blank, what is in none, and stacking them."""

import csv
import io
import json

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_corpora import WHY, MadeCorpus, MadeText, rec
from pyarrow import csv as arrow_csv
from random_texts import reports

import warclaims
from sizes import SOAK
from support.many_accounts import registries
from warclaims.formats.ucdp.export import ucdp_table

EXAMPLES = settings(max_examples=400 if SOAK else 40)
INT, FLOAT, TEXT, DAY = "Int64", "float64", "string", "datetime64[ns]"

# As the codebook of GED has them, in the order of its files.
GED = {
    "id": INT, "relid": TEXT, "year": INT, "active_year": INT, "code_status": TEXT,
    "type_of_violence": INT, "conflict_dset_id": INT, "conflict_new_id": INT,
    "conflict_name": TEXT, "dyad_dset_id": INT, "dyad_new_id": INT, "dyad_name": TEXT,
    "side_a_dset_id": INT, "side_a_new_id": INT, "side_a": TEXT, "side_b_dset_id": INT,
    "side_b_new_id": INT, "side_b": TEXT, "number_of_sources": INT, "source_article": TEXT,
    "source_office": TEXT, "source_date": TEXT, "source_headline": TEXT, "source_original": TEXT,
    "where_prec": INT, "where_coordinates": TEXT, "where_description": TEXT, "adm_1": TEXT,
    "adm_2": TEXT, "latitude": FLOAT, "longitude": FLOAT, "geom_wkt": TEXT, "priogrid_gid": INT,
    "country": TEXT, "country_id": INT, "region": TEXT, "event_clarity": INT, "date_prec": INT,
    "date_start": DAY, "date_end": DAY, "deaths_a": INT, "deaths_b": INT, "deaths_civilians": INT,
    "deaths_unknown": INT, "best": INT, "high": INT, "low": INT, "gwnoa": INT, "gwnob": INT,
}  # fmt: skip

ARROW = {INT: pa.int64(), FLOAT: pa.float64(), TEXT: pa.string(), DAY: pa.timestamp("ns")}
DAYS = [name for name, kind in GED.items() if kind == DAY]
OTHERS = {name: kind for name, kind in GED.items() if kind != DAY}

STATE = {"type": "state_body", "side": "north"}
REBELS = {"type": "armed_group", "side": "south"}
BLAST, FIGHT, RAID = "explosion", "battle", "attack_on_civilians"


def text(words, *records, name="A", outlet="Halden Post", date="03-03", **more):
    return MadeText(name, outlet, date, words, records, **more)


def corpus(tmp_path, *texts, events=None, places=(), **more):
    made = MadeCorpus(events or {"blast": BLAST}, texts, **more).write(tmp_path / "corpus")
    if places:
        path = made.root / "annotations/registry/places.json"
        path.write_text(json.dumps({"schema_version": "2.0", "places": [*places]}))
    return warclaims.open(made.root)


def table(*given, **more):
    made = corpus(*given, **more)
    return ucdp_table(made.bundles(), made.registries)


def row(*given, **more):
    (found,) = table(*given, **more).rows
    return found


def numbers(found):
    return found["low"], found["best"], found["high"]


def place(name, kind="city", parent=None, point=None, ids=()):
    link = parent and {"id": parent, **WHY}
    if point:
        point = dict(zip(("latitude", "longitude", "precision"), point, strict=True))
        point["source"] = "a map"
    ids = [{"scheme": scheme, "value": value, "source": "a list"} for scheme, value in ids]
    entry = {"id": name, "label": name.title(), "type": kind, "parent": link, "names": []}
    return {**entry, "coordinates": point, "external_ids": ids, **WHY}


SIX = text("Six people were killed.", rec("c1", "Six people", 6))
SIX_TOO = text(
    "Six people died, a hospital said.", rec("c1", "Six people", 6, "a hospital"), name="B"
)
NINE = text("Nine people died.", rec("c1", "Nine people", 9), name="C", outlet="Issel Courier")


def test_one_number_is_low_best_and_high_and_all_are_of_unknown_status(tmp_path):
    found = row(tmp_path, SIX, SIX_TOO)
    assert numbers(found) == (6, 6, 6)
    assert (found["deaths_unknown"], found["deaths_civilians"]) == (6, None)
    assert (found["best_reason"], found["high_is_open"], found["soft"]) == (None, 0, 0)
    assert found["accounts"] == ["A:killed:c1", "B:killed:c1"]


def test_positions_give_low_and_high_and_no_best(tmp_path):
    found = row(tmp_path, SIX, NINE)
    assert numbers(found) == (6, None, 9)
    assert found["best_reason"].startswith("6 (1 account) against 9")


def test_a_number_on_the_word_of_one_side_is_no_best(tmp_path):
    words = "The ministry said that six people died."
    said = text(words, rec("c1", "six people", 6, "The ministry"))
    found = row(tmp_path, said, entities={"ministry": STATE}, sides=["north", "south"])
    assert numbers(found) == (6, None, 6)
    assert found["best_reason"] == "only sources of one side give this number: North"


def test_a_number_on_which_both_sides_agree_is_best(tmp_path):
    texts = [
        text(
            f"The {of} said that six people died.", rec("c1", "six people", 6, f"The {of}"), name=n
        )
        for n, of in (("A", "ministry"), ("B", "front"))
    ]
    entities = {"ministry": STATE, "front": REBELS}
    assert row(tmp_path, *texts, entities=entities, sides=["north", "south"])["best"] == 6


def test_a_number_that_depends_on_a_reading_is_no_best(tmp_path):
    lost = rec("c1", "six men", 6, alternatives=[{"outcome": "killed_or_injured"}])
    found = row(tmp_path, text("They lost six men.", lost))
    assert numbers(found) == (6, None, 6)
    assert found["best_reason"] == "depends on the reading of A:c1"


def test_another_reading_of_who_they_were_leaves_the_number(tmp_path):
    one = rec("c1", "six men", 6, status="police", alternatives=[{"status": ["military"]}])
    assert row(tmp_path, text("They killed six men.", one))["best"] == 6


FALLEN = (
    "Nine people died: four soldiers of the north, three fighters of the south and two farmers. "
    "The ministry said that it was a sad day."
)
RECORDS = (
    rec("c1", "Nine people", 9),
    rec("c2", "four soldiers of the north", 4, status="military", side="north", subset_of="c1"),
    rec("c3", "three fighters of the south", 3, status="fighter", side="south", subset_of="c1"),
    rec("c4", "two farmers", 2, status="civilian", subset_of="c1"),
)
SPOKE = {"source": "The ministry", "content": "that it was a sad day"}
GWNO = [{"scheme": "gwno", "value": "999", "source": "a list"}]
WAR = {"fight": {"type": FIGHT, "parent": "the-war"}, "the-war": "war"}


def fallen(tmp_path, events=WAR, entity=STATE):
    return row(
        tmp_path,
        text(FALLEN, *RECORDS, said=[SPOKE]),
        events=events,
        entities={"ministry": {**entity, "external_ids": GWNO}},
        sides=["south", "north"],
    )


def test_the_two_sides_and_their_dead(tmp_path):
    found = fallen(tmp_path)
    assert numbers(found) == (9, 9, 9)
    assert (found["side_a"], found["side_b"]) == ("North", "South"), "a state is side A"
    assert (found["dyad_name"], found["conflict_name"]) == ("North - South", "the war")
    assert (found["type_of_violence"], found["gwnoa"], found["gwnob"]) == (1, "999", None)
    assert [found[f"deaths_{of}"] for of in ("a", "b", "civilians", "unknown")] == [4, 3, 2, 0]


def test_without_a_state_in_the_registry_there_is_no_dyad(tmp_path):
    found = fallen(tmp_path, entity={"type": "armed_group", "side": "north"})
    blank = ("side_a", "side_b", "dyad_name", "type_of_violence", "deaths_a", "deaths_b", "gwnoa")
    assert [found[name] for name in blank] == [None] * 7
    assert (found["deaths_civilians"], found["deaths_unknown"]) == (2, 7)


def test_an_attack_on_civilians_is_one_sided_and_nobody_is_named_for_it(tmp_path):
    found = fallen(tmp_path, events={"raid": RAID})
    assert (found["type_of_violence"], found["side_a"], found["side_b"]) == (3, None, "Civilians")
    assert (found["deaths_a"], found["deaths_civilians"]) == (None, 2)


def test_a_count_of_one_side_is_no_count_of_all(tmp_path):
    north = rec("c1", "Ten men of the north", 10, status="military", side="north")
    south = rec("c1", "Fifty men of the south", 50, status="military", side="south")
    found = row(
        tmp_path,
        text("Ten men of the north died.", north),
        text("Fifty men of the south died.", south, name="B", outlet="Issel Courier"),
        events={"fight": FIGHT},
        sides=["north", "south"],
    )
    assert numbers(found) == (60, None, 60)
    assert found["best_reason"] == "no account counts the dead of all sides"


def test_who_is_disputed_is_of_unknown_status(tmp_path):
    one = text("Six civilians died.", rec("c1", "Six civilians", 6, status="civilian"))
    other = text(
        "Six soldiers died.", rec("c1", "Six soldiers", 6, status="military"), name="B", outlet="X"
    )
    found = row(tmp_path, one, other)
    assert (found["deaths_civilians"], found["best"]) == (None, 6)
    assert found["deaths_unknown"] == 6


@pytest.mark.parametrize("status", ["medic", "journalist"])
def test_kinds_of_civilians_are_civilians(tmp_path, status):
    found = row(tmp_path, text("Two of them died.", rec("c1", "Two of them", 2, status=status)))
    assert (found["deaths_civilians"], found["deaths_unknown"]) == (2, 0)


COUNTRY = place("avaria", "country", ids=[("gwno", "998")])
TOWN = place("tamsel", parent="avaria", point=(10.25, -20.5, 1))
HAMLET = place("lower-tamsel", parent="tamsel", point=(10.3, -20.4, 2))


def located(tmp_path, *places):
    events = {"blast": {"type": BLAST, "places": list(places)}}
    return row(tmp_path, SIX, events=events, places=[HAMLET, COUNTRY, TOWN])


def test_the_place_is_the_one_in_which_the_others_lie(tmp_path):
    found = located(tmp_path, "lower-tamsel", "tamsel")
    assert (found["where_prec"], found["latitude"], found["longitude"]) == (1, 10.25, -20.5)
    assert (found["where_coordinates"], found["geom_wkt"]) == ("Tamsel", "POINT (-20.5 10.25)")
    assert found["priogrid_gid"] == 200 * 720 + 319 + 1
    assert (found["country"], found["country_id"]) == ("Avaria", "998")
    assert found["where_description"] == ["Lower-Tamsel", "Tamsel"]


def test_a_country_has_no_coordinates_and_no_place_is_blank(tmp_path):
    found = located(tmp_path, "avaria")
    assert (found["country"], found["where_prec"], found["geom_wkt"]) == ("Avaria", None, None)
    assert located(tmp_path / "other")["country"] is None


@pytest.mark.parametrize(
    ("dates", "days", "precision"),
    [
        (("2001-02-03", "2001-02-03"), ("2001-02-03", "2001-02-03"), 1),
        (("2001-01-30", "2001-02-03"), ("2001-01-30", "2001-02-03"), 2),
        (("2001-02-03", "2001-02-09"), ("2001-02-03", "2001-02-09"), 3),
        (("2004-02", "2004-02"), ("2004-02-01", "2004-02-29"), 4),
        (("2001", "2001"), ("2001-01-01", "2001-12-31"), 5),
        (("2000", "2001"), ("2000-01-01", "2001-12-31"), None),
        (("2001-02-03", None), ("2001-02-03", None), None),
    ],
)
def test_dates_and_their_precision(tmp_path, dates, days, precision):
    start, end = dates
    found = row(tmp_path, SIX, events={"blast": {"type": BLAST, "start": start, "end": end}})
    written = [day and f"{day} 00:00:00.000" for day in days]
    assert [found["date_start"], found["date_end"]] == written
    assert found["date_prec"] == precision
    assert found["event_clarity"] == (1 if precision == 1 else None)
    assert found["year"] == (int(start[:4]) if end and start[:4] == end[:4] else None)


def test_the_source_columns_are_aligned(tmp_path):
    words = "A title\n\nSix died."
    made = MadeText("C", None, "03-04", words, [rec("c1", "Six", 6)], title="A title")
    found = row(tmp_path, SIX, SIX_TOO, made)
    assert found["number_of_sources"] == 3
    assert found["source_office"] == "Halden Post;Halden Post;"
    assert found["source_date"] == "2031-03-03;2031-03-03;2031-03-04"
    assert found["source_headline"] == ";;A title"
    assert found["source_article"].endswith(";,2031-03-04,A title")
    assert found["source_original"] == "Halden Post;a hospital;text C"


def test_a_count_of_two_events_is_in_no_row_and_is_listed(tmp_path):
    both = rec("c1", "Eleven people", 11, event=("blast", "raid"))
    found = table(
        tmp_path,
        text("Eleven people died in both.", both, name="D"),
        SIX,
        events={"blast": BLAST, "raid": RAID},
    )
    assert [one["event"] for one in found.rows] == ["blast"]
    (line,) = found.left_out
    assert line == "in no row: D:killed:c1: 11, ‘blast’ and ‘raid’ (one count of several events)"


def test_events_without_dead_have_no_row(tmp_path):
    texts = [
        text("Six people were hurt.", rec("c1", "Six people", 6, outcome="injured")),
        text("No people died.", rec("c1", "No people", 0), name="B"),
        text("No civilians died.", rec("c1", "No civilians", 0, status="civilian"), name="C"),
    ]
    assert table(tmp_path, *texts) == ([], [])


def told(words, *numbers, **fields):
    """A text with one count per phrase; ``words`` are ``phrase`` or ``phrase | sentence``."""
    phrase, _, sentence = words.partition(" | ")
    return text(sentence or f"{phrase} were killed.", rec("c1", phrase, *numbers, **fields))


@pytest.mark.parametrize(
    ("texts", "expected", "is_open", "soft"),
    [
        ([told("At least 34 people", 34, quantifier="at_least")], (34, None, 34), 1, 0),
        ([told("More than 34 people", 34, quantifier="more_than")], (35, None, 35), 1, 0),
        ([told("At most 20 people", 20, quantifier="at_most")], (1, None, 20), 0, 0),
        ([told("12 to 15 men", 12, quantifier="range", value_max=15)], (12, None, 15), 0, 0),
        ([told("Several people", quantifier="indefinite")], (3, None, 3), 1, 0),
        ([told("About 300 people", 300, quantifier="approximate")], (270, None, 330), 0, 1),
        ([told("Dozens of people", 12, quantifier="order_of_magnitude")], (12, None, 99), 0, 1),
        ([told("Four soldiers", 4, status="military")], (4, 4, 4), 1, 0),
        ([told("Seven people", 7, certainty="presumed")], (7, None, 7), 0, 0),
        ([told("Seven people", 7, certainty="unverified")], (7, None, 7), 0, 0),
    ],
)
def test_how_a_number_is_meant(tmp_path, texts, expected, is_open, soft):
    found = row(tmp_path, *texts)
    assert numbers(found) == expected
    assert (found["high_is_open"], found["soft"]) == (is_open, soft)
    assert (found["best"] is None) == bool(found["best_reason"])


@pytest.mark.parametrize(
    ("one", "other", "expected", "is_open"),
    [
        (("At least 34 people", 34, "at_least"), ("40 people", 40, "exact"), (40, 40, 40), 0),
        (("Dozens of people", 12, "order_of_magnitude"), ("27 men", 27, "exact"), (27, 27, 27), 0),
        (("About 300 people", 300, "approximate"), ("290 men", 290, "exact"), (290, 290, 290), 0),
        (("At least 41 people", 41, "at_least"), ("40 people", 40, "exact"), (40, None, 41), 1),
        (("About 300 people", 300, "approximate"), ("340 men", 340, "exact"), (270, None, 340), 0),
    ],
)
def test_what_a_position_of_two_accounts_allows(tmp_path, one, other, expected, is_open):
    made = [
        text(f"{words} were killed.", rec("c1", words, value, quantifier=how), name=n, outlet=n)
        for n, (words, value, how) in (("A", one), ("B", other))
    ]
    found = row(tmp_path, *made)
    assert numbers(found) == expected
    assert found["high_is_open"] == is_open


def test_dead_and_injured_in_one_number_are_in_no_row(tmp_path):
    hit = rec("c1", "85 people", 85, outcome="killed_or_injured")
    found = table(tmp_path, text("85 people were hit.", hit))
    assert found.rows == []
    assert found.left_out == [
        "in no row: A:killed_or_injured:c1: 85, ‘blast’ (dead and injured in one number)"
    ]
    found = table(tmp_path / "more", text("85 people were hit.", hit), SIX_TOO)
    assert [numbers(one) for one in found.rows] == [(6, 6, 6)]
    assert len(found.left_out) == 1


def test_feared_dead_raise_high_only(tmp_path):
    dead, feared = rec("c1", "Ten people", 10), rec("c2", "five", 5, certainty="presumed")
    found = row(tmp_path, text("Ten people died and five are feared dead.", dead, feared))
    assert numbers(found) == (10, None, 15)


def test_a_number_that_is_taken_back_does_not_count(tmp_path):
    wrong = rec("c1", "17 dead", 17, "The mayor", certainty="retracted")
    found = table(
        tmp_path, text("The mayor said that 17 dead were an error.", wrong, name="C"), SIX
    )
    assert [numbers(one) for one in found.rows] == [(6, 6, 6)]
    assert found.rows[0]["accounts"] == ["A:killed:c1"]


def test_a_later_number_of_the_same_source_counts(tmp_path):
    said = [
        text(
            f"{n} people died, the mayor said.",
            rec("c1", f"{n} people", n, "the mayor"),
            name=name,
            date=day,
        )
        for name, n, day in (("A", 21, "03-03"), ("B", 34, "03-04"))
    ]
    found = row(tmp_path, *said)
    assert (*numbers(found), found["accounts"]) == (34, 34, 34, ["B:killed:c1"])


def test_a_number_that_its_source_takes_back_in_a_later_text_does_not_count(tmp_path):
    said = [
        text("The mayor said that 17 people died.", rec("c1", "17 people", 17, "The mayor")),
        text(
            "The mayor said that 17 dead were an error.",
            rec("c1", "17 dead", 17, "The mayor", certainty="retracted"),
            name="B",
            date="03-04",
        ),
    ]
    assert table(tmp_path, *said).rows == []
    found = row(tmp_path / "more", *said, NINE)
    assert numbers(found) == (9, 9, 9)


def test_two_numbers_of_the_dead_of_one_side_are_low_and_high(tmp_path):
    said = []
    for of, n in (("ministry", 200), ("front", 12)):
        dead = rec("c1", f"{n} soldiers", n, f"The {of}", status="military", side="south")
        said.append(text(f"The {of} counted {n} soldiers.", dead, name=of))
    entities = {"ministry": STATE, "front": REBELS}
    found = row(
        tmp_path, *said, events={"fight": FIGHT}, entities=entities, sides=["north", "south"]
    )
    assert numbers(found) == (12, None, 200)
    assert found["best_reason"].startswith("12 soldiers")
    assert found["side_a"] is None, "nobody of the north is said to have died"


SNIPERS, MORE_SNIPERS = ("Snipers", 200, "small_arms"), ("Riflemen", 300, "small_arms")
MINES, ALL = ("Mines", 100, "landmine"), ("The war", 1500, None)
OPEN_REASON = "no account counts the dead of all causes and perpetrators"


@pytest.mark.parametrize(
    ("counts", "kind", "expected", "reason"),
    [
        ((SNIPERS, MINES, ALL), "war", (1500, 1500, 1500, 0), None),
        ((SNIPERS, MORE_SNIPERS, ALL), "war", (1500, 1500, 1500, 0), None),
        ((SNIPERS, MINES), "war", (200, None, 200, 1), OPEN_REASON),
        ((SNIPERS, MORE_SNIPERS), "war", (200, None, 300, 1), "200 (1 account) against 300"),
        ((SNIPERS, MORE_SNIPERS, MINES), "war", (200, None, 300, 1), "200 (1 account) against"),
        ((SNIPERS, MINES, ALL), FIGHT, (200, None, 1500, 0), "100 (1 account) against 1,500"),
    ],
)
def test_counts_of_one_cause_are_minimums_beside_others(tmp_path, counts, kind, expected, reason):
    texts = []
    for who, number, cause in counts:
        more = {"cause": cause} if cause else {}
        words = f"{number} people"
        said = rec("c1", words, number, **more)
        texts.append(text(f"{who} killed {words}.", said, name=who.split()[-1], outlet=who))
    found = row(tmp_path, *texts, events={"the-war": kind})
    assert (*numbers(found), found["high_is_open"]) == expected
    assert (found["best_reason"] or "")[: len(reason or "")] == (reason or "")


def test_what_is_known_of_the_dead_on_the_word_of_another_source_fills_no_kind(tmp_path):
    whole = rec("c1", "Sixty people", 60)
    part = rec("c2", "13 civilians", 13, "a doctor", status="civilian", subset_of="c1")
    words = "Sixty people died; 13 civilians were among them, a doctor said."
    found = row(tmp_path, text(words, whole, part))
    assert (found["best"], found["deaths_civilians"]) == (60, None)


def test_a_number_that_the_text_replaces_does_not_count(tmp_path):
    new, old = rec("c1", "34", 34, "The mayor", revises="c2"), rec("c2", "21", 21, "The mayor")
    found = row(tmp_path, text("The mayor put the toll at 34, up from 21.", new, old))
    assert numbers(found) == (34, 34, 34)


def test_groups_that_may_overlap_give_no_best(tmp_path):
    found = row(
        tmp_path,
        text(
            "Five people died. Later four people died.",
            rec("c1", "Five people", 5),
            rec("c2", "four people", 4),
        ),
    )
    assert numbers(found) == (5, None, 9)


def test_parts_that_exceed_their_whole_fill_no_kind(tmp_path):
    parts = [
        rec("c1", "Ten people", 10),
        rec("c2", "seven soldiers", 7, status="military", subset_of="c1"),
        rec("c3", "five civilians", 5, status="civilian", subset_of="c1"),
    ]
    found = row(tmp_path, text("Ten people, seven soldiers and five civilians, died.", *parts))
    assert (found["best"], found["deaths_civilians"], found["deaths_unknown"]) == (10, None, 10)


TREE = {
    "war": "war",
    "week": {"type": FIGHT, "parent": "war"},
    "day": {"type": FIGHT, "parent": "week"},
}


def test_a_whole_whose_part_has_a_row_has_none_and_is_listed(tmp_path):
    texts = [
        text(f"{words} died.", rec("c1", words, number, event=event), name=name)
        for name, words, number, event in (
            ("A", "900 people", 900, "war"),
            ("B", "Forty people", 40, "week"),
            ("C", "Two men", 2, "day"),
        )
    ]
    found = table(tmp_path, *texts, events=TREE)
    assert [one["event"] for one in found.rows] == ["day"]
    assert found.rows[0]["part_of"] == "week"
    assert found.left_out == [
        "in no row: war: low 900, high 900, ‘war’ (its parts have rows)",
        "in no row: week: low 40, high 40, ‘week’ (its parts have rows)",
    ]


def test_a_whole_whose_parts_have_no_dead_has_a_row(tmp_path):
    texts = [
        text("900 people died.", rec("c1", "900 people", 900, event="war")),
        text(
            "Two men were hurt.", rec("c1", "Two men", 2, event="day", outcome="injured"), name="B"
        ),
    ]
    found = row(tmp_path, *texts, events=TREE)
    assert (found["event"], found["event_clarity"], *numbers(found)) == ("war", 2, 900, 900, 900)


def test_what_a_whole_leaves_for_one_event_is_in_no_row(tmp_path):
    both = rec("c1", "19 people", 19, "The mayor", event=("day", "raid"))
    one = rec("c2", "twelve", 12, "The mayor", event="day")
    found = table(
        tmp_path,
        text("The mayor counted 19 people, twelve in the fight.", both, one),
        events={"day": FIGHT, "raid": RAID},
    )
    assert [(one["event"], one["best"]) for one in found.rows] == [("day", 12)]
    assert len(found.left_out) == 1


@EXAMPLES
@given(reports(), st.sampled_from(["battle", "explosion", "war"]))
def test_the_columns_of_deaths_fit_each_other(several, event_type):
    found = ucdp_table([report.bundle() for report in several], registries(event_type))
    for one in found.rows:
        assert one["low"] <= one["high"]
        assert (one["best"] is None) == bool(one["best_reason"])
        if one["best"] is not None:
            assert one["low"] == one["best"] == one["high"]
            assert one["deaths_unknown"] + (one["deaths_civilians"] or 0) == one["best"]
    again = ucdp_table([report.bundle() for report in reversed(several)], registries(event_type))
    assert again == found


def test_the_shipped_texts():
    made = warclaims.open()
    found = {one["event"]: one for one in ucdp_table(made.bundles(), made.registries).rows}
    mines = found["mine-explosions-2023"]
    assert (*numbers(mines), mines["deaths_civilians"]) == (6, 6, 6, 2)
    assert numbers(found["offensive-2023"]) == (6, None, 6), "five, and one “also”"
    assert "another-incident-2023" not in found, "its five are in no text"


def test_rows_are_stacked_on_ged_by_pandas(cli, tmp_path):
    path = tmp_path / "events.csv"
    assert cli("claims", "--format", "ucdp", "--out", path).returncode == 0
    ged = pd.DataFrame({name: pd.Series([None], dtype=kind) for name, kind in GED.items()})
    own = pd.read_csv(path, dtype=OTHERS, parse_dates=DAYS)
    assert list(own.columns)[: len(GED)] == list(GED)
    stacked = pd.concat([ged, own[list(GED)]], ignore_index=True)
    assert {name: str(kind) for name, kind in stacked.dtypes.items()} == GED
    assert len(stacked) == len(own) + 1


def test_rows_are_stacked_on_ged_by_pyarrow(cli, tmp_path):
    path = tmp_path / "events.csv"
    assert cli("export", "ucdp", "--out", path).returncode == 0
    types = {name: ARROW[kind] for name, kind in GED.items()}
    ged = pa.schema(types).empty_table()
    own = arrow_csv.read_csv(path, convert_options=arrow_csv.ConvertOptions(column_types=types))
    assert pa.concat_tables([ged, own.select(list(GED))]).num_rows == own.num_rows > 0


def test_without_dead_the_file_has_its_header(cli, tmp_path):
    hurt = text("Six people were hurt.", rec("c1", "Six people", 6, outcome="injured"))
    path = tmp_path / "events.csv"
    made = corpus(tmp_path, hurt)
    run = cli("--corpus", made.root, "claims", "--format", "ucdp", "--out", path)
    assert run.returncode == 0, run.stderr
    assert list(pd.read_csv(path).columns)[: len(GED)] == list(GED)
    assert len(pd.read_csv(path)) == 0


def test_the_rows_of_an_event_and_its_parts_are_selected(cli):
    run = cli("claims", "--format", "ucdp", "--event", "war-2020")
    rows = list(csv.DictReader(io.StringIO(run.stdout, newline="")))
    assert [one["event"] for one in rows] == ["war-2020-first-day"]
    assert "in no row: war-2020: low 7,001, high 7,001 or more" in run.stderr
    run = cli("claims", "--format", "ucdp", "--event", "mine-explosion-2023")
    assert run.returncode == 2
    assert "did you mean 'mine-explosions-2023'?" in run.stderr


@pytest.mark.parametrize(
    "option", [("--sort", "date"), ("--outlet", "NOS"), ("--narrator-only",), ("--side", "x")]
)
def test_options_without_effect_are_refused(cli, option):
    run = cli("claims", "--format", "ucdp", *option)
    assert run.returncode == 2
    assert f"cannot be combined with {option[0]}: it makes a row per event" in run.stderr


def test_a_file_of_ged_is_not_replaced(cli, tmp_path):
    path = tmp_path / "GEDEvent.csv"
    path.write_text("\ufeff" + ",".join(GED) + "\n", encoding="utf-8")
    run = cli("claims", "--format", "ucdp", "--out", path)
    assert run.returncode == 2
    assert "was not written by this export" in run.stderr
