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
from warclaims.studio.held import Held, held, unsaved

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from warclaims.corpus import Corpus
    from warclaims.studio.connection import Connection
    from warclaims.studio.ledger import Ledger

BATCH_BYTES = 4_000_000
"""About so many bytes of tasks are sent at once; what is sent at once arrives whole or not."""

Fate = Literal["sent", "renewed", "unchanged", "pull first", "twice on the server"]
ONCE: Any = {"max_retries": 0}
"""What adds or takes away is never repeated blindly: the next push looks what came of it."""


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
    old: dict[str, Held] = field(default_factory=dict)
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
    dry_run: bool = False,
) -> Iterator[Sent]:
    """Send the documents of a set; safe to repeat, and to end and begin again.

    A document whose task is as we would send it now is left alone. One that changed in the corpus
    gets a new task in the place of the old, where the server's annotation is still the one that was
    sent, or was last pulled, and nobody has unsaved work on it; elsewhere its work has to be
    pulled first. A page that is still open on the old task can save nothing any more.

    Raises:
        InvalidFile: annotations have errors.
        WarclaimsError: the server said no, or nothing. What was sent before is there.
    """
    names = chosen_documents(corpus, set_name, documents)
    there = _look(connection, project, corpus, set_name, names=set(names), ledger=ledger)
    batch: list[tuple[Sent, bytes]] = []
    for name in names:
        if name in there.twice:
            yield Sent(name, "twice on the server")
        elif name in there.equal:
            yield Sent(name, "unchanged", there.equal[name])
        elif name in there.touched:
            yield Sent(name, "pull first", there.touched[name])
        else:
            made = sound_task(corpus, set_name, name)
            sent = Sent(name, "renewed" if name in there.old else "sent")
            if dry_run:
                yield sent
                continue
            if name in there.old and not _take_away(connection, there.old[name]):
                yield Sent(name, "pull first", there.old[name].id)
                continue
            ledger.forget(set_name, name)
            batch.append((sent, json.dumps(made, ensure_ascii=False).encode()))
            if sum(len(data) for _, data in batch) > BATCH_BYTES:
                yield from _send(connection, project, batch)
                batch = []
    if batch:
        yield from _send(connection, project, batch)


def _look(
    connection: Connection,
    project: int,
    corpus: Corpus,
    set_name: str,
    *,
    names: set[str],
    ledger: Ledger,
) -> _There:
    """Hold what the server has against what would be sent, one task at a time."""
    there = _There()
    seen: set[str] = set()
    for found in held(connection, project):
        name = found.document
        if name is None or name not in names or found.set_name != set_name:
            continue
        if name in seen:
            there.twice.add(name)
        seen.add(name)
        made = sound_task(corpus, set_name, name)
        sent = _as_sent(found, corpus, set_name)
        pulled = ledger.is_pulled(set_name, name, found.data.get("exported"), found.results)
        other_text = found.data.get("sha256") != corpus.document(name).sha256
        if found.drafts or other_text or (sent is None and not pulled):
            there.touched[name] = found.id
        elif sent == made and found.data == made["data"]:
            there.equal[name] = found.id
        else:
            there.old[name] = found
    if there.old:
        drafts = unsaved(connection, project)
        for name, found in list(there.old.items()):
            if found.id in drafts:
                there.touched[name] = there.old.pop(name).id
    return there


def _as_sent(found: Held, corpus: Corpus, set_name: str) -> dict[str, Any] | None:
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
    expected = [annotation["result"] for annotation in sent["annotations"]]
    return sent if found.results == expected else None


def _take_away(connection: Connection, seen: Held) -> bool:
    """Take a task away if it is still as it was seen; false if somebody saved meanwhile."""
    with in_words(connection.url):
        now = json.loads(connection.client.tasks.get(id=str(seen.id)).json())
        annotations = [a for a in now.get("annotations") or () if isinstance(a, dict)]
        if Held(seen.id, seen.data, annotations, []).results != seen.results:
            return False
        connection.client.tasks.delete(id=str(seen.id), request_options=ONCE)
    return True


def _send(connection: Connection, project: int, batch: list[tuple[Sent, bytes]]) -> Iterator[Sent]:
    """Send tasks in one request, which the server takes whole or not at all."""
    tasks = [json.loads(data) for _, data in batch]
    with in_words(connection.url):
        connection.client.projects.import_tasks(
            id=project, request=tasks, return_task_ids=True, request_options=ONCE
        )
    yield from (sent for sent, _ in batch)
