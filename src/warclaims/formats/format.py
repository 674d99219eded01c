"""What a format is: what it reads, writes and loses, and which modules do it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any


@dataclass(frozen=True)
class Format:
    """A format to which documents or claims are exported, or from which they are imported.

    Attributes:
        name: How commands name it.
        summary: What it holds, in a few words.
        writes: The files that ``export`` makes.
        loses: What is in the corpus and not in these files.
        exporter: The module that exports, loaded when used. For a single file it has
            ``export_file`` (returns the number of items) and ``DEFAULT_FILE``; for a folder
            ``export_files`` (file contents by name) and ``next_steps`` (lines
            for people, from the layout of the corpus and these files). If the folder is replaced
            as a whole, ``FOLDER`` says what it holds and the files by which it is known.
        beginnings: How the content of a file that it writes begins, and nothing else does.
        item: What is counted in a single file.
        reads: The files that ``import`` reads; empty if it cannot.
        importer: The module with ``read_results``; empty if it cannot be imported.
        old_name: An earlier name, which still works.
    """

    name: str
    summary: str
    writes: str
    loses: str
    exporter: str
    beginnings: tuple[bytes, ...] = ()
    item: str = "file"
    reads: str = ""
    importer: str = ""
    old_name: str = ""

    def export_module(self) -> Any:
        """The module that exports."""
        return import_module(self.exporter)

    def import_module(self) -> Any:
        """The module that imports."""
        return import_module(self.importer)
