"""The paths in a corpus directory, and the path of the shipped corpus."""

from __future__ import annotations

import os
import shlex
from os.path import isfile
from pathlib import Path

from warclaims.errors import WarclaimsError
from warclaims.files import is_folder, is_there

GOLD = "gold"

PREDICTIONS = "predictions/"
"""What the name of a set of predictions begins with: ``predictions/SYSTEM``."""


class Layout:
    """The paths of a corpus directory.

    Attributes:
        root: The directory.
        description: The file that describes the corpus.
        seeds: The folder of the source texts.
        index: The index of documents.
        annotations: The folder of all annotations and registries.
        guidelines: The annotation guidelines.
        lists: The values that the corpus adds to the open lists.
        adjudication: How the differences between passes were decided, one per line.
        challenges: The challenges of records of gold, one per line.
        predictions: The folder of what systems predicted.
        passes: The folder of the passes.
        schema: The folder of generated schemas.
        tables: The folder of generated tables.
        card: The page that is also the dataset card.
        heldout: A second corpus, of texts with which no guidelines were made.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.description = root / "corpus.toml"
        self.seeds = root / "seeds"
        self.index = self.seeds / "index.json"
        self.annotations = root / "annotations"
        self.guidelines = self.annotations / "GUIDELINES.md"
        self.lists = self.annotations / "lists.json"
        self.adjudication = self.annotations / "adjudication.jsonl"
        self.challenges = self.annotations / "challenges.jsonl"
        self.predictions = self.annotations / "predictions"
        self.passes = self.annotations / "passes"
        self.schema = root / "schema"
        self.tables = root / "corpus"
        self.card = root / "README.md"
        self.heldout = root / "examples" / "heldout"

    def registry(self, name: str) -> Path:
        """The registry file ``name``: ``actors``, ``places``, ``events`` …"""
        return self.annotations / "registry" / f"{name}.json"

    def annotation_set(self, name: str) -> Path:
        """The folder of a set: ``gold``, the id of a pass, or ``predictions/SYSTEM``."""
        is_pass = name != GOLD and not name.startswith(PREDICTIONS)
        return self.passes / name if is_pass else self.annotations / name

    def annotation_file(self, set_name: str, document: str) -> Path:
        """The annotation file of ``document`` in the set ``set_name``."""
        return self.annotation_set(set_name) / f"{document}.json"

    def is_annotated(self, set_name: str, document: str) -> bool:
        """True if the set has a file for the document, valid or not.

        Raises:
            WarclaimsError: the folder of the set cannot be read, or is not a folder.
        """
        return is_there(self.annotation_file(set_name, document))

    def set_names(self) -> list[str]:
        """The annotation sets that exist: gold first, then the passes by name.

        Raises:
            WarclaimsError: one of them is neither a folder nor a file, such as a broken link.
        """
        found = [GOLD] if is_folder(self.annotation_set(GOLD)) else []
        return found + _folders(self.passes)

    def predicted_sets(self) -> list[str]:
        """The sets of predictions, such as ``predictions/rules``, by name.

        Raises:
            WarclaimsError: as :meth:`set_names`.
        """
        return [PREDICTIONS + name for name in _folders(self.predictions)]

    def command(self, words: str) -> str:
        """The command line for ``words`` on this corpus, to show to people.

        >>> Layout(Path("my wars")).command("validate")
        "warclaims --corpus 'my wars' validate"
        """
        if self.root in (shipped_corpus(), corpus_around()):
            return f"warclaims {words}"
        return f"warclaims --corpus {shlex.quote(str(self.root))} {words}"

    def relative(self, path: Path) -> str:
        """``path`` as findings show it: relative to the corpus directory if it is in it."""
        try:
            if path.is_symlink() and not path.exists():  # do not follow a broken link
                return path.relative_to(self.root).as_posix()
            return real_path(path).relative_to(real_path(self.root)).as_posix()
        except ValueError:
            return path.as_posix()


def _folders(path: Path) -> list[str]:
    """The names of the folders in ``path`` that are not hidden."""
    if not is_folder(path):
        return []
    return sorted(
        inner.name
        for inner in path.iterdir()
        if not inner.name.startswith(".") and not inner.is_file() and is_folder(inner)
    )


def real_path(path: Path) -> Path:
    """``path`` without links; a broken or circular link stays as it is."""
    return Path(os.path.realpath(path))


def is_installed(root: Path) -> bool:
    """True for the copy of the corpus inside an installed package."""
    return real_path(root) == Path(__file__).resolve().parent / "data"


def corpus_around() -> Path | None:
    """The corpus directory that the current folder is, or is in; ``None`` if it is the shipped one.

    A corpus directory is known by its ``corpus.toml``.
    """
    try:
        here = Path.cwd()
    except OSError:  # the folder was removed
        return None
    # Path.is_file() raises for a folder that may not be read.
    found = next(
        (one for one in (here, *here.parents) if isfile(one / "corpus.toml")),  # noqa: PTH113
        None,
    )
    return None if found is None or found == shipped_corpus() else found


def shipped_corpus() -> Path:
    """The corpus that comes with the package.

    In a checkout (also installed in editable mode) it is the repository; in an installed wheel, the
    copy inside the package.

    Raises:
        WarclaimsError: the package runs from a zip file, so there are no files.
    """
    package = Path(__file__).resolve().parent
    zipped = next((path for path in package.parents if path.is_file()), None)
    if zipped is not None:
        raise WarclaimsError(
            f"the shipped corpus cannot be read inside {zipped}. Install it (pip install "
            "FILE.whl), or name a corpus directory with --corpus DIR."
        )
    data = package / "data"
    checkout = package.parents[1]
    if not (checkout / "pyproject.toml").is_file():
        return data
    whole = (checkout / "seeds" / "index.json").is_file()
    return checkout if whole or not data.is_dir() else data
