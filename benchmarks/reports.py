"""``warclaims report`` on corpora of many documents: time and memory, and how they grow.

Every five generated documents have events of their own, for more documents report more events.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.corpora import write_corpus
from benchmarks.page import Scale, progress, table
from benchmarks.watched import Watched, processor_time, watched

if TYPE_CHECKING:
    from warclaims.corpus import Corpus

SIZES = (100, 1_000)
TOGETHER = 5
"""So many documents share events."""

AIM_GROWTH = 1.2
"""Processor time a document of the largest to the smallest: what is linear stays near 1."""


@dataclass(frozen=True)
class Run:
    """The report of a corpus."""

    documents: int
    events: int
    pages: int
    megabytes: float
    seen: Watched
    processor: float


def run(corpus: Corpus, folder: Path, number: int) -> Run:
    """The report of ``number`` documents, by the command."""
    root, out = folder / f"corpus-{number}", folder / f"report-{number}"
    events = write_corpus(corpus, root, number, TOGETHER, passes=0)
    command = [sys.executable, "-m", "warclaims", "--corpus", str(root), "report"]
    before = processor_time()
    seen = watched([*command, "--out", str(out)], folder / "output.txt")
    processor = processor_time() - before
    files = [path for path in out.rglob("*") if path.is_file()]
    pages = sum(path.suffix == ".html" for path in files)
    megabytes = sum(path.stat().st_size for path in files) / 1e6
    shutil.rmtree(root)
    shutil.rmtree(out, ignore_errors=True)
    return Run(number, events, pages, megabytes, seen, processor)


def section(scale: Scale, corpus: Corpus) -> list[str]:
    """Reports of both sizes, and how time and memory grow."""
    runs = []
    with tempfile.TemporaryDirectory(dir=scale.data) as folder:
        for size in SIZES:
            number = scale.of(size)
            progress(f"writing the report of {number:,} documents")
            runs.append(run(corpus, Path(folder), number))
    small, large = runs[0], runs[-1]
    growth = large.processor / large.documents / (small.processor / small.documents)
    return [
        "## Reports: `warclaims report`",
        f"Corpora of generated documents; every {TOGETHER} have events of their own. Wall clock of "
        "the whole command, peak of resident memory.",
        table(
            [
                "documents",
                "events",
                "pages",
                "MB",
                "seconds",
                "of processor",
                "ms of it a document",
                "MiB",
                "KiB a document",
                "exit status",
            ],
            [_row(one) for one in runs],
        ),
        f"With {large.documents / small.documents:.0f} times the documents, a document takes "
        f"{growth:.2f} times the processor time (linear: 1; aim: at most {AIM_GROWTH}) and the "
        f"memory is {large.seen.parent / small.seen.parent:.2f} times as large.",
    ]


def _row(one: Run) -> list[str]:
    return [
        f"{one.documents:,}",
        f"{one.events:,}",
        f"{one.pages:,}",
        f"{one.megabytes:.1f}",
        f"{one.seen.seconds:.1f}",
        f"{one.processor:.1f}",
        f"{1000 * one.processor / one.documents:.0f}",
        f"{one.seen.parent:.0f}",
        f"{1024 * one.seen.parent / one.documents:.0f}",
        str(one.seen.status),
    ]


def main() -> None:
    """Print the section alone; the shipped corpus."""
    import warclaims

    with tempfile.TemporaryDirectory(prefix="warclaims-bench-") as folder:
        sys.stdout.write("\n\n".join(section(Scale(Path(folder)), warclaims.open())) + "\n")


if __name__ == "__main__":
    main()
