"""``warclaims register``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from warclaims.output import echo


@click.command("register")
@click.argument(
    "kind",
    metavar="KIND",
    type=click.Choice(("actor", "place", "event", "side", "annotator")),
)
@click.argument("id", metavar="ID")
@click.option("--label", metavar="NAME", help="Name shown. Default: the id.")
@click.option("--type", metavar="TYPE", help="Type; needed for an actor or a place.")
@click.option("--description", metavar="WORDS", help="What is meant; needed for an event.")
@click.option("--basis", metavar="WORDS", help="Words of a text with its id, that show it.")
@click.option("--source", metavar="WORDS", help="What else says so, such as an address on the web.")
@click.option("--start", metavar="DATE", help="When an event began: 2023-09-19, 2023-09 or 2023.")
@click.option("--end", metavar="DATE", help="When it ended.")
@click.option("--side", metavar="ID", help="The side of an actor, as registered.")
@click.option("--parent", metavar="ID", help="What it is part of: an entry of the same kind.")
@click.pass_obj
def command(corpus_path: str | None, /, kind: str, id: str, **stated: Any) -> None:
    """Enter an actor, place, event, side or annotator in its registry.

    KIND is actor, place, event, side or annotator. What was proposed while annotating becomes an
    entry so; push then offers it in Label Studio. Everything else that an entry can hold, such as
    the names in use, is written into its file. An annotator is a person unless --type says
    language_model or program.
    """
    from warclaims import corpus as corpora
    from warclaims.authoring import register

    corpus = corpora.open(corpus_path)
    corpora.require_own(corpus)
    file = register(corpus, kind, id, **stated)
    here, there = Path.cwd(), Path(file).resolve()
    shown = there.relative_to(here) if there.is_relative_to(here) else there
    echo(f"entered {id} in {shown}")
    if kind == "annotator" and stated["type"] is None:
        echo("note: entered as a person; otherwise --type language_model or program", err=True)
