"""Files of an older version of the format, written as files of the newest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from warclaims.corpus import canonical_bytes, read_record
from warclaims.records import REGISTRIES, Annotations, DocumentIndex
from warclaims.records.base import SCHEMA_VERSION

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import BaseModel

    from warclaims.corpus import Corpus


class MigratedFile(NamedTuple):
    """A file of an older version: which, and its bytes as one of the newest."""

    version: str
    data: bytes


def migrated_files(corpus: Corpus) -> dict[Path, MigratedFile]:
    """The files of an older version: index, registries and every annotation file.

    From 1.0 to 1.1 only the version changes: 1.1 adds optional fields, and no meaning changes. In
    a canonical file one line differs.

    Raises:
        InvalidFile: a file is not valid; fix it before it is migrated.
    """
    layout = corpus.layout
    models: dict[Path, type[BaseModel]] = {layout.index: DocumentIndex}
    models |= {layout.registry(name): model for name, model in REGISTRIES.items()}
    for name in layout.set_names():
        paths = sorted(layout.annotation_set(name).glob("*.json"))
        models |= {path: Annotations for path in paths if not path.name.startswith(".")}
    found = {}
    for path, model in models.items():
        record: Any = read_record(path, model, layout.relative(path))
        if record.schema_version != SCHEMA_VERSION:
            newest = record.model_copy(update={"schema_version": SCHEMA_VERSION})
            found[path] = MigratedFile(record.schema_version, canonical_bytes(newest))
    return found
