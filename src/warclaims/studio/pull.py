"""Bring work from a server into the corpus: merged per record, checked, never over work on disk."""

from __future__ import annotations

import json
from contextlib import nullcontext
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Literal

from warclaims.corpus import Corpus, canonical_bytes
from warclaims.corpus.canonical import to_plain
from warclaims.files import is_there, locked, read_file, write_bytes
from warclaims.findings import Finding
from warclaims.labelstudio import read_results
from warclaims.labelstudio.files import require_set
from warclaims.labelstudio.incoming import TaskHistory
from warclaims.labelstudio.merge import ConflictCause
from warclaims.labelstudio.record_keys import by_key, with_records
from warclaims.labelstudio.saved_work import plain, reused_ids, saved_work
from warclaims.records import REGISTRIES
from warclaims.studio.compare import sent_again
from warclaims.studio.ledger import digest
from warclaims.studio.server_tasks import ServerTask, duplicates, server_tasks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from warclaims.labelstudio import ImportedDocument, RegistryProposal
    from warclaims.labelstudio.incoming import PlainRecord
    from warclaims.labelstudio.merge import RecordConflict
    from warclaims.labelstudio.record_keys import RecordKey
    from warclaims.records import Layer
    from warclaims.studio.connection import Connection
    from warclaims.studio.ledger import Ledger
    from warclaims.studio.people import People

Deciding = Literal["nobody", "server", "corpus"]
"""Whose reading counts where a record was changed on both sides."""


@dataclass(frozen=True)
class PulledDocument:
    """What a pull found in a task.

    Attributes:
        document: The document's id.
        url: The address of the task.
        imported: The annotations; ``None`` if nothing could be taken.
        findings: What is wrong with the task.
        proposals: New registry entries that annotators propose.
        conflicts: Records that somebody has to decide on.
        decided: Records of which the corpus keeps its reading, as it was told to.
        drafts: How many annotations of the task are unsaved.
        written: The files that were written.
    """

    document: str
    url: str
    imported: ImportedDocument | None
    findings: tuple[Finding, ...] = ()
    proposals: tuple[RegistryProposal, ...] = ()
    conflicts: tuple[RecordConflict, ...] = ()
    decided: tuple[RecordConflict, ...] = ()
    drafts: int = 0
    written: tuple[Path, ...] = ()


@dataclass(frozen=True)
class _PullOrder:
    """Where a pull takes the work from, and how."""

    connection: Connection
    project: int
    ledger: Ledger
    deciding: Deciding
    allow_empty: bool
    dry_run: bool

    def url(self, task: ServerTask) -> str:
        return self.connection.task_url(self.project, task.id)


def pull(
    connection: Connection,
    project: int,
    corpus: Corpus,
    ledger: Ledger,
    *,
    set_name: str | None = None,
    documents: Sequence[str] = (),
    annotators: People | None = None,
    deciding: Deciding = "nobody",
    allow_empty: bool = False,
    dry_run: bool = False,
) -> Iterator[PulledDocument]:
    """Bring the work on a project back, document by document: all, or ``documents`` only.

    Each is merged by record: what was last pulled (or sent), what is in the corpus now, what is on
    the server. Independent changes combine. A record that was changed on both sides stays as it is
    in the corpus, and both readings are written beside the file, unless ``deciding`` says which
    counts. So is work that was pulled before and that the corpus does not contain now, as after a
    checkout of an older commit; if the corpus decides, that is remembered. A record that is wrong
    stays as it is in the corpus, a new one is left out, and so is what refers to it; the rest of
    the document comes in. If it is unknown which records are wrong the document is left out.

    The corpus is locked for each document while that is merged and written, never while the server
    is asked, and not at all by a ``dry_run``. What other commands changed before is used; a
    document that was renamed or removed is left out.

    Tasks of other sets than ``set_name`` are left. ``annotators`` says to which pass whose work
    goes, and counts the work of users it does not name; without it all goes back to the set it
    came from.

    Raises:
        InvalidFile: a file of the corpus that is needed is not valid.
        WarclaimsError: the server refused, or did not answer. What was written before stays.
    """
    for name in annotators.passes.values() if annotators else ():
        require_set(corpus, name)
    order = _PullOrder(connection, project, ledger.of(corpus), deciding, allow_empty, dry_run)
    latest = _LatestCorpus(corpus.root)
    twice = duplicates(connection, project, corpus)
    for found in server_tasks(connection, project):
        task = found.under_current_id(latest.corpus())
        if task.document is None or (documents and task.document not in documents):
            continue
        if set_name is not None and task.set_name not in (set_name, None):
            continue
        if problem := _problem(task, annotators, twice):
            url, (code, pointer, message) = order.url(task), problem
            finding = Finding(url, pointer, code, message, task.document)
            yield PulledDocument(task.document, url, None, (finding,))
            continue
        for target, part in _parts(task, annotators, corpus):
            with nullcontext() if dry_run else locked(corpus.root):
                pulled = _pull_one(part, target, latest.corpus(), order)
            yield pulled


def _problem(
    task: ServerTask, annotators: People | None, twice: dict[tuple[str, str], list[int]]
) -> tuple[str, str, str] | None:
    """Code, pointer and message of what makes a task unusable as a whole."""
    if task.set_name is None:
        return "L106", "/data/set", "names no annotation set"
    if ids := twice.get((str(task.document), task.set_name)):
        return (
            "L104",
            "",
            f"the project has several tasks of document {task.document} (ids "
            f"{', '.join(map(str, ids))}); push removes those that nobody worked on. If it does "
            "not, delete all but the one with the work, then pull again",
        )
    if several := annotators and annotators.several(task.annotations):
        return "L105", "", several
    return None


class _LatestCorpus:
    """A corpus that other commands may change: read again if its index or a registry was."""

    def __init__(self, root: Path) -> None:
        self._corpus = Corpus(root)
        self._read: list[str] = []

    def corpus(self) -> Corpus:
        """The corpus as it is now."""
        layout = self._corpus.layout
        paths = [layout.index, *map(layout.registry, REGISTRIES)]
        now = [sha256(read_file(path)).hexdigest() for path in paths if is_there(path)]
        if now != self._read:
            self._corpus, self._read = Corpus(layout.root), now
        return self._corpus


def _parts(
    task: ServerTask, annotators: People | None, corpus: Corpus
) -> Iterator[tuple[str, ServerTask]]:
    """The task with its set, or one task per annotator whose work goes to a pass of their own.

    Annotations of others that are not as we sent them are counted as left.
    """
    if not (annotators and annotators.passes):
        wanted = annotators.wanted(task.annotations) if annotators else task.annotations
        yield str(task.set_name), replace(task, annotations=wanted)
        return
    by_user: dict[int | None, list[dict[str, Any]]] = {}
    for annotation in task.annotations:
        by_user.setdefault(annotators.author(annotation), []).append(annotation)
    for user, name in annotators.passes.items():
        if own := by_user.pop(user, []):
            yield name, replace(task, annotations=own)
    sent = sent_again(task.data, corpus)
    expected = [annotation["result"] for annotation in sent["annotations"]] if sent else []
    for other, others in by_user.items():
        if other not in annotators.ignored:
            works = replace(task, annotations=others).results
            annotators.left[other] += sum(result not in expected for result in works)


def _pull_one(task: ServerTask, set_name: str, corpus: Corpus, order: _PullOrder) -> PulledDocument:
    """Merge the annotation of a task into a set, and write the result and the ledger."""
    document = str(task.document)
    history = order.ledger.history(set_name, str(task.sent_id), task.origin)
    base = history.pulled
    if base is not None and base.document != document:
        base = base.model_copy(update={"document": document})
        history = replace(history, pulled=base)
    path = corpus.layout.annotation_file(set_name, document)
    if base is not None and order.deciding == "server" and is_there(path):
        # Records whose ids the corpus gave to others come in under new ids.
        reused = reused_ids(history, base, corpus.annotations(document, set_name))
        records = {key: record for key, record in by_key(base).items() if key not in reused}
        base = with_records(base, records)
        history = replace(history, pulled=base)
    data = task.data if base is None else {**task.data, "exported": to_plain(base)}
    # Unsaved work is reported apart: to the import it would be a warning of its own.
    export = ServerTask(task.id, data, task.annotations, []).exported()
    result = read_results(
        json.dumps([export], ensure_ascii=False).encode("utf-8", "surrogatepass"),
        order.url(task),
        corpus,
        set_name if set_name != task.set_name else None,
        overwrite=order.deciding == "server",
        allow_empty=order.allow_empty,
        tolerant=True,
        history=history,
    )
    pulled = PulledDocument(
        document, order.url(task), None, result.findings, result.proposals, drafts=len(task.drafts)
    )
    if not result.documents:
        return pulled
    (imported,) = result.documents
    conflicts = imported.conflicts if order.deciding == "nobody" else ()
    decided = imported.conflicts if order.deciding == "corpus" else ()
    written: tuple[Path, ...] = ()
    if not order.dry_run:
        written = _write(corpus, imported, conflicts, order.url(task))
        noted = _history(imported, history, conflicts, is_decided=order.deciding == "corpus")
        if conflicts or result.errors:
            # Of what did not come in whole the results are never noted: a push would take the task
            # away with the work in it.
            noted = replace(noted, results=None)
        else:
            noted = replace(noted, results=digest(task.results))
        order.ledger.note(set_name, str(task.sent_id), task.origin, noted)
    return replace(pulled, imported=imported, conflicts=conflicts, decided=decided, written=written)


def _history(
    imported: ImportedDocument,
    history: TaskHistory,
    conflicts: tuple[RecordConflict, ...],
    *,
    is_decided: bool,
) -> TaskHistory:
    """What is known of a task after this pull.

    The base of the next merge is what the server has, without what did not come in: records that
    were left out are as they were sent in it already, those in conflict become so. What is missing
    from the corpus came in before: it stays, so that it is not brought unasked.
    """
    theirs = by_key(imported.theirs)
    base: dict[RecordKey, Layer | None] = dict(theirs)
    for conflict in conflicts:
        if conflict.cause is not ConflictCause.MISSING:
            base[conflict.layer, conflict.record] = conflict.sent
    pulled = with_records(imported.theirs, {key: one for key, one in base.items() if one})
    known = TaskHistory(history.sent, pulled, drawn=imported.drawn, doubted=imported.doubted)
    if history.sent is None:
        return known
    decided: dict[RecordKey, PlainRecord] = {}
    for key in saved_work(history, imported.theirs, imported.after).differing:
        now = plain(theirs.get(key))
        if is_decided or (key in history.decided and history.decided[key] == now):
            decided[key] = now
    earlier: dict[RecordKey, list[PlainRecord]] = {}
    sent, after, before, base_before = map(
        by_key, (history.sent, imported.after, imported.before, history.pulled)
    )
    for key in {**sent, **theirs}:
        if theirs.get(key) == sent.get(key):
            continue
        now = plain(theirs.get(key))
        found = list(history.earlier.get(key, ()))
        if after.get(key) == theirs.get(key):
            found += [plain(before.get(key)), plain(base_before.get(key))]
        replaced = [one for one in found if one not in (None, now, plain(sent.get(key)))]
        if replaced:
            earlier[key] = [one for n, one in enumerate(replaced) if one not in replaced[:n]]
    return replace(known, decided=decided, earlier=earlier)


def _write(
    corpus: Corpus, imported: ImportedDocument, conflicts: Sequence[RecordConflict], url: str
) -> tuple[Path, ...]:
    path = corpus.layout.annotation_file(imported.set_name, imported.document)
    beside = path.with_name(f".{path.stem}.conflict.json")  # hidden: it does not hold annotations
    written = []
    if conflicts:
        readings = [
            {
                "layer": conflict.layer,
                "record": conflict.record,
                "sent": plain(conflict.sent),
                "corpus": plain(conflict.corpus),
                "server": plain(conflict.server),
            }
            for conflict in conflicts
        ]
        report = {"document": imported.document, "task": url, "conflicts": readings}
        data = json.dumps(report, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"
        if write_bytes(beside, data):
            written.append(beside)
    elif beside.is_file():
        beside.unlink()
    if imported.is_changed and write_bytes(path, canonical_bytes(imported.after)):
        written.append(path)
    return tuple(written)
