"""``warclaims studio pull``: merge the work in Label Studio into the corpus."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

import click

from warclaims.commands.known_choice import KnownChoice
from warclaims.commands.studio_options import (
    compare_option,
    dry_run_option,
    project_option,
    url_option,
    work_set_option,
)
from warclaims.output import echo

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from warclaims.studio.projects import TaskPurpose


@click.command()
@click.argument("documents", nargs=-1, metavar="[DOCUMENT]...")
@work_set_option
@url_option
@click.option(
    "--annotator",
    "annotators",
    metavar="EMAIL=ID",
    multiple=True,
    help="Pull the work of this user into the pass of this annotator. May be repeated.",
)
@click.option(
    "--ignore",
    "ignored",
    metavar="EMAIL",
    multiple=True,
    help="Leave the work of this user on the server. May be repeated.",
)
@project_option
@compare_option
@click.option(
    "--deciding",
    type=KnownChoice(("nobody", "server", "corpus")),
    default="nobody",
    show_default=True,
    help="Whose version counts where the corpus and the server differ.",
)
@click.option(
    "--allow-empty",
    is_flag=True,
    help="If a document has no records on the server, remove all its records.",
)
@dry_run_option
@click.pass_obj
def pull(
    corpus_path: str | None,
    *,
    documents: tuple[str, ...],
    set_name: str,
    url: str | None,
    annotators: tuple[str, ...],
    ignored: tuple[str, ...],
    title: str | None,
    compared: tuple[str, str] | None,
    deciding: str,
    allow_empty: bool,
    dry_run: bool,
) -> None:
    """Merge the work into the corpus, record by record, and check it.

    Without DOCUMENT, all documents of the set are pulled. Records with errors, and records that
    refer to them, are not imported; the reason and the address of the task are reported. If a
    record was changed on both sides, or was pulled before but is not in the corpus now, the corpus
    keeps its version, and both versions are written to .DOCUMENT.conflict.json beside the file.
    Decide with --deciding; a decision for the corpus is remembered.
    """
    from warclaims import corpus as corpora
    from warclaims.commands.pull_report import PullReport, project_options
    from warclaims.errors import WarclaimsError
    from warclaims.studio.connection import connect
    from warclaims.studio.home import home
    from warclaims.studio.ledger import Ledger
    from warclaims.studio.people import people
    from warclaims.studio.projects import (
        find_project,
        others_in_words,
        require_same_corpus,
        sound_title,
        title_of,
    )
    from warclaims.studio.pull import pull

    corpus = corpora.open(corpus_path)
    corpus.require_directory()
    if not dry_run:
        corpora.require_own(corpus)
    for name in documents:
        corpus.document(name)
    default = title_of(corpus, set_name, compared)
    title = default if title is None else sound_title(title)
    place = home()
    connection = connect(place, url)
    project = find_project(connection, title)
    if project is None:
        raise WarclaimsError(
            f"the server has no project {title!r}. Create it with: "
            f"{corpus.layout.command('studio push')}"
        )
    purposes = require_same_corpus(connection, project.id, corpus)
    here = _documents_of(purposes, set_name)
    if absent := [name for name in documents if name not in here]:
        raise WarclaimsError(
            f"the project {title!r} has no task of {', '.join(absent)} for set {set_name}"
        )
    ledger = Ledger(place, connection.url, project.id)
    who = people(connection, corpus, annotators, ignored)
    project_named = title if title != default else None
    options = project_options(set_name=set_name, url=url, project=project_named, compared=compared)
    report = PullReport(corpus, dry_run=dry_run, options=options)
    with ledger.locked():
        for pulled in pull(
            connection,
            project.id,
            corpus,
            ledger,
            set_name=set_name,
            documents=documents,
            annotators=who,
            deciding=deciding,  # type: ignore[arg-type]
            allow_empty=allow_empty,
            dry_run=dry_run,
            twice=None if _has_two_tasks_of_one(purposes) else {},
        ):
            report.show(pulled)
    others = "" if documents else others_in_words(purposes, set_name)
    if others:
        echo(others, err=True)
    report.show_totals()
    if left := who.left_in_words():
        echo(left, err=True)
    if report.has_problems or left or (others and not here):
        sys.exit(1)


def _documents_of(purposes: Mapping[TaskPurpose, Sequence[str]], set_name: str) -> set[str]:
    """The documents that have a task for a set."""
    return {name for one, names in purposes.items() if one.set_name == set_name for name in names}


def _has_two_tasks_of_one(purposes: Mapping[TaskPurpose, Sequence[str]]) -> bool:
    """True if a document has two tasks for one set."""
    tasks = Counter((name, one.set_name) for one, names in purposes.items() for name in names)
    return any(number > 1 for number in tasks.values())
