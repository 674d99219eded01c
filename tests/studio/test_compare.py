"""Readings as predictions on a real server: to correct one, or to decide between two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from warclaims.commands import main
from warclaims.corpus import canonical_bytes
from warclaims.corpus.blank import blank_annotations
from warclaims.errors import WarclaimsError
from warclaims.records import LAYERS
from warclaims.studio.compare import compared_task, in_both, predicted_task, sent_again
from warclaims.studio.projects import find_project, title_of
from warclaims.studio.push import push
from warclaims.studio.server_tasks import server_tasks

if TYPE_CHECKING:
    from conftest import Desk
    from warclaims.corpus import Corpus
    from warclaims.studio.server_tasks import ServerTask

pytestmark = pytest.mark.xdist_group("studio")
SETS = ("scheme-a", "scheme-b")
DOCUMENTS = ("001", "004")


def send(desk: Desk) -> dict[str, str]:
    """Push both readings of two documents, to be decided in gold."""

    def make(corpus: Corpus, target: str, name: str) -> dict[str, Any]:
        return compared_task(corpus, SETS, target, name)

    arguments = (desk.connection, desk.project, desk.corpus, "gold")
    sent = push(*arguments, ledger=desk.ledger, documents=DOCUMENTS, make=make)
    return {one.document: one.fate for one in sent}


def tasks(desk: Desk) -> dict[str, ServerTask]:
    found = list(server_tasks(desk.connection, desk.project))
    by_document = {task.document or "": task for task in found}
    assert len(by_document) == len(found), "no document has two tasks"
    return by_document


def predictions(desk: Desk, task: int) -> dict[str, Any]:
    found = desk.connection.client.tasks.get(id=str(task)).dict()["predictions"]
    return {one["model_version"]: one for one in found}


def submit(desk: Desk, task: int, prediction: Any, result: Any = None) -> None:
    """Save what was begun from a prediction, as the browser does."""
    desk.connection.client.annotations.create(
        id=task,
        result=prediction["result"] if result is None else result,
        parent_prediction=prediction["id"],
    )


def begin(desk: Desk, task: int, result: list[dict[str, Any]]) -> None:
    """Unsaved work on a task that nobody has annotated."""
    http = desk.connection.client._client_wrapper.httpx_client
    http.request(f"api/tasks/{task}/drafts", method="POST", json={"result": result})


def empty_gold(desk: Desk) -> None:
    for name in DOCUMENTS:
        blank = blank_annotations(desk.corpus.document(name), "adjudication", "1.0")
        desk.corpus.layout.annotation_file("gold", name).write_bytes(canonical_bytes(blank))


def without_ids(annotations: Any) -> dict[str, list[dict[str, Any]]]:
    """The records with words instead of ids, to be compared over sets.

    Without ``extra``, which Label Studio does not show: a record keeps it, a new one has none.
    """
    words = {
        record.id: str(record.span if hasattr(record, "span") else record.content)
        for layer in LAYERS
        for record in getattr(annotations, layer)
    }

    def shown(value: Any) -> Any:
        if isinstance(value, tuple | list):
            return sorted(str(shown(item)) for item in value)
        return words.get(value, value) if isinstance(value, str) else str(value)

    return {
        layer: sorted(
            (
                {name: shown(value) for name, value in record if name != "extra"}
                for record in getattr(annotations, layer)
            ),
            key=str,
        )
        for layer in LAYERS
    }


def delete(result: list[dict[str, Any]], region: str) -> list[dict[str, Any]]:
    ends = ("id", "from_id", "to_id")
    return [item for item in result if region not in [item.get(end) for end in ends]]


def hinted(result: list[dict[str, Any]]) -> dict[str, list[str]]:
    return {item["id"]: item["meta"]["text"] for item in result if item.get("meta")}


def test_nothing_is_decided_until_somebody_submits(desk):
    empty_gold(desk)
    before = desk.files()
    assert send(desk) == dict.fromkeys(DOCUMENTS, "sent")
    assert send(desk) == dict.fromkeys(DOCUMENTS, "unchanged")
    pulled = desk.pull()
    assert [f.code for one in pulled.values() for f in one.findings] == ["L604", "L604"]
    assert all(one.imported is None for one in pulled.values())
    assert desk.files() == before
    task = tasks(desk)["004"]
    assert set(predictions(desk, task.id)) == {*SETS, "scheme-a + scheme-b"}
    project = desk.connection.client.projects.get(id=desk.project)
    assert project.model_version == "scheme-a + scheme-b", "it is what a task is opened with"

    begin(desk, task.id, predictions(desk, task.id)["scheme-a"]["result"])
    assert send(desk) == {"001": "unchanged", "004": "pull first"}
    assert desk.pull()["004"].drafts == 1
    assert desk.files() == before


def test_what_was_decided_comes_into_gold_and_stays_decided(desk):
    empty_gold(desk)
    send(desk)
    task = tasks(desk)["004"]
    begun = predictions(desk, task.id)["scheme-a + scheme-b"]
    marks = hinted(begun["result"])
    assert any(
        "edges: scheme-a “its Nagorno-Karabakh region”" in hint[0] for hint in marks.values()
    )
    (alone,) = [region for region, hint in marks.items() if "only scheme-b has this cue" in hint]
    (content,) = [r["to_id"] for r in begun["result"] if r.get("from_id") == alone]
    submit(desk, task.id, begun, delete(delete(begun["result"], alone), content))
    assert send(desk) == {"001": "unchanged", "004": "pull first"}
    pulled = desk.pull()["004"]
    assert [path.name for path in pulled.written] == ["004.json"]
    gold = desk.corpus.annotations("004")
    assert gold.annotator == "adjudication"
    assert len(gold.attributions) == len(desk.corpus.annotations("004", "scheme-a").attributions)
    assert desk.pull()["004"].written == ()

    after = desk.files()
    assert send(desk) == {"001": "unchanged", "004": "renewed"}
    assert send(desk) == dict.fromkeys(DOCUMENTS, "unchanged")
    assert desk.pull()["004"].written == ()
    assert desk.files() == after
    renewed = tasks(desk)["004"]
    assert len(renewed.results) == 1, "what was decided is not to do again"
    assert hinted(renewed.results[0])
    first = gold.locations[0]
    result = delete(renewed.results[0], f"location-1-{first.id}")
    desk.connection.client.annotations.update(id=renewed.annotations[0]["id"], result=result)
    mine = gold.locations[1].model_copy(update={"note": "mine"})
    changed = gold.model_copy(update={"locations": (first, mine, *gold.locations[2:])})
    desk.corpus.layout.annotation_file("gold", "004").write_bytes(canonical_bytes(changed))
    assert not desk.pull()["004"].conflicts
    assert desk.corpus.annotations("004").locations == (mine, *gold.locations[2:])


@pytest.mark.parametrize("name", SETS)
def test_either_reading_can_be_taken_as_it_stands(desk, name):
    empty_gold(desk)
    send(desk)
    task = tasks(desk)["004"]
    submit(desk, task.id, predictions(desk, task.id)[name])
    assert desk.pull()["004"].written
    assert without_ids(desk.corpus.annotations("004")) == without_ids(
        desk.corpus.annotations("004", name)
    )


def test_one_who_submits_goes_on_after_a_pull_and_keeps_the_ids(desk):
    empty_gold(desk)
    send(desk)
    task = tasks(desk)["004"]
    begun = predictions(desk, task.id)["scheme-a + scheme-b"]
    submit(desk, task.id, begun)
    desk.pull()
    gold = desk.corpus.annotations("004")
    (annotation,) = tasks(desk)["004"].annotations
    region = next(r["id"] for r in annotation["result"] if r["id"].startswith("R-location-1-"))
    desk.connection.client.annotations.update(
        id=annotation["id"], result=delete(annotation["result"], region)
    )
    (change,) = desk.pull()["004"].imported.changes()
    assert (change.kind, change.record) == ("removed", gold.locations[0])


def test_a_set_that_has_something_is_begun_from(desk):
    before = desk.files()
    assert send(desk) == dict.fromkeys(DOCUMENTS, "sent")
    assert send(desk) == dict.fromkeys(DOCUMENTS, "unchanged")
    task = tasks(desk)["004"]
    assert set(predictions(desk, task.id)) == set(SETS)
    assert hinted(task.results[0])
    assert desk.pull()["004"].findings == ()
    assert desk.files() == before


def test_a_task_is_made_again_from_its_data(shipped):
    from warclaims.corpus import Corpus

    corpus = Corpus(shipped)
    for name in corpus.documents:
        for made in (
            compared_task(corpus, SETS, "gold", name),
            predicted_task(corpus, "gold", name),
        ):
            assert sent_again(made["data"], corpus) == made
            assert sent_again({**made["data"], "exported": {}}, corpus) is None
    with pytest.raises(WarclaimsError, match="'nobody'"):
        in_both(corpus, ("gold", "nobody"))


def test_predictions_are_sent_once_and_come_back_when_submitted(desk):
    before = desk.files()
    options = {"documents": DOCUMENTS, "make": predicted_task}
    assert desk.push(**options) == dict.fromkeys(DOCUMENTS, "sent")
    assert desk.push(**options) == dict.fromkeys(DOCUMENTS, "unchanged")
    assert all(one.imported is None for one in desk.pull().values())
    assert desk.files() == before

    task = tasks(desk)["001"]
    begin(desk, task.id, predictions(desk, task.id)["gold"]["result"])
    file = desk.corpus.layout.annotation_file("gold", "001")
    annotations = desk.corpus.annotations("001")
    first, *others = annotations.locations
    noted = first.model_copy(update={"note": "seen"})
    file.write_bytes(
        canonical_bytes(annotations.model_copy(update={"locations": (noted, *others)}))
    )
    assert desk.push(**options) == {"001": "pull first", "004": "unchanged"}
    assert tasks(desk)["001"].id == task.id
    file.write_bytes(before["gold/001.json"])

    task = tasks(desk)["004"]
    begun = predictions(desk, task.id)["gold"]
    gone = desk.corpus.annotations("004").locations[0]
    submit(desk, task.id, begun, delete(begun["result"], f"location-1-{gone.id}"))
    assert desk.push(**options)["004"] == "pull first"
    (change,) = desk.pull()["004"].imported.changes()
    assert (change.kind, change.record) == ("removed", gone)
    assert desk.push(**options)["004"] == "unchanged", "sent anew, it would be to do again"
    assert desk.pull()["004"].written == ()
    assert desk.push(documents=["004"])["004"] == "renewed"
    assert len(tasks(desk)["004"].results) == 1


def test_a_prediction_that_changed_in_the_corpus_is_renewed(desk):
    options = {"documents": ["001"], "make": predicted_task}
    desk.push(**options)
    annotations = desk.corpus.annotations("001")
    gone = annotations.model_copy(update={"locations": annotations.locations[1:]})
    desk.corpus.layout.annotation_file("gold", "001").write_bytes(canonical_bytes(gone))
    assert desk.push(**options) == {"001": "renewed"}
    assert desk.push(**options) == {"001": "unchanged"}
    task = tasks(desk)["001"]
    regions = {item.get("id") for item in predictions(desk, task.id)["gold"]["result"]}
    assert f"location-1-{annotations.locations[0].id}" not in regions


def test_the_commands_find_the_same_project(desk, capsys):
    empty_gold(desk)

    def run(*arguments: str) -> tuple[Any, str, str]:
        with pytest.raises(SystemExit) as done:
            main(["--corpus", str(desk.corpus.root), "studio", *arguments])
        return done.value.code, *capsys.readouterr()

    compare = ("--compare", *SETS)
    title = title_of(desk.corpus, "gold", SETS)
    code, out, _ = run("push", "001", *compare, "--dry-run")
    assert (code, f"would make the project {title!r}" in out) == (0, True)
    assert find_project(desk.connection, title) is None
    assert run("push", "001", *compare, "--predictions")[0] == 2
    assert run("push", "001", "--compare", "a", "a")[0] == 2
    assert "has 3 to 50" in run("push", "--project", "x" * 51)[2]
    try:
        code, out, err = run("push", "001", *compare)
        assert (code, out.startswith("001  sent\n")) == (0, True), err
        assert run("push", "001", *compare)[1].startswith("001  unchanged\n")
        code, out, err = run("pull", *compare)
        assert (code, out) == (
            0,
            "1 task not submitted in Label Studio yet\n0 documents changed\n",
        ), err
        project = desk.connection.client.projects.get(id=find_project(desk.connection, title).id)
        assert "scheme-a and scheme-b" in project.expert_instruction
    finally:
        desk.connection.client.projects.delete(id=find_project(desk.connection, title).id)
