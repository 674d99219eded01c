"""Accusations and what stands against them, on the shipped texts and made-up statements."""

import pytest

import warclaims
from made_up import EVENTS
from warclaims.derive.accusations import Answer, Statement, exchanges, statements
from warclaims.records import Actor, Side
from warclaims.records.vocabulary import Act


def actor(
    name: str, side: str | None = None, part_of: str | None = None, kind: str = "other"
) -> Actor:
    why = {"evidence": "inferred", "basis": "For tests."}
    fields = {
        "id": name,
        "label": name,
        "type": kind,
        "side": {"id": side, **why} if side else None,
        "affiliation": {"id": part_of, **why} if part_of else None,
        "names": [],
        "external_ids": [],
        **why,
    }
    return Actor.model_validate(fields, strict=False)


ACTORS = {
    entry.id: entry
    for entry in [
        actor("north", "n"),
        actor("north-army", part_of="north"),
        actor("south", "s"),
        actor("bandits", "u"),
        actor("nobody"),
        actor("statement", part_of="north", kind="evidence"),
    ]
}
SIDES = {
    name: Side(id=name, label=name, description="For tests.", may_be=may_be)
    for name, may_be in {"n": (), "s": (), "u": ("s",)}.items()
}


def say(number: int, act: str, source: str, blames: str | None, *events: str) -> Statement:
    return Statement(
        "a",
        f"t{number}",
        Act(act),
        (source,),
        (source,),
        (blames,) if blames else (),
        (blames,) if blames else (),
        events,
        "said",
        None,
        (),
        None,
        "words",
        10 * number,
        10 * number + 1,
    )


def against(*said: Statement) -> list[tuple[str, str, str, str]]:
    return [
        (found.accusation.attribution, found.answer.attribution, found.kind.value, found.reason)
        for found in exchanges(said, EVENTS, ACTORS, SIDES)
    ]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (say(2, "deny", "south", None, "bus"), "south is blamed"),
        (say(2, "deny", "south", None, "blasts"), "south is blamed"),
        (say(2, "accuse", "south", "north-army", "bus"), "each blames the other's side"),
        (say(2, "deny", "north", None, "bus"), None),
        (say(2, "deny", "south", None, "car"), None),
        (say(2, "deny", "nobody", None, "bus"), None),
        (say(2, "accuse", "south", "bandits", "bus"), None),
        (say(2, "accuse", "south", "north", "blasts"), None),
        (say(2, "deny", "south", None, "bus")._replace(start=10, end=11), None),
    ],
)
def test_what_stands_against_an_accusation(answer, reason):
    accusation = say(1, "accuse", "north", "south", "bus")
    found = [one for one in against(accusation, answer) if one[0] == "t1"]
    assert [words.split("; both are about")[0] for *_, words in found] == (
        [reason] if reason else []
    )


def test_a_side_that_the_blamed_one_may_be_can_deny():
    accusation = say(1, "accuse", "north", "bandits", "bus")
    ((_, answer, kind, reason),) = against(accusation, say(2, "deny", "south", None, "bus"))
    assert (answer, kind) == ("t2", Answer.NOT_STATED)
    assert reason == (
        "south is of a side that the blamed one may be; both are about ‘the blast under the bus’; "
        "no text presents it as an answer"
    )


def test_an_army_speaks_for_the_side_of_its_state():
    accusation = say(1, "accuse", "south", "north", "bus")
    ((*_, reason),) = against(accusation, say(2, "deny", "north-army", None, "bus"))
    assert reason.startswith("north-army is of the side that is blamed; ")


@pytest.mark.parametrize(
    ("act", "kind"),
    [
        ("deny", Answer.DENIAL),
        ("accuse", Answer.COUNTER_ACCUSATION),
        ("doubt", Answer.DOUBT),
        ("confirm", Answer.CONFIRMATION),
        ("assert", Answer.COMMENT),
    ],
)
def test_only_what_the_text_presents_as_an_answer_is_called_one(act, kind):
    accusation = say(1, "accuse", "north", "south", "bus")
    answer = say(2, act, "nobody", "north" if act == "accuse" else None)
    found = against(accusation, answer._replace(answers="a:t1"))
    assert found == [("t1", "t2", kind, "answers it in the same text")]
    assert against(accusation, answer) == []


def test_an_answer_is_read_with_its_cue_and_leads_to_the_outer_of_two_accusations():
    told = stated(
        "The statement says: “We saw that bandits fired.” The south rejected it.",
        {"source": ["statement"], "cue": "says", "content": "“We saw that bandits fired.”"},
        {"id": "t9", "source": ["north"], "cue": "saw", "content": "that bandits fired"},
        {"source": ["south"], "cue": "rejected", "content": "it", "act": "deny", "answers": "t9"},
        statement="The statement",
        north="We",
        south="The south",
    )
    assert [one.cue for one in told] == ["says", "rejected"]
    assert told[1].answers == told[0].id


def stated(text: str, *attributions: dict, **actors: str) -> list[Statement]:
    built = warclaims.build_document(
        text,
        actors=[{"id": name, "span": words, "entity": name} for name, words in actors.items()],
        attributions=[{"act": "accuse", **one} for one in attributions],
    )
    assert not built.findings
    return statements(built.bundle, ACTORS)


def test_whom_only_an_adjective_names_is_blamed():
    (one,) = stated(
        "The army spoke of southern fire.",
        {"source": ["north"], "cue": "spoke of", "content": "southern fire"}
        | {"inferred_blames": ["south"]},
        north="The army",
    )
    assert (one.blames, one.blamed) == (("south",), ("south",))


@pytest.mark.parametrize(("inner", "listed"), [("north", 1), ("south", 2)])
def test_what_a_document_and_its_issuer_say_inside_each_other_is_said_once(inner, listed):
    told = stated(
        "The statement says: “We saw that bandits fired.”",
        {"source": ["statement"], "cue": "says", "content": "“We saw that bandits fired.”"},
        {"source": [inner], "cue": "saw", "content": "that bandits fired"},
        statement="The statement",
        **{inner: "We"},
    )
    assert len(told) == listed


def test_the_shipped_texts():
    corpus = warclaims.open()
    actors = corpus.registries.actors
    said = [one for bundle in corpus.bundles("gold") for one in statements(bundle, actors)]
    found = {
        (one.accusation.id, one.answer.id): one
        for one in exchanges(said, corpus.registries.events, actors, corpus.registries.sides)
    }
    answers = {one.id: one.answers for one in said if one.answers}
    for (accusation, answer), one in found.items():
        assert (one.kind is Answer.NOT_STATED) is (answers.get(answer) != accusation)
    assert ("001:t5", "001:t8") in found
    assert "Armenia is blamed" in found["000:t9", "001:t8"].reason
    assert ("002:t13", "002:t8") in found
    assert found["004:t6", "004:t3"].reason.startswith("each blames a side that the other may be")
    assert ("000:t7", "002:t36") not in found, "another event, though a part of the same"
    by_id = {one.id: one for one in said}
    assert by_id["002:t43"].told_by == ("Medvedev",)
    assert not [ends for ends in found if set(ends) == {"002:t42", "002:t43"}], "one in the other"
    assert "Moscow" in (by_id["002:t36"].doubt or "")
