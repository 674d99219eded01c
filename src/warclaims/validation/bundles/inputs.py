"""Sort the paths given to ``validate``: parts of the corpus, or bundles."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from warclaims.corpus.shards.reading import (
    JSON_LINES,
    STDIN,
    BundleStream,
    UnreadableBundles,
    open_stream,
)
from warclaims.errors import WarclaimsError
from warclaims.files import is_there, reason
from warclaims.findings import Finding
from warclaims.layout import Layout, real_path
from warclaims.records import REGISTRIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BUNDLE = re.compile(
    rb'(?:\xef\xbb\xbf)?\s*\{\s*"(?:document"\s*:\s*\{|text"\s*:|annotations"\s*:\s*\{)'
)
"""How the JSON of a bundle begins; annotations give their document by its id."""

_EXPORT = re.compile(
    rb'(?:\xef\xbb\xbf)?\s*\[\s*\{.*?"(?:annotations|data|predictions|completed_by)"\s*:', re.DOTALL
)
"""How an export of Label Studio begins: a list of tasks."""

_SUFFIXES = (".json", ".txt", ".parquet", ".gz", ".zst", *JSON_LINES)
"""Endings of the files in a folder that are checked."""

_NAMED = 5
"""The number of skipped files that are named."""


class Inputs:
    """The paths given to ``validate``: parts of the corpus, and files of bundles.

    Attributes:
        corpus: Parts of the corpus.
        bundles: Files of bundles.
        unreadable: Findings for files that cannot be opened or are empty.
        refused: Why other paths are not checked.
        skipped: Files in folders that are not checked.
        hints: What to do with some of the skipped files.
    """

    def __init__(self, layout: Layout) -> None:
        self.corpus: list[Path] = []
        self.bundles: list[Path] = []
        self.unreadable: list[Finding] = []
        self.refused: list[str] = []
        self.skipped: list[Path] = []
        self.hints: list[str] = []
        self._layout = layout
        whole = (layout.index, layout.description, layout.adjudication, layout.challenges)
        self._files_of_corpus = set(map(real_path, whole))
        self._registries = real_path(layout.registry("actors").parent)
        self._seeds = real_path(layout.seeds)
        self._annotations = real_path(layout.annotations)
        self._tables = real_path(layout.tables)

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
        yield from (f"not checked: {words}" for words in (*self.hints, *self.refused))

    def add(self, path: Path) -> None:
        """Add a file, a folder or standard input by its place in the corpus and its first bytes.

        Raises:
            WarclaimsError: nothing at ``path`` is checked.
        """
        if str(path) == STDIN:
            self.bundles.append(path)
        elif path.is_dir():
            self._add_folder(path)
        else:
            self._add_file(path)

    def _add_folder(self, folder: Path) -> None:
        """Add what is in a folder, or the folder if it holds the corpus as a whole."""
        real = real_path(folder)
        if real_path(self._layout.root).is_relative_to(real):
            self.corpus.append(folder)
            return
        if real == self._tables:
            raise WarclaimsError(_TABLES.format(folder))
        other = Layout(folder)
        if is_there(other.index) and is_there(other.annotations):
            raise WarclaimsError(
                f"{folder} is another corpus. To check it, run: {other.command('validate')}"
            )
        before = self.count
        hints: list[str] = []
        for path in self._files(folder):
            real = real_path(path)
            if self._tables in real.parents:
                continue  # checked by build
            if path.suffix not in _SUFFIXES:
                self.skipped.append(path)
                continue
            try:
                self._add_file(path)
            except _LabelStudioExport as error:
                hints.append(str(error))
            except WarclaimsError:
                self.skipped.append(path)
        if self.count == before:
            raise WarclaimsError(
                "\n".join(hints)
                or f"the folder {folder} has no annotations, registries, seeds or bundles"
            )
        self.hints += hints

    def _files(self, folder: Path) -> list[Path]:
        """The files below ``folder`` in order, without hidden ones; links to folders are not
        followed."""

        def note(error: OSError) -> None:
            path = Path(os.fsdecode(error.filename))
            self._note(path, "F100", f"cannot be read: {reason(error)}")

        found: list[Path] = []
        for inner, folders, names in os.walk(folder, onerror=note):
            folders[:] = [name for name in folders if not name.startswith(".")]
            found += (Path(inner, name) for name in names if not name.startswith("."))
        return sorted(found)

    def _note(self, path: Path, code: str, message: str) -> None:
        self.unreadable.append(Finding(self._layout.relative(path), "", code, message))

    def _add_file(self, path: Path) -> None:
        real = real_path(path)
        if self._tables in real.parents:
            raise WarclaimsError(_TABLES.format(path))
        try:
            stream = open_stream(path, str(path))
        except UnreadableBundles as error:
            self._note(path, error.code, error.message)
            return
        stream.reader.close()
        is_json = path.suffix == ".json"
        if real.parent == self._registries and not (real.stem in REGISTRIES and is_json):
            raise WarclaimsError(f"{path} is not a registry. Registries: {', '.join(REGISTRIES)}")
        in_corpus = real in self._files_of_corpus or real.parent in (self._seeds, self._registries)
        if in_corpus or (self._annotations in real.parents and is_json):
            self.corpus.append(path)
        elif not stream.head:
            self._note(path, "F108", "is empty: it has no bundle")
        elif _holds_bundles(stream, path):
            self.bundles.append(path)
        elif _EXPORT.match(stream.head):
            run = self._layout.command(f"import labelstudio {shlex.quote(str(path))}")
            raise _LabelStudioExport(
                f"{path} is an export of Label Studio. To import work on the tasks of this "
                f"corpus, run: {run}"
            )
        elif is_json:
            self.corpus.append(path)
        elif path.suffix == ".txt":
            raise WarclaimsError(
                f"{path} is a text outside the corpus, whose seeds are in {self._seeds}. A text is "
                "checked against the index that lists it: give the index, or the corpus of the "
                "text with --corpus."
            )
        else:
            raise WarclaimsError(
                f"{path} is neither annotations, nor a registry, nor a seed, nor bundles"
            )


_TABLES = "{} is built from the corpus. To check it, run: warclaims build --check"


class _LabelStudioExport(WarclaimsError):
    """A file is an export of Label Studio."""


def sort_inputs(paths: Iterable[Path], layout: Layout) -> Inputs:
    """Sort ``paths`` into bundles and parts of the corpus. A folder may have both.

    Raises:
        WarclaimsError: none of them is checked; the message says why.
    """
    inputs = Inputs(layout)
    for path in paths:
        try:
            inputs.add(path)
        except WarclaimsError as error:
            inputs.refused.append(str(error))
    if inputs.refused and not inputs.count:
        raise WarclaimsError("\n".join(inputs.refused))
    return inputs


def _holds_bundles(stream: BundleStream, path: Path) -> bool:
    if stream.is_table or stream.compression or path.suffix in JSON_LINES:
        return True
    return _BUNDLE.match(stream.head) is not None
