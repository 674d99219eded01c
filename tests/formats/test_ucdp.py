"""Low, best and high by event: each clause of the rule, and the shipped texts."""

import pytest

import warclaims
from warclaims.formats.ucdp.estimates import COLUMNS, ucdp_rows
from warclaims.records import (
    ChainStep,
    Claim,
    Coordinates,
    Event,
    Lists,
    OwnValue,
    Place,
    VictimGroup,
)
from warclaims.records.vocabulary import Quantifier, VictimCertainty


def event(start: str | None = "2001-02-03", end: str | None = "2001-02-03", places=()) -> Event:
    return Event.model_construct(
        id="bus", label="the bus", start=start, end=end, places=places, parent=None
    )


def claim(
    name: str,
    low: int | None,
    high: int | None,
    source: str | None = None,
    *,
    events: tuple[str, ...] = ("bus",),
    outcome: str = "killed",
    status: str = "",
    age: str = "unspecified",
    groups: tuple[VictimGroup, ...] = (),
    certainty: VictimCertainty = VictimCertainty.ASSERTED,
    **links: tuple[str, ...],
) -> Claim:
    exact = low is not None and low == high
    step = ChainStep.model_construct(entity=(source,))
    return Claim.model_construct(
        record=name,
        document=name.partition(":")[0],
        events=events,
        outcome=outcome,
        quantifier=Quantifier.EXACT if exact else Quantifier.AT_LEAST,
        value=low,
        minimum=low,
        maximum=high,
        status=tuple(status.split()),
        age=age,
        sex="unspecified",
        groups=groups,
        certainty=certainty,
        **{name: links.get(name, ()) for name in ("subset_of", "revises", "besides")},
        chain=(step,) if source is not None else (),
    )


def row(*claims: Claim) -> dict:
    (found,) = ucdp_rows(claims, {"bus": event()}, {})
    return found


def test_low_and_high_are_bounds_of_claims_and_best_what_most_sources_give():
    found = row(
        claim("a:c1", 6, 6, "ministry"),
        claim("b:c1", 6, 6, "ministry"),
        claim("c:c1", 9, 9, "rescuers"),
        claim("d:c1", 9, 9, "hospital"),
        claim("e:c1", 2, 4),
    )
    assert (found["low"], found["low_claim"]) == (2, "e:c1")
    assert (found["best"], found["best_claim"]) == (9, "c:c1"), "two sources against one"
    assert (found["high"], found["high_claim"]) == (9, "c:c1")
    assert (found["number_of_claims"], found["number_of_sources"]) == (5, 4)


def test_a_count_that_is_open_above_leaves_high_open():
    for open_above in (claim("b:c1", 500, None), claim("b:c1", None, None)):
        found = row(claim("a:c1", 5, 5), open_above)
        assert (found["low"], found["best"], found["high"]) == (5, 5, None)


def test_a_tie_is_the_lower_number_and_each_narrator_is_a_source():
    found = row(claim("a:c1", 9, 9), claim("b:c1", 6, 6))
    assert (found["best"], found["best_claim"]) == (6, "b:c1")


def test_without_an_exact_number_there_is_no_best():
    found = row(claim("a:c1", 2, None))
    assert (found["low"], found["best"], found["high"]) == (2, None, None)


def test_parts_and_other_events_and_outcomes_do_not_count():
    found = row(
        claim("a:c1", 6, 6),
        claim("a:c2", 1, 1, subset_of=("a:c1",)),
        claim("b:c1", 90, 90, outcome="injured"),
        claim("c:c1", 90, 90, events=("bus", "car")),
        claim("d:c1", 2, 2, status="civilian"),
        claim("d:c2", 1, 1, status="civilian", age="child", subset_of=("d:c1",)),
    )
    assert (found["low"], found["best"], found["high"]) == (6, 6, 6)
    assert (found["deaths_civilians"], found["deaths_civilians_claim"]) == (2, "d:c1")


def test_claims_of_some_count_where_there_is_no_other():
    assert row(claim("d:c1", 2, 2, status="civilian"))["best"] == 2


@pytest.mark.parametrize(
    ("status", "is_some"),
    [
        ("", False),
        ("police civilian", False),
        ("medic", True),
        ("prisoner", True),
        ("civilian prisoner", True),
        ("police civilian prisoner", False),
    ],
)
def test_claims_of_some_do_not_count_beside_one_of_all(status, is_some):
    found = row(claim("a:c1", 6, 6), claim("b:c1", 4, 4, status=status))
    assert found["low"] == (6 if is_some else 4)


def test_groups_and_additions_are_some_of_the_dead():
    women = VictimGroup(age="adult", sex="female")
    for some in (
        claim("b:c1", 4, 4, groups=(women, VictimGroup(age="child"))),
        claim("b:c1", 4, 4, besides=("b:c2",)),
    ):
        assert row(claim("a:c1", 6, 6), some)["low"] == 6


@pytest.mark.parametrize(
    ("status", "groups", "deaths"),
    [
        ("medic", (), 2),
        ("journalist official", (), 2),
        ("civilian prisoner", (), 2),
        ("prisoner", (), None),
        ("police civilian", (), None),
        ("", (VictimGroup(status=("medic",)), VictimGroup(status=("civilian",))), 2),
        ("", (VictimGroup(status=("medic",)), VictimGroup(age="child")), None),
        ("witness", (), 2),
    ],
)
def test_kinds_of_civilians_are_civilians(status, groups, deaths):
    own = OwnValue(list="status", value="witness", label="x", meaning="x", kind_of="civilian")
    found = claim("a:c1", 2, 2, status=status, groups=groups)
    (only,) = ucdp_rows([found], {"bus": event()}, {}, Lists([own]))
    assert only["deaths_civilians"] == deaths


def test_a_kind_of_killing_that_a_corpus_adds_is_a_death():
    own = OwnValue(list="outcome", value="lynched", label="x", meaning="x", kind_of="killed")
    claims = [claim("a:c1", 2, 2, outcome="lynched")]
    assert list(ucdp_rows(claims, {"bus": event()}, {})) == []
    (only,) = ucdp_rows(claims, {"bus": event()}, {}, Lists([own]))
    assert only["best"] == 2


def test_numbers_that_their_text_replaces_or_takes_back_do_not_count():
    found = row(
        claim("a:c1", 9, 9, revises=("a:c2",)),
        claim("a:c2", 4, 4),
        claim("b:c1", 1, 1, certainty=VictimCertainty.RETRACTED),
    )
    assert (found["low"], found["best"], found["high"]) == (9, 9, 9)
    assert found["number_of_claims"] == 1


def test_a_count_without_a_claim_has_no_row():
    assert list(ucdp_rows([], {"bus": event()}, {})) == []


def test_precision_of_dates():
    events = {"bus": event("2001", "2001")}
    (found,) = ucdp_rows([claim("a:c1", 1, 1)], events, {})
    assert found["date_prec"] == 5


@pytest.mark.parametrize(
    ("start", "end", "precision"),
    [
        ("2001-02-03", "2001-02-03", 1),
        ("2001-02-03", "2001-02-06", 2),
        ("2001-02-03", "2001-02-09", 3),
        ("2001-02-03", "2001-02-20", 4),
        ("2001-02", "2001-02", 4),
        ("2001-02-03", "2001-05-06", 5),
        ("2001", "2002", None),
        ("2001-02-03", None, None),
        (None, None, None),
    ],
)
def test_precision_of_spans(start, end, precision):
    events = {"bus": event(start, end)}
    (found,) = ucdp_rows([claim("a:c1", 1, 1)], events, {})
    assert found["date_prec"] == precision


def test_a_place_is_that_of_the_event_or_none():
    events = {"bus": event(places=("region", "town"))}
    point = Coordinates(latitude=1.0, longitude=2.0, precision=1, source="a map")
    places = {
        "region": Place.model_construct(label="the region", coordinates=None),
        "town": Place.model_construct(label="a town", coordinates=point),
    }
    (found,) = ucdp_rows([claim("a:c1", 1, 1)], events, places)
    assert (found["where"], found["latitude"]) == ("the region", None)


def test_the_shipped_texts():
    corpus = warclaims.open()
    events, places = corpus.registries.events, corpus.registries.places
    found = {one["id"]: one for one in ucdp_rows(warclaims.claims(corpus), events, places)}
    assert found["mine-explosions-2023"]["best_claim"] == "004:c6", "the eleven cover more"
    assert found["war-2020-first-day"]["part_of"] == "war-2020"
    assert found["war-2020"]["low"] == 7001
    assert found["first-war"]["high"] is None, "more than 30,000 is open above"
    assert "conflict-since-1988" not in found, "nothing is added up"


def test_without_events_the_file_has_its_header(cli, mini):
    run = cli("--corpus", mini, "claims", "--format", "ucdp", "--outcome", "missing")
    assert run.returncode == 0
    assert run.stdout.startswith("id,label,part_of,date_start,")
    assert run.stdout.count("\n") == 1


def test_every_column_is_filled_in():
    assert tuple(row(claim("a:c1", 6, 6))) == COLUMNS
