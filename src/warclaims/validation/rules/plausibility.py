"""Level 6: what can be right but seldom is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.findings import Related
from warclaims.folding import fold
from warclaims.records import LAYERS, Target, shapes
from warclaims.records.vocabulary import Act, Level, PlaceLevel
from warclaims.validation.mistakes import GONE, Copied
from warclaims.validation.rule import Example, Fault, Scope, rule
from warclaims.validation.words import surface

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.validation.views import AnnotationView, CorpusView, FileView


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
    for registry in view.registries:
        used = view.used.get(registry.name)
        if registry.name == "events" or used is None:
            continue
        for index, entry in enumerate(registry.lists[registry.name]):
            if entry.id not in used:
                message = f"nothing refers to {entry.id!r} ({entry.label})"
                yield Fault(f"/{registry.name}/{index}", message, file=registry.file)


_NAMES = (Level.NAME, PlaceLevel.NAME)
_LINKS = tuple(
    (layer, shape.name, shape.target)
    for layer, model in LAYERS.items()
    for shape in shapes(model).values()
    if shape.target in (Target.ACTOR, Target.PLACE) and "level" in shapes(model)
)
"""Layer, field and registry of the mentions that have a level and a link."""


@rule(
    "W602",
    Scope.ANNOTATIONS,
    title="one name for two entries",
    why="Within one text a name usually means one actor or place. A link to another one is often a "
    "slip, unless the registry lists the name for that entry, too.",
    fix="Correct the wrong link. If both are right, add the name to the entry in the registry, or "
    "explain it in the note of the mention.",
    example=Example(
        "[Dorn] linked to the town, later [Dorn] linked to Avaria",
        "[Dorn] linked to the town both times",
    ),
    mistake={"/locations/2/place": "avaria-land"},
)
def two_entries(view: AnnotationView) -> Iterator[Fault]:
    """A name is linked to another entry than the first mention of the same words."""
    for layer, field, target in _LINKS:
        first: dict[str, tuple[int, str, str]] = {}
        for index, mention in enumerate(getattr(view.record, layer)):
            link = getattr(mention, field)
            if link is None or mention.level not in _NAMES:
                continue
            words = surface(mention.span)
            at, name, before = first.setdefault(words, (index, mention.id, link))
            if before != link and not mention.note and not _goes_by(view, target, link, words):
                message = f"is {link!r}, {name} is {before!r}"
                yield view.fault(layer, index, field, message, (view.related(layer, at),))


def _goes_by(view: AnnotationView, target: Target, entry: str, words: str) -> bool:
    """True if the registry lists ``words`` among the names of the entry, or is not known."""
    registry = view.known.registries.get(target.collection)
    if registry is None:
        return True
    listed = registry.get(entry)
    return any(fold(name.name) == words for name in getattr(listed, "names", ()))


@rule(
    "W603",
    Scope.ANNOTATIONS,
    title="accusation without an accused",
    why="An accusation blames a named adversary of its source, so blames has a mention, or "
    "inferred_blames an actor if only an adjective such as Avarian names it. Without a source "
    "there is no adversary.",
    fix="Link the blamed, or choose another act. If the words name no actor, explain it in the "
    "note.",
    example=Example(
        'Borland accused Avaria of shelling Dorn: "blames": []',
        'Borland accused [Avaria] of shelling Dorn: "blames": ["a2"], its id',
    ),
    mistake={"/attributions/0/act": "accuse"},
)
def accuses_nobody(view: AnnotationView) -> Iterator[Fault]:
    """The act is accuse and both blames and inferred_blames are empty."""
    for index, attribution in enumerate(view.record.attributions):
        named = attribution.source or attribution.inferred_source
        blamed = attribution.blames or attribution.inferred_blames
        if attribution.act is Act.ACCUSE and named and not (blamed or attribution.note):
            yield view.fault("attributions", index, "blames", "is an accusation, but blames nobody")


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
        "seeds/three.txt": Copied("seeds/two.txt"),
        "annotations/gold/three.json": Copied("annotations/gold/two.json"),
        "annotations/gold/three.json#/document": "three",
        "annotations/passes/a/two.json": GONE,
        "seeds/index.json#/documents/-": Copied("/documents/1", id="three", file="three.txt"),
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
