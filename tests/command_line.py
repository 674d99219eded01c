"""The command line, run in the process of the tests: starting one takes longer than a command."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import traceback
from contextlib import chdir
from typing import TYPE_CHECKING
from unittest import mock

from warclaims.commands import main

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PLAIN = {"NO_COLOR": "1", "COLUMNS": "200", "PYTHONUTF8": "1"}
"""Makes what is printed the same everywhere."""


def run(arguments: Sequence[str | Path], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run ``warclaims`` in ``folder``; a traceback is printed as the interpreter would."""
    command = list(map(str, arguments))
    given, out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n") for _ in range(3))
    streams = {"stdin": given, "stdout": out, "stderr": err}
    with chdir(folder), mock.patch.dict(os.environ, PLAIN), mock.patch.multiple(sys, **streams):
        try:
            main(command)
        except SystemExit as ended:
            status = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        except Exception:
            traceback.print_exc()
            status = 1
        out.flush()
        err.flush()
    said, errors = (stream.buffer.getvalue().decode() for stream in (out, err))
    return subprocess.CompletedProcess(command, status, said, errors)
