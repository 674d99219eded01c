"""``warclaims validate``."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.findings import Finding

FORMATS = ("text", "json", "sarif", "github")
"""The formats of findings; each is a module of ``warclaims.validation.formats``, loaded if asked
for."""


@click.command("validate")
@click.argument(
    "paths", nargs=-1, metavar="[PATH]...", type=click.Path(exists=True, path_type=Path)
)
@click.option(
    "--format",
    "style",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="For people, for programs, in SARIF 2.1.0, or as annotations of GitHub Actions.",
)
@click.option("--errors-only", is_flag=True, help="Leave out warnings (codes W).")
@click.option(
    "--explain",
    "code",
    metavar="CODE",
    help="Say what a rule is there for and how to mend what it finds; any other word lists all.",
)
@click.pass_context
def command(
    ctx: click.Context, paths: tuple[Path, ...], style: str, errors_only: bool, code: str | None
) -> None:
    """Check the corpus, or only PATHs of it.

    Without PATH everything is checked: index, seeds, registries, gold and all passes. A PATH is a
    file of annotations, a registry, the index, a seed, or a folder of these.

    \b
    Codes: F file, S schema, T text, R references, C consistency, W plausibility (warning).
    Exit status: 0 nothing found, 1 findings, 2 could not run.
    """
    from warclaims.corpus import open
    from warclaims.validation import RULES, validate
    from warclaims.validation.show import Reporter, explain

    if code is not None:
        click.echo(explain(code))
        sys.exit(0 if code.upper() in RULES else 2)

    corpus = open(ctx.obj)
    count = 0

    def found() -> Iterator[Finding]:
        nonlocal count
        for finding in validate(corpus, paths or None, waived=True):
            if not (errors_only and finding.is_warning):
                count += finding.waived is None
                yield finding

    lines = import_module(f"warclaims.validation.formats.{style}").lines
    for line in lines(Reporter(corpus), found()):
        click.echo(line)
    if count:
        sys.exit(1)
