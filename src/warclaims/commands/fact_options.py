"""Options that state facts about a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable

_OPTIONS = (
    click.option("--language", metavar="TAG", help="Language of the text, such as en."),
    click.option("--outlet", metavar="NAME", help="Who published it."),
    click.option("--date", metavar="DATE", help="When: 2023-09-19, 2023-09 or 2023."),
    click.option("--original-language", metavar="TAG", help="Language it was written in."),
    click.option("--rights-holder", metavar="NAME", help="Who holds the rights in the text."),
    click.option(
        "--translation/--no-translation", default=None, help="Whether it is a translation."
    ),
    click.option("--source", metavar="WORDS", help="Where this is known from, such as an address."),
)


def fact_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Options for the facts of :class:`.StatedFacts`, but for id and title."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
