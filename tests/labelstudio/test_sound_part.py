"""With tolerance, what is wrong stays as it was, what hangs on it too, and the rest comes in."""

import copy
import json
from random import Random

import pytest
import test_malformed
from browser import saved

from warclaims.labelstudio import read_results, task
from warclaims.labelstudio.incoming import TaskHistory
from warclaims.validation import check_annotations

UNREADABLE = {
    "no id",
    "no type",
    "start is text",
    "start is a boolean",
    "start is half",
    "value is a list",
    "a result is a number",
    "labels is a word",
    "a number in letters",
    "a link without end",
}
"""What cannot be laid to a record: the document is left out."""

WRONG = {
    **dict.fromkeys(test_malformed.IN_RESULT, ("actors", "a1")),
    **dict.fromkeys(("a link to nowhere", "a link to itself"), ("attributions", "t1")),
    "a cue without content": ("attributions", "t1"),
    "a link of strangers": (None, None),  # no record is not as it was
    **dict.fromkeys(
        (
            "half a victim",
            "fewer than none",
            "a value the words deny",
            "a link from nowhere",
            "a link both ways",
            "a link sideways",
            "a link without direction",
            "a link with an unknown label",
            "a link the wrong way",
            "a trigger of nothing",
            "two perpetrators",
        ),
        ("casualties", "c1"),
    ),
}
"""The record that each fault is laid to."""


@pytest.fixture
def exported(corpus):
    """Document one as it comes back; one location was edited."""
    found = saved(task(corpus.bundle("one"), corpus.registries))
    levels = [r for r in result_of(found) if r.get("from_name") == "location_level"]
    levels[1]["value"]["choices"] = ["nominal"]
    return found


def result_of(exported):
    return exported["annotations"][0]["result"]


@pytest.fixture
def read(corpus):
    def read(exported, base=None, drawn=None):
        exported = copy.deepcopy(exported)
        if base is not None:
            exported["data"]["exported"] = json.loads(base.model_dump_json())
        history = TaskHistory(drawn=drawn or {})
        data = json.dumps([exported]).encode()
        return read_results(data, "task", corpus, tolerant=True, history=history)

    return read


@pytest.fixture
def tolerated(board, read, corpus):
    """What comes of a board, of which something is left out; it is sound."""

    def tolerated():
        outcome = read(json.loads(board.export())[0])
        (imported,) = outcome.documents
        assert outcome.errors
        assert sound(imported.after, corpus)
        return imported, [finding.code for finding in outcome.errors]

    return tolerated


def sound(annotations, corpus):
    document = corpus.document("one")
    found = check_annotations(annotations, document, corpus.text("one"), corpus.registries)
    return all(finding.is_warning for finding in found)


def changes(imported):
    return {(change.kind, change.layer, change.record.id) for change in imported.changes()}


def left_out(imported):
    return {(left.layer, left.record) for left in imported.left_out}


EDIT = ("changed", "locations", "l2")


@pytest.mark.parametrize("name", test_malformed.IN_RESULT)
def test_a_fault_is_laid_to_its_record_and_the_edit_beside_comes_in(corpus, exported, read, name):
    before = corpus.annotations("one")
    spoil, code = test_malformed.IN_RESULT[name]
    spoil(result_of(exported))
    outcome = read(exported)
    assert code in {finding.code for finding in outcome.errors}
    if name in UNREADABLE:
        assert outcome.documents == ()
        return
    (imported,) = outcome.documents
    assert changes(imported) == {EDIT}
    assert WRONG[name] in left_out(imported)
    assert sound(imported.after, corpus)
    assert imported.theirs.actors == before.actors
    assert imported.theirs.attributions == before.attributions
    assert imported.theirs.casualties == before.casualties


@pytest.mark.parametrize("name", sorted(test_malformed.IN_RESULT.keys() - UNREADABLE))
def test_once_it_is_mended_just_that_comes(corpus, exported, read, name):
    """The base is what was brought, so nothing of it is in conflict, whatever the corpus does."""
    spoilt = copy.deepcopy(exported)
    test_malformed.IN_RESULT[name][0](result_of(spoilt))
    (first,) = read(spoilt).documents
    mended = copy.deepcopy(exported)
    level = next(r for r in result_of(mended) if r.get("from_name") == "actor_level")
    level["value"]["choices"] = ["name"]
    path = corpus.layout.annotation_file("gold", "one")
    path.write_text(first.after.model_dump_json(), "utf-8")
    outcome = read(mended, first.theirs)
    assert outcome.errors == ()
    assert changes(outcome.documents[0]) == {("changed", "actors", "a1")}


def test_an_export_is_still_taken_whole_or_not(corpus, exported):
    spoil, _ = test_malformed.IN_RESULT["a required attribute missing"]
    spoil(result_of(exported))
    outcome = read_results(json.dumps([exported]).encode(), "task", corpus)
    assert outcome.documents == ()


def test_new_ones_that_lack_something_are_left_out_with_what_refers_to_them(board, tolerated):
    person = board.draw("actor", "Officials")  # no level
    board.draw("location", "town", location_level=["nominal"])
    cue = board.draw(
        "cue",
        "denied",
        attribution_mode=["indirect"],
        attribution_act=["deny"],
        attribution_commitment=["neutral"],
    )
    content = board.draw("content", "it", after=board.find("denied")[1])
    board.link(person, cue)
    board.link(cue, content)
    imported, codes = tolerated()
    assert changes(imported) == {("added", "locations", "l4")}
    assert left_out(imported) == {("actors", None), ("attributions", None)}
    assert sorted(codes) == ["L503", "L506"]


def test_a_record_that_now_refers_to_a_left_out_one_stays_as_it_was(board, tolerated):
    person = board.draw("actor", "Officials")
    board.link("casualty-1-c1", person)
    board.set("location-1-l1", "location_level", ["nominal"])
    imported, codes = tolerated()
    assert changes(imported) == {("changed", "locations", "l1")}
    assert left_out(imported) == {("actors", None), ("casualties", "c1")}
    assert sorted(codes) == ["L503", "L506"]
    assert imported.theirs.casualties == imported.before.casualties


def test_left_out_spreads_along_subsets(board, tolerated):
    whole = board.draw("casualty", "civilians")
    parts = [whole]
    for words in ("child", "shelling", "Monday"):
        part = board.draw(
            "casualty",
            words,
            casualty_outcome=["killed"],
            casualty_quantifier=["indefinite"],
            casualty_status=["civilian"],
            casualty_cause=["artillery"],
        )
        board.link(part, parts[-1])
        parts.append(part)
    board.set("location-1-l1", "location_level", ["nominal"])
    imported, codes = tolerated()
    assert changes(imported) == {("changed", "locations", "l1")}
    assert left_out(imported) == {("casualties", None)}
    assert len(imported.left_out) == 4
    assert codes.count("L506") == 3


def test_nothing_is_removed_that_a_left_out_record_still_needs(board, tolerated):
    """The attribution is broken and the actor that it had is deleted: both stay."""
    board.delete("actor-1-a1")
    board.set("cue-1-t1", "attribution_act", None)
    board.delete("location-1-l1")
    imported, _ = tolerated()
    assert changes(imported) == {("removed", "locations", "l1")}
    assert left_out(imported) == {("attributions", "t1"), ("actors", "a1")}


def test_what_a_wrong_record_swallowed_is_not_removed(board, tolerated):
    board.link("location-1-l1", "location-1-l3", "continues")
    board.set("location-1-l3", "location_level", ["nominal"])
    board.set("location-1-l2", "location_level", ["nominal"])
    imported, codes = tolerated()
    assert codes == ["L502"]
    assert changes(imported) == {EDIT}
    assert left_out(imported) == {("locations", "l1"), ("locations", "l3")}


def test_a_mark_that_nothing_names_hides_no_removal(corpus, board, read):
    """It was drawn, brought in, and is broken now: that its record is missing means nothing."""
    drawn = board.draw("location", "town", location_level=["nominal"])
    (first,) = read(json.loads(board.export())[0]).documents
    path = corpus.layout.annotation_file("gold", "one")
    path.write_text(first.after.model_dump_json(), "utf-8")
    board.mark(drawn)["value"]["end"] = 9_999
    board.delete("location-1-l1")
    board.delete("actor-1-a4")
    outcome = read(json.loads(board.export())[0], first.theirs)
    (imported,) = outcome.documents
    removed = {change for change in changes(imported) if change[0] == "removed"}
    assert removed == {("removed", "actors", "a4")}
    assert ("locations", "l4") in left_out(imported)
    assert ("locations", "l1") in left_out(imported), "it comes when the mark is mended"


def test_a_crossing_leaves_out_the_one_that_is_new(board, tolerated):
    start, end = board.find("a spokesman")
    cross = board.draw("actor", "spokesman", actor_level=["nominal"])
    board.move(cross, start + 2, end + 3)
    board.set("location-1-l1", "location_level", ["nominal"])
    imported, _ = tolerated()
    assert changes(imported) == {("changed", "locations", "l1")}
    assert left_out(imported) == {("actors", None)}


def test_a_conflict_beside_is_still_a_conflict(corpus, board, read):
    now = corpus.annotations("one")
    first, *others = now.locations
    mine = now.model_copy(
        update={"locations": (first.model_copy(update={"note": "mine"}), *others)}
    )
    corpus.layout.annotation_file("gold", "one").write_text(mine.model_dump_json(), "utf-8")
    board.set("location-1-l1", "location_level", ["nominal"])
    board.set("location-1-l2", "location_level", ["nominal"])
    board.set("actor-1-a1", "actor_level", None)
    outcome = read(json.loads(board.export())[0])
    (imported,) = outcome.documents
    assert [finding.code for finding in outcome.errors] == ["L503"]
    assert [str(conflict) for conflict in imported.conflicts] == ["locations l1"]
    assert changes(imported) == {EDIT}
    assert left_out(imported) == {("actors", "a1")}


def test_what_a_wrong_record_refers_to_is_not_removed_even_if_the_server_decides(corpus, exported):
    """The wrong record stays as it was pulled, which is not as the corpus has it."""
    sent = corpus.annotations("one")
    data = exported["data"]["exported"]
    (second,) = (record for record in data["casualties"] if "c1" in record.get("subset_of", ()))
    second["note"] = "pulled before"
    results = result_of(exported)
    named = (f"casualty-1-{second['id']}", "casualty-1-c1")
    results[:] = [r for r in results if named[1] not in map(r.get, ("id", "from_id", "to_id"))]
    broken = next(r for r in results if r.get("id") == named[0] and r["from_name"] == "span")
    results.append({**broken, "from_name": "mood"})
    found = read_results(
        json.dumps([exported]).encode(),
        "task",
        corpus,
        overwrite=True,
        tolerant=True,
        history=TaskHistory(sent),
    )
    (imported,) = found.documents
    assert {("casualties", "c1"), ("casualties", second["id"])} <= left_out(imported)
    assert sound(imported.after, corpus)


def test_nothing_readable_left_leaves_the_document_out(board, read):
    for result in board.result:
        if result["type"] == "labels":
            result["value"]["end"] = 9_999
    outcome = read(json.loads(board.export())[0])
    assert outcome.documents == ()


def test_a_broken_mark_of_boilerplate_touches_no_record(corpus, exported, read):
    mark = next(r for r in result_of(exported) if r.get("id", "").startswith("boilerplate"))
    mark["value"]["end"] = 9_999
    outcome = read(exported)
    assert changes(outcome.documents[0]) == {EDIT}
    assert {finding.code for finding in outcome.findings} == {"L301", "L601"}


def spoil_at_random(random, results):
    """One thing that a hand or a program may do to a result."""
    result = random.choice(results)
    if result["type"] == "relation":
        broken = {"direction": "bi"}, {"to_id": "gone"}, {"labels": ["likes"]}
        turned = {"from_id": result["to_id"], "to_id": result["from_id"]}
        result.update(random.choice((*broken, turned)))
        return
    value = result["value"]
    name = result["id"]
    what = random.randrange(9)
    if what == 0:
        value["end"] = value["start"]
    elif what == 1 and "labels" in value:
        value["labels"] = [random.choice(("actor", "location", "casualty", "cue", "trigger", "x"))]
    elif what == 2 and "choices" in value:
        value["choices"] = ["big"]
    elif what == 3:
        results.remove(result)
    elif what == 4:
        results.append(copy.deepcopy(result))
    elif what == 5 and "labels" in value:
        value.update(start=max(0, value["start"] - 3), end=value["end"] - 1)
        value.pop("text", None)
    elif what == 6:
        ends = ("id", "from_id", "to_id")
        results[:] = [r for r in results if name not in map(r.get, ends)]
    elif what == 7:
        result["id"] = f"other{random.randrange(99)}"
    else:
        result["from_name"] = "mood"


@pytest.mark.parametrize("seed", range(60))
def test_what_comes_in_is_sound_and_comes_once(corpus, exported, read, monkeypatch, seed):
    random = Random(seed)
    for _ in range(random.choice((1, 1, 2, 4, 8))):
        spoil_at_random(random, result_of(exported))
    outcome = read(exported)
    if not outcome.documents:
        assert outcome.errors
        return
    (imported,) = outcome.documents
    assert sound(imported.after, corpus)
    assert bool(outcome.errors) == bool(imported.left_out)
    monkeypatch.setattr(corpus, "annotations", lambda *_: imported.after)
    (again,) = read(exported, imported.theirs, imported.drawn).documents
    assert changes(again) == set()
    assert left_out(again) == left_out(imported)


def test_without_a_fault_it_is_as_without_tolerance(corpus, exported, read):
    strict = read_results(json.dumps([exported]).encode(), "task", corpus)
    assert read(exported) == strict
    assert not strict.documents[0].left_out
