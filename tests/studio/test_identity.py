"""Only the process that was started is taken for the server, and it serves nobody else's ends."""

from __future__ import annotations

import errno
import shutil
import socket
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

import httpx
import pytest
from fakes import PERSONAL, Asked, answering, free_port, pretend, record, silent

from warclaims.commands import main
from warclaims.errors import WarclaimsError
from warclaims.studio import server
from warclaims.studio.answers import UserAnswer
from warclaims.studio.client import ServerClient
from warclaims.studio.connection import connect
from warclaims.studio.home import ensure_account, read_state, write_state

IMPOSTOR = """
import http.server, os, pathlib, sys
os.closerange(3, 256)  # a program of its own: nothing of who started it
port, seen, done = int(sys.argv[1]), pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        with seen.open("ab") as file:
            file.write(f"{self.command} {self.path} {self.headers}".encode() + body)
        self.send_response(302 if self.command == "POST" else 200)
        self.end_headers()
        done.touch()
    do_POST = do_GET

try:
    listening = http.server.HTTPServer(("127.0.0.1", port), Handler)
except OSError:
    done.touch()
else:
    listening.serve_forever()
"""


def is_healthy(method: str, path: str) -> tuple[int, bytes]:
    return 200, b'{"access": "good", "id": 1, "email": "a@b.c", "token": "stolen"}'


def test_an_impostor_that_wants_the_port_while_the_server_starts_gets_nothing(
    own, tmp_path, monkeypatch
):
    (tmp_path / "impostor.py").write_text(IMPOSTOR)
    port, seen, done = free_port(), tmp_path / "seen", tmp_path / "done"
    impostor = f"{sys.executable} {tmp_path}/impostor.py {port} {seen} {done}"
    wait = f"while [ ! -e {done} ]; do sleep 0.05; done"
    pretend(tmp_path, monkeypatch, f"{impostor} &\n{wait}\nexit 3")
    with pytest.raises(WarclaimsError, match="ended at its start"):
        server.start(own, port, silent)
    assert done.exists()
    assert not seen.exists()


@pytest.mark.parametrize("way", ["", "SO_REUSEADDR", "SO_REUSEPORT"])
def test_the_port_cannot_be_shared_while_the_server_starts(own, tmp_path, monkeypatch, way):
    port = free_port()
    pretend(tmp_path, monkeypatch, "exec sleep 60")
    refused: list[int | None] = []

    def try_it(found: server.Server) -> bool:
        with socket.socket() as impostor:
            if way:
                impostor.setsockopt(socket.SOL_SOCKET, getattr(socket, way), 1)
            try:
                impostor.bind(("127.0.0.1", port))
                impostor.listen()
            except OSError as error:
                refused.append(error.errno)
        raise KeyboardInterrupt

    monkeypatch.setattr(server, "_is_healthy", try_it)
    with pytest.raises(KeyboardInterrupt):
        server.start(own, port, silent)
    assert refused == [errno.EADDRINUSE]


def test_a_connection_sends_nothing_to_what_comes_after_the_server(own, sleeper):
    asked: list[Asked] = []
    ensure_account(own)
    write_state(own.account, (read_state(own.account) or {}) | {"key": PERSONAL})
    with answering(is_healthy, asked=asked) as port:
        record(own, sleeper, port)
        connection = connect(own)
        sleeper.kill()
        sleeper.wait()
        asked.clear()
        with pytest.raises(WarclaimsError, match="another program may listen"):
            connection.ask("api/current-user/whoami", UserAnswer)
        with pytest.raises(WarclaimsError, match="another program may listen"):
            connection.client.projects.delete(id=1)
    assert asked == []


def test_nothing_is_sent_where_another_server_came_while_a_connection_was_made():
    asked: list[Asked] = []
    known = iter(("first", "second"))
    with (
        answering(is_healthy, asked=asked) as port,
        ServerClient(f"http://127.0.0.1:{port}", lambda: next(known)) as client,
        pytest.raises(WarclaimsError, match="restarted"),
    ):
        client.post("/api/token/refresh/", json={"refresh": PERSONAL})
    assert asked == []


def test_a_connection_goes_on_with_a_server_that_was_started_again(own, sleeper):
    ensure_account(own)
    write_state(own.account, (read_state(own.account) or {}) | {"key": PERSONAL})
    with answering(is_healthy) as port:
        record(own, sleeper, port)
        connection = connect(own)
        sleeper.kill()
        sleeper.wait()
        again = subprocess.Popen([shutil.which("sleep") or "sleep", "60"], start_new_session=True)
        try:
            record(own, again, port)
            assert connection.ask("api/current-user/whoami", UserAnswer).id == 1
        finally:
            again.kill()
            again.wait()


def test_a_process_that_was_not_given_the_port_is_not_trusted_with_it(own, sleeper):
    asked: list[Asked] = []
    with answering(is_healthy, asked=asked) as port:
        write_state(own.server, asdict(replace(record(own, sleeper, port), holds_port=False)))
        assert server.running(own) is None
        with pytest.raises(WarclaimsError, match="warclaims studio start"):
            connect(own)
        with pytest.raises(WarclaimsError, match="Stop it with: warclaims studio stop"):
            server.start(own, None, silent)
    assert asked == []


def test_a_python_that_cannot_be_run(own, tmp_path, monkeypatch):
    pretend(tmp_path, monkeypatch, "exit 0")
    (tmp_path / "bin" / "python").chmod(0o600)
    with pytest.raises(WarclaimsError, match="cannot be run"):
        server.start(own, free_port(), silent)
    assert server.running(own) is None


# ---- another port than that of the server that runs


@pytest.mark.parametrize("same", [True, False])
def test_a_port_is_not_ignored_while_a_server_runs(own, sleeper, capsys, same):
    with answering(is_healthy) as port:
        record(own, sleeper, port)
        other = port if same else free_port()
        with pytest.raises(SystemExit) as done:
            main(["studio", "start", "--port", str(other)])
    shown = capsys.readouterr()
    if same:
        assert (done.value.code, f"http://127.0.0.1:{port}" in shown.out) == (0, True)
    else:
        assert done.value.code == 2
        assert f"http://127.0.0.1:{port}" in shown.err
        assert str(other) in shown.err
        assert "warclaims studio stop" in shown.err


# ---- what the server gets


def test_a_server_gets_nothing_that_configures_another(own, tmp_path, monkeypatch):
    hostile = {
        "LABEL_STUDIO_API_KEY": "of another server",
        "LABEL_STUDIO_USER_TOKEN": "known",
        "HEARTEX_DEBUG": "true",
        "DEBUG": "true",
        "DJANGO_SETTINGS_MODULE": "evil",
        "ALLOWED_HOSTS": "*",
        "HOST": "http://evil.example",
        "POSTGRE_PASSWORD": "secret",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "PYTHONPATH": "/evil",
        "http_proxy": "http://evil.example",
    }
    for name, value in hostile.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    pretend(tmp_path, monkeypatch, f"env > {tmp_path}/env; exit 3")
    with pytest.raises(WarclaimsError):
        server.start(own, free_port(), silent)
    lines = (tmp_path / "env").read_text().splitlines()
    given = dict(line.split("=", 1) for line in lines if "=" in line)
    assert not given.items() & hostile.items()
    assert given.keys() & hostile.keys() == {"LABEL_STUDIO_USER_TOKEN"}  # one of our own
    assert given["LC_ALL"] == "C.UTF-8"
    assert given["LABEL_STUDIO_ALLOWED_HOSTS"] == "127.0.0.1,localhost"


@pytest.mark.xdist_group("studio")
class TestRealServer:
    """A Label Studio that was started as users start it."""

    @pytest.mark.parametrize(
        "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "0.0.0.0"]
    )
    @pytest.mark.parametrize("path", ["/health", "/user/login/", "/api/projects/"])
    def test_it_answers_no_other_name_than_its_own(self, connection, host, path):
        answer = httpx.get(connection.url + path, headers={"Host": host}, trust_env=False)
        assert answer.status_code == 400

    def test_it_lets_no_page_of_another_origin_read(self, connection):
        answer = httpx.get(
            f"{connection.url}/user/login/",
            headers={"Origin": "http://evil.example"},
            trust_env=False,
        )
        assert "access-control-allow-origin" not in answer.headers

    @pytest.mark.parametrize("way", ["SO_REUSEADDR", "SO_REUSEPORT"])
    def test_its_port_cannot_be_shared(self, place, connection, way):
        running = server.running(place)
        assert running is not None
        with socket.socket() as impostor:
            impostor.setsockopt(socket.SOL_SOCKET, getattr(socket, way), 1)
            with pytest.raises(OSError, match="in use"):
                impostor.bind(("127.0.0.1", running.port))

    def test_it_has_no_variable_but_those_that_it_needs(self, place, connection):
        running = server.running(place)
        assert running is not None
        path = Path(f"/proc/{running.pid}/environ")
        if not path.is_file():
            pytest.skip("this system does not show the variables of a process")
        names = {line.partition(b"=")[0].decode() for line in path.read_bytes().split(b"\0")}
        assert "LABEL_STUDIO_API_KEY" not in names
        assert not [name for name in names if name.startswith(("PYTEST", "PYTHON", "WARCLAIMS"))]
