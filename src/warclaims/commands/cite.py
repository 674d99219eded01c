"""``warclaims cite``."""

from __future__ import annotations

import click

from warclaims.output import echo


@click.command("cite")
@click.argument("style", default="bibtex", metavar="[bibtex|apa|cff|csl-json]")
@click.pass_obj
def command(corpus_path: str | None, style: str) -> None:
    """Show how to cite this version of the corpus, as its corpus.toml describes it."""
    from warclaims.citation import cite

    echo(cite(style, corpus_path))
