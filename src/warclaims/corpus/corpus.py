"""A corpus: its documents, texts, registries, annotations and claims, read when used."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from warclaims import derive
from warclaims.corpus.description import read_description
from warclaims.corpus.directory import DirectoryStorage
from warclaims.corpus.reading import parse, read_lines, read_record, read_registries
from warclaims.errors import InvalidFile, WarclaimsError, unknown
from warclaims.files import is_there, settle
from warclaims.layout import GOLD, PREDICTIONS, Layout, is_installed, shipped_corpus
from warclaims.records import (
    LAYERS,
    Actor,
    ActorMention,
    Adjudication,
    Annotations,
    Annotator,
    Attribution,
    Bundle,
    Challenge,
    Claim,
    CorpusDescription,
    Document,
    Event,
    Layer,
    Lists,
    LocationMention,
    OwnValues,
    Place,
    Side,
)
from warclaims.records.base import ID_PATTERN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from warclaims.corpus.reading import R
    from warclaims.corpus.storage import Storage


@dataclass(frozen=True)
class Registries:
    """The registry entries by id, and the open lists with the values of the corpus."""

    actors: dict[str, Actor]
    places: dict[str, Place]
    events: dict[str, Event]
    sides: dict[str, Side]
    annotators: dict[str, Annotator]
    lists: Lists = field(default_factory=Lists)


class Corpus:
    """A corpus directory: documents, texts, registries, annotations and claims, read when used.

    Records are named by document and id: ``004:c6``.

    >>> import warclaims
    >>> corpus = warclaims.open()
    >>> corpus.text("004")[:32]
    'Azerbaijan launches operation ag'
    >>> corpus.entry(corpus.record("004:a3")).label
    'Azerbaijani Defense Ministry'
    >>> [attribution.cue[0].text for attribution in corpus.chain("004:c2")]
    ['said']
    """

    def __init__(self, root: Path) -> None:
        self.layout = Layout(root)
        problem = ""
        if root.is_file():
            problem = f"{root} is a file, not a corpus directory"
        elif not is_there(root):
            problem = f"{root} does not exist"
        else:
            settle(root)
            about = None if is_there(self.layout.index) else self.description
            if not is_there(self.layout.index) and not (about and about.shards):
                problem = (
                    f"{root} is not a corpus directory: it has no seeds/index.json, nor shards in "
                    "corpus.toml"
                )
        if problem:
            raise WarclaimsError(f"{problem}. Name the folder that has seeds/ and annotations/.")

    def __repr__(self) -> str:
        try:
            content = f"{len(self.documents)} documents, annotation sets: " + (
                ", ".join(self.storage.set_names()) or "none"
            )
        except (WarclaimsError, OSError):
            content = "not valid; see: " + self.layout.command("validate")
        return f"<Corpus {str(self.root)!r}: {content}>"

    def _repr_html_(self) -> str | None:
        """The documents for a notebook; ``None`` without the extra ``report``."""
        import warclaims  # as in Record

        try:
            return warclaims.to_html(self)
        except ModuleNotFoundError:
            return None

    @property
    def root(self) -> Path:
        """The corpus directory."""
        return self.layout.root

    @cached_property
    def heldout(self) -> Corpus | None:
        """The corpus of held-out texts in ``examples/heldout``; ``None`` if there is none."""
        folder = self.layout.heldout
        return Corpus(folder) if is_there(Layout(folder).index) else None

    @cached_property
    def description(self) -> CorpusDescription | None:
        """The description of the corpus; ``None`` if it has no ``corpus.toml``.

        Raises:
            InvalidFile: the file is not valid.
        """
        return read_description(self.layout)

    @cached_property
    def storage(self) -> Storage:
        """Where the documents and their annotations are: in the directory, or in shards.

        Raises:
            InvalidFile: ``corpus.toml`` is not valid, and there is no index.
        """
        if is_there(self.layout.index) or self.description is None:
            return DirectoryStorage(self.layout)
        from warclaims.corpus.shards.storage import ShardStorage  # slow to import

        return ShardStorage(self.layout, self.description)

    @property
    def documents(self) -> Mapping[str, Document]:
        """The documents by id, in the order of the index or of the shards.

        Raises:
            InvalidFile: the index is not valid, or a shard cannot be read.
        """
        return self.storage.documents

    @cached_property
    def registries(self) -> Registries:
        """The registries.

        Raises:
            InvalidFile: a registry file is not valid.
        """
        entries, findings = read_registries(self.layout)
        if findings:
            raise InvalidFile(findings)
        return Registries(**entries, lists=self.lists)

    @cached_property
    def lists(self) -> Lists:
        """The open lists with the values that ``annotations/lists.json`` adds.

        Raises:
            InvalidFile: the file is not valid.
        """
        path = self.layout.lists
        if not is_there(path):
            return Lists()
        return Lists(read_record(path, OwnValues, self.layout.relative(path)).values)

    def adjudication(self) -> list[Adjudication]:
        """How the differences between passes were decided; empty without such a file.

        Raises:
            InvalidFile: a line is not valid; the finding names it.
        """
        return self._lines(self.layout.adjudication, Adjudication)

    def challenges(self) -> list[Challenge]:
        """The challenges of records of gold; empty without such a file.

        Raises:
            InvalidFile: a line is not valid; the finding names it.
        """
        return self._lines(self.layout.challenges, Challenge)

    def _lines(self, path: Path, model: type[R]) -> list[R]:
        file = self.layout.relative(path)
        return [
            parse(line, model, f"{file}:{number}")
            for number, line in enumerate(read_lines(path, file), 1)
        ]

    def require_directory(self, what: str = "People annotate in directories") -> None:
        """Raise unless the documents are in a directory; ``what`` says why they must be.

        Raises:
            WarclaimsError: its documents are in shards, which are read only.
        """
        self.storage.require_directory(what)

    def require_set(self, name: str, *, or_annotator: bool = False) -> None:
        """Check that an annotation set exists, or a set of predictions: ``predictions/SYSTEM``.

        With ``or_annotator``, an annotator of the registry may begin it.

        Raises:
            WarclaimsError: unknown annotation set.
        """
        if name.startswith(PREDICTIONS) and not or_annotator:
            predicted = self.layout.predicted_sets()
            if name not in predicted:
                raise unknown("set of predictions", name, predicted)
            return
        known = self.storage.set_names()
        if not re.fullmatch(ID_PATTERN, name):
            raise WarclaimsError(
                f"{name!r} cannot be an annotation set: a set is named by an id (letters, digits, "
                f"- and _), not by a path. The sets are: {', '.join(known) or 'none'}"
            )
        if name in known or (name == GOLD and not self.documents):
            return
        if or_annotator and name in self.registries.annotators:
            return
        problem = unknown("annotation set", name, known)
        if or_annotator:
            fix = self.layout.command(f"register annotator {name}")
            problem = WarclaimsError(f"{problem}. To begin a pass, enter its annotator: {fix}")
        raise problem

    def chosen(
        self, set_name: str, documents: Iterable[str] = (), *, or_annotator: bool = False
    ) -> list[str]:
        """The ids of ``documents``, each once, or of all that a set has.

        With ``or_annotator``, a set that its annotator has not begun has all documents.

        Raises:
            WarclaimsError: unknown set or document.
        """
        self.require_set(set_name, or_annotator=or_annotator)
        if names := dict.fromkeys(documents):
            for name in names:
                self._require_document(name)
            return [*names]
        is_begun = self.storage.has_set(set_name)
        return [*(self.storage.annotated(set_name) if is_begun else self.documents)]

    def document(self, document_id: str) -> Document:
        """The document with this id.

        Raises:
            WarclaimsError: unknown document.
        """
        self._require_document(document_id)
        return self.documents[document_id]

    def _require_document(self, document_id: str) -> None:
        if document_id not in self.documents:
            raise unknown("document", document_id, self.documents)

    def current_id(self, document_id: str, sha256: str | None) -> str:
        """The id that a document has now, found by the hash of its text if it was renamed."""
        here = self.documents.get(document_id)
        if here is not None and here.sha256 == sha256:
            return document_id
        same = [name for name, one in self.documents.items() if one.sha256 == sha256]
        return same[0] if len(same) == 1 else document_id

    def text(self, document_id: str) -> str:
        """The text of a document.

        Raises:
            SeedChanged: the seed file is not the one that was indexed.
        """
        self._require_document(document_id)
        return self.storage.text(document_id)

    def annotations(self, document_id: str, set_name: str = GOLD) -> Annotations:
        """The annotations of a document in a set: ``gold`` or the id of a pass.

        Raises:
            InvalidFile: the file is missing or not valid.
        """
        return self.storage.annotations(document_id, set_name)

    def bundle(self, document_id: str, set_name: str = GOLD) -> Bundle:
        """A document with its text and annotations."""
        self._require_document(document_id)
        return self.storage.bundle(document_id, set_name)

    def bundles(self, set_name: str = GOLD) -> Iterator[Bundle]:
        """Every annotated document of a set, one at a time, in their order, in constant memory."""
        return self.storage.bundles(set_name)

    def chosen_bundles(self, set_name: str, documents: Iterable[str] = ()) -> Iterator[Bundle]:
        """The ``documents`` of a set, each once, or all that it has, as :meth:`bundles`.

        Raises:
            WarclaimsError: unknown set or document.
        """
        return (self.bundle(name, set_name) for name in self.chosen(set_name, documents))

    def claims(self, set_name: str = GOLD) -> list[Claim]:
        """The claims of a set, computed from its annotations."""
        return derive.claims(self.bundles(set_name), self.registries)

    def record(self, name: str, set_name: str = GOLD) -> Layer:
        """The record ``DOCUMENT:ID`` of a set: a mention, casualty or attribution.

        Raises:
            WarclaimsError: unknown document or record.
        """
        document_id, _, record_id = name.partition(":")
        self._require_document(document_id)
        annotations = self.annotations(document_id, set_name)
        records: dict[str, Layer] = {
            record.id: record for layer in LAYERS for record in getattr(annotations, layer)
        }
        if record_id not in records:
            raise unknown(f"record of document {document_id}", record_id, records)
        return records[record_id]

    def entry(self, mention: ActorMention | LocationMention) -> Actor | Place | None:
        """The registry entry that a mention refers to; ``None`` if it refers to none."""
        if isinstance(mention, ActorMention):
            return self.registries.actors[mention.entity] if mention.entity else None
        return self.registries.places[mention.place] if mention.place else None

    def chain(self, casualty: str, set_name: str = GOLD) -> list[Attribution]:
        """The attributions around the casualty ``DOCUMENT:ID``, outermost first.

        Empty if the text says it in its own voice.

        Raises:
            WarclaimsError: unknown document or casualty.
        """
        document_id, _, casualty_id = casualty.partition(":")
        self._require_document(document_id)
        annotations = self.annotations(document_id, set_name)
        spans = {one.id: one.span for one in annotations.casualties}
        if casualty_id not in spans:
            raise unknown(f"casualty of document {document_id}", casualty_id, spans)
        return derive.AttributionTree(annotations.attributions).chains(spans)[casualty_id]


def require_own(corpus: Corpus) -> None:
    """Refuse to write to a corpus inside an installed package.

    Raises:
        WarclaimsError: the corpus is inside an installed package.
    """
    if is_installed(corpus.root):
        raise WarclaimsError(
            "The corpus inside an installed package cannot be changed. Make your own with: "
            "warclaims new DIR, and name it with --corpus DIR"
        )


def open(path: str | Path | None = None) -> Corpus:
    """Open a corpus directory; without ``path`` the shipped corpus.

    >>> import warclaims
    >>> list(warclaims.open().documents)
    ['000', '001', '002', '003', '004']

    Raises:
        WarclaimsError: the folder is not a corpus directory.
    """
    return Corpus(Path(path) if path is not None else shipped_corpus())
