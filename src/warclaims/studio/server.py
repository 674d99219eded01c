"""The local server: started once, left running, on the loopback only."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from warclaims.errors import WarclaimsError
from warclaims.studio.account import ensure_account
from warclaims.studio.home import Home, read_state, write_state
from warclaims.studio.install import server_python

if TYPE_CHECKING:
    from collections.abc import Callable

HOST = "127.0.0.1"
PORT = 8913
"""Not Label Studio's usual one, which another project may use."""

START_LIMIT = 300.0
"""Seconds that a start may take: the first one makes the database."""

STOP_LIMIT = 20.0
_PAUSE = 0.3
_SHOWN = 12


@dataclass(frozen=True)
class Server:
    """A server that was started: its process and its port."""

    pid: int
    port: int

    @property
    def url(self) -> str:
        """The address in a browser."""
        return f"http://{HOST}:{self.port}"


def running(home: Home) -> Server | None:
    """The server that was started and still runs; null if there is none."""
    state = read_state(home.server)
    if state is None:
        return None
    try:
        server = Server(int(state["pid"]), int(state["port"]))
    except (KeyError, TypeError, ValueError):
        return None
    return server if _is_alive(server.pid) and _is_healthy(server) else None


def start(home: Home, port: int, tell: Callable[[str], None]) -> Server:
    """The server, started if it does not run; returns when it answers.

    Raises:
        WarclaimsError: it cannot be installed, the port is taken, it died or does not answer.
    """
    found = running(home)
    if found is not None:
        return found
    python = server_python(home, tell)
    _require_free(port)
    account = ensure_account(home)
    home.data.mkdir(mode=0o700, exist_ok=True)
    first = not (home.data / "label_studio.sqlite3").is_file()
    tell("starting Label Studio" + (" (the first start takes about a minute)" if first else ""))
    with home.log.open("ab") as log:
        begin = log.tell()
        process = subprocess.Popen(
            [
                str(python.parent / "label-studio"),
                "start",
                "--no-browser",
                "--internal-host",
                HOST,
                "--port",
                str(port),
            ],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=_environment(home, account.login, account.password),
            cwd=home.root,
            start_new_session=True,
        )
    server = Server(process.pid, port)
    write_state(home.server, asdict(server))
    limit = time.monotonic() + START_LIMIT
    while not _is_healthy(server):
        if process.poll() is not None:
            home.server.unlink(missing_ok=True)
            raise WarclaimsError(f"Label Studio ended at its start; {_last_words(home, begin)}")
        if time.monotonic() > limit:
            stop(home)
            raise WarclaimsError(
                f"Label Studio did not answer within {START_LIMIT:.0f} seconds; "
                f"{_last_words(home, begin)}"
            )
        time.sleep(_PAUSE)
    return server


def stop(home: Home) -> bool:
    """End the server; false if none runs. What annotators did stays in the data folder.

    Raises:
        WarclaimsError: it does not end.
    """
    state = read_state(home.server)
    pid = state.get("pid") if state else None
    if not isinstance(pid, int) or not _is_alive(pid):
        home.server.unlink(missing_ok=True)
        return False
    for what in (signal.SIGTERM, signal.SIGKILL):
        _signal(pid, what)
        limit = time.monotonic() + STOP_LIMIT
        while _is_alive(pid) and time.monotonic() < limit:
            time.sleep(_PAUSE)
        if not _is_alive(pid):
            home.server.unlink(missing_ok=True)
            return True
    raise WarclaimsError(f"the server (process {pid}) does not end; end it by hand")


def _environment(home: Home, login: str, password: str) -> dict[str, str]:
    """The variables of a server that keeps to itself."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("PYTHON")},
        "LABEL_STUDIO_BASE_DATA_DIR": str(home.data),
        "DJANGO_DB": "sqlite",
        "COLLECT_ANALYTICS": "false",
        "LATEST_VERSION_CHECK": "false",
        "SENTRY_DSN": "",
        "FRONTEND_SENTRY_DSN": "",
        "LABEL_STUDIO_USERNAME": login,
        "LABEL_STUDIO_PASSWORD": password,
        "LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK": "true",
    }


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        if probe.connect_ex((HOST, port)) == 0:
            raise WarclaimsError(
                f"port {port} is taken by another program; name a free one with --port"
            )


def _is_healthy(server: Server) -> bool:
    try:
        with urllib.request.urlopen(f"{server.url}/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:  # a child of ours that ended is a zombie until it is waited for
        ended, _ = os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return True
    return ended == 0


def _signal(pid: int, what: signal.Signals) -> None:
    """Signal the server and what it started: they are a group of their own."""
    try:
        os.killpg(pid, what)
    except (ProcessLookupError, PermissionError):
        return


def _last_words(home: Home, begin: int) -> str:
    said = home.log.read_bytes()[begin:].decode(errors="replace").splitlines()
    shown = "\n  ".join(said[-_SHOWN:]) or "it said nothing"
    return f"its log is {home.log}; it ends:\n  {shown}"
