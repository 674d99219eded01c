"""Names that annotators propose for a registry: listed until they are entered, then linked."""

from __future__ import annotations

import pytest

from warclaims.labelstudio import read_results
from warclaims.records.registry import Name
from warclaims.records.vocabulary import Evidence


def register(corpus, registry, name, label):
    """Enter something like the first entry of a registry under another name."""
    entries = getattr(corpus.registries, registry)
    first = next(iter(entries.values()))
    entries[name] = first.model_copy(update={"id": name, "label": label})


def call(corpus, actor, name):
    """Give an actor another name."""
    names = (Name(name=name, used_by=(), evidence=Evidence.TEXT, basis="one"),)
    actors = corpus.registries.actors
    actors[actor] = actors[actor].model_copy(update={"names": names})


@pytest.fixture
def pulled(corpus, board):
    """What a pull makes of the board: wrong records are left out."""
    return lambda: read_results(board.export(), "server", corpus, tolerant=True)


def field(found, layer, record, name):
    (imported,) = found.documents
    return next(getattr(r, name) for r in getattr(imported.after, layer) if r.id == record)


@pytest.mark.parametrize("written", ["the spokesman", "NEW: The Spokesman "])
def test_a_registered_name_is_linked_and_no_longer_listed(board, corpus, pulled, written):
    board.set("actor-1-a4", "new_entry", [written])
    (proposal,) = pulled().proposals
    assert proposal.record == "a4"
    register(corpus, "actors", "spokesman", "the spokesman")
    found = pulled()
    assert found.proposals == ()
    assert field(found, "actors", "a4", "entity") == "spokesman"


def test_a_place_and_an_event_are_linked(board, corpus, pulled):
    board.set("location-1-l1", "location_place", None)
    board.set("location-1-l1", "new_entry", ["Dornville"])
    board.set("casualty-1-c1", "new_entry", ["fire in Dorn"])
    register(corpus, "places", "dornville", "Dornville")
    register(corpus, "events", "fire", "fire in Dorn")
    found = pulled()
    assert found.proposals == ()
    assert field(found, "locations", "l1", "place") == "dornville"
    assert field(found, "casualties", "c1", "events") == ("shelling-of-dorn", "fire")


def test_what_the_annotator_chose_stays(board, corpus, pulled):
    board.set("actor-1-a4", "actor_entity", [["borland"]])
    board.set("actor-1-a4", "new_entry", ["the spokesman"])
    register(corpus, "actors", "spokesman", "the spokesman")
    found = pulled()
    assert found.proposals == ()
    assert field(found, "actors", "a4", "entity") == "borland"


def test_a_source_in_the_text_gets_no_inferred_one(board, corpus, pulled):
    board.set("cue-1-t1", "new_entry", ["the spokesman"])
    register(corpus, "actors", "spokesman", "the spokesman")
    found = pulled()
    assert found.errors == ()
    assert field(found, "attributions", "t1", "inferred_source") is None


def test_a_name_that_several_entries_have_is_listed(board, corpus, pulled):
    board.set("actor-1-a4", "new_entry", ["the spokesman"])
    register(corpus, "actors", "one", "the spokesman")
    register(corpus, "actors", "two", "The spokesman")
    found = pulled()
    assert [proposal.proposed.name for proposal in found.proposals] == ["the spokesman"]
    assert field(found, "actors", "a4", "entity") is None


def test_proposals_on_records_that_are_left_out_are_listed(board, pulled):
    board.draw("location", "town", new_entry=["Dornville"])  # lacks its level
    board.set("casualty-1-c1", "casualty_outcome", None)
    board.set("casualty-1-c1", "new_entry", ["fire in Dorn"])
    found = pulled()
    assert len(found.documents[0].left_out) == 2
    start, end = board.find("town")
    assert sorted(map(str, found.proposals)) == [
        f"Dornville (document one, a new location, {start}–{end})",
        "fire in Dorn (document one, casualties c1, 45–58)",
    ]


@pytest.mark.parametrize("written", ["SPOKESMAN", "Speaker of the Army", "the spokes\u00adman"])
def test_a_registered_name_is_linked_by_any_name_or_id(board, corpus, pulled, written):
    register(corpus, "actors", "spokesman", "the spokesman")
    call(corpus, "spokesman", "speaker of the army")
    board.set("actor-1-a4", "new_entry", [written])
    found = pulled()
    assert found.proposals == ()
    assert field(found, "actors", "a4", "entity") == "spokesman"


def test_a_label_comes_before_the_same_name_of_another_entry(board, corpus, pulled):
    register(corpus, "actors", "spokesman", "the spokesman")
    call(corpus, "borland", "The spokesman")
    board.set("actor-1-a4", "new_entry", ["the spokesman"])
    assert field(pulled(), "actors", "a4", "entity") == "spokesman"


def test_the_type_of_a_proposal_is_read_and_other_brackets_are_part_of_the_name(board, pulled):
    board.set("actor-1-a4", "new_entry", ["The spokesman (Person)"])
    board.set("location-1-l1", "new_entry", ["Dornville (old town)"])
    board.set("casualty-1-c1", "new_entry", ["fire in Dorn (attack on civilians)"])
    assert sorted(proposal.proposed for proposal in pulled().proposals) == [
        ("Dornville (old town)", None, None),
        ("The spokesman", "actor", "person"),
        ("fire in Dorn", "event", "attack_on_civilians"),
    ]
