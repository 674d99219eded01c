"""``warclaims export``."""

from __future__ import annotations

import sys
from collections import deque
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from warclaims.commands.known_choice import KnownChoice
from warclaims.commands.options import set_option
from warclaims.errors import InvalidFile
from warclaims.formats import FORMATS
from warclaims.output import echo
from warclaims.wording import plural

if TYPE_CHECKING:
    from warclaims.corpus import Corpus
    from warclaims.formats import Format
    from warclaims.formats.exporting import LostFeatures


class _FormatName(KnownChoice):
    """Names of formats; earlier names work, too."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        names = {format.old_name: format.name for format in FORMATS.values()}
        return super().convert(names.get(value, value), param, ctx)


_FORMAT_LIST = "\n".join(
    ["\b", "Formats:", *(f"  {one.name:<12} {one.summary}" for one in FORMATS.values())]
)


@click.command("export", epilog=_FORMAT_LIST)
@click.argument("format", type=_FormatName(list(FORMATS)), metavar="FORMAT")
@click.argument("documents", nargs=-1, metavar="[DOCUMENT]...")
@set_option("Annotation set to export.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Folder or file to write (default: named like the format or what it holds), or, for a "
    "format that is one file, - for standard output. The name of a file of bundles ends in .jsonl, "
    ".jsonl.gz, .jsonl.zst or .parquet.",
)
@click.option(
    "--overwrite",
    is_flag=True,
    help="Replace files that no export wrote, too, and folders of brat, spacy, webannotation or "
    "xmi that were edited since. A file of another format that an export wrote is replaced anyway.",
)
@click.option(
    "--shard-size",
    type=click.IntRange(min=1),
    help="bundles: documents per file. --out articles.parquet gives "
    "articles-00001-of-00012.parquet and so on.",
)
@click.option(
    "--resume", is_flag=True, help="With --shard-size: write only the files that are missing."
)
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
    shard_size: int | None,
    resume: bool,
) -> None:
    """Write documents with their annotations, or the claims in them, in another FORMAT.

    Without DOCUMENT, the whole set. Nothing is written if an annotation has errors. Files of an
    earlier export are replaced.
    """
    from warclaims import corpus as corpora

    chosen = FORMATS[format]
    module = chosen.load_exporter()
    corpus = corpora.open(corpus_path)
    if shard_size and not hasattr(module, "export_shards"):
        raise click.UsageError(f"--shard-size cannot be combined with {format}")
    if resume and (overwrite or not shard_size):
        raise click.UsageError(
            "--resume needs --shard-size, and cannot be combined with --overwrite"
        )
    order = _Order(chosen, module, corpus, set_name, documents, out, overwrite)
    try:
        if shard_size:
            _to_shards(order, shard_size, resume=resume)
        elif chosen.file:
            _to_file(order)
        elif hasattr(module, "write_documents"):
            _to_folder(order)
        else:
            _files(order)
    except InvalidFile as error:
        for finding in error.findings:
            echo(finding, err=True)
        kept = "" if shard_size else "Nothing was written. "
        echo(f"{kept}Fix these first.", err=True)
        sys.exit(1)


class _Order(NamedTuple):
    """What is to be exported, and where to."""

    format: Format
    module: Any
    corpus: Corpus
    set_name: str
    documents: tuple[str, ...]
    out: Path | None
    overwrite: bool

    @property
    def chosen(self) -> tuple[Corpus, str, tuple[str, ...]]:
        """The corpus, set and documents, as exporters take them."""
        return self.corpus, self.set_name, self.documents

    def folder(self) -> Path:
        """The folder to write to."""
        if self.out is not None and self.out.is_file():
            name = self.format.name
            raise click.UsageError(f"--out: {self.out} is a file; {name} needs a folder")
        return self.out or Path(self.format.name)


def _to_file(order: _Order) -> None:
    """Write a single file, or print it."""
    from warclaims.formats.exporting import LostFeatures, exported_bundles, write_file
    from warclaims.formats.overwrite_guard import require_own_file

    module, lost = order.module, LostFeatures(order.format, order.corpus, order.set_name)
    path = order.out or Path(order.format.file)
    to_stdout = str(path) == "-"
    if not (to_stdout or order.overwrite):
        require_own_file(path, order.format.beginnings)
    target = None if to_stdout else path
    if to_stdout:
        deque(exported_bundles(*order.chosen), maxlen=0)  # errors come before what is printed
    bundles = lost.counted(exported_bundles(*order.chosen))
    if hasattr(module, "write_documents"):
        count = write_file(module.write_documents(bundles, order.corpus), target)
    else:
        count = module.export_file(bundles, order.corpus, target)
    echo(f"wrote {path}: {plural(count, order.format.item)}", err=to_stdout)
    _show_lost(lost)


def _to_shards(order: _Order, size: int, *, resume: bool) -> None:
    """Write several files of as many documents, each whole; what is written stays."""
    from warclaims.formats.exporting import exported_bundles

    path = order.out or Path(order.format.file)
    ids = order.corpus.chosen(order.set_name, order.documents)
    shards = order.module.export_shards(
        ids,
        partial(exported_bundles, order.corpus, order.set_name),
        path,
        size,
        overwrite=order.overwrite,
        resume=resume,
    )
    written, total = 0, -(-len(ids) // size)
    try:
        for shard, count in shards:
            written += 1
            echo(f"{shard}: {plural(count, order.format.item)}")
    except (InvalidFile, OSError, KeyboardInterrupt):
        are = "is" if written == 1 else "are"
        said = f"{written:,} of {plural(total, 'shard')} {are} whole"
        echo(f"{said}. Write the others with --resume, and all else as now", err=True)
        raise


def _to_folder(order: _Order) -> None:
    """Write a folder, document by document."""
    from warclaims.folders import folder_for
    from warclaims.formats.exporting import LostFeatures, exported_bundles, write_folder
    from warclaims.formats.overwrite_guard import require_unchanged

    folder, lost = order.folder(), LostFeatures(order.format, order.corpus, order.set_name)
    bundles = lost.counted(exported_bundles(*order.chosen))
    if not order.overwrite:
        require_unchanged(folder)
    with folder_for(folder, *order.module.FOLDER) as place:
        count = write_folder(order.module.write_documents(bundles, order.corpus), place)
    echo(f"wrote {folder}: {plural(count, order.format.item)}")
    _show_lost(lost)


def _files(order: _Order) -> None:
    """Write several files, each known as a whole."""
    from warclaims.files import write_bytes
    from warclaims.folders import folder_for, require_replaceable
    from warclaims.formats.exporting import LostFeatures
    from warclaims.formats.overwrite_guard import require_own_file

    folder, whole = order.folder(), getattr(order.module, "FOLDER", None)
    if whole:
        source = click.get_current_context().get_parameter_source("set_name")
        if source is not click.core.ParameterSource.DEFAULT:
            name = order.format.name
            raise click.UsageError(f"--set: {name} always holds all annotation sets")
        require_replaceable(folder, *whole)
    files: dict[str, bytes] = order.module.export_files(*order.chosen)
    for name in files:
        if not (whole or order.overwrite):
            require_own_file(folder / name, order.format.beginnings)
    with folder_for(folder, *whole) if whole else nullcontext(folder) as place:
        for name, data in files.items():
            write_bytes(place / name, data)
    for name in files:
        echo(f"wrote {folder / name}")
    lost = LostFeatures(order.format, order.corpus, order.set_name)
    if lost.features:
        deque(lost.counted(order.corpus.bundles(order.set_name)), maxlen=0)
    _show_lost(lost)
    for line in order.module.next_steps(order.corpus.layout, files):
        echo(line)


def _show_lost(lost: LostFeatures) -> None:
    if words := lost.in_words():
        echo(f"not in {lost.format.name}: {words}", err=True)
