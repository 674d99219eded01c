"""Documents in shards, streamed: each row has a document with its text and one annotation set."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import closing
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from warclaims.corpus.reading import parse
from warclaims.corpus.shards.keys import document_key
from warclaims.corpus.shards.shard import find_shards
from warclaims.errors import SeedChanged, WarclaimsError
from warclaims.layout import GOLD, PREDICTIONS
from warclaims.records import Bundle, Document

if TYPE_CHECKING:
    from collections.abc import Generator

    from warclaims.corpus.shards.shard import Shard
    from warclaims.layout import Layout
    from warclaims.records import Annotations, CorpusDescription


PREDICTED = ".jsonl.gz"
"""How files of predictions of a corpus of shards end."""


class ShardStorage:
    """The documents in the shards that ``corpus.toml`` names.

    Only ids are kept in memory, once a document is asked for by its id. Documents that are asked
    for in the order of the shards are read in one go; another order begins a shard again.
    """

    in_shards = True

    def __init__(self, layout: Layout, about: CorpusDescription) -> None:
        self._layout = layout
        patterns = {GOLD: about.shards, **about.pass_shards}
        self._sets = {name: _ShardedSet(some, layout) for name, some in patterns.items() if some}
        self._predicted: dict[str, _ShardedSet] = {}

    def _set(self, name: str) -> _ShardedSet | None:
        """A set by name, also one of predictions, which are shards in its folder."""
        if name in self._sets or not name.startswith(PREDICTIONS):
            return self._sets.get(name)
        if name not in self._predicted:
            folder = self._layout.annotation_set(name).relative_to(self._layout.root)
            patterns = (f"{folder.as_posix()}/*{PREDICTED}",)
            self._predicted[name] = _ShardedSet(patterns, self._layout)
        return self._predicted[name]

    @property
    def documents(self) -> Mapping[str, Document]:
        """The documents by id, in the order of the shards. A document is read when it is used."""
        return _Documents(self)

    def set_names(self) -> list[str]:
        """The annotation sets for which ``corpus.toml`` names shards."""
        return list(self._sets)

    def has_set(self, set_name: str) -> bool:
        """True if there are shards of the set."""
        return set_name in self._sets or set_name in self._layout.predicted_sets()

    def annotated(self, set_name: str) -> Mapping[str, Place]:
        """The ids of the documents that a set annotates, in the order of its shards."""
        return found.places if (found := self._set(set_name)) else {}

    def is_annotated(self, set_name: str, document_id: str) -> bool:
        """True if a shard of the set has the document."""
        return document_id in self.annotated(set_name)

    def first_bundle(self, document_id: str) -> Bundle:
        """The document as the first set has it that has it."""
        names = (name for name in self._sets if self.is_annotated(name, document_id))
        if (name := next(names, None)) is None:
            raise KeyError(document_id)
        return self._sets[name].bundle(document_id)

    def text(self, document_id: str) -> str:
        """The text of a document.

        Raises:
            SeedChanged: it is not the text that the document describes.
        """
        return self.first_bundle(document_id).text

    def annotations(self, document_id: str, set_name: str) -> Annotations:
        """The annotations of a document in a set.

        Raises:
            WarclaimsError: no shard of the set has the document.
            InvalidFile: the bundle is not valid.
        """
        return self.bundle(document_id, set_name).annotations

    def bundle(self, document_id: str, set_name: str) -> Bundle:
        """A document with its text and its annotations in a set, as :meth:`annotations`."""
        found = self._set(set_name)
        if found is None or document_id not in found.places:
            raise WarclaimsError(f"no shard of {set_name} has the document {document_id!r}")
        return found.bundle(document_id)

    def bundles(self, set_name: str) -> Iterator[Bundle]:
        """Every document of a set, one at a time, in the order of its shards."""
        return found.bundles() if (found := self._set(set_name)) else iter(())

    @property
    def shards(self) -> dict[str, list[Shard]]:
        """The shards of each set."""
        return {name: one.shards for name, one in self._sets.items()}

    def place(self, document_id: str, set_name: str) -> str:
        """The shard and the row of the annotations."""
        return found.named(document_id) if (found := self._set(set_name)) else set_name

    def source_hashes(self) -> Iterator[tuple[str, str]]:
        """Name and hash of each shard; of remote ones size and time."""
        for shard in chain.from_iterable(self.shards.values()):
            yield shard.name, shard.hash()

    def require_directory(self, what: str = "People annotate in directories") -> None:
        """Raise, since the documents are in shards.

        Raises:
            WarclaimsError: always.
        """
        registry = self._layout.registry("actors").parent
        raise WarclaimsError(
            f"The documents of {self._layout.root} are in shards, which are read only. "
            f"{what}. Make one of the documents that are needed:\n"
            f"  {self._layout.command('export bundles DOCUMENT… --out chosen.jsonl')}\n"
            f"  warclaims new DIR, and replace DIR/annotations/registry by {registry}\n"
            "  warclaims --corpus DIR import bundles chosen.jsonl --annotator ID"
        )


class _Documents(Mapping[str, Document]):
    """The documents of shards by id, read when they are used."""

    def __init__(self, storage: ShardStorage) -> None:
        self._storage = storage

    def __getitem__(self, document_id: str) -> Document:
        return self._storage.first_bundle(document_id).document

    def __contains__(self, document_id: object) -> bool:
        sets = self._storage.set_names()
        return any(self._storage.is_annotated(name, str(document_id)) for name in sets)

    def __iter__(self) -> Iterator[str]:
        before: list[Mapping[str, Place]] = []
        for set_name in self._storage.set_names():
            places = self._storage.annotated(set_name)
            yield from (name for name in places if not any(name in one for one in before))
            before.append(places)

    def __len__(self) -> int:
        return sum(1 for _ in self)


Place = tuple[int, int]
"""The index of a shard in its set, and the number of a row in the shard, from 1."""


class _ShardedSet:
    """One annotation set: its shards, read from the row that was read last."""

    def __init__(self, patterns: tuple[str, ...], layout: Layout) -> None:
        self._patterns = patterns
        self._layout = layout
        self._rows: Generator[tuple[Place, bytes]] | None = None
        self._last: tuple[Place, Bundle | None] = ((0, 0), None)

    @cached_property
    def shards(self) -> list[Shard]:
        """The shards in their order."""
        return find_shards(self._patterns, self._layout)

    @cached_property
    def places(self) -> dict[str, Place]:
        """Where each document is.

        Raises:
            WarclaimsError: two have the same id.
            InvalidFile: a shard cannot be read.
        """
        found: dict[str, Place] = {}
        for place, data in self._read():
            if (key := document_key(data)) is None:
                parse(data, Bundle, self._name(place))  # says what is wrong with it
                continue
            if key.id in found:
                raise WarclaimsError(
                    f"The document {key.id!r} is in {self._name(found[key.id])} and in "
                    f"{self._name(place)}. Remove one of the two, or give it another id"
                )
            found[key.id] = place
        return found

    def named(self, document_id: str) -> str:
        """The shard and the row of a document, as findings name them."""
        return self._name(self.places[document_id])

    def bundles(self) -> Iterator[Bundle]:
        """All bundles, one at a time."""
        return (self._bundle(place, data) for place, data in self._read())

    def bundle(self, document_id: str) -> Bundle:
        """The bundle of a document of this set."""
        wanted = self.places[document_id]
        last, bundle = self._last
        if last != wanted or bundle is None:
            if self._rows is None or wanted[0] != last[0] or wanted < last:
                if self._rows is not None:
                    self._rows.close()
                self._rows = self._read(wanted[0])
            data = next(data for place, data in self._rows if place == wanted)
            bundle = self._bundle(wanted, data)
            self._last = wanted, bundle
        return bundle

    def _read(self, first: int = 0) -> Generator[tuple[Place, bytes]]:
        for number, shard in enumerate(self.shards[first:], first):
            with closing(shard.rows()) as rows:
                for row, data in rows:
                    yield (number, row), data

    def _name(self, place: Place) -> str:
        return f"{self.shards[place[0]].name}:{place[1]}"

    def _bundle(self, place: Place, data: bytes) -> Bundle:
        bundle = parse(data, Bundle, self._name(place))
        if hashlib.sha256(bundle.text.encode()).hexdigest() != bundle.document.sha256:
            raise SeedChanged(
                f"{self._name(place)}: the text of document {bundle.document.id} does not have the "
                f"SHA-256 of the document. See: {self._layout.command('validate')}"
            )
        return bundle
