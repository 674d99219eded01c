"""``warclaims compare``."""

from __future__ import annotations

from typing import Any

import click

from warclaims.commands.limit_options import limit_options
from warclaims.output import echo, echo_json


@click.command("compare")
@limit_options
@click.option("--set", "set_name", metavar="SET", default="gold", help="Default: gold.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "csv", "json"]),
    default="text",
    show_default=True,
    help="How to print. csv: one line per position. json: also the accounts.",
)
@click.pass_obj
def command(corpus_path: str | None, /, set_name: str, *, form: str, **limits: Any) -> None:
    """Show what sources agree and disagree on.

    First a summary of each event; then, for each respect (how many, who, cause …), the positions:
    what can be true together is one position, however many outlets repeat it. Two positions are a
    disagreement, never a judgement that one is false. Then the counts in their sentences, and what
    is compared with nothing. References such as 004:c6 are text and record: warclaims show 004.

    With limits, comparisons are shown in which a count that meets them takes part.

    \b
    Example: warclaims compare --event mine-explosions-2023
    """
    from warclaims import api
    from warclaims.corpus import open as open_corpus

    corpus = open_corpus(corpus_path)
    found = api.compare(corpus, set_name, **limits)
    is_limited = any(value for name, value in limits.items() if name != "event")
    is_empty = not found.accounts and (limits["event"] or not found.unlinked)
    if form == "json":
        from warclaims.corpus.canonical import to_plain

        echo_json(to_plain(found))
    elif form == "csv":
        from warclaims.formats.csv.comparisons import comparisons_csv
        from warclaims.output import echo_data

        echo_data(comparisons_csv(found))
    elif found.comparisons or not (is_limited or is_empty):
        from warclaims.commands.compare_view import print_comparisons

        claims = api.claims(corpus, set_name=set_name)
        print_comparisons(found, claims, corpus.registries, is_limited=is_limited)
    elif is_limited:
        echo("No comparisons match. Remove a filter.")
    elif limits["event"]:
        echo("No counts of this event or its parts.")
    else:
        echo("No counts to compare. Link casualties to events.")
