"""Levels 4 and 6: files of a corpus that are missing or unused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.files import is_there
from warclaims.findings import Related
from warclaims.layout import GOLD
from warclaims.validation.mistakes import GONE, ONE
from warclaims.validation.rule import Example, Fault, Scope, rule
from warclaims.validation.views import files_below

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.validation.views import CorpusView


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
        for path in files_below(layout.seeds):
            if path not in listed and path != layout.index:
                message = "is not in the index"
                yield Fault("", message, file=layout.relative(path))
    for name, files in view.sets.items():
        folder = layout.annotation_set(name)
        for path in files:
            if path.parent != folder or path.suffix != ".json":
                message = f"is not read: only <document>.json in {name} is"
                yield Fault("", message, file=layout.relative(path))
