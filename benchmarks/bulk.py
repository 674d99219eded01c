"""Whole files, small and large: ``warclaims validate FILE.jsonl`` by one and two processes."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.page import Scale, progress, table
from benchmarks.watched import Watched, watched

if TYPE_CHECKING:
    from warclaims.corpus import Corpus

SIZES = (10_000, 40_000, 160_000)
PROCESSES = (1, 2)
AIM_MEMORY = 64
MILLION = 1_000_000
ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Generated:
    """A file of bundles, and that of what is broken in it."""

    number: int
    seed: int
    path: Path
    record: Path


@dataclass(frozen=True)
class Run:
    """The command on one file."""

    bundles: Generated
    processes: int
    seen: Watched
    missed: int
    false: int

    @property
    def rate(self) -> float:
        """Bundles a second."""
        return self.bundles.number / self.seen.seconds


def generate(scale: Scale) -> list[Generated]:
    """The files, made by two processes at a time; files that are there already are used again."""
    wanted = []
    for position, size in enumerate(SIZES):
        number, seed = scale.of(size), 101 + position
        path = scale.data / f"bundles-{number}-{seed}.jsonl"
        wanted.append(Generated(number, seed, path, path.with_suffix(".broken.jsonl")))
    missing = [one for one in wanted if not (one.path.exists() and one.record.exists())]
    waiting = missing[::-1]
    running: list[tuple[Generated, Path, subprocess.Popen[bytes]]] = []
    while waiting or running:
        while waiting and len(running) < 2:
            one = waiting.pop(0)
            progress(f"generating {one.number:,} bundles")
            part = one.path.with_suffix(".part")
            command = [sys.executable, "-m", "support.bundles", str(one.number), str(part)]
            options = ["--seed", str(one.seed), "--record", str(one.record)]
            process = subprocess.Popen([*command, *options], cwd=ROOT, stdout=subprocess.DEVNULL)
            running.append((one, part, process))
        time.sleep(0.2)
        for done in [each for each in running if each[2].poll() is not None]:
            running.remove(done)
            one, part, process = done
            if process.returncode:
                raise subprocess.CalledProcessError(process.returncode, process.args)
            part.rename(one.path)
    return wanted


def run(bundles: Generated, processes: int, corpus: Corpus, folder: Path) -> Run:
    """Check a file by the command."""
    command = [sys.executable, "-m", "warclaims", "--corpus", str(corpus.root), "validate"]
    options = ["--format", "json", "--processes", str(processes), str(bundles.path)]
    output = folder / "output.json"
    seen = watched([*command, *options], output)
    output.unlink()
    missed, false = _compare(bundles, seen.output)
    seen.output = b""
    return Run(bundles, processes, seen, missed, false)


def _compare(bundles: Generated, output: bytes) -> tuple[int, int]:
    """How many broken bundles gave no declared code, and how many clean ones gave a finding."""
    found: dict[int, set[str]] = {}
    for finding in json.loads(output)["findings"]:
        found.setdefault(finding["line"], set()).add(finding["code"])
    records = map(json.loads, bundles.record.read_bytes().splitlines())
    declared = {record["line"]: set(record["codes"]) for record in records}
    missed = sum(not codes & found.get(line, set()) for line, codes in declared.items())
    return missed, len(found.keys() - declared.keys())


def section(scale: Scale, corpus: Corpus) -> list[str]:
    """Time and memory of all runs, and what a million would take."""
    files = generate(scale)
    runs: list[Run] = []
    for bundles in files:
        for processes in PROCESSES:
            progress(f"checking {bundles.number:,} bundles, processes: {processes}")
            runs.append(run(bundles, processes, corpus, scale.data))
    speedups = [
        f"{two.rate / one.rate:.2f} × ({one.bundles.number:,})"
        for one, two in zip(runs[::2], runs[1::2], strict=True)
    ]
    largest = runs[-2:]
    hours = " and ".join(
        f"{MILLION / one.rate / 3600:.2f} hours with {one.processes} "
        f"process{'es' if one.processes > 1 else ''}"
        for one in largest
    )
    size = files[-1].path.stat().st_size / files[-1].number
    return [
        "## Whole files: `warclaims validate FILE.jsonl`",
        "Files of generated bundles, one in a hundred with a mistake; wall clock of the whole "
        "command, start-up and output as JSON included; peaks of resident memory (high-water "
        f"marks) in MiB, of which pages shared after a fork count in each process. Aim: "
        f"{AIM_MEMORY} MiB a process, whatever the number of bundles.",
        table(
            [
                "bundles",
                "GB",
                "processes",
                "seconds",
                "bundles/s",
                "memory of the first process",
                "largest other process",
                "exit status",
                "broken, and not told",
                "clean, and found fault with",
            ],
            [_row(one) for one in runs],
        ),
        f"Two processes are as fast as one times: {', '.join(speedups)}; aim: at least 1.7.",
        f"From the {largest[0].bundles.number:,} that ran, a million bundles of "
        f"{size / 1000:.0f} kB would take {hours}.",
    ]


def _row(one: Run) -> list[str]:
    seen = one.seen
    return [
        f"{one.bundles.number:,}",
        f"{one.bundles.path.stat().st_size / 1e9:.2f}",
        str(one.processes),
        f"{seen.seconds:.1f}",
        f"{one.rate:,.0f}",
        f"{seen.parent:.0f}",
        f"{max(seen.workers):.0f}" if seen.workers else "–",
        str(seen.status),
        str(one.missed),
        str(one.false),
    ]
