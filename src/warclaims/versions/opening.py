"""A version of a corpus opened: a directory, a wheel or source archive, a revision of git."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
import zipfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from warclaims.corpus import Corpus
from warclaims.errors import WarclaimsError

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEPT = ("seeds", "annotations")
"""The folders that a version is compared by: everything else is made from them."""


@contextmanager
def open_version(name: str, repository: Path) -> Iterator[Corpus]:
    """The corpus that ``name`` is: a directory, a ``.whl`` or ``.tar.gz``, or a revision of git.

    Args:
        name: What to open. A path that exists is not taken for a revision.
        repository: The folder of the repository that revisions are of.

    Raises:
        WarclaimsError: there is nothing of this name, or no corpus in it.
    """
    path = Path(name)
    if path.is_dir():
        yield Corpus(path)
        return
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder)
        if path.is_file():
            _unpack(path, target)
        else:
            _check_out(name, repository, target)
        yield Corpus(_root_of(target, name))


def _unpack(path: Path, target: Path) -> None:
    """Put the corpus of a wheel or source archive into ``target``; nothing goes elsewhere."""
    try:
        if path.name.endswith((".tar.gz", ".tar")):
            with tarfile.open(path) as archive:
                archive.extractall(target, filter="data")
        else:
            with zipfile.ZipFile(path) as wheel:
                wheel.extractall(target)
    except (OSError, tarfile.TarError, zipfile.BadZipFile) as error:
        raise WarclaimsError(
            f"{path} is neither a directory nor a wheel (.whl) nor a source archive (.tar.gz): "
            f"{error}"
        ) from None


def _check_out(revision: str, repository: Path, target: Path) -> None:
    """Put a revision into ``target``; the repository is only read."""
    command = ["git", "-C", str(repository), "archive", "--format=tar", "--end-of-options"]
    try:
        made = subprocess.run([*command, revision, *_KEPT], capture_output=True, check=False)
    except OSError:
        raise WarclaimsError(f"there is no {revision!r} here, and no git to ask for it") from None
    if made.returncode:
        said = made.stderr.decode(errors="replace").strip().splitlines()
        raise WarclaimsError(
            f"{revision!r} is no directory, no wheel, and no revision of {repository} with "
            f"{' and '.join(_KEPT)}: {said[-1] if said else 'git says nothing'}"
        )
    with tarfile.open(fileobj=io.BytesIO(made.stdout)) as archive:
        archive.extractall(target, filter="data")


def _root_of(folder: Path, name: str) -> Path:
    """The corpus in an unpacked folder: at its top, or where a wheel or archive has it."""
    indexes = sorted(folder.glob("**/seeds/index.json"), key=lambda path: len(path.parts))
    roots = [index.parents[1] for index in indexes if (index.parents[1] / "annotations").is_dir()]
    if not roots:
        raise WarclaimsError(f"{name} holds no corpus: there is no seeds/index.json in it")
    return roots[0]
