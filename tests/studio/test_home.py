"""What is written into the folder of Label Studio: whole or not at all, for its owner only."""

from __future__ import annotations

import errno
import os

import pytest

from command_line import run
from warclaims.errors import WarclaimsError
from warclaims.studio.home import read_state, write_state
from warclaims.studio.ledger import Ledger


@pytest.fixture
def cli_alone(tmp_path):
    """Run a command without a corpus or server."""
    return lambda *arguments: run(arguments, tmp_path)


@pytest.fixture
def open_umask():
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.parametrize("before", [None, 0o644, 0o600])
def test_a_state_is_its_owners_only(own, open_umask, before):
    path = own.root / "folder" / "state.json"
    if before is not None:
        path.parent.mkdir()
        path.write_text("{}")
        path.chmod(before)
    write_state(path, {"a": "é\ud800"})
    assert path.stat().st_mode & 0o777 == 0o600
    assert read_state(path) == {"a": "é\ud800"}


def test_a_link_in_the_way_of_a_state_leads_nowhere(own, tmp_path):
    victim = tmp_path / "victim"
    victim.write_text("mine")
    for name in ("state.json", f"state.json.{os.getpid()}.part"):
        (own.root / name).symlink_to(victim)
    write_state(own.root / "state.json", {"a": 1})
    assert victim.read_text() == "mine"
    assert read_state(own.root / "state.json") == {"a": 1}


def test_on_a_full_disk_a_state_is_as_it_was(own, monkeypatch):
    path = own.root / "state.json"
    write_state(path, {"a": 1})

    def full(number: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WarclaimsError, match="No space left on device") as caught:
        write_state(path, {"a": 2})
    assert str(caught.value).count(str(path)) == 1
    assert read_state(path) == {"a": 1}
    assert [one.name for one in own.root.iterdir()] == ["state.json"]


@pytest.mark.parametrize("name", ["../../../../../evil/x", "/evil", "a/b", "..", "", "one\n"])
def test_the_ledger_makes_no_path_of_what_is_not_an_id(own, name):
    ledger = Ledger(own, "http://server", 3)
    for names in (("gold", name), (name, "one")):
        with pytest.raises(WarclaimsError, match="is not the id"):
            ledger.keep(*names, {"id": 7, "data": {}, "annotations": []})
        with pytest.raises(WarclaimsError, match="is not the id"):
            ledger.history(*names, [7, {}])
        with pytest.raises(WarclaimsError, match="is not the id"):
            ledger.forget(*names)
    assert list(own.root.rglob("*.json")) == []


def test_status_names_home_and_database_and_how_to_back_up(own, cli_alone):
    done = cli_alone("studio", "status")
    assert done.returncode == 1
    assert "no server is running; start it with: warclaims studio start" in done.stdout
    assert f"home:     {own.root}\n" in done.stdout
    assert f"database: {own.data / 'label_studio.sqlite3'} (not made yet)\n" in done.stdout
    assert f"copy the folder {own.root}" in done.stdout
