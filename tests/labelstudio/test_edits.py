"""Each thing an annotator does in the browser gives exactly that change, and no other."""

import pytest

from warclaims.labelstudio import RegistryProposal
from warclaims.labelstudio.labels_and_relations import (
    REGION_LABELS,
    RELATION_TYPES,
    relations_between,
)
from warclaims.labelstudio.proposals import ProposedEntry


def codes(found):
    return [finding.code for finding in found.findings]


def record(found, record_id):
    after = found.documents[0].after
    layers = (after.actors, after.locations, after.casualties, after.attributions)
    return next(r for layer in layers for r in layer if r.id == record_id)


def test_nothing(changes):
    assert changes() == {}


def test_an_actor_drawn(board, outcome):
    board.draw("actor", "civilians", actor_entity=[["borland"]], actor_level=["nominal"])
    found = outcome()
    assert found.findings == ()
    ids = [actor.id for actor in found.documents[0].after.actors]
    assert ids == ["a1", "a5", "a2", "a3", "a4"], "in text order, with the next free number"
    new = record(found, "a5")
    assert (new.entity, new.level, new.span[0].text) == ("borland", "nominal", "civilians")
    assert (new.note, new.alternatives, new.extra) == (None, (), {})


def test_two_locations_drawn_are_numbered_in_text_order(board, changes):
    board.draw("location", "town", location_level=["nominal"])
    board.draw("location", "Monday", location_level=["name"])
    assert changes() == {("added", "l4"): {}, ("added", "l5"): {}}


def test_a_casualty_drawn_with_everything(board, outcome):
    whole = board.draw(
        "casualty",
        "civilians",
        casualty_outcome=["killed_or_injured"],
        casualty_quantifier=["range"],
        casualty_value=10,
        casualty_value_max=15.0,
        casualty_status=["civilian", "police"],
        casualty_age=["adult"],
        casualty_sex=["male"],
        casualty_groups=["medic female\nchild"],
        casualty_side=[["avaria"]],
        casualty_cause=["small_arms", "fire"],
        casualty_certainty=["presumed"],
        casualty_events=[["shelling-of-dorn"]],
        alternatives=["outcome: killed; cause: fire, collapse\nvalue: 11; status: none"],
        note=["one line\nanother"],
    )
    trigger = board.draw("trigger", "shelling")
    board.link(whole, trigger)
    board.link(whole, "actor-1-a2")
    board.link(whole, "casualty-1-c1")
    board.link(whole, "casualty-1-c2", "besides", "revises")
    found = outcome()
    assert found.errors == ()
    new = record(found, "c3")
    assert new.model_dump(mode="json", exclude={"id", "span", "trigger", "extra"}) == {
        "score": None,
        "alternatives": [
            {"outcome": "killed", "cause": ["fire", "collapse"]},
            {"value": 11, "status": []},
        ],
        "note": "one line\nanother",
        "outcome": "killed_or_injured",
        "quantifier": "range",
        "value": 10,
        "value_max": 15,
        "fraction": None,
        "status": ["civilian", "police"],
        "age": "adult",
        "sex": "male",
        "groups": [
            {"status": ["medic"], "age": "unspecified", "sex": "female"},
            {"status": [], "age": "child", "sex": "unspecified"},
        ],
        "side": "avaria",
        "cause": ["small_arms", "fire"],
        "perpetrator": "a2",
        "inferred_perpetrator": None,
        "certainty": "presumed",
        "events": ["shelling-of-dorn"],
        "subset_of": ["c1"],
        "same_as": [],
        "revises": ["c2"],
        "besides": ["c2"],
    }
    assert [fragment.text for fragment in new.trigger] == ["shelling"]


def test_a_casualty_of_which_the_words_say_little_needs_little(board, outcome):
    part = board.draw(
        "casualty",
        "civilians",
        casualty_outcome=["killed"],
        casualty_quantifier=["at_most"],
        casualty_fraction=[" 1 / 2 "],
        casualty_inferred_perpetrator=[["borland"]],
    )
    board.link(part, "casualty-1-c2")
    found = outcome()
    assert found.errors == ()
    new = record(found, "c3")
    assert (new.fraction.numerator, new.fraction.denominator) == (1, 2)
    assert new.subset_of == ("c2",)
    assert (new.status, new.age, new.sex, new.cause) == ((), "unspecified", "unspecified", ())
    assert (new.certainty, new.inferred_perpetrator) == ("asserted", "borland")


def test_an_upper_number_left_over_from_a_range_is_reported_and_left_out(board, outcome):
    """The browser hides it and saves it all the same."""
    board.set("casualty-1-c1", "casualty_value_max", 15)
    board.set("casualty-1-c1", "casualty_quantifier", ["at_least"])
    found = outcome()
    assert found.errors == ()
    assert "L602" in codes(found)
    changed = record(found, "c1")
    assert (changed.quantifier, changed.value, changed.value_max) == ("at_least", 2, None)


def test_a_denial_answers_an_accusation(board, outcome):
    board.link("cue-1-t2", "cue-1-t1", "answers")
    board.set("cue-1-t2", "attribution_said_on", ["2023-09"])
    board.set("cue-1-t1", "attribution_inferred_blames", [["borland"]])
    found = outcome()
    assert found.errors == ()
    assert (record(found, "t2").answers, record(found, "t2").said_on) == ("t1", "2023-09")
    assert record(found, "t1").inferred_blames == ("borland",)


def test_an_attribution_drawn_by_clicking_marks_only(board, outcome):
    cue = board.draw(
        "cue",
        "including",
        attribution_mode=["indirect"],
        attribution_act=["assert"],
        attribution_commitment=["distancing"],
    )
    content = board.draw("content", "a child")
    board.link("actor-1-a1", cue)
    board.link(cue, content)
    board.link(cue, "actor-1-a3")
    found = outcome()
    assert found.errors == ()
    new = record(found, "t4")
    assert (new.source, new.blames, new.content[0].text) == (("a1",), ("a3",), "a child")


def test_a_quotation_without_a_cue_drawn(board, outcome):
    quote = board.draw(
        "content_uncued",
        "newsletter",
        attribution_mode=["indirect"],
        attribution_act=["demand"],
        attribution_commitment=["neutral"],
        attribution_inferred_source=[["borland"]],
    )
    board.move(quote, *board.find("hit no town"))
    new = record(outcome(), "t4")
    assert (new.cue, new.inferred_source, new.content[0].text) == (None, "borland", "hit no town")


@pytest.mark.parametrize(
    ("region", "control", "value", "expected"),
    [
        ("actor-1-a4", "actor_entity", [["borland"]], {("changed", "a4"): {"entity": "borland"}}),
        ("actor-1-a1", "actor_entity", None, {("changed", "a1"): {"entity": None}}),
        ("actor-1-a1", "actor_entity", [], {("changed", "a1"): {"entity": None}}),
        ("actor-1-a1", "actor_level", ["name"], {("changed", "a1"): {"level": "name"}}),
        ("casualty-1-c1", "casualty_age", ["adult"], {("changed", "c1"): {"age": "adult"}}),
        ("casualty-1-c1", "casualty_events", [], {("changed", "c1"): {"events": ()}}),
        ("casualty-1-c1", "note", ["a", "b"], {("changed", "c1"): {"note": "a\nb"}}),
        ("casualty-1-c1", "note", [""], {}),
        ("cue-1-t1", "attribution_act", ["announce"], {("changed", "t1"): {"act": "announce"}}),
        ("cue-1-t2", "attribution_regarding", None, {("changed", "t2"): {"regarding": ()}}),
    ],
)
def test_an_attribute_changed(board, changes, region, control, value, expected):  # noqa: PLR0917
    board.set(region, control, value)
    assert changes() == expected


def test_another_reading_is_a_value_that_the_field_may_have(board, outcome, changes):
    board.set("casualty-1-c1", "note", ["or three"])
    for wrong, said in (
        ("uncertain", "an alternative is written: outcome: killed; value: 7"),
        ("outcome: kiled", "'alternatives/0/outcome': must be one of \"killed\""),
        ("value: many", "a number is written: 7"),
        ("value: 3; note: or so", "'note: or so'"),
        ('trigger: ["dead"]', "'alternatives/0/trigger/0'"),
        ("perpetrator: a99", "'a99'"),
    ):
        board.set("casualty-1-c1", "alternatives", [wrong])
        (finding,) = outcome().errors
        assert said in finding.message
    board.set("casualty-1-c1", "alternatives", ["value: 3"])
    assert changes() == {("changed", "c1"): {"alternatives": ({"value": 3},), "note": "or three"}}


def test_a_number_is_an_integer_also_as_a_float(board, changes):
    board.set("casualty-1-c1", "casualty_value", 2.0)
    assert changes() == {}


def test_edges_of_a_mark_moved(board, changes):
    board.move("location-1-l3", *board.find("on Monday"))
    assert changes() == {("changed", "l3"): {"span": ["on Monday"]}}


@pytest.mark.parametrize(
    ("own", "given"),
    [
        ("“and we never will.”", "“and   we\\n never will.”"),
        ("“and we never will.”", "“and we neverwill.”"),
        ("“and we never will.”", None),
        ("Dorn\n\nOfficials", "Dorn\\n\\nOfficials"),
        ("Dorn\n\nOfficials", "Dorn Officials"),
    ],
)
def test_white_space_in_the_words_of_a_mark_is_not_trusted(board, outcome, own, given):
    drawn = board.draw("location", own, location_level=["nominal"])
    board.mark(drawn)["value"]["text"] = given
    assert "L302" not in codes(outcome())


def test_a_mark_deleted_goes_with_its_links(board, changes):
    board.delete("actor-1-a4")
    assert changes() == {("removed", "a4"): {}, ("changed", "t3"): {"source": ()}}


def test_a_link_moved(board, changes):
    board.unlink("actor-1-a2", "cue-1-t2")
    board.link("actor-1-a3", "cue-1-t2")
    assert changes() == {("changed", "t2"): {"source": ("a3",)}}


def test_a_link_added_keeps_the_order_of_the_others(board, changes):
    board.link("actor-1-a2", "cue-1-t3")
    assert changes() == {("changed", "t3"): {"source": ("a4", "a2")}}


def test_a_link_turned_around_means_what_it_shows(board, changes):
    board.unlink("actor-1-a2", "cue-1-t2")
    board.link("cue-1-t2", "actor-1-a2", "source")
    board.result[-1]["direction"] = "left"
    assert changes() == {}


@pytest.mark.parametrize("link", RELATION_TYPES, ids="-".join)
def test_links_say_what_they_mean_by_their_ends(board, outcome, link):
    """Every kind of link, drawn between new marks, fills its field.

    It has no label where its ends tell the kind, or where it is the default.
    """
    required = {
        "actor": {"actor_level": ["nominal"], "actor_entity": [["avaria-officials"]]},
        "casualty": {
            "casualty_outcome": ["killed"],
            "casualty_quantifier": ["indefinite"],
        },
        "cue": {
            "attribution_mode": ["indirect"],
            "attribution_act": ["accuse"],
            "attribution_commitment": ["neutral"],
        },
    }
    required["content_uncued"] = required["cue"]
    ends = [
        board.draw(label, words, **required.get(label, {}))
        for label, words in ((link.from_label, "were killed"), (link.to_label, "shelling in"))
    ]
    for label, end, words in zip(link[1:], ends, ("on Monday", "town"), strict=True):
        if label == "cue" and link.name != "content":
            board.link(end, board.draw("content", words))
    is_default = relations_between(link.from_label, link.to_label)[0] == link.name
    board.link(*ends, *([] if is_default else [link.name]))
    found = outcome()
    assert found.errors == ()
    layer = {"casualty": "casualties", "cue": "attributions", "content_uncued": "attributions"}
    starts = [board.mark(end)["value"]["start"] for end in ends]
    if link.owner_label != link.from_label:
        starts.reverse()
    field = REGION_LABELS[link.owner_label].field
    (value,) = (
        getattr(one, link.name)
        for one in getattr(found.documents[0].after, layer[link.owner_label])
        if starts[0] in [part.start for part in getattr(one, field) or ()]
    )
    if REGION_LABELS[link.other_label].head:
        named = record(found, value if isinstance(value, str) else value[0])
        assert getattr(named, REGION_LABELS[link.other_label].field)[0].start == starts[1]
    else:
        assert [fragment.text for fragment in value] == ["shelling in"]


def test_a_second_fragment_joined(board, changes):
    board.link("actor-1-a4", board.draw("actor", "newsletter"))
    board.move(board.result[-2]["id"], *board.find("never"))
    assert changes() == {("changed", "a4"): {"span": ["a spokesman", "never"]}}


def test_a_second_fragment_joined_from_the_front(board, changes):
    board.link(board.draw("location", "Shelling"), "location-1-l1")
    assert changes() == {("changed", "l1"): {"span": ["Shelling", "Dorn"]}}


def test_fragments_of_a_content_joined_either_way(board, changes):
    first = board.draw("content", "a spokesman")
    board.link("content-145-147", first)
    second = board.draw("content", "We hit")
    board.link("cue-1-t2", second)
    board.delete("content-149-166")
    board.move("cue-1-t3", *board.find("never"))
    board.move("content-185-205", *board.find("will"))
    found = changes()
    assert found["changed", "t2"] == {"content": ["it", "We hit", "a spokesman"]}
    assert found["changed", "t3"] == {"content": ["will"], "cue": ["never"]}


def test_two_mentions_joined_become_the_first(board, changes):
    board.link("location-1-l3", "location-1-l1")
    assert changes() == {("changed", "l1"): {"span": ["Dorn", "Dorn"]}, ("removed", "l3"): {}}


def test_two_casualties_are_joined_only_if_the_link_says_so(board, changes, outcome):
    board.link("casualty-1-c1", "casualty-1-c2", "continues")
    assert "L502" in codes(outcome()), "their values differ"
    board.unlink("casualty-1-c1", "casualty-1-c2")
    board.unlink("casualty-1-c2", "casualty-1-c1")
    assert changes() == {("changed", "c2"): {"subset_of": ()}}


def test_a_label_changed_makes_another_record(board, outcome):
    board.relabel("actor-1-a4", "location")
    board.unlink("actor-1-a4", "cue-1-t3")
    board.set("actor-1-a4", "location_level", ["nominal"])
    board.set("actor-1-a4", "note", ["kept"])
    found = outcome()
    assert codes(found) == ["L602"], "the level of an actor is left out"
    assert record(found, "l4").note == "kept"
    kinds = {(c.kind, c.record.id) for c in found.documents[0].changes()}
    assert kinds == {("added", "l4"), ("removed", "a4"), ("changed", "t3")}


def test_an_attribution_given_a_cue_stays_the_same_record(mini, board, changes):
    board.relabel("cue-1-t2", "content_uncued")
    board.unlink("cue-1-t2", "content-145-147")
    board.delete("content-145-147")
    assert changes() == {("changed", "t2"): {"cue": None, "content": ["denied"]}}
    board.relabel("cue-1-t2", "content")
    for control in ("mode", "act", "commitment", "regarding"):
        board.set("cue-1-t2", f"attribution_{control}", None)
    board.unlink("actor-1-a2", "cue-1-t2")
    cue = board.draw(
        "cue",
        "it.",
        attribution_mode=["indirect"],
        attribution_act=["deny"],
        attribution_commitment=["neutral"],
        attribution_regarding=[["shelling-of-dorn"]],
    )
    board.move(cue, *board.find("it", 140))
    board.link("actor-1-a2", cue)
    board.link(cue, "cue-1-t2")
    assert changes() == {("changed", "t2"): {"cue": ["it"], "content": ["denied"]}}


def test_a_trigger_may_serve_two_casualties(board, changes):
    assert [r.get("id") for r in board.result].count("trigger-84-90") == 1
    board.move("trigger-84-90", *board.find("were killed"))
    assert changes() == {
        ("changed", "c1"): {"trigger": ["were killed"]},
        ("changed", "c2"): {"trigger": ["were killed"]},
    }


def test_a_new_registry_entry_is_proposed_not_written(board, outcome, corpus):
    board.set("actor-1-a4", "new_entry", ["NEW: the spokesman "])
    board.draw("location", "town", location_level=["nominal"], new_entry=["Dornville"])
    found = outcome()
    assert found.findings == ()
    start, end = board.find("town")
    assert found.proposals == (
        RegistryProposal("one", "locations", "l4", ProposedEntry("Dornville"), start, end),
        RegistryProposal("one", "actors", "a4", ProposedEntry("the spokesman"), 167, 178),
    )
    assert record(found, "a4").entity is None


def test_changed_boilerplate_is_told_and_not_imported(board, outcome):
    boilerplate = next(r["id"] for r in board.result if r.get("id", "").startswith("boiler"))
    board.move(boilerplate, 207, 220)
    board.draw("boilerplate", "Dorn on Monday")
    found = outcome()
    assert codes(found) == ["L601", "L601", "L601"]
    assert {(f.start, f.end) for f in found.findings} == {
        (207, 220),
        (207, 234),
        board.find("Dorn on Monday"),
    }
    assert not found.documents[0].is_changed


def test_an_attribute_of_another_label_is_told_and_left_out(board, outcome):
    board.set("location-1-l1", "casualty_outcome", ["killed"])
    board.set("content-145-147", "note", ["nowhere to put it"])
    found = outcome()
    assert codes(found) == ["L602", "L602"]
    assert {(f.document, f.start, f.end) for f in found.findings} == {
        ("one", 14, 18),
        ("one", 145, 147),
    }
    assert not found.documents[0].is_changed


def test_unsaved_work_is_told_and_not_imported(corpus, board):
    from browser import exported, saved

    from warclaims.labelstudio import read_results, tasks_bytes

    (task,) = exported(board.export())
    task["drafts"] = [{"id": 1, "result": []}]
    found = read_results(tasks_bytes([task]), "export.json", corpus)
    assert codes(found) == ["L603"]
    assert not found.documents[0].is_changed
    task["annotations"] = []
    found = read_results(tasks_bytes([saved(task) | {"drafts": [{}]}]), "export.json", corpus)
    assert codes(found) == ["L604", "L603"]
    assert found.documents == ()


def test_a_skipped_annotation_is_not_imported(corpus, board):
    from browser import exported

    from warclaims.labelstudio import read_results, tasks_bytes

    (task,) = exported(board.export())
    skipped = {**task["annotations"][0], "result": [], "was_cancelled": True}
    task["annotations"].insert(0, skipped)
    assert read_results(tasks_bytes([task]), "export.json", corpus).findings == ()
    task["annotations"] = [skipped]
    found = read_results(tasks_bytes([task]), "export.json", corpus)
    assert (codes(found), found.documents) == (["L604"], ())


def test_extra_and_file_fields_survive_edits(mini):
    import json

    from browser import Board

    import warclaims
    from warclaims.labelstudio import read_results, task

    path = mini / "annotations" / "gold" / "one.json"
    data = json.loads(path.read_text())
    data["extra"] = {"k": [1, None]}
    data["guidelines"] = "7.x"
    data["actors"][0]["extra"] = {"big": 2**80, "deep": {"extra": 5.0}}
    path.write_text(json.dumps(data))
    corpus = warclaims.open(mini)
    board = Board(task(corpus.bundle("one"), corpus.registries))
    board.set("actor-1-a1", "actor_level", ["name"])
    after = read_results(board.export(), "x", corpus).documents[0].after
    assert after.actors[0].extra == {"big": 2**80, "deep": {"extra": 5.0}}
    assert (after.guidelines, after.extra) == ("7.x", {"k": [1, None]})
    assert after.actors[0].level == "name"
