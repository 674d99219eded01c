"""``warclaims release``."""

from __future__ import annotations

import sys

import click

from warclaims.output import echo


@click.command("release")
@click.option("--check", is_flag=True, required=True, help="Check; a person releases.")
@click.option(
    "--only", metavar="NAME", multiple=True, help="Only this check (repeatable); list: names them."
)
@click.pass_obj
def command(corpus_path: str | None, /, *, check: bool, only: tuple[str, ...]) -> None:
    """Check that this version of the corpus may be released: each thing that is wrong is named.

    The corpus has a corpus.toml and is in a git repository. A corpus that is also a Python package
    is built and installed, which needs the development tools. Exit status 1 if anything is wrong.
    """
    from pathlib import Path

    from warclaims.corpus import Corpus, shipped_corpus
    from warclaims.errors import WarclaimsError
    from warclaims.layout import is_installed
    from warclaims.release import CHECKS

    if "list" in only:
        for one in CHECKS:
            echo(f"{one.name:<10} {one.holds}")
        return
    unknown = set(only) - {one.name for one in CHECKS}
    if unknown:
        raise click.UsageError(
            f"there is no check {', '.join(sorted(unknown))}; there are: "
            + ", ".join(one.name for one in CHECKS)
        )
    root = Corpus(Path(corpus_path) if corpus_path is not None else shipped_corpus()).root
    if is_installed(root):
        raise WarclaimsError(
            "the corpus inside an installed package is not released; "
            "name a corpus directory with --corpus DIR"
        )
    wrong = 0
    for one in CHECKS:
        if only and one.name not in only:
            continue
        if not one.applies(root):
            echo(f"– {one.name}: not checked, the corpus is not a Python package")
            continue
        problems = one.problems(root)
        echo(f"{'✗' if problems else '✓'} {one.name}: {one.holds}")
        for problem in problems:
            echo(f"    {problem}")
        for note in one.notes(root):
            echo(f"    note: {note}")
        wrong += bool(problems)
    if wrong:
        echo(f"{wrong} check{'s' * (wrong != 1)} failed; not to be released", err=True)
        sys.exit(1)
