"""Between a client and a server: what goes wrong with a request is said by a rule."""

from __future__ import annotations

import http.client
import http.server
import socket
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Fault = Literal["none", "cut", "lost", "refused"]
"""Passed on; not passed on, and no answer; passed on, and no answer; 401 in the server's place."""

SKIPPED = {"connection", "host", "keep-alive", "transfer-encoding", "content-length", "server"}


@dataclass(frozen=True)
class Request:
    """A request, counted from 0 since the rule was set."""

    number: int
    method: str
    path: str

    @property
    def is_write(self) -> bool:
        """Whether it changes something on the server."""
        return self.method != "GET" and "/token/" not in self.path

    def __str__(self) -> str:
        return f"{self.number} {self.method} {self.path.partition('?')[0]}"


def no_fault(request: Request) -> Fault:
    return "none"


@dataclass
class Proxy:
    """Leads to a port of this machine; a rule may also wait, or end processes."""

    port: int
    upstream: int
    rule: Callable[[Request], Fault] = no_fault
    seen: list[Request] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @contextmanager
    def ruled(self, rule: Callable[[Request], Fault] = no_fault) -> Iterator[list[Request]]:
        """Go by a rule; gives the requests that are seen meanwhile."""
        self.seen = []
        self.rule = rule
        try:
            yield self.seen
        finally:
            self.rule = no_fault

    def note(self, method: str, path: str) -> Request:
        with self.lock:
            request = Request(len(self.seen), method, path)
            self.seen.append(request)
            return request


@contextmanager
def proxy(upstream: int) -> Iterator[Proxy]:
    """A proxy on a free port, as long as the block lasts."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            fault = found.rule(found.note(self.command, self.path))
            if fault == "cut":
                self.hang_up()
                return
            if fault == "refused":
                self.give(401, [("Content-Type", "application/json")], b'{"detail": "expired"}')
                return
            headers = {k: v for k, v in self.headers.items() if k.lower() not in SKIPPED}
            try:
                server = http.client.HTTPConnection("127.0.0.1", found.upstream, timeout=120)
                server.request(self.command, self.path, body, headers)
                answer = server.getresponse()
                data = answer.read()
                server.close()
            except (OSError, http.client.HTTPException):
                self.hang_up()
                return
            if fault == "lost":
                self.hang_up()
            else:
                self.give(answer.status, answer.getheaders(), data)

        do_POST = do_PATCH = do_DELETE = do_GET  # noqa: N815

        def give(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
            try:
                self.send_response_only(status)
                for name, value in headers:
                    if name.lower() not in SKIPPED:
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:  # the client was ended
                return

        def hang_up(self) -> None:
            self.close_connection = True
            try:
                self.connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                return

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        listening.daemon_threads = True
        found = Proxy(listening.server_port, upstream)
        thread = threading.Thread(target=listening.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield found
        finally:
            listening.shutdown()
            thread.join()
