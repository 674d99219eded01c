"""``warclaims import``."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from warclaims.commands.changes import lines_of_change
from warclaims.formats import FORMATS
from warclaims.output import echo
from warclaims.wording import plural

if TYPE_CHECKING:
    from warclaims.labelstudio import ImportedDocument, ImportResult

_READ = [format.name for format in FORMATS.values() if format.importer]


@click.command("import")
@click.argument("format", type=click.Choice(_READ))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--set", "set_name", help="Annotation set to write. Default: the one that was exported."
)
@click.option("--dry-run", is_flag=True, help="Show what would change and write nothing.")
@click.option(
    "--overwrite",
    is_flag=True,
    help="Where a record was changed in FILE and in the corpus, take FILE's.",
)
@click.option(
    "--allow-empty",
    is_flag=True,
    help="Take an annotation without any record as it is: remove all records of the document.",
)
@click.pass_obj
def command(
    corpus_path: str | None,
    format: str,
    file: Path,
    set_name: str | None,
    *,
    dry_run: bool,
    overwrite: bool,
    allow_empty: bool,
) -> None:
    """Bring annotations in FILE back from another FORMAT.

    What an annotator left alone stays as it is in the corpus. Everything is checked first:
    with a single error nothing is written. All files are written, or none.
    """
    from warclaims import corpus as corpora
    from warclaims.corpus import canonical_bytes
    from warclaims.errors import InvalidFile, WarclaimsError
    from warclaims.files import locked, open_file, write_all
    from warclaims.files.limits import MAX_SHOWN
    from warclaims.validation.show import shortened

    module = FORMATS[format].import_module()
    corpus = corpora.open(corpus_path)
    corpora.require_own(corpus)
    changed: dict[Path, bytes] = {}
    changes: dict[Path, list[str]] = {}
    same = 0

    def take(imported: ImportedDocument) -> None:
        nonlocal same
        if not imported.is_changed:
            same += 1
            return
        path = corpus.layout.annotation_file(imported.set_name, imported.document)
        changed[path] = canonical_bytes(imported.after)
        changes[path] = list(lines_of_change(imported))

    try:
        with open_file(file) as data, nullcontext() if dry_run else locked(corpus.root):
            outcome: ImportResult = module.read_results(
                data,
                str(file),
                corpus,
                set_name,
                overwrite=overwrite,
                allow_empty=allow_empty,
                take=take,
            )
            if not dry_run and not outcome.errors:
                write_all(changed)
    except InvalidFile as error:
        for finding in error.findings:
            echo(finding, err=True)
        raise WarclaimsError("the corpus has errors; fix them before importing") from None
    if not (changed or same or outcome.findings):
        raise WarclaimsError(
            f"{file} contains no tasks; export the project as JSON with all its tasks, and import "
            "that file"
        )
    for finding in map(shortened, outcome.findings[:MAX_SHOWN]):
        echo(f"{'warning: ' if finding.is_warning else ''}{finding}", err=True)
    if more := len(outcome.findings[MAX_SHOWN:]):
        echo(f"{more:,} more findings are not shown; fix those above and import again", err=True)
    if outcome.errors:
        count = len(outcome.errors)
        echo(f"nothing was imported: {plural(count, 'error')}", err=True)
        sys.exit(1)
    for path, lines in changes.items():
        echo(f"{'would write' if dry_run else 'wrote'} {corpus.layout.relative(path)}")
        for line in lines:
            echo(f"  {line}")
    for proposal in outcome.proposals:
        echo(f"proposed for the registry: {proposal}")
    if same or not changed:
        echo(f"{plural(same, 'document')} unchanged")
