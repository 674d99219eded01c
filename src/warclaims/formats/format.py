"""What a format is: what it reads, writes and loses, and which modules do it."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

KEPT = "kept"
ONE_WAY = "one way"
PARTLY = "partly"
LOST = "lost"

ONE_SET = {"several annotators": "one set per export"}
"""What of several annotators is in files that hold each document once."""


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
            it holds and the files by which it is known. ``held_fields`` may say which fields of
            records are in the files, by the record's id.
        keeps: Names of features that come back as they were when the files are imported.
        writes_only: Names of features that the files hold, but that do not come back.
        partly: What the files hold of a feature, in a few words, by its name. All features that are
            named nowhere are lost.
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
    partly: dict[str, str] = field(default_factory=lambda: ONE_SET)
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
        """What becomes of a feature: ``kept``, ``one way``, ``partly`` or ``lost``."""
        if feature in self.keeps:
            return KEPT
        if feature in self.writes_only:
            return ONE_WAY
        return PARTLY if feature in self.partly else LOST

    def fate_in_words(self, feature: str) -> str:
        """What becomes of a feature, and of what of it: ``partly: of casualties``."""
        fate = self.fate(feature)
        return f"{fate}: {self.partly[feature]}" if fate == PARTLY else fate
