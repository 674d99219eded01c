"""Check parts of files in this process, in several, or on Ray; findings come in their order."""

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
from typing import TYPE_CHECKING, Any

from warclaims.errors import WarclaimsError
from warclaims.validation.bundles.checking import check_part
from warclaims.validation.bundles.kept import decoded, encoded

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from warclaims.validation.bundles.checking import CheckedBundle, FilePart
    from warclaims.validation.bundles.kept import KeptFindings
    from warclaims.validation.known import KnownIds

AHEAD = 2
"""Parts per process that are started before the first of them is done."""

ROWS = 256
"""Checked bundles that a worker of Ray gives at once; giving each on its own takes twice the time.
"""

CORES = 0.5
"""Share of a core that Ray reserves: with whole ones, checking leaves none for passing it on."""


def check_parts(
    parts: Iterable[FilePart], known: KnownIds, kept: KeptFindings, engine: str, processes: int
) -> Generator[tuple[FilePart, Iterator[CheckedBundle]]]:
    """Check each part, or take what is kept of it. Standard input is read by this process.

    Raises:
        WarclaimsError: a process was killed, or a check failed because of a bug.
    """
    marked, ahead = tee((part, bool(part.identity) and not kept.has(part)) for part in parts)
    new = (part for part, is_new in ahead if is_new)
    if engine == "ray":
        checked = _on_ray(new, known, kept)
    elif processes > 1:
        checked = _in_processes(new, known, kept, processes)
    else:
        checked = (kept.keep(part, check_part(part, known)) for part in new)
    with closing(checked):
        for part, is_new in marked:
            if is_new:
                yield part, next(checked)
            else:
                yield part, kept.read(part) if part.identity else check_part(part, known)


def _in_processes(
    parts: Iterator[FilePart], known: KnownIds, kept: KeptFindings, processes: int
) -> Generator[Iterator[CheckedBundle]]:
    """Check the parts in several processes, which write what they find to files.

    So nothing large goes through the pipe that they share: it would be blocked if one of them was
    killed meanwhile.
    """
    begun: deque[tuple[FilePart, Future[None]]] = deque()
    context = multiprocessing.get_context(_method())
    pool = ProcessPoolExecutor(processes, context, _prepare, (known, kept))
    try:
        for part in parts:
            begun.append((part, pool.submit(_check_here, part)))
            if len(begun) == AHEAD * processes:
                yield _written(kept, *begun.popleft())
        while begun:
            yield _written(kept, *begun.popleft())
    finally:
        pool.shutdown(cancel_futures=True)


def _written(kept: KeptFindings, part: FilePart, task: Future[None]) -> Iterator[CheckedBundle]:
    """What a process has found in ``part``."""
    try:
        task.result()
    except BrokenProcessPool as error:
        if not kept.has(part):
            raise WarclaimsError(
                f"A process was killed while {part.name} was checked, from line {part.line:,} on. "
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


_given: tuple[KnownIds, KeptFindings]
"""In a process of the pool: what it checks with, and where it writes."""


def _prepare(known: KnownIds, kept: KeptFindings) -> None:
    """Prepare a process of the pool."""
    global _given  # noqa: PLW0603
    _given = (known, kept)
    for number in (signal.SIGINT, signal.SIGTERM):  # end silently, whatever the program does
        signal.signal(number, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _check_here(part: FilePart) -> None:
    known, kept = _given
    deque(kept.keep(part, check_part(part, known)), maxlen=0)


def _on_ray(
    parts: Iterator[FilePart], known: KnownIds, kept: KeptFindings
) -> Generator[Iterator[CheckedBundle]]:
    """Check the parts with Ray Data, in the cluster of ``RAY_ADDRESS`` or on this machine.

    If a worker is killed, Ray has its part checked by another one. Files must be at the same paths
    on all machines.
    """
    new = list(parts)
    rows = _rows_of_ray(new, known) if new else ()
    for number, found in groupby(rows, key=lambda row: row["part"]):
        yield kept.keep(new[number], (decoded(row["checked"]) for row in found))


def _rows_of_ray(parts: list[FilePart], known: KnownIds) -> Iterator[dict[str, Any]]:
    """What is found in the parts, in their order: rows with the number of the part."""
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
        check = partial(_check_numbered, parts=parts, known=known)
        yield from numbers.map_batches(check, batch_size=1, num_cpus=CORES).iter_rows()
    except ray.exceptions.RayError as error:
        cause = str(getattr(error, "cause", error)).partition("\n")[0]  # the rest is about Ray
        raise WarclaimsError(f"Ray could not check the bundles: {cause}") from error
    finally:
        if is_ours:
            ray.shutdown()


def _check_numbered(
    numbers: dict[str, Any], parts: list[FilePart], known: KnownIds
) -> Iterator[dict[str, list[Any]]]:
    """Check the parts with these numbers, on a worker of Ray: a row for each bundle."""
    for number in numbers["item"]:
        checked = map(encoded, check_part(parts[number], known))
        while rows := list(islice(checked, ROWS)):
            yield {"part": [number] * len(rows), "checked": rows}
