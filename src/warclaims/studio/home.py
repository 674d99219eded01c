"""Where the local Label Studio lives: a folder of the user, outside every corpus."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from warclaims.errors import WarclaimsError
from warclaims.files import read_file, replacing

VARIABLE = "WARCLAIMS_STUDIO_HOME"
"""Names another folder."""


@dataclass(frozen=True)
class Home:
    """The folder and what lies in it."""

    root: Path

    @property
    def environment(self) -> Path:
        """The Python environment that the server is installed in."""
        return self.root / "environment"

    @property
    def data(self) -> Path:
        """The server's database and files: what annotators do is here."""
        return self.root / "data"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.root / "server.log"

    @property
    def install_log(self) -> Path:
        """What the installation of the server said."""
        return self.root / "install.log"

    @property
    def server(self) -> Path:
        """Process, its start and port of the server that runs."""
        return self.root / "server.json"

    @property
    def account(self) -> Path:
        """Login, password and token of the one user; only the owner may read it."""
        return self.root / "account.json"

    @property
    def lock(self) -> Path:
        """Held while a server is started."""
        return self.root / "start.lock"

    @property
    def ledgers(self) -> Path:
        """What was sent to which project, and what came back."""
        return self.root / "ledgers"


def home() -> Home:
    """The folder that the environment names, or the usual one for the data of a user.

    Raises:
        WarclaimsError: it cannot be made.
    """
    import platformdirs

    named = os.environ.get(VARIABLE)
    root = Path(named) if named else platformdirs.user_data_path("warclaims") / "studio"
    try:
        root.mkdir(parents=True, exist_ok=True, mode=0o700)
        root.chmod(0o700)  # it may have been there: what is in it is its owner's only
    except OSError as error:
        raise WarclaimsError(
            f"the folder for Label Studio, {root}, cannot be made for you alone "
            f"({error.strerror}); "
            f"name another one with {VARIABLE}"
        ) from None
    return Home(root.resolve())


def open_log(path: Path) -> BinaryIO:
    """A log of the home to add to; only the owner may read it."""
    path.touch(mode=0o600)
    path.chmod(0o600)  # it may be of a former release
    return path.open("ab")


def read_state(path: Path) -> dict[str, Any] | None:
    """The JSON object in a file of the folder; ``None`` if it cannot be read as one."""
    try:
        found = json.loads(read_file(path))
    except (OSError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def write_state(path: Path, state: dict[str, Any]) -> None:
    """Write a JSON object whole or not at all, for its owner only.

    Raises:
        WarclaimsError: it cannot be written, as on a full disk; the file is as it was.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with replacing(path, mode=0o600) as file:
            file.write(json.dumps(state, indent=1).encode())
    except OSError as error:
        raise WarclaimsError(
            f"{path} could not be written: {error.strerror or error}. What was done so far is "
            "kept. Remove the cause and run the command again."
        ) from error
