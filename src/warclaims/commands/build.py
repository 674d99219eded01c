"""``warclaims build``."""

from __future__ import annotations

import sys

import click

from warclaims.commands.options import set_option
from warclaims.output import console, echo, note


@click.command("build")
@click.option(
    "--check", is_flag=True, help="Write nothing; exit 1 if a generated file is not up to date."
)
@set_option()
@click.pass_obj
def command(corpus_path: str | None, *, check: bool, set_name: str) -> None:
    """Generate schema/, corpus/ and the marked parts of pages from the sources.

    Nothing is built from a corpus with errors. If building fails, the old files stay.
    """
    from warclaims import corpus as corpora
    from warclaims.build import builder
    from warclaims.files import is_there

    corpus = corpora.open(corpus_path)
    corpora.require_own(corpus)
    with console(stderr=True).status("checking the annotations") as status:

        def progress(name: str) -> None:
            status.update(f"making {name}")

        if check:
            drifts = builder.check(corpus, set_name, progress=progress)
        else:
            changed = builder.build(corpus, set_name, progress=progress)
    lacking = builder.not_described(corpus)
    if lacking:
        note(f"note: {lacking}")
    if not check:
        for name in changed:
            echo(f"{'wrote' if is_there(corpus.root / name) else 'removed'} {name}")
        echo("built" if changed else "nothing has changed")
        return
    for drift in drifts:
        echo(f"{drift.path} {drift.reason}")
    if drifts:
        echo(f"Regenerate with: {corpus.layout.command('build')}", err=True)
        sys.exit(1)
    echo("everything generated is up to date")
