"""``warclaims cite``."""

from __future__ import annotations

import click

from warclaims.output import echo


@click.command("cite")
@click.argument("words", nargs=-1, metavar="[ID] [bibtex|apa|cff|csl-json]")
@click.pass_obj
def command(corpus_path: str | None, words: tuple[str, ...]) -> None:
    """Show how to cite this version of the corpus, as its corpus.toml describes it.

    With the id of an event, record (004:c6), account (004:killed:c2) or comparison
    (war-2020:killed:total), the citation names that part.
    """
    from warclaims.citation import cite

    part, style = _part_and_style(words)
    echo(cite(style, corpus_path, part))


def _part_and_style(words: tuple[str, ...]) -> tuple[str | None, str]:
    """The two arguments in any order; a single unknown word without a colon is a style."""
    from warclaims.citation import STYLES

    styles = [word for word in words if word.lower() in STYLES]
    others = [word for word in words if word.lower() not in STYLES]
    if len(styles) > 1 or len(others) > 1:
        raise click.UsageError("give at most one id and one style")
    return (others[0] if others else None), (styles[0] if styles else "bibtex")
