"""``warclaims validate``."""

from __future__ import annotations

import sys
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from warclaims.commands.options import engine_options, format_option
from warclaims.commands.progress import ProgressLine
from warclaims.files import is_there
from warclaims.output import echo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.findings import Finding
    from warclaims.validation.bundles import BundleProgress

FORMATS = ("text", "json", "sarif", "github")
"""The formats of findings: modules of ``warclaims.validation.formats``, loaded when used."""


@click.command("validate")
@click.argument(
    "paths",
    nargs=-1,
    metavar="[PATH]...",
    type=click.Path(allow_dash=True, path_type=Path),
)
@format_option(
    *FORMATS,
    explained="For people, for programs, in SARIF 2.1.0, or as annotations of GitHub Actions.",
)
@click.option(
    "--schema",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Check PATHs, any JSON or JSON Lines, against this JSON Schema and nothing else.",
)
@click.option("--errors-only", is_flag=True, help="Leave out warnings.")
@engine_options("bundles are checked", "what is found in bundles")
@click.option(
    "--explain",
    "code",
    metavar="CODE",
    help="Explain a rule and how to fix what it finds; all lists all codes.",
)
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[Path, ...],
    *,
    form: str,
    schema: Path | None,
    errors_only: bool,
    processes: int | None,
    engine: Literal["local", "ray"],
    resume: Path | None,
    code: str | None,
) -> None:
    """Check the corpus, or only PATHs of it.

    Without PATH everything is checked: index, seeds, registries, gold and all passes, or the shards
    that corpus.toml names. A PATH is a
    file of annotations, a registry, the index, a seed, or a folder of these; or bundles (documents
    with text and annotations) as JSON Lines, as JSON or as a Parquet table, also compressed with
    gzip or zstd. It may be relative to the corpus, as findings name files. Use - to read bundles
    from standard input.

    Files must match the JSON Schemas in schema/ of the corpus, or the shipped ones if it has none.
    With --schema, a PATH is any JSON or JSON Lines file, and FILE is any JSON Schema without
    references to other files.

    \b
    Codes: F file, S schema, T text, R references, C consistency, W plausibility.
    At the end it lists rules that were not applied, such as those for another language.
    Exit status: 0 nothing found, 1 findings, 2 could not run, 130 ended by Ctrl-C.
    """
    from warclaims.corpus import open
    from warclaims.findings import Severity
    from warclaims.validation import validate
    from warclaims.validation.bundles import validate_bundles
    from warclaims.validation.bundles.inputs import sort_inputs
    from warclaims.validation.foreign_schema import validate_against
    from warclaims.validation.show import Reporter

    if code is not None:
        echo(_explained(code))
        return

    if schema is not None and (not paths or Path("-") in paths):
        raise click.UsageError("--schema needs the names of the files to check")
    corpus = open(ctx.obj)
    is_one = len(paths) == 1 or schema is not None
    paths = tuple(_existing(path, corpus.root, is_needed=is_one) for path in paths)
    reporter = Reporter(corpus)
    inputs = sort_inputs(() if schema is not None else paths, corpus.layout)
    how: dict[str, Any] = {"processes": processes, "engine": engine, "resume": resume}
    count = 0

    def advance(progress: BundleProgress) -> None:
        reporter.bundles = progress.bundles
        count = f"{progress.bundles:,} bundles"
        line.advance(progress.read, progress.total or None, progress.file, count)

    def everything() -> Iterator[Finding]:
        if schema is not None:
            yield from validate_against(schema, paths, corpus.layout)
            return
        yield from inputs.unreadable
        if inputs.corpus or not paths:
            chosen, shards = inputs.corpus or None, partial(validate_bundles, **how)
            validation = validate(corpus, chosen, waived=True, check_shards=shards, watch=advance)
            yield from validation
            reporter.omissions.update(validation.omissions)
        if inputs.bundles:
            reporter.bundles = 0
            validation = validate_bundles(inputs.bundles, corpus, watch=advance, **how)
            yield from validation
            reporter.omissions.update(validation.omissions)

    def found() -> Iterator[Finding]:
        nonlocal count
        for finding in everything():
            if not (errors_only and finding.is_warning):
                count += finding.waived is None and finding.severity is not Severity.INFORMATION
                yield finding.without_warnings() if errors_only else finding
        line.stop()

    lines = import_module(f"warclaims.validation.formats.{form}").lines
    with ProgressLine() as line:
        for words in lines(reporter, found()):
            line.echo(words)
    for remark in inputs.remarks():
        echo(remark, err=True)
    if count or inputs.refused:
        sys.exit(1)


def _existing(path: Path, root: Path, *, is_needed: bool) -> Path:
    """``path``, or that in the corpus at ``root`` if only this exists.

    One of several that is missing is a finding, and the others are checked.

    Raises:
        UsageError: neither exists, and the path ``is_needed``.
    """
    known = click.Path(exists=True, allow_dash=True)
    try:
        known.convert(str(path), None, None)
    except click.BadParameter as error:
        if is_there(root / path) and not path.is_absolute():
            return root / path
        if is_needed:
            raise click.BadParameter(error.message, param_hint="'[PATH]...'") from None
    return path


def _explained(code: str) -> str:
    """The explanation of a code, also of those of the exchange with Label Studio.

    Raises:
        WarclaimsError: unknown code.
    """
    from warclaims.errors import WarclaimsError
    from warclaims.findings import FindingLevel
    from warclaims.labelstudio.codes import CODES
    from warclaims.validation import RULES
    from warclaims.validation.show import explain

    if code.lower() == "all":
        titles = {rule.code: rule.title for rule in RULES.values()} | CODES
        return "\n".join(f"{name}  {title}" for name, title in titles.items())
    words = explain(code)
    if words is None and (title := CODES.get(code.upper())):
        kind = FindingLevel(int(code[1])).severity
        words = f"{code.upper()} (exchange with Label Studio, {kind}): {title}"
    if words is None:
        raise WarclaimsError(
            f"Unknown rule {code!r}. List all with: warclaims validate --explain all"
        )
    return words
