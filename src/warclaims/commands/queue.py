"""``warclaims queue``."""

from __future__ import annotations

import click

from warclaims.commands.options import format_option
from warclaims.output import echo, echo_json, table_console


@click.command("queue")
@click.option(
    "--records",
    type=click.IntRange(min=1),
    default=75,
    show_default=True,
    help="How many records to list; 75 take about an evening.",
)
@format_option("table", "json")
@click.pass_obj
def command(corpus_path: str | None, *, records: int, form: str) -> None:
    """List the records of gold that a person should look at first, and why.

    First records with other readings, then challenged ones (annotations/challenges.jsonl), then
    casualties, then the attributions that say on whose word they are, then accusations. To decide
    them in Label Studio, in a pass of your own:

    \b
    warclaims register annotator YOURID
    warclaims studio push --queue 75 --set YOURID
    warclaims studio pull --set YOURID
    warclaims agree gold YOURID --differences
    """
    from rich.markup import escape
    from rich.table import Table

    from warclaims import corpus as corpora
    from warclaims.derive.worth import records_by_worth

    corpus = corpora.open(corpus_path)
    found = records_by_worth(corpus.bundles(), corpus.challenges())
    listed = found[:records]
    if form == "json":
        echo_json([one._asdict() for one in listed])
        return
    table = Table("record", "layer", "words", "question")
    for one in listed:
        cells = (f"{one.document}:{one.record}", one.layer, one.words, one.question)
        table.add_row(*map(escape, cells))
    table_console().print(table)
    echo(f"{len(listed)} of {len(found)} records in question")
