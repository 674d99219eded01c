"""Work from a server into the corpus: merged record by record, checked, never over work on disk."""

from __future__ import annotations

import json
from contextlib import nullcontext
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Literal

from warclaims.corpus import Corpus, canonical_bytes
from warclaims.corpus.canonical import to_plain
from warclaims.files import is_there, locked, read_file, write_bytes
from warclaims.findings import Finding
from warclaims.labelstudio import read_results
from warclaims.labelstudio.saved_work import Sent, reading, reused_ids, saved_work
from warclaims.labelstudio.sets import require_set
from warclaims.labelstudio.tolerance import by_key
from warclaims.records import LAYERS, REGISTRIES, Annotations
from warclaims.studio.compare import sent_again
from warclaims.studio.held import Held, doubles, held

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from warclaims.labelstudio import Imported, Proposal
    from warclaims.labelstudio.saved_work import Reading
    from warclaims.records import Layer
    from warclaims.studio.connection import Connection
    from warclaims.studio.ledger import Ledger
    from warclaims.studio.people import People

CONFLICT = "L504"
Deciding = Literal["nobody", "server", "corpus"]
"""Whose reading counts where a record was changed on both sides."""


@dataclass(frozen=True)
class Pulled:
    """What came of a task: the annotations, what was found, what is in conflict.

    ``imported`` is null if nothing could be taken, and names what was left out of it; ``written``
    names the files that were written.
    """

    document: str
    url: str
    imported: Imported | None
    findings: tuple[Finding, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    conflicts: tuple[str, ...] = ()
    drafts: int = 0
    written: tuple[Path, ...] = ()


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
) -> Iterator[Pulled]:
    """Bring the work on a project back, document by document: all, or ``documents`` only.

    Each is merged by record: what was last pulled (or sent), what is in the corpus now, what is on
    the server. Independent changes combine. A record that was changed on both sides stays as it is
    in the corpus, and both readings are written beside the file, unless it is said who decides. So
    is work that was pulled before and that the corpus does not contain now, as after a checkout of
    an older commit; if the corpus decides, that is remembered. A
    record that is wrong stays as it is in the corpus, a new one is left out, and so is what hangs
    on it; the reason is told, and the rest of the document comes in. Where it cannot be told which
    records are wrong the document is left out.

    The corpus is locked for each document while that is merged and written, and never while the
    server is asked; a ``dry_run`` does not lock it. What other commands changed before is used; a
    document that was renamed or removed is left out.

    Tasks of other sets than ``set_name`` are left. ``annotators`` says to which pass whose work
    goes, and counts what is of nobody named; without it all goes back to the set it came from.

    Raises:
        InvalidFile: a file of the corpus that is needed is not valid.
        WarclaimsError: the server said no, or nothing. What was written before stays.
    """
    ledger = ledger.of(corpus)
    for name in annotators.passes.values() if annotators else ():
        require_set(corpus, name)
    latest = _Latest(corpus.root)
    twice = doubles(connection, project)
    for task in held(connection, project):
        if task.document is None or (documents and task.document not in documents):
            continue
        if set_name is not None and task.set_name not in (set_name, None):
            continue
        url = connection.task_url(project, task.id)
        if task.set_name is None:
            finding = Finding(url, "/data/set", "L106", "names no annotation set", task.document)
            yield Pulled(task.document, url, None, (finding,))
            continue
        if (task.document, task.set_name) in twice:
            ids = ", ".join(map(str, twice[task.document, task.set_name]))
            message = (
                f"the project has several tasks of document {task.document} (ids {ids}); push "
                "takes away those that nobody worked on. If it does not, delete all but the one "
                "with the work, then pull again"
            )
            yield Pulled(
                task.document, url, None, (Finding(url, "", "L104", message, task.document),)
            )
            continue
        if several := annotators and annotators.several(task.annotations):
            finding = Finding(url, "", "L105", several, task.document)
            yield Pulled(task.document, url, None, (finding,))
            continue
        for target, part in _parts(task, annotators, corpus):
            with nullcontext() if dry_run else locked(corpus.root):
                pulled = _pull_one(
                    part,
                    task.document,
                    latest.corpus(),
                    ledger,
                    target=target,
                    set_name=target or task.set_name,
                    url=url,
                    deciding=deciding,
                    allow_empty=allow_empty,
                    dry_run=dry_run,
                    drafts=len(task.drafts),
                )
            yield pulled


class _Latest:
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
    task: Held, annotators: People | None, corpus: Corpus
) -> Iterator[tuple[str | None, Held]]:
    """The task, or one for each annotator whose work goes to a pass of the own.

    Annotations of others that are not as we sent them are counted as left.
    """
    if not (annotators and annotators.passes):
        wanted = annotators.wanted(task.annotations) if annotators else task.annotations
        yield None, Held(task.id, task.data, wanted, task.drafts)
        return
    by_user: dict[int | None, list[dict[str, Any]]] = {}
    for annotation in task.annotations:
        by_user.setdefault(annotators.author(annotation), []).append(annotation)
    for user, name in annotators.passes.items():
        if own := by_user.pop(user, []):
            yield name, Held(task.id, task.data, own, [])
    sent = sent_again(task.data, corpus)
    expected = [annotation["result"] for annotation in sent["annotations"]] if sent else []
    for other, others in by_user.items():
        if other not in annotators.ignored:
            works = Held(task.id, task.data, others, []).results
            annotators.left[other] += sum(result not in expected for result in works)


def _pull_one(
    task: Held,
    document: str,
    corpus: Corpus,
    ledger: Ledger,
    *,
    target: str | None,
    set_name: str,
    url: str,
    deciding: Deciding,
    allow_empty: bool,
    dry_run: bool,
    drafts: int,
) -> Pulled:
    sent = task.origin
    base = ledger.base(set_name, document, sent)
    first = None if base is None else first_sent(task.data, ledger, set_name, document, sent)
    if base is not None and first is not None and deciding == "server":
        base = _without_reused_ids(base, first, corpus, set_name)
    data = task.data if base is None else {**task.data, "exported": base}
    # Unsaved work is reported apart: to the import it would be a warning of its own.
    export = Held(task.id, data, task.annotations, []).exported()
    outcome = read_results(
        json.dumps([export], ensure_ascii=False).encode("utf-8", "surrogatepass"),
        url,
        corpus,
        target,
        overwrite=deciding == "server",
        allow_empty=allow_empty,
        tolerant=True,
        drawn=ledger.drawn(set_name, document, sent),
        first=first,
    )
    if not outcome.documents:
        return Pulled(document, url, None, outcome.findings, drafts=drafts)
    (imported,) = outcome.documents
    in_conflict = [f for f in outcome.errors if f.code == CONFLICT] and deciding == "nobody"
    conflicts = _conflicts(imported, base, task.data["exported"]) if in_conflict else []
    findings = tuple(f for f in outcome.findings if f.code != CONFLICT or deciding == "nobody")
    is_whole = not conflicts and all(f.code == CONFLICT for f in outcome.errors)
    written: tuple[Path, ...] = ()
    if not dry_run:
        written = _write(corpus, imported, conflicts, url)
        first = first or first_sent(task.data, ledger, set_name, document, sent)
        decided, earlier = _history(imported, base, first, is_decided=deciding == "corpus")
        ledger.note(
            imported.set_name,
            document,
            sent,
            # Of what did not come in whole the results are never noted: a push would take the task
            # away with the work in it.
            task.results if is_whole else None,
            _brought(imported, conflicts),
            drawn=imported.drawn,
            doubted=imported.doubted,
            decided=decided,
            earlier=earlier,
        )
    return Pulled(
        document,
        url,
        imported,
        findings,
        outcome.proposals,
        tuple(f"{conflict['layer']} {conflict['record']}" for conflict in conflicts),
        drafts,
        written,
    )


def first_sent(
    data: dict[str, Any], ledger: Ledger, set_name: str, document: str, sent: Any
) -> Sent | None:
    """What a task was sent with, and what was noted since; ``None`` if its data do not say so."""
    try:
        exported = Annotations.model_validate_json(json.dumps(data["exported"]))
    except (KeyError, ValueError):
        return None
    return Sent(
        exported,
        ledger.doubted(set_name, document, sent),
        ledger.decided(set_name, document, sent),
        ledger.earlier(set_name, document, sent),
    )


def _without_reused_ids(
    base: dict[str, Any], first: Sent, corpus: Corpus, set_name: str
) -> dict[str, Any]:
    """The base without records whose ids the corpus gave to others: they come in under new ids."""
    document = first.annotations.document
    if not corpus.layout.annotation_file(set_name, document).is_file():
        return base
    pulled = Annotations.model_validate_json(json.dumps(base))
    reused = reused_ids(first, pulled, corpus.annotations(document, set_name))
    return {
        name: [record for record in value if (name, record["id"]) not in reused]
        if name in LAYERS
        else value
        for name, value in base.items()
    }


def _history(
    imported: Imported, base: dict[str, Any] | None, first: Sent | None, *, is_decided: bool
) -> tuple[dict[str, Reading], dict[str, list[Reading]]]:
    """The server's readings that were rejected, and those of the corpus that were replaced."""
    if first is None:
        return {}, {}
    sent, there, after = map(by_key, (first.annotations, imported.theirs, imported.after))
    decided: dict[str, Reading] = {}
    for key in saved_work(first, imported.theirs, imported.after).differing:
        name, now = " ".join(key), reading(there.get(key))
        if is_decided or (name in first.decided and first.decided[name] == now):
            decided[name] = now
    before = by_key(imported.before) if imported.before else {}
    pulled = {(layer, one["id"]): one for layer in LAYERS for one in (base or {}).get(layer, ())}
    earlier: dict[str, list[Reading]] = {}
    for key in {**sent, **there}:
        if there.get(key) == sent.get(key):
            continue
        now = reading(there.get(key))
        found = list(first.earlier.get(" ".join(key), ()))
        if after.get(key) == there.get(key):
            found += [reading(before.get(key)), pulled.get(key)]
        known = [one for one in found if one not in (None, now, reading(sent.get(key)))]
        if known:
            earlier[" ".join(key)] = [one for n, one in enumerate(known) if one not in known[:n]]
    return decided, earlier


def _brought(imported: Imported, conflicts: list[dict[str, Any]]) -> Annotations:
    """The base of the next pull: what the server has, without what did not come in.

    Records that were left out are as they were sent in it already, those in conflict become so.
    What is missing from the corpus came in before: it stays, so that it is not brought unasked.
    """
    undecided = {
        (conflict["layer"], conflict["record"]): conflict["sent"]
        for conflict in conflicts
        if f"{conflict['layer']} {conflict['record']}" not in imported.missing
    }
    base = imported.theirs
    for layer, model in LAYERS.items():
        records = {record.id: record for record in getattr(base, layer)}
        for (of_layer, name), sent in undecided.items():
            if of_layer != layer:
                continue
            if sent is None:
                records.pop(name, None)
            else:
                records[name] = model.model_validate_json(json.dumps(sent))
        base = base.model_copy(update={layer: tuple(records.values())})
    return base


def _conflicts(
    imported: Imported, base: dict[str, Any] | None, sent_first: dict[str, Any]
) -> list[dict[str, Any]]:
    """The records that the corpus and the server read differently, with all three readings."""
    found = []
    for layer in LAYERS:
        first = {record["id"]: record for record in sent_first[layer]}
        before = {record["id"]: record for record in (base or sent_first)[layer]}
        here = _plain(getattr(imported.before, layer)) if imported.before else {}
        there = _plain(getattr(imported.theirs, layer))
        for name in dict.fromkeys([*there, *here, *before]):
            sent, mine, theirs = (known.get(name) for known in (before, here, there))
            key = f"{layer} {name}"
            is_doubted = mine == sent and key in imported.doubted
            if key in imported.missing:
                sent = first.get(name)
            elif theirs == sent or not (is_doubted or mine not in (sent, theirs)):
                continue
            readings = {"sent": sent, "corpus": mine, "server": theirs}
            found.append({"layer": layer, "record": name, **readings})
    return found


def _plain(records: tuple[Layer, ...]) -> dict[str, Any]:
    return {record.id: to_plain(record) for record in records}


def _write(
    corpus: Corpus, imported: Imported, conflicts: list[dict[str, Any]], url: str
) -> tuple[Path, ...]:
    path = corpus.layout.annotation_file(imported.set_name, imported.document)
    beside = path.with_name(f".{path.stem}.conflict.json")  # hidden: it is no annotations
    written = []
    if conflicts:
        said = {"document": imported.document, "task": url, "conflicts": conflicts}
        data = json.dumps(said, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"
        if write_bytes(beside, data):
            written.append(beside)
    elif beside.is_file():
        beside.unlink()
    if imported.is_changed and write_bytes(path, canonical_bytes(imported.after)):
        written.append(path)
    return tuple(written)
