"""``warclaims studio push`` of many documents against the bare client's import of the same tasks.

As a program: import a file of tasks, one a line, into a new project: the bare client::

    python -m benchmarks.live tasks.jsonl TITLE BATCH

``BATCH`` is the number of tasks of a request, or with ``B`` at its end their bytes.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import statistics
import sys
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import orjson

from benchmarks.page import Scale, progress, table
from benchmarks.watched import Watched, watched
from support.bundles import Maker
from warclaims.studio.home import VARIABLE as HOME
from warclaims.studio.install import VARIABLE as PYTHON
from warclaims.studio.install import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.corpus import Corpus
    from warclaims.studio.connection import Connection

DOCUMENTS, FEWER = 1000, 250
REGIONS = 100
ROUNDS = 3
SIZES = ("20", "100", "1000")
"""Tasks of a request of the bare client, one of which will be its best."""
AIM = 1.5
ROOT = Path(__file__).parents[1]
SERVER = ROOT / ".studio/bin/python"


def section(scale: Scale, corpus: Corpus) -> list[str]:
    """Push and the bare client in turn; what a push and a pull with nothing to do take."""
    heading = "## Label Studio: `warclaims studio push`, beside the bare client"
    python = os.environ.get(PYTHON) or (str(SERVER) if SERVER.is_file() else "")
    if not python:
        progress("no Label Studio: make studio-environment")
        left_out = f"Left out in this run: there was no server ({PYTHON}, make studio-environment)."
        return [heading, left_out]
    os.environ[PYTHON] = python
    os.environ[HOME] = str(scale.data / "studio")
    from warclaims.studio import server as servers
    from warclaims.studio.connection import connect
    from warclaims.studio.home import home

    place = home()
    progress("starting Label Studio")
    servers.start(place, _free_port(), lambda words: None)
    try:
        return [heading, *_Bench(scale, corpus, connect(place)).run()]
    finally:
        servers.stop(place)


@dataclass
class _Bench:
    scale: Scale
    corpus: Corpus
    connection: Connection
    seen: dict[str, list[Watched]] = field(default_factory=dict)

    def run(self) -> list[str]:
        many, fewer = (self.scale.of(number) for number in (DOCUMENTS, FEWER))
        folder, part = (self.scale.data / f"live-{number}" for number in (many, fewer))
        progress(f"making {many:,} documents")
        regions, size = write_corpus(self.corpus, many, folder)
        write_corpus(self.corpus, fewer, part)
        from warclaims.studio.push import BATCH_BYTES

        ours = f"{BATCH_BYTES}B"
        progress("looking for the best size of requests of the bare client")
        probed = {size: self.bare(f"bare, {size} at once", part, size) for size in SIZES}
        best = min(probed, key=lambda size: probed[size].seconds)
        self.push("push, fewer", part)
        self.take_away()
        for turn in range(ROUNDS):
            progress(f"pushing {many:,} documents, round {turn + 1} of {ROUNDS}")
            self.bare("best", folder, best)
            self.push("push", folder)
            self.take_away()
            self.bare("same", folder, ours)
        progress("with nothing to do")
        self.push("push", folder)
        self.push("push again", folder)
        self.command("pull", folder, "pull")
        self.take_away()
        aim = self.median("best") * AIM
        rows = [
            self.row(f"bare client, {best} a request (its best of {', '.join(SIZES)})", "best"),
            self.row("bare client, requests as large as ours", "same"),
            self.row("`studio push`", "push"),
            self.row(f"`studio push` of {fewer:,}", "push, fewer"),
            self.row("`studio push` again, nothing changed", "push again"),
            self.row("`studio pull`, nothing changed", "pull"),
        ]
        ratios = [f"{self.median('push') / self.median(other):.2f}" for other in ("best", "same")]
        return [
            f"{many:,} made-up documents of {regions:.0f} regions each ({size / 1e6:.0f} MB of "
            f"tasks) into new projects of Label Studio {VERSION} on this machine, whole processes "
            "in turn on the same server, with the start of Python. Push reads, checks and makes "
            "the tasks; the bare client reads finished ones from a file. Peaks of resident memory.",
            table(["what", "seconds, each", "median", "MiB"], rows),
            f"A push takes {ratios[0]} times as long as the bare client at its best and "
            f"{ratios[1]} times with the same requests; aim: at most {AIM} ({aim:.0f} s).",
        ]

    def row(self, what: str, key: str) -> list[str]:
        runs = self.seen[key]
        seconds = ", ".join(f"{one.seconds:.1f}" for one in runs)
        peak = max(one.parent for one in runs)
        return [what, seconds, f"{self.median(key):.1f}", f"{peak:.0f}"]

    def median(self, key: str) -> float:
        return statistics.median(one.seconds for one in self.seen[key])

    def bare(self, key: str, folder: Path, size: str) -> Watched:
        tasks = folder / "tasks.jsonl"
        command = [sys.executable, "-m", "benchmarks.live", str(tasks), "bare", size]
        found = self.watch(key, command)
        self.take_away()
        return found

    def push(self, key: str, folder: Path) -> Watched:
        return self.command(key, folder, "push")

    def command(self, key: str, folder: Path, what: str) -> Watched:
        command = [sys.executable, "-m", "warclaims", "--corpus", str(folder), "studio", what]
        return self.watch(key, command)

    def watch(self, key: str, command: list[str]) -> Watched:
        found = watched(command, self.scale.data / "output.txt")
        if found.status:
            raise RuntimeError(f"{command} ended with {found.status}: {found.output!r}")
        progress(f"  {key}: {found.seconds:.1f} s")
        self.seen.setdefault(key, []).append(found)
        return found

    def take_away(self) -> None:
        """Delete all projects, so that each begins with none."""
        client = self.connection.client
        for project in list(client.projects.list()):
            client.projects.delete(id=project.id)


def write_corpus(corpus: Corpus, number: int, folder: Path) -> tuple[float, int]:
    """A corpus of so many documents, and its tasks in a file; regions of each, bytes of all."""
    from warclaims.corpus import Corpus as AnyCorpus
    from warclaims.labelstudio.files import sound_task
    from warclaims.layout import Layout

    if not (folder / "tasks.jsonl").is_file():
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(corpus.layout.annotations / "registry", folder / "annotations/registry")
        layout = Layout(folder)
        layout.annotation_file("gold", "x").parent.mkdir(parents=True)
        layout.seeds.mkdir(parents=True)
        documents = []
        for bundle in _bundles(corpus, number):
            document = bundle["document"]
            documents.append(document)
            (layout.seeds / document["file"]).write_bytes(bundle["text"].encode())
            path = layout.annotation_file("gold", document["id"])
            path.write_bytes(orjson.dumps(bundle["annotations"]))
        index = json.loads(corpus.layout.index.read_bytes()) | {"documents": documents}
        layout.index.write_bytes(orjson.dumps(index))
        made = AnyCorpus(folder)
        with (folder / "tasks.part").open("wb") as file:
            for name in made.documents:
                file.write(orjson.dumps(sound_task(made, "gold", name)) + b"\n")
        (folder / "tasks.part").rename(folder / "tasks.jsonl")
    lines = (folder / "tasks.jsonl").read_bytes().splitlines()
    regions = [
        len({item["id"] for item in one["annotations"][0]["result"] if "id" in item})
        for one in map(orjson.loads, lines)
    ]
    return statistics.mean(regions), sum(map(len, lines))


def _bundles(corpus: Corpus, number: int) -> Iterator[Any]:
    """Bundles of about as many regions as are asked for."""
    maker = Maker(corpus)
    random = Random(211)
    drawn = 0
    while drawn < number:
        bundle = orjson.loads(maker.line(random, f"d{drawn:04}"))
        spans = orjson.dumps(bundle["annotations"]).count(b'"start":')
        if abs(spans - REGIONS) <= REGIONS // 10:
            drawn += 1
            yield bundle


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> None:
    """Import tasks by the bare client."""
    from warclaims.labelstudio import configuration
    from warclaims.studio.connection import connect
    from warclaims.studio.home import home

    path, title, size = sys.argv[1:]
    client = connect(home()).client
    project = client.projects.create(title=title, label_config=configuration().decode())
    batch: list[Any] = []
    weight = 0
    with Path(path).open("rb") as file:
        for line in file:
            batch.append(json.loads(line))
            weight += len(line) if size.endswith("B") else 1
            if weight >= int(size.removesuffix("B")):
                client.projects.import_tasks(id=project.id, request=batch, return_task_ids=True)
                batch, weight = [], 0
    if batch:
        client.projects.import_tasks(id=project.id, request=batch, return_task_ids=True)


if __name__ == "__main__":
    main()
