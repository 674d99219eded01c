"""``warclaims studio``: Label Studio with the corpus in it, and the work back."""

from __future__ import annotations

import sys
from html import escape
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from warclaims.corpus import Corpus
    from warclaims.studio.pull import Pulled

_url = click.option(
    "--url",
    metavar="URL",
    help="A server other than the local one; its key is taken from LABEL_STUDIO_API_KEY.",
)
_set = click.option(
    "--set", "set_name", default="gold", show_default=True, help="Annotation set to work on."
)
_project = click.option(
    "--project",
    "title",
    metavar="TITLE",
    help="Project on the server. Default: named after the folder of the corpus, and the set.",
)
_compare = click.option(
    "--compare",
    "compared",
    nargs=2,
    metavar="A B",
    help="Two annotation sets to decide between; what is decided goes to --set.",
)
_dry_run = click.option("--dry-run", is_flag=True, help="Only say what would happen.")


@click.group("studio")
def command() -> None:
    """Annotate in Label Studio, and bring the work back.

    \b
    warclaims studio start   a server on this machine, once installed, left running
    warclaims studio push    the corpus into it
    warclaims studio pull    the work back, merged record by record
    warclaims studio stop
    """


@command.command()
@click.option("--port", type=click.IntRange(1024, 65535), help="Port on this machine.")
def start(port: int | None) -> None:
    """Start Label Studio on this machine; install it first if that was never done.

    It listens on this machine only, sends no telemetry, and goes on running.
    """
    from warclaims.studio.account import ensure_account
    from warclaims.studio.home import home
    from warclaims.studio.server import PORT, start

    place = home()
    server = start(place, port or PORT, lambda words: click.echo(words, err=True))
    account = ensure_account(place)
    click.echo(f"Label Studio runs at {server.url}")
    click.echo(f"log in as {account.login} with the password {account.password}")


@command.command()
def stop() -> None:
    """Stop the server on this machine. What was annotated stays."""
    from warclaims.studio.home import home
    from warclaims.studio.server import stop

    click.echo("stopped" if stop(home()) else "no server was running")


@command.command()
def status() -> None:
    """Say whether the server on this machine runs; exit 1 if it does not."""
    from warclaims.studio.home import home
    from warclaims.studio.server import running

    server = running(home())
    if server is None:
        click.echo("no server runs; start it with: warclaims studio start")
        sys.exit(1)
    click.echo(f"Label Studio runs at {server.url} (process {server.pid})")


@command.command()
@click.argument("documents", nargs=-1, metavar="[DOCUMENT]...")
@_set
@_url
@click.option(
    "--replace-configuration",
    is_flag=True,
    help="Give a project on the server the labelling configuration of this release.",
)
@_project
@_compare
@click.option(
    "--predictions",
    is_flag=True,
    help="Send the annotations as predictions: a task has none until somebody submits one.",
)
@click.option(
    "--annotators",
    type=click.IntRange(1, 100),
    metavar="N",
    help="How many are to annotate each document of the project, each on their own. Default: 1.",
)
@_dry_run
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
    annotators: int | None,
    dry_run: bool,
) -> None:
    """Send documents with their annotations; without DOCUMENT all of the set.

    Safe to repeat: what is there is not sent again, what changed in the corpus gets a new task, and
    a task that somebody has worked on is not touched: pull first.
    """
    from warclaims import corpus as corpora
    from warclaims.errors import InvalidFile
    from warclaims.studio.connection import connect
    from warclaims.studio.home import home
    from warclaims.studio.ledger import Ledger, only_one_for
    from warclaims.studio.projects import (
        COMPARING,
        GUIDE,
        ensure_project,
        find_project,
        require_same_corpus,
        title_of,
    )
    from warclaims.studio.push import push

    if compared and (predictions or annotators):
        raise click.UsageError("--compare goes without --predictions and --annotators")
    if compared and compared[0] == compared[1]:
        raise click.UsageError("--compare takes two sets")
    corpus = corpora.open(corpus_path)
    if compared:
        documents = documents or _in_both(corpus, compared)
    place = home()
    connection = connect(place, url)
    title = title or title_of(corpus, set_name, compared)
    if dry_run and find_project(connection, title) is None:
        what = " and ".join(compared) if compared else set_name
        click.echo(f"would make the project {title!r} with every document of {what}")
        return
    guide = GUIDE
    if compared:
        guide += COMPARING.format(first=escape(compared[0]), second=escape(compared[1]))
    with only_one_for(place, connection.url, title):
        project = ensure_project(
            connection,
            title,
            replace=replace_configuration,
            annotators=annotators,
            guide=guide,
            dry_run=dry_run,
        )
    require_same_corpus(connection, project.id, corpus)
    ledger = Ledger(place, connection.url, project.id)
    refused = 0
    try:
        with ledger.locked():
            for sent in push(
                connection,
                project.id,
                corpus,
                set_name,
                ledger=ledger,
                documents=documents,
                dry_run=dry_run,
                make=_form(compared, predictions=predictions, shared=project.annotators > 1),
            ):
                refused += sent.fate in ("pull first", "twice on the server")
                click.echo(f"{sent.document}  {'would be ' * dry_run}{sent.fate}")
    except InvalidFile as error:
        for finding in error.findings:
            click.echo(finding, err=True)
        click.echo("nothing more was sent; mend these first", err=True)
        sys.exit(1)
    click.echo(f"project: {connection.project_url(project.id)}")
    if compared:
        click.echo(
            f"the differences are marked there; to list them: warclaims agree {' '.join(compared)} "
            "--differences"
        )
    if refused and project.annotators > 1:
        click.echo(
            f"{refused} not sent: somebody has worked on them, and what one of several annotators "
            "did is not taken from the others; they stay as they are",
            err=True,
        )
        sys.exit(1)
    if refused:
        click.echo(
            f"{refused} not sent: somebody has worked on them (pull, then push), or the project "
            "has several tasks of one (pull says which)",
            err=True,
        )
        sys.exit(1)


@command.command()
@_set
@_url
@click.option(
    "--annotator",
    "annotators",
    metavar="EMAIL=ID",
    multiple=True,
    help="The work of this user goes to the pass of this annotator (registry). May be repeated.",
)
@click.option(
    "--ignore",
    "ignored",
    metavar="EMAIL",
    multiple=True,
    help="The work of this user is left on the server. May be repeated.",
)
@_project
@_compare
@click.option(
    "--deciding",
    type=click.Choice(("nobody", "server", "corpus")),
    default="nobody",
    show_default=True,
    help="Whose reading counts where a record was changed on both sides.",
)
@click.option(
    "--allow-empty", is_flag=True, help="Take an emptied document for a wish to remove all of it."
)
@_dry_run
@click.pass_obj
def pull(
    corpus_path: str | None,
    *,
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
    """Bring the work back into the corpus, merged record by record and checked.

    A record that is wrong stays as it is in the corpus, and so does what hangs on it: told with
    the reason and the address of the task. So do records changed on both sides; both readings are
    written into .DOCUMENT.conflict.json beside the file.
    """
    from warclaims import corpus as corpora
    from warclaims.errors import WarclaimsError
    from warclaims.studio.connection import connect
    from warclaims.studio.home import home
    from warclaims.studio.ledger import Ledger
    from warclaims.studio.people import people
    from warclaims.studio.projects import find_project, require_same_corpus, title_of
    from warclaims.studio.pull import pull

    corpus = corpora.open(corpus_path)
    place = home()
    connection = connect(place, url)
    title = title or title_of(corpus, set_name, compared)
    project = find_project(connection, title)
    if project is None:
        raise WarclaimsError(f"the server has no project {title!r}; make it with studio push")
    require_same_corpus(connection, project.id, corpus)
    ledger = Ledger(place, connection.url, project.id)
    who = people(connection, corpus, annotators, ignored)
    wrong = changed = proposed = 0
    with ledger.locked():
        for pulled in pull(
            connection,
            project.id,
            corpus,
            ledger,
            annotators=who,
            deciding=deciding,  # type: ignore[arg-type]
            allow_empty=allow_empty,
            dry_run=dry_run,
        ):
            wrong += _tell(pulled, corpus, dry_run=dry_run)
            proposed += len(pulled.proposals)
            changed += pulled.imported is not None and pulled.imported.is_changed
    if proposed:
        click.echo(
            "enter what is proposed with: warclaims register actor ID --label NAME --type TYPE "
            "(or place, event, side); push then offers it"
        )
    verb = "would change" if dry_run else "changed"
    click.echo(f"{changed} document{'s' * (changed != 1)} {verb}")
    if left := who.left_in_words():
        click.echo(left, err=True)
    if wrong or left:
        sys.exit(1)


def _in_both(corpus: Corpus, compared: tuple[str, str]) -> tuple[str, ...]:
    """The documents that both sets annotate; says which are left out."""
    from warclaims.studio.compare import in_both

    both = in_both(corpus, compared)
    for name in compared:
        alone = [
            document
            for document in corpus.documents
            if document not in both and corpus.layout.annotation_file(name, document).is_file()
        ]
        if alone:
            click.echo(f"note: only {name} has {', '.join(alone)}", err=True)
    return tuple(both)


def _form(
    compared: tuple[str, str] | None, *, predictions: bool, shared: bool
) -> Callable[[Corpus, str, str], dict[str, Any]]:
    """What makes the tasks that are to be sent."""
    from warclaims.labelstudio.files import sound_task
    from warclaims.studio.compare import compared_task, predicted_task, unannotated_task

    if compared:
        return lambda corpus, target, name: compared_task(corpus, compared, target, name)
    if predictions:
        return predicted_task
    return unannotated_task if shared else sound_task


def _tell(pulled: Pulled, corpus: Corpus, *, dry_run: bool) -> bool:
    """Say what came of a document; true if something has to be looked at."""
    from warclaims.commands.changes import lines_of_change

    for finding in pulled.findings:
        click.echo(f"{'warning: ' if finding.is_warning else ''}{finding}", err=True)
    if pulled.drafts:
        click.echo(
            f"{pulled.document}: unsaved work on {pulled.url}, which is not brought back", err=True
        )
    if pulled.imported is None:
        errors = [finding for finding in pulled.findings if not finding.is_warning]
        if errors:
            click.echo(f"{pulled.document}: left out; its task is {pulled.url}", err=True)
        return bool(errors)
    if pulled.imported.is_changed:
        click.echo(f"{pulled.document}{' (not written)' * dry_run}")
        for line in lines_of_change(pulled.imported):
            click.echo(f"  {line}")
    for path in pulled.written:
        click.echo(f"  wrote {corpus.layout.relative(path)}")
    for left_out in pulled.imported.left_out:
        click.echo(f"{pulled.document}: left out: {left_out}: {left_out.reason}", err=True)
    if pulled.imported.left_out:
        click.echo(f"{pulled.document}: mend these at {pulled.url}, then pull again", err=True)
    for conflict in pulled.conflicts:
        click.echo(f"{pulled.document}: {conflict} was changed on both sides", err=True)
    for proposal in pulled.proposals:
        click.echo(
            f"proposed for the registry: {proposal.name} (document {proposal.document}, "
            f"{proposal.layer} {proposal.record}, {proposal.start}–{proposal.end})"
        )
    return bool(pulled.conflicts or pulled.imported.left_out)
