"""What is wrong on the server stays as it is in the corpus; the rest comes in, and only once."""

from __future__ import annotations

import copy
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from simulated import changes, shown

from warclaims.studio.ledger import digest
from warclaims.studio.server_tasks import server_tasks

if TYPE_CHECKING:
    from simulated import Simulated

    from conftest import Desk
    from warclaims.studio.pull import PulledDocument


def left_out(pulled: PulledDocument) -> Counter[tuple[str | None, str | None]]:
    assert pulled.imported is not None
    return Counter((left.layer, left.record) for left in pulled.imported.left_out)


def spoil(desk: Simulated) -> None:
    """One record loses an attribute, a new one has none, another is well edited."""
    desk.board.set("casualty-1-c1", "casualty_outcome", None)
    desk.board.draw("actor", "Officials")
    desk.board.set("location-1-l1", "location_level", ["nominal"])


def test_the_rest_comes_in_and_what_is_wrong_is_told_with_its_task(desk_of_one):
    desk = desk_of_one
    before = desk.annotations
    spoil(desk)
    pulled = desk.pull()
    assert changes(pulled) == {("changed", "locations", "l1")}
    assert left_out(pulled) == Counter([("casualties", "c1"), ("actors", None)])
    assert {finding.file for finding in pulled.findings} == {"http://server/3?task=7"}
    assert desk.annotations.casualties == before.casualties
    assert desk.annotations.actors == before.actors
    assert desk.record("locations", "l1").level == "nominal"


def is_pulled(desk):
    found = desk.held()
    return desk.ledger.history("gold", "one", found.origin).results == digest(found.results)


def test_what_did_not_come_in_whole_is_never_taken_for_pulled(desk_of_one):
    desk = desk_of_one
    desk.board.set("location-1-l1", "location_level", ["nominal"])
    desk.pull()
    assert desk.fate_of_a_push() == "renewed"
    spoil(desk)
    for _ in range(2):
        desk.pull()
        assert not is_pulled(desk)
        assert desk.fate_of_a_push() == "pull first"
    desk.note("actors", "a2", "also when the corpus changes")
    assert desk.fate_of_a_push() == "pull first"


def test_a_dry_run_notes_nothing(desk_of_one):
    desk = desk_of_one
    spoil(desk)
    before = desk.corpus.layout.annotation_file("gold", "one").read_bytes()
    assert left_out(desk.pull(dry_run=True))
    assert desk.corpus.layout.annotation_file("gold", "one").read_bytes() == before
    assert desk.ledger.history("gold", "one", desk.held().origin).pulled is None


def test_once_mended_just_that_comes_and_a_later_change_is_a_change(desk_of_one):
    desk = desk_of_one
    spoil(desk)
    assert changes(desk.pull()) == {("changed", "locations", "l1")}
    again = desk.pull()
    assert changes(again) == set()
    assert again.written == ()
    desk.note("locations", "l2", "changed in the corpus")

    desk.board.set("casualty-1-c1", "casualty_outcome", ["injured"])
    mended = desk.pull()
    assert changes(mended) == {("changed", "casualties", "c1")}
    assert left_out(mended) == Counter([("actors", None)])

    (drawn,) = [r["id"] for r in desk.board.result if "rNd0m" in r.get("id", "")]
    desk.board.set(drawn, "actor_level", ["nominal"])
    desk.board.set("location-1-l1", "location_level", ["name"])  # was brought in before
    last = desk.pull()
    assert changes(last) == {("changed", "locations", "l1"), ("added", "actors", "a5")}
    assert not last.findings
    assert not last.conflicts
    assert desk.record("locations", "l2").note == "changed in the corpus"
    assert is_pulled(desk)
    assert desk.fate_of_a_push() == "renewed"


def test_a_wrong_record_that_the_corpus_changed_meanwhile_is_a_conflict_once_mended(desk_of_one):
    desk = desk_of_one
    spoil(desk)
    desk.pull()
    desk.note("casualties", "c1", "mine")
    assert changes(desk.pull()) == set()
    desk.board.set("casualty-1-c1", "casualty_outcome", ["injured"])
    pulled = desk.pull()
    assert tuple(map(str, pulled.conflicts)) == ("casualties c1",)
    assert desk.record("casualties", "c1").note == "mine"


def test_what_came_in_beside_a_conflict_is_no_conflict_when_it_is_changed_again(desk_of_one):
    desk = desk_of_one
    desk.note("locations", "l1", "mine")
    desk.board.set("location-1-l1", "location_level", ["nominal"])
    desk.board.set("location-1-l2", "location_level", ["nominal"])
    first = desk.pull()
    assert tuple(map(str, first.conflicts)) == ("locations l1",)
    assert changes(first) == {("changed", "locations", "l2")}
    desk.board.set("location-1-l2", "note", ["seen again"])
    second = desk.pull()
    assert tuple(map(str, second.conflicts)) == ("locations l1",)
    assert changes(second) == {("changed", "locations", "l2")}
    assert desk.fate_of_a_push() == "pull first"


def test_what_was_left_out_is_not_lost_by_a_registry_that_learns_its_entry(desk_of_one):
    """Wrong is also what the rules say: here an id that no registry has."""
    desk = desk_of_one
    desk.board.set("actor-1-a1", "actor_entity", [["nobody"]])
    desk.board.set("location-1-l1", "location_level", ["nominal"])
    pulled = desk.pull()
    assert changes(pulled) == {("changed", "locations", "l1")}
    assert left_out(pulled) == Counter([("actors", "a1")])
    assert [finding.code for finding in pulled.findings] == ["R401"]
    assert desk.fate_of_a_push() == "pull first"


def test_a_task_of_another_text_is_left_out_whole(desk_of_one):
    desk = desk_of_one
    spoil(desk)
    desk.board.task["data"]["text"] += " more"
    before = desk.annotations
    pulled = desk.pull()
    assert pulled.imported is None
    assert [finding.code for finding in pulled.findings] == ["L103"]
    assert desk.annotations == before


def test_boilerplate_that_was_moved_is_told_and_never_taken(desk_of_one):
    desk = desk_of_one
    (name,) = {r["id"] for r in desk.board.result if r.get("id", "").startswith("boilerplate")}
    mark = desk.board.mark(name)["value"]
    desk.board.move(name, mark["start"] - 4, mark["end"])
    before = desk.annotations
    pulled = desk.pull()
    assert {finding.code for finding in pulled.findings} == {"L601"}
    assert desk.annotations == before
    desk.board.delete(name)
    assert {finding.code for finding in desk.pull().findings} == {"L601"}
    assert desk.annotations == before


def test_a_mark_drawn_here_is_known_again_wherever_it_is_moved(desk_of_one):
    desk = desk_of_one
    drawn = desk.board.draw("location", "town", location_level=["nominal"])
    assert changes(desk.pull()) == {("added", "locations", "l4")}
    desk.note("locations", "l4", "seen in the corpus")
    start, end = desk.board.find("no town")
    desk.board.move(drawn, start, end)
    pulled = desk.pull()
    assert tuple(map(str, pulled.conflicts)) == ("locations l4",), (
        "changed here and there; not gone and another"
    )
    assert changes(desk.pull(deciding="server")) == {("changed", "locations", "l4")}


def test_a_mark_drawn_here_that_is_broken_later_is_not_taken_for_removed(desk_of_one):
    desk = desk_of_one
    drawn = desk.board.draw("location", "town", location_level=["nominal"])
    desk.pull()
    desk.board.mark(drawn)["value"]["end"] = 9_999
    desk.board.delete("location-1-l1")
    pulled = desk.pull()
    assert changes(pulled) == {("removed", "locations", "l1")}
    assert left_out(pulled) == Counter([("locations", "l4")])


def test_it_is_said_in_words(desk_of_one, capsys):
    desk = desk_of_one
    spoil(desk)
    assert shown(desk.pull(), desk.corpus).has_problems
    said = capsys.readouterr()
    assert "wrote annotations/gold/one.json" in said.out
    assert "one: left out: casualty c1 (45–58): the casualty lacks outcome" in said.err
    assert "one: left out: a new actor (20–29): the actor lacks level" in said.err
    assert "correct these at http://server/3?task=7, then pull again" in said.err


def on_the_server(desk: Desk, document: str, change: Any) -> None:
    (found,) = [
        one for one in server_tasks(desk.connection, desk.project) if one.document == document
    ]
    result = copy.deepcopy(found.results[0])
    change(result)
    desk.connection.client.annotations.update(id=found.annotations[0]["id"], result=result)


@pytest.mark.xdist_group("studio")
def test_on_a_real_server(desk):
    desk.push()
    before = desk.files()

    def change(result: list[dict[str, Any]]) -> None:
        outcome = next(item for item in result if item["from_name"] == "casualty_outcome")
        spoilt.append(outcome)
        result.remove(outcome)
        level = next(item for item in result if item["from_name"] == "location_level")
        (said,) = level["value"]["choices"]
        level["value"]["choices"] = ["nominal" if said == "name" else "name"]

    spoilt: list[dict[str, Any]] = []
    on_the_server(desk, "004", change)
    pulled = desk.pull()["004"]
    assert {change[:2] for change in changes(pulled)} == {("changed", "locations")}
    ((layer, record),) = left_out(pulled)
    assert layer == "casualties"
    after = desk.files()
    assert {name for name in after if after[name] != before[name]} == {"gold/004.json"}
    assert desk.push()["004"] == "pull first"

    spoilt[0]["value"]["choices"] = ["missing"]
    on_the_server(desk, "004", lambda result: result.append(spoilt[0]))
    mended = desk.pull()["004"]
    assert changes(mended) == {("changed", "casualties", record)}
    assert not mended.findings
    assert desk.push()["004"] == "renewed"


def spoil_the_corpus(desk: Simulated, old: str, new: str) -> None:
    path = desk.corpus.layout.annotation_file("gold", "one")
    words = path.read_text(encoding="utf-8")
    assert old in words
    path.write_text(words.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('"entity": "borland-army"', '"entity": "mars"', "R401"),
        ('"id": "a4", "span": [{"start": 167', '"id": "a4", "span": [{"start": 168', "T308"),
        ('"quantifier": "exact"', '"quantifier": "indefinite"', "C501"),
    ],
)
def test_an_error_of_the_corpus_itself_keeps_no_work_out_and_is_reported(
    desk_of_one, old, new, code, capsys
):
    desk = desk_of_one
    spoil_the_corpus(desk, old, new)
    desk.board.set("location-1-l1", "location_level", ["nominal"])
    pulled = desk.pull()
    assert changes(pulled) == {("changed", "locations", "l1")}
    assert code in {finding.code for finding in pulled.findings}
    assert shown(pulled, desk.corpus).has_problems
    assert code in capsys.readouterr().err
    assert desk.record("locations", "l1").level == "nominal"


def test_of_a_file_with_an_id_twice_nothing_is_dropped(desk_of_one, capsys):
    desk = desk_of_one
    spoil_the_corpus(desk, '"id": "a4"', '"id": "a3"')
    path = desk.corpus.layout.annotation_file("gold", "one")
    before = path.read_bytes()
    desk.board.set("location-1-l1", "location_level", ["nominal"])
    pulled = desk.pull()
    assert pulled.imported is None
    assert path.read_bytes() == before
    assert shown(pulled, desk.corpus).has_problems
    assert "R404" in capsys.readouterr().err
