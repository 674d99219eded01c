"""The relations between claims, one small pair a rule."""

import pytest

import warclaims
from made_up import EVENTS, claim, event
from warclaims.build.tables import TableInput
from warclaims.derive import relate
from warclaims.records import Claim


def relation(one: Claim, other: Claim) -> tuple[str, str] | None:
    """The relation of two claims, which must be the same from either side and in either order."""
    found = relate([one, other], EVENTS)
    again = relate([other, one], EVENTS)
    kinds = {name: [r.kind for r in relations] for name, relations in found.items()}
    assert kinds == {name: [r.kind for r in relations] for name, relations in again.items()}
    assert kinds[one.id] == kinds[other.id]
    if not found[one.id]:
        return None
    (only,) = found[one.id]
    assert only.wider in (None, one.id, other.id)
    return only.kind.value, only.reason


@pytest.mark.parametrize(
    ("one", "other", "kind", "words"),
    [
        (claim("a", "six", 6, "bus"), claim("b", "six dead", 6, "bus"), "agree", "6"),
        (
            claim("a", "two", 2, "bus"),
            claim("b", "at least two", 2, "bus", quantifier="at_least"),
            "compatible",
            "2 and 2 or more",
        ),
        (
            claim("a", "eleven", 11, "blasts", "first"),
            claim("b", "six", 6, "blasts"),
            "scope",
            "a count for ‘the blasts’ and ‘the first war’",
        ),
        (
            claim("a", "six", 6, "blasts"),
            claim("b", "four", 4, "bus"),
            "scope",
            "for ‘the blast under the bus’ only",
        ),
        (
            claim("a", "six people", 6, "blasts"),
            claim("b", "two civilians", 2, "blasts", status="civilian"),
            "scope",
            "“two civilians” counts only civilians, “six people” people without that limit",
        ),
        (
            claim("a", "two civilians", 2, "blasts", status="civilian"),
            claim("b", "a child", 1, "blasts", age="child"),
            "compatible",
            "neither is said to include the other",
        ),
        (
            claim("a", "30,000", 30000, "first"),
            claim("b", "more than 30,000", 30000, "first", quantifier="more_than"),
            "rounding",
            "30,000",
        ),
        (
            claim("a", "about 32,000", 32000, "first", "second", quantifier="approximate"),
            claim("b", "more than 7,000", 7000, "second", quantifier="more_than"),
            "incomparable",
            "a count for ‘the first war’ and ‘the second war’",
        ),
        (
            claim("a", "seven", 7, "blasts"),
            claim("b", "five", 5, "blasts"),
            "contradict",
            "7 against 5",
        ),
        (
            claim("a", "four soldiers", 4, "car", status="military", cause="landmine"),
            claim("b", "four policemen", 4, "car", status="police", cause="vehicle_bomb"),
            "contradict",
            "landmine (a) against vehicle bomb (b) and military (a) against police (b)",
        ),
        (
            claim("a", "the wounded", None, "blasts"),
            claim("b", "some villagers", None, "blasts"),
            "compatible",
            "neither gives a number",
        ),
        (
            claim("a", "two casualties", 2, "blasts", outcome="killed_or_injured"),
            claim("b", "two deaths", 2, "blasts"),
            "scope",
            "dead and wounded together",
        ),
        (
            claim("a", "three", 3, "blasts"),
            claim("b", "nine", 9, "bus"),
            "contradict",
            "the wider count is the smaller: 3 against 9",
        ),
        (
            claim(
                "a",
                "two civilian casualties",
                2,
                "bus",
                outcome="killed_or_injured",
                status="civilian",
            ),
            claim("b", "11 injuries", 11, "bus", outcome="injured"),
            "compatible",
            "neither is said to include the other",
        ),
        (
            claim("a", "civilians and soldiers", None, "bus", status=("civilian", "military")),
            claim("b", "civilian lives", None, "bus", status="civilian"),
            "scope",
            "people of several kinds",
        ),
        (
            claim("a", "a million", 10**6, "first", quantifier="approximate"),
            claim(
                "b",
                "about 800,000 Azerbaijanis",
                8 * 10**5,
                "first",
                quantifier="approximate",
                side="az",
            ),
            "incomparable",
            "“a million” (approximate) and “about 800,000 Azerbaijanis” (approximate) set no",
        ),
        (
            claim(
                "a",
                "fifteen civilians",
                15,
                "blasts",
                outcome="killed_or_injured",
                status="civilian",
            ),
            claim("b", "two civilians", 2, "bus", status="civilian"),
            "scope",
            "a count for ‘the blasts’",
        ),
        (
            claim("a", "fifteen", 15, "blasts", outcome="killed_or_injured", subset_of=("a:x",)),
            claim("a", "eighty", 80, "blasts", outcome="injured", id="a:x"),
            "compatible",
            "“fifteen” is said to be among “eighty”",
        ),
    ],
)
def test_each_rule(one, other, kind, words):
    found = relation(one, other)
    assert found is not None
    assert found[0] == kind
    assert words in found[1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (claim("a", "six", 6, "bus"), claim("b", "four", 4, "car")),
        (claim("a", "six", 6, "bus"), claim("b", "six hurt", 6, "bus", outcome="injured")),
        (
            claim("a", "two civilians", 2, "blasts", status="civilian"),
            claim("b", "four police", 4, "blasts", status="police"),
        ),
        (
            claim("a", "four soldiers", 4, "blasts", status="military"),
            claim("b", "four police", 4, "blasts", status="police"),
        ),
        (
            claim("a", "six", 6, "bus", side="one"),
            claim("b", "five", 5, "bus", side="other"),
        ),
        (
            claim("a", "five Azerbaijanis", 5, "bus", side="one"),
            claim("b", "five Armenians", 5, "bus", side="other"),
        ),
        (
            claim("a", "two children", 2, "bus", age="child"),
            claim("b", "two adults", 2, "bus", age="adult"),
        ),
        (
            claim("a", "100 soldiers", 100, "first", status="military"),
            claim("b", "100 civilians", 100, "first", status="civilian"),
        ),
        (
            claim("a", "two civilians", 2, "blasts", status="civilian"),
            claim("b", "six dead", 6, "bus"),
        ),
        (claim("a", "six", 6), claim("b", "five", 5)),
    ],
    ids=[
        "other event",
        "other outcome",
        "other people",
        "same number but an event of parts",
        "other side",
        "other side, same number",
        "other age, same number",
        "a war is no single incident",
        "wider in one respect and narrower in another, on other events",
        "no event",
    ],
)
def test_claims_about_other_people_are_not_related(one, other):
    assert relation(one, other) is None


def test_an_unspecific_cause_contradicts_nothing():
    one = claim("a", "six", 6, "bus", cause="fighting")
    other = claim("b", "six", 6, "bus", cause="landmine")
    assert relation(one, other) == ("agree", "the same count: 6")


@pytest.fixture(scope="module")
def shipped_claims(request):
    corpus = warclaims.open(request.config.rootpath)
    return {item.text + "/" + item.document: item for item in TableInput(corpus, "gold").claims}


def kind_between(claims: dict[str, Claim], one: str, other: str) -> tuple[str, str]:
    wanted = claims[other].id
    found = next(r for r in claims[one].relations if r.claim == wanted)
    return found.kind.value, found.reason


def test_the_six_and_the_eleven_dead_of_004(shipped_claims):
    kind, reason = kind_between(
        shipped_claims, "Eleven Azerbaijani police and civilians/004", "six people/004"
    )
    assert kind == "scope"
    assert "another incident" in reason


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("four policemen/001", "four Azerbaijani soldiers/000", "vehicle bomb"),
        ("four policemen/001", "four police/004", "landmine"),
        ("two civilians/001", "two civilians/000", "vehicle bomb"),
        (
            "four Azerbaijani soldiers/000",
            "four Azerbaijani Interior Ministry personnel/002",
            "military",
        ),
    ],
)
def test_the_car_bombing_and_the_landmines_contradict(shipped_claims, one, other, words):
    kind, reason = kind_between(shipped_claims, one, other)
    assert kind == "contradict"
    assert words in reason


def test_totals_of_the_wars(shipped_claims):
    of_both, of_first, rounded = (
        "approximately 32,000 people/001",
        "more than 30,000 dead/002",
        "30,000 lives/003",
    )
    assert kind_between(shipped_claims, of_both, of_first)[0] == "incomparable"
    assert kind_between(shipped_claims, of_first, rounded)[0] == "rounding"


def test_many_claims_on_events_apart_cost_no_pairs():
    """Claims on sibling events are never paired: 3,000 of them are related at once."""
    many = {f"e{n}": event(f"e{n}", f"event {n}", "all") for n in range(3000)}
    many["all"] = event("all", "all")
    listed = [claim("a", "six", 6, f"e{n}", id=f"a:c{n}") for n in range(3000)]
    assert not any(relate(listed, many).values())


def test_who_covers_more_is_named():
    wide, narrow = claim("a", "six", 6, "blasts"), claim("b", "four", 4, "bus")
    found = relate([narrow, wide], EVENTS)
    assert found[narrow.id][0].wider == found[wide.id][0].wider == wide.id
