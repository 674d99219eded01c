"""The records that a person should look at first, as tasks for a pass of the person's own."""

from __future__ import annotations

import json

import pytest
from simulated import SERVER

import warclaims
from command_line import run
from warclaims.authoring.document_queue import documents_by_worth
from warclaims.derive.worth import records_by_worth
from warclaims.records import LAYERS
from warclaims.studio import pull as pulling
from warclaims.studio.home import Home
from warclaims.studio.ledger import Ledger
from warclaims.studio.projects import find_project
from warclaims.studio.queue import QUESTIONS, questions_of, queued_task
from warclaims.studio.server_tasks import ServerTask, server_tasks

pytestmark = pytest.mark.xdist_group("studio")


@pytest.fixture
def corpus(cli_of_mini, mini):
    """The small corpus with another reading, a challenge and a person."""
    path = mini / "annotations/gold/one.json"
    record = json.loads(path.read_text("utf-8"))
    record["attributions"][2]["alternatives"] = [{"act": "announce"}]
    path.write_text(json.dumps(record), "utf-8")
    challenge = {
        "document": "two", "record": "a1", "words": "x", "reading": "an outlet", "basis": "sense",
        "rule": None, "verdict": "open", "reason": None,
    }  # fmt: skip
    (mini / "annotations/challenges.jsonl").write_text(json.dumps(challenge) + "\n")
    assert cli_of_mini("register", "annotator", "anna").returncode == 0
    return warclaims.open(mini)


@pytest.fixture
def cli_of_mini(mini, tmp_path):
    return lambda *arguments: run(("--corpus", mini, *arguments), tmp_path)


def test_other_readings_come_first_then_challenges_casualties_and_their_sources(corpus):
    found = records_by_worth(corpus.bundles(), corpus.challenges())
    names = [f"{one.document}:{one.record}" for one in found]
    assert names[:5] == ["one:t3", "two:a1", "one:c1", "one:c2", "two:c1"]
    assert found[0].question == "or act announce"
    assert found[1].question == "challenged: an outlet"
    assert found[2].words == "two civilians"
    first_source = next(one for one in found[2:] if one.layer == "attributions")
    assert first_source.question == "whose word is “two civilians” and “a child”?"
    assert len(names) == len(set(names))


def test_the_command_lists_records_and_why(corpus, cli_of_mini):
    run = cli_of_mini("queue", "--records", "3")
    assert "one:t3" in run.stdout
    assert "or act announce" in run.stdout
    assert "3 of " in run.stdout
    listed = json.loads(cli_of_mini("queue", "--format", "json").stdout)
    assert listed[1]["question"] == "challenged: an outlet"


def test_a_task_lists_its_questions_and_marks_their_regions(corpus):
    questions = questions_of(corpus, 4)
    assert list(questions) == ["one", "two"]
    made = queued_task(corpus, "anna", "one", questions["one"])
    assert made["annotations"] == []
    assert made["data"]["set"] == "anna"
    assert "3 records to decide: 1. t3 “said”: or act announce · 2. c1" in made["data"]["header"]
    (prediction,) = made["predictions"]
    notes = {item["meta"]["text"] for item in prediction["result"] if "meta" in item}
    assert notes == set(made["data"][QUESTIONS])


def test_what_a_person_decides_is_a_pass_of_their_own(corpus, tmp_path, monkeypatch):
    made = queued_task(corpus, "anna", "one", questions_of(corpus, 4)["one"])
    result = json.loads(json.dumps(made["predictions"][0]["result"]))
    for item in result:
        if item.get("from_name") == "attribution_act" and item["id"].endswith("-t3"):
            item["value"]["choices"] = ["announce"]
    result = [item for item in result if item.get("from_name") != "alternatives"]
    submitted = ServerTask(7, made["data"], [{"id": 1, "result": result}], [])
    monkeypatch.setattr(pulling, "server_tasks", lambda *_: iter([submitted]))
    monkeypatch.setattr(pulling, "duplicates", lambda *_: {})
    ledger = Ledger(Home(tmp_path / "home"), "http://server", 3)
    (pulled,) = pulling.pull(SERVER, 3, corpus, ledger, set_name="anna")
    assert [str(finding) for finding in pulled.findings if not finding.is_warning] == []
    own = warclaims.open(corpus.root).annotations("one", "anna")
    gold = corpus.annotations("one")
    assert own.annotator == "anna"
    assert (own.attributions[2].act, own.attributions[2].alternatives) == ("announce", ())
    assert own.casualties == gold.casualties
    assert (own.attributions[:2], own.actors) == (gold.attributions[:2], gold.actors)
    again = queued_task(warclaims.open(corpus.root), "anna", "one", questions_of(corpus, 4)["one"])
    assert again["data"]["exported"]["attributions"][2]["act"] == "announce"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--queue", "3", "one"), "--queue chooses the documents"),
        (("--queue", "3", "--set", "anna", "one"), "--queue chooses the documents"),
        (("--queue", "3", "--compare", "a", "gold"), "--queue chooses the documents"),
        (("--queue", "3", "--set", "anna", "--predictions"), "cannot be combined"),
    ],
)
def test_a_queue_chooses_what_is_sent(cli_of_mini, corpus, options, words):
    run = cli_of_mini("studio", "push", *options)
    assert run.returncode == 2
    assert words in run.stderr


def without(corpus, document, layer):
    path = corpus.layout.annotation_file("gold", document)
    record = json.loads(path.read_text("utf-8"))
    record[layer] = []
    path.write_text(json.dumps(record), "utf-8")


def order(corpus, **options):
    return [one.document for one in documents_by_worth(warclaims.open(corpus.root), **options)]


def test_documents_are_in_order_of_worth(corpus, mini):
    """Each step changes what counts more than all before."""
    assert order(corpus) == ["one", "two"], "as many records with other readings or challenges"
    challenges = mini / "annotations/challenges.jsonl"
    challenges.write_text(challenges.read_text("utf-8") * 2, "utf-8")
    assert order(corpus) == ["two", "one"]
    without(corpus, "one", "locations")
    assert order(corpus, compared=("gold", "a")) == ["one", "two"], "on which a differs from gold"
    without(corpus, "two", "casualties")
    assert order(corpus) == ["two", "one"], "numbers of victims without a record"
    (mini / "annotations/gold/one.json").unlink()
    assert order(corpus) == ["one", "two"], "not annotated"


def test_where_gold_is_empty_a_queue_is_of_documents(corpus, mini, cli_of_mini, monkeypatch):
    """They go to the pass of whoever annotates them."""
    for name in ("one", "two"):
        for layer in LAYERS:
            without(corpus, name, layer)
    assert questions_of(warclaims.open(mini), 5) == {}
    sent = []
    monkeypatch.setattr("warclaims.studio.push.try_first", lambda *given: sent.append(given[1:3]))
    for name in ("anna", "gold"):
        cli_of_mini("studio", "push", "--queue", "1", "--set", name, "--url", "http://127.0.0.1:9")
    assert [(name, len(documents)) for name, documents in sent] == [("anna", 1), ("gold", 1)]
    (mini / "annotations/gold/one.json").unlink()
    cli_of_mini("studio", "push", "--queue", "2", "--url", "http://127.0.0.1:9")
    assert sent[-1] == ("gold", ("two",))


def test_the_command_lists_documents(corpus, cli_of_mini):
    without(corpus, "two", "casualties")
    shown = cli_of_mini("queue", "--documents", "--compare", "gold", "a")
    assert shown.returncode == 0, shown.stderr
    assert "differences of gold and a" in shown.stdout
    listed = json.loads(cli_of_mini("queue", "--documents", "--format", "json").stdout)
    assert [one["document"] for one in listed] == ["two", "one"]
    assert listed[0]["unrecorded"] > 0
    assert listed[0]["differences"] is None
    assert "need --documents" in cli_of_mini("queue", "--set", "a").stderr


def test_a_push_of_a_queue_for_gold_sends_the_first_documents(desk, cli):
    first, *_ = documents_by_worth(desk.corpus)
    pushed = cli("studio", "push", "--queue", "1", "--project", "The first")
    assert (pushed.code, pushed.err) == (0, "")
    project = find_project(desk.connection, "The first")
    assert [one.document for one in server_tasks(desk.connection, project.id)] == [first.document]


def test_a_server_has_the_tasks_in_order_of_worth_and_the_pass_comes_back(desk, cli):
    assert cli("register", "annotator", "anna").code == 0
    push = ("studio", "push", "--queue", "12", "--set", "anna", "--project", "An evening")
    pushed = cli(*push)
    assert (pushed.code, pushed.err) == (0, "")
    questions = questions_of(desk.corpus, 12)
    assert [line.split()[0] for line in pushed.out.splitlines()[: len(questions)]] == list(
        questions
    )
    project = find_project(desk.connection, "An evening")
    tasks = list(server_tasks(desk.connection, project.id))
    assert [task.document for task in tasks] == list(questions)
    first = tasks[0]
    shown = desk.connection.client.tasks.get(id=str(first.id)).dict()["predictions"][0]
    notes = {item["meta"]["text"] for item in shown["result"] if item.get("meta")}
    assert notes == set(first.data[QUESTIONS])
    desk.connection.client.annotations.create(
        id=first.id, result=shown["result"], parent_prediction=shown["id"]
    )
    pulled = cli("studio", "pull", "--set", "anna", "--project", "An evening")
    assert pulled.code == 0, pulled
    corpus = warclaims.open(desk.corpus.root)
    assert corpus.layout.is_annotated("anna", first.document)
    own = corpus.annotations(first.document, "anna")
    assert own.casualties == corpus.annotations(first.document).casualties
    assert cli(*push).code == 0
