"""``warclaims report`` on corpora of many documents: time and memory, and how they grow.

The corpora are made of the shipped texts: each group of documents is a copy of all of them, with
ids of their own and events of their own, for more documents report more events.
"""

from __future__ import annotations

import json
import resource
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.page import Scale, progress, table
from benchmarks.watched import Watched, watched
from warclaims.layout import GOLD, Layout

if TYPE_CHECKING:
    from warclaims.corpus import Corpus

SIZES = (100, 1_000)
COPIED = ("actors", "places", "sides", "annotators")
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


def grow(corpus: Corpus, root: Path, number: int) -> int:
    """Write a corpus of ``number`` documents into the new folder ``root``; how many events."""
    index = _read(corpus.layout.index)
    events = _read(corpus.layout.registry("events"))
    layout = Layout(root)
    layout.seeds.mkdir(parents=True)
    layout.annotation_set(GOLD).mkdir(parents=True)
    layout.registry("events").parent.mkdir()
    for name in COPIED:
        shutil.copy(corpus.layout.registry(name), layout.registry(name))
    originals = index["documents"]
    groups = -(-number // len(originals))
    documents = []
    for place in range(number):
        group, position = divmod(place, len(originals))
        original = originals[position]
        document = {**original, "id": f"{group:04}-{original['id']}"}
        document["file"] = f"{document['id']}.txt"
        documents.append(document)
        shutil.copy(corpus.layout.seeds / original["file"], layout.seeds / document["file"])
        annotations = _read(corpus.layout.annotation_file(GOLD, original["id"]))
        annotations["document"] = document["id"]
        for record in (*annotations["casualties"], *annotations["attributions"]):
            for reading in (record, *record.get("alternatives", ())):
                for field in {"events", "regarding"} & reading.keys():
                    reading[field] = [_of(group, event) for event in reading[field]]
        _write(layout.annotation_file(GOLD, document["id"]), annotations)
    _write(layout.index, {**index, "documents": documents})
    many = [_event(group, event) for group in range(groups) for event in events["events"]]
    _write(layout.registry("events"), {**events, "events": many})
    return len(many)


def _of(group: int, event: str) -> str:
    return f"{event}-{group:04}"


def _event(group: int, event: dict[str, Any]) -> dict[str, Any]:
    parent = event["parent"]
    return {
        **event,
        "id": _of(group, event["id"]),
        "label": f"{event['label']} ({group})",
        "parent": parent and {**parent, "id": _of(group, parent["id"])},
    }


def run(corpus: Corpus, folder: Path, number: int) -> Run:
    """The report of ``number`` documents, by the command."""
    root, out = folder / f"corpus-{number}", folder / f"report-{number}"
    events = grow(corpus, root, number)
    command = [sys.executable, "-m", "warclaims", "--corpus", str(root), "report"]
    before = _processor()
    seen = watched([*command, "--out", str(out)], folder / "output.txt")
    processor = _processor() - before
    files = [path for path in out.rglob("*") if path.is_file()]
    pages = sum(path.suffix == ".html" for path in files)
    megabytes = sum(path.stat().st_size for path in files) / 1e6
    shutil.rmtree(root)
    shutil.rmtree(out, ignore_errors=True)
    return Run(number, events, pages, megabytes, seen, processor)


def _processor() -> float:
    """Seconds of processor time of all processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


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
        f"Corpora of copies of the {len(corpus.documents)} shipped texts; every "
        f"{len(corpus.documents)} documents have events of their own. Wall clock of the whole "
        "command, peak of resident memory.",
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


def _read(path: Path) -> Any:
    return json.loads(path.read_bytes())


def _write(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def main() -> None:
    """Print the section alone; the shipped corpus."""
    import warclaims

    with tempfile.TemporaryDirectory(prefix="warclaims-bench-") as folder:
        sys.stdout.write("\n\n".join(section(Scale(Path(folder)), warclaims.open())) + "\n")


if __name__ == "__main__":
    main()
