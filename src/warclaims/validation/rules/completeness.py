"""Files of a corpus that are missing or left over."""

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
    why="Every document of the index has its annotations in gold; a file that is lost would "
    "otherwise go unnoticed, with all its claims. Only a corpus in which nothing is annotated yet "
    "has none.",
    fix="Restore or make the file, or take the document out of the index.",
    example=Example(
        "documents one and two in the index, in gold two.json alone",
        "documents one and two in the index, in gold one.json and two.json",
    ),
    mistake={ONE: GONE},
)
def not_annotated(view: CorpusView) -> Iterator[Fault]:
    """A document has no file in gold, though some set has files."""
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
    why="Only the seeds that the index lists are read, and <document>.json of gold and each "
    "pass. Any other file is a leftover, or its name or place is wrong.",
    fix="Add the seed to the index, correct the name or place of the file, or remove it.",
    example=Example(
        "seeds/three.txt, and the index does not list it", "seeds/three.txt, and the index lists it"
    ),
    waivable=False,
    mistake={"seeds/three.txt": b"A third."},
)
def unused_file(view: CorpusView) -> Iterator[Fault]:
    """A file in seeds/ that is not listed, or in a set where no annotations are looked for."""
    layout = view.layout
    if view.index is not None:
        listed = {layout.seeds / document.file for document in view.index.documents}
        for path in files_below(layout.seeds):
            if path not in listed and path != layout.index:
                message = "the index lists no such seed"
                yield Fault("", message, file=layout.relative(path))
    for name, files in view.sets.items():
        folder = layout.annotation_set(name)
        for path in files:
            if path.parent != folder or path.suffix != ".json":
                message = f"annotations are looked for in <document>.json of {name} only"
                yield Fault("", message, file=layout.relative(path))
