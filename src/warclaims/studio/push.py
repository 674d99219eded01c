"""Send documents to a server without replacing saved work that the corpus does not contain."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from warclaims.errors import WarclaimsError
from warclaims.labelstudio.files import chosen_documents, sound_task
from warclaims.labelstudio.interface import NEW_ENTRY
from warclaims.labelstudio.saved_work import SavedWork, saved_work
from warclaims.records import Annotations
from warclaims.studio.answers import ImportAnswer
from warclaims.studio.compare import PREDICTED, sent_again
from warclaims.studio.connection import ONCE, NotThere, in_words
from warclaims.studio.held import Held, held, held_task
from warclaims.studio.ledger import digest
from warclaims.studio.pull import first_sent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from warclaims.corpus import Corpus
    from warclaims.studio.connection import Connection
    from warclaims.studio.ledger import Ledger

    Make = Callable[[Corpus, str, str], dict[str, Any]]

BATCH_BYTES = 4_000_000
"""About so many bytes of tasks are sent at once; what is sent at once arrives whole or not."""

Fate = Literal[
    "sent", "renewed", "unchanged", "rid of a double", "pull first", "twice on the server"
]
State = Literal["equal", "old", "touched"]
"""A task is as it would be sent now, may be replaced, or has work that the corpus lacks."""

_STAYS: dict[State, Fate] = {"equal": "unchanged", "touched": "pull first"}


@dataclass(frozen=True)
class Sent:
    """What became of a document, or would."""

    document: str
    fate: Fate
    task: int | None = None
    copy: Path | None = None
    """Where a replaced task is kept that had other work than the corpus."""


@dataclass(frozen=True)
class _Task:
    """A task of the server, as far as it is kept in mind.

    ``mark`` stands for its results, ``origin`` for what it was sent with. ``is_kept`` if a copy is
    kept before it is replaced: it has work, or proposed names, that the corpus does not have.
    """

    id: int
    state: State
    mark: str
    origin: str
    is_kept: bool = False


def push(
    connection: Connection,
    project: int,
    corpus: Corpus,
    set_name: str,
    *,
    ledger: Ledger,
    documents: Sequence[str] = (),
    dry_run: bool = False,
    make: Make = sound_task,
    replace_work: bool = False,
) -> Iterator[Sent]:
    """Send the documents of a set; safe to repeat, and to end and begin again.

    A document whose task is as we would send it now is left alone. One that changed in the corpus
    gets a new task in the place of the old, if the corpus contains all work saved on the old, and
    nobody has unsaved work on it; elsewhere its work has to be pulled first. That the work was
    pulled is not enough: the corpus may have lost it since. A record that was edited in the corpus
    after a pull counts as contained; a copy of such a task is kept. ``replace_work`` also replaces
    tasks whose saved work is not in the corpus, and keeps a copy of each.

    A page that is still open on the old task can save nothing any more. Of several tasks of a
    document those that nobody worked on are taken away but one.

    ``make`` makes the task of a document of a set; :mod:`.compare` has other forms than the usual.

    Raises:
        InvalidFile: annotations have errors.
        WarclaimsError: the server said no, or nothing. What was sent before is there.
    """
    ledger = ledger.of(corpus)
    names = chosen_documents(corpus, set_name, documents)
    in_doubt = ledger.is_in_doubt
    there = _look(
        connection,
        project,
        corpus,
        set_name,
        names=names,
        ledger=ledger,
        make=make,
        replace_work=replace_work,
    )
    send = _Sending(connection, project, ledger, set_name)
    new: list[str] = []
    for name in names:
        tasks = there.get(name, [])
        kept, spare = _chosen(tasks)
        if kept is None and tasks:
            yield Sent(name, "twice on the server")
            continue
        if spare and (dry_run or send.take_all_away(name, spare)):
            yield Sent(name, "rid of a double")
        if kept is not None and kept.state in _STAYS:
            yield Sent(name, _STAYS[kept.state], kept.id)
            continue
        made = make(corpus, set_name, name)
        if dry_run:
            yield Sent(name, "renewed" if kept else "sent")
            continue
        new.append(name)
        yield from send.put(name, made, kept)
    yield from send.rest()
    if dry_run:
        return
    if in_doubt and new:  # what was sent in an earlier run may have arrived after the look
        there = _look(
            connection,
            project,
            corpus,
            set_name,
            names=new,
            ledger=ledger,
            make=make,
            replace_work=False,
        )
        for name, tasks in there.items():
            _, spare = _chosen(tasks)
            if spare and send.take_all_away(name, spare):
                yield Sent(name, "rid of a double")
    ledger.trust()


def try_first(corpus: Corpus, set_name: str, documents: Sequence[str], make: Make) -> None:
    """Make the task of the first document, so that no project is made for nothing.

    Raises:
        InvalidFile: its annotations have errors.
        WarclaimsError: there is no such set or document, or nothing to send.
    """
    names = chosen_documents(corpus, set_name, documents)
    if not names:
        raise WarclaimsError("there is nothing to send: the corpus has no document")
    make(corpus, set_name, names[0])


def _look(
    connection: Connection,
    project: int,
    corpus: Corpus,
    set_name: str,
    *,
    names: Sequence[str],
    ledger: Ledger,
    make: Make,
    replace_work: bool,
) -> dict[str, list[_Task]]:
    """Compare what the server has with what would be sent, one task at a time."""
    there: dict[str, list[_Task]] = {}
    wanted = set(names)
    for found in held(connection, project):
        name = found.document
        if name is not None and name in wanted and found.set_name == set_name:
            state, is_kept = _state(found, name, corpus, set_name, ledger=ledger, make=make)
            may_be_replaced = not found.drafts and _is_of_this_text(found, corpus, name)
            if state == "touched" and replace_work and may_be_replaced:
                state, is_kept = "old", True
            mark, origin = digest(found.results), digest(found.origin)
            there.setdefault(name, []).append(_Task(found.id, state, mark, origin, is_kept))
    return there


def _is_of_this_text(found: Held, corpus: Corpus, name: str) -> bool:
    return bool(found.data.get("sha256") == corpus.document(name).sha256)


def _state(
    found: Held, name: str, corpus: Corpus, set_name: str, *, ledger: Ledger, make: Make
) -> tuple[State, bool]:
    """The state of a task, and whether a copy is kept before it is replaced."""
    if found.drafts or not _is_of_this_text(found, corpus, name):
        return "touched", False
    made = make(corpus, set_name, name)
    if found.data == made["data"] and found.results == _results(made):
        return "equal", False
    work = _pulled_work(found, name, corpus, set_name, ledger=ledger)
    if work is None:
        is_skipped = any(
            one.get("was_cancelled") and one.get("result") for one in found.annotations
        )
        return ("old" if _is_as_sent(found, corpus) else "touched"), is_skipped
    if work.missing:
        return "touched", False
    if PREDICTED in found.data and PREDICTED in made["data"]:
        return "equal", False  # sent anew, it would be to do again
    proposes = any(item.get("from_name") == NEW_ENTRY.name for one in found.results for item in one)
    return "old", proposes or bool(work.differing)


def _pulled_work(
    found: Held, name: str, corpus: Corpus, set_name: str, *, ledger: Ledger
) -> SavedWork | None:
    """The work on a task as the corpus has it; ``None`` unless all of it was pulled."""
    place = (set_name, name, found.origin)
    first = first_sent(found.data, ledger, *place)
    base = ledger.base(*place)
    if first is None or base is None or not ledger.is_pulled(*place, found.results):
        return None
    file = corpus.layout.annotation_file(set_name, name)
    return saved_work(
        first,
        Annotations.model_validate_json(json.dumps(base)),
        corpus.annotations(name, set_name) if file.is_file() else None,
    )


def _chosen(tasks: Sequence[_Task]) -> tuple[_Task | None, list[_Task]]:
    """The task of a document that stays, and those that nobody would miss.

    None stays if there is none, or if several have work on them.
    """
    for state in ("touched", "equal", "old"):
        found = [one for one in tasks if one.state == state]
        if found:
            if state == "touched" and len(found) > 1:
                return None, []
            return found[0], [one for one in tasks if one is not found[0]]
    return None, []


def _is_as_sent(found: Held, corpus: Corpus) -> bool:
    """Whether the annotation of a task is still the one that it was sent with."""
    sent = sent_again(found.data, corpus)
    return sent is not None and found.results == _results(sent)


def _results(made: dict[str, Any]) -> list[Any]:
    return [annotation["result"] for annotation in made["annotations"]]


def as_bytes(made: dict[str, Any]) -> bytes:
    """A task as JSON."""
    return msgspec.json.encode(made)


class _Sending:
    """Tasks on their way, as bytes, until there are enough of them for a request."""

    def __init__(self, connection: Connection, project: int, ledger: Ledger, set_name: str) -> None:
        self._set_name = set_name
        self._connection = connection
        self._project = project
        self._ledger = ledger
        self._in_doubt = ledger.is_in_doubt
        self._waiting: list[tuple[str, bytes, _Task | None]] = []
        self._size = 0
        self._copies: dict[int, Path] = {}

    def put(self, name: str, made: dict[str, Any], old: _Task | None) -> Iterator[Sent]:
        """Take in the task of a document, which comes in the place of ``old``."""
        data = as_bytes(made)
        self._waiting.append((name, data, old))
        self._size += len(data)
        if self._size > BATCH_BYTES:
            yield from self.rest()

    def rest(self) -> Iterator[Sent]:
        """Send what is waiting."""
        waiting, self._waiting, self._size = self._waiting, [], 0
        fates: list[Sent] = []
        tasks: list[bytes] = []
        for name, data, old in waiting:
            if old is not None and not self.take_away(name, old):
                yield Sent(name, "pull first", old.id)
                continue
            self._ledger.forget(self._set_name, name, old.origin if old else None)
            copy = self._copies.get(old.id) if old else None
            fates.append(Sent(name, "renewed" if old else "sent", copy=copy))
            tasks.append(data)
        if tasks:
            self._send(tasks)
        yield from fates

    def take_all_away(self, name: str, seen: Sequence[_Task]) -> bool:
        """Remove tasks of a document that are still as they were seen; false if one is not."""
        taken = [self.take_away(name, one) for one in seen]
        return all(taken)

    def take_away(self, name: str, seen: _Task) -> bool:
        """Remove a task of a document if it is as it was seen; false if somebody works on it."""
        connection = self._connection
        try:
            now = held_task(connection, seen.id)
            if (now.document, now.set_name) != (name, self._set_name):
                return False
            if now.drafts or digest(now.results) != seen.mark:
                return False
            if seen.is_kept:
                kept = self._ledger.keep(self._set_name, name, now.exported())
                self._copies[seen.id] = kept
            with in_words(connection.url):
                connection.client.tasks.delete(id=str(seen.id), request_options=ONCE)
        except NotThere:
            pass  # somebody was faster
        return True

    def _send(self, tasks: list[bytes]) -> None:
        """Send tasks in one request, which the server takes whole or not at all."""
        self._ledger.doubt()
        path = f"api/projects/{self._project}/import"
        count = self._connection.send(path, b"[" + b",".join(tasks) + b"]", ImportAnswer).task_count
        if count != len(tasks):
            raise WarclaimsError(
                f"the server at {self._connection.url} took {count} of {len(tasks)} documents; "
                "what it has is kept, so run the command again"
            )
        if not self._in_doubt:
            self._ledger.trust()
