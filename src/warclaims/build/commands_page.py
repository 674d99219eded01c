"""The blocks ``commands`` and ``environment`` of a page: all help, and all variables."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import click

from warclaims.environment import VARIABLES
from warclaims.markdown import Markdown, code, markdown_table

if TYPE_CHECKING:
    from collections.abc import Iterator

_WIDTH = 100


def commands_block() -> str:
    """The help of the command line, and of each command and subcommand under its own heading."""
    # By name: all that the page needs of the command line, which imports this package, is its help.
    group: click.Group = import_module("warclaims.commands")._root
    return "\n\n".join(_sections(group, click.Context(group, info_name="warclaims")))


def environment_block() -> str:
    """A table of the variables of the environment."""
    rows = [[code(name), Markdown(meaning)] for name, meaning in VARIABLES.items()]
    return markdown_table(["variable", "meaning"], rows)


def _sections(command: click.Command, context: click.Context) -> Iterator[str]:
    context.terminal_width = context.max_content_width = _WIDTH
    if context.parent:
        yield f"## {code(context.command_path)}"
    yield f"```text\n{command.get_help(context).rstrip()}\n```"
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None and not inner.hidden:
                yield from _sections(inner, click.Context(inner, info_name=name, parent=context))
