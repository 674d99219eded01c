"""What goes wrong between a client and a server, and what others do meanwhile: nothing is lost."""

from __future__ import annotations

import os
import signal
import threading
from typing import TYPE_CHECKING

import httpx
import pytest
from edits import edit, note, number_of, other_level

from warclaims.errors import WarclaimsError
from warclaims.studio import server as servers
from warclaims.studio import server_tasks as listing
from warclaims.studio.connection import KEY, connect
from warclaims.studio.home import ensure_account
from warclaims.studio.ledger import Ledger
from warclaims.studio.push import push
from warclaims.studio.server_tasks import server_tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from proxy import Fault, Request

    from conftest import Site

pytestmark = pytest.mark.xdist_group("studio")
ALL = ("000", "001", "002", "003", "004")

SOON = 60  # seconds in which a command gets to where it is held

LISTED = "draft_exists"
"""In the path of a request for what the tasks hold."""


def at(method: str, end: str, fault: Fault = "none", do: Callable[[], object] = int, nth: int = 0):
    """A rule: a fault with the ``nth`` request of this kind, and what is done before it.

    ``end`` ends its path, or is ``LISTED``.
    """
    met = 0

    def rule(request: Request) -> Fault:
        nonlocal met
        path = request.path.partition("?")[0].rstrip("/")
        is_met = LISTED in request.path if end == LISTED else path.endswith(end)
        if request.method != method or not is_met:
            return "none"
        met += 1
        if met != nth + 1:
            return "none"
        do()
        return fault

    return rule


def fates(said: str) -> dict[str, str]:
    """What a push said became of each document."""
    lines = (line.split("  ") for line in said.splitlines())
    return {words[0]: words[1] for words in lines if len(words) == 2 and words[0] in ALL}


def documents(site: Site) -> list[str | None]:
    return sorted(str(task.document) for task in server_tasks(site.connection, site.project))


def delete(site: Site, document: str) -> None:
    site.connection.client.tasks.delete(id=str(number_of(site, document)))


# ---- the server


def end_server(site: Site) -> None:
    server = servers.running(site.place)
    assert server is not None
    os.killpg(server.pid, signal.SIGKILL)


def start_server(site: Site) -> None:
    servers.start(site.place, site.middle.upstream, lambda words: None)


def test_a_server_that_dies_while_it_imports(site):
    soon = threading.Timer(0.05, end_server, [site])
    with site.middle.ruled(at("POST", "/import", "lost", soon.start, nth=1)):  # also if it was done
        ended = site.run("push")
    soon.join()
    start_server(site)
    assert ended.status == 2
    assert "run the command again" in ended.said
    again = site.run("push")
    assert again.status == 0, again.said
    assert documents(site) == list(ALL)
    assert set(site.push(dry_run=True).values()) == {"unchanged"}


def test_a_server_that_dies_in_a_pull(site):
    site.run("push")
    edit(site, "000", other_level)
    with site.middle.ruled(at("GET", LISTED, "cut", lambda: end_server(site))):
        ended = site.run("pull")
    assert ended.status == 2
    assert "run the command again" in ended.said
    start_server(site)
    again = site.run("pull")
    assert again.status == 0, again.said
    assert "1 document changed" in again.said


# ---- the key


@pytest.mark.parametrize("command", ["push", "pull"])
def test_a_key_that_expires_on_the_way(site, command):
    site.push()
    edit(site, "004", other_level)
    note(site, "000", "changed here")
    first = {"push": ("POST", "/import"), "pull": ("GET", "/api/tasks")}[command]
    expired = False

    def rule(request: Request) -> Fault:
        nonlocal expired
        method, end = first
        path = request.path.partition("?")[0].rstrip("/")
        expired |= request.method == method and path.endswith(end)
        return "refused" if expired else "none"

    with site.middle.ruled(rule):
        ended = site.run(command)
    assert ended.status == 2
    assert "does not accept the key" in ended.said
    again = site.run(command)
    if command == "push":
        assert fates(again.said)["000"] == "sent"
        assert documents(site) == list(ALL)
    else:
        assert "1 document changed" in again.said


# ---- tasks that are deleted


def test_a_task_that_is_deleted_between_two_pages(site, monkeypatch):
    site.push()
    monkeypatch.setattr(listing, "PAGE", 2)
    found = server_tasks(site.connection, site.project)
    seen = [next(found).document, next(found).document]
    delete(site, "000")
    delete(site, "001")
    assert [*seen, *(task.document for task in found)] == list(ALL)


def test_a_task_that_is_deleted_before_a_pull_and_in_it(site):
    site.push()
    before = site.files()
    for document in ("000", "001", "004"):
        edit(site, document, other_level)
    delete(site, "000")
    with site.middle.ruled(at("GET", LISTED, do=lambda: delete(site, "001"))):
        ended = site.run("pull")
    assert ended.status == 0, ended.said
    after = site.files()
    assert {name for name in after if after[name] != before[name]} == {"gold/004.json"}
    assert fates(site.run("push").said) == {
        **dict.fromkeys(ALL, "unchanged"),
        **{"000": "sent", "001": "sent", "004": "renewed"},
    }


def test_a_task_that_is_deleted_before_push_takes_it_away(site):
    site.push()
    note(site, "000", "changed here")
    number = number_of(site, "000")
    with site.middle.ruled(at("GET", f"/tasks/{number}", do=lambda: delete(site, "000"))):
        ended = site.run("push")
    assert ended.status == 0, ended.said
    assert documents(site) == list(ALL)


# ---- full disks


@pytest.mark.parametrize("where", ["corpus", "ledger"])
def test_a_full_disk_in_a_pull(site, where):
    site.push()
    edit(site, "000", other_level)
    edit(site, "004", other_level)
    before = site.files()
    folder = site.corpus.root if where == "corpus" else site.place.ledgers
    ended = site.run("pull", full=str(folder.resolve()))
    assert ended.status == 2
    assert "no space left on device" in ended.said.lower()
    assert ended.said.count(str(folder.resolve())) == 1
    assert [path for path in folder.rglob(".*") if path.is_file()] == []
    assert not list(folder.rglob(".warclaims-*"))
    if where == "corpus":
        assert site.files() == before
    again = site.run("pull")
    assert again.status == 0, again.said
    changed = {name for name, data in site.files().items() if data != before[name]}
    assert changed == {"gold/000.json", "gold/004.json"}
    assert set(site.push(dry_run=True)) == set(ALL)


def test_a_full_disk_in_a_push(site):
    ended = site.run("push", full=str(site.place.root))
    assert ended.status == 2
    assert "no space left on device" in ended.said.lower()
    assert documents(site) == []
    assert site.run("push").status == 0
    assert documents(site) == list(ALL)


# ---- two at once


@pytest.mark.parametrize("pair", ["pull pull", "push pull", "pull push"])
def test_two_commands_at_once(site, pair):
    first, second = pair.split()
    site.push()
    edit(site, "004", other_level)
    reached, on = threading.Event(), threading.Event()

    def hold() -> None:
        reached.set()
        on.wait(SOON)

    with site.middle.ruled(at("GET", LISTED, do=hold)):
        running = site.commands.start(*site.arguments(first))
        assert reached.wait(SOON)
        other = site.run(second)
        on.set()
        ended = running.end()
    assert other.status == 2
    assert "is running. Wait" in other.said
    assert ended.status == (first == "push"), ended.said
    assert site.run(second).status == 0


def test_two_first_pushes_make_one_project(site):
    site.connection.client.projects.delete(id=site.project)
    reached, on = threading.Event(), threading.Event()

    def hold() -> None:
        reached.set()
        on.wait(SOON)

    with site.middle.ruled(at("POST", "/api/projects", do=hold)):
        running = site.commands.start(*site.arguments("push"))
        assert reached.wait(SOON)
        other = site.run("push")
        on.set()
        assert running.end().status == 0
    assert other.status == 2
    site.open()
    assert documents(site) == list(ALL)


# ---- answers that are lost


def test_the_answer_to_making_the_project_is_lost(site):
    site.connection.client.projects.delete(id=site.project)
    with site.middle.ruled(at("POST", "/api/projects", "lost")):
        assert site.run("push").status == 2
    assert site.run("push").status == 0
    site.open()
    assert documents(site) == list(ALL)


def test_the_answer_to_an_import_is_lost(site):
    with site.middle.ruled(at("POST", "/import", "lost")):
        ended = site.run("push", batch=10_000_000)
    assert ended.status == 2
    assert "run the command again" in ended.said
    assert fates(site.run("push").said) == dict.fromkeys(ALL, "unchanged")


def test_the_answer_to_taking_a_task_away_is_lost(site):
    site.push()
    note(site, "000", "changed here")
    number = number_of(site, "000")
    with site.middle.ruled(at("DELETE", f"/tasks/{number}", "lost")):
        assert site.run("push").status == 2
    assert fates(site.run("push").said)["000"] == "sent"
    assert documents(site) == list(ALL)


def test_the_answer_to_an_annotators_save_is_lost(site, monkeypatch):
    site.push()
    before = site.corpus.annotations("004")
    monkeypatch.setenv(KEY, ensure_account(site.place).key)
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    site.connection, direct = connect(site.place, site.middle.url), site.connection
    with site.middle.ruled(at("PATCH", "", "lost")):
        edit(site, "004", other_level)  # the client says it again, to the same effect
    site.connection = direct
    pulled = site.pull()["004"]
    assert len(list(pulled.imported.changes())) == 1
    assert before.locations[0].level != pulled.imported.after.locations[0].level


def test_what_was_sent_before_arrives_after_the_look(site, tmp_path):
    """The answer was lost, and the server had not done yet what it was asked."""
    with site.middle.ruled(at("POST", "/import", "cut")):
        assert site.run("push").status == 2
    assert site.ledger.is_in_doubt

    def arrives() -> None:
        elsewhere = Ledger(site.place, "elsewhere", site.project)
        list(push(site.connection, site.project, site.corpus, "gold", ledger=elsewhere))

    with site.middle.ruled(at("POST", "/import", do=arrives)):
        ended = site.run("push", batch=10_000_000)
    assert ended.status == 0, ended.said
    assert ended.said.count("freed of a duplicate") == 5
    assert documents(site) == list(ALL)
    assert not site.ledger.is_in_doubt


def test_of_doubles_the_one_with_work_stays(site):
    site.push()
    for task in list(server_tasks(site.connection, site.project))[:2]:
        again = {"data": task.data, "annotations": [{"result": task.results[0]}]}
        site.connection.client.projects.import_tasks(id=site.project, request=[again])
    second = [t for t in server_tasks(site.connection, site.project) if t.document == "001"][1]
    result = second.results[0]
    other_level(result)
    site.connection.client.annotations.update(id=second.annotations[0]["id"], result=result)
    said = site.run("push").said
    assert said.count("freed of a duplicate") == 2
    assert fates(said)["000"] == "unchanged"
    assert fates(said)["001"] == "pull first"
    assert documents(site) == list(ALL)
    assert site.pull()["001"].imported.is_changed


# ---- colleagues


@pytest.fixture
def colleague(connection) -> Iterator[httpx.Client]:
    """The browser of another user, who came by the link of an invitation."""
    invitation = connection.ask("api/invite", dict)["invite_url"]
    token = httpx.URL(connection.url).join(invitation).params["token"]
    with httpx.Client(base_url=connection.url, trust_env=False) as browser:
        browser.get(f"/user/signup/?token={token}")
        email = f"{os.urandom(4).hex()}@example.org"
        answer = browser.post(
            f"/user/signup/?token={token}",
            data={
                "email": email,
                "password": os.urandom(8).hex(),
                "csrfmiddlewaretoken": browser.cookies["csrftoken"],
            },
            headers={"Referer": f"{connection.url}/user/signup/"},
        )
        assert answer.status_code == 302, answer.text[:300]
        browser.headers["X-CSRFToken"] = browser.cookies["csrftoken"]
        browser.headers["Referer"] = connection.url
        assert browser.get("/api/current-user/whoami").json()["email"] == email
        yield browser


def draft(browser: httpx.Client, task: int) -> None:
    answer = browser.post(f"/api/tasks/{task}/drafts", json={"result": []})
    assert answer.status_code == 201, answer.text


def test_a_draft_of_a_colleague_is_seen(site, colleague):
    site.push()
    draft(colleague, number_of(site, "000"))
    note(site, "000", "changed here")
    assert site.pull()["000"].drafts == 1
    assert site.push()["000"] == "pull first"


def test_a_draft_that_a_colleague_begins_after_the_look(site, colleague):
    site.push()
    note(site, "000", "changed here")
    number = number_of(site, "000")
    with site.middle.ruled(at("GET", f"/tasks/{number}", do=lambda: draft(colleague, number))):
        said = site.run("push").said
    assert fates(said)["000"] == "pull first"
    assert number_of(site, "000") == number


def test_a_key_that_was_ended(site, colleague, monkeypatch):
    key = colleague.post("/api/token/").json()["token"]
    monkeypatch.setenv(KEY, key)
    url = site.connection.url
    assert connect(site.place, url).url == url
    assert colleague.post("/api/token/blacklist/", json={"refresh": key}).is_success
    with pytest.raises(WarclaimsError, match="does not accept the key"):
        connect(site.place, url)
