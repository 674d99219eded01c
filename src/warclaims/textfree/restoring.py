"""Texts put back into an edition without them: just as they were, or word by word."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from warclaims.corpus import canonical_bytes, parse
from warclaims.errors import InvalidFile, WarclaimsError
from warclaims.files import is_there, read_file
from warclaims.files.limits import MAX_FILE
from warclaims.records import Annotations, Document, DocumentIndex
from warclaims.textfree.anchors import Carrier, Fate
from warclaims.textfree.edition import put_back
from warclaims.textfree.manifest import not_as_written
from warclaims.textfree.masking import OPEN, REFERENCE, reveal_carried
from warclaims.textfree.moving import Losses, moved_annotations, moved_document
from warclaims.textfree.reading import ADJUDICATION, INDEX, Edition, reason_of, with_words
from warclaims.textfree.strings import Room, change_marked, json_lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from warclaims.textfree.manifest import EditionText


class _Known(NamedTuple):
    """What is known by document: the very texts, the other copies, and these as documents."""

    exact: dict[str, str]
    carriers: dict[str, Carrier]
    moved: dict[str, Document]


@dataclass
class RestoredCorpus:
    """What came of it.

    Attributes:
        files: Everything to write, by path in the corpus.
        sha256: The hash of the edition's manifest.
        documents: For each document, *the same*, *another copy*, *another text* or *no copy*.
        losses: What did not land where it was, by file.
        marks: References that could not be put back, by file.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    sha256: str = ""
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
        total: Counter[str] = Counter()
        for losses in self.losses.values():
            total += losses.counts
        return total


def restore(edition: Edition, copies: Mapping[str, bytes]) -> RestoredCorpus:
    """The files of the corpus that ``edition`` is of, with the ``copies`` of its texts.

    Args:
        edition: An edition that was checked.
        copies: The user's copies by document. Documents without a text, or with another one, are
            left out, with their annotations.

    Raises:
        WarclaimsError: a copy is not UTF-8, or the edition cannot be put together.
    """
    found = RestoredCorpus(sha256=edition.sha256)
    known = _Known({}, {}, {})
    for one in edition.manifest.documents:
        name, data = one.id, copies.get(one.id)
        if data is None:
            found.documents[name] = "no copy"
            continue
        text = _decoded(data, one.file)
        if hashlib.sha256(data).hexdigest() == one.sha256:
            found.documents[name] = "the same"
            known.exact[name] = text
        else:
            places = {"starts": one.starts, "ends": one.ends, "gaps": one.gaps}
            carrier = Carrier(name, one.fingerprints, places, text)
            found.documents[name] = "another copy" if carrier.is_copy else "another text"
            if not carrier.is_copy:
                continue
            known.carriers[name] = carrier
        found.files[f"seeds/{one.file}"] = data
    for name in sorted(edition.files, key=lambda name: name != INDEX):
        try:
            data = _restored_file(name, edition, copies, known, found)
        except ValueError as error:
            raise not_as_written(name, reason_of(error)) from None
        except InvalidFile as error:
            raise not_as_written(name, error.findings[0].message) from None
        if data is None:
            continue
        left = sum(not match["escape"] for match in REFERENCE.finditer(data.decode()))
        if left:
            found.marks[name] = left
        found.files[name] = data
    return found


def _restored_file(
    name: str, edition: Edition, copies: Mapping[str, bytes], known: _Known, found: RestoredCorpus
) -> bytes | None:
    """A file with its words; null if it annotates a document that there is no text of."""
    made = edition.files[name].decode()
    if name == INDEX:
        return _index(made, edition, copies, known, found)
    if name == ADJUDICATION:
        return _adjudication(made, known, found)
    document = edition.document_of(name)
    if document is None or document in known.exact:
        return _with_references(name, made, known, known.exact.get(document or ""))
    if document not in known.carriers:
        return None
    losses = found.losses[name] = Losses()
    whole = change_marked(with_words(made), OPEN, _revealed(known, losses.room))
    record = parse(whole.encode(), Annotations, name)
    carrier = known.carriers[document]
    return canonical_bytes(moved_annotations(record, carrier, known.moved[document], losses))


def find_copies(documents: Sequence[EditionText], texts: Path) -> dict[str, bytes]:
    """The user's copies by document: the very text wherever it is, else what has its name.

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


def _revealed(known: _Known, room: Room) -> Any:
    """What puts references back into a string, as far as they can be; others are left."""
    return lambda one: reveal_carried(one, known.exact, known.carriers, room)


def _with_references(name: str, made: str, known: _Known, text: str | None) -> bytes:
    """A file that annotates no other copy: its references put back, as far as they can be."""
    room = Room()
    return put_back(name, made, _revealed(known, room), text, room).encode()


def _index(
    made: str, edition: Edition, copies: Mapping[str, bytes], known: _Known, found: RestoredCorpus
) -> bytes:
    """The index, of the documents that there is a text of."""
    losses = Losses()
    index = parse(made.encode(), DocumentIndex, INDEX)
    for document in index.documents:
        if (carrier := known.carriers.get(document.id)) is not None:
            title = edition.texts[document.id].title
            moved = moved_document(document, carrier, copies[document.id], title, losses)
            known.moved[document.id] = moved
    data = _with_references(INDEX, made, known, None)
    if len(known.exact) == len(found.documents):
        return data
    index = parse(data, DocumentIndex, INDEX)
    documents = []
    for document in index.documents:
        if (moved_to := known.moved.get(document.id)) is not None:
            places = {name: getattr(moved_to, name) for name in _OF_THE_COPY}
            documents.append(document.model_copy(update=places))
        elif document.id in known.exact:
            documents.append(document)
    if losses.is_any:
        found.losses[INDEX] = losses
    return canonical_bytes(index.model_copy(update={"documents": tuple(documents)}))


_OF_THE_COPY = ("sha256", "length", "title", "segments")


def _adjudication(made: str, known: _Known, found: RestoredCorpus) -> bytes:
    """The lines on differences, with words and where they start as the copies have them."""
    losses = Losses()
    lines = []
    for number, whole in enumerate(json_lines(made), 1):
        line, plain = whole, json.loads(whole)
        name = plain["document"]
        if name in known.carriers:
            start = _moved_start(plain, known.carriers[name])
            if start is None:
                losses.left_out.append(f"line {number}")
                continue
            plain["start"] = start
            line = json.dumps(plain, ensure_ascii=False) + whole[len(whole.rstrip()) :]
        elif found.documents.get(name, "") in ("another text", "no copy"):
            losses.left_out.append(f"line {number}")
            continue
        lines.append(line)
    if losses.is_any:
        found.losses[ADJUDICATION] = losses
    return _with_references(ADJUDICATION, "".join(lines), known, None)


def _moved_start(plain: dict[str, Any], carrier: Carrier) -> int | None:
    """Where the words of a line start in the copy; null if its first fragment is lost."""
    start, first = plain["start"], plain["words"].split(" … ")[0]
    match = REFERENCE.fullmatch(first)
    end = int(match["end"]) if match and not match["escape"] else start + len(first)
    moved = carrier.carry(start, end)
    return None if moved.fate in (Fate.LOST, Fate.DOUBTFUL) else moved.start
