"""Open a version of a corpus: a directory, a wheel or source archive, a revision of git."""

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
    """The corpus called ``name``: a directory, a wheel or archive, or a revision of git.

    Args:
        name: What to open. A path that exists takes precedence over a revision.
        repository: The folder of the repository that revisions are of.

    Raises:
        WarclaimsError: there is nothing of this name, no corpus in it, or it cannot be unpacked
            completely and safely.
    """
    path = Path(name)
    if path.is_dir():
        yield Corpus(path)
        return
    with workspace() as target:
        if is_archive(path) and path.is_file():
            unpack(path, target)
        elif path.is_file():
            raise WarclaimsError(
                f"{name} is neither a directory nor a wheel (.whl) nor a source archive "
                "(.tar.gz, .tgz, .tar, .zip)"
            )
        else:
            try:
                with files_of_revision(name, repository, KEPT) as files:
                    write_members(files, target, f"revision {name}")
            except UnknownRevision as error:
                raise WarclaimsError(
                    f"{name!r} is not a directory, a wheel, or a revision of {repository} with "
                    f"seeds and annotations: {error}"
                ) from None
        yield Corpus(target)
