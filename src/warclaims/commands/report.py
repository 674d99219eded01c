"""``warclaims report``."""

from __future__ import annotations

import signal
import sys
from importlib.util import find_spec
from pathlib import Path

import click

from warclaims.commands.extras import EXTRAS
from warclaims.commands.options import set_option
from warclaims.commands.progress import ProgressLine
from warclaims.output import echo


@click.command("report")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default="report",
    show_default=True,
    help="Folder to write to; an existing report is replaced.",
)
@set_option()
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
    with ProgressLine() as line:

        def progress(done: int, total: int) -> None:
            line.advance(done, total, "pages", f"{done:,} of {total:,}")

        pages = write_report(corpus, out, set_name, progress=progress)
    echo(f"wrote {pages:,} pages; open {out / 'index.html'}")


def _require_extra() -> None:
    """Raise before anything is written if a package is missing."""
    for module in EXTRAS["report"]:
        if find_spec(module) is None:
            raise ModuleNotFoundError(f"No module named {module!r}", name=module)


def _exit_on_signals() -> None:
    """Let signals that end the program raise ``SystemExit``, so that the folder is cleaned up."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, lambda number, _: sys.exit(128 + number))
