"""``warclaims cite``."""

from __future__ import annotations

import click

from warclaims.output import echo


@click.command("cite")
@click.argument("style", default="bibtex", metavar="[bibtex|apa|cff|csl-json]")
def command(style: str) -> None:
    """Say how to cite this version of the corpus."""
    from warclaims.citation import cite

    echo(cite(style))
