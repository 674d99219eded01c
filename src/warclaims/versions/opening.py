"""A version of a corpus opened: a directory, a wheel or source archive, a revision of git."""

from __future__ import annotations

import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from warclaims.corpus import Corpus
from warclaims.errors import WarclaimsError
from warclaims.files import workspace
from warclaims.versions.archives import KEPT, LIMIT, is_archive, unpack, unpack_tar

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
    with tempfile.TemporaryFile() as packed:
        said = _archive(revision, repository, packed)
        if said is not None:
            raise WarclaimsError(
                f"{revision!r} is no directory, no wheel, and no revision of {repository} with "
                f"{' and '.join(KEPT)}: {said}"
            )
        if packed.tell() > 2 * LIMIT:
            raise WarclaimsError(f"{revision!r} holds more than {LIMIT >> 20} MiB")
        packed.seek(0)
        unpack_tar(packed, target, f"revision {revision}")


def _archive(revision: str, repository: Path, packed: BinaryIO) -> str | None:
    """Write a revision into ``packed`` as git packs it; what git says if it cannot, or null."""
    # Bytes as they are in the repository, whatever line ends this machine checks out.
    command = ["git", "-C", str(repository), "-c", "core.autocrlf=false", "archive"]
    try:
        made = subprocess.run(
            [*command, "--format=tar", "--end-of-options", revision, *KEPT],
            stdout=packed,
            stderr=subprocess.PIPE,
            check=False,
        )
    except OSError:
        return "there is no git to ask for it"
    except ValueError as error:  # a NUL in the name
        return str(error)
    packed.seek(0, 2)
    if not made.returncode:
        return None
    said = made.stderr.decode(errors="replace").strip().splitlines()
    return said[-1] if said else "git says nothing"
