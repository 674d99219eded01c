"""Keep the results of each part of the files of bundles, so that a run can be continued."""

from __future__ import annotations

from gzip import GzipFile
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

import warclaims
from warclaims.errors import WarclaimsError
from warclaims.files import open_file, reason, replacing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.validation.bundles.checking import FilePart
    from warclaims.validation.bundles.engines import PartWork

Result = TypeVar("Result")


class KeptResults(Generic[Result]):
    """A folder with a file of results for each part of a file for which the work was done.

    The name of a file is the hash of all that the results follow from: the part, the time and size
    of its file, the basis of the work, and the version of WarClaims. Without a folder nothing is
    kept.
    """

    def __init__(self, folder: Path | None, work: PartWork[Result]) -> None:
        self._folder = folder
        self._work = work
        basis = (warclaims.__version__, *work.basis)
        self._basis = sha256(ascii(basis).encode()).hexdigest()

    def has(self, part: FilePart) -> bool:
        """True if the results of ``part`` are kept."""
        return self._folder is not None and self._path(part).exists()

    def forget(self, part: FilePart) -> None:
        """Let the next run do ``part`` again."""
        if self._folder is not None:
            self._path(part).unlink(missing_ok=True)

    def keep(self, part: FilePart, found: Iterator[Result]) -> Iterator[Result]:
        """Write what is ``found`` while it is passed on; the file is there once all of it is.

        Raises:
            WarclaimsError: the file cannot be written.
        """
        if self._folder is None:
            yield from found
            return
        try:
            with replacing(self._path(part)) as file, GzipFile("", "wb", 1, file, 0) as packed:
                for one in found:
                    packed.write(self._work.encoded(one) + b"\n")
                    yield one
        except OSError as error:
            raise WarclaimsError(
                f"What was found in {part.name} cannot be written to {self._folder}: "
                f"{reason(error)}. Make room there; with --resume FOLDER, the run continues."
            ) from None

    def read(self, part: FilePart) -> Iterator[Result]:
        """What is kept of ``part``.

        Raises:
            WarclaimsError: the file cannot be read.
        """
        path = self._path(part)
        try:
            with open_file(path) as file, GzipFile(fileobj=file) as lines:
                yield from map(self._work.decoded, lines)
        except (OSError, EOFError, ValueError, msgspec.ValidationError) as error:
            message = f"{path} is damaged: {error}. Remove it, and run the command again."
            raise WarclaimsError(message) from None

    def _path(self, part: FilePart) -> Path:
        name = sha256(ascii((self._basis, part[1:])).encode()).hexdigest()
        return Path(self._folder or "", f"{name[:32]}.jsonl.gz")
