"""Where the documents of a corpus and their annotations are kept: what every storage can do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from warclaims.corpus.shards.shard import Shard
    from warclaims.records import Annotations, Bundle, Document


class Storage(Protocol):
    """The documents of a corpus with their texts and annotation sets.

    :class:`.directory.DirectoryStorage` has a file per text and per set; in
    :class:`.shards.storage.ShardStorage` documents are rows of large files.
    """

    @property
    def documents(self) -> Mapping[str, Document]:
        """The documents by id, in their order."""

    in_shards: bool
    """True if the documents are in shards, which are read only."""

    @property
    def shards(self) -> Mapping[str, Sequence[Shard]]:
        """The shards of each annotation set; of a directory none."""

    def set_names(self) -> list[str]:
        """The annotation sets that exist: gold first."""

    def has_set(self, set_name: str) -> bool:
        """True if the set has been begun, also one of predictions."""

    def annotated(self, set_name: str) -> Iterable[str]:
        """The ids of the documents that a set annotates, in their order."""

    def is_annotated(self, set_name: str, document_id: str) -> bool:
        """True if the set has annotations of the document, valid or not."""

    def text(self, document_id: str) -> str:
        """The text of a document that exists."""

    def annotations(self, document_id: str, set_name: str) -> Annotations:
        """The annotations of a document in a set."""

    def bundle(self, document_id: str, set_name: str) -> Bundle:
        """A document with its text and its annotations in a set."""

    def bundles(self, set_name: str) -> Iterator[Bundle]:
        """Every annotated document of a set, one at a time, in constant memory."""

    def place(self, document_id: str, set_name: str) -> str:
        """Where the annotations of a document are, as findings name it."""

    def source_hashes(self) -> Iterator[tuple[str, str]]:
        """Name and hash of each file with documents, apart from ``annotations/``."""

    def require_directory(self, what: str = "People annotate in directories") -> None:
        """Raise unless the documents are in files that can be changed; ``what`` needs that.

        Raises:
            WarclaimsError: its documents are in shards.
        """
