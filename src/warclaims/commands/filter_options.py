"""The options of ``claims`` and ``compare`` that select."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from warclaims.claim_filters import filter_help
from warclaims.commands.known_choice import KnownChoice
from warclaims.layout import PREDICTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from warclaims.corpus import Corpus


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command an option for each filter."""
    for name, (words, metavar) in reversed(filter_help().items()):
        option = "--" + name.replace("_", "-")
        shown = f"Only {words[0].lower() if words[1].islower() else words[0]}{words[1:]}"
        command = click.option(option, name, metavar=metavar, is_flag=metavar is None, help=shown)(
            command
        )
    return command


def filter_names() -> list[str]:
    """The options whose values are names that can be listed."""
    found = [name for name, one in filter_help().items() if one.metavar not in (None, "DATE")]
    return [name.replace("_", "-") for name in found]


def list_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the option that lists the values of a filter, as ``listed_filter``."""
    return click.option(
        "--list",
        "listed_filter",
        type=KnownChoice(filter_names()),
        help="List what this option accepts instead, with the number of claims.",
    )(command)


def list_values(
    name: str,
    corpus_path: str | None,
    set_name: str,
    options: Mapping[str, Any],
    *,
    is_table: bool = True,
) -> None:
    """Print what a filter accepts.

    Raises:
        UsageError: other options are given, which would have no effect.
    """
    if any(options.values()) or not is_table:
        raise click.UsageError("--list cannot be combined with other options, except --set")
    from warclaims import api
    from warclaims.commands.claims_view import print_values
    from warclaims.corpus import open as open_corpus
    from warclaims.derive.filters import outlets_of

    corpus = open_corpus(corpus_path)
    claims, outlets = api.claims(corpus, set_name=set_name), outlets_of(corpus.documents.values())
    print_values(name, claims, corpus.registries, outlets)


def no_match(corpus: Corpus, set_name: str, filters: Mapping[str, Any]) -> str:
    """Why no claim meets all filters: there is none, none meets one of them, or all together."""
    from warclaims import api

    given = {name: value for name, value in filters.items() if value}
    if not api.claims(corpus, set_name=set_name):
        suggested = [] if set_name.startswith(PREDICTIONS) else corpus.layout.predicted_sets()
        hint = f" For suggestions: --set {' or '.join(suggested)}" if suggested else ""
        return f"No casualty has been annotated yet.{hint}"
    alone = [
        name for name in given if not api.claims(corpus, set_name=set_name, **{name: given[name]})
    ]
    if alone == ["event"]:
        return "No counts of this event or its parts."
    options = [_option(name, given[name]) for name in alone or given]
    if alone:
        return f"No counts match {', and none match '.join(options)}."
    return f"No counts match {' and '.join(options)} together; each alone has some."


def _option(name: str, value: Any) -> str:
    option = "--" + name.replace("_", "-")
    return option if value is True else f"{option} {value}"
