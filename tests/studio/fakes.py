"""Small servers on this machine that answer as a test says, and what stands for a real one."""

from __future__ import annotations

import base64
import http.server
import socket
import stat
import threading
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from warclaims.studio import server
from warclaims.studio.home import write_state
from warclaims.studio.install import VARIABLE as PYTHON

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from warclaims.studio.home import Home

PERSONAL = ".".join(
    base64.urlsafe_b64encode(part).decode().rstrip("=")
    for part in (b'{"alg": "HS256"}', b'{"exp": 99999999999, "token_type": "refresh"}', b"signed")
)
"""A personal access token in form."""


def pretend(tmp_path: Path, monkeypatch, script: str) -> None:
    """A Python of a Label Studio that does what ``script`` says."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("python", "label-studio"):
        program = folder / name
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv(PYTHON, str(folder / "python"))


@dataclass
class Asked:
    """A request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@contextmanager
def answering(
    answer: Callable[[str, str], tuple[int, bytes]],
    headers: Mapping[str, str] | None = None,
    asked: list[Asked] | None = None,
) -> Iterator[int]:
    """A server on a port that answers a method and path with a status and a body."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if asked is not None:
                asked.append(Asked(self.command, self.path, dict(self.headers), content))
            status, body = answer(self.command, self.path)
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_PATCH = do_DELETE = do_GET  # noqa: N815

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as fake:
        fake.daemon_threads = True
        thread = threading.Thread(target=fake.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield fake.server_port
        finally:
            fake.shutdown()
            thread.join()


@contextmanager
def talking(say: Callable[[socket.socket], object]) -> Iterator[int]:
    """A server on a port that does not speak HTTP by itself: ``say`` does, on each connection."""
    listener = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        with suppress(OSError):
            while True:
                guest = listener.accept()[0]
                threading.Thread(target=serve, args=(guest,), daemon=True).start()

    def serve(guest: socket.socket) -> None:
        with guest, suppress(OSError):
            guest.recv(65_536)
            say(guest)

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def record(own: Home, process: subprocess.Popen[bytes], port: int) -> server.Server:
    """A process as the server that was started on a port, and holds it."""
    found = server.Server(process.pid, port, server.started(process.pid) or "", holds_port=True)
    write_state(own.server, asdict(found))
    return found


def silent(words: str) -> None:
    """Tell nobody."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
