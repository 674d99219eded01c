"""What differs between two versions of a corpus, record by record.

Records are the same if file and id are: a mention that was taken out and another put in under its
id shows as changed. Each record is looked at once, so the cost is that of reading.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from warclaims.corpus.canonical import to_plain
from warclaims.layout import GOLD
from warclaims.records import LAYERS, REGISTRIES, FieldKind, shapes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
        where: ``gold``, the id of a pass, ``documents``, ``registry`` or ``pages``.
        document: Id of the document; null for registries and pages.
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
    """What differs between two versions: documents, registries, all sets, pages.

    Raises:
        InvalidFile: a file of one of them is not valid.
    """
    changes = (
        *_of_documents(old, new),
        *_of_registries(old, new),
        *_of_sets(old, new),
        *_of_pages(old, new),
    )
    return Difference(changes, _schema(old), _schema(new))


def _of_documents(old: Corpus, new: Corpus) -> Iterator[Change]:
    for name, before, after in _paired(old.documents, new.documents):
        yield from _of_record(Place("documents", name, "documents"), name, before, after)


def _of_registries(old: Corpus, new: Corpus) -> Iterator[Change]:
    for registry in REGISTRIES:
        mine, theirs = getattr(old.registries, registry), getattr(new.registries, registry)
        for name, before, after in _paired(mine, theirs):
            yield from _of_record(Place("registry", None, registry), name, before, after)


def _of_sets(old: Corpus, new: Corpus) -> Iterator[Change]:
    for name in dict.fromkeys([*old.layout.set_names(), *new.layout.set_names()]):
        for document in dict.fromkeys([*old.documents, *new.documents]):
            yield from _of_file(old, new, name, document)


def _of_file(old: Corpus, new: Corpus, set_name: str, document: str) -> Iterator[Change]:
    mine, theirs = (
        corpus.annotations(document, set_name)
        if corpus.layout.annotation_file(set_name, document).is_file()
        else None
        for corpus in (old, new)
    )
    if mine is not None and theirs is not None:
        # What a file says of itself: its annotator, its guidelines, its waivers.
        head = {"actors": (), "locations": (), "casualties": (), "attributions": ()}
        before, after = (one.model_copy(update=head) for one in (mine, theirs))
        yield from _of_record(Place(set_name, document, "file"), document, before, after)
    for layer in LAYERS:
        records = [
            {record.id: record for record in getattr(one, layer)} if one is not None else {}
            for one in (mine, theirs)
        ]
        for name, one, other in _paired(*records):
            yield from _of_record(Place(set_name, document, layer), name, one, other)
        if list(records[0]) != list(records[1]) and records[0] == records[1]:
            yield Change(set_name, document, layer, layer, (Kind.REORDERED,))


def _of_pages(old: Corpus, new: Corpus) -> Iterator[Change]:
    """The guidelines and the list of decisions, each as a whole."""
    for collection, mine, theirs in (
        ("guidelines", old.layout.guidelines, new.layout.guidelines),
        ("adjudication", old.layout.adjudication, new.layout.adjudication),
    ):
        before, after = (p.read_bytes() if p.is_file() else None for p in (mine, theirs))
        if before != after:
            kind = Kind.ADDED if before is None else Kind.REMOVED if after is None else Kind.CHANGED
            yield Change("pages", None, collection, theirs.name, (kind,))


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
        if corpus.layout.annotation_file(GOLD, name).is_file()
    ]
    return max(found, default="1.0", key=lambda words: tuple(map(int, words.split("."))))
