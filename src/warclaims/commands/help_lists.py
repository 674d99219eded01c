"""Lists of commands in help, each with its whole summary."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 200
"""Characters of a summary; click cuts it off at 45."""


def write_commands(
    group: click.Group,
    ctx: click.Context,
    formatter: click.HelpFormatter,
    title: str,
    names: Iterable[str],
) -> None:
    """Write a section of help that lists commands of a group."""
    commands = {name: group.get_command(ctx, name) for name in names}
    with formatter.section(title):
        formatter.write_dl(
            [(name, one.get_short_help_str(_LONGEST)) for name, one in commands.items() if one]
        )


class StepGroup(click.Group):
    """A group of commands that help lists in the order in which they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands in the order in which they were added."""
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the section of help that lists them."""
        write_commands(self, ctx, formatter, "Commands", self.list_commands(ctx))
