"""``warclaims set``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from warclaims.commands.fact_options import fact_options
from warclaims.output import echo

if TYPE_CHECKING:
    from warclaims.corpus import Corpus


@click.command("set")
@click.argument("document", metavar="ID")
@fact_options
@click.option("--id", "new", metavar="NEW", help="The new id.")
@click.option("--dry-run", is_flag=True, help="Only list what would change.")
@click.pass_obj
def command(
    corpus_path: str | None, /, *, document: str, new: str | None, dry_run: bool, **stated: Any
) -> None:
    """State facts about the document ID, or give it another id.

    An empty fact (--outlet "") is no longer stated. With another id, its annotations in all sets
    and its adjudication decisions are changed too, and its text file is renamed if it is named
    after the document. All files are written, or none.
    """
    from warclaims import corpus as corpora
    from warclaims.authoring import StatedFacts, describe_document

    facts = {name: value for name, value in stated.items() if value is not None}
    if new is not None and facts:
        raise click.UsageError("--id cannot be combined with facts. Run set twice")
    if new is None and not facts.keys() - {"source"}:
        raise click.UsageError("state a fact, such as --outlet NAME, or give a new id with --id")
    corpus = corpora.open(corpus_path)
    corpora.require_own(corpus)
    if new is None:
        lines = describe_document(corpus, document, StatedFacts(**facts), dry_run=dry_run)
        for line in lines:
            echo(f"{'would be ' * dry_run}changed: {line}")
        if not lines:
            echo("nothing has changed")
    else:
        _rename(corpus, document, new, dry_run=dry_run)
    if not dry_run:
        echo(f"Now run: {corpus.layout.command('build')}")


def _rename(corpus: Corpus, document: str, new: str, *, dry_run: bool) -> None:
    from warclaims.authoring import rename_document

    found = rename_document(corpus, document, new, dry_run=dry_run)
    would = "would be " if dry_run else ""
    for before, after in found.moved.items():
        echo(f"{would}renamed: {before} → {after}")
    for name in found.changed:
        echo(f"{would}changed: {name}")
    if found.mentions:
        echo(f"not changed: {document} in free text of {', '.join(found.mentions)}")
    if found.unread:
        echo(f"not searched: {', '.join(found.unread)}", err=True)
    echo(
        f"If {document} is in a Label Studio project, it stays there under its old id: pull before "
        "you rename, and push afterwards."
    )
