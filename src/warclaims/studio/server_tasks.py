"""Read the tasks of a project from a server, in the form of an export."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from warclaims.errors import WarclaimsError
from warclaims.records.base import ID_PATTERN
from warclaims.studio.answers import (
    AnswerTooLarge,
    DraftAnswer,
    TaskAnswer,
    TaskPage,
    not_label_studio,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.corpus import Corpus
    from warclaims.studio.connection import Connection

PAGE = 20
"""Tasks per page, all of which are in memory at once; fewer if they are large."""

MAX_PAGES = 10_000
"""Pages of one list that are read."""

_FIELDS = (
    "id,data,draft_exists,annotations,"  # of the task; then of its annotations
    "result,was_cancelled,completed_by,updated_by,created_at,updated_at,parent_prediction,"
    "parent_annotation,ground_truth,lead_time"
)
"""The fields of a task that are requested; all fields would take four times as much."""


@dataclass(frozen=True)
class ServerTask:
    """A task on the server: its data, annotations and unsaved drafts.

    The types of an answer have been checked (:mod:`.answers`), but ``data`` is any JSON object.
    ``former_id`` is the id of the document when it was sent, if it was renamed since.
    """

    id: int
    data: dict[str, Any]
    annotations: list[dict[str, Any]]
    drafts: list[dict[str, Any]]
    former_id: str | None = None

    @classmethod
    def of(cls, answer: TaskAnswer, drafts: list[dict[str, Any]]) -> ServerTask:
        """The task in an answer of the server, with its drafts."""
        annotations = [dict(annotation) for annotation in answer.annotations or ()]
        return cls(answer.id, answer.data or {}, annotations, drafts)

    @property
    def document(self) -> str | None:
        """The id of the document; ``None`` if the data do not name one."""
        return self._id("document")

    @property
    def sha256(self) -> str | None:
        """The hash of the document's text when it was sent."""
        return self._words("sha256")

    @property
    def set_name(self) -> str | None:
        """The annotation set from which it was sent; ``None`` if the data do not name one."""
        return self._id("set")

    @property
    def origin(self) -> list[Any]:
        """What identifies the task: its id, and the annotations it was sent with."""
        exported = self.data.get("exported")
        if self.former_id is not None and isinstance(exported, dict):
            exported = {**exported, "document": self.former_id}
        return [self.id, exported]

    @property
    def sent_id(self) -> str | None:
        """The id that the document had when it was sent."""
        return self.former_id or self.document

    def under_current_id(self, corpus: Corpus) -> ServerTask:
        """The task under the current id of its document, which may have been renamed."""
        if self.document is None:
            return self
        name = corpus.current_id(self.document, self.sha256)
        if name == self.document:
            return self
        data = {**self.data, "document": name}
        if isinstance(exported := data.get("exported"), dict):
            data["exported"] = {**exported, "document": name}
        return replace(self, data=data, former_id=self.document)

    @property
    def results(self) -> list[list[dict[str, Any]]]:
        """The results of each annotation that was not cancelled."""
        return [
            list(annotation.get("result") or ())
            for annotation in self.annotations
            if not annotation.get("was_cancelled")
        ]

    def _words(self, key: str) -> str | None:
        value = self.data.get(key)
        return value if isinstance(value, str) else None

    def _id(self, key: str) -> str | None:
        """An id in the data. Other values are not accepted, because ids become parts of paths."""
        value = self._words(key)
        return value if value is not None and re.fullmatch(ID_PATTERN, value) else None

    def exported(self) -> dict[str, Any]:
        """The task in the form of an export."""
        return {
            "id": self.id,
            "data": self.data,
            "annotations": self.annotations,
            "drafts": self.drafts,
        }


def server_tasks(connection: Connection, project: int) -> Iterator[ServerTask]:
    """The tasks of a project in the order of their ids, with the drafts of all users.

    If a task is deleted meanwhile, no other one is skipped.

    Raises:
        WarclaimsError: the server refused, or did not answer.
    """
    for task in _listed(connection, project, "all", _FIELDS):
        unsaved = drafts(connection, task.id) if task.draft_exists else []
        yield ServerTask.of(task, unsaved)


def server_task(connection: Connection, task: int) -> ServerTask:
    """A task as it is now, with the drafts of all users.

    Raises:
        NotOnServer: it was deleted.
        WarclaimsError: the server refused, did not answer, or answered something else.
    """
    found = connection.ask(f"api/tasks/{task}/", TaskAnswer)
    if found.id != task:
        raise not_label_studio(connection.url, f"task {found.id} in place of task {task}")
    return ServerTask.of(found, drafts(connection, task))


def drafts(connection: Connection, task: int) -> list[dict[str, Any]]:
    """The unsaved work of all users on a task; a list of tasks has only that of the caller.

    Raises:
        WarclaimsError: the server refused, or did not answer.
    """
    return [dict(draft) for draft in connection.ask(f"api/tasks/{task}/drafts", list[DraftAnswer])]


def tasks_without_work(connection: Connection, project: int) -> Iterator[ServerTask]:
    """The tasks of a project, in the order of their ids, without annotations and drafts.

    Raises:
        WarclaimsError: the server refused, or did not answer.
    """
    for task in _listed(connection, project, "task_only", "id,data"):
        yield ServerTask.of(task, [])


def duplicates(
    connection: Connection, project: int, corpus: Corpus
) -> dict[tuple[str, str], list[int]]:
    """The ids of tasks that have the same document and set, by document and set."""
    found: dict[tuple[str, str], list[int]] = {}
    for found_task in tasks_without_work(connection, project):
        task = found_task.under_current_id(corpus)
        if task.document is not None and task.set_name is not None:
            found.setdefault((task.document, task.set_name), []).append(task.id)
    return {key: tasks for key, tasks in found.items() if len(tasks) > 1}


def _listed(
    connection: Connection, project: int, fields: str, include: str
) -> Iterator[TaskAnswer]:
    """The tasks of a project, page by page; each page begins after the last id of the one before.

    With page numbers, a task would be skipped if another one is deleted meanwhile. If a page is too
    large, smaller pages are requested until one can be read.

    Raises:
        WarclaimsError: as :func:`server_tasks`; also if the list does not end.
    """
    last, size, pages = 0, PAGE, 0
    while pages < MAX_PAGES:
        after = {"filter": "filter:tasks:id", "operator": "greater", "type": "Number"}
        query = {
            "filters": {"conjunction": "and", "items": [{**after, "value": last}]},
            "ordering": ["tasks:id"],
        }
        try:
            page = connection.ask(
                "api/tasks/",
                TaskPage,
                project=project,
                fields=fields,
                include=include,
                page_size=size,
                query=json.dumps(query),
            )
        except AnswerTooLarge:
            if size == 1:
                raise
            size = max(1, size // 4)
            continue
        pages, size = pages + 1, min(PAGE, 4 * size)
        for task in page.tasks:
            if task.id <= last:
                raise _endless(connection, project)
            last = task.id
            yield task
        if not page.tasks or len(page.tasks) >= page.total:
            return
    raise _endless(connection, project)


def _endless(connection: Connection, project: int) -> WarclaimsError:
    return WarclaimsError(
        f"the server at {connection.url} lists the tasks of project {project} without end. Is it a "
        "Label Studio server?"
    )
