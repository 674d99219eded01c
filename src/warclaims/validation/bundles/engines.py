"""Check parts of files in this process, in several, or on Ray; what is found comes in their order.

Each engine takes parts and gives, for each, what was found in it. If what was found before is kept,
it is taken from there.
"""

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
from functools import partial
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

from warclaims.errors import WarclaimsError
from warclaims.validation.bundles.checking import CheckedBundle, check_part
from warclaims.validation.bundles.kept import KeptFindings, decoded, encoded

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from warclaims.validation.bundles.checking import FilePart
    from warclaims.validation.known import KnownIds

    CheckedParts = Generator[tuple[FilePart, Iterable[CheckedBundle]]]

AHEAD = 2
"""Parts per process that are started before the first of them is done."""

BLOCK = 256
"""Checked bundles that Ray sends at once."""

CORES = 0.5
"""Share of a core that Ray reserves: with whole ones, checking leaves none for passing it on."""


def in_this_process(
    parts: Iterable[FilePart], known: KnownIds, kept: KeptFindings | None
) -> CheckedParts:
    """Check the parts one by one, as what is found is asked for."""
    for part in parts:
        found = check_part(part, known)
        if kept and part.identity:
            found = kept.read(part) if kept.has(part) else kept.keep(part, found)
        yield part, found


def in_processes(
    parts: Iterable[FilePart], known: KnownIds, kept: KeptFindings, processes: int
) -> CheckedParts:
    """Check the parts in several processes. They write what they find to files.

    So nothing large goes through the pipe that all processes share, which would be blocked if one
    of them was killed meanwhile.

    Raises:
        WarclaimsError: a process was killed, or a check failed because of a bug.
    """
    context = multiprocessing.get_context(_method())
    pool = ProcessPoolExecutor(processes, context, _prepare, (known, kept))
    begun: deque[tuple[FilePart, Future[None] | None]] = deque()

    def first() -> tuple[FilePart, Iterable[CheckedBundle]]:
        part, task = begun.popleft()
        if not part.identity:  # standard input, or a file that cannot be opened
            return part, check_part(part, known)
        try:
            if task and not kept.has(part):
                task.result()
        except BrokenProcessPool as error:
            raise WarclaimsError(
                f"A process was killed while {part.name} was checked, from line {part.line:,} on. "
                "If there was too little memory, try --processes 1. With --resume FOLDER, the run "
                "continues."
            ) from error
        return part, kept.read(part)

    try:
        for part in parts:
            is_new = part.identity and not kept.has(part)
            begun.append((part, pool.submit(_check_here, part) if is_new else None))
            if len(begun) >= AHEAD * processes:
                yield first()
        while begun:
            yield first()
    finally:
        pool.shutdown(cancel_futures=True)


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


def on_ray(parts: Iterable[FilePart], known: KnownIds, kept: KeptFindings | None) -> CheckedParts:
    """Check the parts with Ray Data, in the cluster of ``RAY_ADDRESS`` or on this machine.

    A part of which the worker is killed is checked again by another one. Files must be at the same
    paths on all machines.

    Raises:
        WarclaimsError: Ray gave up, or a check failed because of a bug.
    """
    every = list(parts)
    new = [part for part in every if part.identity and not (kept and kept.has(part))]
    blocks = groupby(_blocks(new, known), key=lambda block: block["part"])
    for part in every:
        if not part.identity:
            yield part, check_part(part, known)
        elif kept and kept.has(part):
            yield part, kept.read(part)
        else:
            lines = (line for block in next(blocks)[1] for line in block["found"].splitlines())
            found = map(decoded, lines)
            yield part, kept.keep(part, found) if kept else found


def _blocks(parts: list[FilePart], known: KnownIds) -> Iterator[dict[str, Any]]:
    """What is found in each of ``parts``: its number and lines, in order."""
    import ray

    is_ours = not ray.is_initialized()
    if is_ours:
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        ray.init(include_dashboard=False, log_to_driver=False, logging_level="ERROR")
    try:
        settings = ray.data.DataContext.get_current()
        settings.execution_options.preserve_order = True
        settings.enable_progress_bars = False
        logging.getLogger("ray.data").setLevel("ERROR")
        numbers = ray.data.from_items([*range(len(parts))], override_num_blocks=len(parts) or 1)
        check = partial(_check_numbers, parts=parts, known=known)
        yield from numbers.map_batches(check, batch_size=1, num_cpus=CORES).iter_rows()
    except ray.exceptions.RayError as error:
        raise WarclaimsError(f"Ray could not check the bundles: {error}") from error
    finally:
        if is_ours:
            ray.shutdown()


def _check_numbers(
    numbers: dict[str, Any], parts: list[FilePart], known: KnownIds
) -> Iterator[dict[str, Any]]:
    """Check the parts with these numbers, on a worker of Ray."""
    for number in numbers["item"]:
        found = map(encoded, check_part(parts[number], known))
        while block := list(islice(found, BLOCK)):
            yield {"part": [number], "found": [b"\n".join(block)]}
        yield {"part": [number], "found": [b""]}
