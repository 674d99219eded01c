# ruff: noqa: E501 - one case a line
"""What the rules on victims and their counts tell, and above all what they leave in peace."""

from __future__ import annotations

import hashlib
from itertools import pairwise
from typing import Any

import pytest

from warclaims.corpus import Registries
from warclaims.language import LONGEST
from warclaims.records import (
    ActorMention,
    Annotations,
    Attribution,
    Casualty,
    Document,
    Event,
    Fragment,
    Segment,
    Stated,
    StatedDate,
    StatedLanguage,
)
from warclaims.records.registry import EventLink
from warclaims.records.vocabulary import (
    Act,
    Certainty,
    Commitment,
    Evidence,
    Level,
    Mode,
    Quantifier,
    SegmentKind,
)
from warclaims.validation import check_annotations
from warclaims.validation.known import KnownIds

RULES = {"C516", "C517", "C519", "W605", "W606", "W609", "W610", "W613", "W614"}
EVIDENCE: Any = {"evidence": Evidence.INFERRED, "basis": "made up"}
UNKNOWN = Stated(value=None, certainty=Certainty.LOW, **EVIDENCE)
PARENTS = {
    "conflict": None,
    "war-1": "conflict",
    "war-2": "conflict",
    "battle": "war-1",
    "skirmish": "battle",
}


def events(parents: dict[str, str | None]) -> dict[str, Event]:
    return {
        name: Event(
            id=name, label=name, description=name, start=None, end=None, places=(),
            parent=EventLink(id=parent, **EVIDENCE) if parent else None, **EVIDENCE,
        )
        for name, parent in parents.items()
    }  # fmt: skip


def document(text: str) -> Document:
    return Document(
        id="d", file="d.txt", sha256=hashlib.sha256(text.encode()).hexdigest(), length=len(text),
        title=None, language="en", translation=None, outlet=UNKNOWN,
        original_language=StatedLanguage(value=None, certainty=Certainty.LOW, **EVIDENCE),
        date=StatedDate(value=None, certainty=Certainty.LOW, **EVIDENCE), rights_holder=UNKNOWN,
        segments=(Segment(kind=SegmentKind.PARAGRAPH, start=0, end=len(text)),),
    )  # fmt: skip


def place(text: str, words: str) -> tuple[Fragment, ...]:
    at = text.index(words)
    return (Fragment(start=at, end=at + len(words), text=words),)


def casualty(text: str, name: str, words: str, value: int | None = None, **fields: Any) -> Casualty:
    plain: dict[str, Any] = {
        "trigger": None, "outcome": "killed", "events": ("war-1",),
        "quantifier": Quantifier.EXACT if value is not None else Quantifier.INDEFINITE,
    }  # fmt: skip
    return Casualty(id=name, span=place(text, words), value=value, **{**plain, **fields})


def found(text: str, *casualties: Casualty, **more: Any) -> list[str]:
    return [code for code in every(text, *casualties, **more) if code in RULES]


def every(
    text: str, *casualties: Casualty, actors=(), attributions=(), parents=PARENTS
) -> list[str]:
    made = Annotations(
        schema_version="2.0", document="d", sha256=hashlib.sha256(text.encode()).hexdigest(),
        annotator="a", guidelines="1.0", actors=actors, locations=(),
        casualties=casualties, attributions=attributions,
    )  # fmt: skip
    registries = Registries(actors={}, places={}, events=events(parents), sides={}, annotators={})
    return [f.code for f in check_annotations(made, document(text), text, registries)]


@pytest.mark.parametrize(
    ("listed", "told"),
    [
        (("war-1", "war-2"), 0),
        (("battle", "war-2"), 0),
        (("war-1", "battle"), 1),
        (("skirmish", "war-1", "war-2"), 1),
        (("conflict", "war-1", "skirmish"), 2),
        (("unknown", "war-1"), 0),
    ],
)
def test_a_list_of_events_holds_no_event_beside_its_part(listed, told):
    text = "Six people died."
    codes = found(text, casualty(text, "c1", "Six people", 6, events=listed))
    assert codes == ["C516"] * told


def test_events_that_stand_under_each_other_are_no_endless_way():
    text = "Six people died."
    ring = {"a": "b", "b": "c", "c": "b", "d": "d"}
    assert found(text, casualty(text, "c1", "Six people", 6, events=("a", "d")), parents=ring) == []
    both = casualty(text, "c1", "Six people", 6, events=("b", "c"))
    assert found(text, both, parents=ring) == ["C516"] * 2


def test_long_chains_of_events_take_no_cubic_time():
    names = [f"e{n}" for n in range(5_000)]
    known = KnownIds({"events": events(dict(zip(names, [*names[1:], None], strict=True)))})
    assert known.wholes(names) == dict(pairwise(names))
    assert known.wholes(["e4999", "e0", "e1", "unknown"]) == {"e0": "e1", "e1": "e4999"}


def test_an_event_is_above_itself_only_in_a_ring():
    known = KnownIds({"events": events({"a": "b", "b": "c", "c": "b", "d": "d", "e": "gone"})})
    assert known.wholes(["a", "d"]) == {}
    assert known.wholes(["b", "c"]) == {"b": "c", "c": "b"}


TEXT = "Six people were hit: four police, three women, three others, some civilians, both sexes."


def parts(*fields: dict[str, Any], whole: dict[str, Any] | None = None) -> list[str]:
    words = (("four police", 4), ("three women", 3), ("three others", 3))
    made = [
        casualty(TEXT, f"p{n}", *words[n], subset_of=("c1",), **given)
        for n, given in enumerate(fields)
    ]
    top = casualty(TEXT, "c1", "Six people", 6, **{"outcome": "killed_or_injured", **(whole or {})})
    return [code for code in found(TEXT, top, *made) if code == "C517"]


POLICE, CIVILIAN = {"status": ("police",)}, {"status": ("civilian",)}
INJURED = {"outcome": "injured"}


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ((POLICE, CIVILIAN), 1),
        (({}, INJURED), 1),
        (({"age": "child"}, {"age": "adult"}), 1),
        (({}, {}), 0),  # both killed: they may overlap
        ((POLICE, {}), 0),
        ((POLICE, {"status": ("civilian", "police")}), 0),
        ((POLICE, {"age": "child"}), 0),
        (({}, {"outcome": "killed_or_injured"}), 0),
        (({"outcome": "captured"}, INJURED), 0),  # somebody captured may be injured
        (({"outcome": "displaced"}, {}), 0),
        ((POLICE, {**CIVILIAN, "alternatives": ({"status": ["police"]},), "note": "or police"}), 0),
        (({**POLICE, "quantifier": Quantifier.AT_MOST}, CIVILIAN), 0),
        (({**POLICE, "quantifier": Quantifier.APPROXIMATE}, CIVILIAN), 0),
    ],
)
def test_only_parts_that_share_nobody_are_added_up(fields, told):
    assert parts(*fields) == ["C517"] * told


def test_the_largest_of_each_kind_count():
    assert parts({}, {}, INJURED) == ["C517"]
    assert parts(POLICE, CIVILIAN, CIVILIAN, whole={"quantifier": Quantifier.AT_LEAST}) == []


def test_the_union_of_several_wholes_is_the_measure():
    text = "Five people died and eighty were hurt, sixty of them civilians, thirty soldiers, one."
    whole = casualty(text, "c1", "Five people", 5)
    other = casualty(text, "c2", "eighty", 80, outcome="injured")
    common = {"subset_of": ("c1", "c2"), "outcome": "killed_or_injured"}
    first = casualty(text, "c3", "sixty", 60, **common, status=("civilian",))
    second = casualty(text, "c4", "thirty soldiers", 30, **common, status=("military",))
    assert found(text, whole, other, first, second) == ["C517"]
    assert found(text, whole, other, first) == []


@pytest.mark.parametrize("outcome", ["killed", "killed_or_injured"])
def test_some_of_the_injured_may_have_died(outcome):
    text = "Eighty were hurt, two of them later died."
    whole = casualty(text, "c1", "Eighty", 80, outcome="injured")
    assert (
        found(
            text, whole, casualty(text, "c2", "two of them", 2, outcome=outcome, subset_of=("c1",))
        )
        == []
    )


@pytest.mark.parametrize(
    ("text", "words", "value", "told"),
    [
        ("They have died since 1994.", "1994", 1994, True),
        ("Many died in September 2023.", "2023", 2023, True),
        ("Many died in the summer of 2020.", "2020", 2020, True),
        ("On May 9, 2023 many died.", "2023", 2023, True),
        ("The dead in 2023 were many.", "in 2023", 2023, True),
        ("The truce broke down in 2010.", "2010", 2010, True),
        ("The camp was set up in 2010.", "2010", 2010, True),
        ("He was shot down in 2010.", "in 2010", 2010, True),
        ("The toll rose in 2010 and again.", "2010", 2010, False),
        ("The toll is up by 2010 men.", "2010", 2010, False),
        ("The toll went down from 2010.", "2010", 2010, False),
        ("In 1994 people died.", "1994 people", 1994, False),  # nobody can tell
        ("The toll rose by 2000 in a day.", "2000", 2000, False),
        ("The raids resulted in 1950 deaths.", "1950 deaths", 1950, False),
        ("A total of 1950 died.", "1950", 1950, False),
        ("Of them 1950 died.", "1950", 1950, False),
        ("Many died, in all 2,000.", "2,000", 2000, False),
        ("Since the morning 2500 died.", "2500", 2500, False),
    ],
)
def test_years_are_told_from_counts(text, words, value, told):
    codes = found(text, casualty(text, "c1", words, value))
    assert codes == (["W609"] if told else [])


def said(text: str, number: int, who: str, content: str, entity: str | None) -> tuple[Any, Any]:
    mention = ActorMention(
        id=f"a{number}", span=place(text, who), entity=entity, level=Level.NOMINAL
    )
    return mention, Attribution(
        id=f"t{number}", source=(mention.id,), inferred_source=None, cue=None, blames=(), regarding=(),
        content=place(text, content), mode=Mode.INDIRECT, act=Act.ASSERT, commitment=Commitment.NEUTRAL,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [("one", "one", True), ("one", "two", False), ("one", None, False), (None, None, False)],
)
def test_only_what_one_source_says_can_contradict_itself(first, second, told):
    text = "Officials: three people died. The army: seven people died."
    made = [
        said(text, 1, "Officials", "three people died", first),
        said(text, 2, "The army", "seven people died", second),
    ]
    counts = casualty(text, "c1", "three people", 3), casualty(text, "c2", "seven people", 7)
    actors, attributions = zip(*made, strict=True)
    codes = found(text, *counts, actors=actors, attributions=attributions)
    assert codes == (["W610"] if told else [])


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ("five people", {"events": ("war-2",)}),
        ("five people", {"outcome": "injured"}),
        ("five people", {"side": "east"}),
        ("five people", {"quantifier": Quantifier.AT_MOST}),
        ("five people", {"quantifier": Quantifier.APPROXIMATE}),
        ("five people", {"alternatives": ({"value": 4},), "note": "or four"}),
        ("five people", {"subset_of": ("c1",)}),
        ("five other people", {}),
        ("five more", {}),
    ],
)
def test_counts_of_others_or_that_overlap_contradict_nothing(words, fields):
    text = "Four people died; then five people, five other people, five more."
    first = casualty(text, "c1", "Four people", 4)
    assert "W610" not in found(text, first, casualty(text, "c2", words, 5, **fields))
    assert "W610" in found(text, first, casualty(text, "c2", "five people", 5))


@pytest.mark.parametrize(
    ("text", "trigger", "outcome", "told"),
    [
        ("Six people were killed.", "killed", "injured", True),
        ("Six people were killed.", "killed", "killed_or_injured", True),
        (
            "Six people were killed or injured.",
            "killed or injured",
            "killed_or_injured",
            False,
        ),
        ("Six people were fatally wounded.", "wounded", "killed", False),
        ("Six people died of wounds.", "died of wounds", "killed", False),
        ("Six people lost their lives.", "lost their lives", "killed", False),
        ("Six people fled.", "fled", "displaced", False),
        ("Six people: it claimed the lives of them.", "claimed the lives", "injured", True),
        ("Six people: it claimed the\nlives of them.", "claimed the\nlives", "killed", False),
        ("Six people were forced to flee.", "forced to flee", "killed", True),
    ],
)
def test_the_trigger_states_the_outcome(text, trigger, outcome, told):
    codes = found(
        text, casualty(text, "c1", "Six people", 6, trigger=place(text, trigger), outcome=outcome)
    )
    assert codes == (["W613"] if told else [])


@pytest.mark.parametrize(
    ("words", "fields", "told"),
    [
        ("six soldiers", {}, True),
        ("six soldiers", {"status": ("military",)}, False),
        ("six children", {}, True),
        ("six police and civilians", {"status": ("civilian", "police")}, False),
        ("six soldiers’ wives", {}, False),
        ("six civilian casualties", {}, False),
    ],
)
def test_the_last_noun_of_the_phrase_describes_all(words, fields, told):
    text = f"The dead are {words}."
    assert found(text, casualty(text, "c1", words, 6, **fields)) == (["W614"] if told else [])


@pytest.mark.parametrize("value", [None, 1, 2])
def test_no_number_is_asked_of_a_phrase_that_is_too_long_to_be_read(value):
    words = "one " * LONGEST + "men"
    assert "C502" not in every(words, casualty(words, "c1", words, value))
    short = "some of the men"
    told = "C502" in every(short, casualty(short, "c1", short, value))
    assert told is (value is not None)
