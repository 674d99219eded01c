"""The options of ``claims`` and ``compare`` that select."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from warclaims.limits import limit_help

if TYPE_CHECKING:
    from collections.abc import Callable


def limit_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command an option for each limit."""
    for name, (words, metavar) in reversed(limit_help().items()):
        option = "--" + name.replace("_", "-")
        shown = f"Only {words[0].lower() if words[1].islower() else words[0]}{words[1:]}"
        command = click.option(option, name, metavar=metavar, is_flag=metavar is None, help=shown)(
            command
        )
    return command


def named_limits() -> list[str]:
    """The options whose values are names that can be listed."""
    found = [name for name, one in limit_help().items() if one.metavar not in (None, "DATE")]
    return [name.replace("_", "-") for name in found]
