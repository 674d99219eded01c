"""Pull work from a server into the corpus, merged record by record and checked."""

from __future__ import annotations

import json
import os
from contextlib import nullcontext
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Literal

from warclaims import __version__
from warclaims.corpus import Corpus, canonical_bytes
from warclaims.corpus.canonical import to_plain
from warclaims.files import is_there, locked, read_file, write_bytes
from warclaims.findings import Finding
from warclaims.labelstudio import read_results
from warclaims.labelstudio.exported import FORMAT_1, is_of_format_1
from warclaims.labelstudio.incoming import TaskHistory
from warclaims.labelstudio.labels_and_relations import NEW_ENTRY
from warclaims.labelstudio.merge import ConflictCause
from warclaims.labelstudio.record_keys import by_key, with_records
from warclaims.labelstudio.saved_work import plain, reused_ids, saved_work
from warclaims.records import REGISTRIES
from warclaims.studio.compare import sent_again
from warclaims.studio.ledger import digest
from warclaims.studio.people import People
from warclaims.studio.proposed import EnteredProposal, enter_proposed
from warclaims.studio.server_tasks import ServerTask, duplicates, server_tasks
from warclaims.studio.suggested import suggestions_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from warclaims.labelstudio import ImportedDocument, RegistryProposal
    from warclaims.labelstudio.incoming import PlainRecord
    from warclaims.labelstudio.merge import RecordConflict
    from warclaims.labelstudio.record_keys import RecordKey
    from warclaims.records import Annotations, Layer
    from warclaims.studio.connection import Connection
    from warclaims.studio.ledger import Ledger

Deciding = Literal["nobody", "server", "corpus"]
"""Which version counts where a record was changed on both sides."""


@dataclass(frozen=True)
class PulledDocument:
    """The result of pulling a task.

    Attributes:
        document: The document's id.
        url: The address of the task.
        imported: The merged annotations; ``None`` if the task could not be imported, or nothing has
            changed since the last pull.
        findings: The findings about the task.
        proposals: New registry entries that annotators propose.
        entered: Those whose type was stated, which are in the registries now.
        conflicts: Records that need a decision.
        decided: Records in conflict for which the corpus was chosen.
        drafts: The number of unsaved annotations.
        written: The files that were written.
        suggested: What a system had suggested in the task; ``None`` if nothing was.
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
    suggested: Annotations | None = None
    entered: tuple[EnteredProposal, ...] = ()


@dataclass(frozen=True)
class _PullOrder:
    """The server, project and options of a pull."""

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
    twice: dict[tuple[str, str], list[int]] | None = None,
) -> Iterator[PulledDocument]:
    """Pull the work on a project document by document: all of it, or ``documents`` only.

    For each record, the version last pulled (or sent) is the base of a merge of the corpus and the
    server. Records in conflict stay as they are in the corpus, and both versions are written beside
    the file, unless ``deciding`` says which one counts. Work that was pulled before and that the
    corpus does not contain now, as after a checkout of an older commit, is a conflict, too. A
    decision for the corpus is remembered. Records with errors are not imported, nor are records
    that refer to them; the rest of the document is. If it is unknown which records have errors, the
    document is left out.

    The corpus is locked while a document is merged and written, but not while the server is asked,
    nor by a ``dry_run``. Changes that other commands made meanwhile are respected.

    Only tasks of the set ``set_name`` are pulled, if it is given. ``annotators`` maps users to
    annotation sets and counts the work of other users; without it, all work goes to the set from
    which its task was sent. ``twice`` is the result of :func:`.server_tasks.duplicates`, if it is
    known. A task is skipped if neither it nor what it depends on has changed since a pull that had
    nothing to do or to report.

    Raises:
        InvalidFile: a file of the corpus that is needed is not valid.
        WarclaimsError: the server refused, or did not answer. What was written before stays.
    """
    corpus.require_directory()
    annotators = annotators or People({})
    for name in annotators.passes.values():
        corpus.require_set(name, or_annotator=True)
    order = _PullOrder(connection, project, ledger.of(corpus), deciding, allow_empty, dry_run)
    latest = _LatestCorpus(corpus.root)
    if twice is None:
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
                now = latest.corpus()
                entered = _enter_proposed(part, target, now, order)
                if entered:
                    now = latest.corpus()
                pulled = _pull_one(part, target, now, order, latest.facts)
            yield replace(pulled, entered=tuple(entered))


def _problem(
    task: ServerTask, annotators: People, twice: dict[tuple[str, str], list[int]]
) -> tuple[str, str, str] | None:
    """Code, pointer and message of an error for which the whole task is left out."""
    if is_of_format_1(task.data):
        return "L107", "/data/exported", FORMAT_1
    if task.set_name is None:
        return "L106", "/data/set", "names no annotation set"
    if ids := twice.get((str(task.document), task.set_name)):
        return (
            "L104",
            "",
            f"the project has several tasks of document {task.document} (ids "
            f"{', '.join(map(str, ids))}). A push removes those without work. If several have "
            "work, delete all but one, then pull again",
        )
    if several := annotators.several(task.annotations):
        return "L105", "", several
    return None


class _LatestCorpus:
    """A corpus that is read again if another command changed its index or another shared file.

    ``facts`` is a digest of the shared files on which every document depends.
    """

    def __init__(self, root: Path) -> None:
        self._corpus = Corpus(root)
        self._seen: list[tuple[int, int, int]] = []
        self.facts = ""

    def corpus(self) -> Corpus:
        """The corpus as it is now."""
        layout = self._corpus.layout
        shared = [layout.description, layout.lists, *map(layout.registry, REGISTRIES)]
        there = [path for path in (layout.index, *shared) if is_there(path)]
        now = [(one.st_ino, one.st_mtime_ns, one.st_size) for one in map(os.stat, there)]
        if now != self._seen:
            self._corpus, self._seen = Corpus(layout.root), now
            files = {path.name: sha256(read_file(path)).hexdigest() for path in there[1:]}
            self.facts = digest([__version__, files])
        return self._corpus


def _parts(
    task: ServerTask, annotators: People, corpus: Corpus
) -> Iterator[tuple[str, ServerTask]]:
    """The task with its set, or one task with the pass of each named annotator.

    Annotations of other users that are not as they were sent are counted as left.
    """
    if not annotators.passes:
        yield str(task.set_name), replace(task, annotations=annotators.wanted(task.annotations))
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


def _state(task: ServerTask, path: Path, corpus: Corpus, order: _PullOrder, facts: str) -> str:
    """A digest of all that the result of a pull depends on, besides earlier pulls."""
    here = sha256(read_file(path)).hexdigest() if is_there(path) else None
    document = corpus.documents.get(str(task.document))
    options = [order.deciding, order.allow_empty]
    known = document.model_dump(mode="json") if document else None
    return digest([task.exported(), here, known, options, facts])


def _known_history(
    task: ServerTask, set_name: str, corpus: Corpus, order: _PullOrder
) -> TaskHistory:
    """What was pulled of a task before, under the id that its document has now."""
    document = str(task.document)
    history = order.ledger.history(set_name, str(task.sent_id), task.origin)
    base = history.pulled
    if base is None:
        return history
    if base.document != document:
        base = base.model_copy(update={"document": document})
        history = replace(history, pulled=base)
    if order.deciding == "server" and is_there(corpus.layout.annotation_file(set_name, document)):
        # Records whose ids other records have in the corpus get new ids.
        reused = reused_ids(history, base, corpus.annotations(document, set_name))
        records = {key: record for key, record in by_key(base).items() if key not in reused}
        history = replace(history, pulled=with_records(base, records))
    return history


def _enter_proposed(
    task: ServerTask, set_name: str, corpus: Corpus, order: _PullOrder
) -> list[EnteredProposal]:
    """Register what a task proposes with its type, so that its records can refer to it."""
    proposes = any(
        item.get("from_name") == NEW_ENTRY.name
        for result in task.results
        for item in result
        if isinstance(item, dict)
    )
    if order.dry_run or not proposes:
        return []
    proposed = _pull_one(task, set_name, corpus, replace(order, dry_run=True), "").proposals
    return enter_proposed(corpus, proposed)


def _pull_one(
    task: ServerTask, set_name: str, corpus: Corpus, order: _PullOrder, facts: str
) -> PulledDocument:
    """Merge the annotation of a task into a set, and write the result and the ledger."""
    document = str(task.document)
    path = corpus.layout.annotation_file(set_name, document)
    state = _state(task, path, corpus, order, facts)
    if order.ledger.settled(set_name, str(task.sent_id), task.origin) == state:
        return PulledDocument(document, order.url(task), None)
    history = _known_history(task, set_name, corpus, order)
    base = history.pulled
    data = task.data if base is None else {**task.data, "exported": to_plain(base)}
    # Without drafts, which are reported separately.
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
            # If not everything was imported, the results are not recorded, because a push would
            # then remove the task with the work in it.
            noted = replace(noted, results=None)
        else:
            noted = replace(noted, results=digest(task.results))
        silent = not (result.findings or result.proposals or written or task.drafts)
        same = not (imported.is_changed or imported.conflicts or imported.left_out)
        settled = state if silent and same and not imported.edited else None
        order.ledger.note(set_name, str(task.sent_id), task.origin, noted, settled)
    suggested = suggestions_in(task.data)
    pulled = replace(pulled, imported=imported, suggested=suggested, written=written)
    return replace(pulled, conflicts=conflicts, decided=decided)


def _history(
    imported: ImportedDocument,
    history: TaskHistory,
    conflicts: tuple[RecordConflict, ...],
    *,
    is_decided: bool,
) -> TaskHistory:
    """What to record about a task after this pull.

    The base of the next merge is the server's version without the records that were not imported:
    those left out are already as they were sent, and those in conflict are reset here. Records
    missing from the corpus stay in the base, so that the next pull reports them again.
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
    beside = path.with_name(
        f".{path.stem}.conflict.json"
    )  # hidden, because it does not hold annotations
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
