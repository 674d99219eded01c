"""What a format is: what it reads, writes and loses, and which modules do it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any

KEPT = "kept"
ONE_WAY = "one way"
LOST = "lost"


@dataclass(frozen=True)
class Format:
    """A format to which documents or claims are exported, or from which they are imported.

    Attributes:
        name: How commands name it.
        summary: What it holds, in a few words.
        writes: The files that ``export`` makes.
        remark: What else is to be known of what it keeps and loses.
        exporter: The module that exports, loaded when used. It has one of: ``write_documents``
            (yields names and pieces of files, from bundles and their corpus); ``export_file``
            (writes bundles as a single file, returns the number of items); ``export_files`` (file
            contents by name, from the corpus) and ``next_steps`` (lines for people, from the layout
            of the corpus and these files). If a folder is replaced as a whole, ``FOLDER`` says what
            it holds and the files by which it is known.
        keeps: Names of features that come back as they were when the files are imported.
        writes_only: Names of features that the files hold, but that do not come back. All other
            features are lost.
        beginnings: How the content of a file that it writes begins, and nothing else does.
        file: The default name of a single file; empty if a folder is written.
        item: What is counted in a single file.
        reads: The files that ``import`` reads; empty if it cannot.
        importer: The module with ``read_documents`` (yields annotated texts from a path, reports
            problems) or ``read_results``; empty if it cannot be imported.
        old_name: An earlier name, which still works.
    """

    name: str
    summary: str
    writes: str
    exporter: str
    keeps: tuple[str, ...] = ()
    writes_only: tuple[str, ...] = ()
    remark: str = ""
    beginnings: tuple[bytes, ...] = ()
    file: str = ""
    item: str = "file"
    reads: str = ""
    importer: str = ""
    old_name: str = ""

    def load_exporter(self) -> Any:
        """The module that exports."""
        return import_module(self.exporter)

    def load_importer(self) -> Any:
        """The module that imports."""
        return import_module(self.importer)

    def fate(self, feature: str) -> str:
        """What becomes of a feature: ``kept``, ``one way`` or ``lost``."""
        if feature in self.keeps:
            return KEPT
        return ONE_WAY if feature in self.writes_only else LOST
