"""Copies of the repository for tests to change: commands never run on the shipped corpus itself.

Compiled modules are copied, too: Python compiles again only what a test changes.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

CORPUS = (
    *("seeds", "annotations", "schema", "corpus", "docs", "examples"),
    *("corpus.toml", "README.md", "CHANGELOG.md", "LICENSE", "pyproject.toml"),
    *(
        "CITATION.cff",
        ".zenodo.json",
        ".huggingface.yaml",
        "codemeta.json",
        ".gitattributes",
        ".gitignore",
    ),
)
"""The shipped corpus and what is generated from it."""


def copy_of(repository: Path, target: Path, *more: str) -> Path:
    """Copy the shipped corpus, and ``more`` files and folders, to the new folder ``target``."""
    target.mkdir(parents=True)
    for name in (*CORPUS, *more):
        source = repository / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns(".*"))
        else:
            shutil.copy(source, target / name)
    return target
