"""Files of an older version of the format, as files of the newest."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from warclaims.corpus import canonical_bytes, read_record
from warclaims.records import REGISTRIES, Annotations, DocumentIndex
from warclaims.records.base import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pydantic import BaseModel

    from warclaims.corpus import Corpus


class Migrated(NamedTuple):
    """A file of an older version: which, and its bytes as one of the newest."""

    version: str
    data: bytes


def migrated(corpus: Corpus) -> dict[Path, Migrated]:
    """The files of an older version: index, registries and every annotation file.

    From 1.0 to 1.1 only the version changes: 1.1 knows more optional fields, and no meaning is
    another. Of a file in the canonical layout one line differs, then.

    Raises:
        InvalidFile: a file is not valid; mend it before it is migrated.
    """
    found = {}
    for path, model in _files(corpus):
        record = read_record(path, model, corpus.layout.relative(path))
        version = getattr(record, "schema_version")  # noqa: B009
        if version != SCHEMA_VERSION:
            newest = record.model_copy(update={"schema_version": SCHEMA_VERSION})
            found[path] = Migrated(version, canonical_bytes(newest))
    return found


def _files(corpus: Corpus) -> Iterator[tuple[Path, type[BaseModel]]]:
    layout = corpus.layout
    yield layout.index, DocumentIndex
    for name, model in REGISTRIES.items():
        yield layout.registry(name), model
    for name in layout.set_names():
        for path in sorted(layout.annotation_set(name).glob("*.json")):
            if not path.name.startswith("."):
                yield path, Annotations
