"""A Label Studio as far as ``studio pull`` asks it: a project with its tasks, and one user."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "0123456789abcdef"
"""A key in form; any is taken."""

USER = {"id": 1, "email": "somebody@example.org", "username": "somebody"}


def answer(path: str, query: dict[str, list[str]], title: str, tasks: list[dict[str, Any]]) -> Any:
    """What is at a path; ``None`` for nothing."""
    if path == "/api/current-user/whoami":
        return USER
    if path == "/api/users":
        return [USER]
    if path == "/api/projects" and query.get("page", ["1"]) == ["1"]:
        project = {"id": 3, "title": title}
        return {"count": 1, "next": None, "previous": None, "results": [project]}
    if path == "/api/tasks":
        asked = json.loads(query["query"][0])["filters"]["items"][0]["value"]
        size = int(query["page_size"][0])
        left = [task for task in tasks if task["id"] > asked]
        return {"tasks": left[:size], "total": len(left)}
    return None


@contextmanager
def serving(title: str, tasks: list[dict[str, Any]]) -> Iterator[str]:
    """Serve the tasks of a project as long as the block lasts; gives the address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            found = answer(parts.path.rstrip("/"), parse_qs(parts.query), title, tasks)
            body = json.dumps(found).encode()
            try:
                self.send_response(404 if found is None else 200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:  # the client was killed
                return

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
