"""Checking bundles in files and streams of any kind: in order, in bounded memory."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warclaims.corpus.json_schema import published_schema
from warclaims.corpus.reading import read_record
from warclaims.errors import InvalidFile, WarclaimsError
from warclaims.files.limits import MAX_BUNDLE, MIB
from warclaims.findings import Finding
from warclaims.records import REGISTRIES, Bundle
from warclaims.validation.bundles.blocks import blocks, ranges
from warclaims.validation.bundles.checker import Checker
from warclaims.validation.bundles.compression import Broken, Counted, Expansion, pieces
from warclaims.validation.bundles.duplicates import Identity, SeenDocuments, identity
from warclaims.validation.bundles.jobs import (
    CheckFailed,
    Job,
    Part,
    Range,
    Setup,
    Worker,
    checked,
    moved,
)
from warclaims.validation.bundles.pool import Pool, ProcessDied
from warclaims.validation.bundles.sources import (
    STDIN,
    Source,
    is_one_record,
    open_source,
    require_utf8,
)
from warclaims.validation.bundles.table import KIND, rows
from warclaims.validation.known import Known
from warclaims.validation.not_applied import Omissions, Reason, Validation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from warclaims.corpus import Corpus

WORTH = 8 * MIB
"""Bytes of a file from which on more than one process is used unless told otherwise."""


@dataclass
class Session:
    """What the files of one run share: how far they expand, and which documents they hold."""

    expansion: Expansion = field(default_factory=Expansion)
    documents: SeenDocuments = field(default_factory=SeenDocuments)


@dataclass(slots=True)
class Advance:
    """How far a run is: bundles checked, and bytes read of ``total`` (null if unknown)."""

    bundles: int = 0
    read: int = 0
    total: int | None = None


def validate_bundles(
    path: str | Path,
    corpus: Corpus,
    processes: int | None = None,
    *,
    watch: Callable[[Advance], None] | None = None,
    session: Session | None = None,
) -> Validation:
    """What is wrong with the bundles at ``path``, in their order, as it is found.

    ``path`` is a file of JSON Lines, plain or compressed with gzip or zstd, a Parquet table with a
    column ``bundle`` of JSON texts, one bundle as JSON, or ``-`` for standard input. What it is
    shows in its first bytes. References are held against the registries of ``corpus``. Line and row
    numbers count from 1. Memory does not grow with the input.

    ``processes`` is how many check at the same time; null for as many as the machine has cores, or
    one for small files. ``watch`` is told how far the run is. What bundles waive is left out.
    ``session`` is shared by the files of a run, so that a document is also found twice where it is
    in two of them. ``not_applied`` of the result lists the rules that were not applied, once all
    findings have been taken.

    Raises:
        WarclaimsError: a process was ended from outside, or a check failed by a fault of ours.
    """
    omissions = Omissions()
    return Validation(
        _findings_at(path, corpus, processes, watch, session=session, omissions=omissions),
        omissions,
    )


def _findings_at(
    path: str | Path,
    corpus: Corpus,
    processes: int | None,
    watch: Callable[[Advance], None] | None,
    *,
    session: Session | None,
    omissions: Omissions,
) -> Iterator[Finding]:
    known, trouble = read_known(corpus)
    yield from trouble
    for registry in REGISTRIES.keys() - known.registries.keys():
        omissions.note(Reason.REGISTRY, registry)
    given = None if str(path) == STDIN else Path(path)
    name = "<stdin>" if given is None else corpus.layout.relative(given)
    advance = Advance()
    try:
        source = open_source(given, name)
    except Broken as error:
        yield Finding(name, "", error.code, error.message)
        return
    with source.stream:
        yield from check_source(
            source,
            known,
            advance,
            watch,
            processes=processes,
            session=session,
            omissions=omissions,
        )


def check_source(
    source: Source,
    known: Known,
    advance: Advance,
    watch: Callable[[Advance], None] | None = None,
    *,
    processes: int | None = None,
    session: Session | None = None,
    omissions: Omissions | None = None,
) -> Iterator[Finding]:
    """As :func:`validate_bundles`, of something open and registries that have been read."""
    watch = watch or (lambda _: None)
    run = _Run(source, known, advance, watch, processes=processes, session=session or Session())
    if omissions is not None:
        run.omissions = omissions
    return run.findings()


def read_known(corpus: Corpus) -> tuple[Known, list[Finding]]:
    """The registries of ``corpus``, and what is wrong with those that cannot be read."""
    entries: dict[str, Any] = {}
    trouble: list[Finding] = []
    for name, model in REGISTRIES.items():
        path = corpus.layout.registry(name)
        try:
            schema = published_schema(corpus.layout, model)
            record = read_record(path, model, corpus.layout.relative(path), schema)
            entries[name] = {entry.id: entry for entry in getattr(record, name)}
        except InvalidFile as error:
            trouble += sorted(error.findings)
    return Known(entries, schema_of_bundles=published_schema(corpus.layout, Bundle)), trouble


def cores() -> int:
    """How many processes the machine runs at once for us."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


class _Run:
    def __init__(
        self,
        source: Source,
        known: Known,
        advance: Advance,
        watch: Callable[[Advance], None],
        *,
        processes: int | None,
        session: Session,
    ) -> None:
        self.omissions = Omissions()
        self._source = source
        self._known = known
        self._advance = advance
        self._watch = watch
        self._processes = processes
        self._session = session
        self._lines = 0
        advance.total = source.size

    def findings(self) -> Iterator[Finding]:
        name = self._source.name
        found = False
        try:
            for finding in self._jobs():
                found = True
                yield finding
            self._source.require_unchanged()
            if not self._advance.bundles and not found:
                yield Finding(name, "", "F108", "holds no bundle")
        except Broken as error:
            yield Finding(name, "", error.code, error.message, line=self._lines + 1)
        except CheckFailed as error:
            place = name if error.line is None else f"{name}:{self._lines + error.line}"
            raise WarclaimsError(
                f"{place}: the checks failed with {error.error}. "
                "This is a fault of warclaims, not of the bundle: please report it with the bundle"
            ) from error

    def _jobs(self) -> Iterator[Finding]:
        source = self._source
        if source.is_table:
            yield from self._spread(rows(source, self._session.expansion), None)
            return
        if source.compression is None:
            require_utf8(source.head)
        plain = source.compression is None and source.path is not None
        if plain and not is_one_record(source.head, source.name):
            found = ranges(source.stream.fileno(), source.size or 0)
            yield from self._spread((Range(*each) for each in found), source.path)
            return
        counted = Counted(source.stream)
        content = pieces(counted, source.compression, self._session.expansion)
        first = next(content, b"")
        require_utf8(first)
        content = chain((first,), content)
        if is_one_record(first, source.name):
            yield from self._one(content)
            return
        yield from self._spread(iter(blocks(content)), None, counted)

    def _one(self, content: Iterator[bytes]) -> Iterator[Finding]:
        data = bytearray()
        size = 0
        for piece in content:
            size += len(piece)
            if size <= MAX_BUNDLE:
                data += piece
        checker = Checker(self._known, self._source.name)
        if size > MAX_BUNDLE:
            yield checker.refuse(size, 1)
        else:
            whole = bytes(data)
            yield from checked(checker, whole, None)
            if document := identity(whole, None):
                yield from self._seen_before([document])
        self.omissions.update(checker.omissions)
        self._advance.bundles += 1
        self._watch(self._advance)

    def _spread(
        self, jobs: Iterator[Job], path: Path | None, counted: Counted | None = None
    ) -> Iterator[Finding]:
        source, advance = self._source, self._advance
        setup = Setup(self._known, source.name, path, source.identity)
        processes = self._processes
        if processes is None:
            processes = 1 if (source.size or 0) < WORTH else cores()
        try:
            for job, part in _done(setup, jobs, processes, source.awaited):
                twice = self._seen_before(part.documents)
                found = [*moved(part.findings, self._lines), *twice]
                yield from sorted(found, key=attrgetter("line")) if twice else found
                self.omissions.update(part.omissions)
                advance.bundles += part.bundles
                if part.is_last:
                    self._lines += part.lines
                    if counted is not None:
                        advance.read = counted.count
                    elif isinstance(job, Range):
                        advance.read = job.end
                    self._watch(advance)
                if kind := source.compression or (source.is_table and KIND):
                    self._session.expansion.add(kind, items=len(found))
        except ProcessDied as error:
            where = f"{error.job} of " if isinstance(error.job, Range) else ""
            raise WarclaimsError(
                f"the process that checked {where}{source.name}, from line {self._lines + 1:,} on, "
                f"{error.how}. If the memory was not enough, try --processes 1"
            ) from error

    def _seen_before(self, documents: list[Identity]) -> list[Finding]:
        """Findings of documents that were there before; their lines are those of a job."""
        name, seen = self._source.name, self._session.documents
        found = (
            seen.note(name, document._replace(line=document.line and document.line + self._lines))
            for document in documents
        )
        return [finding for finding in found if finding is not None]


def _done(
    setup: Setup, jobs: Iterator[Job], processes: int, awaited: int | None
) -> Iterator[tuple[Job, Part]]:
    """Every job with its parts, done here or by processes; ``awaited`` is as in the pool."""
    if processes < 2:
        worker = Worker(setup)
        for job in jobs:
            for part in worker.do(job):
                yield job, part
        return
    pool = Pool(setup, processes)
    try:
        yield from pool.run(jobs, awaited)
    finally:
        pool.close()
