"""The folder of the local Label Studio server, outside of every corpus."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from warclaims.errors import WarclaimsError
from warclaims.files import read_file, replacing

VARIABLE = "WARCLAIMS_STUDIO_HOME"
"""The environment variable that names another folder."""

LOGIN = "annotator@localhost.local"


class Home:
    """The folder, and the files and folders in it.

    Attributes:
        root: The folder.
        environment: The Python environment that the server is installed in.
        data: The server's database and files, with the annotators' work.
        database: The database among them.
        log: The server's output.
        install_log: The output of the installation.
        server: The process of the running server, its start and its port.
        account: Login, password and key of the one user; readable by the owner only.
        lock: Held while a server is started.
        ledgers: What was pulled from each project.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.environment = root / "environment"
        self.data = root / "data"
        self.database = self.data / "label_studio.sqlite3"
        self.log = root / "server.log"
        self.install_log = root / "install.log"
        self.server = root / "server.json"
        self.account = root / "account.json"
        self.lock = root / "start.lock"
        self.ledgers = root / "ledgers"


def home() -> Home:
    """The folder that the environment names, or else one in the folder for user data.

    Raises:
        WarclaimsError: it cannot be created.
    """
    import platformdirs

    named = os.environ.get(VARIABLE)
    root = Path(named) if named else platformdirs.user_data_path("warclaims") / "studio"
    try:
        root.mkdir(parents=True, exist_ok=True, mode=0o700)
        root.chmod(0o700)  # an existing folder may be open to others
    except OSError as error:
        raise WarclaimsError(
            f"the folder for Label Studio, {root}, cannot be created for you alone "
            f"({error.strerror}). Name another one with {VARIABLE}"
        ) from None
    return Home(root.resolve())


@dataclass(frozen=True)
class ServerAccount:
    """Login, password and API key of the one user of the local server."""

    login: str
    password: str = field(repr=False)
    key: str = field(repr=False)


def ensure_account(home: Home) -> ServerAccount:
    """The account of the local server, made at the first call."""
    state = read_state(home.account) or {}
    account = ServerAccount(
        str(state.get("login") or LOGIN),
        str(state.get("password") or secrets.token_urlsafe(12)),
        str(state.get("key") or secrets.token_hex(20)),
    )
    if state != asdict(account):
        write_state(home.account, asdict(account))
    return account


def open_log(path: Path) -> BinaryIO:
    """Open a log for appending; only the owner may read it."""
    path.touch(mode=0o600)
    path.chmod(0o600)  # an earlier release may have created it
    return path.open("ab")


def read_state(path: Path) -> dict[str, Any] | None:
    """The JSON object in a file; ``None`` if there is none."""
    try:
        found = json.loads(read_file(path))
    except (OSError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def write_state(path: Path, state: dict[str, Any]) -> None:
    """Write a JSON object, whole or not at all, readable by the owner only.

    Raises:
        WarclaimsError: it cannot be written, as on a full disk; the file is unchanged.
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
