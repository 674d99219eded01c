"""What was given as PATH: parts of the corpus, or bundles; told by place and first bytes."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from warclaims.corpus.opening import reason
from warclaims.errors import WarclaimsError
from warclaims.findings import Finding
from warclaims.validation.bundles.compression import Broken
from warclaims.validation.bundles.sources import LINES, STDIN, open_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from warclaims.corpus import Layout

_BUNDLE = re.compile(
    rb'(?:\xef\xbb\xbf)?\s*\{\s*"(?:document"\s*:\s*\{|text"\s*:|annotations"\s*:\s*\{)'
)
"""How the JSON of a bundle begins; annotations give their document by its id."""

_LOOKED_AT = (".json", ".txt", ".parquet", ".gz", ".zst", *LINES)
"""Endings of files that are looked at in a folder."""


@dataclass
class Inputs:
    """What was given, by what is to be done with it; ``lost`` could not be opened."""

    corpus: list[Path] = field(default_factory=list)
    bundles: list[Path] = field(default_factory=list)
    lost: list[Finding] = field(default_factory=list)


def sort_inputs(paths: Iterable[Path], layout: Layout) -> Inputs:
    """Tell bundles from parts of the corpus. A folder may hold both.

    Raises:
        WarclaimsError: a path is neither; the message says what it is if that can be told.
    """
    inputs = Inputs()
    places = _Places(layout)
    for path in paths:
        if str(path) == STDIN:
            inputs.bundles.append(path)
        elif not path.is_dir():
            places.enter(inputs, path)
        elif places.is_whole(path):
            inputs.corpus.append(path)
        else:
            _enter_folder(inputs, places, path)
    return inputs


def _enter_folder(inputs: Inputs, places: _Places, folder: Path) -> None:
    if places.are_tables(folder):
        raise WarclaimsError(_TABLES.format(folder))
    before = len(inputs.corpus) + len(inputs.bundles) + len(inputs.lost)
    for path in _files(folder, inputs.lost, places):
        if places.is_meant(path):
            places.enter(inputs, path)
    if len(inputs.corpus) + len(inputs.bundles) + len(inputs.lost) == before:
        raise WarclaimsError(f"the folder {folder} holds no annotations, registries or seeds")


def _files(folder: Path, lost: list[Finding], places: _Places) -> Iterator[Path]:
    """The files below ``folder`` in order, links to folders not followed, hidden ones left out."""

    def note(error: OSError) -> None:
        name = places.name(Path(os.fsdecode(error.filename)))
        lost.append(Finding(name, "", "F100", f"cannot be read: {reason(error)}"))

    found: list[Path] = []
    for inner, folders, names in os.walk(folder, onerror=note):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += (Path(inner, name) for name in names if not name.startswith("."))
    yield from sorted(found)


_TABLES = "{} is built from the corpus; whether it is as it should be says: warclaims build --check"


_TEXT = (
    "{} is a text outside of the corpus, whose seeds lie in {}. A text is checked against the "
    "index that lists it: give the index, or the corpus of the text with --corpus."
)


class _Places:
    """Where the parts of a corpus lie."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._root = _real(layout.root)
        self._index = _real(layout.index)
        self._registries = _real(layout.registry("actors").parent)
        self._seeds = _real(layout.seeds)
        self._annotations = _real(layout.annotations)
        self._tables = _real(layout.tables)
        self._adjudication = _real(layout.adjudication)

    def name(self, path: Path) -> str:
        """``path`` as findings show it."""
        real = _real(path)
        return real.relative_to(self._root).as_posix() if self._root in real.parents else str(path)

    def is_whole(self, folder: Path) -> bool:
        """True if ``folder`` holds the corpus as a whole."""
        real = _real(folder)
        return real == self._root or real in self._root.parents

    def are_tables(self, folder: Path) -> bool:
        """True if ``folder`` is that of the built tables."""
        return _real(folder) == self._tables

    def is_meant(self, path: Path) -> bool:
        """True of a file that one means who names its folder."""
        real = _real(path)
        if path.suffix not in _LOOKED_AT or self._tables in real.parents:
            return False
        return real != self._adjudication

    def enter(self, inputs: Inputs, path: Path) -> None:
        """Put the file at ``path`` where it belongs.

        Raises:
            WarclaimsError: it is nothing that is checked.
        """
        real = _real(path)
        if self._tables in real.parents:
            raise WarclaimsError(_TABLES.format(path))
        if real == self._adjudication:
            raise WarclaimsError(f"{path} holds decisions between passes; it is read by build")
        try:
            source = open_source(path, self.name(path))
        except Broken as error:
            inputs.lost.append(Finding(self.name(path), "", error.code, error.message))
            return
        source.stream.close()
        within = real.parent in (self._seeds, self._registries)
        if within or (self._annotations in real.parents and path.suffix == ".json"):
            inputs.corpus.append(path)
        elif (
            source.is_table
            or source.compression
            or path.suffix in LINES
            or _BUNDLE.match(source.head)
        ):
            inputs.bundles.append(path)
        elif path.suffix == ".json":
            inputs.corpus.append(path)
        elif path.suffix == ".txt":
            raise WarclaimsError(_TEXT.format(path, self._seeds))
        else:
            raise WarclaimsError(
                f"{path} is neither annotations, nor a registry, nor a seed, nor bundles"
            )


def _real(path: Path) -> Path:
    """``path`` without links; of a ring of links, as it is."""
    return Path(os.path.realpath(path))
