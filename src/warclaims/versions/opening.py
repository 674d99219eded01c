"""A version of a corpus opened: a directory, a wheel or source archive, a revision of git."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from warclaims.corpus import Corpus
from warclaims.errors import WarclaimsError
from warclaims.files import workspace
from warclaims.versions.archives import KEPT, is_archive, unpack, write_members
from warclaims.versions.git import UnknownRevision, files_of_revision

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def open_version(name: str, repository: Path) -> Iterator[Corpus]:
    """The corpus that ``name`` is: a directory, a wheel or archive, or a revision of git.

    Args:
        name: What to open. A path that exists is not taken for a revision.
        repository: The folder of the repository that revisions are of.

    Raises:
        WarclaimsError: there is nothing of this name, no corpus in it, or it cannot be unpacked
            whole and safely.
    """
    path = Path(name)
    if path.is_dir():
        yield Corpus(path)
        return
    with workspace() as target:
        if path.is_file():
            if not is_archive(path):
                raise WarclaimsError(
                    f"{name} is neither a directory nor a wheel (.whl) nor a source archive "
                    "(.tar.gz, .tgz, .tar, .zip)"
                )
            unpack(path, target)
        else:
            _check_out(name, repository, target)
        yield Corpus(target)


def _check_out(revision: str, repository: Path, target: Path) -> None:
    """Put a revision into ``target``; the repository is only read."""
    try:
        with files_of_revision(revision, repository, KEPT) as files:
            write_members(files, target, f"revision {revision}")
    except UnknownRevision as error:
        raise WarclaimsError(
            f"{revision!r} is no directory, no wheel, and no revision of {repository} with "
            f"seeds and annotations: {error}"
        ) from None
