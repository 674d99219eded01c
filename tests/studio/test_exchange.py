"""Documents to a real server and back: what was done there comes back, and nothing else."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from edits import edit, other_level

from warclaims.corpus import canonical_bytes
from warclaims.errors import WarclaimsError
from warclaims.labelstudio.merge import ConflictCause
from warclaims.studio.connection import KEY, connect
from warclaims.studio.projects import ensure_project, title_of
from warclaims.studio.server_tasks import server_tasks

pytestmark = pytest.mark.xdist_group("studio")
ALL = ("000", "001", "002", "003", "004")


def test_untouched_documents_come_back_byte_for_byte(desk):
    before = desk.files()
    assert desk.push() == dict.fromkeys(ALL, "sent")
    assert desk.push() == dict.fromkeys(ALL, "unchanged")
    pulled = desk.pull()
    assert sorted(pulled) == list(ALL)
    assert not any(one.findings or one.conflicts or one.written for one in pulled.values())
    assert desk.files() == before


def test_an_edit_comes_back_alone_and_is_renewed_on_the_server(desk):
    desk.push()
    before = desk.files()
    edit(desk, "004", other_level)
    assert desk.push()["004"] == "pull first"
    dry = desk.pull(dry_run=True)
    assert dry["004"].imported.is_changed
    assert desk.files() == before
    (change,) = desk.pull()["004"].imported.changes()
    assert (change.kind, change.layer, change.fields) == ("changed", "locations", ("level",))
    after = desk.files()
    assert {name for name in after if after[name] != before[name]} == {"gold/004.json"}
    assert desk.pull()["004"].written == ()
    assert desk.push() == {**dict.fromkeys(ALL, "unchanged"), "004": "renewed"}
    assert desk.push() == dict.fromkeys(ALL, "unchanged")
    assert desk.pull()["004"].written == ()


def test_a_document_that_changed_in_the_corpus_is_renewed(desk):
    desk.push()
    path = desk.corpus.layout.annotation_file("gold", "001")
    annotations = desk.corpus.annotations("001")
    first, *others = annotations.locations
    noted = annotations.model_copy(
        update={"locations": (first.model_copy(update={"note": "seen"}), *others)}
    )
    path.write_bytes(canonical_bytes(noted))
    assert desk.push(dry_run=True)["001"] == "renewed"
    assert desk.push() == {**dict.fromkeys(ALL, "unchanged"), "001": "renewed"}
    assert desk.pull()["001"].written == ()
    assert desk.push() == dict.fromkeys(ALL, "unchanged")


def test_what_was_changed_on_both_sides_is_written_beside_and_nothing_is_lost(desk):
    desk.push()
    edit(desk, "004", other_level)
    path = desk.corpus.layout.annotation_file("gold", "004")
    annotations = desk.corpus.annotations("004")
    first, second, *others = annotations.locations
    mine = [
        first.model_copy(update={"note": "mine"}),
        second.model_copy(update={"note": "mine, and only mine"}),
        *others,
    ]
    path.write_bytes(canonical_bytes(annotations.model_copy(update={"locations": tuple(mine)})))
    kept = path.read_bytes()
    pulled = desk.pull()["004"]
    assert tuple(map(str, pulled.conflicts)) == (f"locations {first.id}",)
    assert path.read_bytes() == kept
    beside = path.with_name(".004.conflict.json")
    (conflict,) = json.loads(beside.read_bytes())["conflicts"]
    assert conflict["corpus"]["note"] == "mine"
    assert conflict["server"]["level"] != conflict["sent"]["level"]
    assert desk.pull()["004"].conflicts, "undecided, it stays a conflict"
    decided = desk.pull(deciding="server")["004"]
    assert not decided.conflicts
    assert not beside.exists()
    now = desk.corpus.annotations("004").locations
    assert now[0].level != first.level
    assert now[1].note == "mine, and only mine"


def test_the_corpus_may_decide(desk):
    desk.push()
    edit(desk, "004", other_level)
    path = desk.corpus.layout.annotation_file("gold", "004")
    annotations = desk.corpus.annotations("004")
    first, *others = annotations.locations
    mine = (first.model_copy(update={"note": "mine"}), *others)
    path.write_bytes(canonical_bytes(annotations.model_copy(update={"locations": mine})))
    kept = path.read_bytes()
    assert not desk.pull(deciding="corpus")["004"].conflicts
    assert path.read_bytes() == kept
    assert not desk.pull()["004"].conflicts
    assert desk.push()["004"] == "renewed"


def test_unsaved_work_is_told_and_never_overwritten(desk):
    desk.push()
    (task,) = [
        task for task in server_tasks(desk.connection, desk.project) if task.document == "000"
    ]
    result = copy.deepcopy(task.results[0])
    other_level(result)
    desk.connection.client._client_wrapper.httpx_client.request(
        f"api/tasks/{task.id}/annotations/{task.annotations[0]['id']}/drafts",
        method="POST",
        json={"result": result},
    )
    assert desk.pull()["000"].drafts == 1
    assert desk.push()["000"] == "pull first"


def test_a_wrong_mark_is_told_with_its_task_and_the_other_documents_come_in(desk):
    desk.push()
    before = desk.files()
    edit(desk, "004", other_level)

    def cross(result: list[dict[str, Any]]) -> None:
        item = next(item for item in result if item["value"].get("labels") == ["actor"])
        item["value"]["end"] = item["value"]["start"]

    edit(desk, "001", cross)
    pulled = desk.pull()
    assert [left.layer for left in pulled["001"].imported.left_out] == ["actors"]
    assert any(not finding.is_warning for finding in pulled["001"].findings)
    assert (
        f"?task={[t.id for t in server_tasks(desk.connection, desk.project)][1]}"
        in pulled["001"].url
    )
    after = desk.files()
    assert {name for name in after if after[name] != before[name]} == {"gold/004.json"}


def test_a_task_deleted_on_the_server_is_sent_again(desk):
    desk.push()
    task = next(
        task for task in server_tasks(desk.connection, desk.project) if task.document == "002"
    )
    desk.connection.client.tasks.delete(id=str(task.id))
    assert desk.push() == {**dict.fromkeys(ALL, "unchanged"), "002": "sent"}
    assert sorted(t.document for t in server_tasks(desk.connection, desk.project)) == list(ALL)


def test_an_acknowledgement_that_is_lost_doubles_nothing(desk, monkeypatch):
    import httpx

    transport = desk.connection.client._client_wrapper.httpx_client.httpx_client
    really = transport.request

    def lost(**given: Any) -> httpx.Response:
        answer: httpx.Response = really(**given)
        if given["url"].endswith("/import"):
            raise httpx.ReadError("the answer never came")
        return answer

    monkeypatch.setattr(transport, "request", lost)
    with pytest.raises(WarclaimsError, match="run the command again"):
        desk.push()
    monkeypatch.undo()
    assert desk.push() == dict.fromkeys(ALL, "unchanged")


def test_a_push_that_was_cut_between_its_two_steps_is_completed(desk, monkeypatch):
    import httpx

    desk.push()
    path = desk.corpus.layout.annotation_file("gold", "001")
    annotations = desk.corpus.annotations("001")
    gone = annotations.model_copy(update={"locations": annotations.locations[1:]})
    path.write_bytes(canonical_bytes(gone))

    transport = desk.connection.client._client_wrapper.httpx_client.httpx_client
    really = transport.request

    def cut(**given: Any) -> httpx.Response:
        if given["url"].endswith("/import"):
            raise httpx.ConnectError("cut")
        answer: httpx.Response = really(**given)
        return answer

    monkeypatch.setattr(transport, "request", cut)
    with pytest.raises(WarclaimsError, match="run the command again"):
        desk.push()
    monkeypatch.undo()
    before = desk.files()
    assert desk.push() == {**dict.fromkeys(ALL, "unchanged"), "001": "sent"}
    assert desk.pull()["001"].written == ()
    assert desk.files() == before


def test_what_was_pulled_is_no_base_any_more_once_the_document_was_sent_anew(desk):
    desk.push()
    edit(desk, "004", other_level)
    desk.pull()
    path = desk.corpus.layout.annotation_file("gold", "004")
    annotations = desk.corpus.annotations("004")
    first, *others = annotations.locations
    back = {"name": "nominal", "nominal": "name"}[first.level]
    mine = (first.model_copy(update={"level": type(first.level)(back)}), *others)
    path.write_bytes(canonical_bytes(annotations.model_copy(update={"locations": mine})))
    assert desk.push()["004"] == "pull first"
    desk.pull(deciding="corpus")
    assert desk.push()["004"] == "renewed"
    edit(desk, "004", other_level)
    (change,) = desk.pull()["004"].imported.changes()
    assert change.after.level == first.level


def test_two_tasks_of_one_document_are_left_out_and_told(desk):
    desk.push()
    edit(desk, "000", other_level)
    task = next(
        task for task in server_tasks(desk.connection, desk.project) if task.document == "000"
    )
    again = {"data": task.data, "annotations": [{"result": task.results[0]}]}
    desk.connection.client.projects.import_tasks(id=desk.project, request=[again])
    before = desk.files()
    assert desk.push()["000"] == "twice on the server"
    assert [finding.code for finding in desk.pull()["000"].findings] == ["L104"]
    assert desk.files() == before


def test_a_task_of_another_text_is_never_taken_away(desk):
    """As another corpus in a folder of the same name may have."""
    desk.push()
    task = next(
        task for task in server_tasks(desk.connection, desk.project) if task.document == "000"
    )
    desk.connection.client.tasks.update(id=str(task.id), data={**task.data, "sha256": "0" * 64})
    assert desk.push()["000"] == "pull first"
    assert [finding.code for finding in desk.pull()["000"].findings] == ["L103"]


def test_a_record_that_was_added_keeps_its_id(desk):
    desk.push()
    text = desk.corpus.text("004")
    start = text.index("operation against")

    def add(result: list[dict[str, Any]]) -> None:
        place = {"start": start, "end": start + 9, "text": "operation"}
        mark = {"id": "xA_9-b", "to_name": "text"}
        result.append(
            {**mark, "from_name": "span", "type": "labels", "value": {**place, "labels": ["actor"]}}
        )
        level = {"from_name": "actor_level", "type": "choices"}
        result.append({**mark, **level, "value": {**place, "choices": ["nominal"]}})

    edit(desk, "004", add)
    (change,) = desk.pull()["004"].imported.changes()
    assert (change.kind, change.layer) == ("added", "actors")
    again = desk.pull()["004"]
    assert again.written == ()
    assert list(again.imported.changes()) == []


def test_two_at_once_are_told_apart(desk):
    with desk.ledger.locked(), pytest.raises(WarclaimsError, match="is running"):
        desk.ledger.locked().__enter__()


def test_another_configuration_is_reported_and_replaced_only_if_asked(desk):
    client = desk.connection.client
    client.projects.update(
        id=desk.project, label_config='<View><Text name="text" value="$text"/></View>'
    )
    title = title_of(desk.corpus, "gold")
    with pytest.raises(WarclaimsError, match="--replace-configuration"):
        ensure_project(desk.connection, title, desk.corpus.lists)
    lists = desk.corpus.lists
    assert ensure_project(desk.connection, title, lists, replace=True).id == desk.project
    assert ensure_project(desk.connection, title, lists).id == desk.project


def test_a_wrong_key_is_said_to_be_one(place, connection, monkeypatch):
    monkeypatch.setenv(KEY, "x" * 40)
    with pytest.raises(WarclaimsError, match=KEY):
        connect(place, connection.url)
    monkeypatch.delenv(KEY)
    with pytest.raises(WarclaimsError, match="no key for"):
        connect(place, connection.url)
    monkeypatch.setenv(KEY, "x" * 40)
    with pytest.raises(WarclaimsError, match="cannot be reached"):
        connect(place, "http://127.0.0.1:9")


def test_what_a_stale_page_undid_is_kept_in_the_corpus_and_its_own_work_comes_in(desk):
    """The late page of two saves all that it had: what the other saved is gone there."""
    desk.push()
    (task,) = [
        task for task in server_tasks(desk.connection, desk.project) if task.document == "004"
    ]
    stale = copy.deepcopy(task.results[0])
    edit(desk, "004", other_level)
    (pulled,) = desk.pull()["004"].imported.changes()
    other = [item for item in stale if item.get("from_name") == "actor_level"][-1]
    other["value"]["choices"] = ["nominal" if other["value"]["choices"] == ["name"] else "name"]
    desk.connection.client.annotations.update(id=task.annotations[0]["id"], result=stale)
    second = desk.pull()["004"]
    (change,) = second.imported.changes()
    assert (change.layer, change.fields) == ("actors", ("level",))
    assert tuple(map(str, second.conflicts)) == (f"locations {pulled.record.id}",)
    (conflict,) = second.conflicts
    assert conflict.cause is ConflictCause.REVERTED
    now = {place.id: place for place in desk.corpus.annotations("004").locations}
    assert now[pulled.record.id].level == pulled.record.level, "the work that was pulled is kept"
    assert desk.pull()["004"].written == (), "it stays so"
    edit(desk, "004", lambda result: result.remove(result[-1]) if "from_id" in result[-1] else None)
    desk.pull()
    now = {place.id: place for place in desk.corpus.annotations("004").locations}
    assert now[pulled.record.id].level == pulled.record.level, "also beside further work"
    assert desk.push()["004"] == "pull first"
    desk.pull(deciding="corpus")
    assert desk.push()["004"] == "renewed"
    assert desk.pull()["004"].findings == ()


def test_a_wish_to_undo_what_was_pulled_is_taken(desk):
    desk.push()
    before = desk.files()
    edit(desk, "004", other_level)
    desk.pull()
    edit(desk, "004", other_level)
    assert desk.files() != before
    assert not desk.pull()["004"].findings
    assert desk.files() == before
