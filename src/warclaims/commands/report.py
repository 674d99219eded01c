"""``warclaims report``."""

from __future__ import annotations

import signal
import sys
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from warclaims.commands.extras import EXTRAS
from warclaims.output import console, echo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@click.command("report")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default="report",
    show_default=True,
    help="Folder to write to; an existing report is replaced.",
)
@click.option("--set", "set_name", default="gold", show_default=True, help="Annotation set.")
@click.pass_obj
def command(corpus_path: str | None, /, *, out: Path, set_name: str) -> None:
    """Write a site of the corpus that opens from disk: texts, events, sources, places.

    It needs no network and no script. Contradictions are explained in words.
    """
    _require_extra()
    from warclaims import corpus as corpora
    from warclaims.report import write_report

    corpus = corpora.open(corpus_path)
    out = out.resolve()  # "." cannot be put in place of itself
    _exit_on_signals()
    with _progress() as progress:
        pages = write_report(corpus, out, set_name, progress=progress)
    echo(f"wrote {pages:,} pages; open {out / 'index.html'}")


def _require_extra() -> None:
    """Raise before anything is written if a package is missing."""
    for module in EXTRAS["report"]:
        if find_spec(module) is None:
            raise ModuleNotFoundError(f"No module named {module!r}", name=module)


def _exit_on_signals() -> None:
    """Let signals that end the program raise ``SystemExit``: temporary files are removed."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, lambda number, _: sys.exit(128 + number))


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """A progress bar with the remaining time, on a terminal only."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeRemainingColumn as Remaining

    columns = (TextColumn("pages"), BarColumn(), MofNCompleteColumn(), Remaining())
    screen, hidden = console(stderr=True), not sys.stderr.isatty()
    with Progress(*columns, console=screen, transient=True, disable=hidden) as bar:
        task = bar.add_task("pages")
        yield lambda done, of: bar.update(task, completed=done, total=of)
