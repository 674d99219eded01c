"""The command line: one module a command, loaded when it is called.

Exit status: 0 fine, 1 findings, 2 could not run. A user's mistake ends in a message, never in a
traceback.
"""

from __future__ import annotations

import sys
from importlib import import_module
from io import TextIOWrapper

import click

from warclaims import __version__

COMMANDS = {
    "add": "add",
    "agree": "agree",
    "build": "build",
    "cite": "cite",
    "claims": "claims",
    "diff": "diff",
    "export": "export",
    "hydrate": "hydrate",
    "import": "import_",
    "migrate": "migrate",
    "new": "new",
    "register": "register",
    "release": "release",
    "report": "report",
    "show": "show",
    "studio": "studio",
    "validate": "validate",
}
"""Command name → module of this package, in which the function ``command`` is the command."""


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"warclaims.commands.{COMMANDS[cmd_name]}")
        command: click.Command = module.command
        _restore_help(command)
        return command


def _restore_help(command: click.Command) -> None:
    """Give a command and its subcommands the help that ``python -OO`` drops."""
    if not command.help and command.callback is not None:
        from warclaims.docstrings import docstring

        command.help = docstring(command.callback)
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            _restore_help(inner)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="warclaims")
@click.option(
    "--corpus",
    "corpus_path",
    metavar="DIR",
    type=click.Path(file_okay=False),
    help="Corpus directory to work on. Default: the shipped corpus.",
)
@click.pass_context
def _root(ctx: click.Context, corpus_path: str | None) -> None:
    """Who says how many died, where, and on whose word."""
    ctx.obj = corpus_path


_restore_help(_root)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal that has no “ or ✗ shows ? instead
            stream.reconfigure(errors="replace")
    try:
        status = _root.main(args=arguments, prog_name="warclaims", standalone_mode=False)
        sys.exit(status if isinstance(status, int) else 0)  # ctx.exit(n) comes back as n
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.Abort:
        sys.exit(130)
    except Exception as error:
        from warclaims.errors import WarclaimsError

        if not isinstance(error, WarclaimsError | OSError):
            raise
        click.echo(f"error: {error}", err=True)
        sys.exit(2)
