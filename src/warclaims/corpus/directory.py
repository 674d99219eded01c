"""Documents in a directory: an index, a file per text, and a file per text and annotation set."""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import TYPE_CHECKING

from warclaims.corpus.reading import read_record, read_text
from warclaims.files import files_below, is_folder, open_file
from warclaims.records import Annotations, Bundle, Document, DocumentIndex

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from warclaims.corpus.shards.shard import Shard
    from warclaims.layout import Layout


class DirectoryStorage:
    """The documents in ``seeds/``, with the annotation sets in ``annotations/``."""

    in_shards = False

    def __init__(self, layout: Layout) -> None:
        self._layout = layout

    @cached_property
    def documents(self) -> dict[str, Document]:
        """The documents by id, in the order of the index.

        Raises:
            InvalidFile: the index is not valid.
        """
        path = self._layout.index
        index = read_record(path, DocumentIndex, self._layout.relative(path))
        return {document.id: document for document in index.documents}

    @property
    def shards(self) -> dict[str, list[Shard]]:
        """None."""
        return {}

    def set_names(self) -> list[str]:
        """The annotation sets that exist: gold first, then the passes by name."""
        return self._layout.set_names()

    def has_set(self, set_name: str) -> bool:
        """True if the set has a folder."""
        return is_folder(self._layout.annotation_set(set_name))

    def annotated(self, set_name: str) -> list[str]:
        """The ids of the documents that a set annotates, in the order of the index."""
        return [name for name in self.documents if self.is_annotated(set_name, name)]

    def is_annotated(self, set_name: str, document_id: str) -> bool:
        """True if the set has a file for the document, valid or not."""
        return self._layout.is_annotated(set_name, document_id)

    def text(self, document_id: str) -> str:
        """The text of a document.

        Raises:
            SeedChanged: the seed file is not the one that was indexed.
        """
        document = self.documents[document_id]
        return read_text(self._layout.seeds / document.file, document)

    def annotations(self, document_id: str, set_name: str) -> Annotations:
        """The annotations of a document in a set.

        Raises:
            InvalidFile: the file is missing or not valid.
        """
        path = self._layout.annotation_file(set_name, document_id)
        return read_record(path, Annotations, self._layout.relative(path))

    def bundle(self, document_id: str, set_name: str) -> Bundle:
        """A document with its text and its annotations in a set."""
        return Bundle(
            document=self.documents[document_id],
            text=self.text(document_id),
            annotations=self.annotations(document_id, set_name),
        )

    def bundles(self, set_name: str) -> Iterator[Bundle]:
        """Every annotated document of a set, one at a time, in the order of the index."""
        return (self.bundle(name, set_name) for name in self.annotated(set_name))

    def place(self, document_id: str, set_name: str) -> str:
        """The file of the annotations."""
        return self._layout.relative(self._layout.annotation_file(set_name, document_id))

    def source_hashes(self) -> Iterator[tuple[str, str]]:
        """Name and SHA-256 of the index and of each seed."""
        for path in files_below(self._layout.seeds):
            yield self._layout.relative(path), file_hash(path)

    def require_directory(self, what: str = "People annotate in directories") -> None:
        """A directory can be annotated."""


def file_hash(path: Path) -> str:
    """The SHA-256 of a file."""
    with open_file(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
