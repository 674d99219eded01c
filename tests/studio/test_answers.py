"""Whatever a server answers, a command ends in a result or in a message that names the server."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from fakes import PERSONAL, answering, talking
from served import WHO, answers_of, served

import cost
import warclaims
from sizes import share
from warclaims.commands import main
from warclaims.errors import WarclaimsError
from warclaims.studio import client as clients
from warclaims.studio import server_tasks as listing
from warclaims.studio.answers import MAX_DEPTH, AnswerTooLarge, TaskPage, UserAnswer, read
from warclaims.studio.connection import KEY, connect
from warclaims.studio.projects import find_project
from warclaims.studio.server_tasks import server_task, server_tasks, tasks_without_work

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable


DEEP = 100_000


@pytest.fixture(autouse=True)
def key(own, monkeypatch) -> None:
    monkeypatch.setenv(KEY, PERSONAL)


def run(capsys, *arguments: str) -> tuple[Any, str]:
    capsys.readouterr()
    with pytest.raises(SystemExit) as done:
        main(list(arguments))
    shown = capsys.readouterr()
    return done.value.code, shown.out + shown.err


def changed(value: Any, path: tuple[str | int, ...], new: Any) -> bytes:
    """The JSON of ``value`` with another value at a path."""
    value = json.loads(json.dumps(value))
    inner = value
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = new
    return json.dumps(value).encode()


# ---- answers of another form


WRONG = {
    "list": b"[]",
    "object": b"{}",
    "null": b"null",
    "number": b"5",
    "words": b'"x"',
    "list of numbers": b"[5]",
    "page": b"<html>",
    "bytes": b"\xff\x00",
    "half": b'{"tasks": [',
    "nothing": b"",
    "deep lists": b"[" * DEEP + b"]" * DEEP,
    "deep objects": b'{"tasks":' * DEEP + b"1" + b"}" * DEEP,
    "long number": b"1" * 5000,
    "not a number": b"NaN",
    "half a character": b'"\\ud800"',
}
PATHS = (
    "/api/token/refresh/",
    "/api/current-user/whoami",
    "/api/projects/",
    "/api/projects/3/",
    "/api/users/",
    "/api/tasks/",
    "/drafts",
    "/api/projects/3/import",
)


@pytest.mark.soak
@pytest.mark.parametrize("path", PATHS)
def test_an_answer_of_another_form(mini, capsys, path):
    good = served(warclaims.open(mini))
    if path == "/api/projects/3/import":
        good["/api/tasks/"] = {"tasks": [], "total": 0}
    command = "push" if path.startswith("/api/projects/3/") else "pull"
    bad: dict[str, bytes] = {}
    with answering(answers_of(good, bad)) as port:
        url = f"http://127.0.0.1:{port}"
        for wrong in share(list(WRONG), PATHS.index(path)):
            bad[path] = WRONG[wrong]
            status, said = run(capsys, "--corpus", str(mini), "studio", command, "--url", url)
            assert status in (0, 1, 2), wrong
            if status == 2:
                assert url in said or "the server has no project" in said, wrong


ODD = (None, -1, 2**70, 1.5, "x", [[]], [5], {"a": [None]}, True, "\ud800")
PLACES = (
    ("tasks",),
    ("tasks", 0),
    ("tasks", 0, "id"),
    ("tasks", 0, "data"),
    ("tasks", 0, "data", "document"),
    ("tasks", 0, "data", "set"),
    ("tasks", 0, "data", "sha256"),
    ("tasks", 0, "data", "exported"),
    ("tasks", 0, "data", "readings"),
    ("tasks", 0, "draft_exists"),
    ("tasks", 0, "annotations"),
    ("tasks", 0, "annotations", 0),
    ("tasks", 0, "annotations", 0, "result"),
    ("tasks", 0, "annotations", 0, "result", 0),
    ("tasks", 0, "annotations", 0, "completed_by"),
    ("tasks", 0, "annotations", 0, "was_cancelled"),
    ("total",),
)


@pytest.mark.soak
@pytest.mark.parametrize("place", PLACES, ids=lambda place: ".".join(map(str, place)))
def test_a_value_of_another_type_in_a_list_of_tasks(mini, capsys, place):
    good = served(warclaims.open(mini))
    bad: dict[str, bytes] = {}
    with answering(answers_of(good, bad)) as port:
        url = f"http://127.0.0.1:{port}"
        for odd in share(ODD, PLACES.index(place)):
            bad["/api/tasks/"] = changed(good["/api/tasks/"], place, odd)
            status, said = run(
                capsys, "--corpus", str(mini), "studio", "pull", "--dry-run", "--url", url
            )
            assert status in (0, 1, 2), said


FIELDS = ("id", "title", "label_config", "maximum_annotations")


@pytest.mark.soak
@pytest.mark.parametrize("field", FIELDS)
def test_a_value_of_another_type_in_a_project(mini, capsys, field):
    good = served(warclaims.open(mini))
    bad: dict[str, bytes] = {}
    with answering(answers_of(good, bad)) as port:
        url = f"http://127.0.0.1:{port}"
        markup = ("<?xml version='1.0' encoding='x'?><a/>", "<a", "<a xmlns:b='c'><b:d/></a>")
        for odd in (*share(ODD, FIELDS.index(field)), *(markup if field == "label_config" else ())):
            bad["/api/projects/"] = changed(good["/api/projects/"], ("results", 0, field), odd)
            bad["/api/projects/3/"] = changed(good["/api/projects/3/"], (field,), odd)
            status, said = run(
                capsys, "--corpus", str(mini), "studio", "push", "--dry-run", "--url", url
            )
            assert status in (0, 1, 2), said


# ---- answers without end


@pytest.fixture
def quick(monkeypatch) -> None:
    monkeypatch.setattr(clients, "TIMEOUT", 0.2)
    monkeypatch.setattr("time.sleep", lambda seconds: None)


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def drip(words: bytes, then: bytes) -> Callable[[socket.socket], None]:
    """Send words, and then others again and again, never long enough apart for a timeout."""

    def say(guest: socket.socket) -> None:
        import threading

        pause = threading.Event()
        guest.sendall(words)
        while True:
            pause.wait(0.02)
            guest.sendall(then)

    return say


@pytest.mark.parametrize(
    ("words", "then"),
    [
        (b"", b"H"),
        (b"HTTP/1.1 200 OK\r\nX: ", b"x"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (HEAD + b"Content-Length: 100000\r\n\r\n", b" "),
        (HEAD + b"\r\n[", b" "),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
    ],
    ids=["status", "header", "informational", "length", "close", "chunks"],
)
def test_a_server_that_answers_a_byte_at_a_time(own, quick, words, then):
    with talking(drip(words, then)) as port, pytest.raises(WarclaimsError) as caught:
        connect(own, f"http://127.0.0.1:{port}")
    assert f"http://127.0.0.1:{port}" in str(caught.value)


def test_a_server_that_takes_a_connection_and_says_nothing(own, quick):
    with talking(drip(b"", b"")) as port, pytest.raises(WarclaimsError, match=r"127\.0\.0\.1"):
        connect(own, f"http://127.0.0.1:{port}")


def flood(guest: socket.socket) -> None:
    guest.sendall(HEAD + b"\r\n[")
    piece = b"1," * 2**19
    while True:
        guest.sendall(piece)


def test_an_answer_that_never_ends_takes_little_memory(own):
    code = (
        "import sys, warclaims.studio.connection as c, warclaims.studio.home as h\n"
        "try: c.connect(h.home(), sys.argv[1])\n"
        "except c.WarclaimsError as error: print(error)\n"
        "sys.path.append(sys.argv[2])\n"
        "from cost import peak; print(peak())"
    )
    with talking(flood) as port:
        url = f"http://127.0.0.1:{port}"
        ended = subprocess.run(
            [sys.executable, "-c", code, url, str(Path(cost.__file__).parent)],
            capture_output=True,
            text=True,
            check=True,
        )
    said, memory = ended.stdout.splitlines()
    assert url in said
    assert "is larger than" in said
    assert int(memory) < 300


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "gzip, gzip", "zstd", "x"])
def test_an_answer_that_is_compressed_is_not_read(own, encoding):
    with (
        answering(lambda method, path: (200, b"{}"), {"Content-Encoding": encoding}) as port,
        pytest.raises(WarclaimsError, match="compresses its answers"),
    ):
        connect(own, f"http://127.0.0.1:{port}")


@pytest.mark.parametrize(
    "header",
    [
        {"Retry-After": "3600"},
        {"Retry-After": "Fri, 99 Zzz 99999 99:99:99"},
        {"Retry-After-MS": "x"},
        {"X-RateLimit-Reset": "9" * 400},
        {"X-RateLimit-Reset": "99999999999"},
    ],
)
def test_a_server_does_not_decide_how_long_it_is_waited_for(own, monkeypatch, header):
    slept: list[float] = []
    monkeypatch.setattr("time.sleep", slept.append)
    monkeypatch.setenv(KEY, "0123456789abcdef")
    with (
        answering(lambda method, path: (503, b"{}"), header) as port,
        pytest.raises(WarclaimsError, match="answered 503"),
    ):
        connect(own, f"http://127.0.0.1:{port}")
    assert all(seconds < 10 for seconds in slept)


# ---- lists without end


def page_of(ids: range, total: int) -> bytes:
    return json.dumps({"tasks": [{"id": i, "data": {}} for i in ids], "total": total}).encode()


def last_asked(address: str) -> int:
    query = json.loads(parse_qs(urlsplit(address).query)["query"][0])
    return int(query["filters"]["items"][0]["value"])


@pytest.mark.parametrize(
    "answer",
    [
        lambda last: page_of(range(1, 21), 10**9),
        lambda last: page_of(range(last + 20, last, -1), 10**9),
        lambda last: page_of(range(last + 1, last + 21), 10**9),
        lambda last: page_of(range(last + 1, last + 21), 10**9 + last),
        lambda last: page_of(range(last + 1, last + 21), 10**9 - last),
    ],
    ids=["same", "backwards", "no fewer", "ever more", "fewer"],
)
def test_a_list_of_tasks_without_end(own, monkeypatch, answer):
    monkeypatch.setattr(listing, "MAX_PAGES", 40)
    with answering(
        lambda method, path: (
            200,
            answer(last_asked(path)) if "tasks" in path else json.dumps(WHO).encode(),
        )
    ) as port:
        connection = connect(own, f"http://127.0.0.1:{port}")
        with pytest.raises(WarclaimsError, match="without end") as caught:
            list(tasks_without_work(connection, 3))
    assert f"http://127.0.0.1:{port}" in str(caught.value)


@pytest.mark.parametrize("same", [True, False])
def test_a_list_of_projects_without_end(own, same):
    count = 0

    def answer(method: str, path: str) -> tuple[int, bytes]:
        nonlocal count
        if "projects" not in path:
            return 200, json.dumps(WHO).encode()
        count += 1
        project = {"id": 1 if same else count, "title": "other"}
        return 200, json.dumps({"results": [project], "next": path}).encode()

    with answering(answer) as port:
        connection = connect(own, f"http://127.0.0.1:{port}")
        with pytest.raises(WarclaimsError, match="without end"):
            find_project(connection, "title")


def test_a_page_that_is_too_large_is_asked_for_in_parts(own, monkeypatch):
    monkeypatch.setattr("warclaims.studio.client.MAX_ANSWER", 4000)
    sizes: list[int] = []

    def answer(method: str, path: str) -> tuple[int, bytes]:
        if "tasks" not in path:
            return 200, json.dumps(WHO).encode()
        last, size = last_asked(path), int(parse_qs(urlsplit(path).query)["page_size"][0])
        sizes.append(size)
        tasks = [{"id": i, "data": {"x": "x" * 900}} for i in range(last + 1, 9)][:size]
        return 200, json.dumps({"tasks": tasks, "total": 8 - last}).encode()

    with answering(answer) as port:
        connection = connect(own, f"http://127.0.0.1:{port}")
        assert [one.id for one in server_tasks(connection, 3)] == list(range(1, 9))
        assert sizes == [20, 5, 1, 4, 16]
        monkeypatch.setattr("warclaims.studio.client.MAX_ANSWER", 500)
        with pytest.raises(AnswerTooLarge, match="larger than"):
            list(server_tasks(connection, 3))


@pytest.mark.parametrize("large", [{1}, {150}, {1, 2, 3}, {40, 80, 120}])
def test_after_a_large_task_pages_are_as_long_as_before(own, monkeypatch, large):
    monkeypatch.setattr("warclaims.studio.client.MAX_ANSWER", 4000)
    monkeypatch.setattr(listing, "MAX_PAGES", 30)

    def answer(method: str, path: str) -> tuple[int, bytes]:
        if "tasks" not in path:
            return 200, json.dumps(WHO).encode()
        last, size = last_asked(path), int(parse_qs(urlsplit(path).query)["page_size"][0])
        ids = range(last + 1, min(last + size, 200) + 1)
        tasks = [{"id": i, "data": {"x": "x" * 3800 * (i in large)}} for i in ids]
        return 200, json.dumps({"tasks": tasks, "total": 200 - last}).encode()

    with answering(answer) as port:
        connection = connect(own, f"http://127.0.0.1:{port}")
        assert [one.id for one in tasks_without_work(connection, 3)] == list(range(1, 201))


def test_a_task_that_somebody_deleted_is_said_to_be_gone(own):
    with answering(
        lambda method, path: (404, b"{}") if "tasks" in path else (200, json.dumps(WHO).encode())
    ) as port:
        connection = connect(own, f"http://127.0.0.1:{port}")
        with pytest.raises(WarclaimsError, match="404"):
            server_task(connection, 7)


def test_another_task_than_was_asked_for_is_refused(own):
    with answering(
        lambda method, path: (200, b'{"id": 5}' if "tasks" in path else json.dumps(WHO).encode())
    ) as port:
        connection = connect(own, f"http://127.0.0.1:{port}")
        with pytest.raises(WarclaimsError, match="task 5 in place of task 4"):
            server_task(connection, 4)


# ---- the function that reads


@pytest.mark.parametrize(
    "inner",
    [
        b"[" * MAX_DEPTH + b"]" * MAX_DEPTH,
        b'{"a":' * MAX_DEPTH + b"1" + b"}" * MAX_DEPTH,
        b'[{"a":' * (MAX_DEPTH // 2) + b"1" + b"}]" * (MAX_DEPTH // 2),
    ],
)
def test_what_is_nested_too_deeply_is_refused_and_brackets_in_words_are_not_counted(inner):
    with pytest.raises(WarclaimsError, match="nested more than"):
        read(b'{"tasks": [{"id": 1, "data": {"x": ' + inner + b"}}]}", TaskPage, "http://x")
    words = json.dumps({"tasks": [{"id": 1, "data": {'\\"[' * 99: '[{"\\' * 999}}]}).encode()
    assert read(words, TaskPage, "http://x").tasks[0].data == {'\\"[' * 99: '[{"\\' * 999}


def test_too_many_values_are_refused():
    many = b'{"tasks": [{"id": 1, "data": {"x": [' + b"{}," * 600_000 + b"1]}}]}"
    with pytest.raises(AnswerTooLarge, match="values"):
        read(many, TaskPage, "http://x")


def test_what_an_answer_has_beyond_what_is_used_is_dropped():
    user = read(b'{"id": 1, "email": "a@b.c", "is_staff": true}', UserAnswer, "http://x")
    assert user == UserAnswer(1, "a@b.c")
