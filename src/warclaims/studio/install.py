"""Install Label Studio in a Python environment of its own, every package pinned by hash."""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from warclaims.errors import WarclaimsError
from warclaims.files import read_file, write_bytes
from warclaims.studio.home import open_log

if TYPE_CHECKING:
    from collections.abc import Callable

    from warclaims.studio.home import Home

VERSION = "1.23.2"
"""The supported release of Label Studio."""

REQUIREMENTS = Path(__file__).with_name("requirements-studio.txt")
"""Every package of the environment with its hashes; ``make lock`` writes it."""

VARIABLE = "WARCLAIMS_STUDIO_PYTHON"
"""The environment variable that names a Python in which Label Studio is installed."""

_BUILD_TOOLS = re.compile(rb"^(?:setuptools|wheel)==.*(?:\n[ \t].*)*\n", re.MULTILINE)
_DONE = ".warclaims-installed"


def server_python(home: Home, tell: Callable[[str], None]) -> Path:
    """The Python that runs the server. Label Studio is installed if it is not yet.

    ``tell`` is called with lines that report progress.

    Raises:
        WarclaimsError: Label Studio could not be installed; the message names the log.
    """
    named = os.environ.get(VARIABLE)
    if named:
        python = Path(named)
        if not python.is_file():
            raise WarclaimsError(f"{VARIABLE} names {named}, which does not exist")
        return python
    folder = home.environment
    if not is_installed(folder):
        tell(f"installing Label Studio {VERSION} (once; about 1 GB, some minutes)")
        install(folder, home.install_log, tell)
    return _python(folder)


def is_installed(folder: Path) -> bool:
    """True if the environment in ``folder`` is complete, from the pins of this release."""
    try:
        return _python(folder).is_file() and read_file(folder / _DONE) == _mark()
    except OSError:
        return False


def install(folder: Path, log: Path, tell: Callable[[str], None]) -> None:
    """Create the environment in ``folder``, replacing an existing one.

    Nothing without a hash is downloaded: packages that have to be built use the build tools that
    were installed before.

    Raises:
        WarclaimsError: a step failed; ``log`` says why.
    """
    shutil.rmtree(folder, ignore_errors=True)
    _run([sys.executable, "-m", "venv", str(folder)], log, tell)
    tools = folder / "build-tools.txt"
    write_bytes(tools, b"".join(_BUILD_TOOLS.findall(read_file(REQUIREMENTS))))
    pip = [str(_python(folder)), "-m", "pip", "install", "--disable-pip-version-check"]
    hashed = ["--no-input", "--no-deps", "--require-hashes", "--no-build-isolation"]
    for requirements in (tools, REQUIREMENTS):
        _run([*pip, *hashed, "-r", str(requirements)], log, tell)
    write_bytes(folder / _DONE, _mark())


def _python(folder: Path) -> Path:
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _mark() -> bytes:
    return hashlib.sha256(read_file(REQUIREMENTS)).hexdigest().encode()


def _run(command: list[str], log: Path, tell: Callable[[str], None]) -> None:
    """Run a step of the installation; write its output to the log and report the packages."""
    with io.TextIOWrapper(open_log(log), encoding="utf-8") as words:
        words.write(f"$ {' '.join(command)}\n")
        process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env={
                name: value for name, value in os.environ.items() if not name.startswith("PYTHON")
            },
        )
        try:
            _tell_packages(process, words, tell)
        except BaseException:  # a full disk, Ctrl-C: the process would continue alone
            process.kill()
            process.wait()
            raise
        if process.wait() != 0:
            raise WarclaimsError(
                f"Label Studio could not be installed. The last lines of {log} say why. "
                f"If it is installed elsewhere, name its Python with {VARIABLE}"
            )


def _tell_packages(
    process: subprocess.Popen[str], log: io.TextIOWrapper, tell: Callable[[str], None]
) -> None:
    assert process.stdout is not None
    collected = 0
    for line in process.stdout:
        log.write(line)
        if line.startswith("Collecting "):
            collected += 1
            if collected % 20 == 0:
                tell(f"… {collected} packages")
        elif line.startswith("Installing collected"):
            tell(f"… {collected} packages downloaded, installing them")
