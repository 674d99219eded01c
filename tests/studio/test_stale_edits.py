"""What was pulled and is again as it was sent: a wish, or the save of a page that was open before.

A page saves only what was changed on it, and with it all that it had.
"""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING

import pytest
from simulated import changes

from warclaims.labelstudio.merge import ConflictCause

if TYPE_CHECKING:
    from simulated import Simulated


def drawn(desk: Simulated, words: str = "no town") -> str:
    """Somebody draws a place, and it is pulled."""
    mark: str = desk.board.draw("location", words, location_level=["nominal"])
    assert changes(desk.pull()) == {("added", "locations", "l4")}
    return mark


def stale(desk: Simulated) -> None:
    """A level is changed and pulled; then a page that was open before saves another change."""
    before = copy.deepcopy(desk.board.task)
    desk.board.set("location-1-l1", "location_level", ["nominal"])
    assert changes(desk.pull()) == {("changed", "locations", "l1")}
    desk.board.task = before
    desk.board.set("location-1-l2", "note", ["of the late page"])


# ---- wishes


def test_a_drawn_mark_that_is_deleted(desk_of_one):
    desk = desk_of_one
    before = desk.annotations
    mark = drawn(desk)
    desk.board.delete(mark)
    pulled = desk.pull()
    assert changes(pulled) == {("removed", "locations", "l4")}
    assert not pulled.conflicts
    assert desk.annotations == before


def test_a_drawn_mark_that_is_drawn_again_with_other_edges(desk_of_one):
    desk = desk_of_one
    mark = drawn(desk)
    desk.board.delete(mark)
    desk.board.draw("location", "town", location_level=["nominal"])
    pulled = desk.pull()
    assert not pulled.conflicts
    assert [p.span[0].text for p in desk.annotations.locations].count("town") == 1
    assert "no town" not in [p.span[0].text for p in desk.annotations.locations]
    assert desk.fate_of_a_push() == "renewed"


def test_a_level_that_is_turned_back(desk_of_one):
    desk = desk_of_one
    before = desk.annotations
    level = desk.record("locations", "l1").level.value
    desk.board.set("location-1-l1", "location_level", ["nominal"])
    desk.pull()
    desk.board.set("location-1-l1", "location_level", [level])
    pulled = desk.pull()
    assert changes(pulled) == {("changed", "locations", "l1")}
    assert not pulled.findings
    assert desk.annotations == before


def test_a_drawn_mark_that_gets_another_label(desk_of_one):
    desk = desk_of_one
    mark = drawn(desk)
    desk.board.set(mark, "location_level", None)
    desk.board.relabel(mark, "actor")
    desk.board.set(mark, "actor_level", ["nominal"])
    pulled = desk.pull()
    assert {change[:2] for change in changes(pulled)} == {
        ("removed", "locations"),
        ("added", "actors"),
    }
    assert not pulled.conflicts


def test_one_of_two_changes_that_is_taken_back(desk_of_one):
    desk = desk_of_one
    desk.board.set("location-1-l1", "location_level", ["nominal"])
    mark = desk.board.draw("location", "no town", location_level=["nominal"])
    desk.pull()
    desk.board.delete(mark)
    desk.board.set("location-1-l2", "note", ["seen"])
    pulled = desk.pull()
    assert not pulled.conflicts
    assert changes(pulled) == {("removed", "locations", "l4"), ("changed", "locations", "l2")}


def test_all_is_deleted_and_that_is_allowed(desk_of_one):
    desk = desk_of_one
    drawn(desk)
    for mark in {item["id"] for item in desk.board.result if "id" in item}:
        if not mark.startswith("boilerplate"):
            desk.board.delete(mark)
    refused = desk.pull()
    assert [finding.code for finding in refused.findings] == ["L505"]
    desk.pull(allow_empty=True)
    assert desk.annotations.locations == desk.annotations.actors == ()


# ---- what nobody can tell


def readings(desk: Simulated) -> list[dict[str, object]]:
    path = desk.corpus.layout.annotation_file("gold", "one").with_name(".one.conflict.json")
    found: list[dict[str, object]] = json.loads(path.read_bytes())["conflicts"]
    return found


@pytest.mark.parametrize("with_unfinished", [False, True])
def test_what_a_stale_page_undid_is_a_conflict_and_the_corpus_keeps_it(
    desk_of_one, with_unfinished
):
    desk = desk_of_one
    stale(desk)
    if with_unfinished:
        desk.board.draw("actor", "Officials")
    for once in (True, False):
        pulled = desk.pull()
        assert changes(pulled) == ({("changed", "locations", "l2")} if once else set())
        assert tuple(map(str, pulled.conflicts)) == ("locations l1",)
        (conflict,) = pulled.conflicts
        assert conflict.cause is ConflictCause.REVERTED
        assert len(pulled.imported.left_out) == with_unfinished
    assert desk.record("locations", "l1").level == "nominal"
    (both,) = readings(desk)
    assert (both["corpus"]["level"], both["server"]["level"]) == ("nominal", "name")
    assert desk.fate_of_a_push() == "pull first"


def test_an_unfinished_mark_alone_is_a_change_too(desk_of_one):
    """The late page brings nothing else that is sound."""
    desk = desk_of_one
    stale(desk)
    desk.board.set("location-1-l2", "note", None)
    desk.board.draw("actor", "Officials")
    pulled = desk.pull()
    assert tuple(map(str, pulled.conflicts)) == ("locations l1",)
    assert changes(pulled) == set()


def test_what_nobody_can_tell_is_decided_for_the_corpus(desk_of_one):
    desk = desk_of_one
    stale(desk)
    desk.pull()
    decided = desk.pull(deciding="corpus")
    assert not decided.conflicts
    assert not decided.findings
    assert desk.record("locations", "l1").level == "nominal"
    again = desk.pull()
    assert not again.conflicts
    assert changes(again) == set()
    assert desk.fate_of_a_push() == "renewed"


def test_what_nobody_can_tell_is_decided_for_the_server(desk_of_one):
    desk = desk_of_one
    stale(desk)
    desk.pull()
    decided = desk.pull(deciding="server")
    assert changes(decided) == {("changed", "locations", "l1")}
    assert desk.record("locations", "l1").level == "name"
    assert not desk.pull().conflicts


def test_a_doubt_lasts_over_further_work(desk_of_one):
    desk = desk_of_one
    stale(desk)
    desk.pull()
    desk.board.set("location-1-l1", "location_level", None)  # broken, and mended later
    assert desk.pull().imported.left_out
    desk.board.set("location-1-l3", "note", ["further work"])
    desk.pull()
    desk.board.set("location-1-l1", "location_level", ["name"])
    assert tuple(map(str, desk.pull().conflicts)) == ("locations l1",)
    assert desk.record("locations", "l1").level == "nominal"
    assert desk.record("locations", "l3").note == "further work"


def test_a_mark_that_is_deleted_and_another_drawn_elsewhere_is_asked_about(desk_of_one):
    """A page on which the first was never drawn saves just this."""
    desk = desk_of_one
    mark = drawn(desk)
    desk.board.delete(mark)
    desk.board.draw("actor", "Officials", actor_level=["nominal"])
    pulled = desk.pull()
    assert tuple(map(str, pulled.conflicts)) == ("locations l4",)
    assert {change[:2] for change in changes(pulled)} == {("added", "actors")}
    desk.pull(deciding="server")
    assert "l4" not in [place.id for place in desk.annotations.locations]


def test_what_the_corpus_took_back_itself_is_nothing_to_ask(desk_of_one):
    desk = desk_of_one
    first = desk.corpus.layout.annotation_file("gold", "one").read_bytes()
    stale(desk)
    desk.corpus.layout.annotation_file("gold", "one").write_bytes(first)
    pulled = desk.pull()
    assert not pulled.conflicts
    assert changes(pulled) == {("changed", "locations", "l2")}
