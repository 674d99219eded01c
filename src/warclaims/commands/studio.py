"""``warclaims studio``: annotate the corpus in Label Studio."""

from __future__ import annotations

import sys

import click

from warclaims.commands.studio_pull import pull
from warclaims.commands.studio_push import push
from warclaims.output import echo


@click.group("studio")
def command() -> None:
    """Annotate the corpus in Label Studio.

    \b
    warclaims studio start   start a server on this machine, and install it the first time
    warclaims studio push    send documents to it
    warclaims studio pull    merge the work on them into the corpus
    warclaims studio stop    stop the server
    """


@command.command()
@click.option(
    "--port", type=click.IntRange(1024, 65535), help="Port on this machine. Default: 8913."
)
def start(port: int | None) -> None:
    """Start Label Studio on this machine; install it the first time.

    It can be reached from this machine only, sends no telemetry, and runs until it is stopped.
    """
    from warclaims.studio.home import ensure_account, home
    from warclaims.studio.server import start

    place = home()
    server = start(place, port, lambda words: echo(words, err=True))
    account = ensure_account(place)
    echo(f"Label Studio is running at {server.url}")
    echo(f"log in as {account.login} with the password {account.password}")


@command.command()
def stop() -> None:
    """Stop the server on this machine. The annotations in it are kept."""
    from warclaims.studio.home import home
    from warclaims.studio.server import stop

    echo("stopped" if stop(home()) else "no server was running")


@command.command()
def status() -> None:
    """Show whether the server on this machine is running; exit 1 if it is not."""
    from warclaims.studio.home import home
    from warclaims.studio.server import running

    server = running(home())
    if server is None:
        echo("no server is running; start it with: warclaims studio start")
        sys.exit(1)
    echo(f"Label Studio is running at {server.url} (process {server.pid})")


command.add_command(push)
command.add_command(pull)
