"""On a real server: pulled work that the corpus lost is not lost there, and can be taken again."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from edits import edit, note, number_of, other_level

from warclaims.studio.compare import predicted_task
from warclaims.studio.push import push
from warclaims.studio.server_tasks import server_tasks

if TYPE_CHECKING:
    from conftest import Desk

pytestmark = pytest.mark.xdist_group("studio")
CHOSEN = ("004",)


def git(desk: Desk, *arguments: str) -> None:
    names = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "core.autocrlf=false")
    subprocess.run(
        ["git", *names, *arguments], cwd=desk.corpus.root, check=True, capture_output=True
    )


def checkout(desk: Desk) -> None:
    git(desk, "checkout", "annotations")


def stash(desk: Desk) -> None:
    git(desk, "stash")


def branch(desk: Desk) -> None:
    git(desk, "switch", "-c", "work")
    git(desk, "commit", "-am", "work")
    git(desk, "switch", "main")


@pytest.mark.parametrize("discard", [checkout, stash, branch])
def test_discarded_work_stays_on_the_server_until_it_is_taken(desk, cli, discard):
    git(desk, "init", "-b", "main")
    git(desk, "add", ".")
    git(desk, "commit", "-m", "gold")
    assert cli("studio", "push", *CHOSEN).code == 0
    edit(desk, "004", other_level)
    assert cli("studio", "pull").code == 0
    pulled = desk.files()
    discard(desk)
    before = desk.files()
    assert before != pulled
    task = number_of(desk, "004")
    place = desk.corpus.annotations("004").locations[0].id

    run = cli("studio", "push", *CHOSEN)
    assert (run.code, "004  pull first" in run.out) == (1, True), run.out + run.err
    assert number_of(desk, "004") == task
    run = cli("studio", "pull")
    assert run.code == 1, run.out
    assert f"004: locations {place} was saved in Label Studio and pulled before" in run.err
    assert "studio pull 004 --deciding server (or corpus)" in run.err
    after = desk.files()
    assert after.pop("gold/.004.conflict.json")
    assert after == before
    run = cli("studio", "pull", "004", "--deciding", "server")
    assert (run.code, "1 document changed" in run.out) == (0, True), run.err
    assert desk.files() == pulled
    assert "004  renewed" in cli("studio", "push", *CHOSEN).out


def test_a_rejection_is_remembered_and_the_task_then_replaced(desk, cli):
    before = desk.files()
    cli("studio", "push", *CHOSEN)
    edit(desk, "004", other_level)
    cli("studio", "pull")
    desk.corpus.layout.annotation_file("gold", "004").write_bytes(before["gold/004.json"])
    assert cli("studio", "pull", "004", "--deciding", "corpus").code == 0
    assert cli("studio", "pull").code == 0
    run = cli("studio", "push", *CHOSEN)
    assert (run.code, "004  renewed" in run.out) == (0, True), run.err
    assert desk.files() == before


def test_saved_work_is_replaced_only_if_told_so_and_a_copy_is_kept(desk, cli):
    desk.push(documents=CHOSEN)
    edit(desk, "004", other_level)
    place = desk.corpus.annotations("004").locations[0]
    assert cli("studio", "push", *CHOSEN).code == 1
    dry = cli("studio", "push", *CHOSEN, "--replace-work", "--dry-run")
    assert (dry.code, "004  would be renewed" in dry.out) == (0, True)
    run = cli("studio", "push", *CHOSEN, "--replace-work")
    assert (run.code, "004  renewed" in run.out) == (0, True), run.err
    (copy,) = re.findall(r"replaced work is in (.*)", run.out)
    run = cli("import", "labelstudio", copy)
    assert (run.code, "1 document" in run.out) == (0, False), run.err
    now = desk.corpus.annotations("004").locations[0]
    assert (now.id, now.level == place.level) == (place.id, False)


def test_unsaved_work_is_never_replaced(desk):
    desk.push(documents=CHOSEN)
    (task,) = server_tasks(desk.connection, desk.project)
    desk.connection.client._client_wrapper.httpx_client.request(
        f"api/tasks/{task.id}/annotations/{task.annotations[0]['id']}/drafts",
        method="POST",
        json={"result": task.results[0][:-1]},
    )
    assert desk.push(documents=CHOSEN, replace_work=True) == {"004": "pull first"}


def test_a_later_edit_in_the_corpus_is_sent_and_the_work_under_it_kept(desk, cli):
    cli("studio", "push", *CHOSEN)

    def written(result):
        item = next(item for item in result if item["from_name"] == "location_level")
        value = {k: item["value"][k] for k in ("start", "end")} | {"text": ["of the server"]}
        result.append({**item, "from_name": "note", "type": "textarea", "value": value})

    edit(desk, "004", written)
    cli("studio", "pull")
    note(desk, "004", "of the corpus")
    run = cli("studio", "pull")
    assert (run.code, "was edited in the corpus after it was pulled" in run.out) == (0, True)
    run = cli("studio", "push", *CHOSEN)
    assert (run.code, "004  renewed" in run.out) == (0, True), run.err
    (copy,) = re.findall(r"replaced work is in (.*)", run.out)
    assert "of the server" in Path(copy).read_text(encoding="utf-8")
    run = cli("import", "labelstudio", copy, "--overwrite")
    assert run.code == 0, run.err
    assert desk.corpus.annotations("004").locations[0].note == "of the server"


def test_a_skipped_annotation_is_kept_when_its_task_is_replaced(desk):
    options = {"documents": CHOSEN, "make": predicted_task}
    desk.push(**options)
    task = number_of(desk, "004")
    result = desk.connection.client.tasks.get(id=str(task)).dict()["predictions"][0]["result"]
    desk.connection.client.annotations.create(id=task, result=result[:1], was_cancelled=True)
    note(desk, "004", "of the corpus")
    found = push(desk.connection, desk.project, desk.corpus, "gold", ledger=desk.ledger, **options)
    (sent,) = found
    assert sent.fate == "renewed"
    assert sent.copy is not None
