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
from warclaims.layout import GOLD
from warclaims.records import Annotations, Document, DocumentIndex
from warclaims.textfree.anchors import OtherCopy
from warclaims.textfree.edition import put_back
from warclaims.textfree.masking import REFERENCE, reveal, words_in
from warclaims.textfree.moving import Losses, moved_annotations, moved_document
from warclaims.textfree.reading import (
    ADJUDICATION,
    CHALLENGES,
    INDEX,
    Edition,
    not_as_written,
    with_words,
)
from warclaims.textfree.strings import change_strings, json_lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from warclaims.textfree.reading import EditionText


class _Texts:
    """The texts that are there, by document.

    Attributes:
        exact: The very texts.
        copies: Other copies.
        documents: The entries of the index for other copies.
        room: Bytes of words that may still be put into a file. A reference is short, whatever it
            refers to, and may occur any number of times.
    """

    def __init__(self) -> None:
        self.exact: dict[str, str] = {}
        self.copies: dict[str, OtherCopy] = {}
        self.documents: dict[str, Document] = {}
        self.room = MAX_FILE

    def use(self, words: str) -> str:
        """Count ``words`` of the texts, and return them. Raises ValueError if they are too many."""
        self.room -= len(words.encode())
        if self.room < 0:
            raise ValueError(f"with its words it is larger than {MAX_FILE // MIB} MiB")
        return words

    def words_at(self, document: str, start: int, end: int) -> str | None:
        """The words of a reference; `None` if they are not found for sure."""
        if (copy := self.copies.get(document)) is not None:
            found = copy.place(start, end)
            return copy.words(found.start, found.end) if found.is_sure else None
        words = words_in(self.exact)(document, start, end)
        return None if words is None else self.use(words)


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
    texts = _Texts()
    losses = Losses()
    index = parse(edition.files[INDEX], DocumentIndex, INDEX)
    for one, document in zip(edition.manifest.documents, index.documents, strict=True):
        data = copies.get(one.id)
        if data is None:
            found.documents[one.id] = "no copy"
            continue
        text = _decoded(data, one.file)
        if hashlib.sha256(data).hexdigest() == one.sha256:
            found.documents[one.id] = "the same"
            texts.exact[one.id] = text
        else:
            copy = OtherCopy(one.id, one.fingerprints, one.model_dump(), text, texts.use)
            if not copy.is_copy:
                found.documents[one.id] = "another text"
                continue
            found.documents[one.id] = "another copy"
            texts.copies[one.id] = copy
            texts.documents[one.id] = moved_document(document, copy, data, one.title, losses)
        found.files[f"seeds/{one.file}"] = data
    if losses.is_any:
        found.losses[INDEX] = losses
    for name in edition.files:
        try:
            restored = _restored_file(name, edition, texts, found)
        except (ValueError, InvalidFile) as error:
            raise not_as_written(name, error) from None
        if restored is None:
            continue
        if left := sum(not match["escape"] for match in REFERENCE.finditer(restored.decode())):
            found.references_left[name] = left
        found.files[name] = restored
    if CHALLENGES in found.files:
        _leave_out_lost_challenges(found)
    return found


def _leave_out_lost_challenges(found: RestoredCorpus) -> None:
    """Leave out challenges of records, or with words, that another copy does not have."""
    lines = json_lines(found.files[CHALLENGES].decode())
    kept = []
    for line in lines:
        one = json.loads(line)
        gold = found.files.get(f"annotations/{GOLD}/{one['document']}.json", b"")
        is_lost = one["record"] and f'"id": "{one["record"]}"'.encode() not in gold
        kept.append(not is_lost and not REFERENCE.search(one["words"]))
    if not all(kept):
        numbers = [f"line {n}" for n, is_kept in enumerate(kept, 1) if not is_kept]
        found.losses.setdefault(CHALLENGES, Losses()).left_out.extend(numbers)
        found.files[CHALLENGES] = "".join(
            line for line, is_kept in zip(lines, kept, strict=True) if is_kept
        ).encode()
        found.references_left.pop(CHALLENGES, None)


def _restored_file(
    name: str, edition: Edition, texts: _Texts, found: RestoredCorpus
) -> bytes | None:
    """A file with its words; `None` if it annotates a document without a text."""
    texts.room = MAX_FILE
    made = edition.files[name].decode()
    document = edition.document_of(name)
    if document is not None and document in texts.copies:
        losses = found.losses[name] = Losses()
        whole = change_strings(with_words(made), lambda one: reveal(one, texts.words_at))
        annotations = parse(whole.encode(), Annotations, name)
        place = texts.copies[document], texts.documents[document]
        return canonical_bytes(moved_annotations(annotations, *place, losses))
    if document is not None and document not in texts.exact:
        return None
    if name == ADJUDICATION:
        made = _moved_decisions(made, texts, found)
    elif name == CHALLENGES:
        made = _challenges_with_text(made, found)
    data = put_back(name, made, document, texts.words_at).encode()
    if name == INDEX and len(texts.exact) < len(found.documents):
        return _index_of_copies(data, texts)
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


def _index_of_copies(data: bytes, texts: _Texts) -> bytes:
    """The index of the documents that have a text, with the places of other copies."""
    index = parse(data, DocumentIndex, INDEX)
    documents = []
    for document in index.documents:
        if (moved := texts.documents.get(document.id)) is not None:
            names = ("sha256", "length", "title", "segments")
            places = {name: getattr(moved, name) for name in names}
            documents.append(document.model_copy(update=places))
        elif document.id in texts.exact:
            documents.append(document)
    return canonical_bytes(index.model_copy(update={"documents": tuple(documents)}))


def _has_text(document: str, found: RestoredCorpus) -> bool:
    return found.documents.get(document) not in ("another text", "no copy")


def _challenges_with_text(made: str, found: RestoredCorpus) -> str:
    """The challenges of records of a document that has a text."""
    lines = json_lines(made)
    kept = [_has_text(json.loads(line)["document"], found) for line in lines]
    if left_out := [f"line {n}" for n, is_kept in enumerate(kept, 1) if not is_kept]:
        found.losses[CHALLENGES] = Losses(left_out=left_out)
    return "".join(line for line, is_kept in zip(lines, kept, strict=True) if is_kept)


def _moved_decisions(made: str, texts: _Texts, found: RestoredCorpus) -> str:
    """The lines of the adjudication that have a text, each with the start of its words there."""
    lines, left_out = [], []
    for number, line in enumerate(json_lines(made), 1):
        decision = json.loads(line)
        start, first = decision["start"], decision["words"].split(" … ")[0]
        copy = texts.copies.get(decision["document"])
        is_kept = _has_text(decision["document"], found)
        if copy is not None:
            match = REFERENCE.fullmatch(first)
            end = int(match["end"]) if match and not match["escape"] else start + len(first)
            place = copy.place(start, end)
            is_kept = place.is_sure
            moved = json.dumps(decision | {"start": place.start}, ensure_ascii=False)
            lines += [moved + "\n"] * is_kept
        elif is_kept:
            lines.append(line)
        if not is_kept:
            left_out.append(f"line {number}")
    if left_out:
        found.losses[ADJUDICATION] = Losses(left_out=left_out)
    return "".join(lines)
