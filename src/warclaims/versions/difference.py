"""What differs between two versions of a corpus, record by record.

Records are the same if file and id are: a mention that is replaced by another with its id shows as
changed. Each record is compared once, so the cost is that of reading. Texts are compared by their
bytes, whatever the index says of them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import BaseModel

from warclaims.corpus import read_record
from warclaims.corpus.canonical import to_plain
from warclaims.corpus.reading import read_json
from warclaims.corpus.upgrade import old_version
from warclaims.files import files_below, is_there, read_file
from warclaims.layout import GOLD
from warclaims.records import LAYERS, REGISTRIES, DocumentIndex, FieldKind, shapes
from warclaims.records.base import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from warclaims.corpus import Corpus
    from warclaims.records import Document


class ChangeKind(StrEnum):
    """How a record changed; one that stays can be moved, changed and relinked at once."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    CHANGED = "changed"
    RELINKED = "relinked"
    REORDERED = "reordered"


class _Collection(NamedTuple):
    """Records of one kind by id, and where they are: see :class:`VersionChange`."""

    where: str
    document: str | None
    name: str
    records: Mapping[str, Any]


@dataclass(frozen=True)
class VersionChange:
    """One record that is not the same in both versions.

    Attributes:
        where: ``gold``, the id of a pass, ``documents``, ``registry``, ``pages`` or ``schema``.
        document: Id of the document; `None` for registries, pages and schemas.
        collection: The layer, the registry, or what it is part of.
        record: Id of the record.
        kinds: How it changed, in the order of :class:`ChangeKind`.
        fields: The fields that differ.
        before: These fields as they were; all of them if it was removed.
        after: These fields as they are; all of them if it was added.
    """

    where: str
    document: str | None
    collection: str
    record: str
    kinds: tuple[ChangeKind, ...]
    fields: tuple[str, ...] = ()
    before: dict[str, Any] = field(default_factory=dict, compare=False)
    after: dict[str, Any] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class VersionDifference:
    """All changes between two versions, with the versions of their file formats."""

    changes: tuple[VersionChange, ...]
    old_schema: str
    new_schema: str


def compare(old: Corpus, new: Corpus) -> VersionDifference:
    """What differs between two versions: documents, texts, registries, all sets, pages, schemas.

    Raises:
        InvalidFile: a file of one of them is not valid.
    """
    both = old, new
    names = dict.fromkeys(name for one in both for name in one.storage.set_names())
    documents = dict.fromkeys(name for one in both for name in one.documents)
    has_index = not any(one.storage.in_shards for one in both)
    changes: list[VersionChange] = []
    collections = (_collections(one, names, documents, has_index=has_index) for one in both)
    for mine, theirs in zip(*collections, strict=True):
        changes += _of_collection(mine, theirs)
    changes += _of_schemas(old, new)
    return VersionDifference(tuple(changes), _schema(old), _schema(new))


def _collections(
    corpus: Corpus,
    set_names: Mapping[str, Any],
    documents: Mapping[str, Any],
    *,
    has_index: bool,
) -> Iterator[_Collection]:
    """All records of a corpus. What a file holds beside its records is one of its own.

    Documents and their annotations are read one at a time, in the order of ``documents``.
    """
    layout = corpus.layout
    index: dict[str, Any] = {}
    if has_index:
        whole = read_record(layout.index, DocumentIndex, layout.relative(layout.index))
        index = {"documents": whole.model_copy(update={"documents": ()})}
    yield _Collection("documents", None, "file", index)
    yield _Collection("documents", None, "documents", _DocumentsAsTheyAre(corpus))
    for name, model in REGISTRIES.items():
        path = layout.registry(name)
        file: BaseModel = read_record(path, model, layout.relative(path))
        yield _Collection("registry", None, name, {name: file.model_copy(update={name: ()})})
        yield _Collection("registry", None, name, getattr(corpus.registries, name))
    values = {f"{value.list}:{value.value}": value for value in corpus.lists.own}
    yield _Collection("lists", None, "values", values)
    for name in set_names:
        for document in documents:
            heads: dict[str, Any] = {}
            layers: dict[str, Any] = dict.fromkeys(LAYERS, ())
            if corpus.storage.is_annotated(name, document):
                annotations = corpus.annotations(document, name)
                heads = {document: annotations.model_copy(update=layers)}
                layers = {layer: getattr(annotations, layer) for layer in LAYERS}
            yield _Collection(name, document, "file", heads)
            for layer, records in layers.items():
                yield _Collection(name, document, layer, {one.id: one for one in records})
    yield _Collection("pages", None, "", _pages(corpus))


class _DocumentsAsTheyAre(Mapping[str, "Document"]):
    """The documents by id, read when they are used, with the SHA-256 of the text that is there."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    def __getitem__(self, document_id: str) -> Document:
        document = self._corpus.documents[document_id]
        if self._corpus.storage.in_shards:  # which are refused if the text is another
            return document
        path = self._corpus.layout.seeds / document.file
        sha256 = hashlib.sha256(read_file(path)).hexdigest() if is_there(path) else None
        return document.model_copy(update={"sha256": sha256})

    def __contains__(self, document_id: object) -> bool:
        return document_id in self._corpus.documents

    def __iter__(self) -> Iterator[str]:
        return iter(self._corpus.documents)

    def __len__(self) -> int:
        return len(self._corpus.documents)


def _pages(corpus: Corpus) -> dict[str, bytes]:
    """The pages by path in ``annotations/``, and the lists of decisions and challenges."""
    layout = corpus.layout
    lists = filter(is_there, (layout.adjudication, layout.challenges))
    return _files(layout.annotations, ".md") | {path.name: read_file(path) for path in lists}


def _files(folder: Path, suffix: str) -> dict[str, bytes]:
    """The files of a folder by path in it."""
    found = (path for path in files_below(folder) if path.suffix == suffix)
    return {path.relative_to(folder).as_posix(): read_file(path) for path in found}


def _of_schemas(old: Corpus, new: Corpus) -> Iterator[VersionChange]:
    """The JSON Schemas that changed, if both versions have any; ``form`` if more than wording."""
    mine, theirs = (_files(corpus.layout.schema, ".json") for corpus in (old, new))
    for name in dict.fromkeys([*mine, *theirs]) if mine and theirs else ():
        before, after = mine.get(name), theirs.get(name)
        if before != after:
            change = _change(("schema", None, "schema", name), before, after)
            is_wording = _form(before) == _form(after)
            yield change if is_wording else replace(change, fields=("form",))


def _form(schema: bytes | None) -> Any:
    """A JSON Schema without descriptions and titles; what is not JSON is returned as it is."""
    try:
        return json.loads(schema or b"null", object_hook=_without_wording)
    except (ValueError, RecursionError):
        return schema


def _without_wording(schema: dict[str, Any]) -> dict[str, Any]:
    return {
        key: value
        for key, value in schema.items()
        if not (key in ("description", "title") and isinstance(value, str))
    }


def _of_collection(mine: _Collection, theirs: _Collection) -> Iterator[VersionChange]:
    where, document, collection, _ = mine
    for name in dict.fromkeys([*mine.records, *theirs.records]):
        before, after = mine.records.get(name), theirs.records.get(name)
        if before != after:
            about = name if collection == "documents" else document
            part_of = collection or name.rpartition(".")[0].lower()
            yield _change((where, about, part_of, name), before, after)
    common = [name for name in mine.records if name in theirs.records]
    if common != [name for name in theirs.records if name in mine.records]:
        yield VersionChange(where, document, collection, collection, (ChangeKind.REORDERED,))


def _change(place: tuple[str, str | None, str, str], before: Any, after: Any) -> VersionChange:
    """How the record or page at a place changed; `None` stands for one that is not there."""
    old, new = (to_plain(one) if isinstance(one, BaseModel) else {} for one in (before, after))
    if before is None or after is None:
        kind = ChangeKind.ADDED if before is None else ChangeKind.REMOVED
        return VersionChange(*place, (kind,), (), old, new)
    known = shapes(type(after)) if isinstance(after, BaseModel) else {}
    fields = tuple(name for name in known if getattr(before, name) != getattr(after, name))
    found = {_kind_of(known[name].kind, before, after, name) for name in fields}
    kinds = tuple(kind for kind in ChangeKind if kind in found) or (ChangeKind.CHANGED,)
    values = ({name: one.get(name) for name in fields} for one in (old, new))
    return VersionChange(*place, kinds, fields, *values)


def _kind_of(shape: FieldKind, before: BaseModel, after: BaseModel, name: str) -> ChangeKind:
    if shape is FieldKind.SPAN:
        # A span that comes or goes (a trigger, a cue) says something else, not elsewhere.
        both = getattr(before, name) and getattr(after, name)
        return ChangeKind.MOVED if both else ChangeKind.CHANGED
    return ChangeKind.RELINKED if shape is FieldKind.REFERENCE else ChangeKind.CHANGED


def _schema(corpus: Corpus) -> str:
    """The newest version of the file formats among gold's files; that of the index without gold.

    Shards are of the current version.
    """
    if corpus.storage.in_shards:
        return SCHEMA_VERSION
    layout = corpus.layout
    names = [name for name in corpus.documents if layout.is_annotated(GOLD, name)]
    files = [layout.annotation_file(GOLD, name) for name in names] or [layout.index]
    found = (read_json(read_file(path), layout.relative(path)) for path in files)
    versions = [old_version(plain) or SCHEMA_VERSION for plain in found]
    return max(versions, key=lambda words: tuple(map(int, words.split("."))))
