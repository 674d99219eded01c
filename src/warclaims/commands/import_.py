"""``warclaims import``."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from warclaims.commands.changes import lines_of_change
from warclaims.commands.known_choice import KnownChoice
from warclaims.errors import InvalidFile, WarclaimsError
from warclaims.formats import FORMATS
from warclaims.output import echo
from warclaims.wording import counted, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warclaims.corpus import Corpus
    from warclaims.findings import Finding
    from warclaims.formats.importing import ImportedTexts
    from warclaims.labelstudio import ImportedDocument, ImportResult

_READ = [format.name for format in FORMATS.values() if format.importer]


class _ReadFormat(KnownChoice):
    """Names of the formats that are read; for the others, what to do instead."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """What is said of a name that is not a choice."""
        if value not in FORMATS:
            return super().get_invalid_choice_message(value, ctx)
        return (
            f"{value} is only written, by export. Formats that are read: {', '.join(_READ)}. "
            "docs/formats.md shows how annotations in a table become JSON Lines (spans)"
        )


_MOST = 30
"""Labels that are listed."""


_FORMAT_LIST = "\n".join(
    ["\b", "Formats:", *(f"  {name:<12} {FORMATS[name].summary}" for name in _READ)]
)


@click.command("import", epilog=_FORMAT_LIST)
@click.argument("format", type=_ReadFormat(_READ), metavar="FORMAT")
@click.argument("file", metavar="PATH", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--set",
    "set_name",
    help="Annotation set to write. Default: gold; for labelstudio, the one that was exported.",
)
@click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="TOML file that says which layer, fields and links the labels stand for.",
)
@click.option(
    "--propose-mapping",
    "proposal",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a mapping for the labels in PATH to FILE, to be edited, and import nothing.",
)
@click.option("--annotator", metavar="ID", help="Who annotated. Default: the only person there is.")
@click.option("--language", metavar="TAG", help="Language of new texts. Default: the detected one.")
@click.option("--skip-unreadable", is_flag=True, help="Leave out what cannot be read, and list it.")
@click.option("--dry-run", is_flag=True, help="Show what would change and write nothing.")
@click.option(
    "--overwrite",
    is_flag=True,
    help="Replace records that differ in the corpus. Of labelstudio, only where both changed.",
)
@click.option(
    "--allow-empty",
    is_flag=True,
    help="labelstudio: take an annotation without records as it is, and remove all of a document.",
)
@click.pass_obj
def command(
    corpus_path: str | None,
    format: str,
    file: Path,
    set_name: str | None,
    *,
    mapping: Path | None,
    proposal: Path | None,
    annotator: str | None,
    language: str | None,
    skip_unreadable: bool,
    dry_run: bool,
    overwrite: bool,
    allow_empty: bool,
) -> None:
    """Bring annotations at PATH, a file or folder in another FORMAT, into the corpus.

    Texts that the corpus lacks are added. Labels that no layer has a place for are kept as foreign
    labels. Everything is checked first: with a single error nothing is written. All files are
    written, or none.

    Of labelstudio, what an annotator left alone stays as it is in the corpus.
    """
    from warclaims import corpus as corpora

    module = FORMATS[format].load_importer()
    is_merged = hasattr(module, "read_results")
    texts_only: dict[str, object] = {"mapping": mapping, "propose-mapping": proposal}
    texts_only |= {"annotator": annotator, "language": language}
    texts_only |= {"skip-unreadable": skip_unreadable}
    for name, value in texts_only.items() if is_merged else [("allow-empty", allow_empty)]:
        if value:
            raise click.UsageError(f"--{name} cannot be combined with {format}")
    if proposal is not None:
        _propose(format, file, proposal)
        return
    corpus = corpora.open(corpus_path)
    corpora.require_own(corpus)
    try:
        if is_merged:
            if file.is_dir():
                raise click.UsageError(f"{file} is a folder; {format} needs a file")
            _merge(
                corpus,
                module,
                file,
                set_name,
                dry_run=dry_run,
                overwrite=overwrite,
                allow_empty=allow_empty,
            )
        else:
            from warclaims.formats.importing import import_texts
            from warclaims.formats.mapping import LabelMapping, read_mapping

            done = import_texts(
                FORMATS[format],
                file,
                corpus,
                set_name or "gold",
                mapping=read_mapping(mapping) if mapping else LabelMapping(),
                annotator=annotator,
                language=language,
                overwrite=overwrite,
                skip_unreadable=skip_unreadable,
                dry_run=dry_run,
            )
            _show_texts(done, dry_run=dry_run)
    except InvalidFile as error:
        for finding in error.findings:
            echo(finding, err=True)
        raise WarclaimsError("Nothing was imported; fix these files before importing") from None


def _propose(format: str, path: Path, proposal: Path) -> None:
    """Write a proposed mapping to a new file."""
    from warclaims.files import is_there, write_bytes
    from warclaims.formats.importing import read_texts
    from warclaims.formats.problems import FormatProblems
    from warclaims.formats.proposal import proposed_mapping

    if is_there(proposal):
        raise WarclaimsError(f"{proposal} exists. Name another file with --propose-mapping")
    problems = FormatProblems()
    made = proposed_mapping(read_texts(FORMATS[format], path, problems))
    _show_findings(problems.findings, problems.count)
    if made == proposed_mapping(()):
        raise WarclaimsError(f"{path} has no labels that need a mapping. Nothing was written")
    write_bytes(proposal, made.encode())
    echo(f"wrote {proposal}. Edit it, then import with --mapping {proposal}")


def _show_texts(done: ImportedTexts, *, dry_run: bool) -> None:
    """Print what an import of texts did; exit with status 1 if it found errors."""
    from warclaims.records import LAYERS

    _show_findings(done.problems.findings, done.problems.count)
    if done.problems.errors:
        echo(f"nothing was imported: {plural(done.problems.errors, 'error')}", err=True)
        sys.exit(1)
    counts = done.counts
    texts = len(done.written) + len(done.unchanged)
    echo(
        f"read {plural(texts, 'document')}: {plural(counts.spans, 'label')} "
        f"({counts.discontinuous:,} discontinuous), {plural(counts.links, 'link')}"
    )
    made = [
        f"{number:,} {layer if number != 1 else LAYERS[layer].noun}"
        for layer, number in counts.records.items()
    ]
    foreign = plural(counts.labels.total(), "foreign label")
    echo(
        f"{'would write' if dry_run else 'wrote'} {plural(len(done.written), 'document')}, "
        f"{len(done.new):,} of them new: {', '.join([*made, foreign])}"
    )
    if done.undetected:
        names = ", ".join(done.undetected[:_MOST])
        echo(
            f"language not detected in {plural(len(done.undetected), 'new document')} ({names}). "
            "State it with --language, or afterwards: warclaims set ID --language TAG"
        )
    if done.unchanged:
        echo(f"{plural(len(done.unchanged), 'document')} unchanged")
    for what, found in (
        ("labels kept as foreign labels", counts.labels),
        ("links kept as they came", counts.unmapped_links),
        ("attributes kept as they came", counts.unmapped_attributes),
    ):
        if found:
            echo(f"{what}: {counted(found, _MOST)}")


def _merge(
    corpus: Corpus,
    module: Any,
    file: Path,
    set_name: str | None,
    *,
    dry_run: bool,
    overwrite: bool,
    allow_empty: bool,
) -> None:
    """Merge the tasks of Label Studio with the corpus."""
    from warclaims.corpus import canonical_bytes
    from warclaims.files import locked, open_file, write_all

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
    if not (changed or same or outcome.findings):
        raise WarclaimsError(
            f"{file} contains no tasks; export the project as JSON with all its tasks, and import "
            "that file"
        )
    _show_findings(outcome.findings, len(outcome.findings))
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


def _show_findings(findings: Sequence[Finding], count: int) -> None:
    from warclaims.files.limits import MAX_SHOWN
    from warclaims.validation.show import shortened

    shown = findings[:MAX_SHOWN]
    for finding in map(shortened, shown):
        echo(f"{'warning: ' if finding.is_warning else ''}{finding}", err=True)
    if more := count - len(shown):
        echo(f"{more:,} more findings are not shown; fix those above and import again", err=True)
