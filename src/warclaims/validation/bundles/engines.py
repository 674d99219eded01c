"""Work on parts of files in this process, in several, or on Ray; results come in their order."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from functools import partial
from itertools import groupby, islice, tee
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from warclaims.errors import WarclaimsError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from warclaims.validation.bundles.checking import FilePart
    from warclaims.validation.bundles.kept import KeptResults

Result = TypeVar("Result")

AHEAD = 2
"""Parts per process that are started before the first of them is done."""

ROWS = 256
"""Results that a worker of Ray gives at once; giving each on its own takes twice the time."""

CORES = 0.5
"""Share of a core that Ray reserves: with whole ones, checking leaves none for passing it on."""


class PartWork(Protocol[Result]):
    """What is done with a part of a file, also in another process or on another machine.

    It is pickled; results travel and are kept as lines of bytes.
    """

    done: str
    """The participle for messages: *checked*."""
    basis: tuple[object, ...]
    """What the results follow from besides the part."""

    def results(self, part: FilePart) -> Iterator[Result]:
        """The results of a part, at least one, in bounded memory."""

    def encoded(self, one: Result, /) -> bytes:
        """A result as a line without its end."""

    def decoded(self, line: bytes, /) -> Result:
        """What :meth:`encoded` made a line of."""


def run_parts(
    work: PartWork[Result],
    parts: Iterable[FilePart],
    kept: KeptResults[Result],
    engine: str,
    processes: int,
) -> Generator[tuple[FilePart, Iterator[Result]]]:
    """Do the work on each part, or take what is kept of it. Standard input is read by this process.

    Raises:
        WarclaimsError: a process was killed, or the work failed because of a bug.
    """
    marked, ahead = tee((part, bool(part.identity) and not kept.has(part)) for part in parts)
    new = (part for part, is_new in ahead if is_new)
    if engine == "ray":
        done = _on_ray(new, work, kept)
    elif processes > 1:
        done = _in_processes(new, work, kept, processes)
    else:
        done = (kept.keep(part, work.results(part)) for part in new)
    with closing(done):
        for part, is_new in marked:
            if is_new:
                yield part, next(done)
            else:
                yield part, kept.read(part) if part.identity else work.results(part)


def _in_processes(
    parts: Iterator[FilePart],
    work: PartWork[Result],
    kept: KeptResults[Result],
    processes: int,
) -> Generator[Iterator[Result]]:
    """Do the parts in several processes, which write the results to files.

    So nothing large goes through the pipe that they share: it would be blocked if one of them was
    killed meanwhile.
    """
    begun: deque[tuple[FilePart, Future[None]]] = deque()
    context = multiprocessing.get_context(_method())
    pool = ProcessPoolExecutor(processes, context, _prepare, (work, kept))
    try:
        for part in parts:
            begun.append((part, pool.submit(_do_here, part)))
            if len(begun) == AHEAD * processes:
                yield _written(work, kept, *begun.popleft())
        while begun:
            yield _written(work, kept, *begun.popleft())
    finally:
        pool.shutdown(cancel_futures=True)


def _written(
    work: PartWork[Result], kept: KeptResults[Result], part: FilePart, task: Future[None]
) -> Iterator[Result]:
    """The results of a process for ``part``."""
    try:
        task.result()
    except BrokenProcessPool as error:
        if not kept.has(part):
            raise WarclaimsError(
                f"A process was killed while {part.name} was {work.done}, from line "
                f"{part.line:,} on. "
                "If there was too little memory, try --processes 1. With --resume FOLDER, the run "
                "continues."
            ) from error
    return kept.read(part)


def _method() -> str:
    """How to start processes: forked ones need not import anything again.

    A program with threads is not forked, since the new process could wait for a lock that was held
    by a thread it does not have.
    """
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


_given: tuple[PartWork[Any], KeptResults[Any]]
"""In a process of the pool: its work, and where it writes."""


def _prepare(work: PartWork[Any], kept: KeptResults[Any]) -> None:
    """Prepare a process of the pool."""
    global _given  # noqa: PLW0603
    _given = (work, kept)
    for number in (signal.SIGINT, signal.SIGTERM):  # end silently, whatever the program does
        signal.signal(number, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _do_here(part: FilePart) -> None:
    work, kept = _given
    deque(kept.keep(part, work.results(part)), maxlen=0)


def _on_ray(
    parts: Iterator[FilePart], work: PartWork[Result], kept: KeptResults[Result]
) -> Generator[Iterator[Result]]:
    """Do the parts with Ray Data, in the cluster of ``RAY_ADDRESS`` or on this machine.

    If a worker is killed, Ray has its part done by another one. Files must be at the same paths
    on all machines.
    """
    new = list(parts)
    rows = _rows_of_ray(new, work) if new else ()
    for number, found in groupby(rows, key=lambda row: row["part"]):
        yield kept.keep(new[number], (work.decoded(row["result"]) for row in found))


def _rows_of_ray(parts: list[FilePart], work: PartWork[Any]) -> Iterator[dict[str, Any]]:
    """The results of the parts, in their order: rows with the number of the part."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_DEDUP_LOGS_SKIP_REGEX", ".")  # it would print among the findings
    import ray

    if is_ours := not ray.is_initialized():
        ray.init(include_dashboard=False, log_to_driver=False, logging_level=logging.ERROR)
    try:
        settings = ray.data.DataContext.get_current()
        settings.execution_options.preserve_order = True
        settings.enable_progress_bars = False
        logging.getLogger("ray.data").setLevel("CRITICAL")
        numbers = ray.data.from_items([*range(len(parts))], override_num_blocks=len(parts))
        do = partial(_do_numbered, parts=parts, work=work)
        yield from numbers.map_batches(do, batch_size=1, num_cpus=CORES).iter_rows()
    except ray.exceptions.RayError as error:
        cause = str(getattr(error, "cause", error)).partition("\n")[0]  # the rest is about Ray
        raise WarclaimsError(f"The bundles could not be {work.done} on Ray: {cause}") from error
    finally:
        if is_ours:
            ray.shutdown()


def _do_numbered(
    numbers: dict[str, Any], parts: list[FilePart], work: PartWork[Any]
) -> Iterator[dict[str, list[Any]]]:
    """Do the parts with these numbers, on a worker of Ray: a row for each result."""
    for number in numbers["item"]:
        lines = map(work.encoded, work.results(parts[number]))
        while rows := list(islice(lines, ROWS)):
            yield {"part": [number] * len(rows), "result": rows}
