"""What differs between two versions of a corpus, record by record.

Records are the same if file and id are: a mention that was taken out and another put in under its
id shows as changed. Each record is looked at once, so the cost is that of reading. Texts are
compared by their bytes, whatever the index says of them.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from warclaims.corpus import read_record
from warclaims.corpus.canonical import to_plain
from warclaims.files import files_below, is_there, read_file
from warclaims.layout import GOLD
from warclaims.records import LAYERS, REGISTRIES, DocumentIndex, FieldKind, shapes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pydantic import BaseModel

    from warclaims.corpus import Corpus


class Kind(StrEnum):
    """What happened to a record; one that stays can be moved, changed and relinked at once."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    CHANGED = "changed"
    RELINKED = "relinked"
    REORDERED = "reordered"


class Place(NamedTuple):
    """Where a record is: see :class:`Change`."""

    where: str
    document: str | None
    collection: str


@dataclass(frozen=True)
class Change:
    """One record that is not the same in both versions.

    Attributes:
        where: ``gold``, the id of a pass, ``documents``, ``registry``, ``pages`` or ``schema``.
        document: Id of the document; ``None`` for registries, pages and schemas.
        collection: The layer, the registry, or what it is part of.
        record: Id of the record.
        kinds: What happened, in the order of :class:`Kind`.
        fields: The fields that differ.
        before: These fields as they were; all of them if it was removed.
        after: These fields as they are; all of them if it was added.
    """

    where: str
    document: str | None
    collection: str
    record: str
    kinds: tuple[Kind, ...]
    fields: tuple[str, ...] = ()
    before: dict[str, Any] = field(default_factory=dict, compare=False)
    after: dict[str, Any] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Difference:
    """All changes between two versions, with the versions of their file formats."""

    changes: tuple[Change, ...]
    old_schema: str
    new_schema: str


def compare(old: Corpus, new: Corpus) -> Difference:
    """What differs between two versions: documents, registries, all sets, pages, schemas.

    Raises:
        InvalidFile: a file of one of them is not valid.
    """
    changes = (
        *_of_documents(old, new),
        *_of_registries(old, new),
        *_of_sets(old, new),
        *_of_pages(old, new),
        *_of_schemas(old, new),
    )
    return Difference(changes, _schema(old), _schema(new))


def _of_documents(old: Corpus, new: Corpus) -> Iterator[Change]:
    indexes = [
        read_record(one.layout.index, DocumentIndex, one.layout.relative(one.layout.index))
        for one in (old, new)
    ]
    yield from _of_file_itself(Place("documents", None, "file"), "documents", *indexes)
    for name, before, after in _paired(old.documents, new.documents):
        told = tuple(_of_record(Place("documents", name, "documents"), name, before, after))
        yield from told
        if before is None or after is None or any("sha256" in change.fields for change in told):
            continue
        texts = [_hash(old.layout.seeds / before.file), _hash(new.layout.seeds / after.file)]
        if texts[0] != texts[1]:
            values = [{"sha256": words} for words in texts]
            place = Place("documents", name, "text")
            yield Change(*place, after.file, (Kind.CHANGED,), ("sha256",), *values)
    yield from _of_order(Place("documents", None, "documents"), old.documents, new.documents)


def _hash(path: Path) -> str | None:
    """SHA-256 of a text as it is; null if there is none."""
    return hashlib.sha256(read_file(path)).hexdigest() if is_there(path) else None


def _of_registries(old: Corpus, new: Corpus) -> Iterator[Change]:
    for registry, model in REGISTRIES.items():
        files = [
            read_record(path, model, one.layout.relative(path))
            for one in (old, new)
            for path in (one.layout.registry(registry),)
        ]
        place = Place("registry", None, registry)
        yield from _of_file_itself(place, registry, *files)
        mine, theirs = getattr(old.registries, registry), getattr(new.registries, registry)
        for name, before, after in _paired(mine, theirs):
            yield from _of_record(place, name, before, after)
        yield from _of_order(place, mine, theirs)


def _of_sets(old: Corpus, new: Corpus) -> Iterator[Change]:
    for name in dict.fromkeys([*old.layout.set_names(), *new.layout.set_names()]):
        for document in dict.fromkeys([*old.documents, *new.documents]):
            yield from _of_file(old, new, name, document)


def _of_file(old: Corpus, new: Corpus, set_name: str, document: str) -> Iterator[Change]:
    mine, theirs = (
        corpus.annotations(document, set_name)
        if corpus.layout.is_annotated(set_name, document)
        else None
        for corpus in (old, new)
    )
    # What a file says of itself: its annotator, its guidelines, its waivers.
    head: dict[str, Any] = dict.fromkeys(LAYERS, ())
    before, after = (None if one is None else one.model_copy(update=head) for one in (mine, theirs))
    yield from _of_record(Place(set_name, document, "file"), document, before, after)
    for layer in LAYERS:
        records = [
            {record.id: record for record in getattr(one, layer)} if one is not None else {}
            for one in (mine, theirs)
        ]
        place = Place(set_name, document, layer)
        for name, one, other in _paired(*records):
            yield from _of_record(place, name, one, other)
        yield from _of_order(place, *records)


def _of_file_itself(
    place: Place, entries: str, before: BaseModel, after: BaseModel
) -> Iterator[Change]:
    """The change of what a file says beside its entries: its format, its waivers."""
    mine, theirs = (one.model_copy(update={entries: ()}) for one in (before, after))
    yield from _of_record(place, entries, mine, theirs)


def _of_order(
    place: Place, mine: Mapping[str, object], theirs: Mapping[str, object]
) -> Iterator[Change]:
    """The change if what both have stands in another order."""
    common = [name for name in mine if name in theirs]
    if common != [name for name in theirs if name in mine]:
        yield Change(*place, place.collection, (Kind.REORDERED,))


def _of_pages(old: Corpus, new: Corpus) -> Iterator[Change]:
    """The guidelines and other pages, and the list of decisions, each as a whole."""
    for name, before, after in _paired(_pages(old), _pages(new)):
        if before != after:
            kind = Kind.ADDED if before is None else Kind.REMOVED if after is None else Kind.CHANGED
            yield Change("pages", None, name.rpartition(".")[0].lower(), name, (kind,))


def _pages(corpus: Corpus) -> dict[str, bytes]:
    """The pages under ``annotations/`` by path in it."""
    folder = corpus.layout.annotations
    found = (path for path in files_below(folder) if path.suffix == ".md")
    pages = {path.relative_to(folder).as_posix(): path for path in found}
    if is_there(corpus.layout.adjudication):
        pages[corpus.layout.adjudication.name] = corpus.layout.adjudication
    return {name: read_file(path) for name, path in pages.items()}


def _of_schemas(old: Corpus, new: Corpus) -> Iterator[Change]:
    """The JSON Schemas that changed, if both versions have any; ``form`` if more than wording."""
    mine, theirs = _schemas(old), _schemas(new)
    for name, before, after in _paired(mine, theirs) if mine and theirs else ():
        if before is None or after is None:
            kind = Kind.ADDED if before is None else Kind.REMOVED
            yield Change("schema", None, "schema", name, (kind,), ("form",))
        elif before != after:
            fields = () if _form(before) == _form(after) else ("form",)
            yield Change("schema", None, "schema", name, (Kind.CHANGED,), fields)


def _schemas(corpus: Corpus) -> dict[str, bytes]:
    """The JSON Schemas of the corpus by path under ``schema/``."""
    folder = corpus.layout.schema
    found = (path for path in files_below(folder) if path.suffix == ".json")
    return {path.relative_to(folder).as_posix(): read_file(path) for path in found}


def _form(schema: bytes) -> Any:
    """A JSON Schema without descriptions and titles; what is not JSON is returned as it is."""
    try:
        return _without_wording(json.loads(schema))
    except (ValueError, RecursionError):
        return schema


def _without_wording(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_without_wording(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: _without_wording(value)
        for key, value in schema.items()
        if not (key in ("description", "title") and isinstance(value, str))
    }


def _paired(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for name in dict.fromkeys([*mine, *theirs]):
        yield name, mine.get(name), theirs.get(name)


def _of_record(
    place: Place, name: str, before: BaseModel | None, after: BaseModel | None
) -> Iterator[Change]:
    """The change of one record, if there is one."""
    if before == after:
        return
    if before is None or after is None:
        kind = Kind.ADDED if before is None else Kind.REMOVED
        values = [to_plain(one) if one is not None else {} for one in (before, after)]
        yield Change(*place, name, (kind,), (), *values)
        return
    known = shapes(type(after))
    fields = tuple(field for field in known if getattr(before, field) != getattr(after, field))
    kinds = {_kind_of(known[field].kind, before, after, field) for field in fields}
    plain = [{key: to_plain(one).get(key) for key in fields} for one in (before, after)]
    ordered = tuple(kind for kind in Kind if kind in kinds)
    yield Change(*place, name, ordered, fields, *plain)


def _kind_of(shape: FieldKind, before: BaseModel, after: BaseModel, field: str) -> Kind:
    if shape is FieldKind.SPAN:
        # A span that comes or goes (a trigger, a cue) says something else, not elsewhere.
        both = getattr(before, field) and getattr(after, field)
        return Kind.MOVED if both else Kind.CHANGED
    return Kind.RELINKED if shape is FieldKind.REFERENCE else Kind.CHANGED


def _schema(corpus: Corpus) -> str:
    """The newest version of the file formats among gold's files; that of the index without gold."""
    found = [
        corpus.annotations(name).schema_version
        for name in corpus.documents
        if corpus.layout.is_annotated(GOLD, name)
    ]
    return max(found, default="1.0", key=lambda words: tuple(map(int, words.split("."))))
