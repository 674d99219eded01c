"""Work on the server and in the corpus, as people do it."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from warclaims.corpus import canonical_bytes
from warclaims.studio.server_tasks import server_tasks

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Desk


def number_of(desk: Desk, document: str) -> int:
    """The id of a document's task."""
    return next(t.id for t in server_tasks(desk.connection, desk.project) if t.document == document)


def edit(desk: Desk, document: str, change: Callable[[list[dict[str, Any]]], None]) -> None:
    """Change the annotation of a document on the server, as a save there does."""
    (task,) = [
        task for task in server_tasks(desk.connection, desk.project) if task.document == document
    ]
    result = copy.deepcopy(task.results[0])
    change(result)
    desk.connection.client.annotations.update(id=task.annotations[0]["id"], result=result)


def other_level(result: list[dict[str, Any]]) -> None:
    """Another level for the first location."""
    item = next(item for item in result if item["from_name"] == "location_level")
    (level,) = item["value"]["choices"]
    item["value"]["choices"] = ["nominal" if level == "name" else "name"]


def note(desk: Desk, document: str, words: str, record: int = 0) -> None:
    """Write a note on a location of a document, in the corpus."""
    path = desk.corpus.layout.annotation_file("gold", document)
    annotations = desk.corpus.annotations(document)
    locations = list(annotations.locations)
    locations[record] = locations[record].model_copy(update={"note": words})
    path.write_bytes(
        canonical_bytes(annotations.model_copy(update={"locations": tuple(locations)}))
    )
