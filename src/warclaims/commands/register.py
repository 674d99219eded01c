"""``warclaims register``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from warclaims.commands.known_choice import KnownChoice
from warclaims.output import echo, note


@click.command("register")
@click.argument(
    "kind",
    metavar="KIND",
    type=KnownChoice(("actor", "place", "event", "side", "annotator")),
)
@click.argument("id", metavar="ID")
@click.option("--label", metavar="NAME", help="Name shown. Default: the id.")
@click.option(
    "--type", metavar="TYPE", help="Type; needed for an actor or a place, optional for an event."
)
@click.option("--description", metavar="WORDS", help="What it is; needed for an event.")
@click.option("--basis", metavar="WORDS", help="Words of a text that show it, with its id.")
@click.option("--source", metavar="WORDS", help="Other evidence, such as a web address.")
@click.option("--start", metavar="DATE", help="When an event began: 2023-09-19, 2023-09 or 2023.")
@click.option("--end", metavar="DATE", help="When it ended: the day of --start if it took one day.")
@click.option(
    "--place",
    "places",
    metavar="ID",
    multiple=True,
    help="Where an event happened, as registered; repeatable.",
)
@click.option("--side", metavar="ID", help="The side of an actor, as registered.")
@click.option("--parent", metavar="ID", help="What it is part of: an entry of the same kind.")
@click.pass_obj
def command(corpus_path: str | None, /, kind: str, id: str, **stated: Any) -> None:
    """Add an actor, place, event, side or annotator to its registry.

    KIND is actor, place, event, side or annotator. Use it for entries that were proposed while
    annotating; push then offers them in Label Studio. Add other fields, such as the names in use,
    to the file by hand. An annotator is a person unless --type says language_model or program.
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
        note("note: entered as a person; otherwise --type language_model or program")
