"""Push documents to a server without replacing work that the corpus does not contain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from warclaims.errors import WarclaimsError
from warclaims.labelstudio.exported import is_of_format_1
from warclaims.labelstudio.files import sound_task
from warclaims.labelstudio.labels_and_relations import NEW_ENTRY
from warclaims.labelstudio.saved_work import SavedWork, saved_work
from warclaims.studio.answers import ImportAnswer
from warclaims.studio.compare import PREDICTED, sent_again
from warclaims.studio.connection import ONCE, NotOnServer, in_words
from warclaims.studio.ledger import digest
from warclaims.studio.server_tasks import ServerTask, server_task, server_tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from warclaims.corpus import Corpus
    from warclaims.studio.connection import Connection
    from warclaims.studio.ledger import Ledger

    MakeTask = Callable[[Corpus, str, str], dict[str, Any]]

BATCH_BYTES = 4_000_000
"""About so many bytes of tasks are sent at once: five times as fast as one task at a time."""

Fate = Literal[
    "sent",
    "renewed",
    "unchanged",
    "freed of a duplicate",
    "pull first",
    "of format 1",
    "twice on the server",
]
State = Literal["equal", "old", "touched", "format 1"]
"""A task is as it would be sent now, may be replaced, has work that is not in the corpus, or is of
format 1, so that it is not known what work it has.
"""

_STAYS: dict[State, Fate] = {
    "equal": "unchanged",
    "touched": "pull first",
    "format 1": "of format 1",
}


@dataclass(frozen=True)
class PushedDocument:
    """What was done with a document, or would be done without a dry run.

    ``copy`` is the copy of a replaced task whose work differs from the corpus, if there is one.
    """

    document: str
    fate: Fate
    copy: Path | None = None


@dataclass
class _SeenTask:
    """What is kept in memory of a task on the server.

    Attributes:
        id: The task's id.
        sent_id: The id of its document when it was sent.
        state: Whether it may be replaced.
        results: A digest of its results.
        origin: A digest of the task as it was sent.
        is_kept: Whether to keep a copy before it is removed, because it has work or proposed names
            that the corpus does not have.
        copy: The copy, once it is made.
    """

    id: int
    sent_id: str
    state: State
    results: str
    origin: str
    is_kept: bool
    copy: Path | None = None


_WaitingTask = tuple[str, bytes, _SeenTask | None]
"""The document of a task that is to be sent, the task, and the one that it replaces."""


def push(
    connection: Connection,
    project: int,
    corpus: Corpus,
    set_name: str,
    *,
    ledger: Ledger,
    documents: Sequence[str] = (),
    dry_run: bool = False,
    make: MakeTask = sound_task,
    replace_work: bool = False,
) -> Iterator[PushedDocument]:
    """Send the documents of a set. A push that was interrupted may be repeated.

    A document whose task is as it would be sent now is not sent again. If it changed in the corpus,
    a new task replaces the old one, provided that the corpus contains all work saved on the old
    task, and nobody has unsaved work on it; otherwise its work has to be pulled first. Earlier
    pulls do not count, because the corpus may have lost the work since. If a record was edited in
    the corpus after a pull, the task is replaced, and a copy of it is kept. ``replace_work`` also
    replaces tasks whose saved work is not in the corpus, and keeps a copy of each. A task that was
    sent in format 1 is never replaced.

    A browser tab that still shows a replaced task cannot save any more. If a document has several
    tasks, all but one are removed unless somebody worked on them.

    ``make`` makes the task of a document; :mod:`.compare` has other forms of tasks.

    Raises:
        InvalidFile: annotations have errors.
        WarclaimsError: the server refused, or did not answer. What was sent before is there.
    """
    corpus.require_directory()
    names = corpus.chosen(set_name, documents, or_annotator=True)
    ledger = ledger.of(corpus)
    was_in_doubt = ledger.is_in_doubt
    pushing = _Push(connection, project, corpus, set_name, ledger, make)
    there = pushing.look(names, replace_work=replace_work)
    new: list[str] = []
    waiting: list[_WaitingTask] = []
    for name in names:
        tasks = there.get(name, [])
        kept, spare = _chosen(tasks)
        if kept is None and tasks:
            yield PushedDocument(name, "twice on the server")
            continue
        if spare and (dry_run or pushing.remove_all(spare)):
            yield PushedDocument(name, "freed of a duplicate")
        if kept is not None and kept.state in _STAYS:
            yield PushedDocument(name, _STAYS[kept.state])
            continue
        made = make(corpus, set_name, name)
        if dry_run:
            yield PushedDocument(name, "renewed" if kept else "sent")
            continue
        new.append(name)
        waiting.append((name, msgspec.json.encode(made), kept))
        if sum(len(data) for _, data, _ in waiting) > BATCH_BYTES:
            yield from pushing.send(waiting)
            waiting.clear()
    if dry_run:
        return
    yield from pushing.send(waiting)
    if was_in_doubt and new:  # tasks sent by an earlier run may have arrived meanwhile
        for name, tasks in pushing.look(new).items():
            _, spare = _chosen(tasks)
            if spare and pushing.remove_all(spare):
                yield PushedDocument(name, "freed of a duplicate")
    ledger.trust()


def try_first(corpus: Corpus, set_name: str, documents: Sequence[str], make: MakeTask) -> None:
    """Make the task of the first document, so that errors are found before a project is created.

    Raises:
        InvalidFile: its annotations have errors.
        WarclaimsError: unknown set or document, or nothing to send.
    """
    names = corpus.chosen(set_name, documents, or_annotator=True)
    if not names:
        raise WarclaimsError("nothing to send: the corpus has no document")
    make(corpus, set_name, names[0])


def _chosen(tasks: Sequence[_SeenTask]) -> tuple[_SeenTask | None, list[_SeenTask]]:
    """Of the tasks of a document, the one to keep and those to remove.

    If there are no tasks, or several of them have work, none is kept or removed.
    """
    for states in (("touched", "format 1"), ("equal",), ("old",)):
        found = [one for one in tasks if one.state in states]
        if found:
            if "touched" in states and len(found) > 1:
                return None, []
            return found[0], [one for one in tasks if one is not found[0]]
    return None, []


def _is_as_sent(found: ServerTask, corpus: Corpus) -> bool:
    """True if the annotation of a task is still as it was sent."""
    sent = sent_again(found.data, corpus)
    return sent is not None and found.results == _results(sent)


def _results(made: dict[str, Any]) -> list[Any]:
    return [annotation["result"] for annotation in made["annotations"]]


@dataclass(frozen=True)
class _Push:
    """Compares, removes and sends the tasks of one set."""

    connection: Connection
    project: int
    corpus: Corpus
    set_name: str
    ledger: Ledger
    make: MakeTask

    def look(
        self, names: Sequence[str], *, replace_work: bool = False
    ) -> dict[str, list[_SeenTask]]:
        """Compare what the server has with what would be sent, one task at a time."""
        there: dict[str, list[_SeenTask]] = {}
        wanted = set(names)
        for one in server_tasks(self.connection, self.project):
            found = one.under_current_id(self.corpus)
            name = found.document
            if name is None or name not in wanted or found.set_name != self.set_name:
                continue
            state: State = "touched"
            is_kept = False
            if is_of_format_1(found.data):
                state = "format 1"
            elif not found.drafts and found.sha256 == self.corpus.document(name).sha256:
                state, is_kept = self._state(found, name)
                if state == "touched" and replace_work:
                    state, is_kept = "old", True
            results, origin = digest(found.results), digest(found.origin)
            there.setdefault(name, []).append(
                _SeenTask(found.id, str(found.sent_id), state, results, origin, is_kept)
            )
        return there

    def _state(self, found: ServerTask, name: str) -> tuple[State, bool]:
        """The state of a task, and whether to keep a copy before it is replaced."""
        made = self.make(self.corpus, self.set_name, name)
        if found.data == made["data"] and found.results == _results(made):
            return "equal", False
        work = self._pulled_work(found, name)
        if work is None:
            skipped = [one for one in found.annotations if one.get("was_cancelled")]
            is_skipped = any(one.get("result") for one in skipped)
            return ("old" if _is_as_sent(found, self.corpus) else "touched"), is_skipped
        if work.missing:
            return "touched", False
        if PREDICTED in found.data and PREDICTED in made["data"]:
            return "equal", False  # re-sending it would discard the annotator's progress
        items = [item for result in found.results for item in result]
        proposes = any(item.get("from_name") == NEW_ENTRY.name for item in items)
        return "old", proposes or bool(work.differing)

    def _pulled_work(self, found: ServerTask, name: str) -> SavedWork | None:
        """The work on a task compared with the corpus; ``None`` unless all of it was pulled."""
        history = self.ledger.history(self.set_name, str(found.sent_id), found.origin)
        if history.sent is None or history.pulled is None:
            return None
        if history.results != digest(found.results):
            return None
        is_annotated = self.corpus.layout.is_annotated(self.set_name, name)
        current = self.corpus.annotations(name, self.set_name) if is_annotated else None
        return saved_work(history, history.pulled, current)

    def remove_all(self, seen: Sequence[_SeenTask]) -> bool:
        """Remove tasks that have not changed since they were seen; false if one has."""
        removed = [self.remove(one) for one in seen]
        return all(removed)

    def remove(self, seen: _SeenTask) -> bool:
        """Remove a task unless somebody worked on it since it was seen; false if so."""
        connection = self.connection
        try:
            now = server_task(connection, seen.id)
            if (now.document, now.set_name) != (seen.sent_id, self.set_name):
                return False
            if now.drafts or digest(now.results) != seen.results:
                return False
            if seen.is_kept:
                task = now.under_current_id(self.corpus)
                document = str(task.document)
                seen.copy = self.ledger.keep(self.set_name, document, task.exported())
            with in_words(connection.url):
                connection.client.tasks.delete(id=str(seen.id), request_options=ONCE)
        except NotOnServer:
            pass  # already removed
        return True

    def send(self, waiting: Sequence[_WaitingTask]) -> Iterator[PushedDocument]:
        """Send tasks in one request, which the server imports whole or not at all."""
        pushed: list[PushedDocument] = []
        tasks: list[bytes] = []
        for name, data, old in waiting:
            if old is not None and not self.remove(old):
                yield PushedDocument(name, "pull first")
                continue
            sent_id, origin = (old.sent_id, old.origin) if old else (name, None)
            self.ledger.forget(self.set_name, sent_id, origin)
            fate: Fate = "renewed" if old else "sent"
            pushed.append(PushedDocument(name, fate, old.copy if old else None))
            tasks.append(data)
        if tasks:
            self.ledger.doubt()
            path, content = f"api/projects/{self.project}/import", b"[" + b",".join(tasks) + b"]"
            count = self.connection.send(path, content, ImportAnswer).task_count
            if count != len(tasks):
                raise WarclaimsError(
                    f"the server at {self.connection.url} took {count} of {len(tasks)} documents. "
                    "What it has is kept, so run the command again"
                )
        yield from pushed
