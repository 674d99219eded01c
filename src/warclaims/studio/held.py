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
    def results(self) -> list[list[dict[str, Any]]]:
        """What each annotation says."""
        return [list(annotation.get("result") or ()) for annotation in self.annotations]

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
