"""A server that cannot be started says why; no real one is needed for that."""

from __future__ import annotations

import json
import signal
import socket
import stat
import threading
from typing import Any

import filelock
import pytest
from fakes import PERSONAL, answering, free_port, pretend, record, silent

from warclaims.errors import WarclaimsError
from warclaims.studio import server
from warclaims.studio.connection import KEY, connect
from warclaims.studio.home import VARIABLE, ensure_account, home, write_state
from warclaims.studio.install import VARIABLE as PYTHON


def test_a_server_that_ends_at_its_start_names_its_log(own, tmp_path, monkeypatch):
    pretend(tmp_path, monkeypatch, "echo the database is locked; exit 3")
    with pytest.raises(WarclaimsError, match="the database is locked") as caught:
        server.start(own, free_port(), silent)
    assert str(own.log) in str(caught.value)
    assert server.running(own) is None


def test_a_port_that_is_taken(own, tmp_path, monkeypatch):
    pretend(tmp_path, monkeypatch, "exit 0")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(WarclaimsError, match=f"port {port} is taken"):
            server.start(own, port, silent)


def test_a_python_that_is_not_there(own, monkeypatch):
    monkeypatch.setenv(PYTHON, "/nowhere/python")
    with pytest.raises(WarclaimsError, match="does not exist"):
        server.start(own, free_port(), silent)


def test_without_a_server_the_way_to_one_is_told(own):
    with pytest.raises(WarclaimsError, match="warclaims studio start"):
        connect(own)
    assert not server.stop(own)


def test_what_is_left_of_a_server_that_is_gone_is_no_server(own):
    write_state(own.server, {"pid": 2**22 + 12345, "port": 1, "started": "once"})
    assert server.running(own) is None
    assert not server.stop(own)
    own.server.write_text("{half")
    assert server.running(own) is None


def test_the_account_is_the_same_again_and_its_owners_only(own):
    account = ensure_account(own)
    assert ensure_account(own) == account
    assert stat.S_IMODE(own.account.stat().st_mode) == 0o600
    assert account.password not in repr(account)


def test_a_process_that_has_the_number_of_a_server_that_is_gone_is_let_live(own, sleeper):
    with answering(lambda method, path: (200, b"{}")) as port:
        for state in ({"started": "before the machine was started again"}, {}):
            write_state(own.server, {"pid": sleeper.pid, "port": port} | state)
            assert server.running(own) is None
            assert not server.stop(own)
            assert sleeper.poll() is None


def test_a_server_is_stopped(own, sleeper):
    record(own, sleeper, free_port())
    assert server.stop(own)
    assert sleeper.wait() == -signal.SIGTERM
    assert not own.server.exists()


def test_a_server_that_does_not_answer_yet_is_waited_for(own, sleeper, tmp_path, monkeypatch):
    pretend(tmp_path, monkeypatch, f"touch {tmp_path}/second")
    answers = iter((503, 503, 200))
    with answering(lambda method, path: (next(answers), b"{}")) as port:
        found = record(own, sleeper, port)
        assert server.start(own, None, silent) == found
    assert not (tmp_path / "second").exists()


def test_a_start_that_is_given_up_leaves_no_server(own, tmp_path, monkeypatch):
    pretend(tmp_path, monkeypatch, "exec sleep 60")
    seen: list[dict[str, Any]] = []

    def give_up(found: server.Server) -> bool:
        seen.append(json.loads(own.server.read_bytes()))
        raise KeyboardInterrupt

    monkeypatch.setattr(server, "_is_healthy", give_up)
    with pytest.raises(KeyboardInterrupt):
        server.start(own, free_port(), silent)
    assert not server.Server(**seen[0]).is_alive
    assert not own.server.exists()


def test_two_starts_at_once(own):
    with (
        filelock.FileLock(own.lock),
        pytest.raises(WarclaimsError, match="another studio start is running"),
    ):
        server.start(own, free_port(), silent)


def test_a_proxy_does_not_stand_before_this_machine(own, sleeper, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("no_proxy", "")
    with answering(lambda method, path: (200, b"{}")) as port:
        found = record(own, sleeper, port)
        assert server.running(own) == found


def test_a_program_that_speaks_something_else_is_no_server(own, sleeper):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()

        def greet() -> None:
            with other.accept()[0] as guest:
                guest.recv(1)
                guest.sendall(b"220 mail\r\n")

        thread = threading.Thread(target=greet)
        thread.start()
        record(own, sleeper, other.getsockname()[1])
        assert server.running(own) is None
        thread.join()


def test_windows_is_told_what_to_do(own, monkeypatch):
    monkeypatch.setattr(server, "_WINDOWS", True)
    for call in (lambda: server.start(own, free_port(), silent), lambda: server.stop(own)):
        with pytest.raises(WarclaimsError, match="on Windows"):
            call()


def test_what_lies_in_the_home_is_its_owners_only(tmp_path, monkeypatch):
    folder = tmp_path / "home"
    folder.mkdir()
    folder.chmod(0o755)
    (folder / "server.log").touch(mode=0o644)
    monkeypatch.setenv(VARIABLE, str(folder))
    pretend(tmp_path, monkeypatch, "exit 3")
    own = home()
    with pytest.raises(WarclaimsError):
        server.start(own, free_port(), silent)
    assert stat.S_IMODE(own.root.stat().st_mode) == 0o700
    assert stat.S_IMODE(own.log.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b"<html>"),
        (200, b"{}"),
        (200, b"[]"),
        (200, b'"words"'),
        (200, b'{"id": 1, "username": "a"}'),
        (200, b"\xff"),
        (404, b"<html>not here"),
        (404, b"{}"),
    ],
)
@pytest.mark.parametrize("key", ["0123456789abcdef", "personal"])
def test_what_answers_in_another_way_is_no_label_studio(own, monkeypatch, key, status, body):
    monkeypatch.setenv(KEY, PERSONAL if key == "personal" else key)
    with (
        answering(lambda method, path: (status, body)) as port,
        pytest.raises(WarclaimsError, match="is not a Label Studio server"),
    ):
        connect(own, f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("localhost:8990", "must begin with http:// or https://"),
        ("example.org", "must begin with http:// or https://"),
        ("ftp://example.org", "must begin with http:// or https://"),
        ("http://", "is not the address of a server"),
        ("http://example.org:port", "is not the address of a server"),
        ("http://[::1", "is not the address of a server"),
        ("", "is not the address of a server"),
    ],
)
def test_an_address_that_is_none(own, monkeypatch, url, words):
    monkeypatch.setenv(KEY, "0123456789abcdef")
    with pytest.raises(WarclaimsError, match=words):
        connect(own, url)


@pytest.mark.parametrize("key", ["", " ", "ключ", "two\nlines"])
def test_a_key_that_is_none(own, monkeypatch, key):
    monkeypatch.setenv(KEY, key)
    with pytest.raises(WarclaimsError, match=KEY):
        connect(own, f"http://127.0.0.1:{free_port()}")


def test_a_server_that_is_reached_in_spite_of_a_proxy(own, sleeper, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("no_proxy", "")

    def answer(method: str, path: str) -> tuple[int, bytes]:
        if path == "/api/token/refresh/":
            return 200, b'{"access": "good"}'
        return 200, b'{"id": 1, "email": "a@b.c", "username": "a"}'

    ensure_account(own)
    state = json.loads(own.account.read_bytes())
    write_state(own.account, state | {"key": PERSONAL})
    with answering(answer) as port:
        record(own, sleeper, port)
        assert connect(own).url == f"http://127.0.0.1:{port}"


def test_a_server_that_is_not_there(own, monkeypatch):
    monkeypatch.setenv(KEY, "0123456789abcdef")
    monkeypatch.setattr("time.sleep", lambda seconds: None)  # the client tries again and again
    with pytest.raises(WarclaimsError, match="cannot be reached"):
        connect(own, f"http://127.0.0.1:{free_port()}")
