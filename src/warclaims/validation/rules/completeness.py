"""Levels 4 and 6: files, texts and entries that are missing, unused or there twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.files import is_there, paths_below
from warclaims.findings import Related
from warclaims.layout import GOLD
from warclaims.validation.mistakes import GONE, ONE, CopyOf
from warclaims.validation.rule import Example, Fault, Scope, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.validation.views import CorpusView, FileView


@rule(
    "R410",
    Scope.CORPUS,
    title="document without gold annotations",
    why="Every document in the index has annotations in gold. Otherwise a lost file and its claims "
    "would go unnoticed. A corpus without any annotations is exempt.",
    fix="Restore or create the file, or remove the document from the index.",
    example=Example(
        "documents one and two in the index, in gold two.json alone",
        "documents one and two in the index, in gold one.json and two.json",
    ),
    mistake={ONE: GONE},
)
def not_annotated(view: CorpusView) -> Iterator[Fault]:
    """A document has no file in gold, although some set has files."""
    if view.index is None or not any(view.sets.values()):
        return
    layout = view.layout
    index = layout.relative(layout.index)
    for number, document in enumerate(view.index.documents):
        path = layout.annotation_file(GOLD, document.id)
        if not is_there(path):
            related = Related(index, f"/documents/{number}", "the document")
            message = f"document {document.id!r} has no annotations in gold"
            yield Fault("", message, file=layout.relative(path), related=(related,))


@rule(
    "W604",
    Scope.CORPUS,
    title="unused file",
    why="Only the seeds in the index are read, and <document>.json in gold and in each pass. Any "
    "other file is a leftover, or its name or folder is wrong.",
    fix="Add the seed to the index, rename or move the file, or remove it.",
    example=Example("seeds/three.txt is not in the index", "seeds/three.txt is in the index"),
    waivable=False,
    mistake={"seeds/three.txt": b"A third."},
)
def unused_file(view: CorpusView) -> Iterator[Fault]:
    """A file in seeds/ that is not in the index, or one in a set that is not annotations."""
    layout = view.layout
    if view.index is not None:
        listed = {layout.seeds / document.file for document in view.index.documents}
        for path in paths_below(layout.seeds):
            if path not in listed and path != layout.index:
                message = "is not in the index"
                yield Fault("", message, file=layout.relative(path))
    for name, files in view.sets.items():
        folder = layout.annotation_set(name)
        for path in files:
            if path.parent != folder or path.suffix != ".json":
                message = f"is not read: only <document>.json in {name} is"
                yield Fault("", message, file=layout.relative(path))


@rule(
    "W601",
    Scope.CORPUS,
    title="unused registry entry",
    why="If no mention, casualty or other entry refers to an entry, it is a leftover, or a link "
    "was forgotten. Events are exempt: they are listed before annotating, and an event without a "
    "claim is a result, too.",
    fix="Link it where it is meant, or remove it.",
    example=Example(
        "Borland in the registry of actors, and nothing refers to it",
        "Borland in the registry of actors, and a mention is linked to it",
    ),
    mistake={
        "annotations/registry/sides.json#/sides/-": {
            "id": "third",
            "label": "Third",
            "description": "Nobody.",
        }
    },
)
def unused(view: CorpusView) -> Iterator[Fault]:
    """An id that is not used, if all files that may use it could be read."""
    for name, registry in view.registries.items():
        used = view.used.get(name)
        if name == "events" or used is None:
            continue
        for index, entry in enumerate(registry.lists[name]):
            if entry.id not in used:
                message = f"nothing refers to {entry.id!r} ({entry.label})"
                yield Fault(f"/{name}/{index}", message, file=registry.file)


@rule(
    "W615",
    Scope.INDEX,
    title="same text under two ids",
    why="Two documents with the same SHA-256 have the same text, which was probably collected "
    "twice. Its claims would be counted twice, and a text in both training and test data makes "
    "scores too good. The bundles of one run are compared, too; there it cannot be waived.",
    fix="Remove one of the two. Waive the finding if both are intended, such as an agency's report "
    "in two newspapers.",
    example=Example("the documents 004 and 104 have one text", "each text is one document"),
    mistake={
        "seeds/three.txt": CopyOf("seeds/two.txt"),
        "annotations/gold/three.json": CopyOf("annotations/gold/two.json"),
        "annotations/gold/three.json#/document": "three",
        "annotations/passes/a/two.json": GONE,
        "seeds/index.json#/documents/-": CopyOf("/documents/1", id="three", file="three.txt"),
    },
)
def same_text(view: FileView) -> Iterator[Fault]:
    """Two documents of the index have the same SHA-256, under different ids."""
    first: dict[str, tuple[int, str]] = {}
    for index, document in enumerate(view.record.documents):
        number, name = first.setdefault(document.sha256, (index, document.id))
        if name != document.id:
            related = Related(view.file, f"/documents/{number}/sha256", "the first")
            message = f"document {document.id!r} has the text of document {name!r}"
            yield Fault(f"/documents/{index}/sha256", message, related=(related,))
