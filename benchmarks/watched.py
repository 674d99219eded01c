"""Run a command and watch how much memory it and its processes take."""

from __future__ import annotations

import os
import resource
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

POLL = 0.05
"""Seconds between two looks. What is looked at are high-water marks, so little is missed."""


@dataclass
class Watched:
    """What a command took: seconds, exit status, output, peak MiB of its processes by id."""

    seconds: float = 0.0
    status: int = 0
    output: bytes = b""
    peaks: dict[int, float] = field(default_factory=dict)
    first: int = 0

    @property
    def parent(self) -> float:
        """Peak of the process itself, MiB."""
        return self.peaks.get(self.first, 0.0)

    @property
    def workers(self) -> list[float]:
        """Peaks of the processes that it started, MiB."""
        return [peak for process, peak in self.peaks.items() if process != self.first]


def watched(command: list[str], output: Path) -> Watched:
    """Run ``command``, its standard output in the file ``output``."""
    found = Watched()
    start = time.perf_counter()
    with output.open("wb") as file:
        process = subprocess.Popen(command, stdout=file, stderr=subprocess.DEVNULL)
        found.first = process.pid
        while process.poll() is None:
            for member in _family(process.pid):
                peak = _peak(member)
                if peak:
                    found.peaks[member] = max(peak, found.peaks.get(member, 0.0))
            time.sleep(POLL)
    found.seconds = time.perf_counter() - start
    found.status = process.returncode
    found.output = output.read_bytes()
    if not found.peaks:  # no /proc here
        unit = 2**20 if os.uname().sysname == "Darwin" else 2**10
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / unit
        found.peaks[found.first] = peak
    return found


def processor_time() -> float:
    """Seconds of processor time of all processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _family(process: int) -> list[int]:
    """The process and those that it started."""
    try:
        tasks = Path(f"/proc/{process}/task").iterdir()
        children = [int(word) for t in tasks for word in (t / "children").read_text().split()]
    except OSError:
        return [process]
    return [process, *(member for child in children for member in _family(child))]


def _peak(process: int) -> float:
    """The high-water mark of resident memory, MiB."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return 0.0
    for line in status.splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0
