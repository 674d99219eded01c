"""``warclaims export``."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from warclaims.output import echo

FORMATS = {
    "bundles": "warclaims.validation.bundles.writing",
    "labelstudio": "warclaims.labelstudio.files",
    "textfree": "warclaims.textfree.edition",
}
"""Format → module with ``export_files`` (file contents by name) and ``next_steps``, or, if the
format is one file, with ``export_file`` and ``DEFAULT_FILE``. If the folder is replaced as a
whole, ``FOLDER`` says what it holds and the files by which it is known."""

_OLD_NAMES = {"standoff": "textfree"}
"""Earlier names of formats, which still work."""


class _FormatName(click.Choice[str]):
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return super().convert(_OLD_NAMES.get(value, value), param, ctx)


@click.command("export")
@click.argument("format", type=_FormatName(list(FORMATS)))
@click.argument("documents", nargs=-1, metavar="[DOCUMENT]...")
@click.option(
    "--set", "set_name", default="gold", show_default=True, help="Annotation set to export."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Folder to write to (default: one named like the format). For bundles the file: its name "
    "ends in .jsonl, .jsonl.gz, .jsonl.zst or .parquet (default: bundles.jsonl); - is standard "
    "output.",
)
@click.pass_obj
def command(
    corpus_path: str | None,
    format: str,
    documents: tuple[str, ...],
    set_name: str,
    out: Path | None,
) -> None:
    """Write documents with their annotations in another FORMAT.

    Without DOCUMENT, all that the set has. Nothing is written if an annotation has errors.

    \b
    bundles      document, text and annotations of each document as a line of JSON
    labelstudio  a project of Label Studio
    textfree     the corpus without its texts; `restore` puts them back for whoever has them
    """
    from warclaims import corpus as corpora
    from warclaims.errors import InvalidFile
    from warclaims.files import write_bytes
    from warclaims.folders import folder_for, require_replaceable

    module = import_module(FORMATS[format])
    corpus = corpora.open(corpus_path)
    try:
        if hasattr(module, "export_file"):
            path = out or Path(module.DEFAULT_FILE)
            to_stdout = str(path) == "-"
            count = module.export_file(corpus, set_name, documents, None if to_stdout else path)
            echo(f"wrote {path}: {count} bundle{'s' * (count != 1)}", err=to_stdout)
            return
        if out is not None and out.is_file():
            raise click.UsageError(f"--out: {out} is a file; {format} needs a folder")
        folder = out or Path(format)
        whole = getattr(module, "FOLDER", None)
        if whole:
            require_replaceable(folder, *whole)
        files: dict[str, bytes] = module.export_files(corpus, set_name, documents)
    except InvalidFile as error:
        for finding in error.findings:
            echo(finding, err=True)
        echo("nothing was written; mend these first", err=True)
        sys.exit(1)
    with folder_for(folder, *whole) if whole else nullcontext(folder) as place:
        for name, data in files.items():
            write_bytes(place / name, data)
    for name in files:
        echo(f"wrote {folder / name}")
    for line in module.next_steps(files):
        echo(line)
