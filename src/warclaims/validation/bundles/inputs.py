"""What was given as PATH: parts of the corpus, or bundles; told by place and first bytes."""

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


_NAMED = 5
"""Files that are passed over are named up to so many."""


@dataclass
class Inputs:
    """What was given, by what is to be done with it.

    ``lost`` could not be opened or is empty, ``refused`` says what of the rest is nothing to be
    checked, ``passed_over`` are files in folders that are not.
    """

    corpus: list[Path] = field(default_factory=list)
    bundles: list[Path] = field(default_factory=list)
    lost: list[Finding] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    passed_over: list[Path] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How much there is to be said of what was given."""
        return len(self.corpus) + len(self.bundles) + len(self.lost)

    def remarks(self) -> Iterator[str]:
        """What was not checked, for people."""
        if self.passed_over:
            names = ", ".join(map(str, self.passed_over[:_NAMED]))
            more = f" and {len(self.passed_over) - _NAMED} more" * (len(self.passed_over) > _NAMED)
            yield f"passed over, neither bundles nor of a corpus: {names}{more}"
        yield from (f"not checked: {words}" for words in self.refused)


def sort_inputs(paths: Iterable[Path], layout: Layout) -> Inputs:
    """Tell bundles from parts of the corpus. A folder may hold both.

    Raises:
        WarclaimsError: no path is either; the message says what they are if that can be told.
    """
    inputs = Inputs()
    places = _Places(layout)
    for path in paths:
        if str(path) == STDIN:
            inputs.bundles.append(path)
        elif places.is_whole(path):
            inputs.corpus.append(path)
        else:
            try:
                if path.is_dir():
                    _enter_folder(inputs, places, path)
                else:
                    places.enter(inputs, path)
            except WarclaimsError as error:
                inputs.refused.append(str(error))
    if inputs.refused and not inputs.count:
        raise WarclaimsError("\n".join(inputs.refused))
    return inputs


def _enter_folder(inputs: Inputs, places: _Places, folder: Path) -> None:
    if places.are_tables(folder):
        raise WarclaimsError(_TABLES.format(folder))
    before = inputs.count
    passed_over = []
    for path in _files(folder, inputs.lost, places):
        if places.is_meant(path):
            try:
                places.enter(inputs, path)
            except WarclaimsError:
                passed_over.append(path)
        elif not places.is_known(path):
            passed_over.append(path)
    if inputs.count == before:
        raise WarclaimsError(
            f"the folder {folder} holds no annotations, registries or seeds, and no bundles"
        )
    inputs.passed_over += passed_over


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
        return path.suffix in _LOOKED_AT and not self.is_known(path)

    def is_known(self, path: Path) -> bool:
        """True of what lies in the corpus and is checked by others."""
        real = _real(path)
        return self._tables in real.parents or real == self._adjudication

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
        if real.parent == self._registries and not self._is_registry(real):
            raise WarclaimsError(f"{path} is no registry; there are: {', '.join(REGISTRIES)}")
        within = real == self._index or real.parent in (self._seeds, self._registries)
        if within or (self._annotations in real.parents and path.suffix == ".json"):
            inputs.corpus.append(path)
        elif not source.head:
            inputs.lost.append(Finding(self.name(path), "", "F108", "is empty: holds no bundle"))
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

    def _is_registry(self, real: Path) -> bool:
        return real.stem in REGISTRIES and real.suffix == ".json"


def _real(path: Path) -> Path:
    """``path`` without links; of a ring of links, as it is."""
    return Path(os.path.realpath(path))
