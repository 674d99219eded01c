"""``warclaims export``."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import click

from warclaims.formats import FORMATS
from warclaims.output import echo
from warclaims.wording import plural


class _FormatName(click.Choice[str]):
    """Names of formats; earlier names work, too."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        names = {format.old_name: format.name for format in FORMATS.values()}
        return super().convert(names.get(value, value), param, ctx)


_FORMAT_LIST = "\n".join(["\b", *(f"{one.name:<12} {one.summary}" for one in FORMATS.values())])


@click.command("export", epilog=_FORMAT_LIST)
@click.argument("format", type=_FormatName(list(FORMATS)))
@click.argument("documents", nargs=-1, metavar="[DOCUMENT]...")
@click.option(
    "--set", "set_name", default="gold", show_default=True, help="Annotation set to export."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Folder to write to (default: one named like the format). For bundles, csv and "
    "ucdp the file (default: bundles.jsonl, claims.csv, events.csv), or - for standard output. The "
    "name of a file of bundles ends in .jsonl, .jsonl.gz, .jsonl.zst or .parquet.",
)
@click.option("--overwrite", is_flag=True, help="Replace files that no export wrote, too.")
@click.pass_obj
def command(
    corpus_path: str | None,
    /,
    *,
    format: str,
    documents: tuple[str, ...],
    set_name: str,
    out: Path | None,
    overwrite: bool,
) -> None:
    """Write documents with their annotations, or the claims in them, in another FORMAT.

    Without DOCUMENT, the whole set. Nothing is written if an annotation has errors. Files of an
    earlier export are replaced.
    """
    from warclaims import corpus as corpora
    from warclaims.errors import InvalidFile
    from warclaims.files import write_bytes
    from warclaims.folders import folder_for, require_replaceable
    from warclaims.formats.overwrite_guard import require_own_file

    module = FORMATS[format].export_module()
    corpus = corpora.open(corpus_path)
    try:
        if hasattr(module, "export_file"):
            path = out or Path(module.DEFAULT_FILE)
            to_stdout = str(path) == "-"
            if not (to_stdout or overwrite):
                require_own_file(path, FORMATS[format].beginnings)
            count = module.export_file(corpus, set_name, documents, None if to_stdout else path)
            echo(f"wrote {path}: {plural(count, FORMATS[format].item)}", err=to_stdout)
            return
        if out is not None and out.is_file():
            raise click.UsageError(f"--out: {out} is a file; {format} needs a folder")
        folder = out or Path(format)
        whole = getattr(module, "FOLDER", None)
        if whole:
            source = click.get_current_context().get_parameter_source("set_name")
            if source is not click.core.ParameterSource.DEFAULT:
                raise click.UsageError(f"--set: {format} always holds all annotation sets")
            require_replaceable(folder, *whole)
        files: dict[str, bytes] = module.export_files(corpus, set_name, documents)
    except InvalidFile as error:
        for finding in error.findings:
            echo(finding, err=True)
        echo("Nothing was written. Fix these first.", err=True)
        sys.exit(1)
    for name in files:
        if not (whole or overwrite):
            require_own_file(folder / name, FORMATS[format].beginnings)
    with folder_for(folder, *whole) if whole else nullcontext(folder) as place:
        for name, data in files.items():
            write_bytes(place / name, data)
    for name in files:
        echo(f"wrote {folder / name}")
    for line in module.next_steps(corpus.layout, files):
        echo(line)
