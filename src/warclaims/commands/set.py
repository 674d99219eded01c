"""``warclaims set``."""

from __future__ import annotations

import click

from warclaims.output import echo


@click.command("set")
@click.argument("document", metavar="ID")
@click.option("--id", "new", metavar="NEW", required=True, help="The new id.")
@click.option("--dry-run", is_flag=True, help="Only list what would change.")
@click.pass_obj
def command(corpus_path: str | None, /, *, document: str, new: str, dry_run: bool) -> None:
    """Give the document ID another id.

    Its annotations in all sets and its adjudication decisions are changed too, and its text file is
    renamed if it is named after the document. All files are written, or none.

    \b
    Example:
      warclaims --corpus . set five-killed-in-dorn --id dorn-1
    """
    from warclaims import corpus as corpora
    from warclaims.authoring import rename_document

    corpus = corpora.open(corpus_path)
    corpora.require_own(corpus)
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
    if not dry_run:
        echo(f"Now run: {corpus.layout.command('build')}")
