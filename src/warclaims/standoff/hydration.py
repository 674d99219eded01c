"""Texts put back into an edition without them: just as they were, or word by word."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from warclaims.errors import WarclaimsError
from warclaims.standoff.anchors import Carrier
from warclaims.standoff.edition import MANIFEST, restored
from warclaims.standoff.masking import REFERENCE, reveal_carried
from warclaims.standoff.moving import Losses, moved_annotations, moved_document
from warclaims.standoff.strings import change_strings

if TYPE_CHECKING:
    from collections import Counter
    from pathlib import Path

Facts = dict[str, Any]


@dataclass
class Hydrated:
    """What came of it.

    Attributes:
        files: Everything to write, by path in the corpus.
        seeds: The copies of the texts, by document.
        documents: For each document, *the same*, *another copy* or *no copy*.
        losses: What did not land where it was, by file.
        marks: References that could not be put back, by file.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    seeds: dict[str, bytes] = field(default_factory=dict)
    documents: dict[str, str] = field(default_factory=dict)
    losses: dict[str, Losses] = field(default_factory=dict)
    marks: dict[str, int] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """True if every text is there and every span is where its words are, for sure."""
        return not (
            self.marks
            or "no copy" in self.documents.values()
            or any(one.doubtful or one.lost or one.left_out for one in self.losses.values())
        )

    @property
    def counts(self) -> Counter[str]:
        """Spans of all files by what became of them."""
        from collections import Counter

        total: Counter[str] = Counter()
        for losses in self.losses.values():
            total += losses.counts
        return total


def hydrate(edition: Path, texts: Path) -> Hydrated:
    """The files of the corpus that ``edition`` is of, with the texts in the folder ``texts``.

    A text is looked for by the name of its file, then by its content. Documents without a text are
    left out, with their annotations.

    Raises:
        WarclaimsError: ``edition`` is no edition without texts, or there is no text at all.
    """
    facts = _facts(edition)
    found = Hydrated()
    exact: dict[str, str] = {}
    carriers: dict[str, Carrier] = {}
    for one in facts["documents"]:
        data = _copy_of(one, texts)
        name = one["id"]
        if data is None:
            found.documents[name] = "no copy"
            continue
        found.files[f"seeds/{one['file']}"] = found.seeds[name] = data
        text = _decoded(data, one["file"])
        if hashlib.sha256(data).hexdigest() == one["sha256"]:
            found.documents[name] = "the same"
            exact[name] = text
        else:
            found.documents[name] = "another copy"
            carriers[name] = Carrier(name, one["fingerprints"], one, text)
    if not exact and not carriers:
        raise WarclaimsError(
            f"{texts} has none of the texts; they are called "
            + ", ".join(one["file"] for one in facts["documents"][:5])
        )
    known = {one["id"] for one in facts["documents"]}
    for path in sorted(edition.rglob("*")):
        name = path.relative_to(edition).as_posix()
        if not path.is_file() or name in (MANIFEST, "README.md"):
            continue
        made = path.read_bytes().decode()
        document = path.stem if _annotates(name, path.stem, known) else None
        if document is not None and document not in exact and document not in carriers:
            continue
        if document is not None and document in carriers:
            losses = found.losses[name] = Losses()
            sha256 = hashlib.sha256(found.seeds[document]).hexdigest()
            plain = json.loads(_restored(name, made, exact, carriers, None))
            data = moved_annotations(plain, carriers[document], sha256, losses)
        elif name == "seeds/index.json":
            data = _index(made, exact, carriers, found)
        else:
            data = _restored(name, made, exact, carriers, exact.get(document or ""))
        left = sum(not match["escape"] for match in REFERENCE.finditer(data.decode()))
        if left:
            found.marks[name] = left
        found.files[name] = data
    return found


def _annotates(name: str, stem: str, documents: set[str]) -> bool:
    parts = name.split("/")
    return stem in documents and (
        parts[:2] == ["annotations", "gold"] or parts[:2] == ["annotations", "passes"]
    )


def _facts(edition: Path) -> Facts:
    path = edition / MANIFEST
    try:
        facts: Facts = json.loads(path.read_bytes())
        if not all({"id", "file", "sha256", "fingerprints"} <= set(d) for d in facts["documents"]):
            raise ValueError
    except (OSError, ValueError, KeyError, TypeError):
        raise WarclaimsError(
            f"{edition} is no edition without texts: it has no {MANIFEST} that can be read; make "
            "one with: warclaims export standoff"
        ) from None
    return facts


def _copy_of(one: Facts, texts: Path) -> bytes | None:
    """The user's copy of a text: by its name, by the document's id, or by its content."""
    for name in (one["file"], f"{one['id']}.txt"):
        if (texts / name).is_file():
            return (texts / name).read_bytes()
    for path in sorted(texts.glob("*")):
        if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == one["sha256"]:
            return path.read_bytes()
    return None


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise WarclaimsError(
            f"{name} is not UTF-8 (byte {error.start}); save it as UTF-8 and try again"
        ) from None


def _restored(
    name: str,
    made: str,
    exact: dict[str, str],
    carriers: dict[str, Carrier],
    text: str | None,
) -> bytes:
    """A file that annotates no other copy: its references put back, as far as they can be."""
    if name.endswith(".md"):
        return _carried(restored(name, made, exact, None), carriers).encode()
    back = restored(name, made, exact, text)
    return change_strings(back, lambda one: _carried(one, carriers)).encode()


def _carried(string: str, carriers: dict[str, Carrier]) -> str:
    """References into other copies, with the words that stand there; lost ones are left."""
    return reveal_carried(string, carriers)


def _index(
    made: str, exact: dict[str, str], carriers: dict[str, Carrier], found: Hydrated
) -> bytes:
    """The index, of the documents that there is a text of."""
    from warclaims.corpus.canonical import canonical_bytes
    from warclaims.records import DocumentIndex

    data = _restored("seeds/index.json", made, exact, carriers, None)
    if len(exact) == len(found.documents):
        return data
    plain = json.loads(data)
    plain["documents"] = [
        moved_document(one, carriers[one["id"]], found.seeds[one["id"]])
        if one["id"] in carriers
        else one
        for one in plain["documents"]
        if one["id"] in exact or one["id"] in carriers
    ]
    return canonical_bytes(DocumentIndex.model_validate_json(json.dumps(plain)))
