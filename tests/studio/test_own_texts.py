"""A stranger's two texts, from the files to claims, by a real server and the commands alone."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from browser import Board
from datasets import load_dataset

import warclaims
from command_line import run
from warclaims.corpus import Corpus
from warclaims.studio.projects import find_project, title_of
from warclaims.studio.server_tasks import ServerTask, server_tasks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from warclaims.studio.connection import Connection

pytestmark = pytest.mark.xdist_group("studio")
ONE = (
    "Seven die in Dorn 😀\r\n\r\nOfficials in Avaria said seven civilians were killed on Monday."
    "\r\n\r\nPhoto: A. Example\r\n"
)
TWO = "Fire in Dorn\n\nThe mayor of Dorn denied that anybody was killed."


@pytest.fixture
def cli(place, tmp_path):
    def call(*arguments: Any) -> SimpleNamespace:
        done = run(arguments, tmp_path)
        return SimpleNamespace(code=done.returncode, out=done.stdout, err=done.stderr)

    return call


def make(cli: Any, root: Path) -> Path:
    """A corpus with two texts, by the commands."""
    root.parent.mkdir(parents=True, exist_ok=True)
    assert cli("new", root, "--annotator", "p1").code == 0
    for name, text, facts in (
        ("one", ONE, ["--outlet", "The Example", "--date", "2024-05-06"]),
        ("two", TWO, ["--language", "en", "--source", "https://example.org/two"]),
    ):
        file = root.parent / f"{name}.txt"
        file.write_bytes(text.encode())
        run = cli("--corpus", root, "add", file, *facts)
        assert run.code == 0, run.err
    return root


@pytest.fixture
def own(cli, tmp_path, connection) -> Iterator[Path]:
    root = make(cli, tmp_path / f"own {tmp_path.name}"[:30])
    yield root
    project = find_project(connection, title_of(Corpus(root), "gold"))
    if project is not None:
        connection.client.projects.delete(id=project.id)


def tasks(connection: Connection, root: Path) -> dict[str, ServerTask]:
    project = find_project(connection, title_of(Corpus(root), "gold"))
    return {task.document or "": task for task in server_tasks(connection, project.id)}


def board(task: ServerTask) -> Board:
    results = task.results or [[]]
    return Board({"data": task.data, "annotations": [{"result": results[0]}]})


def draw(task: ServerTask) -> list[dict[str, Any]]:
    """What an annotator draws on the first text: who says it, a casualty, its words."""
    work = board(task)
    who = work.draw(
        "actor", "Officials in Avaria", actor_level=["nominal"], new_entry=["officials in Avaria"]
    )
    victims = work.draw(
        "casualty",
        "seven civilians",
        casualty_outcome=["killed"],
        casualty_quantifier=["exact"],
        casualty_value=7,
        casualty_status=["civilian"],
    )
    trigger = work.draw("trigger", "killed")
    cue = work.draw(
        "cue",
        "said",
        attribution_mode=["indirect"],
        attribution_act=["assert"],
        attribution_commitment=["neutral"],
    )
    content = work.draw("content", "seven civilians were killed on Monday")
    for link in ((who, cue), (cue, content), (victims, trigger)):
        work.link(*link)
    return work.result


def test_from_two_files_to_claims(cli, own, connection, tmp_path):
    on = ("--corpus", own)
    run = cli(*on, "studio", "push")
    assert (run.code, run.out.count("sent")) == (0, 2), run.err
    run = cli(*on, "studio", "pull")
    none = "2 tasks not submitted in Label Studio yet\n0 documents changed\n"
    assert (run.code, run.out) == (0, none), run.err
    task = tasks(connection, own)["one"]
    connection.client.annotations.create(id=task.id, result=draw(task))
    run = cli(*on, "studio", "pull")
    assert run.code == 0, run.err
    assert "wrote annotations/gold/one.json" in run.out
    assert "proposed for the registry: officials in Avaria (document one, actors a1" in run.out
    assert "register actor ID" in run.out
    assert cli(*on, "validate", "--errors-only").code == 0

    entry = ("avaria-officials", "--type", "government", "--label", "officials in Avaria")
    basis = "one 'Officials in Avaria'"
    assert cli(*on, "register", "actor", *entry, "--basis", basis).code == 0
    run = cli(*on, "studio", "push")
    assert (run.code, run.out.count("renewed")) == (0, 2), run.out + run.err
    task = tasks(connection, own)["one"]
    (entry,) = task.data["actors"]
    assert entry == {"value": "officials in Avaria (avaria-officials)", "alias": "avaria-officials"}
    work = board(task)
    work.set("actor-1-a1", "actor_entity", [["avaria-officials"]])
    connection.client.annotations.update(id=task.annotations[0]["id"], result=work.result)
    run = cli(*on, "studio", "pull")
    assert run.code == 0, run.err
    assert 'entity: null → "avaria-officials"' in run.out
    assert cli(*on, "studio", "pull").out == none.replace("2 tasks", "1 task")
    tables_and_claims(cli, own, str(tmp_path / "cache"))


def tables_and_claims(cli: Any, own: Path, cache: str) -> None:
    on = ("--corpus", own)
    run = cli(*on, "validate", "--errors-only")
    assert (run.code, run.err) == (0, ""), run.out
    run = cli(*on, "build")
    assert run.code == 0, run.err
    (claim,) = load_dataset(str(own), "claims", split="train", cache_dir=cache)
    assert (claim["text"], claim["minimum"], claim["maximum"]) == ("seven civilians", 7, 7)
    labelled = warclaims.load("claims", own)
    outcome = labelled.features["outcome"].int2str(labelled[0]["outcome"])
    assert (claim["record"], claim["outcome"]) == (labelled[0]["record"], outcome)
    documents = load_dataset(str(own), "documents", split="train", cache_dir=cache)
    assert documents["text"][0] == ONE
    run = cli(*on, "claims")
    assert run.code == 0
    assert "Officials in Avaria" in run.out
    assert "seven civilians" in run.out
    (row,) = json.loads(cli(*on, "claims", "--format", "json").out)
    assert row["document"] == "one"


def test_two_corpora_in_folders_of_one_name_do_not_mix(cli, own, tmp_path, connection):
    assert cli("--corpus", own, "studio", "push").code == 0
    other = tmp_path / "elsewhere" / own.name
    assert cli("new", other).code == 0
    file = tmp_path / "elsewhere" / "one.txt"
    file.write_text("Another text, in which officials said that nine were killed.")
    assert cli("--corpus", other, "add", file).code == 0
    before = {name: task.id for name, task in tasks(connection, own).items()}
    for command in ("push", "pull"):
        run = cli("--corpus", other, "studio", command)
        assert run.code == 2
        assert "another text as document one" in run.err
        assert "--project TITLE" in run.err
    assert {name: task.id for name, task in tasks(connection, own).items()} == before
    title = f"the other {tmp_path.name}"[:50]
    try:
        run = cli("--corpus", other, "studio", "push", "--project", title)
        assert (run.code, run.out.count("sent")) == (0, 1), run.err
        assert cli("--corpus", other, "studio", "pull", "--project", title).code == 0
        assert "unchanged" in cli("--corpus", other, "studio", "push", "--project", title).out
    finally:
        connection.client.projects.delete(id=find_project(connection, title).id)

    third = tmp_path / "third" / own.name
    assert cli("new", third).code == 0
    file = file.rename(tmp_path / "three.txt")
    assert cli("--corpus", third, "add", file).code == 0
    run = cli("--corpus", third, "studio", "push")
    assert run.code == 2
    assert "belongs to another corpus: none of its documents (one, two) is here" in run.err
