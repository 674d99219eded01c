"""Processes that do jobs at the same time; what they find comes back in the order of the jobs."""

from __future__ import annotations

import multiprocessing
import signal
import sys
import threading
from collections import deque
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from time import monotonic
from typing import TYPE_CHECKING, Any

from warclaims.validation.bundles.compression import Broken
from warclaims.validation.bundles.jobs import CheckFailed, Job, Part, Setup, Worker

if TYPE_CHECKING:
    from collections.abc import Iterator

AHEAD = 4
"""Jobs for each process that are begun before the first of them is done."""

WAITING = 20_000
"""Findings that wait for those before them; more are left with the process that found them."""

PATIENCE = 5.0
"""Seconds that processes have to end before they are killed."""


def _method() -> str:
    """How to start processes: forked ones share what is loaded already.

    Nothing here starts a thread before they run. Where the host has some, a fork could inherit a
    lock that nobody opens any more.
    """
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


class ProcessDied(Exception):
    """A process ended before its ``job`` was done; ``how`` says how, as a verb."""

    def __init__(self, job: Job, how: str) -> None:
        super().__init__(job, how)
        self.job = job
        self.how = how


@dataclass
class _Begun:
    """A job that a process was given, and what is to be handed on of it."""

    job: Job
    parts: deque[Part] = field(default_factory=deque)
    error: Exception | None = None


class Pool:
    """``processes`` processes that are ready to do jobs."""

    def __init__(self, setup: Setup, processes: int) -> None:
        method = _method()
        context: Any = multiprocessing.get_context(method)
        self._processes: dict[Connection, Any] = {}
        for _ in range(processes):
            ours, theirs = context.Pipe()
            others = [*self._processes, ours]
            process = context.Process(
                target=_serve,
                args=(theirs, others if method == "fork" else [], setup),
                daemon=True,
            )
            process.start()
            theirs.close()
            self._processes[ours] = process

    def run(self, jobs: Iterator[Job], awaited: int | None = None) -> Iterator[tuple[Job, Part]]:
        """The parts of every job, in the order of the jobs.

        ``awaited`` is the number of an open pipe that ``jobs`` come from: while nothing is in it,
        what the processes find is handed on.

        Raises:
            Broken: by a process, or by ``jobs`` (then all before it is done first).
            CheckFailed: a check failed.
            ProcessDied: a process was ended from outside.
        """
        begun: deque[_Begun] = deque()
        busy: dict[Connection, _Begun] = {}
        idle = deque(self._processes)
        ended: Exception | None = None
        more = True
        while more or begun:
            while more and idle and len(begun) < AHEAD * len(self._processes):
                if awaited is not None and busy and awaited not in wait([awaited, *busy]):
                    break
                try:
                    job = next(jobs, None)
                except Broken as error:
                    job, ended = None, error
                if job is None:
                    more = False
                    break
                begun.append(_Begun(job))
                busy[idle[0]] = begun[-1]
                self._give(idle.popleft(), begun[-1])
            self._receive(busy, begun, idle)
            while begun:
                first = begun[0]
                while first.parts:
                    part = first.parts.popleft()
                    if part.is_last:
                        begun.popleft()
                    yield first.job, part
                if first.error is not None:
                    raise first.error
                if begun and begun[0] is first:
                    break
        if ended is not None:
            raise ended

    def _give(self, connection: Connection, begun: _Begun) -> None:
        try:
            connection.send(begun.job)
        except OSError:
            begun.error = self._died(connection, begun.job)

    def _receive(
        self, busy: dict[Connection, _Begun], begun: deque[_Begun], idle: deque[Connection]
    ) -> None:
        """Wait until a process says something, and note what."""
        full = sum(len(part.findings) for job in begun for part in job.parts) > WAITING
        asked = [
            connection
            for connection, job in busy.items()
            if job.error is None and (not full or job is begun[0])
        ]
        for ready in wait(asked) if asked else ():
            connection = ready
            assert isinstance(connection, Connection)
            job = busy[connection]
            try:
                said = connection.recv()
            except (EOFError, OSError):
                job.error = self._died(connection, job.job)
                del busy[connection]
                continue
            if isinstance(said, Part):
                job.parts.append(said)
                if said.is_last:
                    del busy[connection]
                    idle.append(connection)
            else:
                job.error = said
                del busy[connection]

    def _died(self, connection: Connection, job: Job) -> ProcessDied:
        process = self._processes[connection]
        process.join(PATIENCE)
        code = process.exitcode
        if code is None:
            return ProcessDied(job, "answers no more")
        if code < 0:
            return ProcessDied(job, f"was ended by signal {-code} ({signal.strsignal(-code)})")
        return ProcessDied(job, f"was ended by exit status {code}")

    def close(self) -> None:
        """End all processes at once, by force if need be."""
        for connection, process in self._processes.items():
            process.terminate()
            connection.close()
        until = monotonic() + PATIENCE
        for process in self._processes.values():
            process.join(max(0.0, until - monotonic()))
            if process.exitcode is None:
                process.kill()
                process.join()


def _serve(connection: Connection, others: list[Connection], setup: Setup) -> None:
    """Do the jobs that come through ``connection`` until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process ends the others
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # whatever a host does that was forked
    for other in others:
        other.close()
    worker = Worker(setup)
    try:
        while True:
            job = connection.recv()
            try:
                for part in worker.do(job):
                    connection.send(part)
            except (Broken, CheckFailed) as error:
                connection.send(error)
    except (EOFError, OSError):
        return
