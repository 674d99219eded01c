"""A Label Studio as far as the commands ask it: a project with its tasks, and one user."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from warclaims.labelstudio import configuration, task
from warclaims.labelstudio.guide import GUIDE
from warclaims.records import Lists
from warclaims.studio.projects import title_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from warclaims.corpus import Corpus

KEY = "0123456789abcdef"
"""A key in form; any is taken."""

USER = {"id": 1, "email": "somebody@example.org", "username": "somebody"}

WHO = {"access": "good", "id": 1, "email": "a@b.c"}


def served(corpus: Corpus) -> dict[str, Any]:
    """The answers of a server that has a project with the corpus, by what the path ends in."""
    tasks = [
        {"id": number, "draft_exists": True, **task(corpus.bundle(name), corpus.registries)}
        for number, name in enumerate(corpus.documents, 1)
    ]
    for one in tasks:
        for annotation in one["annotations"]:
            annotation |= {"id": one["id"], "completed_by": 1, "was_cancelled": False}
    project = {
        "id": 3,
        "title": title_of(corpus, "gold"),
        "label_config": configuration(Lists()).decode(),
        "expert_instruction": GUIDE,
        "maximum_annotations": 1,
    }
    return {
        "/api/token/refresh/": WHO,
        "/api/current-user/whoami": WHO,
        "/api/projects/": {"count": 1, "next": None, "results": [project]},
        "/api/projects/3/": project,
        "/api/users/": [WHO],
        "/api/tasks/": {"tasks": tasks, "total": len(tasks)},
        "/drafts": [],
        "/api/projects/3/import": {"task_count": 1},
        "/api/dm/views/": {"id": 1},
    }


def answers_of(
    served: dict[str, Any], bad: dict[str, bytes]
) -> Callable[[str, str], tuple[int, bytes]]:
    """The answers, some of them replaced."""

    def answer(method: str, address: str) -> tuple[int, bytes]:
        path = urlsplit(address).path
        end = "/drafts" if path.endswith("/drafts") else path
        if end in bad:
            return 200, bad[end]
        if end not in served:
            return 404, b"{}"
        return 200, json.dumps(served[end]).encode()

    return answer


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
