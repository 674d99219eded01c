"""A real Label Studio for the tests, in a temporary home, on a free port."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from browser import Board
from fakes import free_port
from page import logged_in
from processes import Commands, Ended
from proxy import Proxy, proxy
from simulated import Simulated

import warclaims
from warclaims.commands import main
from warclaims.corpus import Corpus
from warclaims.labelstudio import task
from warclaims.studio import pull as pulling
from warclaims.studio import push as pushing
from warclaims.studio import server as servers
from warclaims.studio.connection import KEY as API_KEY
from warclaims.studio.connection import Connection, connect
from warclaims.studio.home import VARIABLE, Home, ensure_account, home
from warclaims.studio.install import VARIABLE as PYTHON
from warclaims.studio.ledger import Ledger
from warclaims.studio.projects import ensure_project, title_of
from warclaims.studio.pull import PulledDocument, pull
from warclaims.studio.push import PushedDocument, push

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

WITHOUT = (
    f"no Label Studio to test with: make studio-environment, then set {PYTHON} as it says; "
    "CI does so"
)
KEPT = "WARCLAIMS_TEST_STUDIO_HOME"
"""A home whose server is used, started if need be, and left running: a minute less a run."""


@pytest.fixture
def own(tmp_path, monkeypatch) -> Home:
    """A folder of the test's own, in which no server was started."""
    monkeypatch.setattr(servers, "_PAUSE", 0.01)
    monkeypatch.setenv(VARIABLE, str(tmp_path / "home"))
    return home()


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    """A process in a session of its own, as a server is."""
    process = subprocess.Popen([shutil.which("sleep") or "sleep", "60"], start_new_session=True)
    yield process
    process.kill()
    process.wait()


@pytest.fixture(scope="session")
def place(tmp_path_factory) -> Iterator[Home]:
    """The home of a server that runs."""
    if not os.environ.get(PYTHON):
        if os.environ.get("WARCLAIMS_TEST_EVERYTHING"):
            pytest.fail(WITHOUT)
        pytest.skip(WITHOUT)
    before = os.environ.get(VARIABLE)
    kept = os.environ.get(KEPT)
    os.environ[VARIABLE] = kept or str(tmp_path_factory.mktemp("studio"))
    found = home()
    try:
        if servers.running(found) is None:
            servers.start(found, free_port(), lambda words: None)
        yield found
    finally:
        if not kept:
            servers.stop(found)
        if before is None:
            del os.environ[VARIABLE]
        else:
            os.environ[VARIABLE] = before


@pytest.fixture(scope="session")
def connection(place) -> Connection:
    return connect(place)


@dataclass
class Desk:
    """A copy of the corpus with its project on the server."""

    corpus: Corpus
    connection: Connection
    project: int
    ledger: Ledger

    def push(self, **options) -> dict[str, str]:
        sent: list[PushedDocument] = list(
            push(self.connection, self.project, self.corpus, "gold", ledger=self.ledger, **options)
        )
        return {one.document: one.fate for one in sent}

    def pull(self, **options) -> dict[str, PulledDocument]:
        found = pull(self.connection, self.project, self.corpus, self.ledger, **options)
        return {one.document: one for one in found}

    def files(self) -> dict[str, bytes]:
        folder = self.corpus.root / "annotations"
        return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.json")}


@pytest.fixture
def desk_of(connection, place) -> Iterator[Callable[[Corpus], Desk]]:
    """Makes an empty project for a corpus; it is taken away at the end."""
    made: list[Desk] = []

    def make(corpus: Corpus) -> Desk:
        project = ensure_project(connection, title_of(corpus, "gold"), corpus.lists)
        made.append(Desk(corpus, connection, project.id, Ledger(place, connection.url, project.id)))
        return made[-1]

    yield make
    for desk in made:
        connection.client.projects.delete(id=desk.project)


@pytest.fixture
def desk(request, shipped, tmp_path, desk_of) -> Desk:
    """The shipped corpus, copied, and an empty project for it."""
    root: Path = tmp_path / request.node.name[:40].replace("[", "-").replace("]", "")
    for folder in ("seeds", "annotations"):
        shutil.copytree(shipped / folder, root / folder)
    found: Desk = desk_of(Corpus(root))
    return found


@pytest.fixture
def desk_of_one(mini, tmp_path, monkeypatch) -> Simulated:
    corpus = warclaims.open(mini)
    board = Board(task(corpus.bundle("one"), corpus.registries))
    found = Simulated(corpus, board, Ledger(Home(tmp_path / "home"), "http://server", 3))
    monkeypatch.setattr(pulling, "server_tasks", lambda *_: iter([found.held()]))
    monkeypatch.setattr(pulling, "duplicates", lambda *_: {})
    monkeypatch.setattr(pushing, "server_tasks", lambda *_: iter([found.held()]))
    return found


@pytest.fixture
def cli(capsys, desk):
    """The command line on the desk's corpus: exit status, output, errors."""

    def run(*arguments: Any) -> SimpleNamespace:
        capsys.readouterr()
        with pytest.raises(SystemExit) as done:
            main(["--corpus", str(desk.corpus.root), *map(str, arguments)])
        shown = capsys.readouterr()
        return SimpleNamespace(code=done.value.code, out=shown.out, err=shown.err)

    return run


@pytest.fixture(scope="module")
def browser(place, connection) -> Iterator[Any]:
    """A browser that is logged in."""
    account = ensure_account(place)
    with logged_in(connection.url, account.login, account.password) as browser:
        yield browser


@pytest.fixture
def page(browser) -> Iterator[Any]:
    """A page of it."""
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture(scope="session")
def middle(place) -> Iterator[Proxy]:
    """A proxy before the server."""
    server = servers.running(place)
    assert server is not None
    with proxy(server.port) as found:
        yield found


@pytest.fixture(scope="session")
def commands(place, middle, tmp_path_factory) -> Iterator[Commands]:
    """Runs commands that go by the proxy, in processes of their own."""
    environment = {VARIABLE: str(place.root), API_KEY: ensure_account(place).key}
    found = Commands(tmp_path_factory.mktemp("commands"), environment)
    yield found
    found.close()


@dataclass
class Site(Desk):
    """A desk whose commands go by a proxy where something may go wrong."""

    middle: Proxy
    commands: Commands
    place: Home

    def arguments(self, *command: str) -> tuple[str, ...]:
        return ("--corpus", str(self.corpus.root), "studio", *command, "--url", self.middle.url)

    def run(self, *command: str, **before) -> Ended:
        return self.commands.run(*self.arguments(*command), **before)

    def open(self) -> None:
        """Take the project of the corpus, made if there is none, and the corpus as it is now."""
        self.corpus = Corpus(self.corpus.root)
        title, lists = title_of(self.corpus, "gold"), self.corpus.lists
        self.project = ensure_project(self.connection, title, lists).id
        self.ledger = Ledger(self.place, self.middle.url, self.project)


@pytest.fixture
def site(desk, middle, commands, place) -> Iterator[Site]:
    """The desk, by the proxy."""
    found = Site(
        desk.corpus,
        desk.connection,
        desk.project,
        Ledger(place, middle.url, desk.project),
        middle,
        commands,
        place,
    )
    yield found
    desk.project = found.project
