"""``warclaims studio``: Label Studio with the corpus in it, and the work back."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
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
@_dry_run
@click.pass_obj
def push(
    corpus_path: str | None,
    *,
    documents: tuple[str, ...],
    set_name: str,
    url: str | None,
    replace_configuration: bool,
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
    from warclaims.studio.projects import ensure_project, find_project, title_of
    from warclaims.studio.push import push

    corpus = corpora.open(corpus_path)
    place = home()
    connection = connect(place, url)
    title = title_of(corpus, set_name)
    if dry_run and find_project(connection, title) is None:
        click.echo(f"would make the project {title!r} with every document of {set_name}")
        return
    with only_one_for(place, connection.url, title):
        project = ensure_project(connection, title, replace=replace_configuration)
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
            ):
                refused += sent.fate in ("pull first", "twice on the server")
                click.echo(f"{sent.document}  {'would be ' * dry_run}{sent.fate}")
    except InvalidFile as error:
        for finding in error.findings:
            click.echo(finding, err=True)
        click.echo("nothing more was sent; mend these first", err=True)
        sys.exit(1)
    click.echo(f"project: {connection.project_url(project.id)}")
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
    deciding: str,
    allow_empty: bool,
    dry_run: bool,
) -> None:
    """Bring the work back into the corpus, merged record by record and checked.

    A document in which something is wrong is left out, with the reason and the address of its
    task. Records changed on both sides stay as they are in the corpus; both readings are written
    into .DOCUMENT.conflict.json beside the file.
    """
    from warclaims import corpus as corpora
    from warclaims.errors import WarclaimsError
    from warclaims.studio.connection import connect
    from warclaims.studio.home import home
    from warclaims.studio.ledger import Ledger
    from warclaims.studio.people import users_by_id
    from warclaims.studio.projects import find_project, title_of
    from warclaims.studio.pull import pull

    corpus = corpora.open(corpus_path)
    place = home()
    connection = connect(place, url)
    title = title_of(corpus, set_name)
    project = find_project(connection, title)
    if project is None:
        raise WarclaimsError(f"the server has no project {title!r}; make it with studio push")
    ledger = Ledger(place, connection.url, project.id)
    people = users_by_id(connection, annotators) if annotators else None
    wrong = changed = 0
    with ledger.locked():
        for pulled in pull(
            connection,
            project.id,
            corpus,
            ledger,
            annotators=people,
            deciding=deciding,  # type: ignore[arg-type]
            allow_empty=allow_empty,
            dry_run=dry_run,
        ):
            wrong += _tell(pulled, corpus, dry_run=dry_run)
            changed += pulled.imported is not None and pulled.imported.is_changed
    verb = "would change" if dry_run else "changed"
    click.echo(f"{changed} document{'s' * (changed != 1)} {verb}")
    if wrong:
        sys.exit(1)


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
    for conflict in pulled.conflicts:
        click.echo(f"{pulled.document}: {conflict} was changed on both sides", err=True)
    for proposal in pulled.proposals:
        click.echo(
            f"proposed for the registry: {proposal.name} (document {proposal.document}, "
            f"{proposal.layer} {proposal.record}, {proposal.start}–{proposal.end})"
        )
    return bool(pulled.conflicts)
