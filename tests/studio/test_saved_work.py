"""Work saved on the server is reported and kept there until the corpus contains it.

The corpus changes by other means than a pull: a checkout, another branch, a stash, another clone.
"""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from simulated import Simulated, changes, shown

import warclaims
from warclaims.commands.pull_report import PullReport
from warclaims.corpus import canonical_bytes
from warclaims.errors import WarclaimsError
from warclaims.labelstudio.incoming import TaskHistory
from warclaims.labelstudio.saved_work import saved_work
from warclaims.records import Fragment
from warclaims.studio.home import Home
from warclaims.studio.ledger import Ledger

if TYPE_CHECKING:
    from pathlib import Path


def file_of(desk: Simulated) -> Path:
    return desk.corpus.layout.annotation_file("gold", "one")


def other_level(desk: Simulated) -> None:
    desk.board.set("location-1-l1", "location_level", ["nominal"])


def new_place(desk: Simulated) -> None:
    desk.board.draw("location", "no town", location_level=["nominal"])


def place_removed(desk: Simulated) -> None:
    desk.board.delete("location-1-l3")


def note_added(desk: Simulated) -> None:
    desk.board.set("casualty-1-c1", "note", ["seen"])


def other_status(desk: Simulated) -> None:
    desk.board.set("casualty-1-c1", "casualty_status", ["police"])


def edge_moved(desk: Simulated) -> None:
    start, end = desk.board.find("spokesman")
    desk.board.move("actor-1-a4", start, end)


WORK = {
    work.__name__: (work, record)
    for work, record in (
        (other_level, "locations l1"),
        (new_place, "locations l4"),
        (place_removed, "locations l3"),
        (note_added, "casualties c1"),
        (other_status, "casualties c1"),
        (edge_moved, "actors a4"),
    )
}


@pytest.fixture(params=WORK)
def discarded(request, desk_of_one) -> tuple[Simulated, str, bytes]:
    """Pulled work whose file is as it was before; the record, and the file with it."""
    desk = desk_of_one
    do, record = WORK[request.param]
    before = file_of(desk).read_bytes()
    do(desk)
    assert changes(desk.pull()), "it came in"
    after = file_of(desk).read_bytes()
    assert desk.fate_of_a_push() == "renewed"
    file_of(desk).write_bytes(before)
    return desk, record, after


def test_discarded_work_is_reported_and_its_task_is_not_replaced(discarded):
    desk, record, _ = discarded
    assert desk.fate_of_a_push() == "pull first"
    before = file_of(desk).read_bytes()
    for _ in range(2):
        pulled = desk.pull()
        assert tuple(map(str, pulled.conflicts)) == (record,)
        assert file_of(desk).read_bytes() == before
        assert desk.fate_of_a_push() == "pull first"


def test_discarded_work_can_be_taken_from_the_server(discarded):
    desk, _, after = discarded
    desk.pull()
    assert not desk.pull(deciding="server").conflicts
    assert file_of(desk).read_bytes() == after
    assert not desk.pull().conflicts
    assert desk.fate_of_a_push() == "renewed"


def test_that_the_corpus_is_right_is_remembered(discarded):
    desk, _, _ = discarded
    before = file_of(desk).read_bytes()
    assert not desk.pull(deciding="corpus").conflicts
    for _ in range(2):
        pulled = desk.pull()
        assert not pulled.conflicts
        assert not pulled.findings
        assert file_of(desk).read_bytes() == before
        assert desk.fate_of_a_push() == "renewed"


def test_a_decision_for_the_corpus_is_reported_once(discarded, capsys):
    desk, record, _ = discarded
    words = f"one: {record}: the corpus keeps its version\n"
    for options, said in (
        ({"dry_run": True}, f"one: {record}: the corpus would keep its version\n"),
        ({}, words),
    ):
        pulled = desk.pull(deciding="corpus", **options)
        report = PullReport(desk.corpus, dry_run=bool(options))
        report.show(pulled)
        report.show_totals()
        out, err = capsys.readouterr()
        assert said in out
        assert f"1 record {'would be ' if options else ''}decided for the corpus\n" in out
        assert not err
    for deciding in ("nobody", "corpus", "nobody"):
        report = shown(desk.pull(deciding=deciding), desk.corpus)
        report.show_totals()
        out, err = capsys.readouterr()
        assert (out.strip(), err) == ("0 documents changed", "")


def test_a_decision_about_a_change_on_both_sides_is_reported_once(desk_of_one, capsys):
    desk = desk_of_one
    desk.board.set("location-1-l2", "location_level", ["nominal"])
    desk.note("locations", "l2", "mine")
    assert desk.pull().conflicts
    shown(desk.pull(deciding="corpus"), desk.corpus)
    assert "one: locations l2: the corpus keeps its version\n" in capsys.readouterr().out
    for _ in range(2):
        shown(desk.pull(), desk.corpus)
        assert capsys.readouterr() == ("", "")
    desk.note("locations", "l2", "another remark")
    shown(desk.pull(), desk.corpus)
    assert capsys.readouterr() == ("", "")


def test_work_that_was_discarded_and_is_back_is_nothing_to_report(discarded):
    desk, _, after = discarded
    desk.pull()
    file_of(desk).write_bytes(after)
    assert not desk.pull().conflicts
    assert desk.fate_of_a_push() == "renewed"
    assert not file_of(desk).with_name(".one.conflict.json").exists()


def test_both_readings_of_discarded_work_are_in_the_conflict_file(desk_of_one):
    desk = desk_of_one
    before = file_of(desk).read_bytes()
    other_level(desk)
    desk.pull()
    file_of(desk).write_bytes(before)
    desk.pull()
    found = json.loads(file_of(desk).with_name(".one.conflict.json").read_bytes())["conflicts"]
    levels = [found[0][side]["level"] for side in ("sent", "corpus", "server")]
    assert levels == ["name", "name", "nominal"]


def test_discarded_work_does_not_keep_other_work_out(desk_of_one):
    desk = desk_of_one
    before = file_of(desk).read_bytes()
    other_level(desk)
    desk.pull()
    file_of(desk).write_bytes(before)
    note_added(desk)
    pulled = desk.pull()
    assert changes(pulled) == {("changed", "casualties", "c1")}
    assert tuple(map(str, pulled.conflicts)) == ("locations l1",)
    desk.pull(deciding="server")
    assert desk.record("locations", "l1").level == "nominal"


def test_a_rejected_reading_that_the_server_changes_again_is_work_again(desk_of_one):
    desk = desk_of_one
    before = file_of(desk).read_bytes()
    new_place(desk)
    desk.pull()
    file_of(desk).write_bytes(before)
    desk.pull(deciding="corpus")
    drawn = next(r["id"] for r in desk.board.result if "rNd0m" in r.get("id", ""))
    desk.board.set(drawn, "location_level", ["name"])
    assert desk.fate_of_a_push() == "pull first"
    assert tuple(map(str, desk.pull().conflicts)) == ("locations l4",)


# ---- deleted or edited on purpose


def remove(desk: Simulated, layer: str, name: str) -> None:
    now = desk.annotations
    kept = tuple(r for r in getattr(now, layer) if r.id != name)
    file_of(desk).write_bytes(canonical_bytes(now.model_copy(update={layer: kept})))


def test_a_record_deleted_on_purpose_after_a_pull_is_asked_about_once(desk_of_one):
    desk = desk_of_one
    new_place(desk)
    desk.pull()
    remove(desk, "locations", "l4")
    assert tuple(map(str, desk.pull().conflicts)) == ("locations l4",)
    desk.pull(deciding="corpus")
    assert not desk.pull().conflicts
    assert desk.fate_of_a_push() == "renewed"
    note_added(desk)
    assert changes(desk.pull()) == {("changed", "casualties", "c1")}
    assert "l4" not in [place.id for place in desk.annotations.locations]


def test_a_record_edited_in_the_corpus_after_a_pull_stays_without_a_question(desk_of_one):
    desk = desk_of_one
    new_place(desk)
    note_added(desk)
    desk.pull()
    desk.note("locations", "l4", "edited here")
    desk.note("casualties", "c1", "seen twice")
    pulled = desk.pull()
    assert not pulled.conflicts
    assert not pulled.findings
    assert pulled.imported.edited == {("locations", "l4"), ("casualties", "c1")}
    assert desk.fate_of_a_push() == "renewed"
    desk.pull(deciding="server")
    assert desk.record("casualties", "c1").note == "seen"


def test_records_under_other_ids_are_contained(desk_of_one):
    desk = desk_of_one
    new_place(desk)
    desk.pull()
    now = desk.annotations
    renamed = tuple(
        r.model_copy(update={"id": "l99"}) if r.id == "l4" else r for r in now.locations
    )
    file_of(desk).write_bytes(canonical_bytes(now.model_copy(update={"locations": renamed})))
    assert not desk.pull().conflicts
    assert desk.fate_of_a_push() == "renewed"


# ---- older commits and other branches


def test_an_id_that_another_branch_gave_to_another_record(desk_of_one):
    desk = desk_of_one
    elsewhere = desk.annotations
    new_place(desk)
    desk.pull()
    start, end = desk.board.find("Monday")
    span = (Fragment(start=start, end=end, text="Monday"),)
    taken = elsewhere.locations[0].model_copy(
        update={"id": "l4", "span": span, "place": None, "note": "of the branch"}
    )
    branch = elsewhere.model_copy(update={"locations": (*elsewhere.locations, taken)})
    file_of(desk).write_bytes(canonical_bytes(branch))
    assert desk.fate_of_a_push() == "pull first"
    assert tuple(map(str, desk.pull().conflicts)) == ("locations l4",)
    desk.pull(deciding="server")
    assert desk.record("locations", "l4").note == "of the branch"
    assert "no town" in [place.span[0].text for place in desk.annotations.locations]
    assert not desk.pull().conflicts


def test_only_the_second_of_two_pulls_is_discarded(desk_of_one):
    desk = desk_of_one
    note_added(desk)
    desk.pull()
    between = file_of(desk).read_bytes()
    desk.board.set("casualty-1-c1", "note", ["seen again"])
    desk.pull()
    file_of(desk).write_bytes(between)
    assert desk.fate_of_a_push() == "pull first"
    assert tuple(map(str, desk.pull().conflicts)) == ("casualties c1",)


def test_a_decision_for_the_server_is_discarded(desk_of_one):
    desk = desk_of_one
    note_added(desk)
    desk.note("casualties", "c1", "of the corpus")
    mine = file_of(desk).read_bytes()
    assert desk.pull().conflicts
    desk.pull(deciding="server")
    assert desk.record("casualties", "c1").note == "seen"
    file_of(desk).write_bytes(mine)
    assert desk.fate_of_a_push() == "pull first"
    assert tuple(map(str, desk.pull().conflicts)) == ("casualties c1",)


def test_a_conflict_that_the_corpus_decided_stays_decided(desk_of_one):
    desk = desk_of_one
    other_level(desk)
    desk.note("locations", "l1", "of the corpus")
    assert desk.pull().conflicts
    desk.pull(deciding="corpus")
    assert not desk.pull().conflicts
    assert desk.fate_of_a_push() == "renewed"


# ---- what is deleted


def test_a_deleted_file_is_written_again_with_the_work(desk_of_one):
    desk = desk_of_one
    note_added(desk)
    desk.pull()
    file_of(desk).unlink()
    desk.pull()
    assert desk.record("casualties", "c1").note == "seen"


def test_a_deleted_set_is_written_again_with_the_work(desk_of_one):
    desk = desk_of_one
    note_added(desk)
    desk.pull()
    shutil.rmtree(file_of(desk).parent)
    with pytest.raises(WarclaimsError, match="unknown annotation set"):
        desk.fate_of_a_push()
    desk.pull()
    assert desk.record("casualties", "c1").note == "seen"


def test_with_all_annotations_deleted_nothing_is_sent(desk_of_one):
    desk = desk_of_one
    note_added(desk)
    desk.pull()
    shutil.rmtree(desk.corpus.layout.annotations)
    desk.corpus = warclaims.open(desk.corpus.root)
    with pytest.raises(WarclaimsError):
        desk.fate_of_a_push()


@pytest.mark.parametrize("restored", [False, True])
def test_with_a_lost_ledger_the_work_comes_in_again(desk_of_one, tmp_path, restored):
    desk = desk_of_one
    before = file_of(desk).read_bytes()
    note_added(desk)
    desk.pull()
    after = file_of(desk).read_bytes()
    if restored:
        file_of(desk).write_bytes(before)
    desk.ledger = Ledger(Home(tmp_path / "new home"), "http://server", 3)
    assert desk.fate_of_a_push() == "pull first"
    assert not desk.pull().conflicts
    assert file_of(desk).read_bytes() == after
    assert desk.fate_of_a_push() == "renewed"


# ---- several copies of one corpus


def clone(desk: Simulated, root: Path, ledger: Ledger | None = None) -> Simulated:
    """Another copy of the corpus that works on the same task."""
    shutil.copytree(desk.corpus.root, root)
    return Simulated(warclaims.open(root), desk.board, ledger or desk.ledger)


@pytest.mark.parametrize("decision", ["nobody", "corpus"])
def test_each_of_two_clones_gets_the_work(desk_of_one, tmp_path, decision):
    desk = desk_of_one
    other = clone(desk, tmp_path / "elsewhere" / "mini")
    before = file_of(desk).read_bytes()
    note_added(desk)
    desk.pull()
    if decision == "corpus":
        file_of(desk).write_bytes(before)
        desk.pull(deciding="corpus")
        assert desk.fate_of_a_push() == "renewed"
    assert other.fate_of_a_push() == "pull first"
    assert changes(other.pull()) == {("changed", "casualties", "c1")}
    assert not other.pull().conflicts
    assert other.fate_of_a_push() == "renewed"
    assert not desk.pull().conflicts
    assert desk.fate_of_a_push() == "renewed"


def test_an_edit_in_a_second_clone_before_its_first_pull_is_a_conflict(desk_of_one, tmp_path):
    desk = desk_of_one
    other = clone(desk, tmp_path / "elsewhere" / "mini")
    note_added(desk)
    desk.pull()
    other.note("casualties", "c1", "of the clone")
    assert other.fate_of_a_push() == "pull first"
    assert tuple(map(str, other.pull().conflicts)) == ("casualties c1",)


@pytest.mark.parametrize("restored", [False, True])
def test_a_corpus_that_was_moved_loses_nothing(desk_of_one, tmp_path, restored):
    desk = desk_of_one
    before = file_of(desk).read_bytes()
    note_added(desk)
    desk.pull()
    after = file_of(desk).read_bytes()
    if restored:
        file_of(desk).write_bytes(before)
    moved = clone(desk, tmp_path / "moved" / "mini")
    shutil.rmtree(desk.corpus.root)
    assert moved.fate_of_a_push() == "pull first"
    assert not moved.pull().conflicts
    assert file_of(moved).read_bytes() == after
    assert moved.fate_of_a_push() == "renewed"


def test_a_ledger_of_another_machine_says_nothing_of_this_corpus(desk_of_one, tmp_path):
    """There the corpus is at the same place, and had pulled; here it had not."""
    desk = desk_of_one
    before = file_of(desk).read_bytes()
    note_added(desk)
    desk.pull()
    shutil.copytree(tmp_path / "home", tmp_path / "copied")
    file_of(desk).write_bytes(before)
    desk.ledger = Ledger(Home(tmp_path / "copied"), "http://server", 3)
    assert desk.fate_of_a_push() == "pull first"
    assert tuple(map(str, desk.pull().conflicts)) == ("casualties c1",)
    desk.pull(deciding="server")
    assert desk.record("casualties", "c1").note == "seen"


def test_a_pull_that_was_killed_before_its_note_and_then_discarded(desk_of_one, monkeypatch):
    desk = desk_of_one
    before = file_of(desk).read_bytes()
    note_added(desk)

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "note", killed)
        with pytest.raises(KeyboardInterrupt):
            desk.pull()
    assert file_of(desk).read_bytes() != before
    file_of(desk).write_bytes(before)
    assert desk.fate_of_a_push() == "pull first"
    assert changes(desk.pull()) == {("changed", "casualties", "c1")}


def test_a_ledger_of_an_older_release_is_as_if_there_were_none(desk_of_one, tmp_path):
    desk = desk_of_one
    note_added(desk)
    desk.pull()
    for path in (tmp_path / "home").rglob("gold/one.json"):
        (state,) = json.loads(path.read_bytes())["corpora"].values()
        path.write_bytes(json.dumps(state).encode())
    assert desk.fate_of_a_push() == "pull first"
    assert not desk.pull().conflicts
    assert desk.fate_of_a_push() == "renewed"


def test_without_a_file_all_work_is_missing(desk_of_one):
    desk = desk_of_one
    sent = desk.annotations
    note_added(desk)
    place_removed(desk)
    desk.pull()
    work = saved_work(TaskHistory(sent), desk.annotations, None)
    assert work.missing == {("casualties", "c1")}
    assert saved_work(TaskHistory(sent), desk.annotations, desk.annotations).differing == set()
