"""``warclaims queue``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from warclaims.commands.options import format_option, set_option
from warclaims.layout import GOLD
from warclaims.output import echo, echo_json, print_table

if TYPE_CHECKING:
    from warclaims.corpus import Corpus


@click.command("queue")
@click.option(
    "--records",
    type=click.IntRange(min=1),
    default=75,
    show_default=True,
    help="How many records to list; 75 take about an evening.",
)
@click.option("--documents", is_flag=True, help="List the documents in order of worth instead.")
@set_option("For --documents: the set to annotate.")
@click.option(
    "--compare",
    "compared",
    nargs=2,
    metavar="A B",
    help="For --documents: two sets; on how much they differ counts, too.",
)
@format_option("table", "json")
@click.pass_obj
def command(
    corpus_path: str | None,
    *,
    records: int,
    documents: bool,
    set_name: str,
    compared: tuple[str, str] | None,
    form: str,
) -> None:
    """List the records of gold, or the documents, that a person should look at first, and why.

    First records with other readings, then challenged ones (annotations/challenges.jsonl), then
    casualties, then the attributions that say on whose word they are, then accusations. To decide
    them in Label Studio, in a pass of your own:

    \b
    warclaims register annotator YOURID
    warclaims studio push --queue 75 --set YOURID
    warclaims studio pull --set YOURID
    warclaims agree gold YOURID --differences

    With --documents: first documents of which nothing is annotated, then those with most warnings
    about words without a record, then those on which two sets differ most, then those with most
    records that have other readings or are challenged. To send the first ten to be annotated:

    \b
    warclaims queue --documents
    warclaims studio push --queue 10
    """
    from warclaims import corpus as corpora

    corpus = corpora.open(corpus_path)
    if documents:
        _documents(corpus, set_name, compared, form)
        return
    if compared or set_name != GOLD:
        raise click.UsageError("--set and --compare need --documents; records are those of gold")
    from warclaims.derive.worth import records_by_worth

    found = records_by_worth(corpus.bundles(), corpus.challenges())
    listed = found[:records]
    if form == "json":
        echo_json([one._asdict() for one in listed])
        return
    rows = [(f"{one.document}:{one.record}", one.layer, one.words, one.question) for one in listed]
    print_table(("record", "layer", "words", "question"), rows)
    echo(f"{len(listed)} of {len(found)} records in question")
    if not found:
        echo(f"For documents to annotate: {corpus.layout.command('queue --documents')}")


def _documents(corpus: Corpus, set_name: str, compared: tuple[str, str] | None, form: str) -> None:
    """List the documents."""
    from warclaims.authoring.document_queue import documents_by_worth

    found = documents_by_worth(corpus, set_name, compared)
    if form == "json":
        echo_json([one._asdict() for one in found])
        return
    columns = {
        "document": "document",
        "is_annotated": "annotated",
        "unrecorded": "warnings without a record",
        "differences": f"differences of {' and '.join(compared or ())}",
        "open_records": "open records",
    }
    if not compared:
        del columns["differences"]
    shown = (
        {**one._asdict(), "is_annotated": "yes" if one.is_annotated else "no"} for one in found
    )
    rows = [[cells[name] for name in columns] for cells in shown]
    print_table(list(columns.values()), rows)
