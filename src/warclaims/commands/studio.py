"""``warclaims studio``: Label Studio with the corpus in it, and the work back."""

from __future__ import annotations

import sys

import click

from warclaims.commands.studio_work import pull, push
from warclaims.output import echo


@click.group("studio")
def command() -> None:
    """Annotate in Label Studio, and bring the work back.

    \b
    warclaims studio start   start a server on this machine, and install it the first time
    warclaims studio push    send the corpus to it
    warclaims studio pull    bring the work back, merged record by record
    warclaims studio stop    stop the server
    """


@command.command()
@click.option(
    "--port", type=click.IntRange(1024, 65535), help="Port on this machine. Default: 8913."
)
def start(port: int | None) -> None:
    """Start Label Studio on this machine; install it first if that was never done.

    It listens on this machine only, sends no telemetry, and goes on running.
    """
    from warclaims.studio.home import ensure_account, home
    from warclaims.studio.server import start

    place = home()
    server = start(place, port, lambda words: echo(words, err=True))
    account = ensure_account(place)
    echo(f"Label Studio runs at {server.url}")
    echo(f"log in as {account.login} with the password {account.password}")


@command.command()
def stop() -> None:
    """Stop the server on this machine. What was annotated stays."""
    from warclaims.studio.home import home
    from warclaims.studio.server import stop

    echo("stopped" if stop(home()) else "no server was running")


@command.command()
def status() -> None:
    """Show whether the server on this machine runs; exit 1 if it does not."""
    from warclaims.studio.home import home
    from warclaims.studio.server import running

    server = running(home())
    if server is None:
        echo("no server runs; start it with: warclaims studio start")
        sys.exit(1)
    echo(f"Label Studio runs at {server.url} (process {server.pid})")


command.add_command(push)
command.add_command(pull)
