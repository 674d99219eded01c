"""``warclaims validate``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click


@click.command("validate")
@click.argument(
    "paths", nargs=-1, metavar="[PATH]...", type=click.Path(exists=True, path_type=Path)
)
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people or for programs.",
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
    from warclaims.validation.show import Reporter, explain, summary

    if code is not None:
        click.echo(explain(code))
        sys.exit(0 if code.upper() in RULES else 2)

    corpus = open(ctx.obj)
    reporter = Reporter(corpus)
    found = []
    for finding in validate(corpus, paths or None):
        if errors_only and finding.is_warning:
            continue
        found.append(finding)
        if style == "text":
            click.echo(reporter.as_text(finding) + "\n")
    if style == "text":
        click.echo(summary(found))
    else:
        warnings = sum(finding.is_warning for finding in found)
        report = {
            "findings": [reporter.as_json(finding) for finding in found],
            "errors": len(found) - warnings,
            "warnings": warnings,
        }
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
    if found:
        sys.exit(1)
