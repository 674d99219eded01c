"""Whole corpora, command by command: time per document and peak memory, and how both grow.

In one corpus every five documents have events of their own, in the other all are about the same
events, so that each event has thousands of accounts. All have gold; two passes are added for the
agreement. ``LARGE=1`` measures 20,000 documents, too, which takes hours.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.corpora import PASSES, write_corpus
from benchmarks.page import Scale, progress, table
from benchmarks.watched import processor_time, watched
from warclaims.layout import Layout

if TYPE_CHECKING:
    from warclaims.corpus import Corpus

SIZES = (500, 2_000)
LARGE = 20_000
TOGETHER = {"events of every five documents": 5, "the same events": None}
AIM = 30
"""Processor time of ``build`` per document, in milliseconds."""


def section(scale: Scale, corpus: Corpus) -> list[str]:
    """Every command on corpora of each size and kind."""
    large = (LARGE,) if os.environ.get("LARGE", "") not in ("", "0") else ()
    rows = []
    for size in (*SIZES, *large):
        for about, together in TOGETHER.items():
            rows += _rows(corpus, scale.of(size), about, together, scale.data)
    return [
        "## Whole corpora, command by command",
        "Corpora of generated documents of 3,000 to 10,000 characters; processor time of the whole "
        f"command and peak of resident memory. Aim: `build` under {AIM} ms per document, and no "
        "more at ten times the size.",
        table(
            ["documents", "about", "command", "seconds", "ms per document", "MiB", "exit status"],
            rows,
        ),
    ]


def _rows(
    corpus: Corpus, number: int, about: str, together: int | None, data: Path
) -> list[list[str]]:
    found = []
    with tempfile.TemporaryDirectory(dir=data) as folder:
        root = Path(folder) / "corpus"
        write_corpus(corpus, root, number, together)
        out = str(Path(folder) / "bundles.jsonl")
        commands = {
            "agree": ["agree", *PASSES],
            "validate": ["validate"],
            "build": ["build"],
            "claims": ["claims", "--format", "json"],
            "compare": ["compare", "--format", "json"],
            "export": ["export", "bundles", "--out", out],
        }
        for name, options in commands.items():
            progress(f"{name}, {number:,} documents about {about}")
            command = [sys.executable, "-m", "warclaims", "--corpus", str(root), *options]
            before = processor_time()
            seen = watched(command, Path(folder) / "output.txt")
            seconds = processor_time() - before
            found.append(
                [
                    f"{number:,}",
                    about,
                    f"`{name}`",
                    f"{seconds:.1f}",
                    f"{1000 * seconds / number:.0f}",
                    f"{max(seen.peaks.values()):.0f}",
                    str(seen.status),
                ]
            )
            if name == "agree":  # the other commands read gold only
                for annotator in PASSES:
                    shutil.rmtree(Layout(root).annotation_set(annotator))
    return found


def main() -> None:
    """Print the section alone."""
    import warclaims

    quick = os.environ.get("QUICK", "") not in ("", "0")
    with tempfile.TemporaryDirectory(prefix="warclaims-bench-") as folder:
        scale = Scale(Path(folder), quick)
        sys.stdout.write("\n\n".join(section(scale, warclaims.open())) + "\n")


if __name__ == "__main__":
    main()
