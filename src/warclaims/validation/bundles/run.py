"""Validate the bundles in files and streams, in order and in bounded memory."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from warclaims.corpus.reading import read_registries
from warclaims.corpus.schema_check import published_schema
from warclaims.corpus.shards.reading import STDIN, ExpansionLimit, UnreadableBundles
from warclaims.errors import InvalidFile
from warclaims.files import workspace
from warclaims.files.limits import MIB
from warclaims.findings import Finding
from warclaims.records import REGISTRIES, Bundle, Lists
from warclaims.validation.bundles.checking import BundleCheck, parts_of
from warclaims.validation.bundles.duplicates import SeenDocuments
from warclaims.validation.bundles.engines import run_parts
from warclaims.validation.bundles.kept import KeptResults
from warclaims.validation.known import KnownIds
from warclaims.validation.not_applied import Omissions, Reason, Validation
from warclaims.validation.settings import settings_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from warclaims.corpus import Corpus
    from warclaims.corpus.shards.shard import Shard
    from warclaims.validation.bundles.checking import CheckedBundle, FilePart
    from warclaims.validation.bundles.engines import PartWork

Result = TypeVar("Result")

PARALLEL_FROM = 8 * MIB
"""The size of all files from which several processes are used by default."""

MAY_CHANGE = ("F100", "F113")
"""Codes of what may have passed when the command runs again, so that it is not kept."""


@dataclass(slots=True)
class BundleProgress:
    """The progress of a run: bundles checked, the file, and bytes read of all ``total`` ones."""

    bundles: int = 0
    file: str = ""
    read: int = 0
    total: int = 0


def validate_bundles(
    paths: str | Path | Iterable[str | Path],
    corpus: Corpus,
    processes: int | None = None,
    *,
    engine: Literal["local", "ray"] = "local",
    resume: Path | None = None,
    watch: Callable[[BundleProgress], None] | None = None,
    names: Iterable[str] | None = None,
) -> Validation:
    """Find what is wrong with the bundles in files, in their order. Memory use is bounded.

    A file is JSON Lines, plain or compressed with gzip or zstd, a Parquet table of bundles (typed
    columns, or a column ``bundle`` of JSON texts), one bundle as JSON, or ``-`` for standard input.
    The first bytes decide which. References are looked up in the registries of ``corpus``. Line and
    row numbers count from 1. Waived findings are left out. What is found does not depend on the
    engine.

    Args:
        paths: The file or files. A document that is twice in them is found.
        corpus: The corpus whose registries are used.
        processes: How many processes to use; by default as many as there are cores, or one for
            small files. Ray decides by itself.
        engine: ``ray`` checks on Ray, which must be installed: on the cluster that it is connected
            to or that ``RAY_ADDRESS`` names, or else on this machine.
        resume: A folder that keeps what is found, file by file (a large file of lines in parts). A
            run with the same folder takes from it what was checked before and has not changed.
        watch: Called with the progress.
        names: What findings call the files; by default their paths, from the corpus directory.

    Raises:
        WarclaimsError: a process was killed, the findings cannot be kept, or a check failed because
            of a bug. What was checked before is in the folder ``resume``.
    """
    omissions = Omissions()
    every = [paths] if isinstance(paths, str | Path) else list(paths)
    files = [None if str(path) == STDIN else Path(path) for path in every]
    progress = BundleProgress(total=_total(files))
    processes = default_processes(files, processes)

    def findings() -> Iterator[Finding]:
        known, unreadable = read_known(corpus)
        yield from unreadable
        for registry in REGISTRIES.keys() - known.registries.keys():
            omissions.note(Reason.REGISTRY, registry)
        own = (corpus.layout.relative(path) if path else "<stdin>" for path in files)
        named = zip(files, names or own, strict=True)
        parts = (part for both in named for part in parts_of(*both))
        first = list(islice(parts, 2))
        several = processes if len(first) > 1 else 1
        with ExitStack() as stack:
            folder = resume
            if several > 1 and engine == "local" and not resume:
                folder = stack.enter_context(workspace())
            work = BundleCheck(known)
            kept = KeptResults(folder, work)
            checked = run_parts(work, chain(first, parts), kept, engine, several)
            stack.enter_context(closing(checked))
            yield from _findings(checked, omissions, progress, watch, kept)

    return Validation(findings(), omissions)


def _findings(
    parts: Iterable[tuple[FilePart, Iterable[CheckedBundle]]],
    omissions: Omissions,
    progress: BundleProgress,
    watch: Callable[[BundleProgress], None] | None,
    kept: KeptResults[CheckedBundle],
) -> Iterator[Finding]:
    """What was found in the parts, and in all of them together: what is there twice."""
    documents, expansion = SeenDocuments(), ExpansionLimit()
    before = done = size = 0
    for part, found in parts:
        if not part.start:
            before, done = progress.bundles, done + size
            size = part.identity[1] if part.identity else 0
        progress.file, line = part.name, part.line
        packed = expanded = 0
        end = None
        try:
            for one in found:
                twice = documents.note(part.name, one.line, one.document) if one.document else []
                yield from (*one.findings, *twice)
                if one.is_bundle:
                    line = (one.line or line) + 1
                    progress.bundles += 1
                    progress.read = done + one.read
                    omissions.update(one.omitted)
                elif one.findings:
                    end = one.findings[0].code
                if one.expanded:
                    new = {"packed": one.packed - packed, "size": one.expanded - expanded}
                    packed, expanded = one.packed, one.expanded
                    expansion.add("compressed", **new, items=len(one.findings) + len(twice))
                if watch:
                    watch(progress)
        except UnreadableBundles as error:
            if end != error.code:
                yield error.finding(part.name, line)
            end = error.code
        if part.stop == sys.maxsize and progress.bundles == before and not end:
            yield Finding(part.name, "", "F108", "holds no bundle")
        if end in MAY_CHANGE:
            kept.forget(part)


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


def default_processes(files: Iterable[Path | None], given: int | None = None) -> int:
    """How many processes to use for files unless a number is given: one if they are small."""
    return given or (1 if _total(files) < PARALLEL_FROM else cores())


@contextmanager
def shard_results(
    work: PartWork[Result],
    shards: Iterable[Shard],
    *,
    engine: str,
    processes: int | None,
    resume: Path | None,
) -> Iterator[tuple[Iterator[tuple[FilePart, Iterator[Result]]], KeptResults[Result]]]:
    """Do work on each part of some shards: the parts with their results, and where these are kept.

    ``engine``, ``processes`` and ``resume`` are as for :func:`validate_bundles`.
    """
    with ExitStack() as stack:
        files = {shard.name: stack.enter_context(shard.local()) for shard in shards}
        several = default_processes(files.values(), processes)
        if several > 1 and engine == "local" and not resume:
            resume = stack.enter_context(workspace())
        kept = KeptResults(resume, work)
        parts = (part for name, path in files.items() for part in parts_of(path, name))
        yield stack.enter_context(closing(run_parts(work, parts, kept, engine, several))), kept


def _total(files: Iterable[Path | None]) -> int:
    return sum(path.stat().st_size for path in files if path and path.is_file())


def cores() -> int:
    """The number of cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1
