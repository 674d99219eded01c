"""Work from a server into the corpus: merged record by record, checked, never over work on disk."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from warclaims.corpus import canonical_bytes
from warclaims.corpus.canonical import to_plain
from warclaims.files import write_bytes
from warclaims.findings import Finding
from warclaims.labelstudio import read_results
from warclaims.labelstudio.sets import require_set
from warclaims.labelstudio.undone import Sent
from warclaims.records import LAYERS, Annotations
from warclaims.studio.compare import sent_again
from warclaims.studio.held import Held, doubles, held

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from warclaims.corpus import Corpus
    from warclaims.labelstudio import Imported, Proposal
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
    in the corpus, and both readings are written beside the file, unless it is said who decides. A
    record that is wrong stays as it is in the corpus, a new one is left out, and so is what hangs
    on it; the reason is told, and the rest of the document comes in. Where it cannot be told which
    records are wrong the document is left out.

    Tasks of other sets than ``set_name`` are left. ``annotators`` says to which pass whose work
    goes, and counts what is of nobody named; without it all goes back to the set it came from.

    Raises:
        InvalidFile: a file of the corpus that is needed is not valid.
        WarclaimsError: the server said no, or nothing. What was written before stays.
    """
    for name in annotators.passes.values() if annotators else ():
        require_set(corpus, name)
    twice = doubles(connection, project)
    for task in held(connection, project):
        if task.document is None or (documents and task.document not in documents):
            continue
        if set_name is not None and task.set_name != set_name:
            continue
        url = connection.task_url(project, task.id)
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
            yield _pull_one(
                part,
                target,
                url,
                corpus,
                ledger,
                deciding=deciding,
                allow_empty=allow_empty,
                dry_run=dry_run,
                drafts=len(task.drafts),
            )


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
    target: str | None,
    url: str,
    corpus: Corpus,
    ledger: Ledger,
    *,
    deciding: Deciding,
    allow_empty: bool,
    dry_run: bool,
    drafts: int,
) -> Pulled:
    document = task.document or ""
    set_name = target or task.set_name
    sent = task.origin
    base = ledger.base(set_name, document, sent)
    data = task.data if base is None else {**task.data, "exported": base}
    # Unsaved work is told apart: to the import it would be a warning of its own.
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
        first=None if base is None else _first(task.data, ledger.doubted(set_name, document, sent)),
    )
    if not outcome.documents:
        return Pulled(document, url, None, outcome.findings, drafts=drafts)
    (imported,) = outcome.documents
    in_conflict = [f for f in outcome.errors if f.code == CONFLICT] and deciding == "nobody"
    conflicts = _conflicts(imported, base or task.data["exported"]) if in_conflict else []
    findings = tuple(f for f in outcome.findings if f.code != CONFLICT or deciding == "nobody")
    is_whole = not conflicts and all(f.code == CONFLICT for f in outcome.errors)
    written: tuple[Path, ...] = ()
    if not dry_run:
        written = _write(corpus, imported, conflicts, url)
        # Of what did not come in whole the results are never noted: a push would take the task
        # away with the work in it.
        results = task.results if is_whole else None
        brought = _brought(imported, conflicts)
        ledger.note(
            imported.set_name,
            document,
            sent,
            results,
            brought,
            drawn=imported.drawn,
            doubted=imported.doubted,
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


def _first(data: dict[str, Any], doubted: frozenset[str]) -> Sent | None:
    """What a task was sent with, if it still says so."""
    try:
        return Sent(Annotations.model_validate_json(json.dumps(data["exported"])), doubted)
    except (KeyError, ValueError):
        return None


def _brought(imported: Imported, conflicts: list[dict[str, Any]]) -> Annotations:
    """The base of the next pull: what the server has, without what did not come in.

    Records that were left out are as they were sent in it already, those in conflict become so.
    """
    undecided = {
        (conflict["layer"], conflict["record"]): conflict["sent"] for conflict in conflicts
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


def _conflicts(imported: Imported, base: dict[str, Any]) -> list[dict[str, Any]]:
    """The records that were changed on both sides, or are in doubt, with all three readings."""
    found = []
    for layer in LAYERS:
        before = {record["id"]: record for record in base[layer]}
        here = _plain(getattr(imported.before, layer)) if imported.before else {}
        there = _plain(getattr(imported.theirs, layer))
        for name in dict.fromkeys([*there, *here]):
            sent, mine, theirs = (known.get(name) for known in (before, here, there))
            is_doubted = mine == sent and f"{layer} {name}" in imported.doubted
            if theirs != sent and (is_doubted or mine not in (sent, theirs)):
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
