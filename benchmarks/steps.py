"""Whole corpora in shards, command by command: time per document and peak memory, and their growth.

In one corpus every five documents have events of their own, in the other all are about the same
events, so that each event has thousands of accounts. All have gold and two passes. ``LARGE=1``
measures 20,000 documents, too, which takes hours. Progress goes to standard error.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.corpora import COPIED, PASSES, write_sharded
from benchmarks.page import Scale, progress, table
from benchmarks.watched import processor_time, watched
from warclaims.layout import Layout

if TYPE_CHECKING:
    from warclaims.corpus import Corpus

SIZES = (500, 2_000)
LARGE = 20_000
TOGETHER = {"events of every five documents": 5, "the same events": None}
AIM = 1024
"""MiB of one process."""


def section(scale: Scale, corpus: Corpus) -> list[str]:
    """Every command on corpora of each size and kind."""
    large = (LARGE,) if os.environ.get("LARGE", "") not in ("", "0") else ()
    rows = []
    for size in (*SIZES, *large):
        for about, together in TOGETHER.items():
            rows += _rows(corpus, scale.of(size), about, together, scale.data)
    return [
        "## Whole corpora, command by command",
        "Generated documents of 3,000 to 10,000 characters in shards of 1,000; processor "
        "time of the whole command with its processes, and peak of resident memory of the largest "
        f"of them. Aims: at most {AIM:,} MiB per process, and the same time per document whatever "
        "the size.",
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
        root, own = Path(folder) / "corpus", Path(folder) / "own"
        write_sharded(corpus, root, number, together)
        bundles = str(Path(folder) / "bundles.jsonl")
        out = ["--overwrite", "--out", str(Path(folder) / "found.json")]
        commands = {
            "validate": ["validate"],
            "build": ["build"],
            "claims": ["claims", "--format", "json", *out],
            "compare": ["compare", "--format", "json", *out],
            "agree": ["agree", *PASSES],
            "export": ["export", "bundles", "--out", bundles],
            "import": ["import", "bundles", bundles, "--annotator", PASSES[0]],
        }
        for name, options in commands.items():
            progress(f"{name}, {number:,} documents about {about}")
            if name == "import":
                _begin(root, own)
            place = own if name == "import" else root
            command = [sys.executable, "-m", "warclaims", "--corpus", str(place), *options]
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
    return found


def _begin(root: Path, own: Path) -> None:
    """Begin a directory to import into, with the registries of another corpus."""
    before, layout = Layout(root), Layout(own)
    layout.registry("events").parent.mkdir(parents=True)
    layout.seeds.mkdir()
    for name in (*COPIED, "events"):
        layout.registry(name).write_bytes(before.registry(name).read_bytes())
    layout.index.write_text('{"schema_version": "2.0", "documents": []}\n')


def main() -> None:
    """Print the section alone."""
    import warclaims

    quick = os.environ.get("QUICK", "") not in ("", "0")
    with tempfile.TemporaryDirectory(prefix="warclaims-bench-") as folder:
        scale = Scale(Path(folder), quick)
        sys.stdout.write("\n\n".join(section(scale, warclaims.open())) + "\n")


if __name__ == "__main__":
    main()
