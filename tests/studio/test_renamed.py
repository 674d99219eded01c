"""A document that was renamed in the corpus keeps its task and the work on it."""

from __future__ import annotations

import json

import pytest
from simulated import SERVER, changes

import warclaims
from command_line import run
from warclaims.authoring.renaming import rename_document
from warclaims.labelstudio import task
from warclaims.studio import push as pushing
from warclaims.studio.pull import pull
from warclaims.studio.push import push
from warclaims.studio.server_tasks import ServerTask, duplicates


def rename(desk, old="one", new="first"):
    rename_document(desk.corpus, old, new)
    desk.corpus = warclaims.open(desk.corpus.root)


def file_of(desk, name="first"):
    return desk.corpus.layout.annotation_file("gold", name)


def fates(desk, **options):
    sent = push(object(), 3, desk.corpus, "gold", ledger=desk.ledger, dry_run=True, **options)
    return {one.document: one.fate for one in sent}


def as_sent(desk, name, number):
    """A task that nobody has worked on."""
    sent = json.loads(json.dumps(task(desk.corpus.bundle(name), desk.corpus.registries)))
    return ServerTask(number, sent["data"], sent["annotations"], [])


def test_work_on_the_task_comes_in_under_the_new_id(desk_of_one):
    desk = desk_of_one
    desk.board.set("location-1-l1", "location_level", ["nominal"])
    rename(desk)
    pulled = desk.pull()
    assert (pulled.document, pulled.findings, pulled.conflicts) == ("first", (), ())
    assert changes(pulled) == {("changed", "locations", "l1")}
    assert pulled.written == (file_of(desk),)
    assert desk.corpus.annotations("first").document == "first"
    assert fates(desk, documents=["first"]) == {"first": "renewed"}
    again = desk.pull()
    assert not again.imported.is_changed


def test_what_was_pulled_before_is_still_known(desk_of_one):
    desk = desk_of_one
    desk.board.set("location-1-l1", "location_level", ["nominal"])
    desk.pull()
    rename(desk)
    pulled = desk.pull(documents=["first"])
    assert (pulled.findings, pulled.conflicts) == ((), ())
    assert not pulled.imported.is_changed
    file_of(desk).write_bytes(
        file_of(desk).read_bytes().replace(b'"level": "nominal"', b'"level": "name"')
    )
    assert [str(one) for one in desk.pull().conflicts] == ["locations l1"]
    assert fates(desk, documents=["first"]) == {"first": "pull first"}
    assert not desk.pull(deciding="server").conflicts
    assert b'"level": "nominal"' in file_of(desk).read_bytes()


def test_a_changed_record_on_both_sides_is_a_conflict(desk_of_one):
    desk = desk_of_one
    desk.board.set("location-1-l2", "location_level", ["nominal"])
    desk.note("locations", "l2", "mine")
    rename(desk)
    assert [str(one) for one in desk.pull().conflicts] == ["locations l2"]
    assert fates(desk, documents=["first"]) == {"first": "pull first"}
    assert not desk.pull(deciding="corpus").conflicts
    assert not desk.pull().conflicts


def test_a_task_without_work_is_renewed(desk_of_one, monkeypatch):
    desk = desk_of_one
    sent = as_sent(desk, "one", 7)
    rename(desk)
    monkeypatch.setattr(pushing, "server_tasks", lambda *_: iter([sent]))
    assert fates(desk, documents=["first"]) == {"first": "renewed"}


def test_another_document_may_have_the_old_id_now(desk_of_one):
    desk = desk_of_one
    desk.board.set("location-1-l1", "location_level", ["nominal"])
    rename(desk)
    rename(desk, "two", "one")
    pulled = desk.pull()
    assert (pulled.document, pulled.findings) == ("first", ())
    assert changes(pulled) == {("changed", "locations", "l1")}


def test_a_task_under_each_id_is_a_duplicate(desk_of_one, monkeypatch):
    desk = desk_of_one
    old = as_sent(desk, "one", 7)
    rename(desk)
    new = as_sent(desk, "first", 8)
    listed = "warclaims.studio.server_tasks.tasks_without_work"
    monkeypatch.setattr(listed, lambda *_: iter([old, new]))
    assert duplicates(object(), 3, desk.corpus) == {("first", "gold"): [7, 8]}
    monkeypatch.setattr(pushing, "server_tasks", lambda *_: iter([old, new]))
    sent = push(
        object(), 3, desk.corpus, "gold", ledger=desk.ledger, documents=["first"], dry_run=True
    )
    assert [one.fate for one in sent] == ["freed of a duplicate", "unchanged"]


def test_a_document_that_was_removed_is_named_with_the_fix(desk_of_one):
    desk = desk_of_one
    index = desk.corpus.layout.index
    content = json.loads(index.read_text("utf-8"))
    content["documents"] = [one for one in content["documents"] if one["id"] != "one"]
    index.write_text(json.dumps(content), "utf-8")
    (pulled,) = pull(SERVER, 3, warclaims.open(desk.corpus.root), desk.ledger)
    (finding,) = pulled.findings
    assert finding.code == "L102"
    assert "If it was removed, delete the task in Label Studio" in finding.message


@pytest.mark.parametrize("overwrite", [False, True])
def test_an_export_from_before_is_imported(desk_of_one, tmp_path, overwrite):
    desk = desk_of_one
    desk.board.set("location-1-l1", "location_level", ["nominal"])
    export = tmp_path / "export.json"
    export.write_bytes(desk.board.export())
    rename(desk)
    options = ["--overwrite"] if overwrite else []
    command = ["--corpus", desk.corpus.root, "import", "labelstudio", export, *options]
    done = run(command, tmp_path)
    assert done.returncode == 0, done.stderr
    assert b'"level": "nominal"' in file_of(desk).read_bytes()
