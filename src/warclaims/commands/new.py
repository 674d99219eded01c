"""``warclaims new``."""

from __future__ import annotations

from pathlib import Path

import click

from warclaims.output import echo


@click.command("new")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--annotator",
    metavar="ID",
    default="me",
    show_default=True,
    help="Id of the person who is going to annotate, preferably a pseudonym.",
)
@click.option("--name", metavar="WORDS", help="Name of the annotator. Default: the id.")
@click.option("--title", metavar="WORDS", help="Title of the corpus, by which it is cited.")
@click.option(
    "--author",
    "authors",
    metavar="NAME",
    multiple=True,
    help='Author (repeatable): a person as "Family, Given", or a group.',
)
def command(
    folder: Path, annotator: str, name: str | None, title: str | None, authors: tuple[str, ...]
) -> None:
    """Make an empty corpus in the new or empty folder DIR.

    Its README.md says what to do next: add texts, annotate, validate, build. Its corpus.toml
    describes the corpus: title, authors, licences.
    """
    from warclaims.authoring import new_corpus
    from warclaims.layout import Layout

    for path in new_corpus(folder, annotator, name, title=title, authors=authors):
        echo(f"wrote {path}")
    echo(f"entered {annotator} as the person who annotates; others: warclaims register annotator")
    echo(f"Add a text with: {Layout(folder).command('add FILE')}")
