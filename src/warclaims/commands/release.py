"""``warclaims release``."""

from __future__ import annotations

import sys

import click

from warclaims.output import echo
from warclaims.wording import plural


@click.command("release")
@click.option("--check", is_flag=True, required=True, help="Only check; releasing is manual.")
@click.option(
    "--only", metavar="NAME", multiple=True, help="Only this check (repeatable); list: names them."
)
@click.pass_obj
def command(corpus_path: str | None, /, *, check: bool, only: tuple[str, ...]) -> None:
    """Check that this version of the corpus can be released, and list every problem.

    The corpus needs a corpus.toml and a git repository. If there is no problem, the commands
    follow that publish it to the Hugging Face Hub, a package registry and Zenodo. Exit status 1
    if there are problems.
    """
    from warclaims.corpus import open
    from warclaims.errors import WarclaimsError, unknown
    from warclaims.layout import is_installed
    from warclaims.release import CHECKS, described, publishing

    if "list" in only:
        for one in CHECKS:
            echo(f"{one.name:<10} {one.holds}")
        return
    names = [one.name for one in CHECKS]
    for name in only:
        if name not in names:
            raise unknown("check", name, names)
    root = open(corpus_path).root
    if is_installed(root):
        raise WarclaimsError(
            "The corpus inside an installed package cannot be released. "
            "Name a corpus directory with --corpus DIR"
        )
    wrong = 0
    for one in CHECKS:
        if only and one.name not in only:
            continue
        problems = one.problems(root)
        echo(f"{'✗' if problems else '✓'} {one.name}: {one.holds}")
        for problem in problems:
            echo(f"    {problem}")
        for note in one.notes(root):
            echo(f"    note: {note}")
        wrong += bool(problems)
    if wrong:
        echo(f"{plural(wrong, 'check')} failed", err=True)
        sys.exit(1)
    if not only:
        echo(f"\nReady. To publish it, in {root}:")
        for line in publishing(root, described(root)):
            echo(line)
