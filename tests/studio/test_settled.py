"""A pull skips a task if neither it nor what it depends on has changed since nothing was to do."""

import json

import pytest
from simulated import shown

from warclaims.studio import pull as pulling


@pytest.fixture
def rebuilt(monkeypatch):
    """The documents that were rebuilt from a task."""
    found = []
    read = pulling.read_results

    def reads(data, *arguments, **options):
        found.append(json.loads(data)[0]["data"]["document"])
        return read(data, *arguments, **options)

    monkeypatch.setattr(pulling, "read_results", reads)
    return found


@pytest.fixture
def settled(desk_of_one, rebuilt):
    """A desk with one task that was pulled without anything to do or to report."""
    desk_of_one.pull()
    rebuilt.clear()
    return desk_of_one


def change_of_server(desk):
    desk.board.set("location-1-l2", "location_level", ["nominal"])


def change_of_corpus(desk):
    desk.note("locations", "l2", "mine")


def change_of_a_registry(desk):
    path = desk.corpus.layout.registry("places")
    registry = json.loads(path.read_bytes())
    registry["places"][0]["label"] += " again"
    path.write_text(json.dumps(registry), encoding="utf-8")


def change_of_the_index(desk):
    path = desk.corpus.layout.index
    index = json.loads(path.read_bytes())
    index["documents"][0]["title"] = None
    path.write_text(json.dumps(index), encoding="utf-8")


def test_a_settled_task_is_not_rebuilt(settled, rebuilt, capsys):
    before = settled.corpus.layout.annotation_file("gold", "one").read_bytes()
    for _ in range(2):
        shown(settled.pull(), settled.corpus)
        shown(settled.pull(dry_run=True), settled.corpus)
    assert not rebuilt
    assert capsys.readouterr() == ("", "")
    assert settled.corpus.layout.annotation_file("gold", "one").read_bytes() == before


@pytest.mark.parametrize(
    "change", [change_of_server, change_of_corpus, change_of_a_registry, change_of_the_index]
)
def test_whatever_changes_the_task_is_rebuilt(settled, rebuilt, change):
    change(settled)
    settled.pull()
    assert rebuilt == ["one"]


def test_other_options_rebuild_it(settled, rebuilt):
    settled.pull(deciding="server")
    settled.pull(deciding="server", allow_empty=True)
    assert rebuilt == ["one"] * 2


def test_what_is_reported_is_reported_again(desk_of_one, rebuilt):
    change_of_server(desk_of_one)
    change_of_corpus(desk_of_one)
    for _ in range(3):
        assert desk_of_one.pull().conflicts
    assert len(rebuilt) == 3


def test_a_new_entry_of_the_index_leaves_other_documents_settled(settled, rebuilt):
    path = settled.corpus.layout.index
    index = json.loads(path.read_bytes())
    index["documents"].append(index["documents"][0] | {"id": "third", "sha256": "0" * 64})
    path.write_text(json.dumps(index), encoding="utf-8")
    settled.pull()
    assert not rebuilt
