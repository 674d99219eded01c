"""Validate the bundles in a file or stream, in order and in bounded memory."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from warclaims.corpus.reading import read_registries
from warclaims.corpus.schema_check import published_schema
from warclaims.corpus.shards.keys import DocumentKey, document_key
from warclaims.corpus.shards.reading import (
    PARQUET,
    STDIN,
    BundleStream,
    ExpansionLimit,
    UnreadableBundles,
    open_stream,
    read_batches,
)
from warclaims.corpus.shards.table import read_rows
from warclaims.errors import InvalidFile, WarclaimsError
from warclaims.files.limits import MIB
from warclaims.findings import Finding
from warclaims.records import REGISTRIES, Bundle, Lists
from warclaims.validation.bundles.check import check_bundle, too_large
from warclaims.validation.bundles.duplicates import SeenDocuments
from warclaims.validation.known import KnownIds
from warclaims.validation.not_applied import Omissions, Reason, Validation
from warclaims.validation.settings import settings_of

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from warclaims.corpus import Corpus
    from warclaims.corpus.shards.reading import Batch

PARALLEL_FROM = 8 * MIB
"""The size of a file from which several processes are used by default."""

PATIENCE = 1
"""Seconds after which it is checked whether the processes are alive."""

MOST_BUNDLES = 16
"""The number of bundles that a process is sent at once. Their findings are shown when all of them
are checked."""

AHEAD = 2
"""Batches per process that are started before the first of them is done."""


@dataclass
class BundleRun:
    """A run over several files: how far all of them may expand, and the documents seen."""

    expansion: ExpansionLimit = field(default_factory=ExpansionLimit)
    documents: SeenDocuments = field(default_factory=SeenDocuments)


@dataclass(slots=True)
class BundleProgress:
    """The progress in a file: bundles checked, bytes read of ``total`` (``None`` if unknown)."""

    bundles: int = 0
    read: int = 0
    total: int | None = None


def validate_bundles(
    path: str | Path,
    corpus: Corpus,
    processes: int | None = None,
    *,
    watch: Callable[[BundleProgress], None] | None = None,
    run: BundleRun | None = None,
) -> Validation:
    """Find what is wrong with the bundles at ``path``, in their order. Memory use is bounded.

    ``path`` is a file of JSON Lines, plain or compressed with gzip or zstd, a Parquet table with a
    column ``bundle`` of JSON texts, one bundle as JSON, or ``-`` for standard input. The first
    bytes decide which. References are looked up in the registries of ``corpus``. Line and row
    numbers count from 1. Waived findings are left out.

    Args:
        path: The file.
        corpus: The corpus whose registries are used.
        processes: How many processes to use; by default as many as there are cores, or one for
            small files.
        watch: Called with the progress.
        run: Shared by the files of a run, so that a document in two of them is found.

    Raises:
        WarclaimsError: a process was killed, or a check failed because of a bug.
    """
    omissions = Omissions()
    given = None if str(path) == STDIN else Path(path)
    name = "<stdin>" if given is None else corpus.layout.relative(given)

    def findings() -> Iterator[Finding]:
        known, unreadable = read_known(corpus)
        yield from unreadable
        for registry in REGISTRIES.keys() - known.registries.keys():
            omissions.note(Reason.REGISTRY, registry)
        try:
            stream = open_stream(given, name)
        except UnreadableBundles as error:
            yield Finding(name, "", error.code, error.message)
            return
        with stream.reader:
            yield from check_stream(stream, known, omissions, processes, watch=watch, run=run)

    return Validation(findings(), omissions)


def check_stream(
    stream: BundleStream,
    known: KnownIds,
    omissions: Omissions,
    processes: int | None = None,
    *,
    watch: Callable[[BundleProgress], None] | None = None,
    run: BundleRun | None = None,
) -> Iterator[Finding]:
    """Like :func:`validate_bundles`, for an open stream and registries that have been read."""
    name, run = stream.name, run or BundleRun()
    kind = PARQUET if stream.is_table else stream.compression
    advance = BundleProgress(total=stream.size)
    if processes is None:
        processes = 1 if (stream.size or 0) < PARALLEL_FROM else cores()
    line = 0
    try:
        with closing(_results(stream, run.expansion, known, processes)) as results:
            for bundles, omitted in results:
                omissions.update(omitted)
                for bundle in bundles:
                    line = bundle.line or line
                    found = bundle.findings
                    if bundle.document:
                        found += run.documents.note(name, bundle.line, bundle.document)
                    yield from found
                    if kind:
                        run.expansion.add(kind, items=len(found))
                advance.bundles += len(bundles)
                advance.read = stream.count
                if watch:
                    watch(advance)
        stream.require_unchanged()
        if not advance.bundles:
            yield Finding(name, "", "F108", "holds no bundle")
    except UnreadableBundles as error:
        yield Finding(name, "", error.code, error.message, line=line + 1)
    except BrokenProcessPool as error:
        raise WarclaimsError(
            f"A process that checked {name}, from line {line + 1:,} on, was killed. "
            "If there was too little memory, try --processes 1."
        ) from error


def read_known(corpus: Corpus) -> tuple[KnownIds, list[Finding]]:
    """Read the registries and lists of ``corpus``; the findings say which cannot be read."""
    entries, unreadable = read_registries(corpus.layout, by_published_schema=True)
    schema = published_schema(corpus.layout, Bundle)
    lists = Lists()
    try:
        lists = corpus.lists
    except InvalidFile as error:
        unreadable += sorted(error.findings)
    settings = settings_of(corpus.layout)
    known = KnownIds(entries, schema_of_bundles=schema, settings=settings, lists=lists)
    return known, unreadable


def cores() -> int:
    """The number of cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


class CheckedBundle(NamedTuple):
    """The findings in the bundle at ``line``, and its document if that can be read."""

    line: int | None
    findings: list[Finding]
    document: DocumentKey | None


def check_batch(batch: Batch, known: KnownIds, file: str) -> tuple[list[CheckedBundle], Omissions]:
    """Check some bundles of ``file``; also count the rules that were not applied.

    Raises:
        WarclaimsError: a check failed because of a bug.
    """
    checked: list[CheckedBundle] = []
    omissions = Omissions()
    for line, data in batch:
        if isinstance(data, int):
            omissions.note(Reason.UNREADABLE, "bundle")
            checked.append(CheckedBundle(line, [too_large(data, file, line or 1)], None))
            continue
        if not data or data.isspace():
            continue
        try:
            found = check_bundle(data, known, file, line, omissions=omissions)
        except Exception as error:
            place = file if line is None else f"{file}:{line}"
            raise WarclaimsError(
                f"{place}: the checks failed with {type(error).__name__}: {error}. "
                "This is a bug in warclaims. Please report it with the bundle."
            ) from error
        checked.append(CheckedBundle(line, found, document_key(data)))
    return checked, omissions


Results = tuple[list[CheckedBundle], Omissions]


def _results(
    stream: BundleStream, expansion: ExpansionLimit, known: KnownIds, processes: int
) -> Generator[Results]:
    """Check all batches of ``stream``, in their order, here or in several ``processes``.

    Raises:
        UnreadableBundles: the rest cannot be read; what came before is checked first.
    """
    batches = read_batches(stream, expansion)
    if stream.is_table:
        batches = ([row] for row in enumerate(read_rows(stream, expansion), 1))
    most = 1 if processes < 2 else MOST_BUNDLES
    batches = (batch[at : at + most] for batch in batches for at in range(0, len(batch), most))
    if processes < 2:
        for batch in batches:
            yield check_batch(batch, known, stream.name)
        return
    pool = ProcessPoolExecutor(
        processes, multiprocessing.get_context(_method()), _prepare, (known, stream.name)
    )
    begun: deque[Future[Results]] = deque()
    unreadable: UnreadableBundles | None = None
    try:
        try:
            for batch in batches:
                begun.append(pool.submit(_check_here, batch))
                while len(begun) >= AHEAD * processes or (begun and stream.would_wait()):
                    yield _result_of(begun.popleft(), pool)
        except UnreadableBundles as error:
            unreadable = error
        while begun:
            yield _result_of(begun.popleft(), pool)
        if unreadable:
            raise unreadable
    finally:
        pool.shutdown(cancel_futures=True)


def _result_of(batch: Future[Results], pool: ProcessPoolExecutor) -> Results:
    """Wait for the result of a batch.

    All processes write to one pipe. If one is killed while it writes a result, the pool waits for
    the rest for ever, unless all other processes are killed and the pipe is closed.

    Raises:
        BrokenProcessPool: a process was killed.
    """
    lost = 0
    while True:
        try:
            return batch.result(timeout=PATIENCE)
        except TimeoutError:
            processes = list(pool._processes.values())
            lost += any(not process.is_alive() for process in processes)
            if lost < 2:  # the pool may notice it by itself
                continue
            for process in processes:
                process.kill()
            pool._result_queue._writer.close()  # type: ignore[attr-defined]
            lost = 0


def _method() -> str:
    """How to start processes: forked ones need not import anything again.

    A program with threads is not forked, since the new process could wait for a lock that was held
    by a thread it does not have.
    """
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


_given: tuple[KnownIds, str]
"""In a process of the pool: what it checks batches with."""


def _prepare(known: KnownIds, file: str) -> None:
    """Prepare a process of the pool."""
    global _given  # noqa: PLW0603
    _given = (known, file)
    for number in (signal.SIGINT, signal.SIGTERM):  # end silently, whatever the program does
        signal.signal(number, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _check_here(batch: Batch) -> Results:
    return check_batch(batch, *_given)
