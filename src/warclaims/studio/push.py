"""Documents to a server: what is missing is sent, what is old renewed, work never touched."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from warclaims.errors import WarclaimsError
from warclaims.labelstudio import task
from warclaims.labelstudio.exported import Data
from warclaims.labelstudio.files import chosen_documents, sound_task
from warclaims.records import Bundle
from warclaims.studio.connection import in_words
from warclaims.studio.held import Held, held

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from warclaims.corpus import Corpus
    from warclaims.studio.connection import Connection
    from warclaims.studio.ledger import Ledger

BATCH_BYTES = 4_000_000
"""About so many bytes of tasks are sent at once; what is sent at once arrives whole or not."""

Fate = Literal["sent", "renewed", "unchanged", "pull first", "twice on the server"]


@dataclass(frozen=True)
class Sent:
    """What became of a document, or would."""

    document: str
    fate: Fate
    task: int | None = None


@dataclass
class _There:
    """What the server has of the documents."""

    equal: dict[str, int] = field(default_factory=dict)
    old: dict[str, tuple[int, int | None]] = field(default_factory=dict)
    touched: dict[str, int] = field(default_factory=dict)
    twice: set[str] = field(default_factory=set)


def push(
    connection: Connection,
    project: int,
    corpus: Corpus,
    set_name: str,
    *,
    ledger: Ledger,
    documents: Sequence[str] = (),
    predictions: bool = False,
    dry_run: bool = False,
) -> Iterator[Sent]:
    """Send the documents of a set; safe to repeat, and to end and begin again.

    A document whose task is as we would send it now is left alone. One that changed in the corpus
    is renewed where the server's annotation is still the one that was sent, or was last pulled, and
    nobody has unsaved work on it; elsewhere its work has to be pulled first.

    Raises:
        InvalidFile: annotations have errors.
        WarclaimsError: the server said no, or nothing. What was sent before is there.
    """
    names = chosen_documents(corpus, set_name, documents)
    there = _look(
        connection,
        project,
        corpus,
        set_name,
        names=set(names),
        ledger=ledger,
        predictions=predictions,
    )
    batch: list[tuple[str, bytes]] = []
    for name in names:
        if name in there.twice:
            yield Sent(name, "twice on the server")
        elif name in there.equal:
            yield Sent(name, "unchanged", there.equal[name])
        elif name in there.touched:
            yield Sent(name, "pull first", there.touched[name])
        elif name in there.old:
            if not dry_run:
                made = _made(corpus, set_name, name, predictions=predictions)
                _renew(connection, *there.old[name], made)
            yield Sent(name, "renewed", there.old[name][0])
        else:
            if not dry_run:
                made = _made(corpus, set_name, name, predictions=predictions)
                batch.append((name, json.dumps(made, ensure_ascii=False).encode()))
            if sum(len(data) for _, data in batch) > BATCH_BYTES:
                _send(connection, project, batch)
                batch = []
            yield Sent(name, "sent")
    if batch:
        _send(connection, project, batch)


def _made(corpus: Corpus, set_name: str, name: str, *, predictions: bool) -> dict[str, Any]:
    made = sound_task(corpus, set_name, name)
    if predictions:
        made["predictions"] = [
            {"result": done["result"], "model_version": set_name} for done in made["annotations"]
        ]
        made["annotations"] = []
    return made


def _look(
    connection: Connection,
    project: int,
    corpus: Corpus,
    set_name: str,
    *,
    names: set[str],
    ledger: Ledger,
    predictions: bool,
) -> _There:
    """Hold what the server has against what would be sent, one task at a time."""
    there = _There()
    seen: set[str] = set()
    for found in held(connection, project):
        name = found.document
        if name is None or name not in names or found.data.get("set") != set_name:
            continue
        if name in seen:
            there.twice.add(name)
        seen.add(name)
        made = _made(corpus, set_name, name, predictions=predictions)
        sent = _as_sent(found, corpus, set_name, predictions=predictions)
        pulled = ledger.is_pulled(set_name, name, found.results)
        if found.drafts or (sent is None and not pulled):
            there.touched[name] = found.id
        elif sent == made and found.data == made["data"]:
            there.equal[name] = found.id
        else:
            annotation = found.annotations[0]["id"] if found.annotations else None
            there.old[name] = (found.id, annotation)
    return there


def _as_sent(
    found: Held, corpus: Corpus, set_name: str, *, predictions: bool
) -> dict[str, Any] | None:
    """The task as it was once sent, if its annotation is still that; else null."""
    try:
        data = Data.model_validate_json(json.dumps(found.data))
        document = corpus.document(data.document)
        sent = task(
            Bundle(document=document, text=data.text, annotations=data.exported),
            corpus.registries,
            set_name,
        )
    except (ValueError, WarclaimsError):
        return None
    expected = [] if predictions else [annotation["result"] for annotation in sent["annotations"]]
    return sent if found.results == expected else None


def _renew(
    connection: Connection, task_id: int, annotation: int | None, made: dict[str, Any]
) -> None:
    """Replace the annotation, then the data: a break between is seen, as *pull first*."""
    client = connection.client
    with in_words(connection.url):
        if annotation is not None and made["annotations"]:
            client.annotations.update(id=annotation, result=made["annotations"][0]["result"])
        elif made["annotations"]:
            client.annotations.create(id=task_id, result=made["annotations"][0]["result"])
        elif annotation is not None:
            client.annotations.delete(id=annotation)
        client.tasks.update(id=str(task_id), data=made["data"])


def _send(connection: Connection, project: int, batch: list[tuple[str, bytes]]) -> None:
    """Send tasks in one request, which the server takes whole or not at all."""
    tasks = [json.loads(data) for _, data in batch]
    with in_words(connection.url):
        connection.client.projects.import_tasks(id=project, request=tasks, return_task_ids=True)
