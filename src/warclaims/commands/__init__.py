"""The command line: one module per command, loaded when it is called.

Exit status: 0 fine, 1 findings, 2 could not run. A user's mistake gives a message, never a
traceback.
"""

from __future__ import annotations

import shlex
import sys
from importlib import import_module
from io import StringIO

import click

from warclaims.commands.extras import how_to_install
from warclaims.errors import WarclaimsError
from warclaims.hints import did_you_mean
from warclaims.output import echo, leave_closed_pipe, prepare_streams

COMMANDS = {
    "add": "add",
    "agree": "agree",
    "build": "build",
    "cite": "cite",
    "claims": "claims",
    "compare": "compare",
    "diff": "diff",
    "export": "export",
    "import": "import_",
    "migrate": "migrate",
    "new": "new",
    "queue": "queue",
    "register": "register",
    "release": "release",
    "report": "report",
    "restore": "restore",
    "score": "score",
    "set": "set",
    "show": "show",
    "studio": "studio",
    "suggest": "suggest",
    "validate": "validate",
}
"""Command name → module of this package, in which the function ``command`` is the command."""

_OLD_NAMES = {"hydrate": "restore"}
"""Earlier names of commands, which still work."""


class _Commands(click.Group):
    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # click would exit with 1, the status for findings
            leave_closed_pipe()

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        known = COMMANDS.keys() | _OLD_NAMES.keys()
        if args and not args[0].startswith("-") and args[0] not in known:
            ctx.fail(f"unknown command {args[0]!r}{did_you_mean(args[0], COMMANDS)}")
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        name = _OLD_NAMES.get(cmd_name, cmd_name)
        if name not in COMMANDS:
            return None
        module = import_module(f"warclaims.commands.{COMMANDS[name]}")
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


def _show_version(ctx: click.Context, option: click.Parameter, is_asked: bool) -> None:
    if is_asked:
        from warclaims import __version__  # reads corpus.toml

        echo(f"warclaims, version {__version__}")
        ctx.exit()


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version and exit.",
)
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
    prepare_streams()
    try:
        status = _root.main(args=arguments, prog_name="warclaims", standalone_mode=False)
        sys.stdout.flush()
        sys.exit(status if isinstance(status, int) else 0)  # ctx.exit(n) comes back as n
    except BrokenPipeError:
        leave_closed_pipe()
    except click.ClickException as error:
        if isinstance(error, click.NoSuchOption) and error.option_name == "--corpus":
            given = sys.argv[1:] if arguments is None else arguments
            hint = f"--corpus comes before the command: {_with_corpus_first(given)}"
            error = click.UsageError(hint, error.ctx)
        shown = StringIO()
        error.show(shown)
        echo(shown.getvalue().removesuffix("\n"), err=True)
        sys.exit(2)
    except click.Abort:
        sys.exit(130)
    except ModuleNotFoundError as error:
        command = how_to_install(error)
        if command is None:
            raise
        message = f"this command needs {error.name}, which is not installed. Install it: {command}"
        echo(f"error: {message}", err=True)
        sys.exit(2)
    except (WarclaimsError, OSError) as error:
        echo(f"error: {_in_words(error)}", err=True)
        sys.exit(2)


def _with_corpus_first(arguments: list[str]) -> str:
    """The command line with ``--corpus`` where it belongs.

    >>> _with_corpus_first(["validate", "--corpus", "my wars", "a.json"])
    "warclaims --corpus 'my wars' validate a.json"
    """
    at = next(n for n, word in enumerate(arguments) if word.partition("=")[0] == "--corpus")
    option, rest = arguments[at : at + 1], arguments[at + 1 :]
    if "=" not in option[0]:
        option, rest = [*option, *(rest[:1] or ["DIR"])], rest[1:]
    return f"warclaims {shlex.join([*option, *arguments[:at], *rest])}"


def _in_words(error: WarclaimsError | OSError) -> str:
    """An error as a sentence, without the system's error number."""
    if isinstance(error, WarclaimsError):
        return str(error)
    what = error.strerror or str(error)
    return f"{error.filename}: {what[0].lower()}{what[1:]}" if error.filename else what
