"""Level 4: ids and references."""

from __future__ import annotations

from functools import cache
from graphlib import CycleError, TopologicalSorter
from itertools import chain, islice
from operator import attrgetter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from warclaims.findings import Related
from warclaims.hints import did_you_mean
from warclaims.records import Target
from warclaims.validation.mistakes import RenamedFile
from warclaims.validation.rule import RECORD_FILES, Example, Fault, Scope, rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from warclaims.validation.references import ReferenceField
    from warclaims.validation.views import AnnotationView, FileView


MANY = 20
"""Limits unknown ids with a suggestion, and cycles that are reported: both are slow."""

_REGISTRIES = frozenset(target for target in Target if target.in_registry)
_IN_FILE = frozenset({Target.ACTOR_MENTION, Target.CASUALTY, Target.ATTRIBUTION})


def _dangling(view: FileView, targets: frozenset[Target], where: str) -> Iterator[Fault]:
    hints: dict[tuple[Target, str], str] = {}
    layers: dict[str, str] = {}
    for field, pointer, name in view.dangling:
        if field.target not in targets:
            continue
        if field.target in _IN_FILE and not layers:
            layers = {r.id: layer for layer, records in view.lists.items() for r in records}
        collection = field.target.collection
        if name in layers:
            found = f"which is one of the file's {layers[name]}, not of its {collection}"
            yield Fault(pointer, f"{field.name} names {name!r}, {found}")
            continue
        key = (field.target, name)
        if key not in hints:
            known = view.ids(field.target) or ()
            hints[key] = did_you_mean(name, known) if len(hints) < MANY else ""
        missing = f"there is {where.format(collection)}{hints[key]}"
        yield Fault(pointer, f"{field.name} names {name!r}: {missing}")


@rule(
    "R401",
    *RECORD_FILES,
    title="no such registry entry",
    why="References to actors, places, events, sides and annotators are ids of the registries.",
    fix="Correct the id, add the entry to the registry, or use null where that is allowed.",
    example=Example('"entity": "borland-armi"', '"entity": "borland-army"'),
    mistake={"/actors/1/entity": "borland-armi"},
)
def no_entry(view: FileView) -> Iterator[Fault]:
    """An id that is not in its registry."""
    yield from _dangling(view, _REGISTRIES, "no such entry in the registry of {}")


@rule(
    "R402",
    Scope.ANNOTATIONS,
    title="no such record in the file",
    why="Sources, blamed actors, perpetrators and the whole of a subset are records of the same "
    "file.",
    fix="Correct the id, or add the record.",
    example=Example('"source": ["a9"], where the last actor is a4', '"source": ["a4"]'),
    mistake={"/attributions/0/source": ["a9"]},
)
def no_record(view: AnnotationView) -> Iterator[Fault]:
    """The id of a mention or casualty that is not in the file."""
    yield from _dangling(view, _IN_FILE, "no such record among the file's {}")


@rule(
    "R403",
    Scope.ANNOTATIONS,
    Scope.DECISIONS,
    title="no such document",
    why="Annotations, decisions and challenges belong to a document in the index.",
    fix="Correct the id, or add the document to the index.",
    example=Example(
        '"document": "three", which is not in the index',
        '"document": "two", which is in the index',
    ),
    mistake={
        "annotations/passes/a/one.json": RenamedFile("annotations/passes/a/three.json"),
        "annotations/passes/a/three.json#/document": "three",
    },
)
def no_document(view: FileView) -> Iterator[Fault]:
    """The document is not in the index."""
    yield from _dangling(view, frozenset({Target.DOCUMENT}), "no such document in the index")


@rule(
    "R404",
    *RECORD_FILES,
    title="duplicate id",
    why="An id is unique in a registry, in the index, and among all layers of a file.",
    fix="Give one of the records another id, and correct the references to it.",
    example=Example(
        '"id": "a1" for an actor and for a location',
        '"id": "a1" for the actor, "id": "l1" for the location',
    ),
    mistake={"/locations/0/id": "a1"},
)
def same_id(view: FileView) -> Iterator[Fault]:
    """Two records of a file have the same id."""
    ids = list(map(attrgetter("id"), chain.from_iterable(view.lists.values())))
    if len(set(ids)) == len(ids):
        return
    seen: dict[str, str] = {}
    for name, records in view.lists.items():
        for index, record in enumerate(records):
            pointer = f"/{name}/{index}/id"
            first = seen.setdefault(record.id, pointer)
            if first != pointer:
                message = f"another record has the id {record.id!r}, too"
                yield Fault(pointer, message, related=(Related(view.file, first, "the first"),))


@rule(
    "R405",
    Scope.ANNOTATIONS,
    title="names of file and document differ",
    why="The annotations of a document are in the file <document>.json.",
    fix="Rename the file, or correct its document.",
    example=Example(
        'annotations/gold/three.json with "document": "two"',
        'annotations/gold/two.json with "document": "two"',
    ),
    mistake={"annotations/passes/a/one.json": RenamedFile("annotations/passes/a/three.json")},
)
def file_name(view: AnnotationView) -> Iterator[Fault]:
    """The name of the file is not the id of its document."""
    stem = PurePosixPath(view.file).stem if view.file else view.record.document
    if stem != view.record.document:
        message = f"the file has annotations of {view.record.document!r}, but the name {stem!r}"
        yield Fault("/document", message)


@rule(
    "R406",
    Scope.ANNOTATIONS,
    title="links between records form a circle",
    why="A casualty cannot be part of itself, replace itself or repeat itself, not even through "
    "others, and no statement answers itself.",
    fix="Remove the link of the record that is the whole, the newer number, the one repeated or "
    "the one answered.",
    example=Example(
        'c1 with "subset_of": ["c2"], c2 with "subset_of": ["c1"]',
        'c1 with "subset_of": [], c2 with "subset_of": ["c1"]',
    ),
    mistake={"/casualties/0/subset_of": ["c1"]},
)
def link_cycle(view: AnnotationView) -> Iterator[Fault]:
    """A link between records of a layer leads back to where it starts, even through others."""
    for field, values in view.references:
        if values and field.target in _IN_FILE and _leads_to_own_kind(field):
            yield from _cycles(view, [field])


@rule(
    "R407",
    Scope.REGISTRY,
    title="entries are parts of each other",
    why="An entry cannot be part of itself, not even through others: no place is in its own part.",
    fix="Remove the link of the topmost entry.",
    example=Example(
        "Dorn lies in Avaria, and Avaria in Dorn", "Dorn lies in Avaria, and Avaria in nothing"
    ),
    mistake={
        "annotations/registry/places.json#/places/0/parent": {
            "id": "dorn",
            "evidence": "text",
            "basis": "made up",
        }
    },
)
def registry_cycle(view: FileView) -> Iterator[Fault]:
    """An entry is part of itself, directly or through others."""
    yield from _cycles(view, [field for field, _ in view.references if _leads_to_own_kind(field)])


@cache
def _leads_to_own_kind(field: ReferenceField) -> bool:
    """True if the field is in the records of a list, and names one or more of the same list."""
    is_one = not any(many for _, many in field.steps[1:-1])
    return field.steps[0] == (field.target.collection, True) and is_one


def _cycles(view: FileView, fields: Sequence[ReferenceField]) -> Iterator[Fault]:
    """A fault per cycle of the links in ``fields`` of one list, at its first record."""
    named = set(chain(*(field.ids(view.record) for field in fields)))
    if not named:
        return
    collection = fields[0].target.collection
    records = view.lists[collection]
    inner = [field._replace(steps=field.steps[1:]) for field in fields]
    if not any(field.values(one) for one in records if one.id in named for field in inner):
        return
    places: dict[str, int] = {}
    above: dict[str, list[str]] = {}
    for index, record in enumerate(records):
        places.setdefault(record.id, index)
        above.setdefault(record.id, []).extend(chain(*(field.ids(record) for field in inner)))
    name = inner[0].steps[0][0]
    for cycle in islice(_graph_cycles(above), MANY):
        first = min(range(len(cycle)), key=lambda at: places[cycle[at]])
        ring = " → ".join([*cycle[first:], *cycle[: first + 1]])
        pointer = f"/{collection}/{places[cycle[first]]}/{name}"
        yield Fault(pointer, f"{name} leads in a circle: {ring}")


def _graph_cycles(above: dict[str, list[str]]) -> Iterator[list[str]]:
    """The cycles of a graph, each removed before the next is searched for.

    >>> list(_graph_cycles({"a": ["b"], "b": ["a"], "c": ["c"], "d": ["a"]}))
    [['a', 'b'], ['c']]
    """
    while True:
        try:
            TopologicalSorter(above).prepare()
        except CycleError as error:
            ring = error.args[1][:0:-1]  # in the direction of the links, without the repetition
            yield ring
            above = {name: links for name, links in above.items() if name not in ring}
        else:
            return


@rule(
    "R408",
    *RECORD_FILES,
    title="duplicate reference",
    why="A list of references is a set. A repetition is a slip.",
    fix="Remove the repetition.",
    example=Example(
        '"regarding": ["shelling-of-dorn", "shelling-of-dorn"]', '"regarding": ["shelling-of-dorn"]'
    ),
    mistake={"/attributions/1/regarding": ["shelling-of-dorn"] * 2},
)
def listed_twice(view: FileView) -> Iterator[Fault]:
    """A list contains an id twice, or the status or cause of a casualty a value."""
    for field, values in view.references:
        if field.many and any(len(set(ids)) < len(ids) for ids in values if len(ids) > 1):
            places: dict[tuple[str, str], list[str]] = {}
            for pointer, name in field.places(view.record):
                places.setdefault((pointer.rpartition("/")[0], name), []).append(pointer)
            for (_, name), pointers in places.items():
                if len(pointers) > 1:
                    yield Fault(pointers[-1], f"{field.name} lists {name!r} {len(pointers)} times")
    for row, casualty in enumerate(view.lists.get("casualties", ())):
        for name in ("status", "cause"):
            values = getattr(casualty, name)
            if len(set(values)) < len(values):
                message = f"{name} lists a value twice: {', '.join(values)}"
                yield Fault(f"/casualties/{row}/{name}", message)


@rule(
    "R409",
    Scope.INDEX,
    title="one file for two documents",
    why="One file is the text of one document.",
    fix="Remove one of the documents, or correct its file.",
    example=Example(
        '"file": "one.txt" for the documents one and two',
        '"file": "one.txt" for one, "file": "two.txt" for two',
    ),
    mistake={"seeds/index.json#/documents/1/file": "one.txt"},
)
def same_seed(view: FileView) -> Iterator[Fault]:
    """Two documents have the same file."""
    seen: dict[str, str] = {}
    for index, document in enumerate(view.record.documents):
        first = seen.setdefault(document.file, document.id)
        if first != document.id:
            message = f"{document.file} is already the seed of document {first!r}"
            yield Fault(f"/documents/{index}/file", message)
