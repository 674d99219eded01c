"""The environment of the server: made once, apart from ours, whose packages it does not share."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from warclaims.errors import WarclaimsError
from warclaims.studio.home import open_log

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from warclaims.studio.home import Home

VERSION = "1.23.2"
"""The release of Label Studio that the exchange was tested with."""

VARIABLE = "WARCLAIMS_STUDIO_PYTHON"
"""Names a Python that has Label Studio already."""

_DONE = ".warclaims-installed"


def server_python(home: Home, tell: Callable[[str], None]) -> Path:
    """The Python that runs the server; installs Label Studio if that was never finished.

    ``tell`` is given a line now and then.

    Raises:
        WarclaimsError: it could not be installed; the message names the log.
    """
    named = os.environ.get(VARIABLE)
    if named:
        from pathlib import Path

        python = Path(named)
        if not python.is_file():
            raise WarclaimsError(f"{VARIABLE} names {named}, and there is no such file")
        return python
    folder = home.environment
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    done = folder / _DONE
    if python.is_file() and done.is_file() and done.read_text() == VERSION:
        return python
    tell(f"installing Label Studio {VERSION} (once; about 1 GB, some minutes)")
    shutil.rmtree(folder, ignore_errors=True)
    _run([sys.executable, "-m", "venv", str(folder)], home, tell)
    pip = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    _run([*pip, f"label-studio=={VERSION}"], home, tell)
    done.write_text(VERSION)
    return python


def _run(command: list[str], home: Home, tell: Callable[[str], None]) -> None:
    """Run a step of the installation, its words in the log, the packages told."""
    with io.TextIOWrapper(open_log(home.install_log), encoding="utf-8") as log:
        log.write(f"$ {' '.join(command)}\n")
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
        )
        try:
            _tell_packages(process, log, tell)
        except BaseException:  # a full disk, Ctrl-C: it would go on alone
            process.kill()
            process.wait()
            raise
        if process.wait() != 0:
            raise WarclaimsError(
                f"Label Studio could not be installed; the last lines of {home.install_log} say "
                f"why. If it is installed elsewhere, name its Python with {VARIABLE}"
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
            tell(f"… {collected} packages fetched, installing them")
