"""``warclaims studio push``: send documents to Label Studio."""

from __future__ import annotations

import shlex
import sys
from collections import Counter
from contextlib import contextmanager
from html import escape
from typing import TYPE_CHECKING, Any

import click

from warclaims.commands.studio_options import (
    compare_option,
    dry_run_option,
    project_option,
    url_option,
    work_set_option,
)
from warclaims.layout import GOLD
from warclaims.output import echo, note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from warclaims.corpus import Corpus
    from warclaims.derive.worth import RecordInQuestion

    MakeTask = Callable[[Corpus, str, str], dict[str, Any]]

_WHY_NOT_SENT = {
    True: "annotators have worked on the tasks. In a project of several annotators, such tasks are "
    "never replaced",
    False: "the tasks have unsaved work, or saved work that the corpus does not contain, or a "
    "document has several tasks. Pull first; that shows which",
}
"""Why tasks were not replaced, by whether the project has several annotators."""


@click.command()
@click.argument("documents", nargs=-1, metavar="[DOCUMENT]...")
@work_set_option
@url_option
@click.option(
    "--replace-configuration",
    is_flag=True,
    help="Give a project on the server the labelling configuration of this release.",
)
@project_option
@compare_option
@click.option(
    "--predictions",
    is_flag=True,
    help="Send the annotations as predictions, so that a task has none until one is submitted.",
)
@click.option(
    "--suggestions",
    "system",
    metavar="SYSTEM",
    help="Send what SYSTEM suggested (see warclaims suggest) as predictions, to be corrected in "
    "the set of --set.",
)
@click.option(
    "--queue",
    type=click.IntRange(min=1),
    metavar="N",
    help="Send the first N of warclaims queue: with the pass of a person (--set ID) the records "
    "of gold that the person is to decide; for gold itself, or if it has none, the documents.",
)
@click.option(
    "--annotators",
    type=click.IntRange(1, 100),
    metavar="N",
    help="How many annotators annotate each document of the project independently. Default: 1.",
)
@click.option(
    "--replace-work",
    is_flag=True,
    help="Also replace tasks whose saved work is not in the corpus. A copy of each is kept.",
)
@dry_run_option
@click.pass_obj
def push(
    corpus_path: str | None,
    *,
    documents: tuple[str, ...],
    set_name: str,
    url: str | None,
    replace_configuration: bool,
    title: str | None,
    compared: tuple[str, str] | None,
    predictions: bool,
    system: str | None,
    queue: int | None,
    annotators: int | None,
    replace_work: bool,
    dry_run: bool,
) -> None:
    """Send documents with their annotations; without DOCUMENT, all documents of the set.

    May be repeated: documents that did not change are not sent again, those that changed in the
    corpus get a new task. A task with saved work that the corpus does not contain is not replaced,
    even if the work was pulled before: pull first. Unsaved work is never replaced.
    """
    from warclaims import corpus as corpora
    from warclaims.labelstudio.guide import GUIDE
    from warclaims.studio.connection import connect
    from warclaims.studio.home import home
    from warclaims.studio.ledger import Ledger, project_lock
    from warclaims.studio.projects import (
        COMPARING,
        QUEUED,
        TaskPurpose,
        ensure_project,
        find_project,
        require_purpose,
        require_same_corpus,
        sound_title,
        title_of,
    )
    from warclaims.studio.push import push, try_first
    from warclaims.studio.queue import questions_of

    records = queue if set_name != GOLD else None
    _refuse_combination(compared, records, annotators, predictions=predictions, system=system)
    if queue and (documents or compared):
        raise click.UsageError("--queue chooses the documents; leave out DOCUMENT and --compare")
    corpus = corpora.open(corpus_path)
    corpus.require_directory()
    queued = questions_of(corpus, records) if records else {}
    documents = documents or _chosen(corpus, set_name, compared, queued, queue)
    title = title_of(corpus, set_name, compared) if title is None else sound_title(title)
    with _findings_shown():
        try_first(
            corpus,
            set_name,
            documents,
            _form(
                compared,
                queued,
                predictions=predictions,
                system=system,
                shared=(annotators or 1) > 1,
            ),
        )
    place = home()
    connection = connect(place, url)
    found = find_project(connection, title)
    if found is not None:
        purposes = require_same_corpus(connection, found.id, corpus)
        require_purpose(title, purposes, TaskPurpose(set_name, compared or ()))
    elif dry_run:
        what = " and ".join(compared) if compared else set_name
        echo(f"would make the project {title!r} with every document of {what}")
        return
    guide = GUIDE + QUEUED * bool(queued)
    if compared:
        guide += COMPARING.format(first=escape(compared[0]), second=escape(compared[1]))
    with project_lock(place, connection.url, title):
        project = ensure_project(
            connection,
            title,
            corpus.lists,
            replace=replace_configuration,
            annotators=annotators,
            guide=guide,
            dry_run=dry_run,
        )
    ledger = Ledger(place, connection.url, project.id)
    is_shared = (project.maximum_annotations or 1) > 1
    fates: Counter[str] = Counter()
    with _findings_shown(), ledger.locked():
        for sent in push(
            connection,
            project.id,
            corpus,
            set_name,
            ledger=ledger,
            documents=documents,
            dry_run=dry_run,
            make=_form(compared, queued, predictions=predictions, system=system, shared=is_shared),
            replace_work=replace_work,
        ):
            fates[sent.fate] += 1
            echo(f"{sent.document}  {'would be ' * dry_run}{sent.fate}")
            if sent.copy:
                echo(f"  a copy of the replaced work is in {sent.copy}")
                words = f"import labelstudio {shlex.quote(str(sent.copy))} --overwrite"
                echo(f"  to import it: {corpus.layout.command(words)}")
    echo(f"project: {connection.project_url(project.id)}")
    if compared:
        echo(
            "the regions that differ say so in their details; to list the differences: "
            + corpus.layout.command(f"agree {' '.join(compared)} --differences")
        )
    _end_if_refused(fates, is_shared=is_shared)


def _refuse_combination(
    compared: tuple[str, str] | None,
    queue: int | None,
    annotators: int | None,
    *,
    predictions: bool,
    system: str | None,
) -> None:
    """Refuse options of which each says how the tasks begin."""
    others = bool(predictions or system or annotators)
    if predictions and system:
        raise click.UsageError("--suggestions cannot be combined with --predictions")
    if compared and others:
        raise click.UsageError(
            "--compare cannot be combined with --predictions, --suggestions or --annotators"
        )
    if compared and compared[0] == compared[1]:
        raise click.UsageError("--compare takes two sets")
    if queue and (compared or others):
        raise click.UsageError(
            "--queue cannot be combined with --compare, --predictions, --suggestions or "
            "--annotators"
        )


def _end_if_refused(fates: Counter[str], *, is_shared: bool) -> None:
    """Say why some documents were not sent, and end the command with an error."""
    from warclaims.labelstudio.exported import FORMAT_1

    reasons = {
        _WHY_NOT_SENT[is_shared]: fates["pull first"] + fates["twice on the server"],
        FORMAT_1: fates["of format 1"],
    }
    for reason, number in reasons.items():
        if number:
            echo(f"{number} not sent: {reason}", err=True)
    if any(reasons.values()):
        sys.exit(1)


def _chosen(
    corpus: Corpus,
    set_name: str,
    compared: tuple[str, str] | None,
    queued: Mapping[str, object],
    queue: int | None,
) -> tuple[str, ...]:
    """The documents to send if none are named; empty for all of the set."""
    if compared:
        return _in_both(corpus, compared)
    if queue and not queued:
        from warclaims.authoring.document_queue import documents_by_worth

        found = [one.document for one in documents_by_worth(corpus, set_name)]
        if set_name == GOLD:  # without a file, only an annotator can begin
            found = [name for name in found if corpus.layout.is_annotated(GOLD, name)]
        return tuple(found[:queue])
    return tuple(queued)


def _in_both(corpus: Corpus, compared: tuple[str, str]) -> tuple[str, ...]:
    """The documents that both sets annotate. Those of one set only are reported."""
    from warclaims.studio.compare import in_both

    both = in_both(corpus, compared)
    for name in compared:
        alone = [
            document
            for document in corpus.documents
            if document not in both and corpus.layout.is_annotated(name, document)
        ]
        if alone:
            note(f"note: only {name} has {', '.join(alone)}")
    return tuple(both)


def _form(
    compared: tuple[str, str] | None,
    queued: dict[str, list[RecordInQuestion]],
    *,
    predictions: bool,
    system: str | None,
    shared: bool,
) -> MakeTask:
    """The function that makes the tasks to send."""
    from warclaims.labelstudio.files import sound_task
    from warclaims.studio.compare import compared_task, predicted_task, unannotated_task
    from warclaims.studio.queue import queued_task
    from warclaims.studio.suggested import suggested_task

    if queued:
        return lambda corpus, target, name: queued_task(corpus, target, name, queued[name])
    if compared:
        return lambda corpus, target, name: compared_task(corpus, compared, target, name)
    if predictions:
        return predicted_task
    if system:
        return lambda corpus, target, name: suggested_task(corpus, system, target, name)
    return unannotated_task if shared else sound_task


@contextmanager
def _findings_shown() -> Iterator[None]:
    """Show the findings about an invalid file of the corpus, and end the command."""
    from warclaims.errors import InvalidFile

    try:
        yield
    except InvalidFile as error:
        for finding in error.findings:
            echo(finding, err=True)
        echo("nothing more was sent. Correct these first", err=True)
        sys.exit(1)
