"""A server that cannot be started says why; no real one is needed for that."""

from __future__ import annotations

import socket
import stat
from typing import TYPE_CHECKING

import pytest

from warclaims.errors import WarclaimsError
from warclaims.studio import server
from warclaims.studio.account import ensure_account
from warclaims.studio.connection import connect
from warclaims.studio.home import VARIABLE, home, write_state
from warclaims.studio.install import VARIABLE as PYTHON

if TYPE_CHECKING:
    from pathlib import Path

    from warclaims.studio.home import Home


@pytest.fixture
def own(tmp_path, monkeypatch) -> Home:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "home"))
    return home()


def pretend(tmp_path: Path, monkeypatch, script: str) -> None:
    """A Label Studio that does what ``script`` says."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "python").write_text("")
    program = folder / "label-studio"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv(PYTHON, str(folder / "python"))


def silent(words: str) -> None:
    """Tell nobody."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


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
    with pytest.raises(WarclaimsError, match="there is no such file"):
        server.start(own, free_port(), silent)


def test_without_a_server_the_way_to_one_is_told(own):
    with pytest.raises(WarclaimsError, match="warclaims studio start"):
        connect(own)
    assert not server.stop(own)


def test_what_is_left_of_a_server_that_is_gone_is_no_server(own):
    write_state(own.server, {"pid": 2**22 + 12345, "port": 1})
    assert server.running(own) is None
    assert not server.stop(own)
    own.server.write_text("{half")
    assert server.running(own) is None


def test_the_account_is_the_same_again_and_its_owners_only(own):
    account = ensure_account(own)
    assert ensure_account(own) == account
    assert stat.S_IMODE(own.account.stat().st_mode) == 0o600
    assert account.password not in repr(account)
