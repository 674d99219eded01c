"""Import a Label Studio export: annotations to write, and findings."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from warclaims.labelstudio.codes import FindingCollector
from warclaims.labelstudio.graph import read_graph
from warclaims.labelstudio.import_result import ImportedDocument, ImportResult
from warclaims.labelstudio.incoming import IncomingTask, TaskHistory
from warclaims.labelstudio.labels_and_relations import BOILERPLATE
from warclaims.labelstudio.merge import merge
from warclaims.labelstudio.reading import read_tasks
from warclaims.labelstudio.rebuild import rebuild
from warclaims.labelstudio.record_keys import by_key, with_records
from warclaims.labelstudio.sound_part import import_sound_part, new_findings
from warclaims.labelstudio.tasks import boilerplate
from warclaims.layout import GOLD

if TYPE_CHECKING:
    from collections.abc import Callable

    from warclaims.corpus import Corpus
    from warclaims.findings import Finding
    from warclaims.labelstudio.exported import Annotation, Task
    from warclaims.labelstudio.graph import AnnotationGraph
    from warclaims.labelstudio.import_result import RegistryProposal
    from warclaims.records import Annotations


def read_results(
    data: bytes | IO[bytes],
    file: str,
    corpus: Corpus,
    set_name: str | None = None,
    *,
    overwrite: bool = False,
    allow_empty: bool = False,
    tolerant: bool = False,
    history: TaskHistory | None = None,
    take: Callable[[ImportedDocument], None] | None = None,
) -> ImportResult:
    """Read the tasks of a JSON export and merge them with the corpus. Nothing is written.

    If there are errors, nothing of the export may be written, and conflicts are errors. With
    ``tolerant``, only the records with errors are left out: every document returned is sound and
    lists its conflicts and the records left out.

    Args:
        data: The export, or an open file with it, which is read task by task.
        file: The name of the export in findings.
        corpus: The corpus with the documents.
        set_name: The annotation set to compare with and write to; by default the set that each task
            was exported from.
        overwrite: Take Label Studio's version of records that were changed on both sides.
        allow_empty: Import annotations without any record, which removes all records.
        tolerant: Import the records without errors.
        history: The results of earlier pulls of the one task in ``data``. The annotations it was
            exported with are then those of the last pull.
        take: Called with each document in place of returning it, to save memory.

    Raises:
        InvalidFile: a file of the corpus that is needed is not valid.
        WarclaimsError: unknown set.
    """
    corpus.require_directory()
    if set_name is not None:
        corpus.require_set(set_name, or_annotator=True)
    documents: list[ImportedDocument] = []
    findings: list[Finding] = []
    proposals: list[RegistryProposal] = []
    seen: set[str] = set()
    for position, found_task in enumerate(read_tasks(data, file)):
        if isinstance(found_task, list):
            findings += found_task
            continue
        task = _under_current_id(found_task, corpus)
        report = FindingCollector(file, task.data.document)
        pointer = f"/{position}"
        if task.data.document in seen:
            message = "is a second task of this document; export one project at a time"
            report.add("L104", f"{pointer}/data/document", message)
        seen.add(task.data.document)
        target = set_name or task.data.set
        if _fits(task, target, pointer, corpus, report):
            found = _the_annotation(task, pointer, report)
            if found is not None:
                number, annotation = found
                document = task.data.document
                is_annotated = corpus.layout.is_annotated(target, document)
                incoming = IncomingTask(
                    annotation.result,
                    f"{pointer}/annotations/{number}/result",
                    task.data.text,
                    corpus,
                    target,
                    _as_exported(task, target),
                    corpus.annotations(document, target) if is_annotated else None,
                    report,
                    history or TaskHistory(),
                    overwrite,
                )
                imported = _import(incoming, task, allow_empty=allow_empty, tolerant=tolerant)
                if imported is not None:
                    (take or documents.append)(imported[0])
                    proposals += imported[1]
        findings += report.findings
    return ImportResult(tuple(documents), tuple(sorted(findings)), tuple(proposals))


def _under_current_id(task: Task, corpus: Corpus) -> Task:
    """The task under the current id of its document, which may have been renamed."""
    data = task.data
    name = corpus.current_id(data.document, data.sha256)
    if name == data.document or data.exported.document != data.document:
        return task
    exported = data.exported.model_copy(update={"document": name})
    changed = data.model_copy(update={"document": name, "exported": exported})
    return task.model_copy(update={"data": changed})


def _fits(
    task: Task, set_name: str, pointer: str, corpus: Corpus, report: FindingCollector
) -> bool:
    """True if the task has a document of this corpus with the same text, and a known set."""
    data = task.data
    document = corpus.documents.get(data.document)
    if document is None:
        message = (
            f"document {data.document!r} is not in this corpus. If it was removed, delete the task "
            "in Label Studio"
        )
        report.add("L102", f"{pointer}/data/document", message)
        return False
    advice = "Its offsets do not fit. Export the document again"
    if data.sha256 != document.sha256:
        message = f"is of a text with SHA-256 {data.sha256[:12]}…, not {document.sha256[:12]}…"
        report.add("L103", f"{pointer}/data/sha256", f"{message}. {advice}")
    elif data.text != corpus.text(data.document):
        report.add("L103", f"{pointer}/data/text", f"the text was changed. {advice}")
    elif (data.exported.document, data.exported.sha256) != (data.document, data.sha256):
        message = "the annotations as exported are of another document. Export it again"
        report.add("L103", f"{pointer}/data/exported", message)
    elif set_name not in {
        GOLD,
        *(sets := corpus.layout.set_names()),
        *corpus.registries.annotators,
    }:
        message = f"{set_name!r} is not an annotation set or annotator; sets: {', '.join(sets)}"
        report.add("L106", f"{pointer}/data/set", message)
    else:
        return True
    return False


def _the_annotation(
    task: Task, pointer: str, report: FindingCollector
) -> tuple[int, Annotation] | None:
    """The one annotation of a task that was not skipped, and its position."""
    if task.drafts:
        message = (
            "has unsaved work, which is not imported. Save (Submit or Update) and export again"
        )
        report.add("L603", f"{pointer}/drafts", message)
    done = [(n, a) for n, a in enumerate(task.annotations) if not a.was_cancelled]
    if len(done) == 1:
        return done[0]
    if done:
        message = f"has {len(done)} annotations. Decide between them in Label Studio and keep one"
        report.add("L105", f"{pointer}/annotations", message)
    else:
        skipped = "was skipped" if task.annotations else "has no annotation"
        report.add("L604", f"{pointer}/annotations", f"the task {skipped}; nothing to import")
    return None


def _as_exported(task: Task, set_name: str) -> Annotations:
    exported = task.data.exported
    if set_name in (task.data.set, GOLD):
        return exported
    return exported.model_copy(update={"annotator": set_name})


def _import(
    incoming: IncomingTask, task: Task, *, allow_empty: bool, tolerant: bool
) -> tuple[ImportedDocument, tuple[RegistryProposal, ...]] | None:
    report = incoming.report
    graph = read_graph(incoming)
    if not (allow_empty or report.errors or any(r.label.layer for r in graph.regions)):
        _refuse_to_empty(incoming)
    _compare_boilerplate(incoming, graph, task.data.boilerplate)
    if tolerant:
        return import_sound_part(incoming, graph)
    if report.errors:  # errors that follow from these would only distract
        return None
    rebuilt = rebuild(graph, incoming)
    if report.errors:
        return None
    merged = merge(incoming, rebuilt.records)
    for conflict in merged.conflicts:
        key = (conflict.layer, conflict.record)
        report.add("L504", rebuilt.pointer(key), conflict.message, rebuilt.place(key))
    report.findings += new_findings(incoming, rebuilt, merged.after)
    imported = ImportedDocument(
        task.data.document,
        incoming.set_name,
        incoming.current,
        merged.after,
        with_records(incoming.exported, rebuilt.records),
        drawn=rebuilt.drawn,
    )
    return imported, rebuilt.proposals


def _refuse_to_empty(task: IncomingTask) -> None:
    """Report an annotation without records: the work may be lost, or deleted on purpose."""
    have = len(by_key(task.current or task.exported))
    if have and by_key(task.exported):
        message = (
            f"the annotation has no record; importing it would remove all {have} of the document."
            " If that is meant, use --allow-empty; if not, look at the task in Label Studio"
        )
        task.report.add("L505", task.pointer, message)


def _compare_boilerplate(
    task: IncomingTask, graph: AnnotationGraph, shown: tuple[tuple[int, int], ...] | None
) -> None:
    """Warn of changed boilerplate; ``shown`` is what the task was sent with, if known."""
    document = task.corpus.documents[task.exported.document]
    expected = set(boilerplate(document) if shown is None else shown)
    found = {r.place: r for r in graph.regions if r.label.name == BOILERPLATE}
    for place in found.keys() - expected:
        message = "boilerplate was drawn or moved here. Segments are edited in seeds/index.json"
        task.report.add("L601", found[place].pointer, message, place)
    # A task without annotation may have been begun without the prediction that shows boilerplate.
    if by_key(task.exported):
        for place in sorted(expected - found.keys()):
            message = "the region of boilerplate was removed here. The document keeps it"
            task.report.add("L601", task.pointer, message, place)
