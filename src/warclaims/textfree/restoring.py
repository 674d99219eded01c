"""Put the texts back into an edition without them: exactly as they were, or word by word."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from warclaims.corpus import canonical_bytes, parse
from warclaims.errors import InvalidFile, WarclaimsError
from warclaims.files import is_there, read_file
from warclaims.files.limits import MAX_FILE, MIB
from warclaims.records import Annotations, Document, DocumentIndex
from warclaims.textfree.anchors import Carrier, Fate
from warclaims.textfree.edition import put_back
from warclaims.textfree.manifest import not_as_written, reason_of
from warclaims.textfree.masking import REFERENCE, reveal, words_in
from warclaims.textfree.moving import Losses, moved_annotations, moved_document
from warclaims.textfree.reading import ADJUDICATION, INDEX, Edition, with_words
from warclaims.textfree.strings import change_strings, json_lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from warclaims.textfree.manifest import EditionText


class _TextCopies:
    """The texts that are there, by document: exact ones, and other copies.

    Attributes:
        exact: The very texts.
        carriers: Other copies.
        documents: The entries of the index for other copies.
        room: Bytes of words that may still be put into a file. A reference is short, whatever it
            refers to, and may occur any number of times.
    """

    def __init__(self) -> None:
        self.exact: dict[str, str] = {}
        self.carriers: dict[str, Carrier] = {}
        self.documents: dict[str, Document] = {}
        self.room = MAX_FILE

    def take(self, words: str) -> str:
        """Count ``words`` of the texts, and return them. Raises ValueError if they are too many."""
        self.room -= len(words.encode())
        if self.room < 0:
            raise ValueError(f"with its words it is larger than {MAX_FILE // MIB} MiB")
        return words

    def words_at(self, document: str, start: int, end: int) -> str | None:
        """The words of a reference; `None` if they are not found for sure."""
        if (carrier := self.carriers.get(document)) is None:
            words = words_in(self.exact)(document, start, end)
            return None if words is None else self.take(words)
        found = carrier.carry(start, end)
        if found.fate in (Fate.LOST, Fate.DOUBTFUL):
            return None
        return self.take(carrier.copy[found.start : found.end])


@dataclass
class RestoredCorpus:
    """The files of a restored corpus, and what could not be restored.

    Attributes:
        files: Everything to write, by path in the corpus.
        sha256: The hash of the edition's manifest.
        documents: For each document, *the same*, *another copy*, *another text* or *no copy*.
        losses: What is not where it was, by file.
        references_left: Number of references that could not be put back, by file.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    sha256: str = ""
    documents: dict[str, str] = field(default_factory=dict)
    losses: dict[str, Losses] = field(default_factory=dict)
    references_left: dict[str, int] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """True if every text is there and every span is surely where its words are."""
        return not (
            self.references_left
            or not {"the same", "another copy"}.issuperset(self.documents.values())
            or any(one.is_any for one in self.losses.values())
        )

    @property
    def spans(self) -> Counter[str]:
        """Spans of all files by fate."""
        return sum((losses.spans for losses in self.losses.values()), Counter())


def restore(edition: Edition, copies: Mapping[str, bytes]) -> RestoredCorpus:
    """The files of the corpus that ``edition`` was made of, with the ``copies`` of its texts.

    Args:
        edition: An edition that was checked.
        copies: The user's copies by document. Documents without a text, or with another one, are
            left out, with their annotations.

    Raises:
        WarclaimsError: a copy is not UTF-8, or the edition cannot be restored.
    """
    found = RestoredCorpus(sha256=edition.sha256)
    known = _TextCopies()
    losses = found.losses[INDEX] = Losses()
    index = parse(edition.files[INDEX], DocumentIndex, INDEX)
    for one, document in zip(edition.manifest.documents, index.documents, strict=True):
        name, data = one.id, copies.get(one.id)
        if data is None:
            found.documents[name] = "no copy"
            continue
        text = _decoded(data, one.file)
        if hashlib.sha256(data).hexdigest() == one.sha256:
            found.documents[name] = "the same"
            known.exact[name] = text
        else:
            carrier = Carrier(name, one.fingerprints, one.model_dump(), text)
            found.documents[name] = "another copy" if carrier.is_copy else "another text"
            if not carrier.is_copy:
                continue
            known.carriers[name] = carrier
            carrier.take = known.take
            known.documents[name] = moved_document(document, carrier, data, one.title, losses)
        found.files[f"seeds/{one.file}"] = data
    for name in edition.files:
        try:
            restored = _restored_file(name, edition, known, found)
        except ValueError as error:
            raise not_as_written(name, reason_of(error)) from None
        except InvalidFile as error:
            raise not_as_written(name, error.findings[0].message) from None
        if restored is None:
            continue
        if left := sum(not match["escape"] for match in REFERENCE.finditer(restored.decode())):
            found.references_left[name] = left
        found.files[name] = restored
    for name in (INDEX, ADJUDICATION):
        if name in found.losses and not found.losses[name].is_any:
            del found.losses[name]
    return found


def _restored_file(
    name: str, edition: Edition, known: _TextCopies, found: RestoredCorpus
) -> bytes | None:
    """A file with its words; `None` if it annotates a document without a text."""
    known.room = MAX_FILE
    made = edition.files[name].decode()
    document = edition.document_of(name)
    if document is not None and document in known.carriers:
        losses = found.losses[name] = Losses()
        whole = change_strings(with_words(made), lambda one: reveal(one, known.words_at))
        record = parse(whole.encode(), Annotations, name)
        place = known.carriers[document], known.documents[document]
        return canonical_bytes(moved_annotations(record, *place, losses))
    if document is not None and document not in known.exact:
        return None
    if name == ADJUDICATION:
        made = _moved_decisions(made, known, found)
    data = put_back(name, made, document, known.words_at).encode()
    if name == INDEX and len(known.exact) < len(found.documents):
        return _index_of_copies(data, known)
    return data


def find_copies(documents: Sequence[EditionText], texts: Path) -> dict[str, bytes]:
    """The user's copies by document: the very text wherever it is, else the file with its name.

    Raises:
        WarclaimsError: a file with the name of a text cannot be read, or there is no text at all.
    """
    wanted = {one.sha256: one.id for one in documents}
    longest = min(max((4 * one.length for one in documents), default=0), MAX_FILE)  # UTF-8
    copies: dict[str, bytes] = {}
    for path in sorted(texts.rglob("*")):
        if path.is_file() and path.stat().st_size <= longest:
            data = read_file(path)
            if (name := wanted.get(hashlib.sha256(data).hexdigest())) is not None:
                copies[name] = data
    for one in documents:
        for path in (texts / one.file, texts / f"{one.id}.txt"):
            if one.id not in copies and is_there(path):
                copies[one.id] = read_file(path)
    if not copies:
        raise WarclaimsError(
            f"{texts} has none of the texts; they are called "
            + ", ".join(one.file for one in documents[:5])
        )
    return copies


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise WarclaimsError(
            f"{name} is not UTF-8 (byte {error.start}); save it as UTF-8 and try again"
        ) from None


def _index_of_copies(data: bytes, known: _TextCopies) -> bytes:
    """The index of the documents that have a text, with the places of other copies."""
    index = parse(data, DocumentIndex, INDEX)
    documents = []
    for document in index.documents:
        if (moved := known.documents.get(document.id)) is not None:
            fields = ("sha256", "length", "title", "segments")
            places = {field: getattr(moved, field) for field in fields}
            documents.append(document.model_copy(update=places))
        elif document.id in known.exact:
            documents.append(document)
    return canonical_bytes(index.model_copy(update={"documents": tuple(documents)}))


def _moved_decisions(made: str, known: _TextCopies, found: RestoredCorpus) -> str:
    """The lines of the adjudication that have a text, each with the start of its words there."""
    losses = found.losses[ADJUDICATION] = Losses()
    lines = []
    for number, line in enumerate(json_lines(made), 1):
        plain = json.loads(line)
        is_left_out = found.documents.get(plain["document"]) in ("another text", "no copy")
        if (carrier := known.carriers.get(plain["document"])) is not None:
            start, first = plain["start"], plain["words"].split(" … ")[0]
            match = REFERENCE.fullmatch(first)
            end = int(match["end"]) if match and not match["escape"] else start + len(first)
            moved = carrier.carry(start, end)
            is_left_out = moved.fate in (Fate.LOST, Fate.DOUBTFUL)
            plain["start"] = moved.start
            line = json.dumps(plain, ensure_ascii=False) + line[len(line.rstrip()) :]  # noqa: PLW2901
        if is_left_out:
            losses.left_out.append(f"line {number}")
        else:
            lines.append(line)
    return "".join(lines)
