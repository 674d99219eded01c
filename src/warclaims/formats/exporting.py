"""Write documents of a corpus for another program, and count what its format does not hold."""

from __future__ import annotations

import hashlib
from collections import Counter
from contextlib import nullcontext
from itertools import groupby
from typing import TYPE_CHECKING

from warclaims.errors import InvalidFile, WarclaimsError
from warclaims.files import replacing, write_bytes
from warclaims.formats.features import FEATURES, SEVERAL_SETS, occurrences
from warclaims.formats.format import LOST, PARTLY
from warclaims.formats.overwrite_guard import MANIFEST, manifest
from warclaims.layout import GOLD
from warclaims.output import echo_data
from warclaims.validation.sound import errors_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from warclaims.corpus import Corpus
    from warclaims.findings import Finding
    from warclaims.formats.format import Format
    from warclaims.records import Bundle


class LostFeatures:
    """Counts what documents have and a format does not hold, or not all of it.

    Attributes:
        format: The format.
        features: The names of what it does not hold, and of what it holds a part.
    """

    def __init__(self, format: Format, corpus: Corpus, set_name: str = GOLD) -> None:
        self.format = format
        self.features = [name for name in FEATURES if format.fate(name) in (LOST, PARTLY)]
        self._held_fields = getattr(format.load_exporter(), "held_fields", None)
        self._storage = corpus.storage
        self._others = [name for name in self._storage.set_names() if name != set_name]
        self._counts: Counter[str] = Counter()

    def counted(self, bundles: Iterable[Bundle]) -> Iterator[Bundle]:
        """The documents, one at a time; what of each is not in the files is counted."""
        for bundle in bundles:
            held = self._held_fields(bundle) if self._held_fields else {}
            for feature, record, field in occurrences(bundle):
                is_partly = self.format.fate(feature) == PARTLY
                if not (is_partly and field in held.get(record, ())):
                    self._counts[feature] += 1
            name = bundle.document.id
            others = (other for other in self._others if self._storage.is_annotated(other, name))
            self._counts[SEVERAL_SETS] += sum(1 for _ in others)
            yield bundle

    def in_words(self) -> str:
        """What is lost, such as ``notes (3), scores (12)``; empty if nothing is."""
        counts = ((name, self._counts[name]) for name in self.features)
        return ", ".join(f"{name} ({count:,})" for name, count in counts if count)


def exported_bundles(corpus: Corpus, set_name: str, documents: Sequence[str]) -> Iterator[Bundle]:
    """The documents with their annotations, one at a time, by default all of the set.

    Raises:
        InvalidFile: annotations have errors; all of them, after the documents before the first.
        WarclaimsError: unknown set or document.
    """
    wrong: list[Finding] = []
    for bundle in corpus.chosen_bundles(set_name, documents):
        wrong += errors_of(corpus, bundle, set_name)
        if not wrong:
            yield bundle
    if wrong:
        raise InvalidFile(sorted(wrong))


def write_folder(pieces: Iterable[tuple[str, bytes]], folder: Path) -> int:
    """Write pieces of files, by name, to a new folder; returns the number of files.

    A file with their hashes shows a later export what was edited since.

    Raises:
        WarclaimsError: two files have the same name, or names that differ only in case.
    """
    names: dict[str, str] = {}
    digests: dict[str, str] = {}
    for name, parts in groupby(pieces, lambda piece: piece[0]):
        if (other := names.get(name.lower())) is not None:
            raise WarclaimsError(
                f"the files {other} and {name} cannot both be in a folder, at least on Windows and "
                "macOS, where case does not count. Export one of these documents at a time"
            )
        names[name.lower()] = name
        found = hashlib.sha256()
        with replacing(folder / name) as file:
            for _, data in parts:
                file.write(data)
                found.update(data)
        digests[name] = found.hexdigest()
    write_bytes(folder / MANIFEST, manifest(digests))
    return len(names)


def write_file(pieces: Iterable[tuple[str, bytes]], path: Path | None) -> int:
    """Write the pieces of one file, an item each, to ``path``, or print them; returns the number.

    The file is written whole or not at all.
    """
    count = 0
    with nullcontext() if path is None else replacing(path) as file:
        for _, data in pieces:
            if file is None:
                echo_data(data)
            else:
                file.write(data)
            count += 1
    return count
