"""Sort the paths given to ``validate``: parts of the corpus, or bundles."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from warclaims.errors import WarclaimsError
from warclaims.files import reason
from warclaims.findings import Finding
from warclaims.records import REGISTRIES
from warclaims.validation.bundles.reading import (
    JSON_LINES,
    STDIN,
    BundleStream,
    UnreadableBundles,
    open_stream,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from warclaims.corpus import Layout

_BUNDLE = re.compile(
    rb'(?:\xef\xbb\xbf)?\s*\{\s*"(?:document"\s*:\s*\{|text"\s*:|annotations"\s*:\s*\{)'
)
"""How the JSON of a bundle begins; annotations give their document by its id."""

_SUFFIXES = (".json", ".txt", ".parquet", ".gz", ".zst", *JSON_LINES)
"""Endings of the files in a folder that are checked."""

_NAMED = 5
"""The number of skipped files that are named."""


@dataclass
class Inputs:
    """The paths given, by what is done with them.

    ``unreadable`` are the findings for files that cannot be opened or are empty, ``refused`` says
    why other paths are not checked, ``skipped`` are files in folders that are not.
    """

    corpus: list[Path] = field(default_factory=list)
    bundles: list[Path] = field(default_factory=list)
    unreadable: list[Finding] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    skipped: list[Path] = field(default_factory=list)

    @property
    def count(self) -> int:
        """The number of paths with findings or still to be checked."""
        return len(self.corpus) + len(self.bundles) + len(self.unreadable)

    def remarks(self) -> Iterator[str]:
        """What was not checked, for people."""
        if self.skipped:
            names = ", ".join(map(str, self.skipped[:_NAMED]))
            more = f" and {len(self.skipped) - _NAMED} more" * (len(self.skipped) > _NAMED)
            yield f"skipped, neither bundles nor part of a corpus: {names}{more}"
        yield from (f"not checked: {words}" for words in self.refused)


def sort_inputs(paths: Iterable[Path], layout: Layout) -> Inputs:
    """Tell bundles from parts of the corpus. A folder may hold both.

    Raises:
        WarclaimsError: no path is either; the message says what they are if that can be told.
    """
    inputs = Inputs()
    places = _CorpusPlaces(layout)
    for path in paths:
        try:
            if str(path) == STDIN:
                inputs.bundles.append(path)
            elif path.is_dir():
                _add_folder(inputs, places, path)
            else:
                _add_file(inputs, places, path)
        except WarclaimsError as error:
            inputs.refused.append(str(error))
    if inputs.refused and not inputs.count:
        raise WarclaimsError("\n".join(inputs.refused))
    return inputs


class _CorpusPlaces:
    """Where the parts of a corpus are, without links."""

    def __init__(self, layout: Layout) -> None:
        self.root = _real(layout.root)
        self.index = _real(layout.index)
        self.registries = _real(layout.registry("actors").parent)
        self.seeds = _real(layout.seeds)
        self.annotations = _real(layout.annotations)
        self.tables = _real(layout.tables)
        self.adjudication = _real(layout.adjudication)

    def name(self, path: Path) -> str:
        """``path`` as findings show it."""
        real = _real(path)
        return real.relative_to(self.root).as_posix() if self.root in real.parents else str(path)


def _add_folder(inputs: Inputs, places: _CorpusPlaces, folder: Path) -> None:
    real = _real(folder)
    if places.root.is_relative_to(real):
        inputs.corpus.append(folder)
        return
    if real == places.tables:
        raise WarclaimsError(_TABLES.format(folder))
    before = inputs.count
    for path in _files(folder, inputs.unreadable, places):
        if _is_checked_by_build(_real(path), places):
            continue
        try:
            if path.suffix not in _SUFFIXES:
                raise WarclaimsError
            _add_file(inputs, places, path)
        except WarclaimsError:
            inputs.skipped.append(path)
    if inputs.count == before:
        raise WarclaimsError(
            f"the folder {folder} holds no annotations, registries or seeds, and no bundles"
        )


def _is_checked_by_build(real: Path, places: _CorpusPlaces) -> bool:
    return places.tables in real.parents or real == places.adjudication


def _files(folder: Path, unreadable: list[Finding], places: _CorpusPlaces) -> list[Path]:
    """The files below ``folder`` in order, links to folders not followed, hidden ones left out."""

    def note(error: OSError) -> None:
        name = places.name(Path(os.fsdecode(error.filename)))
        unreadable.append(Finding(name, "", "F100", f"cannot be read: {reason(error)}"))

    found: list[Path] = []
    for inner, folders, names in os.walk(folder, onerror=note):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += (Path(inner, name) for name in names if not name.startswith("."))
    return sorted(found)


_TABLES = "{} is built from the corpus. To check it, run: warclaims build --check"

_TEXT = (
    "{} is a text outside the corpus, whose seeds are in {}. A text is checked against the "
    "index that lists it: give the index, or the corpus of the text with --corpus."
)


def _add_file(inputs: Inputs, places: _CorpusPlaces, path: Path) -> None:
    """Add a file to what it is part of.

    Raises:
        WarclaimsError: ``validate`` does not check it.
    """
    real = _real(path)
    if places.tables in real.parents:
        raise WarclaimsError(_TABLES.format(path))
    if real == places.adjudication:
        raise WarclaimsError(f"{path} holds decisions between passes; it is read by build")
    name = places.name(path)
    try:
        stream = open_stream(path, name)
    except UnreadableBundles as error:
        inputs.unreadable.append(Finding(name, "", error.code, error.message))
        return
    stream.reader.close()
    is_json = path.suffix == ".json"
    if real.parent == places.registries and not (real.stem in REGISTRIES and is_json):
        raise WarclaimsError(f"{path} is not a registry. Registries: {', '.join(REGISTRIES)}")
    in_corpus = real == places.index or real.parent in (places.seeds, places.registries)
    if in_corpus or (places.annotations in real.parents and is_json):
        inputs.corpus.append(path)
    elif not stream.head:
        inputs.unreadable.append(Finding(name, "", "F108", "is empty: holds no bundle"))
    elif _holds_bundles(stream, path):
        inputs.bundles.append(path)
    elif is_json:
        inputs.corpus.append(path)
    elif path.suffix == ".txt":
        raise WarclaimsError(_TEXT.format(path, places.seeds))
    else:
        raise WarclaimsError(
            f"{path} is neither annotations, nor a registry, nor a seed, nor bundles"
        )


def _holds_bundles(stream: BundleStream, path: Path) -> bool:
    if stream.is_table or stream.compression or path.suffix in JSON_LINES:
        return True
    return _BUNDLE.match(stream.head) is not None


def _real(path: Path) -> Path:
    """``path`` without links; of a ring of links, as it is."""
    return Path(os.path.realpath(path))
