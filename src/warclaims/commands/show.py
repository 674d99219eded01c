"""``warclaims show``."""

from __future__ import annotations

import click

from warclaims.commands.options import set_option

LAYER_CHOICE = click.Choice(["actors", "locations", "casualties", "attributions"])


@click.command("show")
@click.argument("document")
@set_option("Annotation set to show.")
@click.option(
    "--layer",
    "layers",
    multiple=True,
    type=LAYER_CHOICE,
    help="Only these layers (repeatable). Default: all.",
)
@click.pass_obj
def command(corpus_path: str | None, document: str, set_name: str, layers: tuple[str, ...]) -> None:
    """Show the text of DOCUMENT with its annotations.

    Spans are coloured by layer; the records of each segment are listed below it.
    """
    from warclaims import corpus as corpora
    from warclaims.commands.show_view import print_document
    from warclaims.validation.sound import require_sound

    corpus = corpora.open(corpus_path)
    corpus.require_set(set_name)
    bundle = corpus.bundle(document, set_name)
    require_sound(corpus, bundle, set_name)
    print_document(bundle, layers or tuple(LAYER_CHOICE.choices))
