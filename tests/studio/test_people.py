"""Several people annotate the same texts on a real server; each one's work becomes a pass."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from people_of import User, join

from warclaims.corpus import canonical_bytes
from warclaims.records import Annotator
from warclaims.records.registry import AnnotatorRegistry
from warclaims.records.vocabulary import AnnotatorKind
from warclaims.studio.server_tasks import server_tasks

if TYPE_CHECKING:
    from conftest import Desk

pytestmark = pytest.mark.xdist_group("studio")


@pytest.fixture(scope="module")
def anna(connection) -> User:
    return join(connection, "anna")


@pytest.fixture(scope="module")
def boris(connection) -> User:
    return join(connection, "boris")


def enter(desk: Desk, *names: str) -> None:
    """Enter persons in the registry of annotators."""
    file = desk.corpus.layout.registry("annotators")
    registry = AnnotatorRegistry.model_validate_json(file.read_bytes())
    new = [
        Annotator(id=name, label=name, kind=AnnotatorKind.PERSON, description="A test.")
        for name in names
    ]
    everyone = sorted([*registry.annotators, *new], key=lambda one: one.id)
    file.write_bytes(canonical_bytes(registry.model_copy(update={"annotators": tuple(everyone)})))


def tasks(desk: Desk) -> dict[str, Any]:
    return {task.document: task for task in server_tasks(desk.connection, desk.project)}


def drop_first_location(result: list[dict[str, Any]]) -> None:
    gone = next(item["id"] for item in result if item["id"].startswith("location-"))
    result[:] = [r for r in result if gone not in (r.get("id"), r.get("from_id"), r.get("to_id"))]


def test_each_ones_work_becomes_a_pass_and_nobodys_is_dropped_in_silence(desk, cli, anna, boris):
    enter(desk, "anna", "boris")
    push = ("studio", "push", "001", "004", "--predictions", "--annotators", "2")
    run = cli(*push)
    assert (run.code, run.out.count("sent")) == (0, 2), run.err
    assert desk.connection.client.projects.get(id=desk.project).maximum_annotations == 2
    assert cli(*push).out.count("unchanged") == 2
    run = cli("studio", "push", "000")
    assert run.code == 2
    assert "begin without an annotation" in run.err
    for task in tasks(desk).values():
        assert task.annotations == []
        anna.submit(task, model="gold")
        boris.submit(task, drop_first_location, model="gold")

    run = cli(*push)
    assert (run.code, run.out.count("pull first")) == (1, 2)
    assert "of several annotators" in run.err
    before = desk.files()
    run = cli("studio", "pull")
    assert run.code == 1
    assert run.err.count("has annotations of 2 users") == 2
    assert f"--annotator {anna.email}=ID" in run.err
    assert desk.files() == before

    one = ("studio", "pull", "--annotator", f"{anna.email}=anna")
    run = cli(*one)
    assert run.code == 1
    assert f"2 annotations not pulled: 2 of {boris.email}" in run.err
    assert set(desk.files()) - set(before) == {"passes/anna/001.json", "passes/anna/004.json"}
    assert cli(*one, "--ignore", boris.email).code == 0
    run = cli(*one, "--annotator", f"{boris.email}=boris")
    assert run.code == 0, run.err
    assert cli(*one, "--annotator", f"{boris.email}=boris").out == "0 documents changed\n"
    assert {name: data for name, data in desk.files().items() if name in before} == before
    assert desk.corpus.annotations("004", "anna").annotator == "anna"

    compared = json.loads(cli("agree", "anna", "boris", "--format", "json").out)
    found = [(one["document"], one["unit"], one["kind"]) for one in compared["differences"]]
    assert found == [("001", "locations", "only first"), ("004", "locations", "only first")]
    assert compared["annotators"] == ["anna: person", "boris: person"]
    assert cli("validate", "--errors-only").code == 0


def test_one_who_saved_what_we_sent_is_its_author(desk, cli, anna):
    enter(desk, "anna")
    assert cli("studio", "push", "001", "004").code == 0
    task = tasks(desk)["004"]
    result = task.results[0]
    drop_first_location(result)
    anna.client.annotations.update(id=task.annotations[0]["id"], result=result)
    run = cli("studio", "pull", "--annotator", f"{anna.email}=anna")
    assert run.code == 0, run.err
    assert {name for name in desk.files() if "anna" in name} == {"passes/anna/004.json"}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--annotator", "anna"], "EMAIL=ID"),
        (["--annotator", "nobody@example.org=a"], "no user 'nobody@example.org'"),
        (["--annotator", "{anna}=zoe"], "register annotator zoe"),
        (["--annotator", "{anna}=a", "--annotator", "{boris}=a"], "Give each their own annotator"),
        (["--annotator", "{anna}=a", "--annotator", "{anna}=b"], "named twice"),
        (["--annotator", "{anna}=a", "--ignore", "{anna}"], "by --annotator and by --ignore"),
    ],
)
def test_who_cannot_be_meant_is_said(cli, anna, boris, options, words):
    known = {"anna": anna.email, "boris": boris.email}
    run = cli("studio", "pull", *[option.format(**known) for option in options])
    assert run.code == 2
    assert words in run.err
