"""``warclaims compare``."""

from __future__ import annotations

import click

from warclaims.output import echo, echo_json


@click.command("compare")
@click.option("--event", metavar="EVENT", help="Only this event and its parts.")
@click.option("--set", "set_name", metavar="SET", default="gold", help="Default: gold.")
@click.option("--disagreements", is_flag=True, help="Only what sources disagree on.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print. JSON also has the accounts.",
)
@click.pass_obj
def command(
    corpus_path: str | None, event: str | None, set_name: str, *, disagreements: bool, form: str
) -> None:
    """Show what sources agree and disagree on.

    What one source says in one text about one outcome of an event is an account. For each respect
    (how many, who, cause …) accounts that can all be true together are one position. Two positions
    are a disagreement, shown once however many outlets repeat it.

    \b
    Example: warclaims compare --event mine-explosions-2023
    """
    from warclaims.api import compare
    from warclaims.commands.compare_view import print_comparisons
    from warclaims.corpus import open as open_corpus
    from warclaims.corpus.canonical import to_plain
    from warclaims.records import ComparisonKind

    corpus = open_corpus(corpus_path)
    found = compare(corpus, set_name, event)
    if disagreements:
        wanted = (ComparisonKind.DISAGREEMENT, ComparisonKind.DIFFERENT_KINDS)
        rows = tuple(row for row in found.comparisons if row.kind in wanted)
        found = found.model_copy(update={"comparisons": rows})
    if form == "json":
        echo_json(to_plain(found))
    elif not found.comparisons and not found.accounts:
        echo("No counts to compare. Link casualties to events.")
    else:
        print_comparisons(found, corpus.registries.events)
