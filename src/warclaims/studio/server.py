"""The local server: started once, left running, on the loopback only."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import time
import urllib.request
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from warclaims.errors import WarclaimsError
from warclaims.studio.account import ensure_account
from warclaims.studio.home import Home, open_log, read_state, write_state
from warclaims.studio.install import server_python

if TYPE_CHECKING:
    from collections.abc import Callable

_MOMENT = 2.0
"""Seconds that a port may still be in use by what has ended."""

HOST = "127.0.0.1"
PORT = 8913
"""Not Label Studio's usual one, which another project may use."""

START_LIMIT = 300.0
"""Seconds that a start may take: the first one makes the database."""

STOP_LIMIT = 20.0
_PAUSE = 0.3
_SHOWN = 12
_WINDOWS = os.name == "nt"


@dataclass(frozen=True)
class Server:
    """A server that was started: its process, the port, and when the process began.

    A number is given to another process once its own has ended; number and start together are
    given to one only.
    """

    pid: int
    port: int
    started: str

    @property
    def url(self) -> str:
        """The address in a browser."""
        return f"http://{HOST}:{self.port}"

    @property
    def is_alive(self) -> bool:
        """Whether the very process that was started runs."""
        return bool(self.started) and started(self.pid) == self.started


def running(home: Home) -> Server | None:
    """The server that was started, still runs and answers; null if there is none."""
    server = _recorded(home)
    return server if server is not None and _is_healthy(server) else None


def start(home: Home, port: int, tell: Callable[[str], None]) -> Server:
    """The server, started if it does not run; returns when it answers.

    A start that is given up, by Ctrl-C too, leaves no server behind.

    Raises:
        WarclaimsError: it cannot be installed, the port is taken, it died or does not answer,
            another start is under way, or this is Windows.
    """
    import filelock

    _require_signals()
    try:
        with filelock.FileLock(home.lock, timeout=0):
            return _found(home, tell) or _started_anew(home, port, tell)
    except filelock.Timeout:
        raise WarclaimsError("another studio start is under way; wait until it is done") from None


def stop(home: Home) -> bool:
    """End the server; false if none runs. What annotators did stays in the data folder.

    Raises:
        WarclaimsError: it does not end, or this is Windows.
    """
    _require_signals()
    server = _recorded(home)
    if server is not None:
        _end(server)
    home.server.unlink(missing_ok=True)
    return server is not None


def started(pid: int) -> str | None:
    """When a process began, in words that no other process of this number has; null if it ended."""
    status = Path(f"/proc/{pid}/stat")
    if Path("/proc/self/stat").is_file():
        try:  # the name, in brackets, may hold anything
            fields = status.read_text(errors="replace").rpartition(")")[2].split()
        except OSError:
            return None
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return None if fields[0] in "ZX" else f"{boot} {fields[19]}"
    said = subprocess.run(
        ["ps", "-o", "stat=", "-o", "lstart=", "-p", str(pid)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "LC_ALL": "C", "TZ": "UTC"},
    ).stdout.split(maxsplit=1)
    return said[1].strip() if len(said) == 2 and not said[0].startswith("Z") else None


def _recorded(home: Home) -> Server | None:
    """The server of a start before, answering or not; null if its process ended."""
    state = read_state(home.server) or {}
    try:
        server = Server(int(state["pid"]), int(state["port"]), str(state["started"]))
    except (KeyError, TypeError, ValueError):
        return None
    return server if server.is_alive else None


def _found(home: Home, tell: Callable[[str], None]) -> Server | None:
    """The server of a start before, once it answers; null if there is none or it ends."""
    server = _recorded(home)
    if server is None:
        return None
    if not _is_healthy(server):
        tell("waiting for the Label Studio that was started before")
    if _answers(server):
        return server
    if server.is_alive:
        raise WarclaimsError(
            f"Label Studio was started before (process {server.pid}) and does not answer; end it "
            f"with: warclaims studio stop; its log is {home.log}"
        )
    return None


def _started_anew(home: Home, port: int, tell: Callable[[str], None]) -> Server:
    python = server_python(home, tell)
    _require_free(port)
    account = ensure_account(home)
    home.data.mkdir(mode=0o700, exist_ok=True)
    first = not (home.data / "label_studio.sqlite3").is_file()
    tell("starting Label Studio" + (" (the first start takes about a minute)" if first else ""))
    program = [str(python.parent / "label-studio"), "start", "--no-browser"]
    with open_log(home.log) as log:
        begin = log.seek(0, os.SEEK_END)
        process = subprocess.Popen(
            [*program, "--internal-host", HOST, "--port", str(port)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=_environment(home, account.login, account.password),
            cwd=home.root,
            start_new_session=True,
        )
    server = Server(process.pid, port, started(process.pid) or "")
    try:
        write_state(home.server, asdict(server))
        if _answers(server):
            return server
        if server.is_alive:
            fault = f"did not answer within {START_LIMIT:.0f} seconds"
        else:
            fault = "ended at its start"
        raise WarclaimsError(f"Label Studio {fault}; {_last_words(home, begin)}")
    except BaseException:
        _end(server)
        home.server.unlink(missing_ok=True)
        raise


def _answers(server: Server) -> bool:
    """Wait until it answers; false if it ends before, or the time does."""
    limit = time.monotonic() + START_LIMIT
    while server.is_alive:
        if _is_healthy(server):
            return True
        if time.monotonic() > limit:
            return False
        time.sleep(_PAUSE)
    return False


def _end(server: Server) -> None:
    for what in (signal.SIGTERM, signal.SIGKILL):
        if server.is_alive:
            _signal(server.pid, what)
        limit = time.monotonic() + STOP_LIMIT
        while server.is_alive and time.monotonic() < limit:
            time.sleep(_PAUSE)
        if not server.is_alive:
            return
    raise WarclaimsError(f"the server (process {server.pid}) does not end; end it by hand")


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
    """Raise if somebody listens; a server that was just killed may do so for a moment."""
    until = time.monotonic() + _MOMENT
    while _listens(port):
        if time.monotonic() > until:
            raise WarclaimsError(
                f"port {port} is taken by another program; name a free one with --port"
            )
        time.sleep(0.1)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def _require_signals() -> None:
    if _WINDOWS:
        raise WarclaimsError(
            "on Windows a server is not started or stopped for you: run Label Studio yourself (or "
            "all of this under WSL) and name it with --url"
        )


def _is_healthy(server: Server) -> bool:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(f"{server.url}/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except (OSError, http.client.HTTPException):  # the latter: it talks, but no HTTP
        return False


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
