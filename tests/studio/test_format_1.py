"""Tasks that a release with file format 1 sent are reported, kept, and never written over."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from simulated import SERVER, shown

from warclaims.errors import WarclaimsError
from warclaims.labelstudio import read_results
from warclaims.labelstudio.exported import FORMAT_1
from warclaims.studio.projects import ensure_project, title_of
from warclaims.studio.push import push
from warclaims.studio.server_tasks import server_tasks

if TYPE_CHECKING:
    from simulated import Simulated

    from conftest import Desk

OLD = Path(__file__).parents[1] / "fixtures" / "labelstudio-1.0"
"""What release 0.1 sent of the small corpus: a task, and the configuration of its project."""


def old_task() -> dict[str, Any]:
    (found,) = json.loads((OLD / "tasks.json").read_bytes())
    return dict(found)


@pytest.fixture
def old(desk_of_one: Simulated) -> Simulated:
    """A server with the task of release 0.1, on which somebody went on working."""
    desk_of_one.board.task = old_task()
    desk_of_one.board.set("location-1-l1", "location_level", ["nominal"])
    return desk_of_one


def files(desk: Any) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in desk.corpus.root.rglob("*") if path.is_file()}


def test_a_pull_says_what_to_do_and_changes_nothing(old, capsys):
    before = files(old)
    pulled = old.pull()
    (finding,) = pulled.findings
    assert (finding.code, finding.message, finding.document) == ("L107", FORMAT_1, "one")
    assert "with the release that sent it (pip install 'warclaims==0.1.*')" in finding.message
    assert (pulled.imported, pulled.written, files(old)) == (None, (), before)
    assert shown(pulled, old.corpus).has_problems
    said = capsys.readouterr().err
    assert FORMAT_1 in said
    assert "one: left out. Its task is http://server/3?task=7" in said


@pytest.mark.parametrize("replace_work", [False, True])
@pytest.mark.parametrize("is_touched", [False, True])
def test_a_push_leaves_the_task_alone(old, replace_work, is_touched):
    if not is_touched:
        old.board.task = old_task()
    old.pull()
    sent = push(
        SERVER,
        3,
        old.corpus,
        "gold",
        ledger=old.ledger,
        documents=["one"],
        replace_work=replace_work,
    )
    assert [(one.document, one.fate, one.copy) for one in sent] == [("one", "of format 1", None)]


def test_an_export_of_one_is_refused_with_the_same_words(mini_corpus, old):
    found = read_results((OLD / "tasks.json").read_bytes(), "export.json", mini_corpus)
    assert [(one.code, one.message) for one in found.errors] == [("L107", FORMAT_1)]
    assert found.documents == ()


@pytest.fixture
def mini_corpus(old):
    return old.corpus


# ---- on a real server


@pytest.mark.xdist_group("studio")
def test_a_project_of_release_1_is_left_as_it_is(desk: Desk, cli: Any, mini: Path) -> None:
    """Its tasks stay with their work, whatever is asked for, and so does its configuration."""
    from warclaims.corpus import Corpus

    client = desk.connection.client
    config = (OLD / "config.xml").read_text("utf-8").strip()
    client.projects.update(id=desk.project, label_config=config)
    client.projects.import_tasks(id=desk.project, request=[old_task()])
    desk.corpus = Corpus(mini)
    (before,) = server_tasks(desk.connection, desk.project)
    title = client.projects.get(id=desk.project).title
    assert title != title_of(desk.corpus, "gold")
    for options in ((), ("--replace-configuration", "--replace-work")):
        done = cli("studio", "push", "one", "--project", title, *options)
        assert done.code == 2
        assert "has tasks of format 1" in done.err
    with pytest.raises(WarclaimsError, match=r"'warclaims==0\.1\.\*'"):
        ensure_project(desk.connection, title, desk.corpus.lists, replace=True)
    done = cli("studio", "pull", "--project", title)
    assert (done.code, FORMAT_1 in done.err) == (1, True), done.err
    assert list(server_tasks(desk.connection, desk.project)) == [before]
    assert client.projects.get(id=desk.project).label_config == config
    assert desk.push(documents=["one"], replace_work=True) == {"one": "of format 1"}
    assert list(server_tasks(desk.connection, desk.project)) == [before]
