"""What a server holds of a project, task by task, as an export would give it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from warclaims.studio.connection import in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from warclaims.studio.connection import Connection

PAGE = 20
"""Tasks that are asked for at a time: so many are in memory at once."""


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
    """The tasks of a project, in the order of their ids.

    Raises:
        WarclaimsError: the server said no, or nothing.
    """
    with in_words(connection.url):
        tasks: Iterable[Any] = connection.client.tasks.list(
            project=project, fields="all", page_size=PAGE
        )
        for task in tasks:
            plain = json.loads(task.json())
            yield Held(
                id=int(plain["id"]),
                data=plain.get("data") or {},
                annotations=[a for a in plain.get("annotations") or () if isinstance(a, dict)],
                drafts=[d for d in plain.get("drafts") or () if isinstance(d, dict)],
            )


def doubles(connection: Connection, project: int) -> dict[tuple[str, str], list[int]]:
    """The tasks of documents that the project has more than one task of, by document and set."""
    found: dict[tuple[str, str], list[int]] = {}
    for task in held(connection, project):
        if task.document is not None:
            found.setdefault((task.document, task.set_name), []).append(task.id)
    return {key: tasks for key, tasks in found.items() if len(tasks) > 1}


def unsaved(connection: Connection, project: int) -> dict[int, int]:
    """How many drafts each task has, of all users: a listing gives those of the caller only."""
    with in_words(connection.url):
        tasks: Iterable[Any] = connection.client.projects.exports.as_json(project)
        found = {int(task["id"]): len(task.get("drafts") or ()) for task in tasks}
    return {task: drafts for task, drafts in found.items() if drafts}
