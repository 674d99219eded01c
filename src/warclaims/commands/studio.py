"""``warclaims studio``: annotate the corpus in Label Studio."""

from __future__ import annotations

import sys

import click

from warclaims.commands.help_lists import StepGroup
from warclaims.commands.studio_pull import pull
from warclaims.commands.studio_push import push
from warclaims.files import is_there
from warclaims.output import echo, note


@click.group("studio", cls=StepGroup)
def command() -> None:
    """Annotate the corpus in Label Studio."""


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
    server = start(place, port, note)
    account = ensure_account(place)
    echo(f"Label Studio is running at {server.url}")
    echo(f"log in as {account.login} with the password {account.password}")


command.add_command(push)
command.add_command(pull)


@command.command()
def status() -> None:
    """Show the server on this machine, its folders, and how to back them up.

    Exit status 1 if the server is not running.
    """
    from warclaims.studio.home import home
    from warclaims.studio.server import running

    place = home()
    server = running(place)
    if server is None:
        echo("no server is running; start it with: warclaims studio start")
    else:
        echo(f"Label Studio is running at {server.url} (process {server.pid})")
    echo(f"home:     {place.root}")
    echo(f"database: {place.database}{'' if is_there(place.database) else ' (not made yet)'}")
    echo(f"log:      {place.log}")
    echo(f"back up:  warclaims studio stop, then copy the folder {place.root}")
    if server is None:
        sys.exit(1)


@command.command()
def stop() -> None:
    """Stop the server on this machine. The annotations in it are kept."""
    from warclaims.studio.home import home
    from warclaims.studio.server import stop

    echo("stopped" if stop(home()) else "no server was running")
