"""``warclaims show``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from warclaims.commands.known_choice import KnownChoice
from warclaims.commands.options import set_option
from warclaims.output import echo

if TYPE_CHECKING:
    from warclaims.corpus import Corpus

LAYER_CHOICE = KnownChoice(["actors", "locations", "casualties", "attributions"])


@click.command("show")
@click.argument("document", required=False)
@set_option("Annotation set to show.")
@click.option(
    "--layer",
    "layers",
    multiple=True,
    type=LAYER_CHOICE,
    help="Only these layers (repeatable). Default: all.",
)
@click.pass_obj
def command(
    corpus_path: str | None, document: str | None, set_name: str, layers: tuple[str, ...]
) -> None:
    """Show the text of DOCUMENT with its annotations; without DOCUMENT, list the texts.

    Spans are coloured by layer; the records of each segment are listed below it.
    """
    from warclaims import corpus as corpora
    from warclaims.commands.show_view import print_document
    from warclaims.validation.sound import require_sound

    corpus = corpora.open(corpus_path)
    corpus.require_set(set_name)
    if document is None:
        _list_texts(corpus)
        return
    bundle = corpus.bundle(document, set_name)
    require_sound(corpus, bundle, set_name)
    print_document(bundle, layers or tuple(LAYER_CHOICE.choices))


def _list_texts(corpus: Corpus) -> None:
    """Print a line for each text: its id, date, outlet and title."""
    for one in corpus.documents.values():
        facts = (one.id, one.date.value, one.outlet.value, one.title)
        echo("  ".join(fact or "-" for fact in facts))
