"""Level 3: seeds and their segments in the index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.corpus.hashes import apart, how_changed
from warclaims.findings import Related
from warclaims.records import LAYERS
from warclaims.validation.mistakes import GONE, ReplacedBytes
from warclaims.validation.rule import Example, Fault, Scope, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.validation.views import DocumentView


def _index(view: DocumentView, field: str, what: str) -> tuple[Related, ...]:
    return (Related(view.file, f"{view.pointer}/{field}", what),)


_LATIN = "e134988854e6583f063fc0e9aefa55da3b20ab8d55413a6808f315789d73c1f5"
"""The SHA-256 of ``Café`` in Latin-1."""


@rule(
    "T301",
    Scope.DOCUMENT,
    title="seed missing",
    why="Every document in the index has a source text. Without it annotations cannot be checked.",
    fix="Restore the seed, or remove the document from the index.",
    example=Example(
        '"file": "two.txt" in the index, and no seeds/two.txt',
        '"file": "two.txt" in the index, and seeds/two.txt is there',
    ),
    mistake={"seeds/two.txt": GONE},
)
def seed_missing(view: DocumentView) -> Iterator[Fault]:
    """The seed of the document is missing or cannot be read."""
    if view.data is None:
        what = f"cannot be read: {view.trouble}" if view.trouble else "is not in seeds/"
        message = f"the seed of document {view.document.id!r} {what}"
        yield Fault("", message, file=view.seed_file, related=_index(view, "file", "named here"))


@rule(
    "T302",
    Scope.DOCUMENT,
    title="seed changed",
    why="All offsets refer to the bytes that were indexed. Seeds are never edited, not even to "
    "correct a misprint.",
    fix="Restore the original file. If the file is right and the index is wrong, correct sha256 "
    "and length in the index and check every span.",
    example=Example(
        "seeds/two.txt edited after it was indexed: Eight die in Dorn",
        "seeds/two.txt as it was indexed: Seven die in Dorn",
    ),
    mistake={"seeds/two.txt": ReplacedBytes(b"Seven", b"Eight")},
)
def seed_changed(view: DocumentView) -> Iterator[Fault]:
    """The hash of the seed is not the one in the index."""
    if view.data is not None and view.changed:
        from hashlib import sha256

        how = how_changed(view.data, view.document.sha256)
        here, indexed = apart(sha256(view.data).hexdigest(), view.document.sha256)
        what = how or "bytes differ from those that were indexed"
        message = f"{what}: its SHA-256 is {here}, the index has {indexed}"
        related = _index(view, "sha256", "the hash in the index")
        yield Fault("", message, file=view.seed_file, related=related)


@rule(
    "T303",
    Scope.DOCUMENT,
    title="length of the text wrong",
    why="The length in code points reveals a wrong decoding or changed line breaks.",
    fix="Enter the length from the message.",
    example=Example('"length": 5 for the text “Dorn”', '"length": 4 for the text “Dorn”'),
    mistake={"seeds/index.json#/documents/0/length": 235},
)
def length(view: DocumentView) -> Iterator[Fault]:
    """The length in the index is not that of the text."""
    if view.text is not None and len(view.text) != view.document.length:
        yield Fault(
            f"{view.pointer}/length",
            f"the text has {len(view.text)} code points, the index says {view.document.length}",
        )


@rule(
    "T304",
    Scope.DOCUMENT,
    title="segments do not tile the text",
    why="Each code point is in exactly one segment.",
    fix="Start the first segment at 0, each other one where the one before ends, and end the last "
    "at the length of the text.",
    example=Example("segments 0–20 and 21–123", "segments 0–20 and 20–123"),
    mistake={"seeds/index.json#/documents/0/segments/3/start": 208},
)
def tiling(view: DocumentView) -> Iterator[Fault]:
    """A gap, an overlap, an empty segment, or a wrong end."""
    expected = 0
    for number, segment in enumerate(view.document.segments):
        if segment.start != expected:
            what = "a gap after" if segment.start > expected else "inside"
            message = f"starts at {segment.start}, {what} the segment that ends at {expected}"
            pointer = f"{view.pointer}/segments/{number}"
            yield Fault(f"{pointer}/start", message, segment.start, segment.end)
        if segment.end <= segment.start:
            message = f"ends at {segment.end}, not after its start {segment.start}"
            yield Fault(f"{view.pointer}/segments/{number}/end", message)
        expected = max(expected, segment.end)
    end = len(view.text) if view.text is not None else view.document.length
    if expected != end:
        pointer = f"{view.pointer}/segments/{len(view.document.segments) - 1}/end"
        yield Fault(pointer, f"the segments end at {expected}, the text at {end}")


@rule(
    "T315",
    Scope.DOCUMENT,
    title="seed is not UTF-8",
    why="Offsets count the code points of the seed, decoded as UTF-8.",
    fix="Remove the document from the index, or add it again from a file in UTF-8.",
    example=Example("seeds/two.txt indexed as Latin-1", "seeds/two.txt indexed as UTF-8"),
    mistake={
        "seeds/two.txt": b"Caf\xe9",
        "seeds/index.json#/documents/1/sha256": _LATIN,
        "annotations/passes/a/two.json": GONE,
        "annotations/gold/two.json#/sha256": _LATIN,
        **{f"annotations/gold/two.json#/{layer}": [] for layer in LAYERS},
    },
)
def seed_encoding(view: DocumentView) -> Iterator[Fault]:
    """The indexed bytes are not UTF-8."""
    if view.data is not None and not view.changed and view.text is None:
        message = f"the seed of document {view.document.id!r} is not UTF-8"
        yield Fault("", message, file=view.seed_file)
