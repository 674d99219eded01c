"""Start and stop the local server, which listens on the loopback interface only.

The port is bound here, and the server inherits the listening socket (:mod:`.launcher`). No other
program can bind the port while the server is alive. So if the server is alive before and after a
connection is made, the connection leads to it. Every client checks this before it sends anything.
"""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from warclaims.errors import WarclaimsError
from warclaims.files import open_file, read_file
from warclaims.studio.home import (
    Home,
    ServerAccount,
    ensure_account,
    open_log,
    read_state,
    write_state,
)
from warclaims.studio.install import server_python
from warclaims.studio.launcher import BACKLOG

if TYPE_CHECKING:
    from collections.abc import Callable

_MOMENT = 2.0
"""Seconds to wait for a port that a process which has just ended may still occupy."""

_LAUNCHER = Path(__file__).with_name("launcher.py")

_NEEDED = frozenset(
    ("HOME", "LANG", "LD_LIBRARY_PATH", "LOGNAME", "PATH", "TEMP", "TMP", "TMPDIR", "TZ", "USER")
)
"""Environment variables that are passed to the server, besides those of the locale."""

_PROC = 4096
"""Bytes to read of a file in ``/proc``."""

_HEALTH_LIMIT = 5.0
"""Seconds to wait for the answer to a health check."""

HOST = "127.0.0.1"
PORT = 8913
"""Not the default port of Label Studio, which another project may use."""

START_LIMIT = 300.0
"""Seconds that a start may take; the first start creates the database."""

STOP_LIMIT = 20.0
_PAUSE = 0.3
_SHOWN, _MOST_SHOWN = 12, 20_000
"""Lines and bytes of the log that are shown in a message."""

_WINDOWS = os.name == "nt"


@dataclass(frozen=True)
class Server:
    """A server that was started: its process, port, and the start time of the process.

    The number of a process may be reused after it has ended; number and start time are unique.
    """

    pid: int
    port: int
    started: str
    holds_port: bool = False
    """Whether it inherited the listening socket; servers of earlier releases did not."""

    @property
    def url(self) -> str:
        """The address for browsers."""
        return f"http://{HOST}:{self.port}"

    @property
    def is_alive(self) -> bool:
        """True if the process that was started is still running."""
        return bool(self.started) and started(self.pid) == self.started

    def proven(self) -> Server:
        """This server, if it is certain that it holds its port now.

        Raises:
            WarclaimsError: another program may listen there.
        """
        if not (self.holds_port and self.is_alive):
            raise _another_program(self.url)
        return self


def proven(home: Home, url: str) -> Server:
    """The server that was started last, if it is certain that it holds the port of ``url`` now.

    Raises:
        WarclaimsError: another program may listen there.
    """
    server = _recorded(home)
    if server is None or server.url != url:
        raise _another_program(url)
    return server.proven()


def running(home: Home) -> Server | None:
    """The server, if one was started, is still running and answers."""
    server = _recorded(home)
    return server if server is not None and _is_healthy(server) else None


def start(home: Home, port: int | None, tell: Callable[[str], None]) -> Server:
    """Start the server unless it is running, and return it once it answers.

    If a start is interrupted, as by Ctrl-C, no server is left running.

    Raises:
        WarclaimsError: it cannot be installed, the port is taken, it ended or does not answer, it
            is running on another port, another start is running, or this is Windows.
    """
    import filelock

    _require_signals()
    try:
        with filelock.FileLock(home.lock, timeout=0):
            found = _found(home, tell) or _started_anew(home, port or PORT, tell)
    except filelock.Timeout:
        raise WarclaimsError("another studio start is running. Wait until it has ended") from None
    if port not in (None, found.port):
        raise WarclaimsError(
            f"Label Studio is already running at {found.url}. To move it to port {port}, stop it "
            "first with: warclaims studio stop"
        )
    return found


def stop(home: Home) -> bool:
    """Stop the server; false if none is running. The annotators' work stays in the data folder.

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
    """The start of a process as text that is unique for its number; ``None`` if it has ended."""
    if Path("/proc/self/stat").is_file():
        try:  # the name, in brackets, may contain anything
            fields = read_file(Path(f"/proc/{pid}/stat"), _PROC).rpartition(b")")[2].split()
        except OSError:
            return None
        boot = read_file(Path("/proc/sys/kernel/random/boot_id"), _PROC).decode().strip()
        return None if fields[0] in (b"Z", b"X") else f"{boot} {fields[19].decode()}"
    said = subprocess.run(
        ["ps", "-o", "stat=", "-o", "lstart=", "-p", str(pid)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "LC_ALL": "C", "TZ": "UTC"},
    ).stdout.split(maxsplit=1)
    return said[1].strip() if len(said) == 2 and not said[0].startswith("Z") else None


def _another_program(url: str) -> WarclaimsError:
    return WarclaimsError(
        f"another program may listen at {url}: the Label Studio that was started there has ended. "
        "Nothing was sent to it. Run: warclaims studio start"
    )


def _recorded(home: Home) -> Server | None:
    """The server that was started last; ``None`` if its process has ended."""
    state = read_state(home.server) or {}
    try:
        server = Server(
            int(state["pid"]),
            int(state["port"]),
            str(state["started"]),
            state.get("holds_port") is True,
        )
    except (KeyError, TypeError, ValueError):
        return None
    return server if server.is_alive else None


def _found(home: Home, tell: Callable[[str], None]) -> Server | None:
    """The server that was started last, once it answers; ``None`` if it has ended or ends now."""
    server = _recorded(home)
    if server is None:
        return None
    if not server.holds_port:
        raise WarclaimsError(
            f"Label Studio was started by an earlier release (process {server.pid}) and cannot be "
            "distinguished from another program. Stop it with: warclaims studio stop"
        )
    if not _is_healthy(server):
        tell("waiting for the Label Studio that was started before")
    if _answers(server):
        return server
    if server.is_alive:
        raise WarclaimsError(
            f"Label Studio was started before (process {server.pid}) and does not answer. Stop it "
            f"with: warclaims studio stop. Its log is {home.log}"
        )
    return None


def _started_anew(home: Home, port: int, tell: Callable[[str], None]) -> Server:
    python = server_python(home, tell)
    account = ensure_account(home)
    home.data.mkdir(mode=0o700, exist_ok=True)
    first = not (home.data / "label_studio.sqlite3").is_file()
    with _listening(port) as listener, open_log(home.log) as log:
        tell("starting Label Studio" + (" (the first start takes about a minute)" if first else ""))
        begin = log.seek(0, os.SEEK_END)
        program = [str(python), str(_LAUNCHER), str(listener.fileno())]
        try:
            process = subprocess.Popen(
                [*program, "start", "--no-browser", "--internal-host", HOST, "--port", str(port)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=_environment(home, account, port),
                cwd=home.root,
                start_new_session=True,
                pass_fds=[listener.fileno()],
            )
        except OSError as error:
            raise WarclaimsError(f"{python} cannot be run: {error.strerror}") from None
    server = Server(process.pid, port, started(process.pid) or "", holds_port=True)
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
    """Wait until the server answers; false if it ends or the time is over."""
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
    raise WarclaimsError(f"the server (process {server.pid}) does not end. End it by hand")


def _environment(home: Home, account: ServerAccount, port: int) -> dict[str, str]:
    """The environment variables of the server; others could configure it differently."""
    return {
        **{k: v for k, v in os.environ.items() if k in _NEEDED or k.startswith("LC_")},
        "LABEL_STUDIO_ALLOWED_HOSTS": f"{HOST},localhost",
        "LABEL_STUDIO_BASE_DATA_DIR": str(home.data),
        "LABEL_STUDIO_CORS_ALLOWED_ORIGINS": f"http://{HOST}:{port}",
        "DJANGO_DB": "sqlite",
        "COLLECT_ANALYTICS": "false",
        "LATEST_VERSION_CHECK": "false",
        "SENTRY_DSN": "",
        "FRONTEND_SENTRY_DSN": "",
        "LABEL_STUDIO_USERNAME": account.login,
        "LABEL_STUDIO_PASSWORD": account.password,
        "LABEL_STUDIO_USER_TOKEN": account.key,
        "LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK": "true",
    }


def _listening(port: int) -> socket.socket:
    """A socket that listens on the port. A server that was just killed may occupy it for a moment.

    Raises:
        WarclaimsError: the port is taken by another program, or cannot be used.
    """
    until = time.monotonic() + _MOMENT
    while True:
        listener = socket.socket()
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((HOST, port))
            listener.listen(BACKLOG)
        except OSError as error:
            listener.close()
            if error.errno != errno.EADDRINUSE:
                raise WarclaimsError(f"port {port} cannot be used: {error.strerror}") from None
            if time.monotonic() > until:
                raise WarclaimsError(
                    f"port {port} is taken by another program. Name a free one with --port"
                ) from None
            time.sleep(_PAUSE)
        else:
            return listener


def _require_signals() -> None:
    if _WINDOWS:
        raise WarclaimsError(
            "on Windows, WarClaims cannot start or stop Label Studio. Run it yourself and name it "
            "with --url, or use WSL"
        )


def _is_healthy(server: Server) -> bool:
    import httpx

    from warclaims.studio.client import ServerClient

    try:
        with ServerClient(server.url, server.proven, timeout=_HEALTH_LIMIT) as client:
            return client.get("/health").status_code == httpx.codes.OK
    except (httpx.HTTPError, WarclaimsError):
        return False


def _signal(pid: int, what: signal.Signals) -> None:
    """Send a signal to the process group of the server."""
    try:
        os.killpg(pid, what)
    except (ProcessLookupError, PermissionError):
        return


def _last_words(home: Home, begin: int) -> str:
    with open_file(home.log) as log:
        log.seek(max(begin, log.seek(0, os.SEEK_END) - _MOST_SHOWN))
        said = log.read(_MOST_SHOWN).decode(errors="replace").splitlines()
    shown = "\n  ".join(said[-_SHOWN:]) or "(empty)"
    return f"its log is {home.log}, which ends:\n  {shown}"
