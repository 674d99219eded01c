"""A Label Studio export as annotations to write, or as findings that say what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import IO, TYPE_CHECKING

from warclaims.files import is_there
from warclaims.labelstudio.codes import Report
from warclaims.labelstudio.damage import Damage
from warclaims.labelstudio.graph import read_graph
from warclaims.labelstudio.interface import BOILERPLATE
from warclaims.labelstudio.merge import merge
from warclaims.labelstudio.outcome import Imported, LeftOut, Outcome
from warclaims.labelstudio.reading import read_tasks
from warclaims.labelstudio.rebuild import rebuild
from warclaims.labelstudio.saved_work import SavedWork, saved_work
from warclaims.labelstudio.sets import require_set
from warclaims.labelstudio.tasks import boilerplate
from warclaims.labelstudio.tolerance import Spoilt, by_key, remainder
from warclaims.labelstudio.undone import doubted
from warclaims.layout import GOLD
from warclaims.records import LAYERS
from warclaims.validation import check_annotations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from warclaims.corpus import Corpus
    from warclaims.findings import Finding
    from warclaims.labelstudio.exported import Result, Task
    from warclaims.labelstudio.graph import Graph
    from warclaims.labelstudio.outcome import Proposal
    from warclaims.labelstudio.rebuild import Key, Rebuilt
    from warclaims.labelstudio.saved_work import Sent
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
    drawn: Mapping[str, str] | None = None,
    first: Sent | None = None,
    take: Callable[[Imported], None] | None = None,
) -> Outcome:
    """What a JSON export of tasks that we made says about the documents of ``corpus``.

    ``data`` is the export, or an open file with it, which is read task by task. ``file`` names it
    in findings. ``set_name`` is the annotation set to compare with and write to; by default the one
    that each task was exported from. ``overwrite`` takes what ``data`` says of records that were
    changed in the corpus, too; ``allow_empty`` takes an annotation without any record for a wish to
    remove them all. ``take`` is called with each document, which is then not kept, so that memory
    does not grow with the export. Nothing is written here.

    With errors nothing of the export may be taken, unless ``tolerant`` asks to leave out only the
    records that are wrong: then the documents that are given are sound, and each names what was
    left out of it. ``drawn`` is what an earlier import of the same task gave as that. ``first`` is
    what the task was sent with, if its data give as exported what came of an earlier import.

    Raises:
        InvalidFile: a file of the corpus that is needed is not valid.
        WarclaimsError: there is no such set.
    """
    if set_name is not None:
        require_set(corpus, set_name)
    documents: list[Imported] = []
    findings: list[Finding] = []
    proposals: list[Proposal] = []
    seen: set[str] = set()
    position = -1
    for position, task in enumerate(read_tasks(data, file)):
        if isinstance(task, list):
            findings += task
            continue
        report = Report(file, task.data.document)
        pointer = f"/{position}"
        if task.data.document in seen:
            message = "is a second task of this document; export one project at a time"
            report.add("L104", f"{pointer}/data/document", message)
        seen.add(task.data.document)
        target = set_name or task.data.set
        if _fits(task, target, pointer, corpus, report):
            imported = _import(
                task,
                pointer,
                target,
                corpus,
                report,
                overwrite=overwrite,
                allow_empty=allow_empty,
                tolerant=tolerant,
                drawn=drawn,
                first=first,
            )
            if imported is not None:
                (take or documents.append)(imported[0])
                proposals += imported[1]
        findings += report.findings
    return Outcome(tuple(documents), tuple(sorted(findings)), tuple(proposals))


def _fits(task: Task, set_name: str, pointer: str, corpus: Corpus, report: Report) -> bool:
    """True if the task is of a document of this corpus, with its very text, for a set of it."""
    data = task.data
    document = corpus.documents.get(data.document)
    if document is None:
        message = f"there is no document {data.document!r} in this corpus"
        report.add("L102", f"{pointer}/data/document", message)
        return False
    advice = "offsets into another text mean nothing here; export the document again"
    if data.sha256 != document.sha256:
        message = f"is of a text with SHA-256 {data.sha256[:12]}…, not {document.sha256[:12]}…"
        report.add("L103", f"{pointer}/data/sha256", f"{message}; {advice}")
    elif data.text != corpus.text(data.document):
        report.add("L103", f"{pointer}/data/text", f"the text was changed; {advice}")
    elif (data.exported.document, data.exported.sha256) != (data.document, data.sha256):
        message = "the annotations as exported are of another document; export it again"
        report.add("L103", f"{pointer}/data/exported", message)
    elif set_name not in {
        GOLD,
        *(sets := corpus.layout.set_names()),
        *corpus.registries.annotators,
    }:
        message = f"there is no annotation set or annotator {set_name!r}; sets: {', '.join(sets)}"
        report.add("L106", f"{pointer}/data/set", message)
    else:
        return True
    return False


def _import(
    task: Task,
    pointer: str,
    set_name: str,
    corpus: Corpus,
    report: Report,
    *,
    overwrite: bool,
    allow_empty: bool,
    tolerant: bool,
    drawn: Mapping[str, str] | None,
    first: Sent | None,
) -> tuple[Imported, tuple[Proposal, ...]] | None:
    if task.drafts:
        message = (
            "has unsaved work, which is not imported; save (Submit or Update) and export again"
        )
        report.add("L603", f"{pointer}/drafts", message)
    done = [(n, a) for n, a in enumerate(task.annotations) if not a.was_cancelled]
    if not done:
        skipped = "was skipped" if task.annotations else "has no annotation"
        report.add("L604", f"{pointer}/annotations", f"the task {skipped}; nothing to import")
        return None
    if len(done) > 1:
        message = f"has {len(done)} annotations; decide between them in Label Studio and keep one"
        report.add("L105", f"{pointer}/annotations", message)
        return None
    number, annotation = done[0]
    document, text = corpus.documents[task.data.document], task.data.text
    exported = task.data.exported
    if set_name not in (task.data.set, GOLD):
        exported = exported.model_copy(update={"annotator": set_name})
    path = corpus.layout.annotation_file(set_name, document.id)
    current = corpus.annotations(document.id, set_name) if is_there(path) else None

    place = f"{pointer}/annotations/{number}/result"
    graph = read_graph(annotation.result, place, text, report)
    if not (allow_empty or report.has_errors or any(r.mark.layer for r in graph.regions)):
        _refuse_to_empty(exported, current, place, report)
    # Who starts from a task without annotation need not have begun from what shows boilerplate.
    was_shown = _number_of_records(exported) > 0
    shown = task.data.boilerplate
    expected = set(boilerplate(document) if shown is None else shown)
    _compare_boilerplate(graph, expected, place, report, was_shown=was_shown)
    if tolerant:
        return _import_sound(
            annotation.result,
            graph,
            exported,
            current,
            set_name=set_name,
            place=place,
            corpus=corpus,
            report=report,
            overwrite=overwrite,
            drawn=drawn,
            first=first,
        )
    if report.has_errors:  # what follows from them would only hide them
        return None
    rebuilt = rebuild(
        graph, exported, current, text, report, drawn=drawn, registries=corpus.registries
    )
    if report.has_errors:
        return None
    after = merge(rebuilt, exported, current, report, overwrite=overwrite)
    for finding in _new_findings(after, current, corpus):
        report.findings.append(_at_mark(finding, after, rebuilt, report.file, place))
    theirs = exported.model_copy(update={layer: tuple(rebuilt.records[layer]) for layer in LAYERS})
    imported = Imported(document.id, set_name, current, after, theirs, drawn=rebuilt.drawn)
    return imported, rebuilt.proposals


def _import_sound(
    results: tuple[Result, ...],
    graph: Graph,
    exported: Annotations,
    current: Annotations | None,
    *,
    set_name: str,
    place: str,
    corpus: Corpus,
    report: Report,
    overwrite: bool,
    drawn: Mapping[str, str] | None,
    first: Sent | None,
) -> tuple[Imported, tuple[Proposal, ...]] | None:
    """What is sound of an annotation; ``None`` if nothing can be told to be.

    Errors that the file of the corpus has by itself keep nothing out, but ids that it has twice:
    of which record the work is cannot be told.
    """
    own = _check(current, corpus) if current is not None else []
    if repeated := [finding for finding in own if finding.code == "R404"]:
        file = corpus.layout.relative(corpus.layout.annotation_file(set_name, exported.document))
        report.findings += [replace(finding, file=file) for finding in repeated]
        return None
    known = {(finding.code, finding.message) for finding in own}

    def errors(annotations: Annotations) -> list[tuple[Finding, Finding]]:
        return [
            (finding, _at_mark(finding, annotations, rebuilt, report.file, place))
            for finding in ([] if annotations == current else _check(annotations, corpus))
            if not finding.is_warning and (finding.code, finding.message) not in known
        ]

    text = corpus.text(exported.document)
    in_doubt: frozenset[Key] = frozenset()
    work = SavedWork(frozenset(), frozenset())
    if first is not None and current is not None:
        work = saved_work(first, exported, current)
    try:
        damage = Damage(results, place, exported, graph, report.errors, drawn=drawn or {})
        mended = damage.mended(place, text, report.file)
        rebuilt = rebuild(
            mended, exported, current, text, report, drawn=drawn, registries=corpus.registries
        )
        wrong, loose = damage.wrong(rebuilt, report.errors)
        hidden = damage.hidden()
        if first is not None and not overwrite:
            in_doubt = doubted(
                rebuilt, first, exported, wrong=wrong, hidden=hidden, has_loose=bool(loose)
            )
        rest = remainder(
            rebuilt,
            exported,
            current,
            report,
            errors,
            wrong=wrong,
            hidden=hidden,
            overwrite=overwrite,
            doubted=in_doubt,
            missing=work.differing if overwrite else work.missing,
        )
    except Spoilt as spoilt:
        report.findings += spoilt.args
        return None
    report.findings += rest.findings
    for finding in _new_findings(rest.after, current, corpus):
        report.findings.append(_at_mark(finding, rest.after, rebuilt, report.file, place))
    left_out = (*rest.left_out, *(LeftOut(None, None, f.start, f.end, f.message) for f in loose))
    there, theirs, pulled = by_key(rest.after), by_key(rest.theirs), by_key(exported)
    same = {key for key in work.differing if theirs.get(key) == pulled.get(key)}
    named = {record for _, record in there}
    imported = Imported(
        exported.document,
        set_name,
        current,
        rest.after,
        rest.theirs,
        left_out,
        # A new one that was left out gets its id when it comes in.
        {mark: record for mark, record in rebuilt.drawn.items() if record in named},
        doubted=_names(in_doubt),
        missing=_names(work.missing & same),
        edited=_names((work.differing - work.missing) & same),
    )
    # The id of a new record that was left out means nothing yet.
    kept = {*there, *pulled}
    proposals = (
        p if (p.layer, p.record) in kept else replace(p, record=None) for p in rebuilt.proposals
    )
    return imported, tuple(proposals)


def _names(keys: Iterable[Key]) -> frozenset[str]:
    return frozenset(" ".join(key) for key in keys)


def _refuse_to_empty(
    exported: Annotations, current: Annotations | None, pointer: str, report: Report
) -> None:
    """Work that was lost on its way looks just as if the annotator had deleted everything."""
    had, have = _number_of_records(exported), _number_of_records(current or exported)
    if had and have:
        message = (
            f"the annotation holds no record; to import it would remove all {have} of the document."
            " If that is meant, import with --allow-empty; if not, look at the task in Label Studio"
        )
        report.add("L505", pointer, message)


def _number_of_records(annotations: Annotations) -> int:
    return sum(len(getattr(annotations, layer)) for layer in LAYERS)


def _compare_boilerplate(
    graph: Graph, expected: set[tuple[int, int]], pointer: str, report: Report, *, was_shown: bool
) -> None:
    shown = [region for region in graph.regions if region.mark.label == BOILERPLATE]
    for region in shown:
        span = (region.start, region.end)
        if span not in expected:
            message = "boilerplate was drawn or moved here; segments are edited in seeds/index.json"
            report.add("L601", region.pointer, message, span)
    gone = expected - {(region.start, region.end) for region in shown} if was_shown else set()
    for span in sorted(gone):
        message = "the mark of boilerplate was removed here; the document keeps it"
        report.add("L601", pointer, message, span)


def _new_findings(after: Annotations, before: Annotations | None, corpus: Corpus) -> list[Finding]:
    """What the rules find in changed annotations; no warnings that they gave before."""
    if after == before:
        return []
    known = {(f.code, f.message) for f in _check(before, corpus)} if before is not None else set()
    found = _check(after, corpus)
    return [f for f in found if not (f.is_warning and (f.code, f.message) in known)]


def _check(annotations: Annotations, corpus: Corpus) -> list[Finding]:
    name = annotations.document
    return check_annotations(
        annotations, corpus.documents[name], corpus.text(name), corpus.registries
    )


_RECORD_POINTER = re.compile(r"/([a-z]+)/([0-9]+)(/.*)?")


def _at_mark(
    finding: Finding, annotations: Annotations, rebuilt: Rebuilt, file: str, place: str
) -> Finding:
    """A finding of a record of the annotations, shown at the mark in the export it hangs on."""
    found = _RECORD_POINTER.fullmatch(finding.pointer)
    if found is None:
        return replace(finding, file=file, pointer=place)
    record = getattr(annotations, found[1])[int(found[2])]
    span = (finding.start, finding.end)
    if finding.start is None:
        span = rebuilt.places.get(record.id, span)
    return replace(
        finding,
        file=file,
        pointer=rebuilt.pointers.get(record.id, place),
        message=f"{found[1]} {record.id}: {finding.message}",
        document=annotations.document,
        start=span[0],
        end=span[1],
    )
