"""Push and pull are killed at each request and each step of writing, and run again."""

from __future__ import annotations

import os
import re
import shutil
import threading
from typing import TYPE_CHECKING, Any

import pytest
from edits import edit, note, other_level

from warclaims.studio.server_tasks import server_tasks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from processes import Ended
    from proxy import Fault, Request

    from conftest import Site

pytestmark = pytest.mark.xdist_group("studio")
KILLED = -9
SETTLED = re.compile(rb'"settled": (?:null|"[0-9a-f]+")')


def on_server(site: Site) -> list[tuple[str | None, Any, Any]]:
    """The tasks, without what the server alone decides."""
    tasks = server_tasks(site.connection, site.project)
    return sorted(((t.document, t.data, t.results) for t in tasks), key=lambda t: str(t[0]))


def killed_at(site: Site, number: int, fault: Fault, *command: str) -> Ended:
    """Run a command that is killed at a request, which is passed on or not."""
    known = threading.Event()

    def rule(request: Request) -> Fault:
        if request.number < number:
            return "none"
        known.wait()
        if request.number == number:
            running.kill()
            return fault
        return "cut"

    with site.middle.ruled(rule):
        running = site.commands.start(*site.arguments(*command))
        known.set()
        return running.end()


def test_push_is_killed_at_each_request(site):
    """Some of it is there, some changed here, some was pulled, some is missing."""
    for document in ("002", "003"):
        site.corpus.layout.annotation_file("gold", document).unlink()
    kept = site.corpus.root.parent / "kept"
    shutil.copytree(site.corpus.root, kept)

    def begin() -> None:
        site.connection.client.projects.delete(id=site.project)
        shutil.rmtree(site.corpus.root)
        shutil.copytree(kept, site.corpus.root)
        site.open()
        site.push()
        edit(site, "004", other_level)
        site.pull()
        note(site, "000", "changed here")
        task = next(t for t in server_tasks(site.connection, site.project) if t.document == "001")
        site.connection.client.tasks.delete(id=str(task.id))

    begin()
    before = on_server(site)
    with site.middle.ruled() as found:
        undisturbed = site.run("push")
    assert undisturbed.status == 0, undisturbed.said
    wanted = on_server(site)
    assert [task[0] for task in wanted] == ["000", "001", "004"]
    seen = list(found)
    first = next(one.number for one in seen if one.is_write)
    assert sum(one.is_write for one in seen) >= 4, "two batches, two taken away"
    begin()
    for number in range(first + 1):
        assert killed_at(site, number, "cut", "push").status == KILLED
    assert on_server(site) == before
    places: list[tuple[int, Fault]] = [(one.number, "cut") for one in seen[first:]]
    places += [(one.number, "lost") for one in seen if one.is_write]
    for number, fault in places:
        killed_at(site, number, fault, "push")
        again = site.run("push")
        assert again.status == 0, again.said
        assert on_server(site) == wanted, (seen[number], fault, again.said)
        assert set(site.push(dry_run=True).values()) == {"unchanged"}
        begin()


def state_after_pull(site: Site) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The files, and what was noted of the pull but for what a second pull need not read again."""
    noted = {
        path.name: SETTLED.sub(b"", path.read_bytes())
        for path in site.place.ledgers.rglob("gold/*.json")
    }
    assert noted
    return site.files(), noted


def pulled_ground(site: Site) -> Callable[[], None]:
    """Work on the server: alone, beside work here, and against it; gives how to begin anew."""
    site.corpus.layout.annotation_file("gold", "002").unlink()  # a long one
    shutil.rmtree(site.place.ledgers)
    site.push()
    for document in ("000", "003", "004"):
        edit(site, document, other_level)
    note(site, "003", "beside", record=1)
    note(site, "004", "against")
    root, ledgers = site.corpus.root, site.place.ledgers
    kept = root.parent / "kept"
    shutil.copytree(root, kept / "corpus")
    shutil.copytree(ledgers, kept / "ledgers")

    def begin() -> None:
        for folder, name in ((root, "corpus"), (ledgers, "ledgers")):
            shutil.rmtree(folder)
            shutil.copytree(kept / name, folder)

    return begin


def test_pull_is_killed_at_each_request(site):
    begin = pulled_ground(site)
    before = site.files()
    with site.middle.ruled() as seen:
        undisturbed = site.run("pull")
    assert undisturbed.status == 1, undisturbed.said
    wanted = state_after_pull(site)
    assert "gold/.004.conflict.json" in wanted[0]
    begin()
    for request in list(seen):
        assert killed_at(site, request.number, "cut", "pull").status == KILLED
        if site.files() != before:  # some of it came in
            before = site.files()
            assert site.run("pull").status == 1
            assert state_after_pull(site) == wanted, request
            begin()
    again = site.run("pull")
    assert again.status == 1, again.said
    assert state_after_pull(site) == wanted


def test_pull_is_killed_at_each_step_of_writing(site):
    begin = pulled_ground(site)
    site.run("pull")
    wanted = state_after_pull(site)
    number, ever = 0, False
    while True:
        begin()
        ended = site.run("pull", ends=number)
        if ended.status != KILLED:
            break
        left = leftovers(site.corpus.root)
        for path in left:
            os.utime(path, (0, 0))  # those of a minute ago may be of one at work
        again = site.run("pull")
        assert again.status == 1, again.said
        assert state_after_pull(site) == wanted, number
        assert leftovers(site.corpus.root) == []
        assert not list(site.place.ledgers.rglob(".warclaims-*"))
        number += 1
        ever |= bool(left)
    assert ever
    assert number >= 10, "each file is flushed and renamed"


def leftovers(root: Path) -> list[Path]:
    """Files that nobody wants."""
    return [path for path in root.rglob(".*") if not path.name.endswith(".conflict.json")]
