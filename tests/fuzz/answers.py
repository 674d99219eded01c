"""The answers of a server as a target: read as each kind, and used as the commands use them."""

from __future__ import annotations

import json
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import warclaims
from warclaims.errors import WarclaimsError
from warclaims.studio.answers import (
    DraftAnswer,
    ImportAnswer,
    ProjectAnswer,
    ProjectPage,
    TaskAnswer,
    TaskPage,
    UserAnswer,
    read,
    require_few_values,
)
from warclaims.studio.compare import sent_again
from warclaims.studio.ledger import digest
from warclaims.studio.people import people
from warclaims.studio.projects import find_project, require_same_corpus, same_configuration
from warclaims.studio.server_tasks import ServerTask, duplicates, server_task, server_tasks

FIXTURES = Path(__file__).parents[1] / "fixtures"
URL = "http://server"
TITLE = "WarClaims mini: gold"

KINDS: dict[str, Any] = {
    "tasks": TaskPage,
    "task": TaskAnswer,
    "drafts": list[DraftAnswer],
    "projects": ProjectPage,
    "project": ProjectAnswer,
    "users": list[UserAnswer],
    "user": UserAnswer,
    "import": ImportAnswer,
}
"""The kinds of answers, by the names of those in ``fixtures/answers.json``."""

GOOD = {
    list[DraftAnswer]: b"[]",
    ProjectPage: json.dumps({"results": [{"id": 3, "title": TITLE}]}).encode(),
}
"""Answers beside the one that is tried."""


@cache
def answers_seeds() -> tuple[bytes, ...]:
    """Answers that were recorded of a Label Studio, each after the number of its kind."""
    recorded = json.loads((FIXTURES / "answers.json").read_bytes())
    return tuple(
        bytes([number]) + json.dumps(recorded[name], ensure_ascii=False).encode()
        for number, name in enumerate(KINDS)
    )


def answers(data: bytes) -> None:
    """An answer as the kind that the first byte chooses: it is used, or a WarclaimsError."""
    if not data:
        return
    kind = list(KINDS.values())[data[0] % len(KINDS)]
    connection: Any = _Answering(kind, data[1:])
    refused = ""
    try:
        require_few_values(data[1:], URL)
        connection.ask("", kind)
    except WarclaimsError as error:
        refused = str(error)
    if refused:
        assert URL in refused
        return
    for use in _USES.get(kind, ()):
        with suppress(WarclaimsError):
            use(connection)


class _Answering:
    """A connection that answers every question of one kind with the same bytes."""

    url = URL

    def __init__(self, kind: Any, data: bytes) -> None:
        self._answers = {**GOOD, kind: data}

    def ask(self, path: str, kind: Any, **params: object) -> Any:
        return read(self._answers[kind], kind, URL)

    def project_url(self, project: int) -> str:
        return f"{URL}/{project}"


@cache
def _corpus() -> Any:
    return warclaims.open(FIXTURES / "mini")


def _use_tasks(connection: Any) -> None:
    who = people(_Users(), _corpus())
    for task in server_tasks(connection, 3):
        _use(task)
        who.several(task.annotations)
        for annotation in task.annotations:
            who.email(who.author(annotation))


class _Users:
    def ask(self, path: str, kind: Any) -> list[UserAnswer]:
        return [UserAnswer(1, "a@b.c")]


def _use_task(connection: Any) -> None:
    task = server_task(connection, connection.ask("", TaskAnswer).id)
    _use(task)
    sent_again(task.data, _corpus())


def _use(task: ServerTask) -> None:
    digest([task.results, task.origin, task.exported()])
    assert task.set_name is None or isinstance(task.set_name, str)
    assert task.document is None or isinstance(task.document, str)


def _use_project(connection: Any) -> None:
    project = connection.ask("", ProjectAnswer)
    same_configuration(project.label_config or "", "<View><Text name='text'/></View>")


_USES: dict[Any, tuple[Any, ...]] = {
    TaskPage: (
        _use_tasks,
        lambda connection: duplicates(connection, 3, _corpus()),
        lambda connection: require_same_corpus(connection, 3, _corpus()),
    ),
    TaskAnswer: (_use_task,),
    ProjectPage: (lambda connection: find_project(connection, TITLE),),
    ProjectAnswer: (_use_project,),
    list[UserAnswer]: (
        lambda connection: people(connection, _corpus(), ["A@localhost.local=a"], ["b@c.d"]),
    ),
}
