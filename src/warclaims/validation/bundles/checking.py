"""Check the bundles of a file, or of a part of it, in their order."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from warclaims.corpus.shards.keys import DocumentKey, document_key
from warclaims.corpus.shards.reading import (
    PARQUET,
    ExpansionLimit,
    FileIdentity,
    UnreadableBundles,
    is_one_record,
    open_stream,
)
from warclaims.corpus.shards.table import read_bundles
from warclaims.errors import WarclaimsError
from warclaims.files.limits import MIB
from warclaims.findings import Finding  # noqa: TC001 - msgspec reads the annotations
from warclaims.validation.bundles.check import check_bundle, too_large
from warclaims.validation.not_applied import Omissions, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from warclaims.validation.known import KnownIds

PART = 8 * MIB
"""Bytes after which a file of plain lines is cut, so that several processes can check it."""

SCANNED = MIB
"""Bytes that are read at once to find where to cut."""


class FilePart(NamedTuple):
    """What is checked at once: the bytes from ``start`` to ``stop`` of a file, usually all.

    ``path`` is ``None`` for standard input, ``name`` what findings call the file, ``line`` the
    number of its first line, and ``identity`` that of the file when it was cut.
    """

    path: Path | None
    name: str
    identity: FileIdentity | None = None
    start: int = 0
    stop: int = sys.maxsize
    line: int = 1


class CheckedBundle(NamedTuple):
    """What was found in the bundle at ``line``, its document, and the rules that were not applied.

    ``read`` is where it ends in the file; until then, ``packed`` bytes of compressed data gave
    ``expanded`` ones.
    If ``is_bundle`` is false, it is the end, and why no more can be read.
    """

    line: int | None
    findings: list[Finding]
    document: DocumentKey | None = None
    omitted: tuple[tuple[Reason, str], ...] = ()
    read: int = 0
    packed: int = 0
    expanded: int = 0
    is_bundle: bool = True


def parts_of(path: Path | None, name: str) -> Iterator[FilePart]:
    """The parts of a file that can be checked on their own, at the ends of lines.

    Compressed files, tables, single bundles and standard input are one part.
    """
    part = FilePart(path, name)
    try:
        stream = open_stream(path, name) if path else None
    except UnreadableBundles:  # a finding once it is checked
        stream = None
    if stream is None:
        yield part
        return
    part = part._replace(identity=stream.identity)
    with closing(stream):
        if stream.is_plain and not is_one_record(stream.head, name):
            line, position = 1, 0
            while piece := stream.reader.read(SCANNED):
                line += piece.count(b"\n")
                end = piece.rfind(b"\n") + 1
                stop = position + end
                position += len(piece)
                if end and stop - part.start >= PART:
                    yield part._replace(stop=stop)
                    part = part._replace(start=stop, line=line)
    yield part


class BundleCheck:
    """Checks the bundles of parts: the work of :func:`.engines.run_parts` that ``validate`` does.

    Attributes:
        basis: What the findings follow from besides the part.
    """

    done = "checked"

    def __init__(self, known: KnownIds) -> None:
        self._known = known
        schema = known.schema_of_bundles.__reduce__()
        self.basis: tuple[object, ...] = (known.registries, known.lists.own, known.settings, schema)

    def results(self, part: FilePart) -> Iterator[CheckedBundle]:
        """What is found in each bundle of ``part``."""
        return check_part(part, self._known)

    @staticmethod
    def encoded(checked: CheckedBundle) -> bytes:
        """``checked`` as a line of JSON; half a surrogate pair is escaped."""
        return json.dumps(msgspec.to_builtins(checked)).encode()

    @staticmethod
    def decoded(line: bytes) -> CheckedBundle:
        """What :meth:`encoded` made a line of."""
        return msgspec.convert(json.loads(line), CheckedBundle)


def check_part(part: FilePart, known: KnownIds) -> Iterator[CheckedBundle]:
    """Check the bundles of a part, in bounded memory; the last item is its end. No input raises.

    Raises:
        WarclaimsError: a check failed because of a bug.
    """
    expansion, line, end = ExpansionLimit(), part.line, CheckedBundle(None, [], is_bundle=False)
    try:
        with closing(open_stream(part.path, part.name, part.start, part.stop)) as stream:
            kind = PARQUET if stream.is_table else stream.compression
            for number, data in read_bundles(stream, expansion, line):
                if checked := check_one(data, known, stream.name, number):
                    line = (number or line) + 1
                    checked = checked._replace(read=stream.count, packed=expansion.packed)
                    yield checked._replace(expanded=expansion.size)
                    if kind:
                        expansion.add(kind, items=len(checked.findings))
            stream.require_unchanged(part.identity)
    except UnreadableBundles as error:
        end = end._replace(findings=[error.finding(part.name, line)])
    yield end._replace(packed=expansion.packed, expanded=expansion.size)


def check_one(
    data: bytes | int, known: KnownIds, file: str, line: int | None
) -> CheckedBundle | None:
    """Check the bundle in the JSON ``data`` (its size if too large); ``None`` if it is blank.

    Raises:
        WarclaimsError: a check failed because of a bug.
    """
    if isinstance(data, int):
        omitted = ((Reason.UNREADABLE, "bundle"),)
        return CheckedBundle(line, [too_large(data, file, line or 1)], omitted=omitted)
    if not data or data.isspace():
        return None
    omissions = Omissions()
    try:
        found = check_bundle(data, known, file, line, omissions=omissions)
    except Exception as error:
        place = file if line is None else f"{file}:{line}"
        raise WarclaimsError(
            f"{place}: the checks failed with {type(error).__name__}: {error}. "
            "This is a bug in warclaims. Please report it with the bundle."
        ) from error
    return CheckedBundle(line, found, document_key(data), tuple(omissions))
