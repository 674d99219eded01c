"""Texts put back into an edition without them: just as they were, or word by word."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from pydantic import ValidationError

from warclaims.corpus.canonical import canonical_bytes
from warclaims.errors import WarclaimsError
from warclaims.files import read_file, read_words
from warclaims.records import DocumentIndex
from warclaims.standoff.anchors import Carrier
from warclaims.standoff.edition import is_edition_file, restored
from warclaims.standoff.manifest import MANIFEST, Entry, read_manifest
from warclaims.standoff.masking import REFERENCE, reveal_carried
from warclaims.standoff.moving import Losses, moved_annotations, moved_document
from warclaims.standoff.strings import change_strings, ranges

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Container, Iterator, Sequence
    from pathlib import Path

INDEX = "seeds/index.json"


class _Known(NamedTuple):
    """What is known by document: what the edition says, the very texts, the other copies."""

    entries: dict[str, Entry]
    exact: dict[str, str]
    carriers: dict[str, Carrier]


@dataclass
class Hydrated:
    """What came of it.

    Attributes:
        files: Everything to write, by path in the corpus.
        seeds: The copies of the texts, by document.
        documents: For each document, *the same*, *another copy*, *another text* or *no copy*.
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
            or not {"the same", "another copy"}.issuperset(self.documents.values())
            or any(one.is_any for one in self.losses.values())
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

    A text is looked for by its content, anywhere in the folder, then by the name of its file.
    Documents without a text, or with another one, are left out, with their annotations.

    Raises:
        WarclaimsError: ``edition`` is no edition without texts or is not as it was written, or
            there is no text at all.
    """
    manifest = read_manifest(edition)
    found = Hydrated()
    known = _Known({one.id: one for one in manifest.documents}, {}, {})
    copies = _copies(manifest.documents, texts)
    for one in manifest.documents:
        name, data = one.id, copies.get(one.id)
        if data is None:
            found.documents[name] = "no copy"
            continue
        text = _decoded(data, one.file)
        if hashlib.sha256(data).hexdigest() == one.sha256:
            found.documents[name] = "the same"
            known.exact[name] = text
        else:
            places = {"starts": one.starts, "ends": one.ends}
            carrier = Carrier(name, one.fingerprints, places, text)
            found.documents[name] = "another copy" if carrier.is_copy else "another text"
            if not carrier.is_copy:
                continue
            known.carriers[name] = carrier
        found.files[f"seeds/{one.file}"] = found.seeds[name] = data
    if not known.exact and not known.carriers:
        raise WarclaimsError(
            f"{texts} has none of the texts; they are called "
            + ", ".join(one.file for one in manifest.documents[:5])
        )
    for name, path in _edition_files(edition):
        try:
            made = read_words(path)
            data = _hydrated(name, made, known, found)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise WarclaimsError(
                f"{name} of the edition is not as warclaims export standoff writes it: "
                f"{_reason(error)}; get or make the edition once more"
            ) from None
        if data is None:
            continue
        left = sum(not match["escape"] for match in REFERENCE.finditer(data.decode()))
        if left:
            found.marks[name] = left
        found.files[name] = data
    return found


def _hydrated(name: str, made: str, known: _Known, found: Hydrated) -> bytes | None:
    """A file with its words; null if it annotates a document that there is no text of."""
    if name.endswith(".json"):
        json.loads(made)
    if name == INDEX:
        return _index(made, known, found)
    stem = name.rpartition("/")[2].removesuffix(".json")
    document = stem if _annotates(name, stem, known.entries) else None
    if document is None or document in known.exact:
        return _restored(name, made, known, known.exact.get(document or ""))
    if document not in known.carriers:
        return None
    if any(end > known.entries[document].length for _, end in ranges(made)):
        raise ValueError("a fragment ends beyond its text")
    losses = found.losses[name] = Losses()
    sha256 = hashlib.sha256(found.seeds[document]).hexdigest()
    plain = json.loads(_restored(name, made, known, None))
    return moved_annotations(plain, known.carriers[document], sha256, losses)


def _annotates(name: str, stem: str, documents: Container[str]) -> bool:
    parts = name.split("/")
    return stem in documents and (
        parts[:2] == ["annotations", "gold"] or parts[:2] == ["annotations", "passes"]
    )


def _edition_files(edition: Path) -> Iterator[tuple[str, Path]]:
    """The files of an edition by their paths in the corpus; links and hidden files are none.

    Raises:
        WarclaimsError: a file in ``annotations/`` cannot be of an edition.
    """
    for path in [edition / INDEX, *sorted((edition / "annotations").rglob("*"))]:
        name = path.relative_to(edition)
        along = [path, *path.parents[: len(name.parts) - 1]]
        if not path.is_file() or any(one.is_symlink() for one in along):
            continue
        if any(part.startswith(".") for part in name.parts):
            continue
        if not is_edition_file(name.parts):
            raise WarclaimsError(
                f"{name.as_posix()} is no file of an edition without texts; take it out of "
                f"{edition}"
            )
        yield name.as_posix(), path


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
    if isinstance(error, KeyError):
        return f"it has no {error}"
    return str(error)


def _copies(documents: Sequence[Entry], texts: Path) -> dict[str, bytes]:
    """The user's copies by document: the very text wherever it is, else what has its name."""
    wanted = {one.sha256: one.id for one in documents}
    longest = max((4 * one.length for one in documents), default=0)  # bytes of UTF-8
    copies: dict[str, bytes] = {}
    for path in sorted(texts.rglob("*")):
        if path.is_file() and path.stat().st_size <= longest:
            data = read_file(path)
            if (name := wanted.get(hashlib.sha256(data).hexdigest())) is not None:
                copies[name] = data
    for one in documents:
        for path in (texts / one.file, texts / f"{one.id}.txt"):
            if one.id not in copies and path.is_file():
                copies[one.id] = read_file(path)
    return copies


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise WarclaimsError(
            f"{name} is not UTF-8 (byte {error.start}); save it as UTF-8 and try again"
        ) from None


def _restored(name: str, made: str, known: _Known, text: str | None) -> bytes:
    """A file that annotates no other copy: its references put back, as far as they can be.

    Lost references into other copies are left.
    """
    back = restored(name, made, known.exact, text)
    if name.endswith(".md"):
        return reveal_carried(back, known.carriers).encode()
    return change_strings(back, lambda one: reveal_carried(one, known.carriers)).encode()


def _index(made: str, known: _Known, found: Hydrated) -> bytes:
    """The index, of the documents that there is a text of."""
    data = _restored(INDEX, made, known, None)
    files = {name: one.file for name, one in known.entries.items()}
    if {one.id: one.file for one in DocumentIndex.model_validate_json(data).documents} != files:
        raise ValueError(f"its documents are not those of {MANIFEST}")
    if len(known.exact) == len(found.documents):
        return data
    plain = json.loads(data)
    losses = Losses()
    documents = []
    for one in plain["documents"]:
        name = one["id"]
        if name in known.exact:
            documents.append(one)
        elif (carrier := known.carriers.get(name)) is not None:
            title = known.entries[name].title
            documents.append(moved_document(one, carrier, found.seeds[name], title, losses))
    plain["documents"] = documents
    if losses.is_any:
        found.losses[INDEX] = losses
    return canonical_bytes(DocumentIndex.model_validate_json(json.dumps(plain)))
