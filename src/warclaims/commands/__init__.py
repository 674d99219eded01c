"""The command line: one module per command, loaded when it is called.

Exit status: 0 fine, 1 findings, 2 could not run. A user's mistake gives a message, never a
traceback.
"""

from __future__ import annotations

import shlex
import sys
from importlib import import_module
from inspect import cleandoc
from io import StringIO

import click
from click.shell_completion import get_completion_class

from warclaims.commands.extras import how_to_install
from warclaims.commands.help_lists import write_commands
from warclaims.commands.known_choice import KnownChoice
from warclaims.errors import WarclaimsError
from warclaims.hints import did_you_mean
from warclaims.output import be_quiet, echo, leave_closed_pipe, note, prepare_streams

GROUPS: dict[str, dict[str, str]] = {
    "Make a corpus": {
        "new": "new wars --title 'Wars of 2024'",
        "add": "add blast.txt --outlet 'Dorn Daily' --date 2024-05-06",
        "set": "set 003 --outlet 'El País'",
        "register": "register place dorn --type city --label Dorn",
    },
    "Annotate": {
        "suggest": "suggest --with rules",
        "studio": "studio start",
        "queue": "queue --documents",
        "agree": "agree a b --differences",
        "score": "score rules",
    },
    "Check": {
        "validate": "validate --errors-only",
        "build": "build --check",
        "diff": "diff HEAD~1 HEAD --summary",
        "migrate": "migrate --check",
    },
    "Compare": {
        "show": "show 000 --layer casualties",
        "claims": "claims --event war-2020 --outcome killed",
        "compare": "compare --event war-2020",
        "report": "report --out report",
    },
    "Exchange": {
        "import": "import brat folder",
        "export": "export csv --out claims.csv",
        "restore": "restore textfree --texts copies --out restored",
    },
    "Publish": {
        "cite": "cite bibtex",
        "release": "release --check",
    },
}
"""Group of commands → its commands, each with an example, in the order of ``--help``."""

COMMANDS = {
    name: "import_" if name == "import" else name for group in GROUPS.values() for name in group
}
"""Command name → module of this package, in which the function ``command`` is the command."""

_OLD_NAMES = {"hydrate": "restore"}
"""Earlier names of commands, which still work."""

_ELSEWHERE = {
    **{name: f"studio {name}" for name in ("start", "push", "pull", "status", "stop")},
    **{"help": "--help", "version": "--version", "list": "show"},
    **{"rename": "set", "edit": "set", "init": "new", "create": "new"},
}
"""What people call commands → what does it."""


class _Commands(click.Group):
    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # click would exit with 1, the status for findings
            leave_closed_pipe()

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, examples in GROUPS.items():
            write_commands(self, ctx, formatter, title, examples)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        known = COMMANDS.keys() | _OLD_NAMES.keys()
        if args and not args[0].startswith("-") and args[0] not in known:
            hint = _ELSEWHERE.get(args[0])
            meant = f"; did you mean {hint!r}?" if hint else did_you_mean(args[0], COMMANDS)
            ctx.fail(f"unknown command {args[0]!r}{meant}")
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        name = _OLD_NAMES.get(cmd_name, cmd_name)
        if name not in COMMANDS:
            return None
        module = import_module(f"warclaims.commands.{COMMANDS[name]}")
        command: click.Command = module.command
        _restore_help(command)
        example = next(group[name] for group in GROUPS.values() if name in group)
        _add_example(command, example)
        return command


def _restore_help(command: click.Command) -> None:
    """Give a command and its subcommands the help that ``python -OO`` drops."""
    if not command.help and command.callback is not None:
        from warclaims.docstrings import docstring

        command.help = docstring(command.callback)
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            _restore_help(inner)


def _add_example(command: click.Command, example: str) -> None:
    """End the help of a command with an example, once."""
    shown = f"\b\nExample:\n  warclaims {example}"
    if command.help is not None and shown not in command.help:
        command.help = f"{cleandoc(command.help)}\n\n{shown}"


def _print_completion(ctx: click.Context, param: click.Parameter, shell: str | None) -> None:
    """Print the script with which a shell completes the command line."""
    if shell is not None and (found := get_completion_class(shell)) is not None:
        echo(found(ctx.command, {}, "warclaims", "_WARCLAIMS_COMPLETE").source(), is_clean=True)
        ctx.exit()


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
    help="Corpus directory to work on. Default: the one that the current folder is in, known by "
    "its corpus.toml, or else the shipped corpus.",
)
@click.option("--quiet", "-q", is_flag=True, help="Print results and errors, no notes or progress.")
@click.option(
    "--completion",
    type=KnownChoice(("bash", "zsh", "fish")),
    expose_value=False,
    is_eager=True,
    callback=_print_completion,
    help="Print what makes a shell complete commands, options and values. For bash, add to "
    '~/.bashrc: eval "$(warclaims --completion bash)".',
)
@click.pass_context
def _root(ctx: click.Context, corpus_path: str | None, quiet: bool) -> None:
    """Who says how many died, where, and on whose word."""
    from warclaims.layout import corpus_around

    be_quiet(quiet=quiet)
    found = None if corpus_path else corpus_around()
    if found is not None:
        note(f"note: the corpus is {found}")
    ctx.obj = corpus_path or (found and str(found))


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
        checkout = command.replace("warclaims[", ".[")
        message = (
            f"this command needs {error.name}, which is not installed. Install it: {command}; in a "
            f"checkout of WarClaims: {checkout}"
        )
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
