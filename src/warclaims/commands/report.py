"""``warclaims report``."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("report")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default="report",
    show_default=True,
    help="Folder to write to; a report that is there is written over.",
)
@click.option("--set", "set_name", default="gold", show_default=True, help="Annotation set.")
@click.pass_obj
def command(corpus_path: str | None, /, *, out: Path, set_name: str) -> None:
    """Write a site of the corpus that opens from disk: texts, events, sources, places.

    It needs no network and no script. What contradicts what is said in words.
    """
    from rich.console import Console
    from rich.progress import Progress

    from warclaims import corpus as corpora
    from warclaims.report import write_report

    corpus = corpora.open(corpus_path)
    with Progress(console=Console(stderr=True), transient=True) as bar:
        tasks = {what: bar.add_task(what, total=None) for what in ("texts", "pages")}

        def progress(what: str, done: int, of: int) -> None:
            bar.update(tasks[what], completed=done, total=of)

        pages = write_report(corpus, out, set_name, progress=progress)
    click.echo(f"wrote {pages} pages; open {(out / 'index.html').resolve()}")
