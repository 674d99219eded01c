"""Which project what goes into, what is checked before one is made, and what is kept of it."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest

import warclaims
from warclaims.commands import main
from warclaims.corpus import Corpus
from warclaims.errors import WarclaimsError
from warclaims.labelstudio import task
from warclaims.labelstudio.incoming import TaskHistory
from warclaims.labelstudio.tasks import boilerplate
from warclaims.studio.compare import PREDICTED, predicted_task, sent_again
from warclaims.studio.connection import KEY
from warclaims.studio.home import VARIABLE, Home
from warclaims.studio.ledger import Ledger, digest
from warclaims.studio.projects import (
    GUIDE,
    TaskPurpose,
    find_project,
    require_purpose,
    sound_title,
    title_of,
)
from warclaims.studio.server_tasks import server_tasks

if TYPE_CHECKING:
    from conftest import Desk

NOWHERE = "http://127.0.0.1:9"


# ---- before a project is made


@pytest.fixture
def alone(mini, tmp_path, monkeypatch, capsys):
    """Commands on the small corpus, with no server: what is said of their arguments."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "home"))
    monkeypatch.setenv(KEY, "x")

    def run(*arguments: str) -> str:
        with pytest.raises(SystemExit) as done:
            main(["--corpus", str(mini), "studio", *arguments, "--url", NOWHERE])
        assert done.value.code == 2
        said = capsys.readouterr().err
        assert "cannot be reached" not in said
        return str(said)

    return run


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--set", "nobody"), "register annotator nobody"),
        (("--set", "../x"), "not by a path"),
        (("nope",), "nope"),
        (("--project", ""), "has 0 characters"),
        (("--project", "   "), "has 0 characters"),
        (("--project", "ab"), "has 2 characters; the title of a project has 3 to 50"),
        (("--project", "x" * 51), "has 51 characters"),
    ],
)
def test_what_cannot_be_sent_is_said_before_a_server_is_asked(alone, arguments, said):
    assert said in alone("push", *arguments)


def test_a_comparison_that_nobody_adjudicates_is_said_so_first(alone, mini):
    for name in ("anna", "boris"):
        folder = mini / "annotations" / "passes" / name
        folder.mkdir(parents=True)
        for file in (mini / "annotations" / "gold").glob("one.json"):
            (folder / file.name).write_bytes(file.read_bytes())
    (mini / "annotations" / "gold" / "one.json").unlink()
    assert "so the adjudicator is unknown" in alone("push", "--compare", "anna", "boris")


def test_a_title_is_kept_without_blanks_around_it():
    assert sound_title(" Tail ") == "Tail"


def test_a_project_is_of_one_kind():
    purposes = {TaskPurpose("anna"): ["000"], TaskPurpose("gold", ("a", "b")): ["000", "001"]}
    with pytest.raises(WarclaimsError, match="1 task of set anna"):
        require_purpose("Mix", purposes, TaskPurpose("gold", ("a", "b")))
    with pytest.raises(WarclaimsError, match="2 tasks of a \\+ b compared for set gold"):
        require_purpose("Mix", purposes, TaskPurpose("gold"))
    require_purpose("Mix", {TaskPurpose("anna"): ["000"]}, TaskPurpose("anna"))


# ---- what is kept of it


@pytest.fixture
def ledger(tmp_path) -> Ledger:
    return Ledger(Home(tmp_path / "home"), "http://server", 3)


def test_to_forget_a_document_is_to_forget_no_other(ledger, mini):
    pulled = TaskHistory(pulled=warclaims.open(mini).annotations("one"))
    origin, other = [7, {"a": 1}], [8, {"a": 1}]
    ledger.note("gold", "one", origin, pulled)
    ledger.note("anna", "one", origin, pulled)  # the same task, by her
    ledger.note("boris", "one", other, pulled)  # a task of his own
    ledger.note("gold", "a--one", origin, pulled)
    ledger.note("gold--a", "one", other, pulled)
    ledger.forget("gold", "one", digest(origin))
    assert ledger.history("gold", "one", origin).pulled is None
    assert ledger.history("anna", "one", origin).pulled is None
    assert ledger.history("boris", "one", other).pulled is not None
    assert ledger.history("gold", "a--one", origin).pulled is not None
    assert ledger.history("gold--a", "one", other).pulled is not None


def test_what_another_clone_noted_wrongly_hides_nothing(ledger, mini):
    pulled = TaskHistory(pulled=warclaims.open(mini).annotations("one"))
    origin = [7, {"a": 1}]
    ledger.note("gold", "one", origin, pulled)
    path = ledger._file("gold", "one")
    content = json.loads(path.read_bytes())
    content["corpora"]["/other"] = {**next(iter(content["corpora"].values())), "drawn": {"m": 3}}
    path.write_text(json.dumps(content))
    assert ledger.history("gold", "one", origin).pulled == pulled.pulled


@pytest.fixture
def with_boilerplate(mini) -> Corpus:
    corpus = warclaims.open(mini)
    assert boilerplate(corpus.document("one"))
    return corpus


def blank(corpus: Corpus, document: str = "one") -> Any:
    bundle = corpus.bundle(document)
    none = dict.fromkeys(("actors", "locations", "casualties", "attributions"), ())
    return bundle.model_copy(update={"annotations": bundle.annotations.model_copy(update=none)})


def without_annotation(corpus: Corpus) -> None:
    path = corpus.layout.annotation_file("gold", "one")
    plain = json.loads(path.read_bytes())
    for layer in ("actors", "locations", "casualties", "attributions"):
        plain[layer] = []
    path.write_text(json.dumps(plain))


def test_what_is_grey_is_so_on_a_task_of_predictions_that_begins_from_nothing(with_boilerplate):
    corpus = with_boilerplate
    without_annotation(corpus)
    made = predicted_task(corpus, "gold", "one")
    assert made["data"][PREDICTED]
    shown = [r["value"]["labels"] for p in made["predictions"] for r in p["result"]]
    assert shown == [["boilerplate"]] * len(boilerplate(corpus.document("one")))


def test_a_task_is_made_again_as_it_was_sent_after_segments_changed(with_boilerplate):
    corpus = with_boilerplate
    made = task(corpus.bundle("one"), corpus.registries)
    index = corpus.layout.index
    plain = json.loads(index.read_bytes())
    for document in plain["documents"]:
        for segment in document["segments"]:
            if segment["kind"] in ("boilerplate", "credit", "media_lead", "related_link"):
                segment["kind"] = "paragraph"
    index.write_text(json.dumps(plain))
    changed = Corpus(corpus.root)
    assert not boilerplate(changed.document("one"))
    again = sent_again(copy.deepcopy(made["data"]), changed)
    assert again is not None
    assert again["annotations"] == made["annotations"]
    now = task(changed.bundle("one"), changed.registries)
    assert now["data"] != made["data"], "so that the old one is renewed"


def test_a_blank_task_of_changed_segments_is_renewed(desk_of_one):
    desk = desk_of_one
    without_annotation(desk.corpus)
    made = task(desk.corpus.bundle("one"), desk.corpus.registries)
    desk.board.task = copy.deepcopy(made)
    assert desk.fate_of_a_push() == "unchanged"
    del desk.board.task["data"]["boilerplate"]  # as an earlier release made it
    assert desk.fate_of_a_push() == "renewed"


# ---- only what was asked for


def test_only_the_documents_and_the_set_that_were_asked_for_are_pulled(desk_of_one):
    desk = desk_of_one
    desk.board.set("location-1-l1", "location_level", ["nominal"])
    for asked in ({"documents": ["two"]}, {"set_name": "anna"}):
        with pytest.raises(ValueError, match="not enough values"):
            desk.pull(**asked)
    assert desk.pull(documents=["one"], set_name="gold").imported.is_changed


# ---- on a real server


@pytest.fixture
def named(desk, connection):
    """Titles whose projects are taken away at the end."""
    titles: list[str] = []
    yield titles
    for title in titles:
        if (found := find_project(connection, title)) is not None:
            connection.client.projects.delete(id=found.id)


@pytest.mark.xdist_group("studio")
def test_a_project_of_another_set_is_told_and_a_guide_sent_again(
    desk: Desk, cli: Any, named: list[str]
) -> None:
    for name in ("anna", "boris"):
        assert cli("register", "annotator", name).code == 0
    mixed = f"Mix {desk.project}"
    both = title_of(desk.corpus, "gold", ("scheme-a", "scheme-b"))
    named += [mixed, both]
    client = desk.connection.client

    done = cli("studio", "push", "000", "--set", "boris", "--project", f"  {mixed} ")
    assert done.code == 0, done.err
    refused = cli("studio", "push", "000", "--set", "anna", "--project", mixed)
    assert refused.code == 2
    assert "has 1 task of set boris" in refused.err
    left = cli("studio", "pull", "--set", "anna", "--project", mixed)
    assert left.code == 1
    assert "1 task of set boris left: pull them with --set boris" in left.err
    asked = cli("studio", "pull", "000", "--set", "boris", "--project", mixed)
    assert (asked.code, asked.out) == (
        0,
        "1 task not submitted in Label Studio yet\n0 documents changed\n",
    )
    absent = cli("studio", "pull", "001", "--set", "boris", "--project", mixed)
    assert (absent.code, "has no task of 001" in absent.err) == (2, True)

    compare = ("studio", "push", "001", "--compare", "scheme-a", "scheme-b")
    assert cli(*compare).code == 0
    project = find_project(desk.connection, both).id
    guide = client.projects.get(id=project).expert_instruction
    assert guide.startswith(GUIDE)
    assert "scheme-a and scheme-b" in guide
    client.projects.update(id=project, expert_instruction="of an earlier release")
    assert cli(*compare).code == 0
    assert client.projects.get(id=project).expert_instruction == guide
    client.projects.update(
        id=project, label_config='<View><Text name="text" value="$text"/></View>'
    )
    assert cli(*compare, "--replace-configuration").code == 0
    assert client.projects.get(id=project).expert_instruction == guide
    (one,) = server_tasks(desk.connection, project)
    assert one.document == "001"
    (listed,) = client.views.list(project=project)
    hidden = listed.data["hiddenColumns"]["explore"]
    assert [key for key in one.data if f"tasks:data.{key}" not in hidden] == ["header"]
