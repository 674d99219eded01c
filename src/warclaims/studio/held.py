"""What a server holds of a project, task by task, as an export would give it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from warclaims.studio.connection import no_label_studio

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.studio.connection import Connection

PAGE = 20
"""Tasks that are asked for at a time: so many are in memory at once."""

_FIELDS = (
    "id,data,draft_exists,annotations,"  # of the task; then of its annotations
    "result,was_cancelled,completed_by,updated_by,created_at,updated_at,parent_prediction,"
    "parent_annotation,ground_truth,lead_time"
)
"""What is asked for of a task: a quarter of all that there is, which has the results twice."""


@dataclass(frozen=True)
class Held:
    """A task on the server: its data, its annotations and unsaved drafts as they are there."""

    id: int
    data: dict[str, Any]
    annotations: list[dict[str, Any]]
    drafts: list[dict[str, Any]]

    @property
    def document(self) -> str | None:
        """The id of the document; null for a task that is none of ours."""
        name = self.data.get("document")
        return name if isinstance(name, str) else None

    @property
    def set_name(self) -> str:
        """The annotation set that it was sent from."""
        return str(self.data.get("set"))

    @property
    def origin(self) -> list[Any]:
        """This very task, with what it was sent with."""
        return [self.id, self.data.get("exported")]

    @property
    def results(self) -> list[list[dict[str, Any]]]:
        """What each annotation says that was not skipped."""
        return [
            list(annotation.get("result") or ())
            for annotation in self.annotations
            if not annotation.get("was_cancelled")
        ]

    def exported(self) -> dict[str, Any]:
        """The task as an export of the project has it."""
        return {
            "id": self.id,
            "data": self.data,
            "annotations": self.annotations,
            "drafts": self.drafts,
        }


def held(connection: Connection, project: int) -> Iterator[Held]:
    """The tasks of a project, in the order of their ids, with the drafts of all users.

    One that is deleted meanwhile makes no other be left out.

    Raises:
        WarclaimsError: the server said no, or nothing.
    """
    for task in _listed(connection, project, "all", _FIELDS):
        number = int(task["id"])
        yield Held(
            id=number,
            data=task.get("data") or {},
            annotations=_objects(task.get("annotations")),
            drafts=drafts(connection, number) if task.get("draft_exists") else [],
        )


def drafts(connection: Connection, task: int) -> list[dict[str, Any]]:
    """Unsaved work on a task, of all users: a listing of tasks gives that of the caller only.

    Raises:
        WarclaimsError: the server said no, or nothing.
    """
    return _objects(connection.ask(f"api/tasks/{task}/drafts"))


def without_work(connection: Connection, project: int) -> Iterator[Held]:
    """The tasks of a project, in the order of their ids, without annotations and drafts.

    Raises:
        WarclaimsError: the server said no, or nothing.
    """
    for task in _listed(connection, project, "task_only", "id,data"):
        yield Held(int(task["id"]), task.get("data") or {}, [], [])


def doubles(connection: Connection, project: int) -> dict[tuple[str, str], list[int]]:
    """The tasks of documents that the project has more than one task of, by document and set."""
    found: dict[tuple[str, str], list[int]] = {}
    for task in without_work(connection, project):
        if task.document is not None:
            found.setdefault((task.document, task.set_name), []).append(task.id)
    return {key: tasks for key, tasks in found.items() if len(tasks) > 1}


def _listed(connection: Connection, project: int, fields: str, include: str) -> Iterator[Any]:
    """The tasks of a project, page by page, each page by the last id of the one before.

    Pages by number would move when a task is deleted: another one would be left out, and the
    client takes a page that is no more for the end.
    """
    last = 0
    while True:
        after = {"filter": "filter:tasks:id", "operator": "greater", "type": "Number"}
        query = {
            "filters": {"conjunction": "and", "items": [{**after, "value": last}]},
            "ordering": ["tasks:id"],
        }
        page = connection.ask(
            "api/tasks/",
            project=project,
            fields=fields,
            include=include,
            page_size=PAGE,
            query=json.dumps(query),
        )
        tasks = page.get("tasks") if isinstance(page, dict) else None
        if not isinstance(tasks, list):
            raise no_label_studio(connection.url)
        yield from tasks
        if not tasks or len(tasks) >= int(page.get("total") or 0):
            return
        last = int(tasks[-1]["id"])


def _objects(found: Any) -> list[dict[str, Any]]:
    return [one for one in found or () if isinstance(one, dict)]
